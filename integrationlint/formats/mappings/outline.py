"""Where a document holds mapping lines, which schemas it names, and whether these are mapping lines at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.formats.mappings.labels import OTHER_TABLES, PROOFS, SOURCE, VAGUE, label_words, read_label
from integrationlint.formats.mappings.lines import Written
from integrationlint.formats.mappings.paths import read_paths
from integrationlint.formats.mappings.records import Record, first, name_of, sides_of, text_of
from integrationlint.formats.mappings.schemas import Schema
from integrationlint.formats.mappings.title_block import key_of, read_schemas
from integrationlint.model.location import child

# Where the records are; a name of the first set says by itself that they map.
_CLEAR_LISTS: Final = frozenset(["mappings", "mapping", "field mappings", "mapping rules", "mapping lines", "map"])
_LISTS: Final = _CLEAR_LISTS | frozenset(
    "rules fields lines entries columns attributes elements maps transformations transforms children".split()
)
_WRAPPERS: Final = frozenset(["mapping", "spec", "data mapping", "mapping specification", "specification"])
_ABOUT: Final = frozenset(["metadata", "meta", "info", "header", "document"])
_FILE_KEYS: Final = ("file", "path", "location", "document", "uri", "url", "contract")
_SCHEMA_KEYS: Final = (
    "schema",
    "$ref",
    "ref",
    "element",
    "type",
    "message",
    "structure",
    "object",
    "entity",
    "table",
    "name",
)
_SAMPLE: Final = 50
# A document with more members at its top is a catalogue of something, no specification.
_MOST_KEYS: Final = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the specification is: the record that holds it and its pointer, the lists (or records) of lines and theirs.

    `about` are the keys and values that speak of the whole mapping.
    """

    holder: Record
    pointer: str
    lists: tuple[tuple[str, object], ...]
    about: tuple[tuple[str, Written], ...]


def find_outline(value: object) -> Outline | None:
    """The specification in a value: at the top, or below one of the names for it."""
    if isinstance(value, list):
        return Outline({}, "", (("", value),), ()) if _are_lines("", value, {}) else None
    if not isinstance(value, dict) or len(value) > _MOST_KEYS:
        return None
    about = tuple(about_pairs(value, ""))
    places: list[tuple[Record, str]] = [(value, "")]
    places.extend(
        (one, child("", key))
        for key, one in value.items()
        if isinstance(one, dict) and len(one) <= _MOST_KEYS and name_of(key) in _WRAPPERS
    )
    for holder, pointer in places:
        known = (*about_pairs(holder, pointer), *about) if pointer else about
        schemas = read_schemas("", known)
        lists = tuple(
            (child(pointer, key), one) for key, one in holder.items() if _are_lines(name_of(key), one, schemas)
        )
        if lists:
            return Outline(holder, pointer, lists, known)
    return None


def _are_lines(name: str, lines: object, schemas: Mapping[str, Schema]) -> bool:
    """Whether a member holds mapping lines; keys that could mean anything (`from`, `to`) need another proof."""
    if name and name not in _LISTS:
        return False
    if isinstance(lines, dict):
        return name in _CLEAR_LISTS | {"fields"} and len(schemas) == 2 and _maps_names(lines)
    records = tuple(_sample(lines))
    pairs = [sides for record in records if len(sides := sides_of(record)) == 2]
    if not pairs or len(pairs) * 2 < len(records):
        return False
    if any(min(sides.values()) < VAGUE for sides in pairs):
        return True
    keys = {str(key) for record in records for key in record}
    if {word for key in keys for word in label_words(key)} & OTHER_TABLES:
        return False
    proven = any((label := read_label(key)) and label.role in PROOFS for key in keys)
    return bool(proven or name in _CLEAR_LISTS or schemas)


def _sample(lines: object) -> Iterator[Record]:
    """The first records, those inside groups included."""
    for one in lines[:_SAMPLE] if isinstance(lines, list) else ():
        if isinstance(one, dict):
            inner = inner_lines(one)
            yield from (deep for deep in inner[1][:_SAMPLE] if isinstance(deep, dict)) if inner else (one,)


def _maps_names(lines: Record) -> bool:
    values = list(lines.values())[:_SAMPLE]
    good = sum(1 for one in values if (isinstance(one, str) and read_paths(one)) or SOURCE in sides_of(one))
    return good * 2 > len(values)


def inner_lines(record: Record) -> tuple[str, list[Any]] | None:
    """The list of lines inside a record: a group of lines, or the fields below a repeated one."""
    for key, value in record.items():
        if isinstance(value, list) and name_of(key) in _LISTS and any(len(sides_of(one)) == 2 for one in value):
            return key, value
    return None


def about_pairs(holder: Record, pointer: str) -> Iterator[tuple[str, Written]]:
    """What the keys of a document say of the whole mapping, as the title block of a table would."""
    for name, value in holder.items():
        key, place = str(name), child(pointer, name)
        if isinstance(value, dict):
            if name_of(key) in _ABOUT:
                yield from ((inner, Written(text_of(one), child(place, inner))) for inner, one in _scalars(value))
            elif key_of(key)[1]:
                yield from _schema_pairs(key_of(key)[1], value, place)
        elif not isinstance(value, list):
            yield key, Written(text_of(value), place)
        elif len(value) == 1 and key_of(key)[1] and isinstance(value[0], dict):
            yield from _schema_pairs(key_of(key)[1], value[0], child(place, 0))


def _schema_pairs(side: str, record: Record, pointer: str) -> Iterator[tuple[str, Written]]:
    """`{file: orders.yaml, schema: Order, version: 1.2}` as the pairs of a title block."""
    texts = {key: text_of(one) for key, one in _scalars(record)}
    file, schema = first(texts, _FILE_KEYS), first(texts, _SCHEMA_KEYS)
    text = texts[schema] if schema else ""
    if schema and texts.get("namespace") and "#" not in text:
        text = f"{{{texts['namespace']}}}{text}"
    elif file and "#" not in text:
        text = f"{texts[file]}#{text}" if text and "#" not in texts[file] else texts[file]
    place = schema or file
    if place:
        yield f"{side} schema", Written(text, child(pointer, place))
    if texts.get("version"):
        yield f"{side} version", Written(texts["version"], child(pointer, "version"))


def _scalars(record: Record) -> Iterator[tuple[str, Any]]:
    return ((str(key), one) for key, one in record.items() if one is not None and not isinstance(one, dict | list))
