"""Which fields a target requires that no line of a mapping fills."""

from collections.abc import Iterator, Sequence
from typing import Final

from integrationlint.checks.effective import items_of
from integrationlint.checks.hints import hint, names
from integrationlint.checks.mapping_paths import Place
from integrationlint.model.element import Element, Use
from integrationlint.model.links import Links

_DEEPEST: Final = 30
_PARTS: Final = 50

Steps = tuple[str, ...]


def uncovered(places: Sequence[Place], links: Links) -> Iterator[tuple[Steps, Element]]:
    """Path and field of each required field of one schema that none of the places, all in that schema, fills.

    A part that a line fills as a whole is not looked into. A field whose name resembles a path that leads nowhere is
    left out: that path is reported already.
    """
    whole = {place.names for place in places if not place.edge.missing}
    touched = {own[:depth] for own in (place.names for place in places) for depth in range(len(own) + 1)}
    broken: dict[Steps, set[str]] = {}
    for place in places:
        if place.edge.missing:
            broken.setdefault(place.names, set()).add(place.use.path[-place.edge.missing])
    waiting: list[tuple[Steps, Element]] = [((), places[0].root)]
    while waiting:
        path, element = waiting.pop()
        typos = names(broken[path]) if path in broken else None
        for name, (field, needed) in _fields(element, links).items():
            own = (*path, name)
            if own in whole:
                continue
            if own in touched and len(own) < _DEEPEST:
                waiting.append((own, field))
            elif needed and not _given(field) and not (typos is not None and hint(name, typos)):
                yield own, field


def _given(field: Element) -> bool:
    """Whether somebody else provides the value: the schema, or the one who receives it."""
    facts = field.facts
    fixed = facts.get("default") is not None or facts.get("fixed") is not None
    return fixed or facts.get("readOnly") is True or facts.get("maxOccurs") == 0 or facts.get("abstract") is True


def _fields(element: Element, links: Links) -> dict[str, tuple[Element, bool]]:
    """The fields that every value has a place for, by name, and whether it must have them."""
    found: dict[str, tuple[Element, bool]] = {}
    asked: set[str] = set()
    for holder, sure, attributes_only in _sure(element, links):
        requires = holder.facts.get("requires")
        if sure and isinstance(requires, tuple):
            asked.update(requires)
        for field in holder.of("field"):
            if not attributes_only or field.facts.get("attribute") is True:
                found.setdefault(field.name, (field, sure and field.facts.get("required") is True))
    return {name: (field, needed or name in asked) for name, (field, needed) in found.items()}


def _sure(element: Element, links: Links) -> Iterator[tuple[Element, bool, bool]]:
    """The shapes that a value has all at once: the shape, whether it is sure to apply, whether only its attributes do.

    Alternatives (`oneOf`, `anyOf`, `if`) are none of them. Of what a restriction restricts only the attributes stay
    (XML Schema Part 1, section 3.4.2).
    """
    waiting = [(element, True, False)]
    seen: set[int] = set()
    while waiting and len(seen) < _PARTS:
        one, sure, attributes_only = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one, sure, attributes_only
        waiting.extend((part, sure, False) for part in one.of("variant") if part.facts.get("composition") == "allOf")
        waiting.extend((part, sure, False) for part in items_of(one))
        restricted = one.facts.get("derivation") == "restriction" and one.facts.get("type") == ("object",)
        for edge in links.edges(one) if one.uses else ():
            if edge.use.role == "extends" and not edge.use.key.startswith("element:"):
                waiting.append((edge.target, sure, attributes_only or restricted))
            elif edge.use.role == "contains":
                waiting.append((edge.target, sure and _needed(one, edge.use), attributes_only))


def _needed(element: Element, use: Use) -> bool:
    """Whether a group that a content model refers to is in every value; anything else that is contained is."""
    if not use.key.startswith("group:"):
        return True
    waiting: list[tuple[object, bool]] = [(element.facts.get("contentModel"), True)]
    while waiting:
        particle, sure = waiting.pop()
        if not isinstance(particle, list) or len(particle) < 3:
            continue
        sure = sure and particle[1] != 0
        if particle[0] == use.key:
            return sure
        if len(particle) == 4 and isinstance(particle[3], list):
            inner = sure and (particle[0] != "choice" or len(particle[3]) == 1)
            waiting.extend((one, inner) for one in particle[3])
    return False
