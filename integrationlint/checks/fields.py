"""Fields of objects: which there are, and what those of well-known names are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from integrationlint.checks import hints
from integrationlint.checks.names import endings, plain, words
from integrationlint.checks.reach import received
from integrationlint.checks.types import REGISTRY
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_JOINTS: Final = re.compile(r"(?<=[A-Za-z0-9])[_-]+(?=[A-Za-z0-9])")
_LONGEST_CHAIN: Final = 50
# Parts of one composition that are looked into.
_MOST_PARTS: Final = 200


def required_defined(element: Element, links: Links) -> Iterable[Problem]:
    """Every name in `required` is that of a property, of the object itself or of what it is composed of."""
    requires = element.facts.get("requires")
    return _undefined(element, requires, links) if isinstance(requires, tuple) and requires else ()


def _undefined(element: Element, requires: tuple[str, ...], links: Links) -> Iterator[Problem]:
    whole = element
    for _ in range(_LONGEST_CHAIN):
        # What one part of a composition requires, another part may define.
        if whole.kind != "variant" or whole.parent is None:
            break
        whole = whole.parent
    missing, known = _missing(whole, set(requires), links)
    index = hints.names(known) if missing else None
    for number, name in enumerate(requires):
        if name in missing and index is not None:
            words = {"value": name, "hint": hints.hint(name, index)}
            yield Problem(words, at=f"{element.pointer}/required/{number}", key=False)


def _missing(element: Element, names: set[str], links: Links) -> tuple[set[str], set[str]]:
    """The names that no field has, and those of the fields; none is missing where fields are not seen.

    They are not where references lead nowhere, in maps, under patterns of names, and in compositions of too many parts.
    """
    stack, seen, known = [element], set[int](), set[str]()
    while stack and names:
        one = links.shape(stack.pop())
        if id(one) in seen:
            continue
        seen.add(id(one))
        edges = links.edges(one)
        own, variants, items = _contents(one)
        if items or len(seen) > _MOST_PARTS or len(edges) < len(one.uses):
            return set(), set()
        names -= own
        known |= own
        stack.extend(edge.target for edge in edges)
        stack.extend(variants[:_MOST_PARTS])
    return names, known


@lru_cache(maxsize=256)
def _contents(element: Element) -> tuple[frozenset[str], tuple[Element, ...], bool]:
    """The names of the fields of a shape, its variants, and whether it has items or fields of any name."""
    parts = element.children
    names = frozenset(one.name for one in parts if one.kind == "field")
    return names, tuple(one for one in parts if one.kind == "variant"), any(one.kind == "items" for one in parts)


def collision(element: Element) -> Iterable[Problem]:
    """No two fields of an object have names that differ only by case or by the marks between words."""
    return _collisions(element) if len(element.children) > 1 else ()


def _collisions(element: Element) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for one in element.children:
        if one.kind == "field":
            simple = one.name.isalnum() and one.name.islower()
            first = seen.setdefault(one.name if simple else _JOINTS.sub("", one.name).lower(), one.name)
            if first != one.name:
                yield Problem({"value": one.name, "other": first}, element=one)


def agreed(
    element: Element,
    *,
    types: tuple[str, ...],
    names: frozenset[str] = frozenset(),
    ends: frozenset[str] = frozenset(),
    formats: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    allow: tuple[str, ...] = (),
) -> Iterable[Problem]:
    """A field whose name is one of `names`, or ends with one of `ends`, has one of the types and of the formats.

    Both are written in lower case without marks between words. With `only` fields of other types are left alone;
    `allow` names fields that may be as they are. Enumerations, constants and references are left alone.
    """
    facts = element.facts
    written = facts.get("type")
    if not isinstance(written, tuple) or len(written) != 1 or (only and written[0] not in only):
        return ()
    if endings(element.name).isdisjoint(ends) and (not names or plain(element.name) not in names):
        return ()
    if "enum" in facts or "const" in facts or element.name in allow:
        return ()
    return _disagreed(element, str(written[0]), types, formats)


def _disagreed(element: Element, written: str, types: tuple[str, ...], formats: tuple[str, ...]) -> Iterable[Problem]:
    form = element.facts.get("format")
    if written in types and (not formats or form in formats or _strange(form) or "pattern" in element.facts):
        return ()
    wanted = " or ".join(types) + (f" with the format {' or '.join(formats[:2])}" if formats else "")
    found = f"{written} with the format {form}" if form else written
    at = f"{element.pointer}/{'format' if form and written in types else 'type'}"
    return (Problem({"value": element.name, "wanted": wanted, "found": found}, at=at, key=False),)


def _strange(form: object) -> bool:
    """A format that nobody knows is the business of another check."""
    return form is not None and not (isinstance(form, str) and form in REGISTRY)


def dictionary(element: Element, *, fields: Mapping[str, str]) -> Iterable[Problem]:
    """A field of a well-known name has the agreed `type` or `type/format`; other formats than text's are no matter."""
    agreed_type = fields.get(element.name)
    if agreed_type is None or "type" not in element.facts:
        return ()
    wanted, _, form = agreed_type.partition("/")
    types, written = element.facts["type"], element.facts.get("format")
    if types == (wanted,) and (not form or written == form):
        return ()
    found = "/".join([" or ".join(types) if isinstance(types, tuple) else "", *([str(written)] if written else [])])
    return (Problem({"value": element.name, "wanted": agreed_type, "found": found}),)


def not_format(
    element: Element, *, ends: frozenset[str], formats: tuple[str, ...], unless: frozenset[str] = frozenset()
) -> Iterable[Problem]:
    """A field whose name ends with one of `ends` has none of the formats, `unless` a sibling has one of these names."""
    form = element.facts.get("format")
    if form not in formats or endings(element.name).isdisjoint(ends) or _beside(element, unless):
        return ()
    return (Problem({"value": element.name, "found": form}, at=f"{element.pointer}/format", key=False),)


def _beside(element: Element, names: frozenset[str]) -> bool:
    """Whether a sibling has one of the names."""
    return element.parent is not None and any(plain(one.name) in names for one in element.parent.of("field"))


def together(
    element: Element,
    links: Links,
    *,
    ends: frozenset[str],
    other: frozenset[str],
    types: tuple[str, ...],
    unless: frozenset[str] = frozenset(),
) -> Iterable[Problem]:
    """A field of one of the types whose name ends with one of `ends` has a sibling whose name ends with one of `other`.

    So an amount of money has its currency beside it; one level further up counts as well. A sibling named like one of
    `unless` says that it is an amount of something else.
    """
    if endings(element.name).isdisjoint(ends) or element.parent is None or _beside(element, unless):
        return ()
    written = element.facts.get("type")
    if not isinstance(written, tuple) or not written or written[0] not in types:
        return ()
    holders = [element.parent, *([element.parent.parent] if element.parent.parent is not None else [])]
    for holder in holders:
        if any(not endings(name).isdisjoint(other) for name in links.fields(holder)):
            return ()
    return (Problem({"value": element.name}),)


Openness = Literal["open", "closed", "closed-request"]


def openness(element: Element, links: Links, *, mode: Openness) -> Iterable[Problem]:
    """Objects are `open` to fields that nobody knows yet (never closed), `closed`, or closed in requests only."""
    facts = element.facts
    closed = facts.get("additionalProperties") is False
    if mode == "open":
        at = f"{element.pointer}/additionalProperties"
        return (Problem({"problem": "is closed to other fields"}, at=at, key=False),) if closed else ()
    if closed or "additionalProperties" in facts or facts.get("type") != ("object",) or element.kind == "variant":
        return ()
    if not any(one.kind == "field" for one in element.children) or (mode != "closed" and not received(element, links)):
        return ()
    return (Problem({"problem": "is open to any other field"}),)


def access(element: Element) -> Iterable[Problem]:
    """A field is not both `readOnly` and `writeOnly` (OAS 3.0.4 section 4.7.24.1)."""
    facts = element.facts
    if facts.get("readOnly") is not True or facts.get("writeOnly") is not True:
        return ()
    return (Problem({"value": element.name}),)


def no_default(element: Element) -> Iterable[Problem]:
    """What is required has no default: it is always sent, so that nobody ever takes the default."""
    facts = element.facts
    if element.kind == "parameter":
        shape = next(element.of("schema"), None)
        if facts.get("required") is not True or shape is None or "default" not in shape.facts:
            return ()
        return (Problem({"value": element.name.partition(":")[2]}, at=f"{shape.pointer}/default"),)
    if facts.get("required") is not True or "default" not in facts:
        return ()
    return (Problem({"value": element.name}, at=f"{element.pointer}/default"),)


def glossary(element: Element, *, terms: Mapping[str, tuple[str, ...]]) -> Iterable[Problem]:
    """No word of a name is a synonym of a business term; `terms` maps each term to its synonyms, singular."""
    if not terms:
        return ()
    said = words(element.name.rpartition(":")[2])
    for term, synonyms in terms.items():
        for one in said:
            if one in synonyms or (one.endswith("s") and one[:-1] in synonyms):
                return (Problem({"value": element.name, "word": one, "instead": term}),)
    return ()
