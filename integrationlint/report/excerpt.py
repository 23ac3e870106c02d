"""A line of source with a mark under the text that a finding is about."""

from typing import NamedTuple
from unicodedata import category, east_asian_width

from integrationlint.model.location import Span
from integrationlint.report.sanitise import pieces
from integrationlint.report.values import CUT


class Excerpt(NamedTuple):
    """A source line and the carets below it, both sanitised and aligned in terminal cells."""

    line: str
    carets: str


def excerpt(source: str, span: Span, width: int = 90) -> Excerpt | None:
    """The part of the source line around the span, at most `width` cells wide; None where the line is blank.

    Columns of the span are code points from 1. A span that goes on behind the line is marked to the line's end.
    Tabs are four cells, wide characters two (Unicode Annex 11), combining marks none; what is cut off shows as `…`.
    """
    source = source.rstrip("\r\n")
    if not source.strip():
        return None
    first = min(span.start.column - 1, len(source))
    last = span.end.column - 1 if span.end.line == span.start.line else len(source)
    last = max(first + 1, min(last, len(source)))
    # Only what can be shown is looked at: a minified document is one line of megabytes.
    offset = max(0, first - width)
    shown = pieces(source[offset : min(last, first + width) + width])
    return _fit(shown, first - offset, last - offset, width, cut=(offset > 0, offset + len(shown) < len(source)))


def cells(text: str) -> int:
    """How many terminal cells the text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in ("Mn", "Me", "Cf") else 1


def _fit(shown: list[str], first: int, last: int, width: int, *, cut: tuple[bool, bool]) -> Excerpt:
    widths = [cells(piece) for piece in shown]
    room = width - 2 * len(CUT)
    begin = _begin(widths, first, last, room, cut_left=cut[0])
    end = _end(widths, begin, room)
    left = CUT if begin > 0 or cut[0] else ""
    right = CUT if end < len(shown) or cut[1] else ""
    line = f"{left}{''.join(shown[begin:end])}{right}".rstrip(" ")
    marked = sum(widths[first : min(last, end)])
    return Excerpt(line, " " * (len(left) + sum(widths[begin:first])) + "^" * max(1, marked))


def _begin(widths: list[int], first: int, last: int, room: int, *, cut_left: bool) -> int:
    """The line's start when the marked text ends within the room, else a third of the room before the mark."""
    if not cut_left and sum(widths[:last]) <= room:
        return 0
    begin, before = first, 0
    while begin > 0 and before + widths[begin - 1] <= room // 3:
        begin -= 1
        before += widths[begin]
    return begin


def _end(widths: list[int], begin: int, room: int) -> int:
    end, used = begin, 0
    while end < len(widths) and used + widths[end] <= room:
        used += widths[end]
        end += 1
    return end
