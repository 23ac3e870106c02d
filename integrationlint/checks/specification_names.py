"""The names that a metaschema knows at one place: what was meant by one that it does not, and where it belongs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_METHODS: Final = re.compile(r"\^\(([a-z|]+)\)\$")
_PARTS: Final = ("allOf", "anyOf", "oneOf")
_MOST: Final = 200
# Members that must be there for a name to be allowed, each with its value, or None where any will do.
Condition = tuple[tuple[str, str | None], ...]
# Names of a later version of OpenAPI, by the version that brought them.
_SINCE: Final = {
    "3.0": frozenset("oneOf anyOf not nullable writeOnly deprecated requestBody content servers components".split()),
    "3.1": frozenset(
        "const examples if then else prefixItems contains minContains maxContains patternProperties propertyNames"
        " dependentRequired dependentSchemas unevaluatedItems unevaluatedProperties contentEncoding contentMediaType"
        " contentSchema $id $schema $anchor $defs $comment $dynamicRef $dynamicAnchor webhooks jsonSchemaDialect"
        " identifier pathItems".split()
    ),
    "3.2": frozenset("query additionalOperations itemSchema prefixEncoding itemEncoding mediaTypes".split()),
}
_MOVED: Final = {
    "host": "servers",
    "basePath": "servers",
    "schemes": "servers",
    "definitions": "components/schemas",
    "securityDefinitions": "components/securitySchemes",
    "produces": "the content of the responses",
    "consumes": "the content of the request body",
    "collectionFormat": "style and explode",
}
_IN_SCHEMA: Final = frozenset("type format default enum items pattern minimum maximum minLength maxLength".split())


def node(schema: Mapping[str, Any], path: list[str | int]) -> Any:
    """What stands at a path in a metaschema; None where the path leads out of it, into that of JSON Schema."""
    found: Any = schema
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def known(schema: Mapping[str, Any], start: Any) -> dict[str, set[Condition]]:
    """The names that an object may have, each with the conditions under which it may, an empty one for always."""
    names: dict[str, set[Condition]] = {}
    stack: list[tuple[Any, Condition]] = [(start, ())]
    seen = 0
    while stack and seen < _MOST:
        one, condition = stack.pop()
        seen += 1
        if not isinstance(one, dict):
            continue
        for name in _own(one):
            names.setdefault(name, set()).add(condition)
        stack.extend(_below(schema, one, condition))
    return names


def _own(one: Mapping[str, Any]) -> Iterator[str]:
    yield from one.get("properties", {})
    for pattern in one.get("patternProperties", {}):
        found = _METHODS.fullmatch(pattern)
        yield from found[1].split("|") if found else ()


def _below(schema: Mapping[str, Any], one: Mapping[str, Any], condition: Condition) -> Iterator[tuple[Any, Condition]]:
    reference = one.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        yield node(schema, list(reference[2:].split("/"))), condition
    for key in _PARTS:
        yield from ((part, condition) for part in one.get(key, ()))
    for name, part in one.get("dependentSchemas", {}).items():
        yield part, condition or ((name, None),)
    yield one.get("then"), _tested(one.get("if")) or condition
    yield one.get("else"), condition


def _tested(test: Any) -> Condition:
    members = test.get("properties", {}) if isinstance(test, dict) else {}
    return tuple((name, part["const"]) for name, part in members.items() if "const" in part)


def elsewhere(name: str, version: str, object_: str) -> str:
    """Where a name belongs that this version of OpenAPI does not know here; empty when nobody can tell."""
    since = next((one for one, names in _SINCE.items() if name in names and one > version), None)
    if since:
        return f": it is of OpenAPI {since} and later"
    if version == "2.0":
        return ": it is of OpenAPI 3.0 and later" if name == "schema" and object_ in ("parameter", "header") else ""
    if name in _MOVED and object_ in ("document", "operation", "parameter"):
        return f": that was OpenAPI 2.0, now it is said by {_MOVED[name]}"
    if name in _IN_SCHEMA and object_ in ("parameter", "header", "media type"):
        return ": it belongs into 'schema'"
    return ""
