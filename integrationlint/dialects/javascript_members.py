"""Members of JavaScript values: `length`, indexes, and the methods of strings, arrays and regular expressions.

Strings are counted and cut in UTF-16 units where they have characters beyond the basic plane, as JavaScript does.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.javascript import (
    UNDEFINED,
    Function,
    Thrown,
    strictly_equal,
    to_number,
    to_string,
)
from integrationlint.dialects.matching import Pattern, javascript_pattern

_LONGEST: Final = 100_000
TITLES: Final[dict[type, str]] = {bool: "Boolean", int: "Number", float: "Number", str: "String", list: "Array"}
"""The names of the constructors of values that can have no member of their own."""


def member(value: Any, name: Any) -> Any:
    """The member of a value, undefined where it has none. Thrown for a member of null or undefined."""
    if isinstance(value, dict):
        found = value.get(name if isinstance(name, str) else to_string(name), UNDEFINED)
        return found if found is not UNDEFINED else _built_in(value, to_string(name))
    if value is None or value is UNDEFINED:
        raise Thrown(f"{to_string(value)} has no member '{to_string(name)}'")
    name = to_string(name)
    if isinstance(value, str | list):
        if name == "length":
            return length(value)
        if name.isdecimal() and len(name) < 10 and (name == "0" or name[0] != "0"):
            return _at(value, int(name))
    if isinstance(value, Pattern) and name in ("source", "flags"):
        return value.source if name == "source" else value.flags
    if isinstance(value, Function):
        return value.name if name == "name" else UNDEFINED
    return _built_in(value, name)


def invoke(value: Any, name: str, arguments: list[Any]) -> Any:
    """What `value.name(arguments)` gives. Thrown where there is no such function."""
    method = None if isinstance(value, dict) and name in value else _methods(value).get(name)
    if method is None:
        return call(member(value, name), arguments)
    return _called(method, [value, *arguments])


def call(function: Any, arguments: list[Any]) -> Any:
    """What a function gives for these arguments. Thrown where it is none."""
    if not isinstance(function, Function):
        raise Thrown(f"{to_string(function)} is no function")
    return _called(function.call, arguments)


def _called(function: Callable[..., Any], arguments: list[Any]) -> Any:
    try:
        return function(*arguments)
    except (TypeError, IndexError, PatternError) as error:
        raise Thrown(str(error)) from None


def length(value: str | list[Any]) -> int:
    """How many items an array has, or UTF-16 units a string."""
    if isinstance(value, list) or value.isascii():
        return len(value)
    return len(value) + sum(char > "\uffff" for char in value)


def _at(value: str | list[Any], index: int) -> Any:
    whole = value if isinstance(value, list) else _units(value)
    return whole[index] if index < len(whole) else UNDEFINED


def _units(text: str) -> str:
    """The text with a character for each UTF-16 unit."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(chr(units[at] << 8 | units[at + 1]) for at in range(0, len(units), 2))


def _characters(units: str) -> str:
    return units.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "surrogatepass")


def _built_in(value: Any, name: str) -> Any:
    method = _methods(value).get(name)
    if method is not None:
        return Function(name, partial(method, value))
    if name == "constructor":
        title = "RegExp" if isinstance(value, Pattern) else TITLES.get(type(value), "Object")
        return Function(title, _refuse)
    return UNDEFINED


def _refuse(*_: Any) -> Any:
    raise Thrown("nothing is constructed here")


def _methods(value: Any) -> Mapping[str, Callable[..., Any]]:
    if isinstance(value, str):
        return _STRING
    if isinstance(value, list):
        return _ARRAY
    if isinstance(value, Pattern):
        return _PATTERN
    return _ANY if value is not None and value is not UNDEFINED else {}


def _integer(value: Any, instead: float) -> int:
    """An index as written, `instead` where there is none; endless ones become very large."""
    number = instead if value is UNDEFINED else to_number(value)
    if number != number:  # noqa: PLR0124 -- NaN differs from itself
        return 0
    return int(max(-_FAR, min(_FAR, number)))


_FAR: Final = 2**53


def _slice(value: Any, start: Any = 0, end: Any = UNDEFINED) -> Any:
    """`slice` counts negative indexes from the end, as Python does."""
    whole = value if isinstance(value, list) else _units(value)
    part = whole[_integer(start, 0) : _integer(end, math.inf)]
    return part if isinstance(part, list) else _characters(part)


def _substring(text: str, start: Any = 0, end: Any = UNDEFINED) -> str:
    units = _units(text)
    first, last = (max(0, min(len(units), one)) for one in (_integer(start, 0), _integer(end, math.inf)))
    return _characters(units[min(first, last) : max(first, last)])


def _substr(text: str, start: Any = 0, count: Any = UNDEFINED) -> str:
    units = _units(text)
    first = _integer(start, 0)
    first = max(0, len(units) + first) if first < 0 else first
    return _characters(units[first : first + max(0, _integer(count, math.inf))])


def _char(text: str, index: Any = 0) -> str:
    units, at = _units(text), _integer(index, 0)
    return units[at] if 0 <= at < len(units) else ""


def _split(text: str, separator: Any = UNDEFINED) -> list[str]:
    if separator is UNDEFINED:
        return [text]
    if isinstance(separator, Pattern):
        raise Thrown("split by a regular expression is not supported")
    mark = to_string(separator)
    return text.split(mark) if mark else list(_units(text))


def _replace(text: str, what: Any, instead: Any) -> str:
    """`replace` with a string or a regular expression, by plain text: no `$1`."""
    new = to_string(instead)
    if not isinstance(what, Pattern):
        return text.replace(to_string(what), new, 1)
    parts, at, found = [], 0, what.search(text)
    while found is not None:
        parts += [text[at : found.start()], new]
        at = found.end()
        further = max(at, found.start() + 1)
        found = what.search(text, further) if "g" in what.flags and further <= len(text) else None
    return "".join(parts) + text[at:]


def _pattern(value: Any) -> Pattern:
    if isinstance(value, Pattern):
        return value
    return javascript_pattern("(?:)" if value is UNDEFINED else to_string(value))


def _match(text: str, what: Any = UNDEFINED) -> Any:
    return _exec(_pattern(what), text)


def _exec(pattern: Pattern, text: Any = UNDEFINED) -> Any:
    """The match and its groups, null without one; with the flag g too only the first."""
    found = pattern.search(to_string(text))
    if found is None:
        return None
    return [found[0], *(UNDEFINED if one is None else one for one in found.groups())]


def _search(text: str, what: Any = UNDEFINED) -> int:
    found = _pattern(what).search(text)
    return -1 if found is None else found.start()


def _joined(items: list[Any], mark: Any = ",") -> str:
    return to_string(mark).join("" if one is None or one is UNDEFINED else to_string(one, 1) for one in items)


def _index_of(items: list[Any], what: Any = UNDEFINED) -> int:
    return next((index for index, one in enumerate(items) if strictly_equal(one, what)), -1)


def _includes(items: list[Any], what: Any = UNDEFINED) -> bool:
    return any(strictly_equal(one, what) for one in items)


def _repeat(text: str, count: Any = 0) -> str:
    times = _integer(count, 0)
    if not 0 <= times * len(text) <= _LONGEST:
        raise Thrown("the text becomes too long")
    return text * times


_ANY: Final[dict[str, Callable[..., Any]]] = {
    "toString": lambda value, *_: to_string(value),
    "valueOf": lambda value: value,
    "hasOwnProperty": lambda value, name: isinstance(value, dict) and to_string(name) in value,
}
_STRING: Final = _ANY | {
    "at": lambda text, index=0: _at(text, _integer(index, 0) % max(1, length(text))),
    "charAt": _char,
    "concat": lambda text, *more: text + "".join(map(to_string, more)),
    "endsWith": lambda text, end: text.endswith(to_string(end)),
    "includes": lambda text, part: to_string(part) in text,
    "indexOf": lambda text, part: _units(text).find(_units(to_string(part))),
    "lastIndexOf": lambda text, part: _units(text).rfind(_units(to_string(part))),
    "localeCompare": lambda text, other: (text > to_string(other)) - (text < to_string(other)),
    "match": _match,
    "repeat": _repeat,
    "replace": _replace,
    "search": _search,
    "slice": _slice,
    "split": _split,
    "startsWith": lambda text, start: text.startswith(to_string(start)),
    "substr": _substr,
    "substring": _substring,
    "toLowerCase": lambda text: text.lower(),
    "toUpperCase": lambda text: text.upper(),
    "trim": lambda text: text.strip(),
    "trimEnd": lambda text: text.rstrip(),
    "trimStart": lambda text: text.lstrip(),
}
_ARRAY: Final = _ANY | {
    "concat": lambda items, *more: [*items, *(x for one in more for x in (one if isinstance(one, list) else [one]))],
    "includes": _includes,
    "indexOf": _index_of,
    "join": _joined,
    "slice": _slice,
}
for _name in (
    "every",
    "filter",
    "find",
    "findIndex",
    "forEach",
    "map",
    "some",
    "keys",
    "flat",
    "push",
    "pop",
    "reduce",
):
    _ARRAY[_name] = _refuse
_PATTERN: Final = _ANY | {
    "exec": _exec,
    "test": lambda pattern, text=UNDEFINED: pattern.search(to_string(text)) is not None,
}
BUILT_IN: Final = frozenset(_ANY) | frozenset(_STRING) | frozenset(_ARRAY) | {"constructor", "length"}
"""Names that values may have as a member without it being written in them."""


def contains(container: Any, value: Any) -> bool:
    """What `in` is in filters: whether an array has the item, or a string the part."""
    return bool(invoke(container, "includes", [value]))
