"""Expressions compiled once, and all of them found in one pass over a tree of plain dicts and lists.

Spectral's dialect of JSONPath, as its two engines read it (nimma, and jsonpath-plus for what nimma refuses). What
differs: a filter that JavaScript would throw in holds for nothing; a filter means the same to both engines; what is
in an object or a list is not matched again where the same one is reached by another path.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from integrationlint.dialects.javascript import UNDEFINED
from integrationlint.dialects.jsonpath.automaton import CONTAINERS, Arrival, Automaton, Ending, Spot, State, built
from integrationlint.dialects.jsonpath.parse import parse
from integrationlint.dialects.jsonpath.steps import Expression, PathError

__all__ = ["Match", "PathError", "Selector", "compiled", "select"]

# The place of the parent, the key there, the value, and how the expressions came here.
_Place = tuple[Any, Any, Any, Arrival]


class Match(NamedTuple):
    """A match: the index of the selector; the path from the root; the value, for `~` the key, undefined at the root."""

    number: int
    path: tuple[str | int, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Selector:
    """A compiled expression."""

    text: str
    expression: Expression = field(compare=False)


@lru_cache(maxsize=4096)
def compiled(expression: str) -> Selector:
    """The selector of an expression. PathError when it cannot be read."""
    return Selector(expression, parse(expression))


def select(selectors: Sequence[Selector], root: Any) -> Iterator[Match]:
    """The matches of all selectors, each selector's in document order; a path that goes up again comes after others."""
    automaton, first = _automaton(tuple(selectors))
    seen: dict[int, State] = {}
    stack: list[_Place] = [(None, None, root, automaton.start(first))]
    while stack:
        further: dict[tuple[int, int], tuple[_Place, Spot]] = {}
        yield from _walk(stack, seen, further)
        stack = [(*place[:3], automaton.start(spot)) for place, spot in reversed(further.values())]


@lru_cache(maxsize=32)
def _automaton(selectors: tuple[Selector, ...]) -> tuple[Automaton, Spot]:
    return built(one.expression for one in selectors)


def _walk(
    stack: list[_Place], seen: dict[int, State], further: dict[tuple[int, int], tuple[_Place, Spot]]
) -> Iterator[Match]:
    """All places on the stack and below, in document order; what is seen is done for the spots of that state."""
    while stack:
        place = stack.pop()
        value, arrival = place[2], place[3]
        state = arrival.state
        kind = type(value)
        plain = kind is not dict or arrival.special.isdisjoint(value)
        if arrival.open or not (plain or not arrival.gates):
            state = arrival.passed(place)
        if state.containers:
            yield from _matches(place, state.containers if kind in CONTAINERS else state.ends, further)
        if kind not in CONTAINERS:
            continue
        before = seen.get(id(value))
        if before is None:
            seen[id(value)] = state
        else:
            state, seen[id(value)] = state.without(before), before.union(state)
        if kind is dict:
            stack += _members(place, state, plain=plain and state is arrival.state)
        else:
            stack += _items(place, state)


def _members(place: _Place, state: State, *, plain: bool) -> list[_Place]:
    """The members of an object that lead on, last first."""
    value, names, arrivals, usual = place[2], state.names, state.arrivals, state.usual()
    if arrivals.keyed:
        found = [(place, key, child, arrivals[key]) for key, child in value.items()]
    elif plain or names.isdisjoint(value):
        return _alike(place, usual, value.items())
    else:
        into = CONTAINERS if usual.live else ()
        scalars = usual.for_scalars
        found = [
            (place, key, child, arrivals[key] if key in names else usual)
            for key, child in value.items()
            if scalars or key in names or type(child) in into
        ]
    found.reverse()
    return found


def _items(place: _Place, state: State) -> list[_Place]:
    """The items of a list that lead on, last first."""
    value = place[2]
    if not state.indexed:
        return _alike(place, state.usual(), enumerate(value))
    found = []
    for index, child in enumerate(value):
        arrival = state.at_index(index, len(value)) if state.slices else state.arrivals[index]
        if arrival.live if type(child) in CONTAINERS else arrival.for_scalars:
            found.append((place, index, child, arrival))
    found.reverse()
    return found


def _alike(place: _Place, arrival: Arrival, children: Iterable[tuple[Any, Any]]) -> list[_Place]:
    """The children, last first, where no key makes a difference."""
    if not arrival.live:
        return []
    if arrival.for_scalars:
        found = [(place, key, child, arrival) for key, child in children]
    else:
        found = [(place, key, child, arrival) for key, child in children if type(child) in CONTAINERS]
    found.reverse()
    return found


def _matches(
    place: _Place, endings: tuple[Ending, ...], further: dict[tuple[int, int], tuple[_Place, Spot]]
) -> list[Match]:
    path = _path(place)
    found = []
    for number, up, keyed, following in endings:
        target: _Place | None = place
        for _ in range(up):
            target = target[0] if target is not None else None
        if target is None:
            continue
        if following is not None:
            further.setdefault((id(target), following.number), (target, following))
        else:
            found.append(Match(number, path[: len(path) - up], _key(target) if keyed else target[2]))
    return found


def _key(place: _Place) -> Any:
    return UNDEFINED if place[0] is None else place[1]


def _path(place: _Place) -> tuple[str | int, ...]:
    keys = []
    while place[0] is not None:
        keys.append(place[1])
        place = place[0]
    return tuple(reversed(keys))
