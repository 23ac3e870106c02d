"""Where a finding is shown, as Spectral counts it."""

from typing import Final

from integrationlint.model.document import Document
from integrationlint.model.location import START_OF_FILE, Position, Span, child
from integrationlint.spectral.nouns import Path
from integrationlint.spectral.source import closest

_SECOND_LINE: Final = Position(2, 1)


def pointer_of(path: Path) -> str:
    """The JSON Pointer of a path."""
    pointer = ""
    for step in path:
        pointer = child(pointer, step)
    return pointer


def span_of(document: Document, path: Path) -> Span:
    """The span of what is written at a path, or at the closest ancestor that is.

    A scalar begins where it is written, so does an item of a list; a list or object begins right behind its name: one
    character behind the end of the key. So does the value of a key that has none. The document begins with its first
    key, and with the file where that is on the second line: above it are dashes, or one comment.
    """
    path, value = closest(document.value, path)
    if not path:
        start, end = document.span("", key=False)
        return Span(START_OF_FILE.start if start == _SECOND_LINE else start, end)
    pointer = pointer_of(path)
    whole = document.locator.value(pointer)
    key = document.locator.key(pointer)
    if whole is None:
        return document.span(pointer)
    if key is None or not (isinstance(value, dict | list) or whole.start == whole.end):
        return whole
    start = Position(key.end.line, key.end.column + 1)
    return Span(start, max(start, whole.end))
