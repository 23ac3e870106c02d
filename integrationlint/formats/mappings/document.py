"""Mapping specifications as documents: YAML or JSON with a list of records, each with a source and a target."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from integrationlint.formats.formats import Match
from integrationlint.formats.mappings.concept_map import add_concept_map, is_concept_map
from integrationlint.formats.mappings.labels import SOURCE, TARGET
from integrationlint.formats.mappings.lines import NOTHING, Entry, Written, add_line, add_lookup
from integrationlint.formats.mappings.outline import Outline, about_pairs, find_outline, inner_lines
from integrationlint.formats.mappings.paths import FieldPath, read_path
from integrationlint.formats.mappings.records import Record, name_of, read_record, read_value_map_record, sides_of
from integrationlint.formats.mappings.schemas import Schema
from integrationlint.formats.mappings.specification import Specification
from integrationlint.formats.mappings.title_block import read_facts, read_schemas
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.location import child

NAME: Final = "mapping-document"
SYNTAXES: Final = ("yaml", "json")
_LOOKUPS: Final = frozenset(
    ["lookups", "lookup tables", "value maps", "code maps", "valuemaps", "code lists", "enum maps"]
)


def recognise(document: Document) -> Match | None:
    """By a list under a known name whose records have a source and a target, or a FHIR ConceptMap."""
    if is_concept_map(document.value):
        return Match(NAME, "", "resourceType: ConceptMap")
    outline = find_outline(document.value)
    if outline is None:
        return None
    places = ", ".join(pointer or "/" for pointer, _ in outline.lists)
    return Match(NAME, "", f"records with source and target at {places}")


def build(document: Document) -> Element:
    """The `mapping` element with a `line` per record and a `lookup` per value map."""
    outline = find_outline(document.value)
    about = outline.about if outline else ()
    facts = read_facts(about)
    facts["notation"] = document.syntax
    mapping = Specification(document, facts, read_schemas(document.path, about))
    if is_concept_map(document.value):
        add_concept_map(mapping)
    elif outline:
        for entry in _entries(mapping, outline):
            add_line(mapping, entry)
        _add_lookups(mapping, outline)
    return mapping.finish()


@dataclass(frozen=True, slots=True)
class _Place:
    """A record, and what holds for it: the paths its own are relative to, the schemas of its group.

    `name` is the target where the record is the value of a member that is named after it; `bare` where that value is
    the source itself.
    """

    record: Record
    pointer: str
    outer: Mapping[str, FieldPath]
    schemas: Mapping[str, Schema] | None
    name: str | None = None
    bare: bool = False


def _entries(mapping: Specification, outline: Outline) -> Iterator[Entry]:
    """The entries in source order, those of groups and repeated fields included."""
    stack = [_members(lines, pointer, {}, None) for pointer, lines in reversed(outline.lists)]
    number = 0
    while stack:
        place = next(stack[-1], None)
        if place is None:
            stack.pop()
            continue
        inner = inner_lines(place.record)
        group = _group(mapping, place) if inner else None
        outer = place.outer
        if group is None and (place.name is not None or sides_of(place.record)):
            number += 1
            own = {key: one for key, one in place.record.items() if not inner or key != inner[0]}
            entry = _entry(replace(place, record=own), number)
            yield entry
            outer = _below(entry, outer)
        if inner:
            below = child(place.pointer, inner[0])
            stack.append(_members(inner[1], below, {} if group else outer, group or place.schemas))


def _members(
    lines: object, pointer: str, outer: Mapping[str, FieldPath], schemas: Mapping[str, Schema] | None
) -> Iterator[_Place]:
    if isinstance(lines, list):
        for index, one in enumerate(lines):
            if isinstance(one, dict):
                yield _Place(one, child(pointer, index), outer, schemas)
    elif isinstance(lines, dict):
        for key, one in lines.items():
            bare = not isinstance(one, dict)
            yield _Place({"source": one} if bare else one, child(pointer, key), outer, schemas, str(key), bare)


def _entry(place: _Place, number: int) -> Entry:
    entry = read_record(place.record, place.pointer, number, place.outer, place.schemas)
    if place.name is None:
        return entry
    if place.bare:
        entry = replace(entry, sources=tuple(Written(one.text, place.pointer) for one in entry.sources))
    return replace(entry, target=Written(place.name, place.pointer))


def _group(mapping: Specification, place: _Place) -> Mapping[str, Schema] | None:
    """The schemas of a group: of a record with lines below it whose source or target is a schema, not a field."""
    named = read_schemas(mapping.root.document.path, tuple(about_pairs(place.record, place.pointer)))
    fields = sides_of(place.record)
    declared = {side: one for side, one in named.items() if one.key and (one.tier != "inferred" or side not in fields)}
    return {**(place.schemas or mapping.schemas), **declared} if declared else None


def _below(entry: Entry, outer: Mapping[str, FieldPath]) -> dict[str, FieldPath]:
    """The paths that the lines inside a repeated one are relative to."""
    found = dict(outer)
    for side, written in ((SOURCE, entry.sources[0] if entry.sources else NOTHING), (TARGET, entry.target)):
        path = read_path(written.text)
        if path:
            found[side] = path.below(outer.get(side))
    return found


def _add_lookups(mapping: Specification, outline: Outline) -> None:
    """The value maps that the document names beside its lines."""
    for key, value in outline.holder.items():
        if name_of(key) not in _LOOKUPS:
            continue
        for name, one, where in _named(value, child(outline.pointer, key)):
            entries, otherwise = read_value_map_record(one)
            add_lookup(mapping.root, name, where, entries, otherwise)


def _named(value: object, pointer: str) -> Iterator[tuple[str, object, str]]:
    if isinstance(value, dict):
        yield from ((str(name), one, child(pointer, name)) for name, one in value.items())
    elif isinstance(value, list):
        for index, one in enumerate(value):
            name = one.get("name", one.get("id")) if isinstance(one, dict) else None
            if isinstance(name, str):
                yield name, one, child(pointer, index)
