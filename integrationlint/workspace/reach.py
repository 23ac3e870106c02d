"""Along the uses: what an element depends on, and what depends on it, as diff/impact.py follows them."""

from collections.abc import Iterable, Iterator
from typing import Final

from integrationlint.model.element import Element, Use
from integrationlint.model.graph import PART
from integrationlint.model.links import Edge, Links

# Roots of files: what is declared side by side in one file is not a part of one thing.
TOPS: Final = ("api", "document", "schema-document")
_STRUCTURE: Final = ("contains", "extends")


def every(links: Links, roots: Iterable[Element]) -> Iterator[Edge]:
    """All uses, and what all elements are parts of."""
    for root in roots:
        for element in root.walk():
            yield from links.edges(element) if element.uses else ()
            yield from _parts(element)


def used(links: Links, start: Element) -> list[Edge]:
    """The edges from an element and its parts to all that they use, transitively, nearest first.

    What a mapping joins is reached, but not its fields: the lines of the mapping say which of them it uses.
    """
    found: list[Edge] = []
    waiting = _whole(start)
    reached = set(map(id, waiting))
    for element in waiting:
        for edge in (*(links.edges(element) if element.uses else ()), *_parts(element)):
            found.append(edge)
            if id(edge.target) not in reached and not _joins(edge):
                reached.add(id(edge.target))
                waiting.append(edge.target)
    return found


def using(links: Links, start: Element) -> list[Edge]:
    """The edges from all that depends on an element or its parts, transitively, nearest first."""
    found: list[Edge] = []
    waiting = _whole(start)
    whole = frozenset(map(id, waiting))
    reached = set(whole)
    for element in waiting:
        for edge in (*_users(links, element, whole), *_holders(element)):
            found.append(edge)
            if id(edge.source) not in reached:
                reached.add(id(edge.source))
                waiting.append(edge.source)
    return found


def between(links: Links, start: Element, end: Element) -> list[Edge]:
    """The edges on the ways from an element to another one that it uses."""
    reached = {id(one) for edge in used(links, start) for one in (edge.source, edge.target)}
    reached.update(map(id, _whole(start)))
    return [edge for edge in using(links, end) if id(edge.source) in reached]


def is_part(edge: Edge) -> bool:
    """Whether the edge is no use, but leads from a whole to its part."""
    return not edge.use.key


def _part(holder: Element, part: Element) -> Edge:
    return Edge(holder, part, Use(PART, "", pointer=part.pointer))


def _whole(start: Element) -> list[Element]:
    return list(start.walk())


def _joins(edge: Edge) -> bool:
    return edge.source.kind == "mapping" and edge.use.role in _STRUCTURE and not is_part(edge)


def _users(links: Links, element: Element, whole: frozenset[int]) -> Iterator[Edge]:
    """The uses of an element; those that pass it on their way to a field count where it is part of the start."""
    for edge in links.users(element):
        if edge.target is element:
            if not _joins(edge) or id(element) in whole:
                yield edge
        elif id(element) in whole and id(edge.target) not in whole:
            last = next(one for one in reversed(edge.through) if id(one) in whole)
            if last is element:
                yield Edge(edge.source, element, edge.use)


def _holders(element: Element) -> Iterator[Edge]:
    if element.kind == "path":
        yield from (_part(operation, element) for operation in element.of("operation"))
    # Scopes within a flow add nothing: what befalls a step befalls its flow.
    holder = element.above("flow") if element.kind == "step" else element.parent
    if holder is not None and (element.kind == "step" or _belongs(element, holder)):
        yield _part(holder, element)


def _parts(element: Element) -> Iterator[Edge]:
    """The other way round: what belongs to an element; what stands beside an operation in its path counts for it."""
    if element.kind == "flow":
        yield from (_part(element, one) for one in element.walk() if one.kind == "step")
    elif element.kind == "operation" and element.parent is not None and element.parent.kind == "path":
        yield _part(element, element.parent)
    yield from (_part(element, one) for one in element.children if one.kind != "step" and _belongs(one, element))


def _belongs(element: Element, holder: Element) -> bool:
    if element.kind == "operation":
        return holder.kind == "callback"
    return element.kind != "type" and holder.kind not in TOPS
