"""No check of shapes, schemes or texts fails, whatever stands where something else should stand."""

from collections.abc import Iterator
from copy import deepcopy
from json import dumps
from typing import Any

import pytest

from integrationlint.catalog import Catalog
from integrationlint.model.settings import Settings
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.snapshot import Memory

FIELDS: dict[str, Any] = {
    "createdAt": {"type": "string", "format": "date", "default": "x", "examples": ["a"], "readOnly": True},
    "amount": {"type": "number", "format": "double", "minimum": 1, "maximum": 0, "x-data-classification": "secret"},
    "password": {"type": ["string", "null"], "pattern": "^(a+)+$", "minLength": 1, "enum": ["a", "a"]},
    "callbackUrl": {"$ref": "#/components/schemas/Link", "description": "TODO"},
    "cardNumber": {"const": 1, "not": {"type": "string"}, "deprecated": True},
}
ORDER = {
    "type": "object",
    "required": ["id", "createdAt"],
    "properties": FIELDS,
    "additionalProperties": {"type": "array", "items": {}, "maxItems": 1},
    "example": {"amount": "4929381332664295", "other": [[1]]},
}
CONTRACT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Orders", "version": "1", "x-audience": "all", "contact": {"email": "a@b.test"}},
    "servers": [{"url": "{s}://api.example.com", "variables": {"s": {"default": "http", "enum": ["http"]}}}],
    "security": [{"oauth": ["a"]}, {}],
    "paths": {
        "/login/{email}": {
            "post": {
                "deprecated": True,
                "x-sunset": "soon",
                "security": [{"key": []}],
                "parameters": [{"name": "token", "in": "query", "schema": {"type": "integer", "default": "a"}}],
                "requestBody": {"content": {"application/json": {"schema": ORDER, "examples": {"a": {"value": 1}}}}},
                "responses": {"200": {"headers": {"Access-Control-Allow-Origin": {"example": "*"}}}},
            }
        }
    },
    "components": {
        "schemas": {"Order": {"allOf": [ORDER, {"$ref": "#/components/schemas/Link"}]}, "Link": {"type": "string"}},
        "securitySchemes": {
            "oauth": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "http://a", "scopes": {"b": "B"}}}},
            "key": {"type": "apiKey", "in": "query", "name": "key"},
        },
    },
}
ODD: tuple[Any, ...] = (None, -1, [{"a": [1]}], {"x": {"y": [None]}})


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a value below the top."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


def replaced(path: tuple[Any, ...], odd: Any) -> Any:
    """The contract with something odd at a place."""
    whole = deepcopy(CONTRACT)
    holder: Any = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = odd
    return whole


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_check_fails(odd: Any, catalog: Catalog) -> None:
    ours = tuple(
        rule
        for rule in catalog.rules
        if rule.id.startswith(("any/", "schema/"))
        or (rule.id.startswith("oas/") and rule.concern in ("security", "privacy"))
    )
    files = {f"{number}.json": dumps(replaced(path, odd)).encode() for number, path in enumerate(places(CONTRACT))}
    report = lint(Memory(files), Scope(tuple(files)), Catalog(ours, catalog.check), Settings(extends=("all",)))
    assert report.errors == ()
    assert len({one.rule for one in report.findings}) > 30
