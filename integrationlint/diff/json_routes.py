"""The ways from a message in JSON to a shape inside it."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from integrationlint.diff.json_texts import matching_text
from integrationlint.model.element import Element
from integrationlint.model.links import Links

Path = tuple[str | int, ...]
_SHAPES: Final = ("field", "type", "schema", "items", "variant")
_OPEN: Final = ("additionalProperties", "unevaluatedProperties")
_MOST_SEEN: Final = 3_000
# A name that nobody declares.
UNDECLARED: Final = "extra"


@dataclass(frozen=True, slots=True)
class Route:
    """From the schema of a message through its parts to a shape, and the place of its value in the message."""

    through: tuple[Element, ...]
    path: Path

    @property
    def root(self) -> Element:
        """The schema of the message."""
        return self.through[0]


def routes(element: Element, roots: Collection[int], links: Links) -> Iterator[Route]:
    """The ways to a shape, the shortest first; `roots` are the identities of the schemas at which messages begin."""
    waiting = deque([Route((element,), ())])
    seen = {id(element)}
    while waiting and len(seen) < _MOST_SEEN:
        route = waiting.popleft()
        if id(route.root) in roots:
            yield route
        for above, step in _above(route.root, links):
            if id(above) not in seen:
                seen.add(id(above))
                waiting.append(Route((above, *route.through), (*step, *route.path)))


def _above(element: Element, links: Links) -> Iterator[tuple[Element, Path]]:
    """What holds a shape, or refers to it, and the step that leads from there into the value."""
    parent = element.parent
    if parent is not None and parent.kind in _SHAPES and element.kind in ("field", "items", "variant"):
        yield parent, _step(element, parent)
    for edge in links.users(element):
        if edge.source.kind in _SHAPES and edge.use.role in ("contains", "extends") and not edge.use.path:
            yield edge.source, ()


def _step(element: Element, parent: Element) -> Path:
    if element.kind == "field":
        return (element.name,)
    if element.kind == "variant":
        return ()
    construct = element.facts.get("construct")
    if construct == "patternProperties":
        return (matching_text(element.name) or UNDECLARED,)
    if construct in _OPEN:
        return (UNDECLARED,)
    if element.name.isdecimal():
        return (int(element.name),)
    return (0 if element.name == "contains" else sum(one.name.isdecimal() for one in parent.of("items")),)
