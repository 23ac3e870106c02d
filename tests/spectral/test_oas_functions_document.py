"""The structure of whole OpenAPI documents, and the metaschemas as they are read for it."""

from typing import Any

import pytest

from integrationlint.dialects.json_schema_whole import every_error, judge
from integrationlint.spectral.functions.functions import find
from integrationlint.spectral.functions.oas_metaschemas import as_read
from integrationlint.spectral.nouns import Context, Path, SpectralRule

RULE = SpectralRule("rule", ("$",), ())
INFO = {"title": "A", "version": "1"}


def found(document: Any, formats: str = "") -> dict[Path, set[str]]:
    version = str(document.get("openapi", "2.0"))[:3].replace(".", "_")
    names = formats or ("oas2" if version == "2_0" else f"oas3 oas{version}")
    context = Context((), document, document, frozenset(names.split()), RULE)
    function = find("oasDocumentSchema")
    assert function is not None
    result: dict[Path, set[str]] = {}
    for one in function(document, None, context):
        assert one.path is not None
        result.setdefault(one.path, set()).add(one.message)
    return result


def with_schema(schema: Any, version: str = "3.1.0") -> dict[str, Any]:
    return {"openapi": version, "info": INFO, "paths": {}, "components": {"schemas": {"A": schema}}}


@pytest.mark.parametrize(
    "document",
    [
        {"swagger": "2.0", "info": INFO, "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/responses/a"}}}}}},
        with_schema({"type": "object", "additionalProperties": {"$ref": "#/components/schemas/A"}}, "3.0.3"),
        with_schema({"type": ["string", "null"], "$defs": {"b": True}}),
        with_schema({"type": "string", "xml": {"nodeType": "text"}}, "3.2.0"),
        {"openapi": "3.1.0", "info": INFO, "webhooks": {}},
    ],
)
def test_documents_as_they_should_be(document: Any) -> None:
    assert not found(document)


def test_without_a_format_nothing_is_asked() -> None:
    function = find("oasDocumentSchema")
    assert function is not None
    assert not list(function({}, None, Context((), {}, {}, frozenset(), RULE)))


def test_what_is_missing_and_what_is_too_much() -> None:
    document = {"openapi": "3.0.0", "info": {"title": 1, "licence": {}}}
    assert found(document) == {
        (): {'must have required property "paths"'},
        ("info",): {'"info" property must have required property "version"'},
        ("info", "title"): {'"title" property must be string'},
        ("info", "licence"): {'Property "licence" is not expected to be here'},
    }


def test_a_reference_is_not_asked_for_more() -> None:
    responses = {"200": {"$ref": "#/components/responses/A"}, "400": {"$ref": 1}, "500": {}}
    where = ("paths", "/a", "get", "responses")
    document = {"openapi": "3.0.0", "info": INFO, "paths": {"/a": {"get": {"responses": responses}}}}
    assert found(document) == {
        (*where, "400", "$ref"): {'"$ref" property must be string'},
        (*where, "500"): {'"500" property must have required property "description"'},
    }


def test_the_next_allowed_value_is_named() -> None:
    allowed = '"array", "boolean", "integer", "number", "object", "string"'
    message = f'"type" property must be equal to one of the allowed values: {allowed}. Did you mean "string"?'
    where = ("components", "schemas", "A", "type")
    assert found(with_schema({"type": "strin"}, "3.0.0")) == {where: {message}}


def test_parameters_are_asked_by_their_place() -> None:
    parameters = [
        {"name": "a", "in": "path", "schema": {}},
        {"name": "b", "in": "query", "style": "matrix", "schema": {}},
        {"name": "c", "schema": {}},
        {"name": "d", "in": "query"},
        {"name": "e", "in": "query", "schema": {}, "content": {}},
    ]
    document = {"openapi": "3.0.0", "info": INFO, "paths": {"/a": {"parameters": parameters}}}
    messages = {path[3:]: said for path, said in found(document).items()}
    assert messages[(0,)] == {'"0" property must have required property "required"'}
    assert next(iter(messages[(1, "style")])).startswith('"style" property must be equal to one of the allowed values:')
    assert messages[(2,)] == {'Parameter must have a valid "in" property'}
    assert messages[(3,)] == {'"schema" or "content" must be present'}
    assert "Schema and content are mutually exclusive, at least one is required" in messages[(4,)]


def test_security_schemes_are_asked_by_their_type() -> None:
    schemes = {"a": {"type": "apiKey", "in": "body", "name": "n"}, "b": {"type": "oauth2"}, "c": {}, "d": {"type": "x"}}
    document = {"openapi": "3.0.0", "info": INFO, "paths": {}, "components": {"securitySchemes": schemes}}
    paths = {path[2:] for path in found(document)}
    assert paths == {("a", "in"), ("b",), ("c",), ("d", "type")}
    assert found(document)["components", "securitySchemes", "c"] == {"Security scheme must have a valid type"}


def test_security_definitions_have_words_of_their_own() -> None:
    document = {"swagger": "2.0", "info": INFO, "paths": {}, "securityDefinitions": {"basic": None, "own": {}}}
    assert found(document) == {
        ("securityDefinitions", "basic"): {"Invalid basic authentication security definition"},
        ("securityDefinitions",): {"Invalid security securityDefinitions"},
    }


def test_schemas_of_openapi_3_1() -> None:
    schema = {
        "type": 1,
        "required": ["a", "a"],
        "properties": {"a": {"type": "int"}, "b": 1},
        "items": {"externalDocs": {}},
        "externalDocs": {},
    }
    where = ("components", "schemas", "A")
    result = found(with_schema(schema))
    assert result[*where, "type"] == {'"type" property must be either a string or an array of strings'}
    assert result[*where, "required"] == {
        '"required" property must not have duplicate items (items ## 1 and 0 are identical)'
    }
    assert result[*where, "properties", "b"] == {'"{{property}}" property must be a valid Schema Object'}
    # What OpenAPI adds is asked of the outer schema only.
    assert set(result) == {
        *((*where, *more) for more in (("type",), ("required",), ("properties", "a", "type"), ("properties", "b"))),
        (*where, "externalDocs"),
    }


def test_schemas_of_openapi_3_2() -> None:
    schema = {"type": 1, "properties": {"a": {"externalDocs": {}}, "b": 1}}
    where = ("components", "schemas", "A")
    result = found(with_schema(schema, "3.2.0"))
    assert result[*where, "properties", "b"] == {'"b" property must be object,boolean'}
    assert result[*where, "properties", "a", "externalDocs"] == {
        '"externalDocs" property must have required property "url"'
    }
    assert '"type" property must match a schema in anyOf' in result[*where, "type"]


def test_a_document_of_openapi_3_1_has_some_content() -> None:
    message = 'The document must have either "paths", "webhooks" or "components"'
    assert found({"openapi": "3.1.0", "info": INFO}) == {(): {message}}


def test_members_that_nothing_speaks_of() -> None:
    content = {"a/b": {"schema": {}, "extra": 1, "x-extra": 1}}
    document = {"openapi": "3.1.0", "info": INFO, "components": {"requestBodies": {"A": {"content": content}}}}
    where = ("components", "requestBodies", "A", "content", "a/b")
    assert found(document) == {where: {'"a~1b" property must not have unevaluated properties'}}


def test_a_metaschema_is_read_once() -> None:
    assert as_read("3.0") is as_read("3.0")
    assert "oneOf" not in as_read("3.0")["definitions"]["Response"]["properties"]["headers"]["additionalProperties"]


def test_only_what_is_wrong_is_walked() -> None:
    each = {"if": {"required": ["a"]}, "then": {"properties": {"a": {"type": "string"}}}}
    schema = {"additionalProperties": {"anyOf": [each, {"type": "array"}]}, "properties": {"200": {"type": "string"}}}
    judging = judge(schema)
    value = {"right": {"a": "x", "b": [1]}, "wrong": {"a": {"b": 1}}, "200": 1}
    errors = every_error(judging, value)
    assert {(one.path, one.keyword) for one in errors} == {
        (("200",), "type"),
        (("wrong", "a"), "type"),
        (("wrong",), "if"),
        (("wrong",), "type"),
        (("wrong",), "anyOf"),
    }
    assert not every_error(judging, {"right": value["right"]})


def test_numbers_that_are_no_json() -> None:
    judging = judge({"properties": {"a": {"properties": {"b": {"type": "string"}}}}})
    assert [one.path for one in every_error(judging, {"a": {"b": float("inf")}})] == [("a", "b")]


def test_questions_are_asked_in_full() -> None:
    named = {"properties": {"a": {"const": 1}}, "required": ["a"]}
    judging = judge({"maxItems": 1, "not": {"contains": named}, "contains": named, "minContains": 0, "maxContains": 1})
    assert [one.keyword for one in every_error(judging, [{"a": 2}, {"a": 3}])] == ["maxItems"]


def test_what_a_failed_clause_looks_at_is_not_evaluated() -> None:
    scheme = {"type": "http", "scheme": 1}
    document = {"openapi": "3.2.0", "info": INFO, "components": {"securitySchemes": {"a": scheme}}}
    where = ("components", "securitySchemes", "a")
    assert found(document) == {
        (*where, "scheme"): {'"scheme" property must be string'},
        where: {'"a" property must not have unevaluated properties'},
    }


def test_some_addresses_of_openapi_3_1_are_full() -> None:
    info = INFO | {"termsOfService": "terms", "license": {"name": "A", "url": "license"}}
    document = {"openapi": "3.1.0", "info": info, "paths": {}, "tags": [{"name": "a", "externalDocs": {"url": "docs"}}]}
    assert set(found(document)) == {
        ("info", "termsOfService"),
        ("info", "license", "url"),
        ("tags", 0, "externalDocs", "url"),
    }
