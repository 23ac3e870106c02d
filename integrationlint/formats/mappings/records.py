"""Records of a mapping document to entries: what the keys of one mean, and how its values read as text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from integrationlint.formats.mappings.labels import SOURCE, TARGET, VAGUE, label_words, read_label
from integrationlint.formats.mappings.lines import NOTHING, Entry, Written
from integrationlint.formats.mappings.operations import stated_operation
from integrationlint.formats.mappings.paths import FieldPath, read_path
from integrationlint.formats.mappings.schemas import Schema
from integrationlint.formats.mappings.values import read_classification, read_flag, read_minimum, read_type
from integrationlint.model.element import Declared
from integrationlint.model.location import child

# In a record that stands for one field, for a transformation, and for a value map.
_FIELD_KEYS: Final = ("path", "field", "column", "name", "attribute", "element", "xpath", "jsonPath", "jsonpath", "key")
_KIND_KEYS: Final = ("type", "function", "operation", "op", "kind", "name")
_TEXT_KEYS: Final = ("expression", "formula", "script", "value", "rule", "logic", "sql")
_TABLE_KEYS: Final = (
    "lookup",
    "table",
    "lookupTable",
    "lookup_table",
    "map",
    "valueMap",
    "value_map",
    "dictionary",
    "ref",
)
_NAME_KEYS: Final = ("name", "table", "id", "ref", "file")
_ENTRY_KEYS: Final = ("entries", "values", "map", "mappings", "items", "codes", "mapping")
_OTHERWISE_KEYS: Final = ("default", "otherwise", "fallback", "else", "unmapped")
# What is shown of a value that is not a plain text.
DEEPEST: Final = 3
MOST: Final = 50
LONGEST: Final = 2_000

Record = Mapping[str, object]


def text_of(value: object, depth: int = DEEPEST) -> str:
    """A value as a person would write it in a cell: lists joined by `; `, records as `kind(key=value, …)`, both cut."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        text = _record_text(value, depth) if isinstance(value, dict) else _list_text(value, depth)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    text = str(value)
    return text if depth == DEEPEST else text[: LONGEST + 1]


def _list_text(values: list[object], depth: int) -> str:
    return "; ".join(filter(None, (text_of(one, depth - 1) for one in values[:MOST]))) if depth else "…"


def _record_text(record: Record, depth: int) -> str:
    if not depth:
        return "…"
    kind = next((key for key in _KIND_KEYS if isinstance(record.get(key), str)), None)
    members = ((key, one) for key, one in islice(record.items(), MOST) if key != kind)
    rest = ", ".join(f"{key}={text_of(one, depth - 1)}" for key, one in members)
    head = text_of(record[kind], depth - 1) if kind else ""
    return f"{head}({rest})" if rest else head


def first(record: Record, keys: tuple[str, ...]) -> str | None:
    """The first of the keys that the record has with a value."""
    return next((key for key in keys if record.get(key) is not None), None)


def written_in(value: object, pointer: str) -> Iterator[Written]:
    """The texts of a source or target: a scalar, a list of them, or a record with a `path`, `field` or `name`."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            if not isinstance(one, list):
                yield from written_in(one, child(pointer, index))
    elif isinstance(value, dict):
        key = first(value, _FIELD_KEYS)
        if key is not None and isinstance(value[key], str):
            yield Written(value[key], child(pointer, key))
    elif value is not None:
        yield Written(text_of(value), pointer)


def read_value_map_record(value: object) -> tuple[dict[str, str], str | None]:
    """A value map: a record of values, one with `entries` and `default`, or a list of pairs; else empty."""
    otherwise = None
    if isinstance(value, dict):
        inner, other = first(value, _ENTRY_KEYS), first(value, _OTHERWISE_KEYS)
        if inner is not None and isinstance(value[inner], dict | list):
            otherwise = text_of(value[other]) if other is not None else None
            value = value[inner]
    entries: dict[str, str] = {}
    if isinstance(value, dict):
        entries = {str(key): text_of(one) for key, one in value.items() if not isinstance(one, dict | list)}
    elif isinstance(value, list):
        for pair in value:
            sides = list(pair.values()) if isinstance(pair, dict) else pair if isinstance(pair, list) else []
            if len(sides) >= 2 and not any(isinstance(one, dict | list) for one in sides[:2]):
                entries.setdefault(text_of(sides[0]), text_of(sides[1]))
    if otherwise is None:
        otherwise = entries.pop("*", None)
    return entries, otherwise


def sides_of(record: object) -> dict[str, int]:
    """The sides that a record names a field of, and how well the key is named (a rank, see `Label`)."""
    found: dict[str, int] = {}
    for key, value in record.items() if isinstance(record, dict) else ():
        label = read_label(str(key))
        if label and label.side and label.role == "field" and any(written_in(value, "")):
            found[label.side] = min(label.rank, found.get(label.side, VAGUE + 1))
    return found


@dataclass(slots=True)
class _Reader:
    """Collects what the keys of one record say."""

    pointer: str
    found: dict[str, Written] = field(default_factory=dict)
    paths: dict[str, tuple[int, tuple[Written, ...]]] = field(default_factory=dict)
    objects: dict[str, Written] = field(default_factory=dict)
    types: dict[str, dict[str, str]] = field(default_factory=lambda: {SOURCE: {}, TARGET: {}})
    operation: str = ""
    code: bool = True
    constant: str | None = None
    required: bool | None = None
    value_map: tuple[dict[str, str], str | None] = field(default_factory=lambda: ({}, None))

    def take(self, key: str, value: object) -> None:
        """Add a member of the record."""
        pointer = child(self.pointer, key)
        label = read_label(key)
        if value is None:
            return
        if label is None:
            self._value(key, value)
            return
        if label.role == "field" and label.side:
            texts = tuple(written_in(value, pointer))
            if texts and (label.side not in self.paths or label.rank < self.paths[label.side][0]):
                self.paths[label.side] = label.rank, texts
            if isinstance(value, dict):
                self._field_record(label.side, value, pointer)
        elif label.role == "object" and label.side:
            self.objects[label.side] = Written(text_of(value), pointer)
        elif label.role in ("type", "length", "precision", "scale"):
            self._type(label.role, label.side or TARGET, value)
        elif label.role in ("required", "nullable", "minimum", "cardinality"):
            self._claim(label.role, value)
        elif label.role == "classification":
            found = read_classification(key, text_of(value))
            self.found.setdefault("classification", Written(found, pointer))
        else:
            self._plain(label.role, value, pointer)

    def _value(self, key: str, value: object) -> None:
        """`value: EUR` is a constant, `values: {A: 1}` a value map."""
        if key in _ENTRY_KEYS and isinstance(value, dict | list):
            self.value_map = read_value_map_record(value)
        elif key == "value" and not isinstance(value, dict | list):
            self.constant = text_of(value)

    def _field_record(self, side: str, record: Record, pointer: str) -> None:
        for key, value in record.items():
            label = read_label(str(key))
            if label and label.role == "object" and key not in _FIELD_KEYS:
                self.objects.setdefault(side, Written(text_of(value), child(pointer, key)))
            elif label and label.role in ("type", "length", "precision", "scale"):
                self.types[side].setdefault(label.role, text_of(value))
            elif label and side == TARGET and label.role in ("required", "nullable"):
                self._claim(label.role, value)

    def _type(self, role: str, side: str, value: object) -> None:
        # A bare `type` may be that of the transformation: `type: constant`.
        stated = stated_operation(value) if role == "type" and isinstance(value, str) else ""
        if stated:
            self.operation = self.operation or stated
        else:
            self.types[side].setdefault(role, text_of(value))

    def _claim(self, role: str, value: object) -> None:
        text = text_of(value)
        flag = read_flag(text) if role in ("required", "nullable") else read_minimum(text)
        if flag is not None and self.required is None:
            self.required = flag is (role != "nullable")

    def _plain(self, role: str, value: object, pointer: str) -> None:
        if role == "expression":
            self._transformation(value, pointer)
        elif role == "lookup":
            self._lookup(value, pointer)
        elif role == "constant":
            self.constant = text_of(value)
        elif role == "operation":
            self.operation = text_of(value)
        else:
            self.found.setdefault(role, Written(text_of(value), pointer))

    def _transformation(self, value: object, pointer: str) -> None:
        if isinstance(value, list) and len(value) == 1:
            value, pointer = value[0], child(pointer, 0)
        if not isinstance(value, dict):
            self.code = not isinstance(value, list)
            self.found.setdefault("expression", Written(text_of(value), pointer))
            return
        kind, inner, table = first(value, _KIND_KEYS), first(value, _TEXT_KEYS), first(value, _TABLE_KEYS)
        stated = stated_operation(text_of(value[kind])) if kind else ""
        self.operation = self.operation or stated
        if stated == "constant" and inner:
            self.constant = text_of(value[inner])
        elif stated == "lookup" and table:
            self._lookup(value[table], child(pointer, table))
        elif inner == "expression":
            self.found.setdefault("expression", Written(text_of(value[inner]), child(pointer, inner)))
        else:
            self.code = False
            self.found.setdefault("expression", Written(text_of(value), pointer))

    def _lookup(self, value: object, pointer: str) -> None:
        if not isinstance(value, dict | list):
            self.found.setdefault("lookup", Written(text_of(value), pointer))
            return
        name = first(value, _NAME_KEYS) if isinstance(value, dict) else None
        named = name is not None and isinstance(value, dict) and not isinstance(value[name], dict | list)
        if named and isinstance(value, dict) and name is not None:
            self.found.setdefault("lookup", Written(text_of(value[name]), child(pointer, name)))
        if not named or (isinstance(value, dict) and first(value, _ENTRY_KEYS)):
            self.value_map = read_value_map_record(value)
            self.found.setdefault("lookup", Written("", pointer))

    def declared(self) -> dict[str, Declared]:
        """The types that were claimed."""
        parts = {
            side: read_type(*(texts.get(role, "") for role in ("type", "length", "precision", "scale")))
            for side, texts in self.types.items()
        }
        return {side: one for side, one in parts.items() if one}


def read_record(
    record: Record, pointer: str, number: int, outer: Mapping[str, FieldPath], schemas: Mapping[str, Schema] | None
) -> Entry:
    """The entry of a record with the keys that `read_label` knows; others are passed over."""
    reader = _Reader(pointer)
    for key, value in record.items():
        reader.take(str(key), value)
    found = reader.found
    default = found.get("default")
    loop = found.get("iterate", NOTHING).given
    path = read_path(loop)
    target = reader.paths.get(TARGET, (0, ()))[1]
    return Entry(
        pointer=pointer,
        number=number,
        sources=reader.paths.get(SOURCE, (0, ()))[1],
        target=target[0] if target else NOTHING,
        objects=reader.objects,
        expression=found.get("expression", NOTHING),
        code=reader.code,
        operation=reader.operation,
        condition=found.get("condition", NOTHING),
        default=None if default is None else default.text,
        constant=reader.constant,
        lookup=found.get("lookup", NOTHING),
        entries=reader.value_map[0] or None,
        otherwise=reader.value_map[1],
        iterate=path.text if path else "" if loop in ("true", "false") else loop,
        required=reader.required,
        types=reader.declared(),
        status=found.get("status", NOTHING).text,
        classification=found.get("classification", NOTHING).given,
        description=found.get("description", NOTHING).given,
        outer=outer,
        schemas=schemas,
    )


def name_of(key: object) -> str:
    """A key in the words of the tables: `fieldMappings`, `field_mappings` are `field mappings`."""
    return " ".join(label_words(str(key)))
