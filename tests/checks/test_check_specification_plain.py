"""What the table takes for valid is valid, in the words of the metaschemas."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.checks.schemas_openapi import errors
from integrationlint.checks.specification_plain import is_plain
from integrationlint.model.limits import DEFAULT_LIMITS
from integrationlint.parse.parsers import parse

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus/openapi"
CONTRACT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Things", "version": "1", "contact": {"email": "a@b.example", "url": "https://b.example/x"}},
    "servers": [{"url": "https://api.b.example/v1"}, {"url": "https://b.example"}],
    "tags": [{"name": "a", "externalDocs": {"url": "https://b.example"}}, {"name": "b"}],
    "security": [{"key": []}],
    "paths": {
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "tags": ["a"],
                "operationId": "get",
                "deprecated": True,
                "parameters": [
                    {"name": "q", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 2}},
                    {"$ref": "#/components/parameters/Limit"},
                ],
                "responses": {
                    "200": {
                        "description": "It",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    },
                    "4XX": {"$ref": "#/components/responses/Wrong"},
                    "default": {"description": "Else"},
                },
            },
            "put": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {
                    "204": {"description": "Done", "content": {"text/plain": {"examples": {"a": {"value": 1}}}}}
                },
            },
        }
    },
    "components": {
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "responses": {"Wrong": {"description": "Wrong"}},
        "securitySchemes": {
            "key": {"type": "apiKey", "name": "k", "in": "header"},
            "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        },
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "format": "uuid", "maxLength": 36, "readOnly": True},
                    "kind": {"type": "string", "enum": ["a", "b"], "example": "a"},
                    "parts": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/Thing"}]}},
                },
                "additionalProperties": False,
                "x-owner": ["anybody"],
            }
        },
    },
}
ODD: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x",
    "é\n",
    "https://b.example/a b",
    [],
    ["x"],
    ["x", "x"],
    {},
    {"x": 1},
    {"$ref": "x y"},
)


def _is_valid(document: dict[str, Any], version: str) -> bool:
    return not errors({**document, "openapi": f"{version}.0"}, version, None)[1]


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_an_ordinary_contract_is_plain_and_valid(version: str) -> None:
    assert is_plain({**CONTRACT, "openapi": f"{version}.1"})
    assert _is_valid(CONTRACT, version)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        found += _places(one, (*path, key))
    return found


PLACES = _places(CONTRACT)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(["replace", "remove", "rename", "twice"]), st.sampled_from(ODD))
def test_what_is_plain_is_valid_in_every_version(place: tuple[Any, ...], how: str, odd: object) -> None:
    document = deepcopy(CONTRACT)
    holder: Any = document
    for step in place[:-1]:
        holder = holder[step]
    last = place[-1]
    if how == "replace":
        holder[last] = deepcopy(odd)
    elif how == "remove":
        del holder[last]
    elif isinstance(holder, list):
        holder.append(deepcopy(holder[last]))
    else:
        holder[f"{last} {odd}" if how == "rename" else f"{last}s"] = deepcopy(holder[last])
        if how == "rename":
            del holder[last]
    for version in ("3.0", "3.1", "3.2"):
        stated = {**document, "openapi": f"{version}.0"} if "openapi" in document else document
        if is_plain(stated):
            assert _is_valid(stated, version), (place, how, odd, version)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus here")
def test_what_is_plain_in_the_corpus_is_valid() -> None:
    files = [one for one in sorted(CORPUS.glob("v3.*/**/*")) if one.suffix in (".yaml", ".yml", ".json")]
    documents = [parse(one.name, one.read_bytes(), DEFAULT_LIMITS).value for one in files if one.is_file()]
    plain = [one for one in documents if isinstance(one, dict) and is_plain(one)]
    assert plain
    assert all(_is_valid(one, str(one["openapi"])[:3]) for one in plain)


def test_depth_ends() -> None:
    schema: dict[str, Any] = {}
    document = {**CONTRACT, "components": {"schemas": {"A": schema}}}
    for _ in range(5000):
        schema["items"] = {}
        schema = schema["items"]
    assert not is_plain(document)
