"""Where the boxes of a drawing stand: layers from left to right by the longest path, neighbours near each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_SWEEPS: Final = 4
# Long edges bend around boxes as long as that takes no more points than these; then they are drawn straight.
_MOST_BENDS: Final = 20_000

Pair = tuple[int, int]


@dataclass(slots=True)
class Layers:
    """The places of `size` boxes and of the bends of long edges, which are numbered behind them.

    `order` lists what stands in each layer, from the top. `routes` are the places that each edge passes, both ends
    included, from left to right; `turned` are the edges that run from right to left, because they close a circle.
    """

    size: int
    layer: list[int]
    order: list[list[int]] = field(default_factory=list)
    routes: list[tuple[int, ...]] = field(default_factory=list)
    turned: frozenset[int] = frozenset()
    before: list[list[int]] = field(default_factory=list)
    after: list[list[int]] = field(default_factory=list)


def layered(groups: Sequence[int], edges: Sequence[Pair]) -> Layers:
    """Layers for boxes 0…n-1, given the group of each, and the edges between them: users left of what they use."""
    size = len(groups)
    turned = _closing(size, edges)
    forward = [(end, start) if number in turned else (start, end) for number, (start, end) in enumerate(edges)]
    found = Layers(size, _longest(size, forward), turned=turned)
    _route(found, forward)
    _sort(found, groups)
    return found


def _neighbours(size: int, edges: Sequence[Pair]) -> list[list[int]]:
    """The numbers of the edges that leave each box."""
    leaving: list[list[int]] = [[] for _ in range(size)]
    for number, (start, _) in enumerate(edges):
        leaving[start].append(number)
    return leaving


def _closing(size: int, edges: Sequence[Pair]) -> frozenset[int]:
    """The edges without which there is no circle: in each knot of circles, those that lead back to its entrance."""
    ahead, back = _ties(size, edges)
    knot = _knots(ahead, back)
    place = [-1] * size
    entered = [one for one in range(size) if any(knot[other] != knot[one] for other in back[one])]
    number = 0
    for first in (*entered, *range(size)):
        if place[first] >= 0:
            continue
        # Breadth first, so that a knot takes as few layers as it can.
        waiting, place[first] = [first], number
        for here in waiting:
            for there in ahead[here]:
                if knot[there] == knot[here] and place[there] < 0:
                    number += 1
                    place[there] = number
                    waiting.append(there)
        number += 1
    inner = ((number, start, end) for number, (start, end) in enumerate(edges) if knot[start] == knot[end])
    return frozenset(number for number, start, end in inner if place[end] < place[start])


def _ties(size: int, edges: Sequence[Pair]) -> tuple[list[list[int]], list[list[int]]]:
    ahead: list[list[int]] = [[] for _ in range(size)]
    back: list[list[int]] = [[] for _ in range(size)]
    for start, end in edges:
        ahead[start].append(end)
        back[end].append(start)
    return ahead, back


def _knots(ahead: list[list[int]], back: list[list[int]]) -> list[int]:
    """For each box the knot of circles that it is in: those from which each can be reached from each (Kosaraju)."""
    finished: list[int] = []
    seen = [False] * len(ahead)
    for first in range(len(ahead)):
        way = [] if seen[first] else [(first, iter(ahead[first]))]
        seen[first] = True
        while way:
            here, left = way[-1]
            there = next((one for one in left if not seen[one]), None)
            if there is None:
                finished.append(here)
                way.pop()
            else:
                seen[there] = True
                way.append((there, iter(ahead[there])))
    knot = [-1] * len(ahead)
    for first in reversed(finished):
        if knot[first] >= 0:
            continue
        knot[first] = first
        waiting = [first]
        for here in waiting:
            new = [one for one in back[here] if knot[one] < 0]
            for one in new:
                knot[one] = first
            waiting += new
    return knot


def _longest(size: int, edges: Sequence[Pair]) -> list[int]:
    """The length of the longest way to each box; what nobody uses stands just before the nearest thing it uses."""
    leaving = _neighbours(size, edges)
    missing = [0] * size
    for _, end in edges:
        missing[end] += 1
    first = [one for one in range(size) if not missing[one]]
    layer, waiting = [0] * size, list(first)
    for here in waiting:
        for number in leaving[here]:
            there = edges[number][1]
            layer[there] = max(layer[there], layer[here] + 1)
            missing[there] -= 1
            if not missing[there]:
                waiting.append(there)
    for one in first:
        layer[one] = min((layer[edges[number][1]] for number in leaving[one]), default=1) - 1
    return layer


def _route(found: Layers, edges: Sequence[Pair]) -> None:
    """The places that each edge passes: a bend in every layer between its ends."""
    layer = found.layer
    bends = sum(layer[end] - layer[start] - 1 for start, end in edges)
    for start, end in edges:
        between = range(layer[start] + 1, layer[end]) if bends <= _MOST_BENDS else range(0)
        first = len(layer)
        layer.extend(between)
        found.routes.append((start, *range(first, len(layer)), end))
    found.before = [[] for _ in layer]
    found.after = [[] for _ in layer]
    for route in found.routes:
        for left, right in pairwise(route):
            found.after[left].append(right)
            found.before[right].append(left)


def _sort(found: Layers, groups: Sequence[int]) -> None:
    """Each layer by the mean place of what its members are tied to, to and fro; groups stay together."""
    found.order = [[] for _ in range(max(found.layer, default=-1) + 1)]
    for one, number in enumerate(found.layer):
        found.order[number].append(one)
    group = [*groups, *range(-1, found.size - len(found.layer) - 1, -1)]
    place = [0.0] * len(found.layer)
    for layer in found.order:
        # What is alike begins together, whatever comes first in the files.
        layer.sort(key=lambda one: (group[one] < 0, group[one], one))
        _number(layer, place)
    for sweep in range(2 * _SWEEPS):
        tied = found.after if sweep % 2 else found.before
        for layer in reversed(found.order) if sweep % 2 else found.order:
            _arrange(layer, tied, place, group)


def _arrange(layer: list[int], tied: list[list[int]], place: list[float], group: Sequence[int]) -> None:
    wish = {one: mean([place[other] for other in tied[one]], place[one]) for one in layer}
    together: dict[int, list[float]] = {}
    for one in layer:
        together.setdefault(group[one], []).append(wish[one])
    middle = {name: mean(wishes, 0.0) for name, wishes in together.items()}
    layer.sort(key=lambda one: (middle[group[one]], group[one], wish[one], place[one]))
    _number(layer, place)


def _number(layer: list[int], place: list[float]) -> None:
    # From 0 to 1, so that short and long layers are compared by their shape.
    for number, one in enumerate(layer):
        place[one] = (number + 0.5) / len(layer)


def mean(values: Sequence[float], default: float) -> float:
    """The mean, or the default of nothing."""
    return sum(values) / len(values) if values else default


def spread(wishes: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The places nearest to the wishes that keep their order and the gaps between neighbours.

    Least squares by pooling neighbours that violate it (Barlow and Brunk 1972), in linear time; `gaps[n]` is between
    n-1 and n.
    """
    offset, shifts = 0.0, []
    pools: list[tuple[float, int]] = []
    for wish, gap in zip(wishes, gaps, strict=True):
        offset += gap
        shifts.append(offset)
        total, count = wish - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            above, many = pools.pop()
            total, count = total + above, count + many
        pools.append((total, count))
    settled = [total / count for total, count in pools for _ in range(count)]
    return [one + shift for one, shift in zip(settled, shifts, strict=True)]
