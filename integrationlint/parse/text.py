"""Bytes to text, and offsets in a text to lines and columns."""

import codecs
import re
from bisect import bisect_right
from io import StringIO
from itertools import accumulate, count
from operator import add
from typing import Final

from integrationlint.model.document import Fault
from integrationlint.model.location import Position, Span

# The longer marks first: the UTF-32 one begins with the UTF-16 one.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
# XML without a mark: XML 1.0 appendix F.1 tells the family of encodings by how `<?` is written.
_XML_STARTS: Final = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_XML_DECLARED: Final = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Only character sets: Python's codecs include compressions and escapes, which no document may choose.
_CHARACTER_SETS: Final = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|(shift_jis|euc_|gb|big5)\w*"
)


class RefusedError(Exception):
    """The document cannot be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        """Take the fatal fault."""
        super().__init__(fault.message)
        self.fault = fault


class Lines:
    """The lines of a text as an editor sees them: LF, CRLF and a lone CR end a line, nothing else does."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        """Take the text; where its lines begin is found when first asked."""
        self._text = text
        self._starts: list[int] = []

    def position(self, offset: int) -> Position:
        """The line and column (both from 1, columns in code points) of an offset in the text."""
        starts = self._starts or self._find()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        first = self.position(start)
        starts = self._starts
        if start <= end and (first.line == len(starts) or end < starts[first.line]):  # most spans are within a line
            return Span(first, Position(first.line, first.column + end - start))
        return Span(first, self.position(end))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, both from 1."""
        return (self._starts or self._find())[line - 1] + column - 1

    def fault(self, code: str, message: str, start: int, end: int = -1, *, fatal: bool = True) -> Fault:
        """A fault from one offset to another; it marks one character where no end is given, but no line end."""
        start = min(max(start, 0), len(self._text))
        if end < 0:
            end = start + 1 if self._text[start : start + 1] not in ("", "\r", "\n") else start
        return Fault(code, message, self.span(start, min(max(start, end), len(self._text))), fatal)

    def _find(self) -> list[int]:
        if "\r" not in self._text:
            lengths = accumulate(map(len, self._text.split("\n")), initial=0)
            self._starts = list(map(add, lengths, count()))
            self._starts.pop()
            return self._starts
        # A text stream with `newline=""` splits at these three line ends only, and keeps them.
        self._starts = [0, *accumulate(map(len, StringIO(self._text, newline="")))]
        if self._text[-1:] not in ("", "\r", "\n"):
            self._starts.pop()
        return self._starts


def decode(data: bytes) -> tuple[str, str] | Fault:
    """The text without its byte order mark, and the name of the encoding; or the fault that prevents it.

    A byte order mark decides (YAML 1.2.2 section 5.2, RFC 8259 section 8.1, XML 1.0 appendix F), then what an XML
    declaration says, then UTF-8. `utf-8-sig` is UTF-8 with a mark.
    """
    name, codec, skip = _encoding(data)
    if codec is None:
        return Fault("encoding", f"the encoding {name!r} is not known: save the file as UTF-8")
    try:
        return data[skip:].decode(codec), name
    except UnicodeDecodeError as error:
        good = data[skip : skip + error.start].decode(codec, "replace")
        place = Lines(good).position(len(good))
        bad = data[skip + error.start]
        message = f"byte 0x{bad:02X} is not valid {name}: save the file as UTF-8 or state its encoding"
        return Fault("encoding", message, Span(place, Position(place.line, place.column + 1)))


def _encoding(data: bytes) -> tuple[str, str | None, int]:
    for mark, name, codec in _BOMS:
        if data.startswith(mark):
            return name, codec, len(mark)
    for start, name in _XML_STARTS:
        if data.startswith(start):
            return name, name, 0
    declared = _XML_DECLARED.match(data)
    if declared is None:
        return "utf-8", "utf-8", 0
    name = declared[1].decode("ascii").lower()
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return name, None, 0
    if codec.startswith(("utf-16", "utf-32")):
        # The declaration could be read as ASCII, so it cannot be true.
        return "utf-8", "utf-8", 0
    return name, codec if _CHARACTER_SETS.fullmatch(codec) else None, 0
