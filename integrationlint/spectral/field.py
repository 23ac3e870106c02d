"""What the `field` of a rule selects from a value: its keys, a path as lodash reads it, or an expression."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from integrationlint.dialects.javascript import UNDEFINED
from integrationlint.spectral.nouns import Path

_SEGMENT: Final = re.compile(
    r"""[^.\[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))""", re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\(\\)?")
_INDEX: Final = re.compile(r"0|[1-9]\d{0,8}")


def targets(value: Any, field: str) -> Iterator[tuple[Path, Any]]:
    """What a function is to look at: the path from the value, and what is there, UNDEFINED for nothing.

    `@key` stands for the keys themselves; `$…` is an expression over the value, one target without a path where it
    matches nothing; anything else is a path such as `info.contact` or `tags[0]['name']`. A primitive has no fields: it
    is itself the target, as is the value where there is no field.
    """
    if not field or not isinstance(value, dict | list):
        yield (), value
    elif field == "@key":
        yield from _keys(value)
    elif field.startswith("$"):
        yield from _selected(value, field)
    else:
        path = segments(field)
        yield from [(_real(value, path), _at(value, field, path))]


@lru_cache(maxsize=1024)
def segments(field: str) -> tuple[str, ...]:
    """The segments of a path such as `a.b[0]['c']` (lodash, toPath)."""
    found = [""] if field.startswith(".") else []
    for part in _SEGMENT.finditer(field):
        number, quoted, text = part.groups()
        found.append(_ESCAPED.sub(r"\1", text) if quoted else number or part[0])
    return tuple(found)


def _keys(value: dict[str, Any] | list[Any]) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        yield from (((key,), key) for key in value)
    else:
        yield from (((index,), str(index)) for index in range(len(value)))
    if not value:
        yield (), UNDEFINED


def _selected(value: Any, expression: str) -> Iterator[tuple[Path, Any]]:
    from integrationlint.dialects.jsonpath.select import compiled, select

    empty = True
    for match in select([compiled(expression)], value):
        empty = False
        yield match.path, match.value
    if empty:
        yield (), UNDEFINED


def _at(value: Any, field: str, path: tuple[str, ...]) -> Any:
    # A key that is written as the field wins over the path that the field describes.
    if isinstance(value, dict) and field in value:
        return value[field]
    for segment in path:
        value = _member(value, segment)
        if value is UNDEFINED:
            break
    return value


def _member(value: Any, segment: str) -> Any:
    if isinstance(value, dict):
        return value.get(segment, UNDEFINED)
    if isinstance(value, list | str):
        if segment == "length":
            return len(value)
        if _INDEX.fullmatch(segment) and int(segment) < len(value):
            return value[int(segment)]
    return UNDEFINED


def _real(value: Any, path: tuple[str, ...]) -> Path:
    """The path with numbers where it leads into lists."""
    if not any(one.isdigit() for one in path):
        return path
    real: list[str | int] = []
    for segment in path:
        real.append(int(segment) if isinstance(value, list) and _INDEX.fullmatch(segment) else segment)
        value = _member(value, segment)
    return tuple(real)
