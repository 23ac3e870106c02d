"""The functions of `spectral:oas` about operations, paths, security, references and servers."""

from typing import Any

import pytest

from integrationlint.spectral.functions.functions import find
from integrationlint.spectral.nouns import Context, Found, Path, SpectralRule

RULE = SpectralRule("rule", ("$",), ())


def found(
    name: str,
    value: Any,
    options: Any = None,
    *,
    path: Path = (),
    raw: Any = None,
    formats: str = "oas3 oas3_0",
    references: frozenset[str] = frozenset(),
) -> list[tuple[str, Path | None]]:
    function = find(name)
    assert function is not None
    context = Context(path, raw, raw, frozenset(formats.split()), RULE, lambda: references)
    return [(one.message, one.path) for one in map(Found._make, function(value, options, context))]


def places(name: str, value: Any, options: Any = None, **others: Any) -> list[Path | None]:
    return [path for _, path in found(name, value, options, **others)]


@pytest.mark.parametrize("code", ["200", "204", "302", "2XX", "3XX", "2e2"])
def test_a_response_of_success_is_enough(code: str) -> None:
    assert not found("oasOpSuccessResponse", {"default": {}, code: {}})


@pytest.mark.parametrize("responses", [{}, {"default": {}}, {"400": {}}, {"4XX": {}}, {"2xx": {}}, {"199": {}}])
def test_no_response_of_success(responses: Any) -> None:
    message = "Operation must define at least a single 2xx or 3xx response"
    assert found("oasOpSuccessResponse", responses) == [(message, None)]


def test_ranges_of_responses_are_of_openapi_3() -> None:
    assert found("oasOpSuccessResponse", {"2XX": {}}, formats="oas2")
    assert not found("oasOpSuccessResponse", ["200"])


def test_forms_are_consumed() -> None:
    parameters = [{"in": "formData", "name": "a"}]
    assert found("oasOpFormDataConsumeCheck", {"parameters": parameters, "consumes": ["application/json"]})
    assert not found("oasOpFormDataConsumeCheck", {"parameters": parameters, "consumes": ["multipart/form-data"]})
    assert not found("oasOpFormDataConsumeCheck", {"parameters": [{"in": "query"}], "consumes": []})
    assert not found("oasOpFormDataConsumeCheck", {"parameters": parameters})


def test_operation_ids_are_unique() -> None:
    paths = {
        "/a": {"get": {"operationId": "one"}, "x-get": {"operationId": "one"}, "put": {}},
        "/b": {"get": {"operationId": "two"}, "post": {"operationId": "one"}},
        "/c": None,
    }
    message = "operationId must be unique."
    assert found("oasOpIdUnique", paths) == [(message, ("paths", "/b", "post", "operationId"))]
    assert not found("oasOpIdUnique", None)


def test_parameters_differ() -> None:
    value = [
        {"in": "query", "name": "a"},
        {"in": "header", "name": "a"},
        {"$ref": "#/a"},
        {"in": "query", "name": "a"},
        {"in": "body", "name": "b"},
        {"in": "body", "name": "c"},
    ]
    assert places("oasOpParams", value, path=("p",)) == [("p", 3), ("p", 5)]
    assert not found("oasOpParams", value[:2])
    both = [{"in": "body", "name": "b"}, {"in": "formData", "name": "c"}]
    message = 'Operation must not have both "in:body" and "in:formData" parameters.'
    assert found("oasOpParams", both) == [(message, None)]


def test_tags_are_defined() -> None:
    value = {"tags": [{"name": "a"}, {}, None], "paths": {"/a": {"get": {"tags": ["a", "b", 1]}, "put": {"tags": "b"}}}}
    where = ("paths", "/a", "get", "tags")
    assert places("oasTagDefined", value) == [(*where, 1), (*where, 2)]


def test_path_parameters_are_declared_and_used() -> None:
    paths: Any = {
        "/a/{id}": {
            "parameters": [{"in": "path", "name": "id", "required": True}],
            "get": {"parameters": [{"in": "path", "name": "other", "required": True}]},
            "put": {},
        },
        "/b/{id}/{id}": {"get": {"parameters": [{"in": "path", "name": "id"}, {"in": "path", "name": "id"}]}},
        "/c/{id}": {"get": {}},
        "/d": {"get": {"parameters": [{"in": "query", "name": "id"}]}},
    }
    assert found("oasPathParam", paths) == [
        ('Parameter "other" must be used in path "/a/{id}".', ("paths", "/a/{id}", "get", "parameters", 0)),
        ('Path "/b/{id}/{id}" must not use parameter "{id}" multiple times.', ("paths", "/b/{id}/{id}")),
        *(
            (f'Path parameter "id" must {what}', ("paths", "/b/{id}/{id}", "get", "parameters", index))
            for index, what in (
                (0, 'have "required" property that is set to "true".'),
                (1, 'have "required" property that is set to "true".'),
                (1, "not be defined multiple times."),
            )
        ),
        ('Operation must define parameter "{id}" as expected by path "/c/{id}".', ("paths", "/c/{id}", "get")),
    ]


def test_paths_are_equivalent_whatever_their_parameters_are_called() -> None:
    paths: Any = {"/a/{one}": {}, "/a/{two}": {}, "/b/{one}": {}, "/c": None}
    message = 'Paths "/a/{one}" and "/a/{two}" must not be equivalent.'
    assert found("oasPathParam", paths) == [(message, ("paths", "/a/{two}"))]


def test_security_is_defined() -> None:
    flows = {"implicit": {"scopes": {"read": "r"}}}
    raw = {"components": {"securitySchemes": {"key": {}, "oauth": {"type": "oauth2", "flows": flows}}}}
    value = {"oauth": ["read", "write"], "other": [], "key": []}
    where = ("paths", "/a", "get", "security", 0)
    assert found("oasSecurityDefined", value, {"oasVersion": 3}, path=where, raw=raw) == [
        ('"write" must be listed among scopes.', (*where, "oauth", 1)),
        (
            'Operation "security" values must match a scheme defined in the "components.securitySchemes" object.',
            (*where, "other"),
        ),
    ]
    assert not found("oasSecurityDefined", {"other": ["a", 1]}, {"oasVersion": 3}, raw=raw)


def test_security_is_defined_in_openapi_2() -> None:
    raw = {"securityDefinitions": {"oauth": {"scopes": {"read": "r"}}}}
    value = {"oauth": ["read", "write"], "key": []}
    assert found("oasSecurityDefined", value, {"oasVersion": 2}, path=("security", 0), raw=raw) == [
        ('"write" must be listed among scopes.', ("security", 0, "oauth", 1)),
        (
            'API "security" values must match a scheme defined in the "securityDefinitions" object.',
            ("security", 0, "key"),
        ),
    ]


def test_components_are_used() -> None:
    value: Any = {"components": {"schemas": {"A": {}, "B": {}}, "links": {"L": {}}, "securitySchemes": {"S": {}}}}
    references = frozenset(["#/components/schemas/A"])
    assert places("oasUnusedComponent", value, raw=value, references=references) == [
        ("components", "schemas", "B"),
        ("components", "links", "L"),
    ]
    assert not found("oasUnusedComponent", {}, raw={})


def test_a_discriminator_is_a_required_property() -> None:
    where = ("definitions", "A")
    assert places("oasDiscriminator", {"discriminator": "kind"}, path=where) == [
        (*where, "properties"),
        (*where, "required"),
    ]
    whole = {"discriminator": "kind", "properties": {"kind": {}}, "required": ["kind"]}
    assert not found("oasDiscriminator", whole, path=where)
    assert not found("oasDiscriminator", {"discriminator": {"propertyName": "kind"}}, path=where)


def test_a_reference_stands_alone() -> None:
    raw = {"a": [{"$ref": "#/b", "title": "A", "x-a": 1}], "b": {"$ref": "#/c"}}
    assert places("refSiblings", "#/b", path=("a", 0, "$ref"), raw=raw) == [("a", 0, "title"), ("a", 0, "x-a")]
    assert not found("refSiblings", "#/c", path=("b", "$ref"), raw=raw)
    assert not found("refSiblings", "#/c", path=("c", "d", "$ref"), raw=raw)


def test_tags_have_names_of_their_own() -> None:
    value = [{"name": "a"}, {"name": "b"}, {"name": "a"}]
    message = '"tags" object contains duplicate tag name "a".'
    assert found("uniquenessTags", value, path=("tags",)) == [(message, ("tags", 2, "name"))]
    assert not found("uniquenessTags", [*value, {}], path=("tags",))


def servers(url: str, variables: Any = None, **options: bool) -> list[tuple[str, Path | None]]:
    value = {"url": url} if variables is None else {"url": url, "variables": variables}
    return found("serverVariables", value, options or None, path=("servers", 0))


def test_server_variables_are_declared_and_used() -> None:
    where = ("servers", 0, "variables")
    assert servers("https://{a}.com/{b}", {"a": {"default": "x"}, "c": {"default": "x"}}) == [
        ('Server\'s "variables" object has unused defined "c" url variable.', (*where, "c")),
        ('Not all server\'s variables are described with "variables" object. Missed: b.', where),
    ]
    assert not servers("https://a.com")
    assert found("serverVariables", {"url": 1}, None) == [("Invalid Server Object", None)]
    assert servers("https://{a}.com", {"a": {"enum": [1]}}) == [("Invalid Server Object", None)]


def test_server_variables_have_defaults() -> None:
    where = ("servers", 0, "variables", "a")
    assert servers("https://{a}.com", {"a": {"enum": ["x"]}}, requireDefault=True) == [
        ('Server Variable "a" has a missing default.', where)
    ]
    assert servers("https://{a}.com", {"a": {"enum": ["x"], "default": "y"}}) == [
        ('Server Variable "a" has a default not listed in the enum.', (*where, "default"))
    ]


def test_server_variables_give_addresses() -> None:
    ports = {"port": {"enum": ["80", "99999"], "default": "80"}}
    message = "A few substitutions of server variables resulted in invalid URLs: https://a.com:99999/v1"
    assert servers("https://a.com:{port}/v1", ports, checkSubstitutions=True) == [
        (message, ("servers", 0, "variables"))
    ]
    many = {"a": {"enum": [*"123456"], "default": "1"}}
    [(message, _)] = servers("/{a}", many, checkSubstitutions=True)
    assert (
        message == "At least 5 substitutions of server variables resulted in invalid URLs: /1, /2, /3, /4, /5 and more"
    )
