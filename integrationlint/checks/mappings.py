"""Whether the paths of a mapping exist, and whether it fills all that its target asks for, once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.effective import is_array
from integrationlint.checks.hints import Names, hint, names
from integrationlint.checks.mapping_coverage import uncovered
from integrationlint.checks.mapping_paths import Place, Role, fields_of, lines, stated, target_pointer
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.phrases import phrase
from integrationlint.model.rule import Problem, Related

# What stands for the text of an element itself in notations that have fields only.
_PLAIN: Final = re.compile(r"[\w$#-]*(?:[./][\w$#-]+)*\Z")
_TEXTS: Final = frozenset(["#text", "_text", "__text", "text", "value", "_value", "_"])


def path_exists(element: Element, links: Links, *, role: Role) -> Iterator[Problem]:
    """Every source (`reads`) or target (`writes`) path of a mapping leads to a field of its schema.

    Nothing is said where the schema is not there, or lets in fields that it does not name. A schema that is only
    guessed by its name must fit half of the lines first.
    """
    places = [place for line in lines(element) for place in stated(line, role, links)]
    fields: dict[int, Names | None] = {}
    for place in _credible(places):
        end, missing = place.edge.target, place.edge.missing
        if not missing:
            continue
        if id(end) not in fields:
            found = fields_of(end, links)
            fields[id(end)] = None if found is None else names(found)
        known = fields[id(end)]
        step = place.use.path[-missing]
        if known is None or step in known.known or (not known.known and missing == 1 and step in _TEXTS):
            continue
        told = f"{phrase(end)} has no field '{step}'{hint(step, known)}"
        yield Problem({"value": ".".join(place.use.path), "problem": told}, element=place.line, at=place.use.pointer)


def _credible(places: list[Place]) -> Iterator[Place]:
    """The places in schemas that are named for sure, and in guessed ones that fit most of the lines."""
    guessed: dict[str, list[bool]] = defaultdict(list)
    for place in places:
        if place.use.tier == "inferred":
            guessed[place.use.key].append(place.found)
    for place in places:
        fits = guessed.get(place.use.key, [True])
        if sum(fits) * 2 >= len(fits):
            yield place


def required_covered(element: Element, links: Links) -> Iterator[Problem]:
    """Every field that the target requires is filled by a line; only for a mapping that is complete.

    What is required inside an optional part counts when the mapping fills that part at all.
    """
    if element.facts.get("coverage") != "complete":
        return
    by_root: dict[int, list[Place]] = defaultdict(list)
    for line in lines(element):
        for place in stated(line, "writes", links):
            by_root[id(place.root)].append(place)
    for places in by_root.values():
        if sum(place.found for place in places) * 2 < len(places):
            continue
        for path, field in uncovered(places, links):
            words = {"value": ".".join(path), "target": phrase(field)}
            yield Problem(words, related=(Related("required here", field.location),))


def duplicate_target(element: Element, links: Links) -> Iterator[Problem]:
    """No target is written by two lines, save under different conditions or as different items of a list.

    Of targets without a schema nobody knows which are lists: only in a mapping all of whose targets are plain paths,
    without index or predicate, are they compared.
    """
    plain = all(_PLAIN.match(str(line.facts.get("target", ""))) for line in lines(element))
    seen: dict[object, Element] = {}
    for line in lines(element):
        key = _target_key(line, links, plain=plain)
        if key is None:
            continue
        first = seen.setdefault(key, line)
        if first is not line and not (line.facts.get("operation") == first.facts.get("operation") == "concat"):
            words = {"value": line.facts.get("target"), "first": first.facts.get("number")}
            yield Problem(
                words, element=line, at=target_pointer(line), related=(Related("first here", first.location),)
            )


def _target_key(line: Element, links: Links, *, plain: bool) -> object:
    """What two lines must share to be in each other's way; None for a line that nothing is said about."""
    target = line.facts.get("target")
    if not isinstance(target, str) or not target:
        return None
    condition = " ".join(str(line.facts.get("condition") or "").split()).casefold()
    loop = line.facts.get("iterate") or ""
    place = next(iter(stated(line, "writes", links)), None)
    if place is None or not place.found:
        return (target, condition, loop) if plain else None
    if is_array(place.edge.target, links):
        return None
    repeated = any(is_array(one, links) for one in place.trail[1:])
    return (id(place.root), place.names, target if repeated else "", condition, loop if repeated else "")
