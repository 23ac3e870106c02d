"""How large values may be."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from integrationlint.checks.fits import FORMATTED, is_number
from integrationlint.checks.reach import received
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_PAIRS: Final = {
    "minimum": "maximum",
    "exclusiveMinimum": "exclusiveMaximum",
    "minLength": "maxLength",
    "minItems": "maxItems",
    "minProperties": "maxProperties",
}
_COUNTS: Final = frozenset({"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})
# Which types a keyword says something about (JSON Schema 2020-12 validation, section 6).
_ABOUT: Final = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), ("string", "file")),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), ("integer", "number")
    ),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), ("array",)),
    **dict.fromkeys(("minProperties", "maxProperties"), ("object",)),
}
_NUMBERS: Final = (("integer",), ("number",))
# What a value of these formats may be is said by the format.
_EXEMPT: Final = FORMATTED | frozenset({"ipv6", "time", "duration", "binary", "byte", "base64", "base64url"})


def sane(element: Element) -> Iterable[Problem]:
    """Bounds leave something between them, counts are not negative, and each keyword is about the stated type."""
    facts = element.facts
    found: list[Problem] | None = None
    for name in facts:
        types = _ABOUT.get(name)
        problem = _wrong(facts, name, types) if types is not None else ""
        if problem:
            found = [*(found or ()), Problem({"problem": problem}, at=f"{element.pointer}/{name}", key=False)]
    return found or ()


def _wrong(facts: Mapping[str, Any], name: str, about: tuple[str, ...]) -> str:
    types = facts.get("type")
    if isinstance(types, tuple) and types and not any(one in about for one in types):
        return f"{name} says nothing about values of the type {' or '.join(types)}"
    value = facts[name]
    if name in _COUNTS and is_number(value) and value < 0:
        return f"{name} is negative"
    high = _PAIRS.get(name)
    most = facts.get(high) if high is not None else None
    if is_number(value) and is_number(most) and (value > most or (value == most and name == "exclusiveMinimum")):
        return f"{name} {value} is above {high} {most}, so that no value is allowed"
    return ""


def strings(element: Element, links: Links, *, inputs_only: bool = True) -> Iterable[Problem]:
    """A string says how long it may be: by `maxLength`, an enumeration, a constant, or a format that limits it."""
    facts = element.facts
    if facts.get("type") != ("string",) or "maxLength" in facts or "enum" in facts or "const" in facts:
        return ()
    form = facts.get("format")
    if (isinstance(form, str) and form in _EXEMPT) or (inputs_only and not received(element, links)):
        return ()
    return (Problem({"value": element.name}),)


def restricted(element: Element, links: Links, *, inputs_only: bool = True) -> Iterable[Problem]:
    """A string says which texts it takes: by a pattern, a format, an enumeration or a constant."""
    facts = element.facts
    if facts.get("type") != ("string",) or "pattern" in facts or "format" in facts or "enum" in facts:
        return ()
    if "const" in facts or (inputs_only and not received(element, links)):
        return ()
    return (Problem({"value": element.name}),)


def numbers(element: Element, links: Links, *, inputs_only: bool = True) -> Iterable[Problem]:
    """A number has a least and a greatest value."""
    facts = element.facts
    types = facts.get("type")
    if types not in _NUMBERS or "enum" in facts or "const" in facts:
        return ()
    low = "minimum" in facts or "exclusiveMinimum" in facts
    high = "maximum" in facts or "exclusiveMaximum" in facts
    if (low and high) or (inputs_only and not received(element, links)):
        return ()
    missing = "minimum and maximum" if not low and not high else "maximum" if low else "minimum"
    return (Problem({"value": element.name, "missing": missing}),)


def arrays(element: Element, links: Links, *, inputs_only: bool = True) -> Iterable[Problem]:
    """An array says how many items it may have."""
    facts = element.facts
    if facts.get("type") != ("array",) or "maxItems" in facts or "const" in facts:
        return ()
    if inputs_only and not received(element, links):
        return ()
    return (Problem({"value": element.name}),)
