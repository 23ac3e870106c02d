"""Fields: what is required, named and composed."""

from collections.abc import Callable
from json import dumps
from typing import Any

import pytest

Find = Callable[..., list[tuple[str, str]]]


def contract(version: str = "3.1.0", /, **schemas: Any) -> str:
    return dumps({"openapi": version, "components": {"schemas": schemas}})


def test_a_property_that_another_part_defines_is_defined(find: Find) -> None:
    whole = {"properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"], "properties": {"b": {}}}]}
    deep = {"allOf": [{"allOf": [{"required": ["c"]}]}, {"properties": {"c": {}}}]}
    assert find("schema/required-defined", contract(A=whole, B=deep)) == []


def test_what_cannot_be_seen_is_not_missing(find: Find) -> None:
    schemas: dict[str, Any] = {
        "Map": {"required": ["a"], "additionalProperties": {"type": "string"}},
        "Pattern": {"required": ["a"], "patternProperties": {"^a": {}}},
        "Nowhere": {"required": ["a"], "allOf": [{"$ref": "https://example.com/a.json"}]},
        "Odd": {"required": "a"},
    }
    assert find("schema/required-defined", contract(**schemas)) == []


def test_a_typo_gets_a_hint(find: Find) -> None:
    [(at, message)] = find("schema/required-defined", contract(A={"required": ["totl"], "properties": {"total": {}}}))
    assert at == "/components/schemas/A/required/0"
    assert "did you mean 'total'?" in message


@pytest.mark.parametrize(
    "names", [("orderId", "order_id"), ("order-id", "orderID"), ("href", "HREF"), ("a_b_c", "aBC")]
)
def test_names_that_collide(names: tuple[str, str], find: Find) -> None:
    assert len(find("schema/property-case-collision", contract(A={"properties": {name: {} for name in names}}))) == 1


@pytest.mark.parametrize("names", [("+1", "-1"), ("a", "_a"), ("orders", "order_s2"), ("-", "_")])
def test_names_that_do_not(names: tuple[str, str], find: Find) -> None:
    assert find("schema/property-case-collision", contract(A={"properties": {name: {} for name in names}})) == []


def test_there_is_no_usual_case_where_names_are_mixed_or_few(find: Find) -> None:
    mixed: dict[str, Any] = {name: {} for name in ("aB", "cD", "eF", "g_h", "i_j", "kLm", "n_o", "pQ")}
    few: dict[str, Any] = {name: {} for name in ("aB", "cD", "e_f")}
    assert find("schema/property-case", contract(A={"properties": mixed})) == []
    assert find("schema/property-case", contract(A={"properties": few})) == []


def test_a_name_in_many_places_is_reported_once(find: Find) -> None:
    schemas: dict[str, Any] = {f"S{number}": {"properties": {"bad_name": {}}} for number in range(3)}
    [(_, message)] = find("schema/property-case", contract(**schemas), style="camel")
    assert "(in 3 places)" in message


def test_long_names_of_digits_take_no_time(find: Find) -> None:
    names: dict[str, Any] = {"a" + "1" * 5_000 + "_": {}, "A" + "1" * 5_000 + "_": {}}
    assert len(find("schema/property-case", contract(A={"properties": names}), style="camel")) == 2


def test_circles_that_can_end_are_fine(find: Find) -> None:
    reference = {"$ref": "#/components/schemas/A"}
    for field in (
        {"anyOf": [reference, {"type": "null"}]},
        {"type": "array", "items": reference},
        {"type": "object", "additionalProperties": reference},
    ):
        assert find("schema/no-circular-ref", contract(A={"required": ["a"], "properties": {"a": field}})) == []


def test_circles_of_parts_are_found_once(find: Find) -> None:
    schemas: dict[str, Any] = {
        "A": {"allOf": [{"$ref": "#/components/schemas/B"}]},
        "B": {"required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/A"}}},
        "C": {"required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/A"}}},
    }
    [(at, message)] = find("schema/no-circular-ref", contract(**schemas))
    assert at == "/components/schemas/A"
    assert "A > " in message


def test_parts_that_only_narrow_do_not_conflict(find: Find) -> None:
    parts = [{"properties": {"a": {"type": "number"}}}, {"properties": {"a": {"type": "integer"}, "b": {}}}]
    assert find("schema/composition-conflict", contract(A={"allOf": parts})) == []
    parts[1]["properties"]["a"]["type"] = "string"
    assert len(find("schema/composition-conflict", contract(A={"allOf": parts}))) == 1


def test_keywords_beside_references_count_from_3_1_on(find: Find) -> None:
    schemas: dict[str, Any] = {
        "A": {"properties": {"b": {"$ref": "#/components/schemas/B", "readOnly": True, "x-a": 1}}},
        "B": {},
    }
    assert find("schema/ref-siblings", contract("3.1.0", **schemas)) == []
    assert [at for at, _ in find("schema/ref-siblings", contract("3.0.3", **schemas))] == [
        "/components/schemas/A/properties/b/readOnly"
    ]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://schemas.example.com/v2/a.json", ""),
        ("https://schemas.example.com/a-1.0.1.json", ""),
        ("https://schemas.example.com/2024-05-01/a.json", ""),
        ("https://schemas.example.com/a.json", "no version"),
        ("http://schemas.example.com/v2/a.json", "not https"),
        ("https://other.example.com/v2/a.json", "other.example.com"),
        ("urn:example:a", ""),
        ("https://[", "no URL"),
    ],
)
def test_references_to_other_hosts(url: str, words: str, find: Find) -> None:
    found = find("schema/ref-durable", contract(A={"$ref": url}), allow=["schemas.example.com"])
    assert len(found) == bool(words)
    assert all(words in message for _, message in found)


def test_a_glossary_knows_plurals_and_parameters(find: Find) -> None:
    parameter = {"name": "clients", "in": "query", "schema": {"type": "string"}}
    whole = {
        "openapi": "3.1.0",
        "paths": {"/a": {"parameters": [parameter]}},
        "components": {"schemas": {"Clientele": {}}},
    }
    found = find("schema/glossary-term", dumps(whole), terms={"customer": ["client"]})
    assert [at for at, _ in found] == ["/paths/~1a/parameters/0"]
