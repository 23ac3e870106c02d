"""A workspace to a map of who uses whom: of documents, of elements, or of fields; all of it, or around an address."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from integrationlint.model.element import Element
from integrationlint.model.errors import UsageError, did_you_mean
from integrationlint.model.graph import Arc, Graph, Node
from integrationlint.model.links import Edge
from integrationlint.workspace.nodes import LEVELS, Level, node, standing
from integrationlint.workspace.reach import between, every, is_part, used, using
from integrationlint.workspace.workspace import Workspace

# Comparing with more names than these takes longer than looking the right one up.
_MOST_COMPARED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Question:
    """What the map is to show: what `start` uses, what uses `end`, the ways between them, or everything.

    Both are addresses, or paths of documents; `covers` narrows everything to what touches these files.
    """

    start: str = ""
    end: str = ""
    fields: bool = False
    covers: Callable[[str], bool] = lambda _path: True


class _Way(NamedTuple):
    """The edges between two nodes that are drawn as one arc."""

    source: Element
    target: Element
    role: str
    tier: str


@dataclass(slots=True)
class _Uses:
    """How many edges a way stands for, where the first is written, and whether all of them lead to parts."""

    pointer: str
    count: int = 0
    part: bool = True


_Ways = dict[_Way, _Uses]


def mapped(workspace: Workspace, question: Question) -> Graph:
    """The map that answers the question. UsageError for an address that nothing has."""
    start, end = (find(workspace, one) if one else None for one in (question.start, question.end))
    asked = tuple(one for one in (start, end) if one is not None)
    level = _level(question, asked)
    if level is LEVELS["documents"] and asked:
        ways = _narrowed(_ways(_all_uses(workspace), level, asked), start, end)
    else:
        ways = _needed(_ways(_edges(workspace, start, end), level, asked), asked)
    shown: dict[Element, None] = dict.fromkeys(asked)
    if not asked:
        shown.update(dict.fromkeys(_alone(workspace, level)))
        covered = {way for way in ways if question.covers(_file(way.source)) or question.covers(_file(way.target))}
        ways = {way: uses for way, uses in ways.items() if way in covered}
        shown = {one: None for one in shown if question.covers(_file(one))}
    for way in ways:
        shown |= {way.source: None, way.target: None}
    distances = _distances(ways, start, end, level)
    nodes = sorted(
        (replace(node(one, workspace, level), distance=distances.get(one)) for one in shown),
        key=lambda one: (one.location.path, one.location.span, one.address),
    )
    unresolved = 0 if asked else _unresolved(workspace, question.covers)
    return Graph(tuple(nodes), _arcs(ways, nodes), _title(start, end, level), unresolved, workspace.info)


def find(workspace: Workspace, address: str) -> Element:
    """The element of an address, or of the path of a document. UsageError, with what was perhaps meant, for neither."""
    found = workspace.find(address) or workspace.find(f"{address}#")
    if found is not None:
        return found
    file, _, name = address.partition("#")
    if file in workspace.loaded:
        kind = name.partition(":")[0]
        names = [one.address.partition("#")[2] for one in workspace.loaded[file].root.walk()]
        alike = [one for one in names if one.startswith(kind)] or names
        close = did_you_mean(name, alike[:_MOST_COMPARED]).replace("'", f"'{file}#", 1)
        raise UsageError(f"{file} has no element '{name}'{close}")
    hint = did_you_mean(file, list(workspace.loaded)[:_MOST_COMPARED])
    raise UsageError(f"nothing has the address '{address}': no such file was read{hint}")


def _level(question: Question, asked: tuple[Element, ...]) -> Level:
    if question.fields:
        return LEVELS["fields"]
    return LEVELS["documents" if all(one.parent is None for one in asked) else "elements"]


def _edges(workspace: Workspace, start: Element | None, end: Element | None) -> Iterable[Edge]:
    if start is not None and end is not None:
        return between(workspace, start, end)
    if start is not None:
        return used(workspace, start)
    return using(workspace, end) if end is not None else every(workspace, workspace.roots())


def _all_uses(workspace: Workspace) -> Iterator[Edge]:
    return (edge for edge in every(workspace, workspace.roots()) if not is_part(edge))


def _ways(edges: Iterable[Edge], level: Level, asked: tuple[Element, ...]) -> _Ways:
    """The edges between the elements that are shown, those of all that stand behind one of them together."""
    found: _Ways = {}
    shown: dict[Element, Element] = {one: one for one in asked if level is not LEVELS["documents"]}
    for edge in edges:
        source, target = standing(edge.source, level, shown), standing(edge.target, level, shown)
        if source is not target:
            way = _Way(source, target, edge.use.role, edge.use.tier)
            uses = found.setdefault(way, _Uses(edge.use.pointer))
            part = is_part(edge)
            if uses.part and not part:
                uses.part, uses.pointer, uses.count = False, edge.use.pointer, 0
            uses.count += part is uses.part
    return found


def _needed(ways: _Ways, asked: tuple[Element, ...]) -> _Ways:
    """The ways without those to parts that neither use anything nor are used."""
    wholes: dict[Element, list[_Way]] = {}
    kept = dict.fromkeys(asked)
    for way, uses in ways.items():
        if uses.part:
            wholes.setdefault(way.target, []).append(way)
        else:
            kept |= {way.source: None, way.target: None}
    chosen = {way for way, uses in ways.items() if not uses.part}
    waiting = list(kept)
    for one in waiting:
        for way in wholes.get(one, ()):
            chosen.add(way)
            if way.source not in kept:
                kept[way.source] = None
                waiting.append(way.source)
    return {way: uses for way, uses in ways.items() if way in chosen}


def _narrowed(ways: _Ways, start: Element | None, end: Element | None) -> _Ways:
    """The ways between documents that begin at one of them, end at one, or both."""
    if start is not None:
        near = _reached(ways, start, forwards=True)
        ways = {way: uses for way, uses in ways.items() if way.source in near}
    if end is not None:
        near = _reached(ways, end, forwards=False)
        ways = {way: uses for way, uses in ways.items() if way.target in near}
    return ways


def _reached(ways: Iterable[_Way], *starts: Element, forwards: bool) -> dict[Element, int]:
    """All that can be reached over the ways, and how far away it is."""
    neighbours: dict[Element, list[Element]] = {}
    for way in ways:
        here, there = (way.source, way.target) if forwards else (way.target, way.source)
        neighbours.setdefault(here, []).append(there)
    found = dict.fromkeys(starts, 0)
    waiting = deque(starts)
    while waiting:
        here = waiting.popleft()
        for there in neighbours.get(here, ()):
            if there not in found:
                found[there] = found[here] + 1
                waiting.append(there)
    return found


def _distances(ways: _Ways, start: Element | None, end: Element | None, level: Level) -> dict[Element, int]:
    first = start if start is not None else end
    if first is None:
        return {}
    inside = {one: one for one in (first,)}
    shown = {one for way in ways for one in (way.source, way.target)}
    # Whatever is a part of it is as near as the whole.
    parts = [one for one in shown if one is not first and level is not LEVELS["documents"] and _within(one, first)]
    return _reached(ways, *inside, *parts, forwards=start is not None)


def _within(element: Element, holder: Element) -> bool:
    above = element.parent
    while above is not None and above is not holder:
        above = above.parent
    return above is holder


def _alone(workspace: Workspace, level: Level) -> Iterator[Element]:
    """The documents and consumers that are shown even when they use nothing and nobody uses them."""
    if level is LEVELS["documents"]:
        yield from (one.root for one in workspace.loaded.values() if one.match is not None)
    yield from workspace.elements("consumer")


def _arcs(ways: _Ways, nodes: list[Node]) -> tuple[Arc, ...]:
    place = {one.address: number for number, one in enumerate(nodes)}
    arcs = (
        Arc(way.source.address, way.target.address, way.role, way.tier, uses.pointer, uses.count)
        for way, uses in ways.items()
    )
    return tuple(sorted(arcs, key=lambda one: (place[one.source], place[one.target], one.role, one.tier)))


def _title(start: Element | None, end: Element | None, level: Level) -> str:
    if start is not None and end is not None:
        return f"How {start.address} uses {end.address}"
    if start is not None:
        return f"What {start.address} uses"
    if end is not None:
        return f"What uses {end.address}"
    return "Who uses whom, by field" if level is LEVELS["fields"] else "Who uses whom"


def _unresolved(workspace: Workspace, covers: Callable[[str], bool]) -> int:
    """The places that name something which no file has; where one of several readings leads somewhere, it counts."""
    found = 0
    for root in workspace.roots():
        if covers(root.document.path):
            for element in root.walk():
                if element.uses:
                    led = {edge.use.pointer for edge in workspace.edges(element)}
                    found += len({use.pointer for use in element.uses} - led)
    return found


def _file(element: Element) -> str:
    return element.document.path
