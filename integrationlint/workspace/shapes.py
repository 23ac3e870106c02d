"""What a shape holds once its references are followed: its end, its fields, the way along a path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from integrationlint.model.element import Element
from integrationlint.model.links import Edge

_LONGEST_CHAIN: Final = 50
# Thousands of types that all extend one large type would otherwise hold its fields thousands of times.
_MOST_REMEMBERED: Final = 1_000_000
# Roots whose fields are the types that they declare.
LIBRARIES: Final = ("schema-document", "api", "document")
_GROUPS: Final = ("group", "attributeGroup")
_INCLUSIONS: Final = ("include", "redefine", "override")


class Edges(Protocol):
    """The one thing that reading shapes needs of the links."""

    def edges(self, element: Element) -> tuple[Edge, ...]:
        """All resolved uses of one element."""
        ...


class Shapes:
    """Shapes over resolved references, each read once."""

    __slots__ = ("_contents", "_ends", "_fields", "_included", "_links", "_remembered")

    def __init__(self, links: Edges) -> None:
        self._links = links
        self._ends: dict[int, Element] = {}
        self._contents: dict[int, Element] = {}
        self._fields: dict[int, dict[str, Element]] = {}
        self._included: dict[int, dict[Element, None]] = {}
        self._remembered = 0

    def end(self, element: Element) -> Element:
        """The element at the end of a chain of references; the last one before a circle or a gap."""
        found = self._ends.get(id(element))
        if found is None:
            found, seen = element, {id(element)}
            while (target := self._next(found)) is not None and id(target) not in seen:
                found = target
                seen.add(id(found))
            self._ends[id(element)] = found
        return found

    def _next(self, element: Element) -> Element | None:
        if element.kind in ("media", "parameter", "header"):
            inner = next(element.of("schema"), None)
            if inner is not None:
                return inner
        for edge in self._links.edges(element) if element.uses else ():
            # A group is a part of what refers to it, not what it is.
            if edge.use.role == "contains" and not edge.missing and edge.target.facts.get("construct") not in _GROUPS:
                return edge.target
        return None

    def fields(self, element: Element) -> Mapping[str, Element]:
        """The fields by name; those of the element itself come before inherited ones of the same name.

        Those of a whole file are what it declares, elements before types.
        """
        known = self._fields.get(id(element))
        if known is None:
            known = self._fields[id(element)] = self._read_fields(element)
            self._remembered += len(known)
            if self._remembered > _MOST_REMEMBERED:
                self._fields.clear()
                self._remembered = 0
        return known

    def _read_fields(self, element: Element) -> dict[str, Element]:
        known: dict[str, Element] = {}
        if element.kind in LIBRARIES:
            declared = [one for root in self.included(element) for one in root.of("type")]
            for one in sorted(declared, key=lambda one: one.facts.get("construct") != "element"):
                known.setdefault(one.name, one)
            return known
        for holder in self._holders(element):
            for field in holder.of("field"):
                known.setdefault(field.name, field)
        return known

    def included(self, root: Element) -> dict[Element, None]:
        """The root of a schema document and those of all that it includes or redefines, itself first."""
        known = self._included.get(id(root))
        if known is None:
            known = self._included[id(root)] = {root: None}
            waiting = [root]
            for one in waiting:
                for inclusion in one.of("import"):
                    if inclusion.facts.get("construct") in _INCLUSIONS:
                        new = [edge.target for edge in self._links.edges(inclusion) if edge.target not in known]
                        known |= dict.fromkeys(new)
                        waiting += new
        return known

    def _holders(self, element: Element) -> Iterator[Element]:
        """Every element whose fields a value of this shape may have: references, parts and extended types."""
        seen: set[int] = set()
        stack = [element]
        while stack:
            one = stack.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            yield one
            edges = self._links.edges(one) if one.uses else ()
            parts = [edge.target for edge in edges if edge.use.role in ("extends", "contains") and not edge.missing]
            if one.kind in ("media", "parameter", "header"):
                parts += one.of("schema")
            parts += [part for part in one.of("variant") if part.facts.get("composition") != "not"]
            stack.extend(reversed(parts))

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
        known = self._contents.get(id(element))
        if known is None:
            known = self._contents[id(element)] = self._read_contents(element)
        return known

    def _read_contents(self, element: Element) -> Element:
        one = self.end(element)
        for _ in range(_LONGEST_CHAIN):
            items = next((part for part in one.of("items") if part.name == ""), None)
            if items is None:
                return one
            one = self.end(items)
        return one
