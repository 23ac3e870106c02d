"""Operations: their methods, their statuses, and what they accept."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from integrationlint.checks.resolved import (
    body,
    folded,
    followed,
    header_name,
    in_force,
    meets,
    received,
    responses,
)
from integrationlint.checks.words import bare, words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# IANA HTTP Status Code Registry (RFC 9110 section 16.2), the unused and obsoleted ones left out.
_REGISTERED: Final = frozenset(
    "100 101 102 103 104 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308"
    " 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 421 422 423 424 425 426 428 429 431 451"
    " 500 501 502 503 504 505 506 507 508 511".split()
)
_RANGES: Final = frozenset(("1XX", "2XX", "3XX", "4XX", "5XX", "default"))

Having = Literal["anything", "input", "body", "path-parameter", "security"]


def method(element: Element, *, allow: tuple[str, ...]) -> Iterator[Problem]:
    """The HTTP method of an operation is one of those allowed."""
    if element.facts.get("method") not in allow:
        yield Problem({"allowed": allow})


def no_body(element: Element, links: Links) -> Iterator[Problem]:
    """The operation takes no request body; an optional object without fields is as good as none."""
    for request in element.of("request"):
        if request.facts.get("required") is True or not all(_empty(one, links) for one in _media(request, links)):
            yield Problem(element=request)


def _media(request: Element, links: Links) -> list[Element]:
    found = followed(request, links)
    return (list(found.of("media")) if found is not None else []) or [request]


def _empty(media: Element, links: Links) -> bool:
    shape = links.shape(media)
    return shape.facts.get("type") == ("object",) and not shape.children and not shape.uses


def safe(element: Element, *, verbs: tuple[str, ...]) -> Iterator[Problem]:
    """Neither the operationId nor the last segment of the path begins with a verb that says "change something"."""
    name = element.facts.get("id")
    last = str(element.facts.get("template")).rpartition("/")[2]
    for value, fact in ((name, "operationId"), (last, "")):
        found = words(value) if isinstance(value, str) and "{" not in value else []
        if found and found[0] in verbs:
            at = child(element.pointer, fact) if fact else None
            yield Problem({"value": value, "verb": found[0]}, at=at)
            return


def registered(element: Element, *, extra: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Each status is a registered code, a range (`4XX`) or `default`."""
    for response in element.of("response"):
        status = response.name
        if status not in _REGISTERED and status not in _RANGES and status not in extra:
            yield Problem({"value": status}, element=response, key=True)


def statuses(element: Element, *, allow: tuple[str, ...] = (), forbid: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Each status is one of those allowed, where any are named, and none of those forbidden."""
    for response in element.of("response"):
        if (allow and not meets(response.name, allow)) or meets(response.name, forbid):
            yield Problem({"value": response.name}, element=response, key=True)


def status_by_method(element: Element, *, methods: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """A status that says something about the method (a key of `methods`) comes only with the methods it is made for."""
    for response in element.of("response"):
        fitting = methods.get(response.name)
        if fitting is not None and element.facts.get("method") not in fitting:
            yield Problem({"value": response.name, "fitting": fitting}, element=response, key=True)


def declares(
    element: Element,
    links: Links,
    *,
    any_of: tuple[str, ...],
    methods: tuple[str, ...] = (),
    having: Having = "anything",
    beside: tuple[str, ...] = (),
    fold: int = 0,
) -> Iterator[Problem]:
    """Every operation (of `methods`, `having` something) declares a response with one of the statuses.

    A range that holds a status (`4XX` for 429) will do. With `beside`, only those operations are concerned that
    declare one of these. `fold`: see `resolved.folded`.
    """
    concerned = [
        one
        for one in received(element, links)
        if (not methods or one.facts.get("method") in methods)
        and (not beside or _declares(one, beside, ()))
        and _has(one, having, links)
    ]
    ranges = tuple({f"{one[0]}XX" for one in any_of if one.isdecimal()})
    lacking = [one for one in concerned if not _declares(one, any_of, ranges)]
    yield from folded(len(concerned), lacking, fold, "declares", "declare")


def _declares(operation: Element, any_of: tuple[str, ...], ranges: tuple[str, ...]) -> bool:
    names = [response.name for response in operation.of("response")]
    return any(meets(name, any_of) or name.upper() in ranges for name in names)


def _has(operation: Element, having: Having, links: Links) -> bool:
    if having == "anything":
        return True
    if having == "security":
        return any(use.key.startswith("security-scheme:") for use in operation.uses)
    if having == "body":
        return next(operation.of("request"), None) is not None
    if having == "path-parameter":
        return "{" in str(operation.facts.get("template"))
    return bool(in_force(operation, links)) or next(operation.of("request"), None) is not None


def accepts(
    element: Element,
    links: Links,
    *,
    headers: tuple[str, ...],
    methods: tuple[str, ...] = (),
    fields: tuple[str, ...] = (),
    returned: bool = False,
    fold: int = 0,
) -> Iterator[Problem]:
    """Every operation of `methods` takes one of the headers as a parameter, or a body with one of `fields`.

    With `returned`, a response that declares the header will do as well. `fold`: see `resolved.folded`.
    """
    wanted = frozenset(one.lower() for one in headers)
    concerned = [one for one in received(element, links) if not methods or one.facts.get("method") in methods]
    lacking = [one for one in concerned if not _takes(one, links, wanted, fields, returned=returned)]
    yield from folded(len(concerned), lacking, fold, "takes", "take")


def _takes(
    operation: Element, links: Links, wanted: frozenset[str], fields: tuple[str, ...], *, returned: bool
) -> bool:
    known = in_force(operation, links)
    if known is None or any(header_name(one).lower() in wanted for one in known.values()):
        return True
    if returned:
        for _status, response in responses(operation, links):
            if any(one.name.lower() in wanted for one in response.of("header")):
                return True
    return bool(fields) and _body_has(operation, links, frozenset(map(bare, fields)))


def _body_has(operation: Element, links: Links, fields: frozenset[str]) -> bool:
    for written in operation.of("request"):
        request = followed(written, links)
        shape = body(request, links) if request is not None else None
        if shape is not None and any(bare(name) in fields for name in links.fields(shape)):
            return True
    return False


def preconditions(element: Element, links: Links, *, answers: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """An operation that takes one of the header parameters (keys of `answers`) declares one of the statuses for it."""
    known = in_force(element, links) or {}
    for header in known.values():
        name = header_name(header)
        wanted = next((codes for one, codes in answers.items() if one.lower() == name.lower()), None)
        if wanted and not any(meets(response.name, wanted) for response in element.of("response")):
            yield Problem({"header": name, "wanted": wanted[0]})
