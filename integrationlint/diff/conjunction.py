"""What two parts say of the same keyword, where both must hold and neither need be the narrower one."""

from collections.abc import Callable
from math import lcm
from typing import Any, Final

from integrationlint.diff.sets import same, spread


def _each(known: Any, value: Any) -> Any:
    """All of them, in one order, where none says what another does."""
    found = [*(known if isinstance(known, tuple) else (known,))]
    if not any(same(one, value) for one in found):
        found.append(value)
    return tuple(sorted(found, key=repr)) if len(found) > 1 else known


def _types(known: Any, value: Any) -> Any:
    """The types that both allow: a number that has to be an integer is one."""
    found = spread(known) & spread(value)
    return tuple(sorted(found - {"integer"} if "number" in found else found))


def _multiple(known: Any, value: Any) -> Any:
    """What is a multiple of both is one of their least common multiple."""
    if type(known) is int and type(value) is int and known > 0 and value > 0:
        return lcm(known, value)
    return _each(known, value)


def _common(known: Any, value: Any) -> Any:
    """The values of both lists, in the order of the first."""
    if not isinstance(known, list) or not isinstance(value, list):
        return known
    return [one for one in known if any(same(one, other) for other in value)]


def _dependents(known: Any, value: Any) -> Any:
    if not isinstance(known, dict) or not isinstance(value, dict):
        return known
    return {name: (*known.get(name, ()), *value.get(name, ())) for name in (*known, *value)}


JOINED: Final[dict[str, Callable[[Any, Any], Any]]] = {
    **dict.fromkeys(("pattern", "format", "const", "contentMediaType", "contentEncoding"), _each),
    "type": _types,
    "enum": _common,
    "multipleOf": _multiple,
    "dependentRequired": _dependents,
}
