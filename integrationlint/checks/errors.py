"""Error responses: their format, and what they must not tell."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from integrationlint.checks.resolved import bodies, body, followed, is_known, received, responses
from integrationlint.checks.words import bare
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

ERRORS: Final = ("4XX", "5XX", "default")
_PROBLEM: Final = ("application/problem+json", "application/problem+xml")
# RFC 9457 section 3.1.
_MEMBERS: Final = {"type": "string", "title": "string", "status": "integer", "detail": "string", "instance": "string"}
_NUMBERS: Final = ("integer", "number")
_DEEPEST: Final = 3

Format = Literal["problem-json", "azure", "google-status"]


def _type(media: Element) -> str:
    return media.name.partition(";")[0].strip().lower()


def formatted(element: Element, links: Links, *, format: Format) -> Iterator[Problem]:
    """Error responses that have a body have it in the agreed format; each is named where it is defined."""
    for operation in received(element, links):
        for status, response in responses(operation, links, *ERRORS):
            media = next(response.of("media"), None)
            if media is not None and not _FORMATS[format](response, links):
                yield Problem({"status": status, "value": media.name, "wanted": _WANTED[format]}, element=response)


def _is_problem(response: Element, _links: Links) -> bool:
    return any(_type(media) in _PROBLEM for media in response.of("media"))


def _is_azure(response: Element, links: Links) -> bool:
    shape = body(response, links)
    error = links.fields(shape).get("error") if shape is not None else None
    return error is not None and {"code", "message"} <= links.fields(links.shape(error)).keys()


def _is_google(response: Element, links: Links) -> bool:
    shape = body(response, links)
    if shape is None:
        return False
    error = links.fields(shape).get("error", shape)
    return {"code", "message"} <= links.fields(links.shape(error)).keys()


_FORMATS: Final = {"problem-json": _is_problem, "azure": _is_azure, "google-status": _is_google}
_WANTED: Final = {
    "problem-json": "application/problem+json",
    "azure": "an object 'error' with code and message",
    "google-status": "google.rpc.Status with code, message and details",
}


def problem_members(element: Element, links: Links, *, members: tuple[str, ...]) -> Iterator[Problem]:
    """The schema of a problem document has the standard members, and with their types (RFC 9457 section 3.1)."""
    if _type(element) not in _PROBLEM or not element.children:
        return
    fields = links.fields(links.shape(element))
    missing = [name for name in members if name not in fields]
    if missing and _lists_fields(links.shape(element), links):
        yield Problem({"problem": f"has no {', '.join(missing)}"})
    for name, wanted in _MEMBERS.items():
        types = links.shape(fields[name]).facts.get("type") if name in fields else None
        if isinstance(types, tuple) and types and not _agree(wanted, types):
            yield Problem({"problem": f"has a {name} that is a {types[0]}, not a {wanted}"})


def _agree(wanted: str, types: tuple[object, ...]) -> bool:
    return wanted in types or (wanted in _NUMBERS and types[0] in _NUMBERS)


def _lists_fields(shape: Element, links: Links) -> bool:
    """Something is known of the members: not an object without any, nor a reference that is not found."""
    return bool(shape.children) and is_known(shape, links)


# RFC 6749 section 5.2 says how the errors of a token endpoint look, whatever the rest of the API does.
_OAUTH: Final = frozenset(("error", "error_description"))


def one_schema(element: Element, links: Links) -> Iterator[Problem]:
    """The error bodies of an API have one shape: the fields that most have, or more, or fewer."""
    found: dict[int, tuple[Element, str, frozenset[str]]] = {}
    uses: dict[frozenset[str], int] = {}
    for operation in received(element, links):
        for status, response, shape in bodies(operation, links, *ERRORS):
            fields = frozenset(links.fields(shape))
            if fields and not fields >= _OAUTH and is_known(shape, links):
                found.setdefault(id(response), (response, status, fields))
                uses[fields] = uses.get(fields, 0) + 1
    if len(uses) < 2:
        return
    usual = max(uses, key=lambda one: uses[one])
    for response, status, fields in found.values():
        if not (fields <= usual or usual <= fields):
            words = {"status": status, "found": sorted(fields - usual)[:5], "usual": sorted(usual)[:5]}
            yield Problem(words, element=response)


_TRACES: Final = re.compile(
    r"Traceback \(most recent call last\)|\bat [\w$.<>]{1,200}\([\w$]{1,100}\.(?:java|kt|scala):\d+\)"
    r"|\b(?:javax?|org|System)\.[\w.]{0,100}Exception\b|\bORA-\d{5}\b|\bSQLSTATE\[|\.cs:line \d+"
)
_LONGEST_TEXT: Final = 2_000


def no_internals(element: Element, links: Links, *, names: tuple[str, ...]) -> Iterator[Problem]:
    """Error bodies have no field for stack traces, exceptions or statements, and no example shows one."""
    wanted = frozenset(map(bare, names))
    seen: set[int] = set()
    for operation in received(element, links):
        for _status, response in responses(operation, links, *ERRORS):
            if id(response) not in seen:
                seen.add(id(response))
                shape = body(response, links)
                yield from _telling_fields(shape, wanted, seen, links) if shape is not None else ()
                yield from _telling_examples(response)


def _telling_fields(shape: Element, wanted: frozenset[str], seen: set[int], links: Links) -> Iterator[Problem]:
    stack = [(shape, 0)]
    while stack:
        one, depth = stack.pop()
        if id(one) in seen or depth > _DEEPEST:
            continue
        seen.add(id(one))
        for name, field in links.fields(one).items():
            if bare(name) in wanted:
                yield Problem({"value": f"the field '{name}'"}, element=field)
            stack.append((links.shape(field), depth + 1))
        stack.extend((links.shape(item), depth) for item in one.of("items"))


def _telling_examples(response: Element) -> Iterator[Problem]:
    for media in response.of("media"):
        for fact in ("example", "examples"):
            if fact in media.facts and any(_TRACES.search(text) for text in _texts(media.facts[fact])):
                yield Problem({"value": "an example"}, element=media)
                return


def _texts(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one[:_LONGEST_TEXT]
        elif isinstance(one, dict | list):
            stack.extend(one.values() if isinstance(one, dict) else one)


def has_field(
    element: Element,
    links: Links,
    *,
    names: tuple[str, ...],
    statuses: tuple[str, ...] = ERRORS,
    headers: tuple[str, ...] = (),
    array: bool = False,
) -> Iterator[Problem]:
    """Error bodies have one of the fields (with `array`, as a list), or the response declares one of the headers."""
    wanted = frozenset(map(bare, names))
    declared = frozenset(one.lower() for one in headers)
    for operation in received(element, links):
        for status, response, shape in bodies(operation, links, *statuses):
            if any(one.name.lower() in declared for one in response.of("header")):
                continue
            fields = links.fields(shape)
            if fields and is_known(shape, links) and not _has(fields.items(), wanted, links, array=array):
                yield Problem({"status": status}, element=response)


def _has(fields: Iterable[tuple[str, Element]], wanted: frozenset[str], links: Links, *, array: bool) -> bool:
    for name, field in fields:
        shape = links.shape(field)
        if bare(name) in wanted and (not array or shape.facts.get("type") == ("array",)):
            return True
        if bare(name) in ("error", "errors", "meta") and any(bare(inner) in wanted for inner in links.fields(shape)):
            return not array or bool(shape.children)
    return False


def defined(element: Element, links: Links) -> Iterator[Problem]:
    """An error response says what it is: it has a body."""
    for response in element.of("response"):
        found = followed(response, links)
        if found is not None and response.name[:1] in "45" and next(found.of("media"), None) is None:
            yield Problem({"status": response.name}, element=found)
