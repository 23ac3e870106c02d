"""Examples against their schemas: every spelling of the dialects, and nothing that takes for ever."""

from collections.abc import Callable
from json import dumps
from typing import Any

import pytest

from integrationlint.checks.schemas_cost import Meter, heaviest, steps, weights
from integrationlint.checks.schemas_validation import errors

Find = Callable[..., list[tuple[str, str]]]
RULE = "schema/example-valid"


def contract(schemas: dict[str, Any], version: str = "3.0.3", **more: Any) -> str:
    whole = {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": {}, **more}
    return dumps({**whole, "components": {"schemas": schemas}})


def body(schema: Any, **media: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, **media}}
    return {"/a": {"post": {"requestBody": {"content": content}, "responses": {}}}}


def test_what_is_read_only_or_write_only_is_required_of_no_example(find: Find) -> None:
    order = {
        "type": "object",
        "required": ["id", "key", "total"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "key": {"type": "string", "writeOnly": True},
            "total": {"type": "string"},
        },
    }
    assert find(RULE, contract({"Order": {**order, "example": {"total": "1"}}})) == []
    assert len(find(RULE, contract({"Order": {**order, "example": {"id": "1"}}}))) == 1


def test_null_is_spelled_in_each_version_as_it_is(find: Find) -> None:
    old = {
        "type": "object",
        "properties": {"a": {"type": "string", "nullable": True, "enum": ["x"]}},
        "example": {"a": None},
    }
    new = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "example": {"a": None}}
    either = {
        "properties": {"a": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
        "examples": [{"a": None}, {"a": "x"}],
    }
    assert find(RULE, contract({"A": old})) == []
    assert find(RULE, contract({"A": new}, "3.1.0")) == []
    assert [at for at, _ in find(RULE, contract({"A": either}, "3.1.0"))] == ["/components/schemas/A/examples/1/a"]


def test_compositions_references_and_circles(find: Find) -> None:
    schemas = {
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Node": {
            "allOf": [
                {"$ref": "#/components/schemas/Base"},
                {"properties": {"next": {"$ref": "#/components/schemas/Node"}}},
            ],
            "example": {"id": "a", "next": {"id": "b", "next": {"next": {"id": "d"}}}},
        },
    }
    assert find(RULE, contract(schemas)) == [
        (
            "/components/schemas/Node/example/next/next",
            'the example does not fit its schema: "id" is a required property',
        )
    ]


def test_references_to_other_files_are_followed_in_the_snapshot(find: Find) -> None:
    schema = {"type": "array", "items": {"$ref": "order.yaml#/Order"}}
    files = {
        "api.json": contract({}, paths=body(schema, example=[{"id": 1}, {"id": "a"}])),
        "order.yaml": "Order: {type: object, properties: {id: {type: string}}}\n",
    }
    assert [at for at, _ in find(RULE, files)] == ["/paths/~1a/post/requestBody/content/application~1json/example/0/id"]


def test_references_to_nowhere_allow_everything(find: Find) -> None:
    schema = {"type": "array", "items": {"$ref": "https://example.com/order.json"}}
    assert find(RULE, contract({}, paths=body(schema, example=[{"id": 1}]))) == []


def test_alternatives_are_explained_by_the_closest(find: Find) -> None:
    schema = {
        "oneOf": [{"type": "string"}, {"type": "object", "required": ["a"], "properties": {"a": {"type": "object"}}}],
        "example": {"a": 5},
    }
    [(at, message)] = find(RULE, contract({"A": schema}))
    assert at == "/components/schemas/A/example"
    assert "object" in message


def test_text_of_other_notations_is_left_alone(find: Find) -> None:
    paths = {
        "/a": {
            "get": {"responses": {"200": {"content": {"text/csv": {"schema": {"type": "array"}, "example": "a,b"}}}}}
        }
    }
    assert find(RULE, contract({}, paths=paths)) == []


def test_parameters_and_headers(find: Find) -> None:
    listed = {"name": "ids", "in": "query", "schema": {"type": "array"}, "example": "1,2"}
    wrong = {"name": "limit", "in": "query", "schema": {"type": "integer"}, "examples": {"a": {"value": "ten"}}}
    header = {"X-Count": {"schema": {"type": "integer"}, "example": "x"}}
    paths = {"/a": {"get": {"parameters": [listed, wrong], "responses": {"200": {"headers": header}}}}}
    assert [at for at, _ in find(RULE, contract({}, paths=paths))] == [
        "/paths/~1a/get/parameters/1/examples/a/value",
        "/paths/~1a/get/responses/200/headers/X-Count/example",
    ]


def test_responses_of_openapi_2(find: Find) -> None:
    response = {"schema": {"type": "array"}, "examples": {"application/json": {"a": 1}, "text/plain": "a"}}
    whole = {"swagger": "2.0", "paths": {"/a": {"get": {"responses": {"200": response}}}}}
    assert [at for at, _ in find(RULE, dumps(whole))] == ["/paths/~1a/get/responses/200/examples/application~1json"]


def test_a_pattern_that_the_validator_refuses_does_not_silence_the_rest(find: Find) -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string", "pattern": "(?<=a+)b"}, "n": {"type": "integer"}},
        "example": {"a": "ab", "n": "x"},
    }
    assert [at for at, _ in find(RULE, contract({"A": schema}))] == ["/components/schemas/A/example/n"]


@pytest.mark.parametrize("example", [float("1e400"), {"a": 10**400}, {"": None}, {"/~": [[]]}])
def test_odd_examples(example: Any, find: Find) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "example": example}
    find(RULE, dumps({"openapi": "3.0.3", "components": {"schemas": {"A": schema}}}).replace("Infinity", "1e400"))


def test_weights_count_what_one_value_meets() -> None:
    schemas = {
        "0": {"type": "string"},
        "1": {"anyOf": [{"$ref": "#/$defs/0"}, {"$ref": "#/$defs/0"}]},
        "2": {"allOf": [{"$ref": "#/$defs/1"}, {"$ref": "#/$defs/1"}]},
        "3": {"allOf": [{"$ref": "#/$defs/4"}]},
        "4": {"$ref": "#/$defs/3"},
        "5": {"properties": {"a": {"$ref": "#/$defs/2"}}},
    }
    found = weights(schemas)
    assert (found["0"], found["1"], found["2"]) == (1, 3, 7)
    assert found["3"] > 10**9
    assert heaviest(schemas)["5"] == 7
    assert steps(2, {"a": {"b": 1}}) == 8 * 3


def test_a_meter_counts_exactly_and_stops_at_its_limit() -> None:
    schemas = {
        "0": {"properties": {"x": {"$ref": "#/$defs/0"}}, "allOf": [{"properties": {"x": {"$ref": "#/$defs/0"}}}]},
    }
    value: Any = 1
    for _ in range(60):
        value = {"x": value}
    assert Meter(schemas, 10_000).steps("0", {"x": 1}) < 20
    assert Meter(schemas, 10_000).steps("0", value) > 10**12
    assert Meter(schemas, 10).steps("0", value) > 10**12


def test_values_that_would_take_for_ever_are_left_alone() -> None:
    schemas: dict[str, Any] = {"0": {"type": "string"}}
    for number in range(1, 80):
        below = {"$ref": f"#/$defs/{number - 1}"}
        schemas[str(number)] = {"anyOf": [below, below, {"type": "boolean"}]}
    found = errors(schemas, [("79", 1), ("1", 1), ("1", "a")])
    assert found is not None
    endless, wrong, right = found
    assert endless is None
    assert wrong is not None
    assert right is None


def test_what_is_no_schema_is_said() -> None:
    assert errors({"0": {"type": "nothing"}}, [("0", 1)]) is None
