"""A document as it is written: offsets in its text, for those who edit it."""

import re
from typing import Final, NamedTuple

from integrationlint.model.document import Document
from integrationlint.model.fix import Edit
from integrationlint.parse.text import Lines

Range = tuple[int, int]

_BLANKS: Final = " \t\r\n"
_LINE_END: Final = re.compile(r"\r\n?|\n")
_YAML_COMMENT: Final = re.compile(r"(?:^|[ \t])#", re.MULTILINE)


class Written(NamedTuple):
    """A document with its text and the lines of it."""

    document: Document
    text: str
    lines: Lines

    def key(self, pointer: str) -> Range | None:
        """The offsets of a member name, of the name in a start tag; None where there is none."""
        span = self.document.locator.key(pointer)
        return None if span is None else (self.lines.offset(*span.start), self.lines.offset(*span.end))

    def value(self, pointer: str) -> Range | None:
        """The offsets of a value, of an XML element; None where there is none."""
        span = self.document.locator.value(pointer)
        return None if span is None else (self.lines.offset(*span.start), self.lines.offset(*span.end))

    def edit(self, start: int, end: int, text: str = "") -> Edit:
        """The edit that puts a text between two offsets, in place of what is there."""
        return Edit(self.lines.span(start, end), text)

    def line_start(self, at: int) -> int:
        """The offset of the first character in the line of an offset."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> Range:
        """From the last visible place of the line of an offset to the start of the next one."""
        found = _LINE_END.search(self.text, at)
        return found.span() if found else (len(self.text), len(self.text))

    def back(self, at: int) -> int:
        """The offset behind the last character before `at` that can be seen."""
        while at > 0 and self.text[at - 1] in _BLANKS:
            at -= 1
        return at

    def ahead(self, at: int) -> int:
        """The offset of the first character from `at` on that can be seen."""
        while at < len(self.text) and self.text[at] in _BLANKS:
            at += 1
        return at

    def has_comment(self, start: int, end: int) -> bool:
        """Whether there may be a comment, which no edit takes away, in what two offsets enclose."""
        if self.document.syntax == "xml":
            return "<!--" in self.text[start:end]
        return self.document.syntax != "json" and _YAML_COMMENT.search(self.text, start, end) is not None

    def whole_lines(self, start: int, end: int) -> Range | None:
        """All of the lines between two offsets, the last line end included; None where they hold something else.

        At the end of a file without a last line end, the one before goes instead.
        """
        first, (last, following) = self.line_start(start), self.line_end(end)
        if self.text[first:start].strip(" \t") or self.text[end:last].strip(" \t"):
            return None
        if last == following and first > 0:
            return self.back_over_line_end(first), last
        return first, following

    def back_over_line_end(self, at: int) -> int:
        """The offset of the line end that is right before `at`."""
        return at - 2 if self.text.startswith("\r\n", at - 2) and at > 1 else at - 1
