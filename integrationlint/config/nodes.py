"""The text of a configuration as nodes: plain values, each with the place where it is written."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.model.errors import ConfigError
from integrationlint.model.limits import CONFIGURATION_SIZE
from integrationlint.model.location import START_OF_FILE, Location, Position, Span

# A configuration is small; what is larger than this is a mistake or an attack.
MAX_DEPTH: Final = 100
MAX_NODES: Final = 50_000

_BREAK: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it is written: a `dict[str, Node]`, a `list[Node]` or a scalar.

    `place` is the value's, `key` that of the name it is a member under. The properties read a value as what the
    caller expects and are empty where it is something else, so that nobody has to ask twice.
    """

    value: object
    place: Location
    key: Location | None = None

    @property
    def entries(self) -> "dict[str, Node]":
        """The members of a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Node]":
        """The items of a list; a lone value is a list of one."""
        return self.value if isinstance(self.value, list) else [self]

    @property
    def text(self) -> str:
        """The text of a scalar."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def named(self) -> Location:
        """Where the name is written, or the value when it has none."""
        return self.key or self.place

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {name: one.plain() for name, one in self.value.items()}
        if isinstance(self.value, list):
            return [one.plain() for one in self.value]
        return self.value


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns offsets into a text (code points) into places in a file, by the line breaks an editor counts."""

    path: str
    starts: list[int]

    def place(self, pointer: str, start: int, end: int) -> Location:
        """The location from one offset to another."""
        return Location(self.path, pointer, Span(self._position(start), self._position(end)))

    def _position(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)


def ruler(text: str, path: str) -> Ruler:
    """The ruler of a text."""
    return Ruler(path, [0, *(found.end() for found in _BREAK.finditer(text))])


def decode(data: bytes, path: str) -> str:
    """UTF-8, with or without a byte order mark. ConfigError when it is too large or something else."""
    if len(data) > CONFIGURATION_SIZE:
        message = f"larger than {CONFIGURATION_SIZE} bytes: not a configuration"
        raise ConfigError(message, Location(path, "", START_OF_FILE))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        place = ruler(before, path).place("", len(before), len(before))
        raise ConfigError("not UTF-8: save the file as UTF-8", place) from None


def quoted(text: str) -> str:
    """A word of the file in quotes, safe to print: control characters escaped, long ones cut."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
