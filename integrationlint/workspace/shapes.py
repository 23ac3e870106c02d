"""What a shape holds once its references are followed: its end, its fields, the way along a path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from integrationlint.model.element import Element
from integrationlint.model.links import Edge

_LONGEST_CHAIN = 50
_LIBRARIES = ("schema-document", "api")


class Edges(Protocol):
    """The one thing that reading shapes needs of the links."""

    def edges(self, element: Element) -> tuple[Edge, ...]:
        """All resolved uses of one element."""
        ...


class Shapes:
    """Shapes over resolved references, each read once."""

    __slots__ = ("_ends", "_fields", "_links")

    def __init__(self, links: Edges) -> None:
        self._links = links
        self._ends: dict[int, Element] = {}
        self._fields: dict[int, dict[str, Element]] = {}

    def end(self, element: Element) -> Element:
        """The element at the end of a chain of references; the last one before a circle or a gap."""
        found = self._ends.get(id(element))
        if found is None:
            found = element
            for _ in range(_LONGEST_CHAIN):
                target = self._next(found)
                if target is None:
                    break
                found = target
            self._ends[id(element)] = found
        return found

    def _next(self, element: Element) -> Element | None:
        if element.kind in ("media", "parameter", "header"):
            inner = next(element.of("schema"), None)
            if inner is not None:
                return inner
        for edge in self._links.edges(element) if element.uses else ():
            if edge.use.role == "contains" and not edge.missing and edge.target is not element:
                return edge.target
        return None

    def fields(self, element: Element) -> Mapping[str, Element]:
        """The fields by name; those of the element itself come before inherited ones of the same name."""
        known = self._fields.get(id(element))
        if known is None:
            known = self._fields[id(element)] = {}
            if element.kind in _LIBRARIES:
                # A path into a whole file begins with what the file declares, elements before types.
                for one in sorted(element.of("type"), key=lambda one: one.facts.get("construct") != "element"):
                    known.setdefault(one.name, one)
                return known
            for holder in self._holders(element):
                for field in holder.of("field"):
                    known.setdefault(field.name, field)
        return known

    def _holders(self, element: Element) -> Iterator[Element]:
        """Every element whose fields a value of this shape may have: references, parts and extended types."""
        seen: set[int] = set()
        stack = [element]
        while stack:
            one = self.end(stack.pop())
            if id(one) in seen:
                continue
            seen.add(id(one))
            yield one
            stack.extend(
                part for part in one.children if part.kind == "variant" and part.facts.get("composition") != "not"
            )
            stack.extend(edge.target for edge in self._links.edges(one) if edge.use.role in ("extends", "contains"))

    def follow(self, start: Element, path: Sequence[str]) -> tuple[list[Element], int]:
        """The elements along a path of field names, arrays entered by themselves, and how many steps are left over."""
        trail = [start]
        steps = list(path)
        if steps and steps[0] == start.name and steps[0] not in self.fields(self.contents(start)):
            steps = steps[1:]
        for index, step in enumerate(steps):
            found = self.fields(self.contents(trail[-1])).get(step)
            if found is None:
                return trail, len(steps) - index
            trail.append(found)
        return trail, 0

    def contents(self, element: Element) -> Element:
        """The shape of one item when the element is an array, at any depth; else the shape itself."""
        one = self.end(element)
        for _ in range(_LONGEST_CHAIN):
            items = next((part for part in one.of("items") if part.name == ""), None)
            if items is None:
                return one
            one = self.end(items)
        return one
