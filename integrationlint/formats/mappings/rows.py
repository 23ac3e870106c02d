"""Rows of a mapping table to entries: which rows are lines, and what their cells say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from integrationlint.formats.mappings.headers import Header, cell
from integrationlint.formats.mappings.labels import SOURCE, TARGET, label_words, side_of
from integrationlint.formats.mappings.lines import NOTHING, Entry, Written
from integrationlint.formats.mappings.paths import LONGEST, is_missing, is_pending, read_path, read_paths
from integrationlint.formats.mappings.values import (
    read_classification,
    read_constant,
    read_flag,
    read_minimum,
    read_type,
)
from integrationlint.model.document import Document, Row
from integrationlint.model.element import Declared

_COMMENT = re.compile(r"\s*#+\s*(?![/#\d\s])\S|\s*//\s")
# Approaches of rows that only hold others.
_STRUCTURE: Final = frozenset(["backbone", "container", "structure", "section", "heading", "group"])
_TITLE = re.compile(r":\s|:$")
# Headings of blocks that follow the lines in the same sheet.
_OTHER_BLOCKS: Final = frozenset(
    "join joins filter filters changelog revision revisions history legend glossary juncoes filtros".split()
)


def written(row: Row, columns: Sequence[int]) -> Written:
    """The first cell that says something; failing that, one that says it is still open; else nothing."""
    pending = NOTHING
    for column in columns:
        text = cell(row, column)
        if not is_missing(text):
            return Written(text.strip(), f"/{row.number}/{column + 1}")
        if is_pending(text) and not pending.text:
            pending = Written(text.strip(), f"/{row.number}/{column + 1}")
    return pending


def read_entries(document: Document, header: Header, rows: Sequence[Row]) -> Iterator[Entry]:
    """An entry for each row below the header that has a source or a target.

    Left out: blank and comment rows, headings (a single cell that is no path), repeated headers, and whatever
    follows the heading of another block (joins, filters, history).
    """
    reader = _Reader(document, header, {side: _Indent.of(rows, header.fields(side)) for side in (SOURCE, TARGET)})
    for row in rows:
        filled = [column for column, text in enumerate(row.cells) if text.strip()]
        if not filled or _COMMENT.match(row.cells[filled[0]]) or reader.is_header(row):
            continue
        if len(filled) == 1 and reader.is_heading(row, filled[0]):
            if label_words(row.cells[filled[0]])[:1] and set(label_words(row.cells[filled[0]])) & _OTHER_BLOCKS:
                return
            continue
        entry = reader.entry(row)
        if entry is not None:
            yield entry


@dataclass(slots=True)
class _Indent:
    """A column whose leading dots are levels: `.order`, `..customer`, `...id`.

    With one dot at most, a dotted cell belongs to the last undotted one, provided that this is not mapped itself.
    """

    deep: bool = False
    shallow: bool = False
    levels: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Sequence[Row], columns: Sequence[int]) -> "_Indent":
        """The manner of a column, from all its cells."""
        texts = [cell(row, columns[0]).strip() for row in rows] if columns else []
        dotted = [text for text in texts if text.startswith(".")]
        deep = any(text.startswith("..") for text in dotted)
        return cls(deep, not deep and 0 < len(dotted) < sum(1 for text in texts if text))

    def full(self, text: str, *, mapped: bool) -> str:
        """The path from the root for the text of a cell."""
        name = text.lstrip(".").strip()
        depth = len(text) - len(text.lstrip("."))
        if not (self.deep or self.shallow) or _TITLE.search(name) or read_path(name) is None:
            return text
        if self.shallow and depth == 0:
            self.levels = [] if mapped else [(0, name)]
            return text
        while self.levels and self.levels[-1][0] >= depth:
            self.levels.pop()
        above = self.levels[-1][1] if self.levels else ""
        path = f"{above}{'/' if '/' in above + name else '.'}{name}" if above else name
        if self.deep and len(path) <= LONGEST:
            self.levels.append((depth, path))
        return path


@dataclass(slots=True)
class _Reader:
    """Reads one row after the other; remembers levels, and the objects that merged cells leave out below."""

    document: Document
    header: Header
    indents: dict[str, _Indent]
    objects: dict[str, Written] = field(default_factory=dict)

    def is_header(self, row: Row) -> bool:
        """Whether the row repeats the header."""
        columns = (self.header.fields(SOURCE)[0], self.header.fields(TARGET)[0])
        return all(cell(row, column).strip() == self.header.texts[column].strip() for column in columns)

    def is_heading(self, row: Row, column: int) -> bool:
        """Whether the only cell of a row is a heading; a level of the hierarchy is noted on the way."""
        text = row.cells[column].strip()
        if column in self.header.fields(SOURCE) and text.startswith("."):
            self.indents[SOURCE].full(text, mapped=False)
            return True
        path = read_path(text)
        named = path is not None and " " not in text and (len(path.steps) > 1 or "_" in text)
        if column in self.header.fields(TARGET) or (column in self.header.fields(SOURCE) and named):
            return False
        self.objects.clear()
        return True

    def entry(self, row: Row) -> Entry | None:
        """What a row says; None when it names neither a source nor a target."""
        header = self.header
        source, target = self._path(row, SOURCE), self._path(row, TARGET)
        target = self._full(TARGET, target, mapped=True)
        source = self._full(SOURCE, source, mapped=bool(target.given))
        if not target.text and (not source.text or self._holds(row, source)):
            return None
        pointer = (target if target.given else source if source.given else target).pointer or source.pointer
        return Entry(
            pointer=pointer,
            number=self._line(row),
            sources=(source,) if source.text else (),
            target=target,
            objects=self._objects(row),
            expression=written(row, header.of("expression")),
            operation=written(row, header.of("operation")).given,
            condition=written(row, header.of("condition")),
            default=written(row, header.of("default")).given or None,
            constant=_constant(written(row, header.of("constant")).given),
            lookup=written(row, header.of("lookup")),
            iterate=_normal(written(row, header.of("iterate")).given),
            required=self._required(row),
            types=self._types(row),
            status=written(row, header.of("status")).text,
            classification=self._classification(row),
            description=written(row, header.of("description")).given,
        )

    def _holds(self, row: Row, source: Written) -> bool:
        """Whether a row without a target is a level of the hierarchy or a heading with a remark."""
        operation = written(row, self.header.of("operation")).given.casefold()
        remarked = {*self.header.of("description"), *self.header.of("number"), *self.header.fields(SOURCE)}
        alone = all(at in remarked for at, text in enumerate(row.cells) if text.strip())
        return operation in _STRUCTURE or (alone and (bool(_TITLE.search(source.text)) or not read_paths(source.text)))

    def _path(self, row: Row, side: str) -> Written:
        return written(row, self.header.fields(side))

    def _full(self, side: str, found: Written, *, mapped: bool) -> Written:
        if not found.given:
            return found
        return Written(self.indents[side].full(found.text, mapped=mapped), found.pointer)

    def _line(self, row: Row) -> int:
        span = self.document.locator.value(f"/{row.number}/1")
        return span.start.line if span else row.number

    def _objects(self, row: Row) -> dict[str, Written]:
        for side in (SOURCE, TARGET):
            found = written(row, self.header.of("object", side))
            if found.given:
                self.objects[side] = found
        return dict(self.objects)

    def _types(self, row: Row) -> dict[str, Declared]:
        found = {}
        for side in (SOURCE, TARGET):
            parts = (
                written(row, self.header.of(role, side)).given for role in ("type", "length", "precision", "scale")
            )
            declared = read_type(*parts)
            if declared:
                found[side] = declared
        return found

    def _classification(self, row: Row) -> str:
        columns = self.header.of("classification")
        found = (read_classification(self.header.texts[at], written(row, [at]).given) for at in columns)
        return next(filter(None, found), "")

    def _required(self, row: Row) -> bool | None:
        """As claimed for the target: by a flag, the opposite of a nullable flag, or a minimum."""
        for role in ("required", "nullable", "minimum", "cardinality"):
            text = written(row, self._claims(role)).given
            flag = read_flag(text) if role in ("required", "nullable") else None
            if flag is None and text and role != "nullable":
                flag = read_minimum(text)
            if flag is not None:
                return flag is (role != "nullable")
        return None

    def _claims(self, role: str) -> list[int]:
        """The columns of the target; one that names no side counts for it even where it stands beside the source."""
        aside = [at for at in self.header.of(role, SOURCE) if not side_of(label_words(self.header.texts[at]))[0]]
        return self.header.of(role, TARGET) or ([] if self.header.grouped else aside)


def _constant(text: str) -> str | None:
    value = read_constant(text) if text else None
    return value if value is not None else text or None


def _normal(text: str) -> str:
    path = read_path(text)
    return path.text if path else text
