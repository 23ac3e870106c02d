"""Tables of separated values (RFC 4180, with any of four separators) to rows of text, with the place of each cell."""

import re
from itertools import islice
from typing import Final

from integrationlint.model.document import Document, Row, Table
from integrationlint.model.limits import Limits
from integrationlint.model.location import Span, tokens
from integrationlint.parse.text import Lines, RefusedError

_SEPARATORS: Final = ",;\t|"
_QUOTED: Final = re.compile(r'"[^"]*+"')
# Spreadsheets take the separator from such a first line, and do not show it.
_STATED: Final = re.compile(r"sep=(.)(?:\r\n?|\n|\Z)", re.IGNORECASE)

# The offsets of the cells of each row, by the number of the row.
_Spans = dict[int, list[tuple[int, int]]]


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    """Read a text as a table; blank lines are left out, but counted in the numbers of the rows.

    The document has the value None and a fatal fault where a quote is never closed or there are too many cells.
    """
    lines = Lines(text)
    try:
        rows, spans = _rows(text, lines, limits)
    except RefusedError as refused:
        return Document(path, "table", None, text, faults=(refused.fault,), encoding=encoding)
    return Document(path, "table", (Table("", rows),), text, Cells(lines, spans), encoding=encoding)


def _rows(text: str, lines: Lines, limits: Limits) -> tuple[tuple[Row, ...], _Spans]:
    separator, at, number = _start(text)
    # A cell in quotes, whatever follows it up to the separator, and that separator; or a cell without quotes and its.
    cell = re.compile(r'(?:"((?:[^"]++|"")*+)("?))?([^{0}\r\n]*+)({0}|\r\n?|\n|\Z)'.format(re.escape(separator)))
    rows: list[Row] = []
    spans: _Spans = {}
    cells: list[str] = []
    here: list[tuple[int, int]] = []
    count = 0
    while at < len(text) or cells:
        found = cell.match(text, at)
        if found is None or found[2] == "":
            raise RefusedError(lines.fault("syntax", "the quote that opens here is never closed", at))
        quoted, _, rest, end = found.groups("")
        cells.append(quoted.replace('""', '"') + rest if quoted else rest)
        here.append((at, found.start(4)))
        at = found.end()
        if end == separator:
            continue
        count += len(cells)
        if count > limits.nodes:
            raise RefusedError(lines.fault("limit", f"more than {limits.nodes} cells", here[0][0]))
        number += 1
        if len(cells) > 1 or here[0][0] < here[0][1]:
            rows.append(Row(number, tuple(cells)))
            spans[number] = here
        cells, here = [], []
    return tuple(rows), spans


def _start(text: str) -> tuple[str, int, int]:
    """The separator, where the first row begins, and how many rows come before it."""
    stated = _STATED.match(text)
    if stated:
        return stated[1], stated.end(), 1
    sample = [line for line in islice(_QUOTED.sub("", text[:20_000]).splitlines(), 30) if line.strip(" ")]
    # The separator is what most lines have; a mark of the same frequency in fewer lines belongs to the text.
    best = max(_SEPARATORS, key=lambda mark: (sum(mark in line for line in sample), "".join(sample).count(mark)))
    return best, 0, 0


class Cells:
    """The locator of a table: `/ROW/COLUMN` is a cell as written, with its quotes; `/ROW` is a row."""

    def __init__(self, lines: Lines, spans: _Spans) -> None:
        """Take the lines of the text and the offsets of the cells of each row."""
        self._lines = lines
        self._spans = spans

    def key(self, pointer: str) -> Span | None:  # noqa: ARG002 - cells have no names of their own
        """Nothing: cells have no names of their own."""
        return None

    def value(self, pointer: str) -> Span | None:
        """The cell or row; None where there is none."""
        steps = [int(token) if token.isdecimal() and len(token) < 10 else 0 for token in tokens(pointer)]
        cells = self._spans.get(steps[0]) if steps else None
        if cells is None or len(steps) > 2:
            return None
        if len(steps) == 1:
            return self._lines.span(cells[0][0], cells[-1][1])
        return self._lines.span(*cells[steps[1] - 1]) if 0 < steps[1] <= len(cells) else None
