"""`unevaluatedProperties` and `unevaluatedItems`: what no other keyword of the schema has looked at."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrationlint.dialects.json_schema_patterns import javascript
from integrationlint.dialects.json_schema_run import NONE, Errors, Keyword, Run, SchemaError, Trail, error, keys, valid

# Keywords by which a clause looks at properties or items.
_LOOKING: Final = frozenset(
    "$ref allOf anyOf oneOf if properties patternProperties additionalProperties prefixItems items contains".split()
)


def _properties(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    found: list[SchemaError] = []
    known: set[str] = set()
    for one in _applied(run, schema, value):
        known |= _names(one, value, own=one is schema)
    for name in keys(value):
        if name in known or limit is True:
            continue
        if limit is False:
            message = "must NOT have unevaluated properties"
            found.append(error("unevaluatedProperties", schema, message, path, where, unevaluatedProperty=name))
        else:
            found += run.check(run, limit, value[name], (path, name), (where, "unevaluatedProperties"))
        if found and not run.every:
            break
    return found


def _items(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    known = max((_count(one, value, own=one is schema) for one in _applied(run, schema, value)), default=0)
    if limit is True or known >= len(value):
        return NONE
    if limit is False:
        return [error("unevaluatedItems", schema, f"must NOT have more than {known} items", path, where, limit=known)]
    found: list[SchemaError] = []
    for index in range(known, len(value)):
        found += run.check(run, limit, value[index], (path, index), (where, "unevaluatedItems"))
        if found and not run.every:
            break
    return found


def _applied(run: Run, schema: Any, value: Any) -> Iterator[dict[str, Any]]:
    """The schema, and those that speak of the same value: as in Ajv, what it includes whether or not that is right.

    It includes what `$ref` and `allOf` name; of other branches those count that the value fits. Ajv remembers what `if`
    looks at with the clause that follows, and forgets it where that names properties and is not followed.
    """
    waiting = [(schema, run.base)]
    seen: set[int] = set()
    while waiting:
        one, base = waiting.pop()
        if not isinstance(one, dict) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one.get("$ref"), str):
            waiting.append(run.resolve(base, one["$ref"])[:2])
        waiting += [(inner, base) for inner in (*(one.get("allOf") or ()), *_conditional(run, one, value))]
        waiting += [(inner, base) for inner in _inner(one, value) if valid(run, inner, value, None, None)]


def _conditional(run: Run, schema: Mapping[str, Any], value: Any) -> Iterator[Any]:
    if "if" not in schema:
        return
    clause = "then" if valid(run, schema["if"], value, None, None) else "else"
    if clause in schema:
        if valid(run, schema[clause], value, None, None):
            yield from (schema["if"], schema[clause])
    elif not any(_LOOKING & _members(schema.get(one)).keys() for one in ("then", "else")):
        yield schema["if"]


def _members(schema: Any) -> Mapping[str, Any]:
    return schema if isinstance(schema, dict) else {}


def _inner(schema: Mapping[str, Any], value: Any) -> Iterator[Any]:
    for keyword in ("anyOf", "oneOf"):
        yield from schema.get(keyword) or ()
    if isinstance(value, dict):
        yield from (one for name, one in (schema.get("dependentSchemas") or {}).items() if name in value)


def _names(schema: Mapping[str, Any], value: Mapping[str, Any], *, own: bool) -> set[str]:
    if "additionalProperties" in schema or (not own and "unevaluatedProperties" in schema):
        return set(value)
    patterns = [javascript(one) for one in schema.get("patternProperties") or ()]
    matched = {name for name in value if any(one.is_found(name) for one in patterns)} if patterns else set()
    return matched | (value.keys() & (schema.get("properties") or {}).keys())


def _count(schema: Mapping[str, Any], value: list[Any], *, own: bool) -> int:
    first = schema.get("prefixItems", schema.get("items"))
    every = "contains" in schema or (not own and "unevaluatedItems" in schema) or "additionalItems" in schema
    if every or isinstance(schema.get("items"), dict | bool):
        return len(value)
    return len(first) if isinstance(first, list) else 0


UNEVALUATED: Final[Mapping[str, Keyword]] = {"unevaluatedProperties": _properties, "unevaluatedItems": _items}
