"""The function `schema`: what Spectral says of values that do not fit."""

from typing import Any

import pytest

from integrationlint.spectral.functions.functions import find
from integrationlint.spectral.functions.schema import judged
from integrationlint.spectral.nouns import UNDEFINED, Context, Path, SpectralRule


def context(path: Path = (), *, resolved: bool = False) -> Context:
    return Context(path, {}, {}, frozenset(), SpectralRule("rule", ("$",), (), resolved=resolved))


def found(value: Any, schema: Any, path: Path = (), **options: Any) -> list[tuple[str, Path | None]]:
    function = find("schema")
    assert function is not None
    asked = {"schema": schema, **options}
    return [(message, place) for message, place in function(value, asked, context(path))]


def messages(value: Any, schema: Any, **options: Any) -> list[str]:
    return [message for message, _ in found(value, schema, **options)]


@pytest.mark.parametrize(
    ("value", "schema", "message"),
    [
        (1, {"type": "string"}, "Value type must be string"),
        ("a", {"minLength": 2}, "String must not have fewer than 2 characters"),
        ([], {"minItems": 1}, "Object must not have fewer than 1 items"),
        ({}, {"required": ["a"]}, 'Object must have required property "a"'),
        ({"b": 1}, {"additionalProperties": False}, 'Property "b" is not expected to be here'),
        (5, {"maximum": 4.0}, "Number must be <= 4"),
        ("x", {"pattern": "^a"}, 'String must match pattern "^a"'),
        ("x", {"format": "email"}, 'String must match format "email"'),
        (True, {"const": 1}, "Boolean must be equal to constant"),
        ("x", {"not": {}}, "String must not be valid"),
        ({"a b": 1}, {"propertyNames": {"maxLength": 2}}, "Object property name must be valid"),
        ({"a": 1}, {"dependencies": {"a": ["b", "c"]}}, "Object must have properties b, c when property a is present"),
        ([1, 1.0], {"uniqueItems": True}, "Object must not have duplicate items (items ## 0 and 1 are identical)"),
        (3, False, "schema must be object or boolean"),
    ],
)
def test_words(value: Any, schema: Any, message: str) -> None:
    if schema is False:
        assert judged(value, 3, "draft7", context())[0].message == message
    else:
        assert messages(value, schema)[-1:] == [message]


def test_the_name_is_that_of_the_place() -> None:
    assert found(1, {"type": "string"}, ("info", "title")) == [
        ('"title" property type must be string', ("info", "title"))
    ]
    nested = {"properties": {"a/b": {"items": {"type": "string", "maxLength": 1}}}}
    assert found({"a/b": ["x", 1]}, nested, ("at",)) == [("Item at index 1 must be string", ("at", "a/b", 1))]
    assert found({"a/b": ["xy"]}, nested) == [("Item at index 0 must not have more than 1 characters", ("a/b", 0))]


def test_what_has_no_letter_in_its_path_has_no_place() -> None:
    assert not found({"~": 1}, {"properties": {"~": {"items": {}, "type": "string"}}, "type": "object"}, ("at",))[1:]
    assert not found({"é": 1}, {"properties": {"é": {"type": "string"}}})


@pytest.mark.parametrize(
    ("value", "allowed", "message"),
    [
        (
            "grean",
            ["green", "red"],
            'String must be equal to one of the allowed values: "green", "red". Did you mean "green"?',
        ),
        ("zzz", ["a", 1, None], 'String must be equal to one of the allowed values: "a", 1, null'),
        ("zzz", ["a"], 'String must be equal to one of the allowed values: "a". Did you mean "a"?'),
        (2, [1.5, {"a": [1]}], 'Number must be equal to one of the allowed values: 1.5, {"a":[1]}'),
    ],
)
def test_allowed_values(value: Any, allowed: list[Any], message: str) -> None:
    assert messages(value, {"enum": allowed}) == [message]


def test_allowed_values_of_one_place_are_listed_together() -> None:
    schema = {"properties": {"a": {"allOf": [{"enum": ["x", 1]}, {"enum": ["x", "y"]}]}}}
    assert messages({"a": "qqq"}, schema, allErrors=True) == [
        '"a" property must be equal to one of the allowed values: "x", 1, "y"'
    ]
    assert messages("qqq", {"anyOf": [{"enum": ["x"]}]})[0] == "String must be equal to one of the allowed values"


def test_alternatives_say_that_none_matched() -> None:
    none = "None of the schemas matched, see the other errors reported for this value"
    assert messages(1, {"oneOf": [{"type": "string"}, {"type": "null"}]}) == [
        "Value type must be string",
        "Value type must be null",
        f"Number must match exactly one schema in oneOf. {none}",
    ]
    assert messages(1, {"oneOf": [{}, {"type": "number"}]}) == ["Number must match exactly one schema in oneOf"]
    inside = {"anyOf": [{"required": ["a"]}, {"properties": {"b": {"type": "string"}}}]}
    assert messages({"b": 1}, inside) == [
        'Object must have required property "a"',
        f"Object must match a schema in anyOf. {none}",
        '"b" property type must be string',
    ]
    nested = {"properties": {"x": {"anyOf": [{"type": "string"}, {"properties": {"b": {"type": "string"}}}]}}}
    assert messages({"x": {"b": 1}}, nested) == ['"b" property type must be string']


def test_the_first_error_or_all() -> None:
    schema = {"required": ["a", "b"], "properties": {"c": {"type": "string"}}}
    assert len(messages({"c": 1}, schema)) == 1
    assert messages({"c": 1}, schema, allErrors=True) == [
        'Object must have required property "a"',
        'Object must have required property "b"',
        '"c" property type must be string',
    ]


def test_words_of_the_author_count_with_all_errors() -> None:
    schema = {"required": ["a"], "properties": {"a": {"type": "string"}}, "errorMessage": {"required": "need a"}}
    assert messages({}, schema, allErrors=True) == ["need a"]
    assert messages({"a": 1}, schema, allErrors=True) == ['"a" property type must be string']
    assert messages({}, schema) == ['Object must have required property "a"']


def test_dialects() -> None:
    assert messages(2, {"maximum": 2, "exclusiveMaximum": True}, dialect="draft4") == ["Number must be < 2"]
    assert messages(2, {"exclusiveMaximum": 2}) == ["Number must be < 2"]
    old = {"$schema": "http://json-schema.org/draft-04/schema#", "maximum": 2, "exclusiveMaximum": True}
    assert messages(2, old) == ["Number must be < 2"]
    new = {"$schema": "https://json-schema.org/draft/2020-12/schema", "prefixItems": [{"type": "string"}]}
    assert messages([1], new) == ["Item at index 0 must be string"]


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"pattern": "?"}, "Invalid regular expression: /?/: Nothing to repeat"),
        ({"allOf": None}, "schema is invalid: data/allOf must be array"),
        ({"properties": {"a": {"nullable": True}}}, '"nullable" cannot be used without "type"'),
        ({"id": "x"}, 'NOT SUPPORTED: keyword "id", use "$id" for schema ID'),
        ({"$ref": "#/nowhere"}, "can't resolve reference #/nowhere from id #"),
        (
            {"enum": [1, 1]},
            "schema is invalid: data/enum must NOT have duplicate items (items ## 0 and 1 are identical)",
        ),
    ],
)
def test_schemas_that_cannot_be_used_are_reported_at_the_value(schema: Any, message: str) -> None:
    assert found("x", schema, ("at",)) == [(message, ("at",))]


def test_references_that_are_left_over_in_a_resolved_document_are_no_problem() -> None:
    schema = {"type": "string", "allOf": [{"$ref": "#/components/schemas/Tree"}]}
    assert judged(1, schema, "draft7", context(resolved=True)) == []
    assert len(judged(1, schema, "draft7", context(resolved=False))) == 1


def test_nothing_must_exist() -> None:
    assert found(UNDEFINED, {}, ("a",)) == [('#{{print("property")}}must exist', ("a",))]


def test_errors_may_be_prepared() -> None:
    reported = judged(
        1, {"type": "string"}, "draft7", context(), prepared=lambda one: one._replace(message=one.message + ",null")
    )
    assert [one.message for one in reported] == ["Value type must be string,null"]


def test_schemas_are_made_ready_once_for_a_tree() -> None:
    here = context()
    judged(1, {"type": "string"}, "draft7", here)
    ready = dict(here.memory)
    judged(1, {"type": "string"}, "draft7", here)
    assert list(here.memory.values()) == list(ready.values())
    assert len(ready) == 1
