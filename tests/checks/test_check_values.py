"""Which values a shape allows, and what tells that one is not."""

from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.checks.fits import misfit, same
from integrationlint.dialects.matching import Matching

Find = Callable[..., list[tuple[str, str]]]


def says(value: Any, **facts: Any) -> str:
    return misfit(value, facts, Matching())


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        (None, {"type": ("string",)}),
        (1.0, {"type": ("integer",)}),
        (1, {"type": ("number",)}),
        ("a", {"type": ("string", "integer")}),
        ("a", {"type": ("strange",)}),
        ("a", {"type": "string"}),
        (1, {"enum": [1.0]}),
        ([], {"minItems": 0, "type": ("array",)}),
        ("2024-02-29T12:00:00Z", {"format": "date-time"}),
        ("abc", {"pattern": "(?i)unknown dialect"}),
        (5, {"minimum": "x", "maximum": None}),
        (2**40, {"format": "int64"}),
        ("a", {"minLength": True}),
    ],
)
def test_values_that_fit(value: Any, facts: dict[str, Any]) -> None:
    assert says(value, **facts) == ""


@pytest.mark.parametrize(
    ("value", "facts", "words"),
    [
        ("1", {"type": ("integer",)}, "not an integer"),
        (True, {"type": ("integer",)}, "not an integer"),
        (1, {"type": ("string", "array")}, "not a string or an array"),
        (True, {"enum": [1, "true"]}, "none of the values"),
        ("b", {"const": "a"}, "const"),
        ("abc", {"maxLength": 2}, "3 characters, more than 2"),
        ("", {"minLength": 1}, "fewer than 1"),
        ("a1", {"pattern": "^[a-z]+$"}, "pattern"),
        ("2024-2-1", {"format": "date"}, "format date"),
        ("2024-02-01 12:00", {"format": "date-time"}, "format date-time"),
        (0, {"minimum": 1}, "less than 1"),
        (1, {"exclusiveMinimum": 1}, "not more than 1"),
        (10, {"maximum": 9.5}, "more than 9.5"),
        (9, {"exclusiveMaximum": 9}, "not less than 9"),
        (2**31, {"format": "int32"}, "range of int32"),
        ([1, 2], {"maxItems": 1}, "2 items"),
    ],
)
def test_values_that_do_not(value: Any, facts: dict[str, Any], words: str) -> None:
    assert words in says(value, **facts)


def test_booleans_are_no_numbers() -> None:
    assert same(1, 1.0)
    assert not same(1, True)
    assert same(False, False)


def test_enums_with_objects_and_repeats(find: Find) -> None:
    text = "openapi: 3.1.0\ncomponents: {schemas: {A: {enum: [{a: 1}, [1], {a: 1}, 1, true, '1', null, null]}}}\n"
    assert [at for at, _ in find("schema/enum-unique", text)] == [
        "/components/schemas/A/enum/2",
        "/components/schemas/A/enum/7",
    ]


def test_bounds_of_odd_types(find: Find) -> None:
    schemas = (
        "{A: {minimum: high, maximum: 1}, B: {minItems: [1], maxItems: 0}, C: {type: [string, integer], maximum: 1}}"
    )
    assert find("schema/bounds-sane", f"openapi: 3.1.0\ncomponents: {{schemas: {schemas}}}\n") == []


def test_defaults_beside_references_are_left_alone(find: Find) -> None:
    schemas = "{A: {type: string}, B: {properties: {a: {$ref: '#/components/schemas/A', default: 5}}}}"
    assert find("schema/default-valid", f"openapi: 3.1.0\ncomponents: {{schemas: {schemas}}}\n") == []
