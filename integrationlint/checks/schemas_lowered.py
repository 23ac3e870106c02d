"""Shapes to JSON Schema 2020-12: what a validator needs of them, whichever dialect they are written in."""

from collections.abc import Mapping
from typing import Any, Final

from integrationlint.checks.fits import FORMATTED, is_number
from integrationlint.dialects.ecmascript_analysis import LARGEST, size
from integrationlint.dialects.matching import understood
from integrationlint.model.element import Element
from integrationlint.model.links import Links

_TYPES: Final = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
_NUMBERS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_COUNTS: Final = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SINGLES: Final = frozenset({"not", "if", "then", "else", "propertyNames"})
_ITEMS: Final = {"": "items", "contains": "contains", "additional": "items", "unevaluated": "unevaluatedItems"}

# Each pattern takes a while to compile: with more of them in one document, the others do not count.
_MOST_PATTERNS: Final = 2_000

Schema = dict[str, Any]


class Lowered:
    """Shapes as schemas, each under a number of its own, and whatever they refer to.

    Lenient where a message is not seen in full: a property that is `readOnly` or `writeOnly` anywhere is required
    nowhere, because examples stand for requests and responses alike; `oneOf` is read as `anyOf`. References to nowhere
    allow everything.
    """

    def __init__(self, links: Links, optional: frozenset[str], *, patterns: bool = True) -> None:
        """Take the links, the names that no `required` counts, and whether patterns do."""
        self.schemas: dict[str, Schema | bool] = {}
        self._links = links
        self._optional = optional
        self._patterns = _MOST_PATTERNS if patterns else 0
        self._numbers: dict[int, str] = {}
        self._waiting: list[Element] = []

    def add(self, element: Element) -> str:
        """The number of a shape, which is lowered with everything that it refers to."""
        number = self._number(element)
        while self._waiting:
            one = self._waiting.pop()
            self.schemas[self._numbers[id(one)]] = self._schema(one)
        return number

    def _number(self, element: Element) -> str:
        number = self._numbers.get(id(element))
        if number is None:
            number = self._numbers[id(element)] = str(len(self._numbers))
            self._waiting.append(element)
        return number

    def _schema(self, element: Element) -> Schema | bool:
        facts = element.facts
        if facts.get("not") is True:
            return False
        found = _own(facts, self._optional)
        pattern = facts.get("pattern")
        if isinstance(pattern, str) and self._takes(pattern):
            found["pattern"] = pattern
        references = [
            {"$ref": f"#/$defs/{self._number(edge.target)}"}
            for edge in self._links.edges(element)
            if edge.use.role in ("contains", "extends") and not edge.missing
        ]
        for part in element.children:
            self._place(found, part)
        if references:
            found["allOf"] = [*references, *found.get("allOf", ())]
        return found

    def _takes(self, pattern: str) -> bool:
        tree, _ = understood(pattern)
        self._patterns -= 1
        return self._patterns >= 0 and tree is not None and size(tree) <= LARGEST

    def _place(self, schema: Schema, part: Element) -> None:
        if part.kind == "field":
            schema.setdefault("properties", {})[part.name] = self._schema(part)
        elif part.kind == "variant":
            self._compose(schema, part)
        elif part.kind == "items":
            self._item(schema, part)

    def _compose(self, schema: Schema, part: Element) -> None:
        name = part.facts.get("composition")
        if name in _LISTS:
            # Alternatives may be told apart by a discriminator or a format, which nobody checks here.
            schema.setdefault("anyOf" if name == "oneOf" else str(name), []).append(self._schema(part))
        elif name in _SINGLES:
            schema[str(name)] = self._schema(part)
        elif name == "dependentSchemas":
            schema.setdefault(name, {})[part.name] = self._schema(part)

    def _item(self, schema: Schema, part: Element) -> None:
        construct = part.facts.get("construct")
        if construct == "patternProperties":
            if self._takes(part.name):
                schema.setdefault(construct, {})[part.name] = self._schema(part)
        elif construct in ("additionalProperties", "unevaluatedProperties"):
            schema[str(construct)] = self._schema(part)
        elif part.name.isdecimal():
            schema.setdefault("prefixItems", []).append(self._schema(part))
        elif part.name in _ITEMS:
            schema[_ITEMS[part.name]] = self._schema(part)


def _own(facts: Mapping[str, Any], optional: frozenset[str]) -> Schema:
    """The keywords that are about the value itself; what is no keyword of JSON Schema in its form is left out."""
    found: Schema = {}
    types = facts.get("type")
    nullable = facts.get("nullable") is True
    if isinstance(types, tuple) and (types or nullable) and all(one in _TYPES for one in types):
        found["type"] = list(dict.fromkeys((*types, "null") if nullable else types))
    enum = facts.get("enum")
    if isinstance(enum, list) and enum:
        found["enum"] = [*enum, None] if nullable else enum
    if "const" in facts:
        found["const"] = facts["const"]
    found |= {name: facts[name] for name in _NUMBERS if is_number(facts.get(name))}
    found |= {name: facts[name] for name in _COUNTS if type(facts.get(name)) is int and facts[name] >= 0}
    form = facts.get("format")
    if isinstance(form, str) and form in FORMATTED:
        found["format"] = form
    if facts.get("uniqueItems") is True:
        found["uniqueItems"] = True
    if facts.get("additionalProperties") is False:
        found["additionalProperties"] = False
    requires = facts.get("requires")
    if isinstance(requires, tuple):
        found["required"] = [name for name in dict.fromkeys(requires) if name not in optional]
    return found


def one_way(links: Links, root: Element) -> frozenset[str]:
    """The names of all fields of a document, and of what they refer to, that are `readOnly` or `writeOnly`."""
    return frozenset(
        one.name
        for one in root.walk()
        if one.kind == "field"
        for facts in (one.facts, links.shape(one).facts if one.uses else one.facts)
        if facts.get("readOnly") is True or facts.get("writeOnly") is True
    )
