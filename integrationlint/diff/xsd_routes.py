"""The way from a root element of a message to the declaration that a change is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from integrationlint.diff.xsd_content import leaves
from integrationlint.diff.xsd_inclusion import read
from integrationlint.diff.xsd_schemas import Name, Schemas, is_complex
from integrationlint.model.element import Element

_MOST: Final = 3_000
_MEANT: Final = ("type:", "group:", "attributeGroup:", "element:")


@dataclass(frozen=True, slots=True)
class Stop:
    """One element on the way: its name, its declaration, and the type that `xsi:type` has to name."""

    name: Name
    declaration: Element
    kind: Element | None = None


Route = tuple[Stop, ...]


def parts(stop: Stop, schemas: Schemas) -> Iterator[Element]:
    """All declarations that say what an element is: its own, its heads, its type, that type's bases and groups."""
    waiting = [stop.declaration, schemas.declaration(stop.declaration)]
    waiting.append(stop.kind or schemas.definition(stop.declaration))
    seen: set[int] = set()
    for one in waiting:
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        edges = schemas.links.edges(one) if one.uses else ()
        waiting.extend(edge.target for edge in edges if edge.use.key.startswith(_MEANT))
        inner = (child for child in one.children if child.kind in ("items", "variant") or child.facts.get("attribute"))
        waiting.extend(inner)


def routes(roots: list[Element], wanted: set[int], schemas: Schemas, most: int) -> list[Route]:
    """The shortest ways from the roots to elements that the wanted declarations are parts of."""
    found: list[Route] = []
    seen: set[tuple[int, int, int]] = set()
    waiting: list[Route] = [(Stop(schemas.name(one), one),) for one in roots]
    for route in waiting:
        if len(found) >= most or len(seen) > _MOST:
            break
        stop = route[-1]
        mark = (id(route[-2].declaration) if len(route) > 1 else 0, id(stop.declaration), id(stop.kind))
        if mark in seen:
            continue
        seen.add(mark)
        if any(id(one) in wanted for one in parts(stop, schemas)):
            found.append(route)
        waiting.extend((*route[:-1], one) for one in _typed(stop, schemas))
        waiting.extend((*route, one) for one in below(stop, schemas))
    return found


def _typed(stop: Stop, schemas: Schemas) -> Iterator[Stop]:
    """The same element with each type that may stand in for its own."""
    if stop.kind is None:
        for one in schemas.derived(schemas.definition(stop.declaration)):
            yield Stop(stop.name, stop.declaration, one)


def below(stop: Stop, schemas: Schemas) -> Iterator[Stop]:
    """The elements that may be directly below."""
    definition = stop.kind or schemas.definition(stop.declaration)
    content = read(definition, schemas) if is_complex(definition) else None
    for leaf in leaves(content.particle) if content is not None else ():
        if isinstance(leaf.what, Element):
            yield from (Stop(name, one) for name, one in schemas.taken(leaf.what).items())


def followed(route: Route, schemas: Schemas) -> Route | None:
    """The way of the same names on the other side; None where there is none."""
    root = schemas.elements.get(route[0].name)
    if root is None:
        return None
    found = [Stop(route[0].name, root, _same_kind(route[0], schemas))]
    for one in route[1:]:
        stop = next((other for other in below(found[-1], schemas) if other.name == one.name), None)
        if stop is None:
            return None
        found.append(Stop(stop.name, stop.declaration, _same_kind(one, schemas)))
    return tuple(found)


def _same_kind(stop: Stop, schemas: Schemas) -> Element | None:
    """The type of the same name on the other side."""
    if stop.kind is None:
        return None
    keys = set(stop.kind.keys)
    return next((one for one in schemas.links.elements("type") if keys & set(one.keys)), None)
