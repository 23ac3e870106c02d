"""A map as a drawing: boxes, frames and lines with their places, which `templates/drawing.html.j2` writes as SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final
from unicodedata import combining, east_asian_width

from integrationlint.model.graph import Graph, Node
from integrationlint.report.graph_view import Arrow, arrows, shown, summary, words
from integrationlint.report.layers import Layers, layered, mean, spread

# In pixels of the drawing, one of which is one on the screen.
_HEIGHT: Final = 42
_BEND: Final = 10
_NEAR: Final = 10
_CAPTION: Final = 22
_INSET: Final = 10
_COLUMN: Final = 124
_MARGIN: Final = 16
_NARROWEST: Final = 110
_SWEEPS: Final = 8
_MOST_LETTERS: Final = 40
# More roles than these, written beside their lines, hide each other.
_MOST_LABELS: Final = 60
# A role is written two fifths along its line, where the lines of one box are not yet together again.
_ALONG: Final = 0.424
_DOWN: Final = 0.352
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]{}/ -")
_WIDE: Final = frozenset("mwMWGOQ@%")


@dataclass(frozen=True, slots=True)
class Box:
    """A node: the corner at the upper left, the width, two lines of text, and the whole address."""

    x: float
    y: float
    width: float
    name: str
    detail: str
    family: str
    title: str
    first: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands in one group, beneath each other."""

    x: float
    y: float
    width: float
    height: float
    caption: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow: the `d` of a path, in the direction of reading; `turned` has its head at the beginning."""

    path: str
    label: str
    x: float
    y: float
    dashed: bool
    turned: bool
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All there is to draw; `alone` are the nodes without an edge, for which there is no box."""

    width: float
    height: float
    title: str
    summary: str
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]
    families: tuple[str, ...]
    alone: tuple[Node, ...]
    box_height: int = _HEIGHT


@dataclass(slots=True)
class _Plan:
    """The nodes that are drawn, where the layers put them, and the middle of each place, bends included."""

    nodes: list[Node]
    layers: Layers
    group: list[str]
    left: list[float]
    width: list[float]
    y: list[float]


def drawing(graph: Graph) -> Drawing:
    """The map in layers from left to right: users before what they use."""
    lines = arrows(graph)
    tied = {one.address for arrow in lines for one in (arrow.source, arrow.target)}
    begins = {one.address for one in graph.nodes if one.distance == 0}
    nodes = [one for one in graph.nodes if one.address in tied or one.address in begins]
    plan = _plan(nodes, lines)
    boxes = tuple(_box(plan, number, begins) for number in range(len(nodes)))
    frames = tuple(_frames(plan))
    bottom = max((one.y + one.height for one in frames), default=0.0)
    right = max((one.x + one.width for one in frames), default=0.0)
    return Drawing(
        round(right + _MARGIN, 1),
        round(max([bottom, *plan.y]) + _MARGIN, 1) if nodes else _MARGIN,
        shown(graph.title),
        summary(graph),
        boxes,
        frames,
        tuple(_lines(plan, lines)),
        tuple(dict.fromkeys(one.family for one in sorted(nodes, key=lambda one: one.family))),
        tuple(one for one in graph.nodes if one.address not in tied and one.address not in begins),
    )


def _plan(nodes: list[Node], lines: list[Arrow]) -> _Plan:
    number = {one.address: index for index, one in enumerate(nodes)}
    names = {name: index for index, name in enumerate(dict.fromkeys(one.group for one in nodes))}
    edges = [(number[one.source.address], number[one.target.address]) for one in lines]
    layers = layered([names[one.group] for one in nodes], edges)
    group = [one.group for one in nodes] + [""] * (len(layers.layer) - len(nodes))
    widths = [max(_NARROWEST, *map(_wide, _said(one))) for one in nodes]
    columns = [max((widths[one] for one in layer if one < len(nodes)), default=0.0) for layer in layers.order]
    left, at = [], float(_MARGIN + _INSET)
    for width in columns:
        left.append(at)
        at += width + _COLUMN
    return _Plan(nodes, layers, group, left, columns, _heights(layers, group, len(nodes)))


def _said(node: Node) -> tuple[str, str]:
    name, detail = words(node)
    return shown(name, _MOST_LETTERS), shown(detail, _MOST_LETTERS + 8)


def _wide(text: str) -> float:
    """About how wide a text is in the bold letters of a name, with the space around it."""
    return 24 + sum(_letter(char) for char in text)


def _letter(char: str) -> float:
    # Those of the widest of the usual fonts, so that no text leaves its box.
    if char in _NARROW:
        return 5.6
    if combining(char):
        return 0
    return 14 if east_asian_width(char) in "WF" else 13 if char in _WIDE else 10.2 if char.isupper() else 8.8


def _heights(layers: Layers, group: list[str], size: int) -> list[float]:
    """The middle of each place: near what it is tied to, in the order of its layer, and clear of its neighbours."""
    half = [_HEIGHT / 2 if one < size else _BEND / 2 for one in range(len(layers.layer))]

    def gap(above: int, below: int) -> float:
        between = half[above] + half[below] + _NEAR
        if group[above] == group[below]:
            return between
        return between + _INSET + (_CAPTION if below < size else 0)

    gaps = [[0.0, *(gap(*pair) for pair in pairwise(layer))] for layer in layers.order]
    y = [0.0] * len(layers.layer)
    for layer, between in zip(layers.order, gaps, strict=True):
        _settle(layer, spread([0.0] * len(layer), between), y)
    for sweep in range(_SWEEPS):
        steps = list(zip(layers.order, gaps, strict=True))
        for layer, between in reversed(steps) if sweep % 2 else steps:
            # A bend holds its line straight, a box goes where its lines are.
            wishes = [mean([y[other] for other in (*layers.before[one], *layers.after[one])], y[one]) for one in layer]
            _settle(layer, spread(wishes, between), y)
    tops = [one - half[place] - (_CAPTION if place < size else 0) for place, one in enumerate(y)]
    top = min(tops, default=0.0) - _MARGIN
    return [one - top for one in y]


def _settle(layer: Sequence[int], places: Sequence[float], y: list[float]) -> None:
    for one, place in zip(layer, places, strict=True):
        y[one] = place


def _box(plan: _Plan, number: int, begins: set[str]) -> Box:
    node = plan.nodes[number]
    layer = plan.layers.layer[number]
    name, detail = _said(node)
    x, y = plan.left[layer], plan.y[number] - _HEIGHT / 2
    return Box(
        round(x, 1),
        round(y, 1),
        round(plan.width[layer], 1),
        name,
        detail,
        node.family,
        shown(node.address),
        node.address in begins,
    )


def _frames(plan: _Plan) -> Iterator[Frame]:
    for layer, members in enumerate(plan.layers.order):
        for group, ones in groupby(members, key=lambda one: plan.group[one]):
            if group:
                inside = [plan.y[one] for one in ones]
                top = inside[0] - _HEIGHT / 2 - _CAPTION
                height = inside[-1] + _HEIGHT / 2 + _INSET - top
                x, width = plan.left[layer] - _INSET, plan.width[layer] + 2 * _INSET
                caption = _from_the_end(shown(group), int(width / 7))
                yield Frame(round(x, 1), round(top, 1), round(width, 1), round(height, 1), caption, shown(group))


def _from_the_end(path: str, width: int) -> str:
    """What tells paths apart is at their end."""
    return path if len(path) <= width else f"…{path[1 - width :]}"


def _lines(plan: _Plan, lines: list[Arrow]) -> Iterator[Line]:
    labelled = len(lines) <= _MOST_LABELS
    for number, (arrow, route) in enumerate(zip(lines, plan.layers.routes, strict=True)):
        points = list(_points(plan, route))
        (x, y), (to_x, to_y) = points[0], points[1]
        certainty = ", ".join(dict.fromkeys(one.tier for one in arrow.arcs))
        title = f"{arrow.source.address} {arrow.label} {arrow.target.address} ({certainty})"
        yield Line(
            _curve(points),
            arrow.label if labelled else "",
            round(x + _ALONG * (to_x - x), 1),
            round(y + _DOWN * (to_y - y), 1),
            arrow.guessed,
            number in plan.layers.turned,
            shown(title, 1_000),
        )


def _points(plan: _Plan, route: tuple[int, ...]) -> Iterator[tuple[float, float]]:
    """From the right side of the first box, straight through the columns on the way, to the left side of the last."""
    for place, one in enumerate(route):
        layer, y = plan.layers.layer[one], plan.y[one]
        left = plan.left[layer]
        if place:
            yield left - (2 if place == len(route) - 1 else 0), y
        if place < len(route) - 1:
            yield left + plan.width[layer], y


def _curve(points: Sequence[tuple[float, float]]) -> str:
    said = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        if number % 2:
            said.append(f"L{to_x:.1f} {to_y:.1f}")
        else:
            middle = (x + to_x) / 2
            said.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
    return " ".join(said)
