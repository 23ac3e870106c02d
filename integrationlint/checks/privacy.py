"""Personal and sensitive data, told by names: a dictionary proves nothing, so that every list can be changed."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final, Literal

from integrationlint.checks.dictionaries import (
    CARD_AUTHENTICATION,
    CARD_NUMBER,
    CREDENTIAL_IN_URL,
    PASSWORD,
    PERSONAL,
    PRIVILEGED,
    SECRET,
)
from integrationlint.checks.names import endings
from integrationlint.checks.reach import received, sent
from integrationlint.checks.resolved import bodies
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

Place = Literal["path", "query", "header", "cookie"]
Data = Literal["contact", "identity", "government", "financial", "place", "special"]
_PLAIN: Final = frozenset({"string", "integer", "number"})
# `page_token` is no credential: these in front of a word say that it is something else.
_HARMLESS: Final = frozenset(
    "page next previous prev continuation cursor sync pagination skip start scroll has is require requires reset change"
    " forgot update public publishable csrf xsrf device push fcm lock idempotency pan".split()
)


def personal(
    element: Element,
    *,
    places: tuple[Place, ...],
    data: tuple[Data, ...],
    also: frozenset[str] = frozenset(),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """No parameter in one of the places is named like personal data of one of the kinds, or like a word in `also`."""
    return _parameter(element, _dictionary(data) | also, allow) if element.facts.get("in") in places else ()


def credentials(
    element: Element, *, places: tuple[Place, ...], also: frozenset[str] = frozenset(), allow: tuple[str, ...] = ()
) -> Iterable[Problem]:
    """No parameter in one of the places is named like a password, token, key or session."""
    if element.facts.get("in") not in places:
        return ()
    alone = frozenset({"token"}) if element.name.lower().endswith(":token") else frozenset[str]()
    return _parameter(element, CREDENTIAL_IN_URL | alone | also, allow)


@lru_cache(maxsize=32)
def _dictionary(data: tuple[Data, ...]) -> frozenset[str]:
    return frozenset().union(*(PERSONAL[one] for one in data))


def _parameter(element: Element, wanted: frozenset[str], allow: tuple[str, ...]) -> Iterable[Problem]:
    name = element.name.partition(":")[2]
    if not _means(name, wanted) or name in allow:
        return ()
    shape = next(element.of("schema"), None)
    if shape is not None and _types(shape) and _PLAIN.isdisjoint(_types(shape)):
        return ()
    words = {"value": name, "place": element.facts.get("in")}
    return (Problem(words, at=child(element.pointer, "name"), key=False),)


def _means(name: str, wanted: frozenset[str]) -> bool:
    found = endings(name) & wanted
    if not found:
        return False
    longest = max(found, key=len)
    return not any(f"{one}{longest}" in endings(name) for one in _HARMLESS)


def _types(element: Element) -> frozenset[Any]:
    types = element.facts.get("type")
    return frozenset(types) if isinstance(types, tuple) else frozenset()


def _sensitive(element: Element, wanted: frozenset[str], allow: tuple[str, ...]) -> bool:
    """Whether a field may hold what a word in `wanted` names: a text or number, and not one of a few fixed values."""
    if endings(element.name).isdisjoint(wanted) or element.name in allow or not _means(element.name, wanted):
        return False
    facts = element.facts
    if "enum" in facts or "const" in facts or element.uses:
        return False
    types = _types(element)
    return not types or not _PLAIN.isdisjoint(types)


def no_card_authentication(
    element: Element, links: Links, *, also: frozenset[str] = frozenset(), allow: tuple[str, ...] = ()
) -> Iterable[Problem]:
    """No response holds a card's verification code, track data or PIN (PCI DSS 4.0.1, requirement 3.3.1)."""
    if not _sensitive(element, CARD_AUTHENTICATION | also if also else CARD_AUTHENTICATION, allow):
        return ()
    return (Problem({"value": element.name}),) if sent(element, links) else ()


_PROTECTED: Final = ("token", "masked", "mask", "last4", "lastfour", "encrypted", "truncated", "hash", "redacted")


def card_number_protected(
    element: Element,
    links: Links,
    *,
    tags: tuple[str, ...] = ("x-encrypted", "x-masked", "x-tokenized"),
    also: frozenset[str] = frozenset(),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """A card number in a response is masked, which its pattern, length or text says, or has one of the `tags`.

    PCI DSS 4.0.1, requirements 3.4.1 and 3.5.1.
    """
    if not _sensitive(element, CARD_NUMBER | also if also else CARD_NUMBER, allow) or not sent(element, links):
        return ()
    facts = element.facts
    extensions = facts.get("extensions")
    text = f"{facts.get('description', '')} {facts.get('pattern', '')} {facts.get('example', '')}".lower()
    if any(word in text for word in _PROTECTED) or "*" in str(facts.get("example", "")) or "\\*" in text:
        return ()
    if isinstance(extensions, dict) and any(extensions.get(tag) for tag in tags):
        return ()
    longest = facts.get("maxLength")
    return () if isinstance(longest, int) and longest <= 6 else (Problem({"value": element.name}),)


def write_only(
    element: Element, links: Links, *, also: frozenset[str] = frozenset(), allow: tuple[str, ...] = ()
) -> Iterable[Problem]:
    """A password or key that is received in a shape that is also sent is marked `writeOnly`."""
    if not _sensitive(element, PASSWORD | also if also else PASSWORD, allow):
        return ()
    return (Problem({"value": element.name}),) if received(element, links) and sent(element, links) else ()


def not_sent(
    element: Element,
    links: Links,
    *,
    secrets: bool = False,
    also: frozenset[str] = frozenset(),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """No response holds a password or private key; with `secrets`, nor any other secret or API key.

    Fields that are received as well are the business of `write_only`.
    """
    if not _sensitive(element, (SECRET if secrets else PASSWORD) | also, allow):
        return ()
    if not sent(element, links) or (received(element, links) and _means(element.name, PASSWORD)):
        return ()
    return (Problem({"value": element.name}),)


def not_received(
    element: Element, links: Links, *, also: frozenset[str] = frozenset(), allow: tuple[str, ...] = ()
) -> Iterable[Problem]:
    """No request holds what only the server may set: roles, approvals, balances, who created it."""
    if endings(element.name).isdisjoint(PRIVILEGED) and endings(element.name).isdisjoint(also):
        return ()
    if element.name in allow or element.facts.get("readOnly") is True or not received(element, links):
        return ()
    return (Problem({"value": element.name}),)


def classified(
    element: Element,
    *,
    data: tuple[Data, ...],
    tags: tuple[str, ...],
    also: frozenset[str] = frozenset(),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """A field named like personal data of one of the kinds, or like a word in `also`, has one of the extensions."""
    wanted = _dictionary(data)
    if endings(element.name).isdisjoint(wanted) and endings(element.name).isdisjoint(also):
        return ()
    extensions = element.facts.get("extensions")
    if isinstance(extensions, dict) and any(extensions.get(tag) for tag in tags):
        return ()
    if element.name in allow or not (_types(element) & _PLAIN or not _types(element)):
        return ()
    return (Problem({"value": element.name, "tag": tags[0] if tags else ""}),)


def purposed(
    element: Element,
    *,
    names: tuple[str, ...],
    data: tuple[Data, ...],
    also: frozenset[str] = frozenset(),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """An interface with fields of personal data of one of the kinds states in one of the extensions what for."""
    extensions = element.facts.get("extensions")
    if element.parent is not None or (isinstance(extensions, dict) and any(extensions.get(name) for name in names)):
        return ()
    wanted = _dictionary(data) | also
    found = next((one for one in element.walk() if one.kind == "field" and _sensitive(one, wanted, allow)), None)
    at = "/info" if element.kind == "api" else None
    return (Problem({"value": found.name, "extension": names[0]}, at=at),) if found is not None else ()


_DEEPEST: Final = 3
# The first sensitive field of a shape, and the shapes of all its fields and items.
_Looked = tuple[Element | None, tuple[Element, ...]]


def not_stored(
    element: Element,
    links: Links,
    *,
    data: tuple[Data, ...],
    tags: tuple[str, ...],
    levels: tuple[str, ...],
    also: frozenset[str] = frozenset(),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """A successful response with sensitive fields declares Cache-Control, so that no cache keeps it (RFC 9111 5.2.2.5).

    Sensitive is what is named like data of one of the kinds, like a secret, or has one of the `levels` in a tag.
    """
    if element.facts.get("method") not in ("GET", "HEAD", "QUERY"):
        return
    wanted = _known_as(data, also)
    snapshot: Any = links
    own = _kept(snapshot, wanted, (allow, tags, levels))

    def looked(shape: Element) -> _Looked:
        if id(shape) not in own:
            fields = links.fields(shape).values()
            fitting = (one for one in fields if _sensitive(one, wanted, allow) or _leveled(one, tags, levels))
            inner = [*fields, *(item for item in shape.of("items") if not item.name)]
            own[id(shape)] = next(fitting, None), tuple(map(links.shape, inner))
        return own[id(shape)]

    for status, response, shape in bodies(element, links, "2XX"):
        if any(one.name.lower() in ("cache-control", "expires") for one in response.of("header")):
            continue
        field = _first(shape, looked)
        if field is not None:
            yield Problem({"status": status, "value": field.name}, element=response)


def _leveled(element: Element, tags: tuple[str, ...], levels: tuple[str, ...]) -> bool:
    extensions = element.facts.get("extensions")
    known: dict[str, Any] = extensions if isinstance(extensions, dict) else {}
    return any(str(known.get(tag, "")).lower() in levels for tag in tags)


@lru_cache(maxsize=32)
def _known_as(data: tuple[Data, ...], also: frozenset[str]) -> frozenset[str]:
    return _dictionary(data) | SECRET | also


@lru_cache(maxsize=1)
def _kept(links: Any, wanted: frozenset[str], options: tuple[tuple[str, ...], ...]) -> dict[int, _Looked]:  # noqa: ARG001
    """What was found in each shape of a snapshot: operations share most of theirs."""
    return {}


def _first(shape: Element, looked: Callable[[Element], _Looked]) -> Element | None:
    """The first sensitive field in a body, those of parts some levels down among them."""
    stack, seen = [(shape, 0)], set[int]()
    while stack:
        one, depth = stack.pop()
        if id(one) in seen or depth > _DEEPEST:
            continue
        seen.add(id(one))
        field, inner = looked(one)
        if field is not None:
            return field
        stack.extend((part, depth + 1) for part in inner)
    return None
