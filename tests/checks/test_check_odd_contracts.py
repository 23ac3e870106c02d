"""No check of OpenAPI rules fails, whatever stands where something else should stand."""

from collections.abc import Iterator
from copy import deepcopy
from json import dumps
from typing import Any

import pytest

from integrationlint.catalog import Catalog
from integrationlint.model.settings import Settings
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.snapshot import Memory

SCHEMA = {
    "type": "object",
    "required": ["id"],
    "discriminator": {"propertyName": "kind", "mapping": {"a": "A"}},
    "properties": {"id": {"type": "string"}, "items": {"type": "array", "maxItems": 5, "items": {"$ref": "#/x"}}},
}
MEDIA = {
    "application/problem+json": {"schema": SCHEMA, "example": {"a": ["b"]}},
    "application/json": {"schema": SCHEMA},
}
OPERATION = {
    "operationId": "listOrders",
    "summary": "List.",
    "tags": ["Orders"],
    "deprecated": True,
    "security": [{"key": ["scope"]}],
    "parameters": [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 5}},
        {"name": "X-Next", "in": "header", "required": True, "description": "x"},
        {"$ref": "#/components/parameters/Id"},
    ],
    "requestBody": {"required": False, "content": MEDIA},
    "responses": {
        "201": {"description": "OK", "headers": {"X-RateLimit-Limit": {"schema": {}}}, "content": MEDIA},
        "429": {"$ref": "#/components/responses/Slow"},
        "default": {"description": "No", "content": MEDIA, "links": {"one": {"operationId": "getOrder"}}},
    },
}
CONTRACT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Orders", "version": "1.0.0", "license": {"name": "x"}},
    "servers": [{"url": "https://{a}.test/v1", "variables": {"a": {"default": "b", "enum": ["b"]}}}],
    "tags": [{"name": "Orders", "parent": "All"}],
    "paths": {"/v1/orders/{id}": {"parameters": [{"name": "id", "in": "path", "required": True}], "get": OPERATION}},
    "components": {
        "parameters": {"Id": {"name": "id", "in": "path"}},
        "responses": {"Slow": {"description": "Slow"}},
        "schemas": {"Order": SCHEMA, "Line": {"allOf": [{"$ref": "#/components/schemas/Order"}]}},
    },
}
ODD: tuple[Any, ...] = (None, 3, "x", [{"a": [1]}], {"x": {"y": [None]}})


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a value, from the outside inwards."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def replaced(path: tuple[Any, ...], odd: Any) -> Any:
    """The contract with something odd at a place."""
    whole = deepcopy(CONTRACT)
    if not path:
        return odd
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = odd
    return whole


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_check_fails(odd: Any, catalog: Catalog) -> None:
    ours = Catalog(tuple(rule for rule in catalog.rules if rule.id.startswith(("oas/", "schema/"))), catalog.check)
    files = {f"{index}.json": dumps(replaced(path, odd)).encode() for index, path in enumerate(places(CONTRACT))}
    report = lint(Memory(files), Scope(tuple(sorted(files))), ours, Settings(extends=("all",)))
    assert report.errors == ()
    assert report.findings
