"""Whether those who write a message already fill what is now demanded of them, by the fields that they write."""

from collections.abc import Iterable

from integrationlint.model.element import Element
from integrationlint.model.links import Edge, Links


def written(links: Links, sources: Iterable[Element]) -> list[Edge]:
    """The uses by which fields and parameters are written."""
    return [edge for source in sources for edge in links.edges(source) if edge.use.role == "writes"]


def is_missed(links: Links, edges: list[Edge], wanted: Element, changed: frozenset[int]) -> bool:
    """Whether a demanded element is missed by whoever writes by these edges: what it leaves out is a part of it."""
    if any(id(one.target) in changed or wanted in (one.target, *one.through) for one in edges):
        return False
    if wanted.kind in ("parameter", "request"):
        return True
    # What is demanded of a part that is left out is not demanded of the whole.
    parts = {id(part): part for one in edges for part in one.through}
    return any(_has(links, part, wanted) for part in parts.values())


def _has(links: Links, part: Element, wanted: Element) -> bool:
    """Whether a field is one of a part's own, or of its items'."""
    seen: set[int] = set()
    shape: Element | None = links.shape(part)
    while shape is not None and id(shape) not in seen:
        seen.add(id(shape))
        if any(one is wanted for one in links.fields(shape).values()):
            return True
        items = next((one for one in shape.of("items") if not one.name), None)
        shape = links.shape(items) if items is not None else None
    return False
