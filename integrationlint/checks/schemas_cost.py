"""What it costs to validate a value: schemas that repeat each other can take exponentially many steps."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

_HERE: Final = ("allOf", "anyOf", "oneOf")
_ALONE: Final = ("not", "if", "then", "else")
_ENDLESS: Final = 1 << 40

Schemas = Mapping[str, Any]


def weights(schemas: Schemas) -> dict[str, int]:
    """How many schemas each of them applies to one and the same value, references followed.

    A schema that comes back to itself without looking into the value is given a number that nobody can afford.
    """
    found: dict[str, int] = {}
    for start in schemas:
        stack = [(start, iter(_references(schemas[start])))] if start not in found else []
        open_ = {start}
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                open_.discard(name)
                found.setdefault(name, _weight(schemas[name], found))
            elif following in open_:
                found[following] = _ENDLESS
            elif following not in found:
                open_.add(following)
                stack.append((following, iter(_references(schemas[following]))))
    return found


def heaviest(schemas: Schemas) -> dict[str, int]:
    """The largest weight that each schema meets, in itself and in whatever it applies to the members of a value."""
    found = weights(schemas)
    below = {name: _all_references(schema) for name, schema in schemas.items()}
    users: dict[str, list[str]] = {}
    for name, used in below.items():
        for one in used:
            users.setdefault(one, []).append(name)
    # The heaviest first: what it reaches upwards has met its weight, and nothing that comes later can add to that.
    met: dict[str, int] = {}
    for name in sorted(found, key=lambda one: -found[one]):
        stack = [name]
        while stack:
            one = stack.pop()
            if one not in met:
                met[one] = found[name]
                stack.extend(users.get(one, ()))
    return met


def steps(weight: int, value: Any) -> int:
    """At most so many steps does it take to validate a value when one value takes up to `weight` schemas."""
    depth, nodes = _extent(value)
    found: int = weight ** min(depth + 1, 50)
    return found * nodes


class Meter:
    """Counts exactly how many steps a value takes, without taking them: each schema meets each value once.

    That costs as much as a plain validation, so it is for values that `steps` cannot clear; the sum is limited.
    """

    def __init__(self, schemas: Schemas, most: int) -> None:
        """Take the schemas, and how many pairs of schema and value may be looked at in all."""
        self._schemas = schemas
        self._left = most
        self._known: dict[tuple[int, int], int] = {}

    def steps(self, number: str, value: Any) -> int:
        """The steps of a value under the schema of that number; more than anybody can afford where it gets too much."""
        try:
            return min(self._count(self._schemas[number], value), _ENDLESS)
        except RecursionError:
            return _ENDLESS

    def _count(self, schema: Any, value: Any) -> int:
        if not isinstance(schema, dict):
            return 1
        key = (id(schema), id(value))
        known = self._known.get(key)
        if known is not None:
            return known
        self._left -= 1
        if self._left < 0:
            return _ENDLESS
        self._known[key] = _ENDLESS  # until it is known: what comes back to itself never ends
        total = 1 + sum(self._count(part, value) for part in _parts(schema))
        if "$ref" in schema:
            total += self._count(self._schemas[schema["$ref"].rpartition("/")[2]], value)
        total += sum(self._count(part, inner) for part, inner in _members(schema, value))
        self._known[key] = min(total, _ENDLESS)
        return self._known[key]


def _members(schema: Mapping[str, Any], value: Any) -> Iterable[tuple[Any, Any]]:
    """The schemas that apply, or may apply, to the members of a value."""
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        others = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
        for name, inner in value.items():
            yield from ((part, inner) for part in (fields.get(name), *others) if part is not None)
    elif isinstance(value, list):
        parts = [one for one in (schema.get("items"), schema.get("contains")) if one is not None]
        yield from ((part, inner) for inner in value for part in parts)
        yield from zip(schema.get("prefixItems", ()), value, strict=False)


def _extent(value: Any) -> tuple[int, int]:
    """How deep a value is nested, and of how many values it is made."""
    depth, nodes, level = 0, 1, [value]
    while level:
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        nodes += len(level)
        depth += bool(level)
    return depth, nodes


def _parts(schema: Any) -> Iterable[Any]:
    """What a schema applies to the same value."""
    if isinstance(schema, dict):
        for name in _HERE:
            yield from schema.get(name, ())
        yield from (schema[name] for name in _ALONE if name in schema)
        yield from schema.get("dependentSchemas", {}).values()


def _inner(schema: Any) -> Iterable[dict[str, Any]]:
    stack = [schema]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
        stack.extend(_parts(one))


def _references(schema: Any) -> list[str]:
    return [one["$ref"].rpartition("/")[2] for one in _inner(schema) if "$ref" in one]


def _all_references(schema: Any) -> set[str]:
    found, stack = set(), [schema]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if isinstance(one.get("$ref"), str):
                found.add(one["$ref"].rpartition("/")[2])
            stack.extend(inner for key, inner in one.items() if key not in ("enum", "const", "required"))
        elif isinstance(one, list):
            stack.extend(one)
    return found


def _weight(schema: Any, known: Mapping[str, int]) -> int:
    total = 0
    for one in _inner(schema):
        # A member of an object may be looked at by its own schema and by that of each pattern, an item twice.
        total += len(one.get("patternProperties", ())) + ("contains" in one)
        total += known.get(one["$ref"].rpartition("/")[2], _ENDLESS) if "$ref" in one else 1
    return min(total, _ENDLESS)
