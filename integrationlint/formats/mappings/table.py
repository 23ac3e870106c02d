"""Mapping specifications as tables: a header row, one line per row."""

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename
from typing import Final

from integrationlint.formats.formats import Match
from integrationlint.formats.mappings.headers import Header, find_header
from integrationlint.formats.mappings.labels import OTHER_TABLES, SOURCE, TARGET, label_words
from integrationlint.formats.mappings.lines import Written, add_line, add_lookup
from integrationlint.formats.mappings.paths import read_path
from integrationlint.formats.mappings.rows import read_entries, written
from integrationlint.formats.mappings.specification import Specification
from integrationlint.formats.mappings.title_block import read_facts, read_schemas, title_pairs
from integrationlint.model.document import Document, Row, Table
from integrationlint.model.element import Element

NAME: Final = "mapping-table"
SYNTAXES: Final = ("table",)
_SAMPLE: Final = 50


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with the header that was found in it, and the title block above."""

    table: Table
    header: Header
    about: tuple[tuple[str, Written], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the header."""
        return self.table.rows[self.header.row + 1 :]

    @property
    def codes(self) -> bool:
        """Whether the table maps values to values instead of fields to fields."""
        return not (self.header.fields(SOURCE) and self.header.fields(TARGET))


def recognise(document: Document) -> Match | None:
    """By a header row, among the first twenty, that names a source and a target field (or code)."""
    for sheet in _sheets(document):
        row = sheet.table.rows[sheet.header.row].number
        return Match(NAME, "", f"header row {row}: {sheet.header.evidence}")
    return None


def build(document: Document) -> Element:
    """The `mapping` element with a `line` per row, or a `lookup` per table of codes."""
    sheets = list(_sheets(document))
    about = [pair for sheet in sheets for pair in sheet.about]
    about.extend(pair for table in _tables(document) if _sheet(table) is None for pair in _cover(table))
    facts = read_facts(about)
    facts["notation"] = basename(document.path).rpartition(".")[2].lower() or "csv"
    mapping = Specification(document, facts, read_schemas(document.path, about))
    for sheet in sheets:
        if sheet.codes:
            _add_codes(mapping, sheet)
        else:
            for entry in read_entries(document, sheet.header, sheet.rows):
                add_line(mapping, entry)
    return mapping.finish()


def _tables(document: Document) -> tuple[Table, ...]:
    value = document.value
    return tuple(one for one in value if isinstance(one, Table)) if isinstance(value, tuple) else ()


def _sheets(document: Document) -> Iterator[_Sheet]:
    return (sheet for table in _tables(document) if (sheet := _sheet(table)))


def _sheet(table: Table) -> _Sheet | None:
    header = find_header(table.rows)
    if header is None:
        return None
    above = table.rows[: header.row - 1 if header.grouped else header.row]
    sheet = _Sheet(table, header, tuple(title_pairs(above)))
    return sheet if _credible(sheet) else None


def _cover(table: Table) -> Iterator[tuple[str, Written]]:
    """What a sheet without a header tells of the whole workbook."""
    return title_pairs(table.rows[:_SAMPLE])


def _credible(sheet: _Sheet) -> bool:
    """Whether vague names (`Source, Target`) head a mapping, and not a list of edges, redirects or translations."""
    header = sheet.header
    if not header.vague:
        return True
    words = {word for text in header.texts for word in label_words(text)}
    if words & OTHER_TABLES:
        return False
    if header.proven or any(read_schemas("", sheet.about)):
        return True
    return not header.grouped and _path_like(sheet)


def _path_like(sheet: _Sheet) -> bool:
    """Whether most rows have the path of a field on both sides."""
    seen = hits = 0
    for row in sheet.rows[:_SAMPLE]:
        pair = [written(row, sheet.header.fields(side)) for side in (SOURCE, TARGET)]
        if all(one.given for one in pair):
            seen += 1
            hits += all(_field_like(one.given) for one in pair)
    return hits * 2 > seen


def _field_like(text: str) -> bool:
    path = read_path(text)
    return path is not None and " " not in text and "://" not in text and ("_" in text or len(path.steps) > 1)


def _add_codes(mapping: Specification, sheet: _Sheet) -> None:
    """A value map: the codes of one side and what they become; the first line of a code counts."""
    entries: dict[str, str] = {}
    source, target = sheet.header.of("code", SOURCE), sheet.header.of("code", TARGET)
    for row in sheet.rows:
        code, value = written(row, source).given, written(row, target).given
        if code and value:
            entries.setdefault(code, value)
    if entries:
        row = sheet.table.rows[sheet.header.row]
        add_lookup(mapping.root, sheet.table.name, f"/{row.number}/{source[0] + 1}", entries, None)
