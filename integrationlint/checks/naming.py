"""How things are named."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from integrationlint.checks.resolved import header_name, operations, parameter_name, written_parameters
from integrationlint.checks.words import bare
from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

Style = Literal["camel", "pascal", "snake", "kebab", "upper-snake", "upper-kebab", "train", "flat", "lower"]
StyleOrOne = Literal[
    "consistent", "camel", "pascal", "snake", "kebab", "upper-snake", "upper-kebab", "train", "flat", "lower"
]

_STYLES: Final = {
    "camel": re.compile(r"[a-z][A-Za-z0-9]*\Z"),
    "pascal": re.compile(r"[A-Z][A-Za-z0-9]*\Z"),
    "snake": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z"),
    "kebab": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z"),
    "upper-snake": re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\Z"),
    "upper-kebab": re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*\Z"),
    "train": re.compile(r"[A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*\Z"),
    "flat": re.compile(r"[a-z][a-z0-9]*\Z"),
    "lower": re.compile(r"[^A-Z]*\Z"),
    "any": re.compile(r""),
}
# What "one case for all" may turn out to be, in the order that decides a draw.
_CANDIDATES: Final = ("camel", "snake", "kebab", "pascal", "train", "upper-snake")
_NEARLY_ALL: Final = 0.6
# Registered names (IANA HTTP Field Name Registry) in which a word is not only its first letter in capitals.
_USUAL: Final = (
    *("ETag", "WWW-Authenticate", "DNT", "TE", "MIME-Version", "Content-MD5", "SOAPAction", "NEL", "Sec-GPC"),
    *("Sec-WebSocket-Accept", "Sec-WebSocket-Extensions", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol"),
    *("Sec-WebSocket-Version", "X-XSS-Protection", "X-Request-ID", "X-Correlation-ID", "DPoP", "CDN-Cache-Control"),
)
# `filter[created_at]`, `address.city`, `$top`: the words between the marks are what has a case.
_MARKS: Final = re.compile(r"[^A-Za-z0-9_-]+")
_PARTS: Final = re.compile(r"\{[^{}]*\}|[.:]")
# `v1`, `2.0`, `2024-05-01`: a version in a path is the business of the rules on versions.
_VERSION: Final = re.compile(r"v?[0-9]+(?:[.-][0-9]+)*\Z")


def case(element: Element, *, style: Style, fact: str = "", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The name, or the text of `fact`, is written in one case; words in `allow` may be written as they are."""
    value = element.facts.get(fact) if fact else element.name
    if isinstance(value, str) and value and value not in allow and not _STYLES[style].match(value):
        yield Problem({"value": value, "style": style}, at=None if not fact else child(element.pointer, fact))


def path_case(element: Element, *, style: Style = "kebab", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Each literal segment of a path is written in one case; parameters, file endings and versions do not count."""
    template = element.facts.get("template")
    if not isinstance(template, str) or not template.startswith("/"):
        return
    matches = _STYLES[style].match
    for segment in template.partition("?")[0].partition("#")[0].split("/"):
        if _VERSION.match(segment):
            continue
        if not all(not word or word in allow or matches(word) for word in _PARTS.split(segment)):
            yield Problem({"value": segment, "style": style})
            return


def parameter_case(
    element: Element, links: Links, *, location: str, style: StyleOrOne = "consistent", allow: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """The parameters of one location (`query`, `path`, …) of an API are written in one case.

    `consistent`: in the case that most of them have.
    """
    found = [
        (one, parameter_name(one), "name")
        for one in written_parameters(element, links)
        if one.facts.get("in") == location and not one.name.endswith(allow or "\0")
    ]
    yield from _uneven(found, style)


def identifier_case(element: Element, links: Links, *, style: StyleOrOne = "consistent") -> Iterator[Problem]:
    """The operation ids of an API are written in one case; `consistent`: in the case that most of them have."""
    ids = ((one, one.facts.get("id")) for one in operations(element, links))
    yield from _uneven([(one, name, "operationId") for one, name in ids if isinstance(name, str) and name], style)


def _uneven(found: list[tuple[Element, str, str]], style: StyleOrOne) -> Iterator[Problem]:
    chosen = _usual(name for _, name, _ in found) if style == "consistent" else style
    for element, name, key in found:
        if not _has_case(name, chosen):
            words = {"value": name, "style": chosen}
            yield Problem(words, element=element, at=child(element.pointer, key))


def _has_case(name: str, style: str) -> bool:
    matches = _STYLES[style].match
    return all(not word or matches(word) for word in _MARKS.split(name))


def _usual(names: Iterable[str]) -> str:
    """The case that nearly all of the names have, each name once; `any` when there is no such case."""
    votes = dict.fromkeys(_CANDIDATES, 0)
    known = dict.fromkeys(names)
    for name in known:
        parts = [word for word in _MARKS.split(name) if word]
        for style in _CANDIDATES:
            votes[style] += all(map(_STYLES[style].match, parts))
    usual = max(_CANDIDATES, key=lambda style: votes[style])
    return usual if votes[usual] >= _NEARLY_ALL * len(known) else "any"


def header_case(element: Element, *, style: Style = "train", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The name of a header is written in one case."""
    name = header_name(element)
    if name and name not in allow and not _STYLES[style].match(name):
        yield Problem({"value": name, "style": style}, at=_name_of(element), repairs=_recased(element, name, style))


def _recased(element: Element, name: str, style: str) -> tuple[Repair, ...]:
    """The same header in the case that is asked for (RFC 9110 section 5.1: names have none), its usual spelling if any.

    Nothing where more than the case is wrong.
    """
    usual = [one for one in _USUAL if one.lower() == name.lower()]
    train = "-".join(word[:1].upper() + word[1:] for word in name.split("-"))
    for one in (*usual, train, name.lower(), name.upper()):
        if _STYLES[style].match(one):
            action: Literal["set", "rename"] = "set" if element.kind == "parameter" else "rename"
            return (Repair(action, _name_of(element), one),)
    return ()


def header_prefix(element: Element, links: Links, *, prefix: str, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """No header that an API declares begins with `prefix`, unless it, or its beginning as `X-Rate*`, is in `allow`.

    Each name is a problem once, at the first place of so many.
    """
    start = prefix.lower()
    found: dict[str, list[Element]] = {}
    for header in _headers(element, links):
        name = header_name(header)
        if name.lower().startswith(start) and not _allowed(name.lower(), allow):
            found.setdefault(name.lower(), []).append(header)
    for places in found.values():
        first = places[0]
        yield Problem({"value": header_name(first), "places": len(places)}, element=first, at=_name_of(first))


def _allowed(name: str, allow: tuple[str, ...]) -> bool:
    return any(name == one.lower() or (one.endswith("*") and name.startswith(one[:-1].lower())) for one in allow)


def _headers(api: Element, links: Links) -> Iterator[Element]:
    """The header parameters and the response headers written in a document."""
    yield from written_parameters(api, links)
    for holder in (api, *operations(api, links)):
        for response in holder.of("response"):
            yield from response.of("header")


def header_forbidden(element: Element, *, names: tuple[str, ...]) -> Iterator[Problem]:
    """The header is not one of those named."""
    name = header_name(element)
    if name and name.lower() in (one.lower() for one in names):
        yield Problem({"value": name}, at=_name_of(element))


def _name_of(element: Element) -> str:
    return child(element.pointer, "name") if element.kind == "parameter" else element.pointer


def preferred(element: Element, *, names: Mapping[str, tuple[str, ...]], prefix: str = "") -> Iterator[Problem]:
    """A query parameter has the agreed name (a key of `names`) instead of one of its synonyms, and no `prefix`.

    Case and the marks between words do not count when synonyms are compared.
    """
    if element.facts.get("in") != "query":
        return
    written = parameter_name(element)
    if not written or written in names:
        return
    at = child(element.pointer, "name")
    if prefix and written.startswith(prefix):
        yield Problem({"value": written, "instead": written[len(prefix) :]}, at=at)
        return
    plain = bare(written)
    for name, synonyms in names.items():
        if plain == bare(name) or plain in (bare(one) for one in synonyms):
            yield Problem({"value": written, "instead": name}, at=at)
            return


def matches(
    element: Element, *, pattern: Literal["url-safe", "identifier"], fact: str = "", allow: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """The name, or the text of `fact`, has only the characters of a pattern."""
    value = element.facts.get(fact) if fact else element.name
    if isinstance(value, str) and value and value not in allow and not _PATTERNS[pattern].match(value):
        at = child(element.pointer, "operationId" if fact == "id" else fact) if fact else None
        yield Problem({"value": value}, at=at)


_PATTERNS: Final = {
    "url-safe": re.compile(r"[A-Za-z0-9._~:@!$&'()*+,;=/?-]+\Z"),
    "identifier": re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z"),
}
