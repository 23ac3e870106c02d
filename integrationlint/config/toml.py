"""The table [tool.integrationlint] of a pyproject.toml as nodes; tomllib gives no positions, so they are looked up."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from integrationlint.config.nodes import MAX_DEPTH, Node, Ruler, ruler
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import Location, child

TABLE: Final = ("tool", "integrationlint")

Names = tuple[str | int, ...]

_PART: Final = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*""")
_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def read_toml(text: str, path: str) -> Node | None:
    """The nodes of the table, None where the file has none. ConfigError when the file is not TOML.

    A member stands where its name is written, what is inside an inline value at the line of that value.
    """
    import tomllib  # most configurations are YAML

    measure = ruler(text, path)
    if TABLE[-1] not in text:
        return None
    _refuse_chains(text, measure)
    try:
        data: Any = tomllib.loads(text)
    except RecursionError:
        raise ConfigError("not TOML that can be read: nested too deeply", measure.place("", 0, 0)) from None
    except ValueError as error:
        raise _not_toml(str(error), text, measure) from None
    for name in TABLE:
        if not isinstance(data, dict) or name not in data:
            return None
        data = data[name]
    places = dict(reversed(list(_written(text))))
    return _node(data, TABLE, _Sheet(text, measure, places), 0)


def _refuse_chains(text: str, measure: Ruler) -> None:
    # tomllib takes quadratic time for `a.a.a.…`: 25 seconds for 80 kB.
    offset = 0
    for line in text.splitlines(keepends=True):
        if line.count(".") > MAX_DEPTH:
            squeezed = "".join(line.split())
            if any(part.count(".") > MAX_DEPTH for part in re.split(r"[=,{}\[\]]", squeezed)):
                raise ConfigError(f"a dotted name of more than {MAX_DEPTH} parts", measure.place("", offset, offset))
        offset += len(line)


def _not_toml(said: str, text: str, measure: Ruler) -> ConfigError:
    found = _AT.search(said)
    offset = len(text) if found is None or found[1] is None else measure.starts[int(found[1]) - 1] + int(found[2]) - 1
    return ConfigError(f"not TOML: {_AT.sub('', said)}", measure.place("", offset, offset))


@dataclass(frozen=True, slots=True)
class _Sheet:
    # The text, and the first offsets at which names are written.
    text: str
    measure: Ruler
    places: Mapping[Names, tuple[int, int]]

    def place(self, names: Names) -> Location:
        pointer = ""
        for name in names:
            pointer = child(pointer, name)
        for length in range(len(names), 0, -1):
            found = self.places.get(names[:length])
            if found is not None:
                return self.measure.place(pointer, *found)
        return self.measure.place(pointer, 0, 0)


def _node(value: Any, names: Names, sheet: _Sheet, depth: int) -> Node:
    place = sheet.place(names)
    if depth > MAX_DEPTH:
        raise ConfigError(f"nested deeper than {MAX_DEPTH} levels: not a configuration", place)
    if isinstance(value, dict):
        value = {name: _node(one, (*names, name), sheet, depth + 1) for name, one in value.items()}
    elif isinstance(value, list):
        value = [_node(one, (*names, at), sheet, depth + 1) for at, one in enumerate(value)]
    elif isinstance(value, date | datetime | time):
        value = value.isoformat()
    return Node(value, place, place)


def _written(text: str) -> Iterator[tuple[Names, tuple[int, int]]]:
    # Table headers and the names that begin a line, with their offsets.
    above: Names = ()
    counts: dict[Names, int] = {}
    offset = 0
    for line in text.splitlines(keepends=True):
        stripped = line.lstrip(" \t")
        start = offset + len(line) - len(stripped)
        offset += len(line)
        brackets = len(stripped) - len(stripped.lstrip("["))
        names, end = _dotted(stripped, brackets if brackets in (1, 2) else 0)
        if brackets in (1, 2) and names and stripped.startswith("]" * brackets, end):
            above = _inside(names, counts)
            if brackets == 2:
                above = (*above, counts.get(above, 0))
                counts[above[:-1]] = int(above[-1]) + 1
            for length in range(1, len(above) + 1):
                yield above[:length], (start, start + end + brackets)
        elif names and brackets == 0 and stripped.startswith("=", end):
            for length in range(1, len(names) + 1):
                yield (*above, *names[:length]), (start, start + len(stripped[:end].rstrip()))


def _dotted(line: str, at: int) -> tuple[tuple[str, ...], int]:
    # `a."b.c".d` from an offset of a line: its parts, and where it ends.
    parts: list[str] = []
    while (found := _PART.match(line, at)) is not None:
        parts.append(found[1] or found[2] or found[3] or "")
        at = found.end()
        if not line.startswith(".", at):
            return tuple(parts), at
        at += 1
    return (), at


def _inside(names: tuple[str, ...], counts: dict[Names, int]) -> Names:
    # `[a.b]` below `[[a]]` belongs to the last item of that array.
    inside: Names = ()
    for name in names[:-1]:
        inside = (*inside, name)
        if inside in counts:
            inside = (*inside, counts[inside] - 1)
    return (*inside, names[-1])
