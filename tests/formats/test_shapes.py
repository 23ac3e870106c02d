"""Schema objects to elements: every keyword, every dialect, odd content, depth."""

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats.shapes import PLAIN, Dialect, add_shape
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.vocabulary import KINDS

Render = Callable[[Element], str]


def shape(node: Any, *, siblings: bool = True, path: str = "a.json") -> Element:
    document = Document(path, "json", {"S": node}, "")
    return add_shape(Dialect(document, siblings=siblings), None, "type", "S", node, "/S")


def rendered(node: Any, render: Render) -> list[str]:
    return render(shape(node)).rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("node", "lines"),
    [
        ({"type": "string"}, ['type:S @/S type=["string"]']),
        ({"type": ["string", "null"]}, ['type:S @/S nullable=true type=["string"]']),
        ({"type": ["null"]}, ["type:S @/S nullable=true type=[]"]),
        ({"nullable": True}, ["type:S @/S nullable=true"]),
        ({"x-nullable": True}, ["type:S @/S nullable=true"]),
        ({"nullable": False}, ["type:S @/S"]),
        ({"minimum": 1, "exclusiveMinimum": True}, ["type:S @/S exclusiveMinimum=1"]),
        ({"minimum": 1, "exclusiveMinimum": False}, ["type:S @/S minimum=1"]),
        ({"maximum": 5, "exclusiveMaximum": 4}, ["type:S @/S exclusiveMaximum=4 maximum=5"]),
        ({"required": ["a", "b", 3]}, ['type:S @/S requires=["a", "b"]']),
        (
            {"required": ["a"], "properties": {"a": {}, "b/c": {"type": "string"}}},
            [
                'type:S @/S requires=["a"]',
                "  field:a @/S/properties/a required=true",
                '  field:b/c @/S/properties/b~1c required=false type=["string"]',
            ],
        ),
        ({"additionalProperties": False}, ["type:S @/S additionalProperties=false"]),
        (
            {"additionalProperties": {"type": "string"}},
            [
                'type:S @/S additionalProperties="schema"',
                '  items:* @/S/additionalProperties construct="additionalProperties" type=["string"]',
            ],
        ),
        ({"additionalProperties": True, "unevaluatedProperties": False}, ["type:S @/S additionalProperties=false"]),
        ({"unevaluatedProperties": False, "additionalProperties": True}, ["type:S @/S additionalProperties=false"]),
        (
            {"patternProperties": {"^x": {}}},
            ["type:S @/S", '  items:^x @/S/patternProperties/^x construct="patternProperties"'],
        ),
        ({"items": {}}, ["type:S @/S", '  items @/S/items construct="items"']),
        (
            {"items": [{}, {}], "additionalItems": False},
            [
                "type:S @/S",
                '  items:0 @/S/items/0 construct="items"',
                '  items:1 @/S/items/1 construct="items"',
                '  items:additional @/S/additionalItems construct="additionalItems" not=true',
            ],
        ),
        (
            {"prefixItems": [{}], "contains": {}, "unevaluatedItems": {}},
            [
                "type:S @/S",
                '  items:0 @/S/prefixItems/0 construct="prefixItems"',
                '  items:contains @/S/contains construct="contains"',
                '  items:unevaluated @/S/unevaluatedItems construct="unevaluatedItems"',
            ],
        ),
        (
            {"oneOf": [{"$ref": "#/S"}, {"type": "null"}]},
            [
                "type:S @/S",
                '  variant:S @/S/oneOf/0 composition="oneOf" -> contains pointer:a.json#/S as schema @$ref',
                '  variant:1 @/S/oneOf/1 composition="oneOf" type=["null"]',
            ],
        ),
        (
            {"allOf": [{"$ref": "b.json#/$defs/T"}]},
            [
                "type:S @/S",
                '  variant:T @/S/allOf/0 composition="allOf" -> extends pointer:b.json#/$defs/T as schema @$ref',
            ],
        ),
        (
            {"not": {}, "if": {}, "then": True, "else": False, "propertyNames": {}},
            [
                "type:S @/S",
                '  variant:not @/S/not composition="not"',
                '  variant:if @/S/if composition="if"',
                '  variant:then @/S/then composition="then"',
                '  variant:else @/S/else composition="else" not=true',
                '  variant:propertyNames @/S/propertyNames composition="propertyNames"',
            ],
        ),
        (
            {"dependentSchemas": {"a": {"required": ["b"]}, "c": 3}},
            ["type:S @/S", '  variant:a @/S/dependentSchemas/a composition="dependentSchemas" requires=["b"]'],
        ),
        (
            {"$defs": {"A": {}}, "definitions": {"B": True}},
            ["type:S @/S", "  type:A @/S/$defs/A", "  type:B @/S/definitions/B"],
        ),
        ({"$anchor": "here"}, ["type:S @/S [anchor:a.json#here]"]),
        ({"$dynamicAnchor": "here", "$id": "https://x/y"}, ["type:S @/S [anchor:a.json#here, id:https://x/y]"]),
        ({"$id": "b.json"}, ["type:S @/S [pointer:b.json#]"]),
        ({"$id": "#old"}, ["type:S @/S [anchor:a.json#old]"]),
        ({"x-own": {"a": 1}, "x-b": 2}, ['type:S @/S extensions={"x-own": {"a": 1}, "x-b": 2}']),
        ({"unknown": 1, "$comment": "no"}, ["type:S @/S"]),
        (True, ["type:S @/S"]),
        (False, ["type:S @/S not=true"]),
        (None, ["type:S @/S"]),
        ([], ["type:S @/S"]),
    ],
)
def test_keywords(node: Any, lines: list[str], render_elements: Render) -> None:
    assert rendered(node, render_elements) == lines


def test_plain_keywords_are_facts_as_written() -> None:
    node = {name: [name, {"a": 1}] for name in PLAIN}
    assert shape(node).facts == node


@pytest.mark.parametrize(("siblings", "facts"), [(True, {"type": ("string",)}), (False, {})])
def test_keywords_beside_a_reference(siblings: bool, facts: dict[str, object]) -> None:
    element = shape({"$ref": "#/S", "type": "string", "properties": {"a": {}}}, siblings=siblings)
    assert element.facts == facts
    assert [use.key for use in element.uses] == ["pointer:a.json#/S"]
    assert len(element.children) == siblings


@pytest.mark.parametrize(
    "node",
    [
        {"type": 5},
        {"type": [1, None]},
        {"required": "a"},
        {"required": [["a"]], "properties": {"a": {}}},
        {"properties": []},
        {"properties": {"a": 1}},
        {"items": 3},
        {"allOf": {}},
        {"allOf": [1, None]},
        {"$ref": {"a": 1}},
        {"$id": 5, "$anchor": []},
        {"$defs": []},
        {"patternProperties": 1},
        {"dependentSchemas": []},
        {"minimum": "x", "exclusiveMinimum": True},
        {"x-a": 1, "extensions": 2},
    ],
)
def test_odd_content_is_left_out(node: Any) -> None:
    assert shape(node).address == "a.json#"


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "type properties items allOf oneOf not required $ref $id $anchor $defs additionalProperties if"
                " prefixItems dependentSchemas patternProperties x-a enum minimum exclusiveMinimum nullable".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_VALUES, st.booleans())
def test_any_value_becomes_elements_with_true_pointers(value: Any, siblings: bool) -> None:
    root = shape(value, siblings=siblings)
    for element in root.walk():
        element.document.at(element.pointer)
        assert element.facts.keys() <= KINDS[element.kind]
        for use in element.uses:
            element.document.at(use.pointer)


@pytest.mark.parametrize("depth", [200, 5_000])
@pytest.mark.parametrize(
    "nest",
    [
        lambda inner: {"items": inner},
        lambda inner: {"not": inner},
        lambda inner: {"additionalProperties": inner},
        lambda inner: {"properties": {"a": inner}},
        lambda inner: {"oneOf": [{}, inner]},
    ],
)
def test_nesting_is_no_recursion(depth: int, nest: Callable[[Any], Any]) -> None:
    node: Any = {"type": "string"}
    for _ in range(depth):
        node = nest(node)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(150)
    try:
        root = shape(node)
    finally:
        sys.setrecursionlimit(limit)
    deepest = root
    while deepest.children:
        deepest = deepest.children[-1]
    assert deepest.facts["type"] == ("string",)


def test_children_come_in_source_order_with_their_own() -> None:
    node = {"properties": {"b": {"properties": {"z": {}, "y": {}}}, "a": {}}, "allOf": [{}], "items": {}}
    assert [element.name for element in shape(node).walk()] == ["S", "b", "z", "y", "a", "0", ""]


def test_references_are_read_once_per_document() -> None:
    node = {"properties": {name: {"$ref": "b.json#/x"} for name in "abc"}}
    dialect = Dialect(Document("dir/a.json", "json", node, json.dumps(node)))
    root = add_shape(dialect, None, "type", "", node, "")
    assert {use.key for field in root.children for use in field.uses} == {"pointer:dir/b.json#/x"}
    assert dialect.keys == {"b.json#/x": "pointer:dir/b.json#/x"}
    assert dialect.waiting == []
    assert [field.pointer for field in root.children] == [child("/properties", name) for name in "abc"]
