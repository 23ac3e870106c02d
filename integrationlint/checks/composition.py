"""Shapes made of shapes."""

from collections.abc import Iterable, Iterator

from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_LONGEST_CHAIN = 50


def consistent(element: Element, links: Links) -> Iterable[Problem]:
    """No two parts of an `allOf` give one field types that exclude each other: no value could have it."""
    parts = [one for one in element.children if one.kind == "variant" and one.facts.get("composition") == "allOf"]
    return _conflicts(element, parts, links) if parts else ()


def _conflicts(element: Element, parts: list[Element], links: Links) -> Iterator[Problem]:
    seen: dict[str, tuple[Element, frozenset[object]]] = {}
    for part in (element, *parts):
        fields = links.fields(part) if part is not element else {one.name: one for one in element.of("field")}
        for name, field in fields.items():
            types = _types(links.shape(field))
            if not types:
                continue
            first, known = seen.setdefault(name, (field, types))
            if first is not field and known.isdisjoint(types):
                words = {"value": name, "first": " or ".join(sorted(map(str, known))), "second": field.facts["type"]}
                yield Problem(words | {"second": " or ".join(sorted(map(str, types)))}, element=element)


def _types(shape: Element) -> frozenset[object]:
    types = shape.facts.get("type")
    found = frozenset(types) if isinstance(types, tuple) else frozenset[object]()
    return found | {"integer"} if "number" in found else found


def finite(element: Element, links: Links) -> Iterable[Problem]:
    """A type does not require itself, by required fields or by what all of it is made of: no value could ever end."""
    start = links.shape(element)
    seen: set[int] = set()
    stack = _needed(start, links)
    while stack:
        one = stack.pop()
        if one is start:
            return (Problem({"value": element.name}),)
        if id(one) not in seen:
            seen.add(id(one))
            stack.extend(_needed(one, links))
    return ()


def _needed(shape: Element, links: Links) -> list[Element]:
    """The shapes that every value of this one holds a value of."""
    found = []
    for one in shape.children:
        required = one.kind == "field" and one.facts.get("required") is True and one.facts.get("nullable") is not True
        part = one.kind == "variant" and one.facts.get("composition") == "allOf"
        if required or part:
            found.append(links.shape(one))
    return found


def siblings(element: Element) -> Iterable[Problem]:
    """Nothing but texts stands beside a `$ref` where the version of OpenAPI ignores it (3.0.4 section 4.7.23)."""
    if not element.uses or not _ignores(element):
        return ()
    try:
        node = element.document.at(element.pointer)
    except KeyError:
        return ()
    ignored = sorted(key for key in node if key not in _HARMLESS and not key.startswith("x-")) if _is(node) else []
    return (Problem({"value": ignored}, at=element.pointer),) if ignored else ()
