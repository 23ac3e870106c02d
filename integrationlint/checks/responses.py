"""Responses: the headers and the content that their status asks for or rules out."""

from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.checks.resolved import (
    body,
    folded,
    is_array,
    is_known,
    meets,
    operations,
    received,
    responses,
    title,
)
from integrationlint.checks.words import bare, words
from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.links import Links
from integrationlint.model.location import parent
from integrationlint.model.rule import Problem


def no_content(
    element: Element, links: Links, *, statuses: tuple[str, ...], methods: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Responses of the statuses, and all responses to the methods, have no content.

    RFC 9110 sections 9.3.2 (HEAD), 15.3.5, 15.3.6 and 15.4.5.
    """
    wanted = () if element.facts.get("method") in methods else statuses
    for status, response in responses(element, links, *wanted):
        media = next(response.of("media"), None)
        if media is not None:
            # One that is kept elsewhere may be that of another status as well.
            own = response.parent is element and not links.users(response)
            repairs = (Repair("remove", _content(response, media)),) if own else ()
            yield Problem({"status": status, "value": media.name}, element=response, repairs=repairs)


def _content(response: Element, media: Element) -> str:
    """Where a response says what it holds: in `content`, or in the `schema` of 2.0."""
    return media.pointer if parent(media.pointer) == response.pointer else parent(media.pointer)


def headers(
    element: Element,
    links: Links,
    *,
    any_of: Mapping[str, tuple[str, ...]],
    methods: tuple[str, ...] = (),
    fields: tuple[str, ...] = (),
    any_body: bool = False,
) -> Iterator[Problem]:
    """A response of a status (a key of `any_of`) declares one of the headers, at the place where it is defined.

    A body with one of `fields`, or one that ends as identifiers do (or, with `any_body`, any body), will do as well.
    """
    for operation in received(element, links):
        if methods and operation.facts.get("method") not in methods:
            continue
        for status, response in responses(operation, links, *any_of):
            wanted = next(names for code, names in any_of.items() if meets(status, (code,)))
            if not _declares(response, wanted) and not _answers(response, links, fields, any_body=any_body):
                words = {"status": status, "operation": title(operation), "wanted": " or ".join(wanted)}
                yield Problem({**words, "header": wanted[0]}, element=response)


def _declares(response: Element, wanted: tuple[str, ...]) -> bool:
    names = frozenset(one.lower() for one in wanted)
    return any(one.name.lower() in names for one in response.of("header"))


def _answers(response: Element, links: Links, fields: tuple[str, ...], *, any_body: bool) -> bool:
    if any_body and next(response.of("media"), None) is not None:
        return True
    shape = body(response, links) if fields else None
    if shape is None:
        return False
    if is_array(shape):
        shape = next((links.shape(one) for one in shape.of("items")), shape)
    wanted = frozenset(map(bare, fields))
    names = links.fields(shape)
    return any(bare(one) in wanted or words(one)[-1:] in _IDENTIFIERS for one in names) or not is_known(shape, links)


# How the name of a field ends that holds an identifier: `orderId`, `payment_reference`.
_IDENTIFIERS: Final = (["id"], ["sid"], ["ids"], ["uuid"], ["reference"], ["href"], ["url"], ["uri"])


def headers_everywhere(
    element: Element,
    links: Links,
    *,
    statuses: tuple[str, ...],
    any_of: tuple[str, ...],
    methods: tuple[str, ...] = (),
    fold: int = 0,
) -> Iterator[Problem]:
    """Every operation has a response of the statuses that declares one of the headers.

    `fold`: see `resolved.folded`.
    """
    concerned = 0
    lacking: list[Element] = []
    for operation in received(element, links):
        if methods and operation.facts.get("method") not in methods:
            continue
        answers = list(responses(operation, links, *statuses))
        concerned += bool(answers)
        if answers and not any(_declares(response, any_of) for _, response in answers):
            lacking.append(operation)
    yield from folded(concerned, lacking, fold, "declares", "declare")


def complete_headers(element: Element, *, sets: tuple[str, ...], members: tuple[str, ...]) -> Iterator[Problem]:
    """Headers that belong together come together: a response with one of `X-RateLimit-*` has all `members` of the set.

    `sets` are the beginnings of their names, the longest first.
    """
    names = {one.name.lower(): one for one in element.children if one.kind == "header"}
    for prefix in sets if names else ():
        start = prefix.lower()
        found = [name for name in names if name.startswith(start) and name[len(start) :] in members]
        missing = [f"{prefix}{one.capitalize()}" for one in members if start + one not in names]
        if found and missing:
            yield Problem({"missing": missing, "found": names[found[0]].name})
            return


def one_header_set(element: Element, links: Links, *, sets: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """A document declares one of several sets of headers that say the same; the first that is met is the one."""
    chosen = first = ""
    for operation in operations(element, links):
        for _status, response in responses(operation, links):
            for header in response.of("header"):
                name = header.name.lower()
                own = next((key for key, names in sets.items() if name in names), "")
                if own and not chosen:
                    chosen, first = own, header.name
                elif own and own != chosen:
                    yield Problem({"value": header.name, "other": first}, element=header)
