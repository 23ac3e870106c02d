"""A shape in the one form in which it is compared: references followed, `allOf` merged, lone branches taken in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.vocabulary import words

# Facts of a shape that say which values are allowed, or how they are to be read.
COMPARED: Final = words(
    "type format nullable enum const pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength"
    " maxLength minItems maxItems uniqueItems minProperties maxProperties additionalProperties default deprecated"
    " readOnly writeOnly totalDigits fractionDigits abstract mixed fixed base minOccurs maxOccurs form"
)


@dataclass(slots=True)
class Shape:
    """The merged view of one shape: each fact with the element that says it, fields, items and variants by name."""

    element: Element
    parts: tuple[Element, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Element] = field(default_factory=dict)
    fields: dict[str, Element] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    items: dict[str, Element] = field(default_factory=dict)
    variants: dict[tuple[str, str], Element] = field(default_factory=dict)


def canonical(element: Element, links: Links) -> Shape:
    """The merged view of an element's shape."""
    parts = tuple(_parts(element, links))
    shape = Shape(element, parts)
    for part in parts:
        _merge(shape, part)
    requires = {name for part in parts for name in _names(part.facts.get("requires"))}
    for name, one in shape.fields.items():
        shape.required[name] = bool(one.facts.get("required")) or name in requires
    return shape


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _parts(element: Element, links: Links) -> Iterator[Element]:
    """The element, what it refers to, and the parts of its `allOf`s, each once; a lone oneOf or anyOf counts as one."""
    seen: set[int] = set()
    stack = [element]
    while stack:
        one = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        parts = [edge.target for edge in links.edges(one) if _structural(edge.use.role, one)]
        parts += [part for part in one.of("variant") if part.facts.get("composition") == "allOf" or _lone(one, part)]
        stack.extend(reversed(parts))


def _structural(role: str, element: Element) -> bool:
    return role in ("contains", "extends") and element.kind in ("field", "type", "schema", "items", "variant")


def _lone(element: Element, part: Element) -> bool:
    kind = part.facts.get("composition")
    return (
        kind in ("oneOf", "anyOf") and sum(one.facts.get("composition") == kind for one in element.of("variant")) == 1
    )


def _merge(shape: Shape, part: Element) -> None:
    for fact, value in part.facts.items():
        if fact in COMPARED and value is not None and _tighter(fact, value, shape.facts.get(fact)):
            shape.facts[fact] = value
            shape.said[fact] = part
    for one in part.children:
        if one.kind == "field":
            shape.fields.setdefault(one.name, one)
        elif one.kind == "items":
            shape.items.setdefault(one.name, one)
        elif one.kind == "variant" and one.facts.get("composition") != "allOf" and not _lone(part, one):
            shape.variants.setdefault((str(one.facts.get("composition")), _identity(one)), one)


def _identity(variant: Element) -> str:
    """What pairs the branches of a choice: the name of the type referred to, a title, else the position."""
    title = variant.facts.get("title")
    return title if isinstance(title, str) and variant.name.isdecimal() else variant.name


_UPPER: Final = ("maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum")


def _tighter(fact: str, value: Any, known: Any) -> bool:
    """Of two parts that both must hold, the narrower keyword counts; else the first one said."""
    if known is None:
        return True
    if isinstance(value, int | float) and isinstance(known, int | float) and not isinstance(value, bool):
        return value < known if fact in _UPPER else value > known if fact.startswith(("min", "exclusiveMin")) else False
    return fact == "additionalProperties" and value is False
