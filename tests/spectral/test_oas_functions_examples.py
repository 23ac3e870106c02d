"""Examples against their schemas, as each version of OpenAPI reads schemas."""

from typing import Any

import pytest

from integrationlint.spectral.functions.functions import find
from integrationlint.spectral.functions.oas_rewritten import relaxed, with_nullable, without_flag
from integrationlint.spectral.nouns import Context, Path, SpectralRule

RULE = SpectralRule("rule", ("$",), ())
SCHEMA = {"schemaField": "$", "oasVersion": 3, "type": "schema"}
MEDIA = {"schemaField": "schema", "oasVersion": 3, "type": "media"}
OLD_SCHEMA = {"schemaField": "$", "oasVersion": 2, "type": "schema"}
OLD_MEDIA = {"schemaField": "schema", "oasVersion": 2, "type": "media"}


def found(
    value: Any, options: Any, formats: str = "oas3 oas3_0", path: Path = ("a",), raw: Any = None
) -> list[tuple[str, Path | None]]:
    function = find("oasExample")
    assert function is not None
    context = Context(path, raw or {}, raw or {}, frozenset(formats.split()), RULE)
    return [(one.message, one.path) for one in function(value, options, context)]


def test_examples_and_defaults_of_a_schema() -> None:
    value = {"type": "integer", "example": "x", "default": 1.5, "x-example": "y"}
    wrong = ["example", "default"]
    assert found(value, SCHEMA) == [(f'"{name}" property type must be integer', ("a", name)) for name in wrong]
    assert [path for _, path in found(value, OLD_SCHEMA, "oas2")] == [
        ("a", "example"),
        ("a", "x-example"),
        ("a", "default"),
    ]
    assert not found({"type": "integer", "example": 1.0}, SCHEMA)
    assert not found(["example"], SCHEMA)


def test_examples_of_a_media_type() -> None:
    schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    named = {"one": {"value": {"id": 1}}, "two": {"externalValue": "x"}, "three": {}, "four": {"value": {}}}
    assert found({"schema": schema, "examples": named}, MEDIA) == [
        ('"id" property type must be string', ("a", "examples", "one", "value", "id")),
        ('#{{print("property")}}must exist', ("a", "examples", "three", "value")),
        ('"value" property must have required property "id"', ("a", "examples", "four", "value")),
    ]
    one = {"schema": schema, "example": {}, "examples": named}
    assert [path for _, path in found(one, MEDIA)] == [("a", "example")]


def test_examples_of_a_response_of_openapi_2() -> None:
    value = {"schema": {"type": "string", "x-nullable": True}, "examples": {"a/b": 1, "c/d": None, "e/f": "x"}}
    assert found(value, OLD_MEDIA, "oas2") == [('"a/b" property type must be string,null', ("a", "examples", "a/b"))]


def test_a_parameter_of_openapi_2_is_a_schema() -> None:
    assert not found({"type": "string", "required": True, "x-example": "x"}, OLD_SCHEMA, "oas2")
    [(message, _)] = found({"type": "string", "required": True, "example": "x"}, SCHEMA)
    assert message == "schema is invalid: data/required must be array"


@pytest.mark.parametrize(
    ("path", "needed"),
    [
        (("paths", "/a", "post", "requestBody", "content", "a/b"), {"write", "plain"}),
        (("components", "requestBodies", "A", "content", "a/b"), {"write", "plain"}),
        (("paths", "/a", "post", "responses", "200", "content", "a/b"), {"read", "plain"}),
        (("components", "responses", "A", "content", "a/b"), {"read", "plain"}),
        (("paths", "/a", "post", "parameters", 0), {"read", "write", "plain"}),
    ],
)
def test_each_side_needs_only_what_it_sends(path: Path, needed: set[str]) -> None:
    properties = {"read": {"readOnly": True}, "write": {"writeOnly": True}, "plain": {}}
    whole = {"allOf": [{"required": list(properties), "properties": properties}]}
    for missing in properties:
        example = {name: 1 for name in properties if name != missing}
        said = found({"schema": whole, "example": example}, MEDIA, path=path)
        assert bool(said) is (missing in needed)


def test_a_schema_that_is_none_is_told_of_once() -> None:
    value = {"schema": {"type": "strin"}, "examples": {"one": {"value": 1}, "two": {"value": 2}}}
    [(message, path)] = found(value, MEDIA)
    assert message.startswith("schema is invalid: data/type must be equal to one of the allowed values")
    assert path == ("a", "examples", "one", "value")


def test_a_circle_is_not_judged() -> None:
    value = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}, "example": 1}
    assert not found(value, SCHEMA)


def test_nullable_needs_a_type_until_3_0() -> None:
    value = {"nullable": True, "enum": ["a"], "example": "a"}
    assert found(value, SCHEMA) == [('"nullable" cannot be used without "type"', ("a", "example"))]
    assert not found({"type": "string", "nullable": True, "example": None}, SCHEMA)


def test_newer_versions_read_schemas_as_2020_12() -> None:
    value = {"type": ["string", "null"], "prefixItems": 1, "example": 1}
    newer = "oas3 oas3_1"
    [(message, _)] = found({"type": ["string", "null"], "example": 1}, SCHEMA, newer)
    assert message == '"example" property type must be string,null'
    assert found(value, SCHEMA, newer)[0][0].startswith("schema is invalid: data/prefixItems must be array")
    stated = {"jsonSchemaDialect": "http://json-schema.org/draft-07/schema#"}
    assert found(value, SCHEMA, newer, raw=stated)[0][0] == '"example" property type must be string,null'


def test_values_in_an_enum_are_there_once() -> None:
    function = find("oasSchema")
    assert function is not None
    options = {"schema": {"type": "array", "uniqueItems": True}}
    for formats in ("", "oas2", "oas3 oas3_0", "oas3 oas3_1"):
        context = Context(("enum",), {}, {}, frozenset(formats.split()), RULE)
        assert [one.path for one in function(["a", "b", "a"], options, context)] == [("enum",)]
        assert not list(function([1, True, "1"], options, context))


def test_schemas_are_rewritten_where_something_changes() -> None:
    shared = {"required": ["a"], "properties": {"a": {"readOnly": True}}}
    same = {"required": ["a"], "properties": {"a": {}}}
    schema = {"anyOf": [shared, same], "not": shared, "items": [shared], "properties": {"b": shared}}
    memory: dict[Any, Any] = {}
    result = relaxed(schema, "readOnly", memory)
    assert result["anyOf"][0] == {"properties": {"a": {"readOnly": True}}}
    assert result["anyOf"][1] is same
    assert result["not"] is shared
    assert result["items"][0] is result["properties"]["b"] is result["anyOf"][0]
    assert relaxed(schema, "readOnly", memory) is result
    assert relaxed(schema, "writeOnly", memory) is schema


def test_schemas_of_openapi_2_may_be_nullable() -> None:
    plain = {"type": "string", "x-nullable": False}
    schema = {"properties": {"a": {"type": "string", "x-nullable": True}, "b": plain}}
    result = with_nullable(schema, {})
    assert result["properties"]["a"] == {"type": "string", "nullable": True}
    assert result["properties"]["b"] is plain
    memory: dict[Any, Any] = {}
    parameter = {"required": True, "type": "string"}
    assert without_flag(parameter, memory) == {"type": "string"}
    assert without_flag(parameter, memory) is without_flag(parameter, memory)
    assert without_flag(plain, memory) is plain


def test_depth_is_no_matter() -> None:
    schema: dict[str, Any] = {"required": ["a"], "properties": {"a": {"readOnly": True}}}
    for _ in range(5_000):
        schema = {"items": schema}
    assert relaxed(schema, "readOnly", {}) is not schema
