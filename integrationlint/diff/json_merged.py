"""All that lowered schemas say of one value: references followed, every `allOf` taken in, one branch of each choice."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.matching import javascript_pattern
from integrationlint.diff.json_lowered import Schema
from integrationlint.diff.sets import same

Schemas = Mapping[str, Schema | bool]
_CHOICES: Final = ("anyOf", "oneOf")
_CLAUSES: Final = ("if", "then", "else")
_MOST: Final = 200


class NoInstanceError(Exception):
    """Nothing is allowed here, or no value is found in time."""


@dataclass(slots=True)
class Merged:
    """The keywords about a value itself, joined, and the schemas with those about its members or items.

    Of what cannot be joined (`pattern`, `not`, conditions) the first counts: what is made of this is tried anyway.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    parts: list[Schema] = field(default_factory=list)

    def member(self, name: str) -> Schema:
        """What a member of an object must be."""
        found: list[Any] = []
        for one in self.parts:
            own = [part for part in (one.get("properties", {}).get(name),) if part is not None]
            patterns = one.get("patternProperties", {})
            own += [part for pattern, part in patterns.items() if _is_found(pattern, name)]
            found += own or [one["additionalProperties"]] if own or "additionalProperties" in one else []
        if not found:
            found = [one["unevaluatedProperties"] for one in self.parts if "unevaluatedProperties" in one]
        return {"allOf": found}

    def item(self, index: int, *, contained: bool = False) -> Schema:
        """What an item of an array must be, one of those that `contains` asks for or any other."""
        found: list[Any] = []
        for one in self.parts:
            positions = one.get("prefixItems", ())
            if index < len(positions):
                found.append(positions[index])
            elif "items" in one:
                found.append(one["items"])
            if contained and "contains" in one:
                found.append(one["contains"])
        return {"allOf": found}

    def names(self) -> list[str]:
        """The members that are spoken of."""
        keywords = ("properties", "dependentRequired", "dependentSchemas")
        found = dict.fromkeys(name for one in self.parts for keyword in keywords for name in one.get(keyword, ()))
        return self.beside(found)

    def beside(self, names: Iterable[str]) -> list[str]:
        """The names, and those that must be there beside them."""
        found = list(dict.fromkeys(names))
        for name in found:
            found += [one for one in self.facts.get("dependentRequired", {}).get(name, ()) if one not in found]
        return found


def _is_found(pattern: str, name: str) -> bool:
    try:
        return bool(javascript_pattern(pattern).is_found(name))
    except PatternError:
        return False


def merged(schema: Any, schemas: Schemas, forced: frozenset[str] = frozenset(), turn: int = 0) -> Merged:
    """All that a schema says of its value. Of each choice the branches `forced` count, else the one whose turn it is.

    NoInstanceError where it allows nothing.
    """
    found = Merged()
    waiting = deque([schema])
    seen: set[str] = set()
    while waiting and len(found.parts) < _MOST:
        one = waiting.popleft()
        if one is False:
            raise NoInstanceError
        if one is True:
            continue
        number = referred(one)
        if not number:
            _take(found, one)
            waiting.extend(_more(one, forced, turn))
        elif number not in seen:
            seen.add(number)
            waiting.append(schemas[number])
    return found


def referred(schema: Any) -> str:
    """The number of the schema that a reference names; empty for what is no reference."""
    return str(schema["$ref"]).rpartition("/")[2] if isinstance(schema, dict) and "$ref" in schema else ""


def _more(schema: Schema, forced: frozenset[str], turn: int) -> Iterator[Any]:
    yield from schema.get("allOf", ())
    for name in _CHOICES:
        branches = schema.get(name)
        if branches:
            chosen = [one for one in branches if referred(one) in forced]
            yield from chosen or [branches[turn % len(branches)]]
    clauses = [schema[name] for name in _CLAUSES if name in schema]
    clauses += schema.get("dependentSchemas", {}).values()
    yield from (one for one in clauses if referred(one) in forced)


def _take(found: Merged, schema: Schema) -> None:
    found.parts.append(schema)
    for name, value in schema.items():
        if name in found.facts and name in _JOINS:
            found.facts[name] = _JOINS[name](found.facts[name], value)
        else:
            found.facts.setdefault(name, value)
    if [] in (found.facts.get("type"), found.facts.get("enum")):
        raise NoInstanceError


def _types(one: list[str], other: list[str]) -> list[str]:
    wide = [{*types} | ({"integer"} if "number" in types else set()) for types in (one, other)]
    return [name for name in dict.fromkeys([*one, *other]) if name in wide[0] and name in wide[1]]


def _common(one: list[Any], other: list[Any]) -> list[Any]:
    return [value for value in one if any(same(value, another) for another in other)]


def _union(one: list[Any], other: list[Any]) -> list[Any]:
    return [*one, *(value for value in other if value not in one)]


_JOINS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "type": _types,
    "enum": _common,
    "required": _union,
    "examples": _union,
    "dependentRequired": lambda one, other: {
        name: [*one.get(name, ()), *other.get(name, ())] for name in {**one, **other}
    },
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"), min),
}
