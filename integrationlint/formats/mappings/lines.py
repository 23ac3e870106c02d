"""Mapping lines from what a specification says of them, whatever its notation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from integrationlint.formats.mappings.labels import SOURCE, TARGET
from integrationlint.formats.mappings.operations import expression_operation, expression_reads, stated_operation
from integrationlint.formats.mappings.paths import FieldPath, is_missing, is_pending, read_path, read_paths
from integrationlint.formats.mappings.schemas import Schema, file_key, narrow, read_schema
from integrationlint.formats.mappings.specification import Specification
from integrationlint.formats.mappings.values import read_constant, read_value_map
from integrationlint.model.element import Declared, Element, Use

LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Written:
    """A text and the pointer of where it is written."""

    text: str = ""
    pointer: str = ""

    @property
    def given(self) -> str:
        """The text without the space around it, empty where it says that there is nothing."""
        text = self.text.strip()
        return "" if is_missing(text) else text


NOTHING: Final = Written()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a specification.

    `outer` are the paths that its own are relative to, `schemas` those of its group where they are not the mapping's,
    `entries` and `otherwise` a value map of its own. `code`: the expression is a text that may name fields.
    """

    pointer: str
    number: int
    sources: tuple[Written, ...] = ()
    target: Written = NOTHING
    objects: Mapping[str, Written] = field(default_factory=dict)
    expression: Written = NOTHING
    code: bool = True
    operation: str = ""
    condition: Written = NOTHING
    default: str | None = None
    constant: str | None = None
    lookup: Written = NOTHING
    entries: Mapping[str, str] | None = None
    otherwise: str | None = None
    iterate: str = ""
    required: bool | None = None
    types: Mapping[str, Declared] = field(default_factory=dict)
    status: str = ""
    classification: str = ""
    description: str = ""
    outer: Mapping[str, FieldPath] = field(default_factory=dict)
    schemas: Mapping[str, Schema] | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """The paths of one side with the schema they are in; `shown` are their normalised texts."""

    schema: Schema | None
    paths: tuple[tuple[FieldPath, Written], ...]
    shown: tuple[str, ...]


def add_line(mapping: Specification, entry: Entry) -> Element:
    """Hang the `line` of an entry under the mapping, with its uses of the schemas of both sides.

    `constant` lines keep their value in `expression`. A source that is no path is an expression; a target that is no
    path stays as written and is not followed. Fields that only an expression names are read with tier `inferred`.
    A line that leaves its source out on purpose uses nothing.
    """
    entry = _settled(entry)
    source = _side(mapping, entry, SOURCE, entry.sources)
    target = _side(mapping, entry, TARGET, (entry.target,))
    aim = target.shown[0] if target.shown else " ".join(entry.target.given.split())
    name = (aim or (source.shown[0] if source.shown else ""))[:LONGEST_NAME]
    facts = _facts(entry, source, aim)
    uses = [*_uses("reads", source), *_uses("writes", target), *_inferred(entry, source)]
    uses.extend(_lookup_file(mapping.root, entry))
    if facts["operation"] == "ignore":
        uses = []
    line = Element("line", name, mapping.root.document, entry.pointer, parent=mapping.root, facts=facts, uses=uses)
    mapping.lines += 1
    mapping.readable = mapping.readable and (not aim or bool(target.paths and target.paths[0][0].exact))
    _add_lookup(line, entry)
    return line


def _settled(entry: Entry) -> Entry:
    """The entry with sources that are literals or expressions moved to where they belong."""
    if any(is_pending(one.text) and one.text for one in (*entry.sources, entry.target, entry.expression)):
        entry = replace(entry, status=entry.status or "tbd")
    for one in entry.sources:
        if not one.given or read_paths(one.text):
            continue
        value = read_constant(one.text)
        if value is not None and entry.constant is None and not entry.expression.given:
            entry = replace(entry, constant=value)
        elif not entry.expression.given:
            entry = replace(entry, expression=one)
    return entry


def _side(mapping: Specification, entry: Entry, side: str, cells: Iterable[Written]) -> _Side:
    own = entry.objects.get(side, NOTHING)
    named = read_schema(mapping.root.document.path, own.given, own.pointer) if own.given else None
    schema, front = narrow((mapping.schemas if entry.schemas is None else entry.schemas).get(side), named)
    if schema is not None:
        mapping.contain(side, schema)
    outer = entry.outer.get(side)
    found: list[tuple[FieldPath, Written]] = []
    for cell in cells:
        read = read_paths(cell.text) if side == SOURCE else tuple(filter(None, [read_path(cell.text)]))
        found.extend((path.below(outer), cell) for path in read)
    label = named.name if named else schema.name if schema and entry.schemas is not None else ""
    shown = tuple(_qualified(label, path) for path, _ in found)
    if front:
        step = FieldPath((front,), (front,), 0, 1)
        found = [(path if path.steps[:1] == (front,) else path.below(step), cell) for path, cell in found]
    return _Side(schema, tuple(found), shown)


def _qualified(label: str, path: FieldPath) -> str:
    if not label or (path.steps and path.steps[0] == label):
        return path.text
    return f"{label}.{path.text}"


def _uses(role: str, side: _Side) -> Iterator[Use]:
    schema = side.schema
    if schema is not None and schema.key:
        for path, cell in side.paths:
            yield Use(role, schema.key, path.steps[: path.known], schema.tier, cell.pointer)


def _inferred(entry: Entry, source: _Side) -> Iterator[Use]:
    """What the expression and the condition read beside the sources that are stated.

    Inside a loop a bare name may be a field of the item or of the whole message: both are tried.
    """
    if source.schema is None or not source.schema.key:
        return
    seen = {path.steps for path, _ in source.paths} | {path.steps[-1:] for path, _ in source.paths}
    item = next((path.steps[: path.repeated] for path, _ in source.paths if path.repeated), ())
    read = entry.code and not read_value_map(entry.expression.given)
    for cell in (entry.expression, entry.condition) if read else (entry.condition,):
        for path in expression_reads(cell.given):
            if path.steps in seen:
                continue
            seen.add(path.steps)
            for front in {(): None, item: None}:
                steps = front + path.steps[: path.known]
                yield Use("reads", source.schema.key, steps, "inferred", cell.pointer)


def _lookup_file(root: Element, entry: Entry) -> Iterator[Use]:
    key = file_key(root.document.path, entry.lookup.given)
    if key:
        yield Use("reads", key, pointer=entry.lookup.pointer)


def _facts(entry: Entry, source: _Side, aim: str) -> dict[str, object]:
    constant = entry.constant if entry.constant is not None else read_constant(entry.expression.given)
    loops = [path.loop for path, _ in source.paths if path.repeated]
    facts: dict[str, object] = {
        "number": entry.number,
        "source": source.shown[0] if source.shown else "",
        "sources": source.shown,
        "target": aim,
        "operation": _operation(entry, source, constant),
        "expression": constant if constant is not None else entry.expression.given,
        "condition": entry.condition.given,
        "lookup": entry.lookup.given,
        "iterate": entry.iterate or (loops[0] if loops else ""),
        "required": entry.required,
        "sourceType": entry.types.get(SOURCE),
        "targetType": entry.types.get(TARGET),
        "status": entry.status,
        "classification": entry.classification,
        "description": entry.description,
    }
    facts = {name: value for name, value in facts.items() if value not in (None, "", ())}
    if entry.default is not None:
        facts["default"] = entry.default
    return facts


def _operation(entry: Entry, source: _Side, constant: str | None) -> str:
    stated = stated_operation(entry.operation)
    if stated == "ignore" or stated_operation(entry.status) == "ignore":
        return "ignore"
    if entry.lookup.given or entry.entries:
        return "lookup"
    if stated and stated != "expression":
        return stated
    if constant is not None:
        return "constant"
    if is_pending(entry.expression.text):
        return "unknown"
    return _by_expression(entry, source) or stated or _by_sides(entry, source)


def _by_expression(entry: Entry, source: _Side) -> str:
    text = entry.expression.given
    if not text:
        return ""
    if read_value_map(text):
        return "lookup"
    names = {path.steps for path, _ in source.paths}
    if any(read.steps in names or read.steps[1:] in names for read in _single(text)):
        return "copy"
    return expression_operation(text)


def _single(text: str) -> tuple[FieldPath, ...]:
    path = read_path(text)
    return (path,) if path else ()


def _by_sides(entry: Entry, source: _Side) -> str:
    if not entry.target.given:
        return "unknown"
    if len(source.paths) == 1:
        return "copy"
    return "constant" if not source.paths and entry.default is not None else "unknown"


def _add_lookup(line: Element, entry: Entry) -> None:
    """The value map that a line carries itself."""
    found: tuple[Mapping[str, str], str | None] | None = None
    cell = entry.lookup
    if entry.entries:
        found = entry.entries, entry.otherwise
    elif entry.lookup.given:
        found = read_value_map(entry.lookup.given)
    elif line.facts["operation"] == "lookup":
        cell = entry.expression
        found = read_value_map(cell.given)
    if found:
        add_lookup(line, "", cell.pointer or entry.pointer, *found)


def add_lookup(parent: Element, name: str, pointer: str, entries: Mapping[str, str], default: str | None) -> Element:
    """A value map: what each source value becomes, and what any other one becomes (None: not said)."""
    facts: dict[str, object] = {"entries": dict(entries)}
    if default is not None:
        facts["default"] = default
    return Element("lookup", name, parent.document, pointer, parent=parent, facts=facts)
