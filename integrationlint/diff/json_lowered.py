"""Shapes to JSON Schema 2020-12 for the messages that go one way, exactly as far as a proof needs it.

Unlike what `checks/` lowers for examples, which must never accuse wrongly, there are two readings here. What the sender
may send is read strictly: what cannot be decided is not allowed. What the receiver takes is read leniently.
"""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any, Final

from integrationlint.dialects.ecmascript_analysis import LARGEST, size
from integrationlint.dialects.matching import understood
from integrationlint.diff.comparison import REQUEST
from integrationlint.diff.sets import is_number
from integrationlint.model.element import Element
from integrationlint.model.links import Links

Schema = dict[str, Any]

# The formats that a validator decides; all others are taken for a note.
FORMATS: Final = frozenset(
    "date date-time time duration uuid email hostname ipv4 ipv6 uri uri-reference json-pointer".split()
)
_TYPES: Final = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS: Final = (
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minContains", "maxContains"),
)
_RANGES: Final = {"int32": 2**31, "int64": 2**63}
# Numbers beyond are not made sense of, among them infinity.
_LARGEST: Final = 10**20
_STRUCTURAL: Final = ("contains", "extends")
_CONTRARY: Final = frozenset({"not", "if", "oneOf"})
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SINGLES: Final = ("not", "if", "then", "else", "propertyNames")
_ITEMS: Final = {"": "items", "contains": "contains", "additional": "items", "unevaluated": "unevaluatedItems"}
_MOST_PATTERNS: Final = 500


class Lowered:
    """Shapes as schemas, each under a number of its own; parts refer to each other as `#/$defs/NUMBER`."""

    def __init__(self, links: Links, direction: str, *, strict: bool) -> None:
        """Take the links, `request` or `response`, and which of the two readings is wanted."""
        self.schemas: dict[str, Schema | bool] = {}
        self._links = links
        self._hidden = "readOnly" if direction == REQUEST else "writeOnly"
        self._strict = strict
        self._patterns = _MOST_PATTERNS
        self._numbers: dict[int, str] = {}
        self._waiting: list[Element] = []
        self._spared: set[str] = set()
        self._doubtful = False

    def add(self, element: Element) -> str:
        """The number of a shape, which is lowered with everything below it and everything that it refers to."""
        number = self._number(element)
        while self._waiting:
            one = self._waiting.pop()
            self.schemas[self._numbers[id(one)]] = self._schema(one)
        for schema in () if self._strict else self.schemas.values():
            if isinstance(schema, dict) and not self._spared.isdisjoint(schema.get("required", ())):
                schema["required"] = [name for name in schema["required"] if name not in self._spared]
                self._doubtful = True
        return number

    @property
    def is_sound(self) -> bool:
        """Whether it is as strict or as lenient as it was asked to be: what is doubtful turns round below a `not`."""
        schemas = self.schemas.values()
        return not self._doubtful or not any(isinstance(one, dict) and one.keys() & _CONTRARY for one in schemas)

    def number(self, element: Element) -> str:
        """The number of a shape that was lowered; empty for one that was not."""
        return self._numbers.get(id(element), "")

    def _number(self, element: Element) -> str:
        number = self._numbers.get(id(element))
        if number is None:
            number = self._numbers[id(element)] = str(len(self._numbers))
            self._waiting.append(element)
        return number

    def _reference(self, element: Element) -> Schema:
        return {"$ref": f"#/$defs/{self._number(element)}"}

    def _schema(self, element: Element) -> Schema | bool:
        if element.facts.get("not") is True:
            return False
        schema = _own(element.facts)
        schema.setdefault("allOf", []).extend(self._conditions(element))
        for part in element.children:
            if part.kind == "field":
                schema.setdefault("properties", {})[part.name] = self._field(part)
            elif part.kind == "variant":
                self._compose(schema, part)
            elif part.kind == "items":
                self._item(schema, part)
        if element.facts.get("requires"):
            schema["required"] = self._required(element)
        if not schema["allOf"]:
            del schema["allOf"]
        return schema

    def _conditions(self, element: Element) -> Iterator[Schema | bool]:
        """What else must hold: what is referred to, the pattern; False where it cannot be decided, read strictly."""
        uses = [use for use in element.uses if use.role in _STRUCTURAL]
        known = [edge for edge in self._links.edges(element) if edge.use.role in _STRUCTURAL and not edge.missing]
        yield from (self._reference(edge.target) for edge in known)
        if len(known) < len(uses):
            yield self._doubt({"not": {}})
        pattern = element.facts.get("pattern")
        if isinstance(pattern, str):
            yield {"pattern": pattern} if self._takes(pattern) else self._doubt({"not": {"type": "string"}})
        if _numbers(element.facts).keys() != _numbers(element.facts, within=_LARGEST).keys():
            yield self._doubt({"not": {"type": "number"}})

    def _doubt(self, strictly: Schema) -> Schema | bool:
        """What cannot be decided: a schema that the strict reading has for it, none for the lenient one."""
        self._doubtful = True
        return strictly if self._strict else True

    def _takes(self, pattern: str) -> bool:
        tree, _ = understood(pattern)
        self._patterns -= 1
        return self._patterns >= 0 and tree is not None and size(tree) <= LARGEST

    def _field(self, field: Element) -> Schema | bool:
        """A field that is no part of messages this way: nobody looks at it."""
        if self._is_hidden(field):
            self._spared.add(field.name)
            return True
        return self._reference(field)

    def _is_hidden(self, field: Element) -> bool:
        sides = (field, self._links.shape(field)) if field.uses else (field,)
        return any(one.facts.get(self._hidden) is True for one in sides)

    def _required(self, element: Element) -> list[str]:
        fields = self._links.fields(element)
        names = element.facts["requires"]
        wanted = dict.fromkeys(names if isinstance(names, tuple) else ())
        return [name for name in wanted if name not in fields or not self._is_hidden(fields[name])]

    def _compose(self, schema: Schema, part: Element) -> None:
        name = str(part.facts.get("composition"))
        if name in _LISTS:
            schema.setdefault(name, []).append(self._reference(part))
        elif name in _SINGLES:
            schema[name] = self._reference(part)
        elif name == "dependentSchemas":
            schema.setdefault(name, {})[part.name] = self._reference(part)

    def _item(self, schema: Schema, part: Element) -> None:
        construct = str(part.facts.get("construct"))
        if construct == "patternProperties":
            if self._takes(part.name):
                schema.setdefault(construct, {})[part.name] = self._reference(part)
            else:
                schema["allOf"].append(self._doubt({"not": {"type": "object"}}))
        elif construct in ("additionalProperties", "unevaluatedProperties"):
            schema[construct] = self._reference(part)
        elif part.name.isdecimal():
            schema.setdefault("prefixItems", []).append(self._reference(part))
        elif part.name in _ITEMS and (part.name != "additional" or _has_positions(part.parent)):
            schema[_ITEMS[part.name]] = self._reference(part)


def _has_positions(array: Element | None) -> bool:
    """`additionalItems` counts beside a list of items only (JSON Schema Validation draft 7 section 6.4.2)."""
    return array is not None and any(one.name.isdecimal() for one in array.of("items"))


def _own(facts: Mapping[str, Any]) -> Schema:
    """The keywords that are about the value itself; what is no keyword of JSON Schema in its form is left out."""
    found: Schema = {}
    types, nullable = facts.get("type"), facts.get("nullable") is True
    if isinstance(types, tuple) and (types or nullable) and all(one in _TYPES for one in types):
        found["type"] = list(dict.fromkeys((*types, "null") if nullable else types))
    enum = facts.get("enum")
    if isinstance(enum, list) and enum:
        found["enum"] = enum  # `nullable` adds nothing to it (OAS 3.0.3 section 4.7.24.1)
    found |= {name: facts[name] for name in ("const", "default") if name in facts}
    found |= _numbers(facts, within=_LARGEST)
    found |= {name: facts[name] for name in _COUNTS if type(facts.get(name)) is int and facts[name] >= 0}
    if found.get("multipleOf", 1) <= 0:
        del found["multipleOf"]
    form = facts.get("format")
    if isinstance(form, str) and form in FORMATS:
        found["format"] = form
    elif isinstance(form, str) and form in _RANGES:
        found.setdefault("allOf", []).append({"minimum": -_RANGES[form], "maximum": _RANGES[form] - 1})
    if facts.get("uniqueItems") is True:
        found["uniqueItems"] = True
    if facts.get("additionalProperties") is False:
        closing = "unevaluatedProperties" if facts.get("unevaluatedProperties") else "additionalProperties"
        found[closing] = False
    if isinstance(facts.get("dependentRequired"), dict):
        found["dependentRequired"] = {
            name: list(dict.fromkeys(one)) for name, one in facts["dependentRequired"].items()
        }
    listed = facts.get("examples")
    samples = [*(listed if isinstance(listed, list) else ()), *(facts[one] for one in ("example",) if one in facts)]
    return {**found, "examples": samples} if samples else found


def _numbers(facts: Mapping[str, Any], *, within: float = inf) -> Schema:
    """The bounds, and the step, that are not beyond a number."""
    known = {name: facts[name] for name in _BOUNDS if is_number(facts.get(name))}
    return {name: value for name, value in known.items() if abs(value) <= within}
