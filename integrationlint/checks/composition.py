"""Shapes made of shapes."""

from collections import deque
from collections.abc import Iterable, Iterator

from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem
from integrationlint.model.vocabulary import KIND_GROUPS

# Parts of one composition that are looked into.
_MOST_PARTS = 200
_SHAPES = frozenset(KIND_GROUPS["shape"])


def consistent(element: Element, links: Links) -> Iterable[Problem]:
    """No two parts of an `allOf` give one field types that exclude each other: no value could have it."""
    parts = _parts(element)
    return _conflicts(element, parts, links) if parts else ()


def _parts(element: Element) -> list[Element]:
    return [one for one in element.children if one.kind == "variant" and one.facts.get("composition") == "allOf"]


def _conflicts(element: Element, parts: list[Element], links: Links) -> Iterator[Problem]:
    seen: dict[str, tuple[Element, frozenset[str]]] = {}
    done: set[int] = set()
    waiting = deque([element, *parts])
    while waiting and len(done) < _MOST_PARTS:
        part = links.shape(waiting.popleft())
        if id(part) in done:
            continue
        done.add(id(part))
        waiting.extend((*_parts(part), *_extended(part, links)))
        for field in part.of("field"):
            types = _types(links.shape(field))
            first, known = seen.setdefault(field.name, (field, types))
            if first is not field and known and types and known.isdisjoint(types):
                words = {"value": field.name, "first": sorted(known), "second": sorted(types)}
                yield Problem(words, element=element)


def _extended(part: Element, links: Links) -> list[Element]:
    """What a part of an `allOf` refers to."""
    return [edge.target for edge in links.edges(part) if edge.use.role == "extends"] if part.uses else []


def _types(shape: Element) -> frozenset[str]:
    types = shape.facts.get("type")
    found = frozenset(map(str, types)) if isinstance(types, tuple) else frozenset[str]()
    return found | {"integer"} if "number" in found else found


def finite(element: Element, links: Links) -> Iterable[Problem]:
    """No type of a document requires itself, by required fields or by what all of it is made of: it could never end."""
    return _cycles(element, links) if element.parent is None else ()


def _cycles(root: Element, links: Links) -> Iterator[Problem]:
    open_, done = set[int](), set[int]()
    for start in [root, *root.of("type")]:
        stack = [(start, iter(_needed(start, links)))] if id(start) not in done and start.kind in _SHAPES else []
        open_.update(id(one) for one, _ in stack)
        while stack:
            here, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                open_.discard(id(here))
                done.add(id(here))
            elif id(following) in open_:
                yield _cycle([one for one, _ in stack], following)
            elif id(following) not in done:
                open_.add(id(following))
                stack.append((following, iter(_needed(following, links))))


def _cycle(trail: list[Element], back: Element) -> Problem:
    names = [one.name for one in trail[trail.index(back) :] if one.name]
    return Problem({"value": " > ".join([*names, names[0]] if names else [])}, element=back)


def _needed(shape: Element, links: Links) -> list[Element]:
    """The shapes that every value of this one holds a value of, or is one of."""
    end = links.shape(shape)
    found = [links.shape(one) for one in shape.children if _always(one)] + _extended(shape, links)
    return found if end is shape else [*found, end]


def _always(one: Element) -> bool:
    if one.kind == "field":
        return one.facts.get("required") is True and one.facts.get("nullable") is not True
    return one.kind == "variant" and one.facts.get("composition") == "allOf"


def siblings(
    element: Element, links: Links, *, allow: frozenset[str] = frozenset({"description", "summary"})
) -> Iterable[Problem]:
    """Nothing stands beside a `$ref` where the version of OpenAPI ignores it (3.0.4 section 4.7.23)."""
    if not element.uses or not _ignores(element):
        return ()
    try:
        node = element.document.at(element.pointer)
    except KeyError:
        return ()
    if not isinstance(node, dict) or "$ref" not in node:
        return ()
    ignored = sorted(key for key in node if key != "$ref" and key not in allow and not key.startswith("x-"))
    if not ignored:
        return ()
    repairs = tuple(Repair("remove", child(element.pointer, key)) for key in ignored)
    told = all(_says(links, element, key, node[key]) for key in ignored)
    return (
        Problem({"value": ignored}, at=child(element.pointer, ignored[0]), key=True, repairs=repairs if told else ()),
    )


def _says(links: Links, element: Element, key: str, value: object) -> bool:
    """Whether what is referred to says the same already."""
    for edge in links.edges(element):
        try:
            node = edge.target.document.at(edge.target.pointer)
        except KeyError:
            return False
        if not isinstance(node, dict) or key not in node or repr(node[key]) != repr(value):
            return False
    return bool(links.edges(element))


def _ignores(element: Element) -> bool:
    value = element.document.value
    if not isinstance(value, dict):
        return False
    return "swagger" in value or str(value.get("openapi", "")).startswith("3.0")
