"""What a shape says once its references, base types and `allOf` parts are followed."""

from collections.abc import Iterator
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.links import Links

_LONGEST_CHAIN: Final = 50
_ARRAYS: Final = 20


def layers(element: Element, links: Links) -> Iterator[Element]:
    """The element and everything that holds for its values as well: what it refers to, extends, or is `allOf`."""
    waiting = [element]
    seen: set[int] = set()
    while waiting and len(seen) < _LONGEST_CHAIN:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting.extend(
            part
            for part in one.children
            if part.kind == "schema" or (part.kind == "variant" and part.facts.get("composition") == "allOf")
        )
        if one.uses:
            waiting.extend(
                edge.target
                for edge in links.edges(one)
                if edge.use.role in ("contains", "extends") and not edge.missing and _copies(one, edge.use.key)
            )


def _copies(element: Element, key: str) -> bool:
    # A member of a substitution group is no part of its head, nor is an alternative type of XML Schema 1.1.
    return not (key.startswith("element:") and element.facts.get("substitutionGroup"))


def fact(element: Element, name: str, links: Links) -> object:
    """The first of the layers to state a fact; None when none does."""
    for one in layers(element, links):
        value = one.facts.get(name)
        if value is not None:
            return value
    return None


def lowest(element: Element, name: str, links: Links) -> int | float | None:
    """The smallest of the numbers that the layers state for an upper bound."""
    found = (number(one.facts.get(name)) for one in layers(element, links))
    return min((one for one in found if one is not None), default=None)


def number(value: object) -> int | float | None:
    """The value when it is a number; None for anything else, truth values among it."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def is_array(element: Element, links: Links) -> bool:
    """Whether one value of the shape is a list (JSON), or the declaration may occur more than once (XML)."""
    high = element.facts.get("maxOccurs", 1)
    if high == "unbounded" or (isinstance(high, int) and high > 1):
        return True
    return any(items_of(links.shape(element)))


def contents(element: Element, links: Links) -> Element:
    """The shape of one item where the element is an array, at any depth; else its shape."""
    found = links.shape(element)
    for _ in range(_ARRAYS):
        items = next(items_of(found), None)
        if items is None:
            break
        found = links.shape(items)
    return found


def items_of(shape: Element) -> Iterator[Element]:
    """The shape of the items of an array; nothing for anything else. A list of XML Schema is one text."""
    return (one for one in shape.of("items") if one.name == "" and one.facts.get("construct") != "list")
