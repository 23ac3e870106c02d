"""The two sides of a mapping line as elements of their schemas, and what a place in a schema may hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from integrationlint.checks.effective import contents, fact, is_array, items_of
from integrationlint.model.element import Element, Use
from integrationlint.model.links import Edge, Links

Role = Literal["reads", "writes"]
_SCALARS: Final = frozenset(["string", "number", "integer", "boolean"])
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path of a line ends in its schema; the last `missing` steps of it could not be followed."""

    line: Element
    edge: Edge

    @property
    def use(self) -> Use:
        """The path as it is written."""
        return self.edge.use

    @property
    def trail(self) -> tuple[Element, ...]:
        """The elements from the schema to the end of the path."""
        return (*self.edge.through, self.edge.target)

    @property
    def root(self) -> Element:
        """The schema that the path begins in."""
        return self.trail[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields on the way."""
        return tuple(one.name for one in self.trail[1:])

    @property
    def found(self) -> bool:
        """Whether the whole path could be followed, to a field."""
        return not self.edge.missing and len(self.trail) > 1


def stated(line: Element, role: Role, links: Links) -> list[Place]:
    """The places that a line names as its sources or its target, where it is known which schema is meant.

    What only its expression or condition names is left out.
    """
    uses = [use for use in line.uses if use.role == role and not use.key.startswith("file:")]
    if role == "reads":
        sources = line.facts.get("sources")
        uses = uses[: len(sources) if isinstance(sources, tuple) else 0]
    wanted = {id(use) for use in uses}
    found: dict[int, list[Edge]] = {}
    for edge in links.edges(line) if wanted else ():
        if id(edge.use) in wanted:
            found.setdefault(id(edge.use), []).append(edge)
    return [Place(line, edges[0]) for edges in found.values() if len(edges) == 1]


def read_anywhere(line: Element, links: Links) -> Iterator[Place]:
    """Every place that a line reads, in its expression and condition as well."""
    for edge in links.edges(line) if line.uses else ():
        if edge.use.role == "reads" and not edge.missing and not edge.use.key.startswith("file:"):
            yield Place(line, edge)


def lines(mapping: Element) -> Iterator[Element]:
    """The lines of a mapping that map something: those that leave a field out on purpose do not."""
    return (one for one in mapping.of("line") if one.facts.get("operation") != "ignore")


def only(line: Element, role: Role, links: Links) -> Place | None:
    """The one place of a side; None when there are several, or it is not known."""
    found = stated(line, role, links)
    return found[0] if len(found) == 1 and found[0].found else None


def target_pointer(line: Element) -> str | None:
    """Where the target of a line is written; None for the line itself."""
    return next((use.pointer for use in line.uses if use.role == "writes" and use.pointer), None)


def holders(element: Element, links: Links) -> Iterator[tuple[Element, bool]]:
    """Every shape whose fields a value may have, arrays entered, and whether all that it refers to is there."""
    waiting = [element]
    seen: set[int] = set()
    while waiting and len(seen) < _DEEPEST:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        edges = links.edges(one) if one.uses else ()
        answered = {id(edge.use) for edge in edges}
        waiting.extend(edge.target for edge in edges if edge.use.role in ("extends", "contains"))
        waiting.extend(part for part in one.of("variant") if part.facts.get("composition") != "not")
        waiting.extend(items_of(one))
        yield one, all(id(use) in answered for use in one.uses)


def fields_of(element: Element, links: Links) -> Mapping[str, Element] | None:
    """The fields that a value may have: none for a scalar; None where it may have others, or nobody knows."""
    for one, complete in holders(element, links):
        facts = one.facts
        opened = facts.get("additionalProperties") not in (None, False) or facts.get("base") == "xs:anyType"
        if not complete or opened or any(_lets_in(part) for part in one.children):
            return None
    found = links.fields(contents(element, links))
    return found if found or is_scalar(element, links) else None


def _lets_in(part: Element) -> bool:
    return part.kind == "wildcard" or part.facts.get("construct") == "patternProperties"


def is_scalar(element: Element, links: Links) -> bool:
    """Whether a value has no fields: a text, a number, a truth value."""
    types = fact(element, "type", links)
    return isinstance(types, tuple) and len(types) > 0 and _SCALARS.issuperset(types)


def repetitions(place: Place, links: Links) -> int:
    """How many of the elements on the way may occur more than once."""
    return sum(is_array(one, links) for one in place.trail[1:])
