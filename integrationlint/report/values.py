"""Values of documents as plain JSON values of bounded size, whatever they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from json import dumps
from math import isfinite
from typing import Final, TypeAlias

from integrationlint.model.element import Element, Value

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

CUT: Final = "…"
# Enumerations of a thousand codes pass whole; a YAML alias bomb, whose tree is shared until it is written, does not.
_NODES: Final = 5_000
_TEXT: Final = 20_000
_TEXT_OF_A_NODE: Final = 200
_DEPTH: Final = 100
# Python refuses to write longer integers in decimal (CVE-2020-10735).
_BITS: Final = 12_000


@dataclass(slots=True)
class _Budget:
    nodes: int


def plain(value: object) -> Json:
    """The value as JSON can say it: sets sorted, `Value` as its state and value, elements as their address.

    Depth is bounded to 100, size to 5 000 values and texts to 20 000 characters; what lies beyond is `…`.
    NaN and infinity are strings, integers of thousands of digits hexadecimal.
    """
    return _plain(value, _Budget(_NODES), 0)


def brief(value: object, width: int = 120) -> str:
    """The value as one line of JSON, cut to `width` characters. Not sanitised."""
    return crop(dumps(plain(value), ensure_ascii=False), width)


def crop(text: str, width: int) -> str:
    """The first `width` characters, with `…` at the end of a text that was longer."""
    return text if len(text) <= width else text[: width - 1] + CUT


def _plain(value: object, budget: _Budget, depth: int) -> Json:
    budget.nodes -= 1
    if isinstance(value, str):
        budget.nodes -= len(value) // _TEXT_OF_A_NODE
        return crop(str(value), _TEXT)
    if value is None or isinstance(value, int | float):
        return _number(value)
    if budget.nodes <= 0 or depth >= _DEPTH:
        return CUT
    if isinstance(value, Value):
        said: dict[str, object] = {"state": value.state, "value": value.value, "raw": value.raw}
        return _plain({key: one for key, one in said.items() if one not in (None, "")}, budget, depth)
    if isinstance(value, Mapping):
        return _members(value, budget, depth)
    if isinstance(value, set | frozenset):
        value = sorted(value, key=repr)
    if isinstance(value, list | tuple):
        return _items(value, budget, depth)
    return value.address if isinstance(value, Element) else f"<{type(value).__name__}>"


def _number(value: float | None) -> Json:
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, int) and value.bit_length() > _BITS:
        return hex(value)
    return value


def _members(value: Mapping[object, object], budget: _Budget, depth: int) -> Json:
    members: dict[str, Json] = {}
    for key, one in value.items():
        if budget.nodes <= 0:
            members[CUT] = CUT
            break
        members[str(_plain(key, budget, depth + 1))] = _plain(one, budget, depth + 1)
    return members


def _items(value: "list[object] | tuple[object, ...]", budget: _Budget, depth: int) -> Json:
    items: list[Json] = []
    for one in value:
        if budget.nodes <= 0:
            items.append(CUT)
            break
        items.append(_plain(one, budget, depth + 1))
    return items
