"""Rows for people: columns of text, made harmless and as wide as they need to be."""

from collections.abc import Iterable, Sequence

from integrationlint.report.sanitise import line, start


def table(rows: Iterable[Sequence[str]], header: Sequence[str] = ()) -> str:
    """The rows as lines of aligned cells; the last column is as long as it likes."""
    cells = [[line(cell) for cell in row] for row in ([header, *rows] if header else rows)]
    if not cells:
        return ""
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    return "".join(f"{start('  '.join(_padded(row, widths)).rstrip())}\n" for row in cells)


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
