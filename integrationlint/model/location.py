"""Where things are written: pointers, positions, spans and locations."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a text; line and column count from 1, columns in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """From the first character to just behind the last one."""

    start: Position
    end: Position


START_OF_FILE = Span(Position(1, 1), Position(1, 1))


class Location(NamedTuple):
    """A place in a file: the path from the root of the snapshot, the pointer and the span."""

    path: str
    pointer: str
    span: Span


def child(pointer: str, token: str | int) -> str:
    """The JSON Pointer (RFC 6901) of a member of the value at `pointer`."""
    text = str(token)
    if "~" in text or "/" in text:
        text = text.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{text}"


def weight(length: int) -> int:
    """How many nodes one counts for whose pointer has a length: more than one where the pointer outweighs the rest.

    A long name with many members below it is a small file, and a pointer for each member does not fit any memory.
    """
    return 1 + length // 200


def tokens(pointer: str) -> list[str]:
    """The unescaped reference tokens of a JSON Pointer (RFC 6901 section 4)."""
    if not pointer:
        return []
    if "~" not in pointer:
        return pointer[1:].split("/")
    return [unescaped(token) for token in pointer[1:].split("/")]


def unescaped(token: str) -> str:
    """A reference token as the member name that it stands for (RFC 6901 section 4)."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def parent(pointer: str) -> str:
    """The pointer of the value that holds the one at `pointer`; the root holds itself."""
    return pointer.rpartition("/")[0]


def text_lines(text: str) -> list[str]:
    """The lines of a text as positions count them: broken at LF, CRLF and CR, at nothing else."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return plain.split("\n")
