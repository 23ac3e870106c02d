"""Constraining facets of XML Schema as the keywords of JSON Schema."""

import re
from collections.abc import Mapping
from typing import Final

from integrationlint.formats.xsd_names import documentation, tag
from integrationlint.model.document import XmlNode

_COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "length": ("minLength", "maxLength"),
    "minLength": ("minLength",),
    "maxLength": ("maxLength",),
    "totalDigits": ("totalDigits",),
    "fractionDigits": ("fractionDigits",),
}
_BOUNDS: Final[Mapping[str, str]] = {
    "minInclusive": "minimum",
    "maxInclusive": "maximum",
    "minExclusive": "exclusiveMinimum",
    "maxExclusive": "exclusiveMaximum",
}
_WORDS: Final = frozenset(["whiteSpace", "explicitTimezone"])
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,40}")
# As many digits as a double keeps apart.
_FLOAT: Final = re.compile(r"[+-]?(?=[0-9.]{1,16}(?:[eE]|$))[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,2})?")


def facets(restriction: XmlNode) -> dict[str, object]:
    """The facts that the facets of one `restriction` state (XML Schema Part 2, section 4.3).

    `length` sets both lengths, counted in the units of the base (characters, octets, list items). Bounds are numbers
    where they read as one exactly, else (dates, INF, very long decimals) the text. `enum` holds the values as
    written, `valueDescriptions` their documentation in the same order. Several patterns of one step are alternatives
    and joined by `|`; a pattern is in XML Schema's syntax, anchored at both ends. `assertions` are XPath tests (1.1).
    """
    facts: dict[str, object] = {}
    many: dict[str, list[XmlNode]] = {"enumeration": [], "pattern": [], "assertion": []}
    for node in restriction.children:
        name = tag(node)
        if name in many:
            many[name].append(node)
        elif "value" in node.attributes:
            facts.update(_single(name, node.attributes["value"]))
    if many["pattern"]:
        facts["pattern"] = "|".join(_values(many["pattern"], "value"))
    if many["assertion"]:
        facts["assertions"] = _values(many["assertion"], "test")
    if many["enumeration"]:
        facts["enum"] = _values(many["enumeration"], "value")
        notes = tuple(documentation(one).get("description", "") for one in many["enumeration"])
        if any(notes):
            facts["valueDescriptions"] = notes
    return facts


def _values(nodes: list[XmlNode], attribute: str) -> tuple[str, ...]:
    return tuple(node.attributes.get(attribute, "") for node in nodes)


def _single(name: str, value: str) -> dict[str, object]:
    value = value.strip()
    if name in _COUNTS:
        count = number(value)
        return dict.fromkeys(_COUNTS[name], count) if isinstance(count, int) else {}
    if name in _BOUNDS:
        return {_BOUNDS[name]: number(value)}
    return {name: value} if name in _WORDS else {}


def number(text: str) -> int | float | str:
    """The number that a decimal or float literal means, or the text where no int or double is exactly that."""
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and any(character.isdigit() for character in text):
        return float(text)
    return text
