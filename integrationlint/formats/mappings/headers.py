"""Header rows of mapping specifications: one row, two rows with groups, or a first column that is indented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from integrationlint.formats.mappings.labels import (
    PROOFS,
    SIDED_ROLES,
    SOURCE,
    TARGET,
    VAGUE,
    Label,
    label_words,
    read_label,
    side_of,
)
from integrationlint.model.document import Row

SEARCHED_ROWS: Final = 20
MOST_COLUMNS: Final = 200
# Roles whose side a column may take from its neighbours.
_FOLLOWING: Final = SIDED_ROLES - {"field", "object", "system", "code"}


@dataclass(frozen=True)
class Header:
    """The header of a table: `row` is the index of its last row, `columns` says what each column means.

    `vague` when nothing but the data can tell the table from a list of pairs; `grouped` when two rows make the header.
    """

    row: int
    columns: Mapping[int, Label]
    texts: tuple[str, ...]
    vague: bool
    grouped: bool = False

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[int]]:
        places: dict[tuple[str, str], list[int]] = {}
        for index, label in sorted(self.columns.items(), key=lambda column: (column[1].rank, column[0])):
            places.setdefault((label.role, label.side), []).append(index)
        return places

    def of(self, role: str, side: str = "") -> list[int]:
        """The columns of a role, the best named first."""
        return self._places.get((role, side), [])

    @cached_property
    def _fields(self) -> dict[str, list[int]]:
        found = {side: self.of("field", side) for side in (SOURCE, TARGET)}
        return {
            side: [index for index in columns if self.columns[index].rank < VAGUE] or columns[:1]
            for side, columns in found.items()
        }

    def fields(self, side: str) -> list[int]:
        """The columns that may hold the path; of several vague ones only the first."""
        return self._fields[side]

    @property
    def proven(self) -> bool:
        """Whether there is a column that only a mapping has a use for."""
        return any(label.role in PROOFS for label in self.columns.values())

    @property
    def evidence(self) -> str:
        """Which headers were understood, for people."""
        seen = (
            f"{' '.join(self.texts[index].split())} = {f'{label.side} {label.role}'.strip()}"
            for index, label in sorted(self.columns.items())
        )
        return ", ".join(seen)


def find_header(rows: Sequence[Row]) -> Header | None:
    """The row, or the two rows, among the first twenty that name the most columns, source and target among them."""
    best: Header | None = None
    rows = [Row(row.number, row.cells[:MOST_COLUMNS]) for row in rows[: SEARCHED_ROWS + 50]]
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        known = {column: label for column, text in enumerate(row.cells) if (label := _label(text))}
        if len(known) < 2:
            continue
        above = rows[index - 1] if index else Row(0, ())
        readings = (
            _single(index, row, known),
            _grouped(index, row, above, known),
            _indented(index, row, known, rows[index + 1 : index + 51]),
        )
        for header in readings:
            if header and (best is None or _clarity(header) > _clarity(best)):
                best = header
    return best


def _label(text: str) -> Label | None:
    """What a header cell means; with a colon behind it, it is the key of a title block."""
    return None if text.rstrip().endswith(":") else read_label(text)


def _clarity(header: Header) -> tuple[bool, int]:
    return not header.vague, len(header.columns)


def _single(index: int, row: Row, known: Mapping[int, Label]) -> Header | None:
    """A row that names a source and a target field, or a source and a target code."""
    fields = [column for column, label in known.items() if label.side and label.role == "field"]
    if {known[column].side for column in fields} != {SOURCE, TARGET}:
        fields = [column for column, label in known.items() if label.side and label.role == "code"]
    if {known[column].side for column in fields} != {SOURCE, TARGET}:
        return None
    clear = {known[column].side for column in fields if known[column].rank <= VAGUE}
    columns = {}
    for column, label in known.items():
        before = [field for field in fields if field <= column]
        side = label.side or (known[before[-1]].side if before else TARGET)
        columns[column] = _placed(label, side)
        if label.role == "field" and label.rank > VAGUE and label.side in clear:
            # `Source` beside `Source Field` names the system or the structure.
            columns[column] = Label(label.side, "system")
    return Header(index, columns, row.cells, vague=_is_vague(known, fields))


def _is_vague(known: Mapping[int, Label], fields: Sequence[int]) -> bool:
    return all(known[column].rank >= VAGUE or known[column].role == "code" for column in fields)


def _placed(label: Label, side: str) -> Label:
    """The label with the side that its place gives it, where its role has sides."""
    if label.role in _FOLLOWING:
        return Label(side, label.role, label.rank)
    return label if label.role in SIDED_ROLES else Label("", label.role, label.rank)


def _grouped(index: int, row: Row, above: Row, known: Mapping[int, Label]) -> Header | None:
    """A row of names below a row of groups, where a group stretches to the next one."""
    groups = {column: cell for column, cell in enumerate(above.cells) if cell.strip()}
    filled = sum(1 for cell in row.cells if cell.strip())
    if not groups or len(groups) * 10 > filled * 7:
        return None
    starts = sorted(groups)
    width = max(len(row.cells), len(above.cells))
    spans = {
        start: [column for column in range(start, end) if column in known]
        for start, end in zip(starts, [*starts[1:], width], strict=True)
    }
    sides, stated = _group_sides(groups, spans, known)
    columns: dict[int, Label] = {}
    for start, members in spans.items():
        for column in members:
            label = known[column]
            side = (label.side or sides.get(start, "")) if label.role in SIDED_ROLES else ""
            columns[column] = Label(side, label.role, label.rank)
        group = read_label(groups[start])
        if group and group.role not in SIDED_ROLES:
            columns.setdefault(start, Label("", group.role))
    if {label.side for label in columns.values() if label.role in ("field", "code") and label.side} != {SOURCE, TARGET}:
        return None
    texts = tuple(cell(row, column).strip() or cell(above, column) for column in range(width))
    return Header(index, columns, texts, vague=not stated, grouped=True)


def _group_sides(
    groups: Mapping[int, str], spans: Mapping[int, list[int]], known: Mapping[int, Label]
) -> tuple[dict[int, str], bool]:
    """The side of each group by its name; or else the first with fields is the source, the last the target."""
    sides = {start: side_of(label_words(text))[0] for start, text in groups.items()}
    stated = {side for side in sides.values() if side}
    nameless = [
        start
        for start, members in spans.items()
        if not sides[start] and any(known[column].role in ("field", "code") for column in members)
    ]
    if not stated and len(nameless) > 1:
        sides[nameless[0]], sides[nameless[-1]] = SOURCE, TARGET
    elif len(stated) == 1 and len(nameless) == 1:
        sides[nameless[0]] = TARGET if SOURCE in stated else SOURCE
    return sides, bool(stated)


def _indented(index: int, row: Row, known: Mapping[int, Label], below: Sequence[Row]) -> Header | None:
    """A first column whose cells are indented with dots is the source; the named fields are then the target."""
    if sum(1 for one in below if cell(one, 0).strip().startswith(".")) < 2:
        return None
    proofs = {label.role for label in known.values()} & PROOFS
    if not proofs or not any(column and label.role == "field" for column, label in known.items()):
        return None
    columns = {
        column: Label(TARGET if label.role in SIDED_ROLES else "", label.role, label.rank)
        for column, label in known.items()
    }
    columns[0] = Label(SOURCE, "field")
    return Header(index, columns, row.cells, vague=False)


def cell(row: Row, column: int) -> str:
    """The text of a cell, empty beyond the end of the row."""
    return row.cells[column] if column < len(row.cells) else ""
