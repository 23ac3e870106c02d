"""The one form in which shapes are compared."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.diff.shapes import Shape, canonical, meant, narrower_bound, says_something
from integrationlint.model.element import Element
from integrationlint.workspace.workspace import Workspace

OpenSide = Callable[..., Workspace]

TYPES = {
    "Id": {"type": "string", "maxLength": 10},
    "Alias": {"$ref": "#/$defs/Id"},
    "Base": {"required": ["id"], "properties": {"id": {"$ref": "#/$defs/Id"}, "note": {}}},
    "Knot": {"$ref": "#/$defs/Knot"},
    "Null": {"type": "null"},
    "Nothing": {"description": "Anything."},
}


def opened(schema: Any, open_side: OpenSide) -> tuple[Workspace, Element]:
    value = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {**TYPES, "S": schema}}
    side = open_side({"a.json": json.dumps(value)})
    found = side.find("a.json#type:S")
    assert found is not None
    return side, found


def shape(schema: Any, open_side: OpenSide, *, lone: bool = True) -> Shape:
    side, element = opened(schema, open_side)
    return canonical(element, side, lone=lone)


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


@pytest.mark.parametrize(
    ("schema", "facts"),
    [
        (ref("Id"), {"type": ("string",), "maxLength": 10}),
        (ref("Alias"), {"type": ("string",), "maxLength": 10}),
        ({**ref("Id"), "maxLength": 5, "minLength": 1}, {"type": ("string",), "maxLength": 5, "minLength": 1}),
        ({**ref("Id"), "maxLength": 50}, {"type": ("string",), "maxLength": 10}),
        (
            {"allOf": [ref("Id"), {"pattern": "a"}, {"pattern": "b"}]},
            {"type": ("string",), "maxLength": 10, "pattern": ("a", "b")},
        ),
        ({"oneOf": [ref("Id"), ref("Null")]}, {"type": ("string",), "maxLength": 10, "nullable": True}),
        (
            {"anyOf": [{"type": "string"}, {"type": "integer"}, {"enum": [None]}]},
            {"type": ("string", "integer"), "nullable": True},
        ),
        ({"type": ["string", "null"]}, {"type": ("string",), "nullable": True}),
        ({"type": "integer", "exclusiveMaximum": 10, "maximum": 20}, {"type": ("integer",), "maximum": 9}),
        ({"exclusiveMaximum": 10, "maximum": 20}, {"exclusiveMaximum": 10}),
        ({"exclusiveMaximum": 10, "maximum": 5}, {"maximum": 5}),
        ({"additionalProperties": ref("Nothing")}, {"additionalProperties": True}),
        ({"additionalProperties": ref("Id")}, {"additionalProperties": "schema"}),
        ({"title": "T", "description": "D", "examples": [1], "x-own": 1}, {}),
        (ref("Knot"), {}),
        (False, {"not": True}),
    ],
)
def test_facts(schema: Any, facts: dict[str, Any], open_side: OpenSide) -> None:
    assert shape(schema, open_side).facts == facts


def test_fields_of_all_parts_with_what_is_required(open_side: OpenSide) -> None:
    found = shape({"allOf": [ref("Base"), {"required": ["note", "gone"], "properties": {"own": {}}}]}, open_side)
    assert list(found.fields) == ["id", "note", "own"]
    assert found.required == {"id": True, "note": True, "own": False}
    assert found.requires == {"id", "note", "gone"}
    assert [part.name for part in found.parts] == ["S", "Base", "Base", "1"]


def test_each_fact_is_told_where_it_is_said(open_side: OpenSide) -> None:
    found = shape({"allOf": [ref("Id"), {"maxLength": 5}]}, open_side)
    assert {fact: element.address for fact, element in found.said.items()} == {
        "type": "a.json#type:Id",
        "maxLength": "a.json#type:S/variant:1",
    }


def test_a_lone_branch_is_taken_in_unless_asked_otherwise(open_side: OpenSide) -> None:
    schema = {"oneOf": [ref("Base"), {"type": "null"}]}
    taken, kept = shape(schema, open_side), shape(schema, open_side, lone=False)
    assert (list(taken.fields), taken.choices, [one.name for one in taken.lone]) == (["id", "note"], [], ["Base"])
    assert (list(kept.fields), [one.name for one in kept.choices], kept.lone) == ([], ["Base"], [])
    assert kept.facts == {"nullable": True}


def test_branches_that_hold_are_no_choices(open_side: OpenSide) -> None:
    found = shape({"oneOf": [ref("Base"), ref("Id")], "not": ref("Id"), "if": {}, "allOf": [{}]}, open_side)
    assert [one.name for one in found.choices] == ["Base", "Id"]
    assert [one.name for one in found.variants] == ["Base", "Id", "not", "if"]


@pytest.mark.parametrize(
    ("schema", "name", "says"),
    [
        (ref("Alias"), "Id", True),
        (ref("Nothing"), "Nothing", False),
        (ref("Knot"), "Knot", True),
        ({**ref("Id"), "maxLength": 1}, "S", True),
        ({}, "S", False),
        ({"required": ["a"]}, "S", True),
        ({"properties": {}}, "S", False),
    ],
)
def test_what_a_reference_means(schema: Any, name: str, says: bool, open_side: OpenSide) -> None:
    side, element = opened(schema, open_side)
    assert meant(element, side).name == name
    assert says_something(element, side) is says


@pytest.mark.parametrize(
    ("exclusive", "bound", "other", "expected"),
    [
        ("exclusiveMaximum", 10, 9, True),
        ("exclusiveMaximum", 10, 10, False),
        ("exclusiveMinimum", 10, 11, True),
        ("exclusiveMinimum", 10, 10, False),
        ("exclusiveMaximum", "x", 10, False),
    ],
)
def test_narrower_bounds(exclusive: str, bound: Any, other: Any, expected: bool) -> None:
    assert narrower_bound(exclusive, bound, other) is expected
