"""JSON Schema as Ajv 8 judges by it: which error comes first, where it is, and what is no schema."""

import sys
from typing import Any

import pytest

from integrationlint.dialects.json_schema import (
    DIALECTS,
    Errors,
    MissingReference,
    SchemaProblem,
    Schemas,
    TooDeep,
    dialect_of,
)
from integrationlint.dialects.json_schema_formats import is_in_format


def errors(schema: Any, value: Any, dialect: str = "draft7", *, every: bool = False) -> Errors:
    return Schemas().errors(schema, value, dialect, every=every)


def keywords(schema: Any, value: Any, dialect: str = "draft7", *, every: bool = False) -> list[str]:
    return [one.keyword for one in errors(schema, value, dialect, every=every)]


def test_an_error_says_where_and_why() -> None:
    schema = {"properties": {"a": {"items": {"maximum": 3}}}}
    (error,) = errors(schema, {"a": [1, 5]})
    assert error.path == ("a", 1)
    assert (error.keyword, error.value, error.message) == ("maximum", 3, "must be <= 3")
    assert error.params == {"comparison": "<=", "limit": 3}
    assert error.schema_path == ("properties", "a", "items", "maximum")
    assert error.schema == {"maximum": 3}


def test_errors_behind_a_reference_begin_there() -> None:
    schema = {"$ref": "#/definitions/a", "definitions": {"a": {"type": "null"}}}
    assert [one.schema_path for one in errors(schema, 1)] == [("definitions", "a", "type")]


@pytest.mark.parametrize(
    ("schema", "value", "first"),
    [
        ({"type": "string", "enum": ["a"]}, 1, "type"),
        ({"type": "string", "enum": ["a"], "maxLength": 3}, 1, "enum"),
        ({"type": "string", "maxLength": 3, "maximum": 0}, 1, "maximum"),
        ({"properties": {"a": False}, "required": ["b"]}, {"a": 1}, "required"),
        (
            {"additionalProperties": False, "properties": {"a": {"type": "null"}}},
            {"a": 1, "b": 1},
            "additionalProperties",
        ),
        ({"items": {"type": "null"}, "uniqueItems": True}, [1, 1], "type"),
        ({"allOf": [{"type": "null"}], "const": 2}, 1, "const"),
        ({"if": True, "then": {"type": "null"}}, 1, "type"),
        ({"contains": {"type": "null"}}, [1], "contains"),
    ],
)
def test_the_first_error_is_that_of_ajv(schema: Any, value: Any, first: str) -> None:
    assert keywords(schema, value) == [first]


def test_alternatives_bring_the_errors_of_each() -> None:
    schema = {"anyOf": [{"type": "null"}, {"contains": {"type": "null"}}]}
    assert keywords(schema, [1]) == ["type", "type", "contains", "anyOf"]
    assert keywords({"anyOf": [{"type": "integer", "const": 2}]}, "x") == ["type", "const", "anyOf"]
    assert errors({"oneOf": [{}, True]}, 1)[0].params == {"passingSchemas": [0, 1]}
    assert keywords({"propertyNames": {"maxLength": 1}}, {"ab": 1}) == ["maxLength", "propertyNames"]


def test_members_come_in_the_order_of_javascript() -> None:
    found = errors({"additionalProperties": False}, {"b": 1, "10": 1, "9": 1}, every=True)
    assert [one.params["additionalProperty"] for one in found] == ["9", "10", "b"]


@pytest.mark.parametrize(
    ("schema", "value", "dialect", "fits"),
    [
        ({"type": "integer"}, 1.0, "draft4", True),
        ({"type": "integer"}, True, "draft7", False),
        ({"type": "number"}, False, "draft7", False),
        ({"const": {"a": [1.0]}}, {"a": [1]}, "draft7", True),
        ({"enum": [0]}, False, "draft7", False),
        ({"multipleOf": 0.5}, 2, "draft7", True),
        ({"multipleOf": 0.1}, 0.3, "draft7", False),
        ({"multipleOf": 7}, 7 * 10**400, "draft7", True),
        ({"maxLength": 1}, "\U0001f600", "draft7", True),
        ({"type": "string", "nullable": True}, None, "draft7", True),
        ({"uniqueItems": True}, [1, True, [1], [True]], "draft7", True),
        ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1}], "draft7", False),
        ({"items": [{}], "additionalItems": False}, [1, 2], "draft7", False),
        ({"additionalItems": False}, [1, 2], "draft7", True),
        ({"dependencies": {"a": {"required": ["b"]}}}, {"a": 1}, "draft7", False),
        ({"patternProperties": {"^a": {"type": "null"}}}, {"ab": 1}, "draft7", False),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, "draft2019-09", False),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, "draft7", True),
        ({"contains": {"const": 1}, "minContains": 2}, [1], "draft2020-12", False),
        ({"contains": {"const": 1}, "minContains": 2}, [1], "draft7", True),
        ({"contains": {"const": 1}, "minContains": 0}, [], "draft2020-12", True),
        ({"contains": {"const": 1}, "maxContains": 1}, [1, 1], "draft2020-12", False),
        ({"prefixItems": [{"const": 1}], "items": False}, [1, 2], "draft2020-12", False),
        ({"unevaluatedProperties": False, "allOf": [{"properties": {"a": {}}}]}, {"a": 1}, "draft2019-09", True),
        (
            {"unevaluatedProperties": False, "anyOf": [{"properties": {"a": {"const": 2}}}, {}]},
            {"a": 1},
            "draft2020-12",
            False,
        ),
        ({"unevaluatedItems": False, "prefixItems": [{}]}, [1, 2], "draft2020-12", False),
        (
            {"unevaluatedProperties": False, "if": {"required": ["a"]}, "then": {"properties": {"a": {}}}},
            {"a": 1},
            "draft2020-12",
            True,
        ),
    ],
)
def test_what_fits(schema: Any, value: Any, dialect: str, fits: bool) -> None:
    assert (not errors(schema, value, dialect)) is fits
    assert (not errors(schema, value, dialect, every=True)) is fits


def test_references() -> None:
    named = {"$id": "http://x.org/s", "definitions": {"q": {"$id": "w", "type": "null"}}, "$ref": "w"}
    assert keywords(named, 1) == ["type"]
    anchored = {"$defs": {"q": {"$anchor": "w", "type": "null"}}, "$ref": "#w"}
    assert keywords(anchored, 1, "draft2020-12") == ["type"]
    tree = {
        "properties": {"next": {"$ref": "#"}, "a~b": {"$ref": "#/definitions/a~1b%20c"}},
        "definitions": {"a/b c": False},
    }
    assert [one.path for one in errors(tree, {"next": {"next": {"a~b": 1}}})] == [("next", "next", "a~b")]
    dynamic = {"$dynamicAnchor": "n", "properties": {"c": {"$dynamicRef": "#n"}}, "required": ["c"]}
    assert [one.path for one in errors(dynamic, {"c": {}}, "draft2020-12")] == [("c",)]
    assert not errors({"$ref": "http://json-schema.org/draft-07/schema#"}, {"type": "string"})
    assert errors({"$ref": "http://json-schema.org/draft-07/schema#"}, {"type": 1})


@pytest.mark.parametrize(
    "reference", ["#/a", "other.json", "http://x.org/a#/b", "#a", "http://[", "#/definitions/list/allOf/9"]
)
def test_nothing_is_retrieved(reference: str) -> None:
    with pytest.raises(MissingReference, match="can't resolve reference"):
        errors({"$ref": reference, "definitions": {"list": {"allOf": [{}]}}}, 1)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "text"},
        {"minLength": -1},
        {"properties": []},
        {"required": "a"},
        {"not": {"anyOf": []}},
        {"$schema": 3},
    ],
)
def test_what_is_no_schema_is_refused(schema: Any, dialect: str) -> None:
    with pytest.raises(SchemaProblem):
        errors(schema, 1, dialect)


def test_a_problem_below_is_found_again_from_above() -> None:
    schemas = Schemas()
    shared = {"properties": {"a": {"pattern": "("}}}
    for _ in range(2):
        assert schemas.problem({"allOf": [{}, shared]}) is not None
    assert schemas.problem(shared) is not None
    assert schemas.problem({"definitions": {"a": shared}}) is None


def test_schemas_that_never_apply_may_be_wrong() -> None:
    assert Schemas().problem({"if": {"nullable": True}}) is None
    assert Schemas().problem({"anyOf": [{}, {"nullable": True}]}) is None
    assert Schemas().problem({"if": {"nullable": True}, "then": {}}) is not None


def test_shared_parts_cost_nothing() -> None:
    schema: Any = {"type": "object"}
    value: Any = {}
    for _ in range(60):
        schema = {"properties": {"a": schema, "b": schema}}
        value = {"a": value, "b": value}
    assert not errors(schema, value)


def test_depth_is_bounded_whatever_the_limit_of_the_interpreter() -> None:
    value: Any = {}
    for _ in range(5_000):
        value = {"a": value}
    with pytest.raises(TooDeep):
        errors({"properties": {"a": {"allOf": [{"$ref": "#"}]}}}, value)
    with pytest.raises(TooDeep):
        errors({"allOf": [{"$ref": "#"}], "type": "object"}, {})
    assert sys.getrecursionlimit() >= 1000


def test_a_deep_schema_is_looked_through() -> None:
    schema: Any = {"nullable": True}
    for _ in range(5_000):
        schema = {"properties": {"a": schema}}
    assert "nullable" in str(Schemas().problem(schema))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("date", "2024-02-29", "2023-02-29"),
        ("time", "23:59:60+01", "24:00:00"),
        ("date-time", "2024-01-01 10:00:00Z", "2024-01-01"),
        ("uri", "http://[::1]:80/a?b#c", "/a"),
        ("uri-reference", "../a?b", "a b"),
        ("uri-template", "/a/{b:3}{?c*}", "{a"),
        ("url", "https://example.org/x", "https://10.0.0.1"),
        ("email", "a.b@example.org", "a@b"),
        ("hostname", "a-b.example", "-a"),
        ("ipv4", "10.0.0.1", "256.0.0.1"),
        ("ipv6", "1::8", "1::2::3"),
        ("uuid", "12345678-1234-1234-1234-123456789abc", "1234"),
        ("regex", "^a+$", "("),
        ("byte", "YWI=", "a"),
        ("duration", "P1DT2H", "p1d"),
        ("json-pointer", "/a~1b", "a"),
        ("json-pointer-uri-fragment", "#/a%20b", "/a"),
        ("relative-json-pointer", "1/a", "01"),
        ("int32", 2**31 - 1, 2**31),
        ("int64", 2**40, 1.5),
    ],
)
def test_formats(name: str, right: Any, wrong: Any) -> None:
    assert is_in_format(name, right)
    assert not is_in_format(name, wrong)
    assert not errors({"format": name}, right)
    assert keywords({"format": name}, wrong) == ["format"]


@pytest.mark.parametrize(
    ("name", "value"), [("int32", "x"), ("date", 3), ("password", "x"), ("nope", "x"), ("double", 1.5)]
)
def test_formats_that_say_nothing(name: str, value: Any) -> None:
    assert is_in_format(name, value)


@pytest.mark.parametrize(
    ("address", "dialect"),
    [
        ("http://json-schema.org/draft-04/schema#", "draft4"),
        ("http://json-schema.org/draft-07/hyper-schema", "draft7"),
        ("https://json-schema.org/draft/2020-12/schema", "draft2020-12"),
        ("http://json-schema.org/draft-03/schema#", ""),
        (7, ""),
    ],
)
def test_the_dialect_of_an_address(address: Any, dialect: str) -> None:
    assert dialect_of(address) == dialect


def test_words_of_the_author() -> None:
    schema = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"type": "string"}},
        "errorMessage": {"required": {"a": "need a"}, "properties": {"a": "bad a"}, "_": "rest"},
    }
    assert [one.message for one in errors(schema, {}, every=True)] == ["need a", "rest"]
    (first, second) = errors(schema, {"a": 1}, every=True)
    assert (first.message, first.path, second.message, second.path) == ("bad a", ("a",), "rest", ())
    assert [one.message for one in errors({"type": "null", "errorMessage": "no"}, 1, every=True)] == ["no"]
    assert [one.message for one in errors({"type": "null", "errorMessage": "no"}, 1)] == ["must be null"]
