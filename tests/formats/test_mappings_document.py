"""Mapping documents: golden element trees of our own fixtures, what is no mapping, any value at all."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats.mappings import document as mapping
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[1] / "data" / "formats" / "mappings"
DOCUMENTS = sorted([*DATA.glob("*.yaml"), *DATA.glob("*.json")])
OTHERS = sorted([*(DATA / "not").glob("*.yaml"), *(DATA / "not").glob("*.json")])


def read(path: Path) -> Document:
    return parse(f"maps/{path.name}", path.read_bytes())


def made(value: object) -> Element:
    found = parse("maps/made.json", json.dumps(value).encode())
    assert mapping.recognise(found)
    return mapping.build(found)


def one(**record: Any) -> Element:
    return made({"mappings": [record]}).children[0]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_golden_trees(
    path: Path, golden: "Callable[[Path, str], None]", render_elements: "Callable[[Element], str]"
) -> None:
    found = read(path)
    match = mapping.recognise(found)
    assert match
    golden(path.with_name(f"{path.name}.golden"), f"{match.evidence}\n{render_elements(mapping.build(found))}")


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_what_is_no_mapping(path: Path) -> None:
    assert mapping.recognise(read(path)) is None


@pytest.mark.parametrize(
    "value",
    [
        {"mappings": [{"from": "a", "to": "b"}]},
        {"rules": [{"from": "a", "to": "b", "transform": "upper"}]},
        {"source": "a.json#/A", "fields": [{"from": "a", "to": "b"}]},
        {"fields": [{"source_path": "a", "target_path": "b"}]},
        {"mapping": {"rules": [{"sourceField": "a", "targetField": "b"}]}},
        {"kind": "Mapping", "spec": {"mappings": [{"source": {"path": "a"}, "target": {"path": "b"}}]}},
        [{"source_column": "a", "target_column": "b"}],
    ],
)
def test_forms_of_a_mapping(value: object) -> None:
    assert [line.name for line in made(value).of("line")] == ["b"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        {"rules": [{"from": "a", "to": "b"}]},
        {"rules": []},
        {"mappings": {"a": "b"}},
        {"mappings": [{"from": "a"}, {"from": "b"}]},
        {"mappings": ["a", "b"]},
        {"links": [{"source_path": "a", "target_path": "b"}]},
        [{"source": "a", "target": "b"}],
        {f"key{n}": n for n in range(200)} | {"mappings": [{"from": "a", "to": "b"}]},
    ],
)
def test_forms_of_something_else(value: object) -> None:
    assert mapping.recognise(Document("a.yaml", "yaml", value, "")) is None


@pytest.mark.parametrize(
    ("side", "key", "version"),
    [
        ("api.yaml#/A", "pointer:maps/api.yaml#/A", None),
        ({"schema": "api.yaml#/A", "version": 2}, "pointer:maps/api.yaml#/A", "2"),
        ({"file": "api.yaml", "schema": "A"}, "schema:maps/api.yaml#A", None),
        ({"file": "api.yaml", "schema": "/A"}, "pointer:maps/api.yaml#/A", None),
        ({"file": "api.yaml"}, "pointer:maps/api.yaml#", None),
        ({"$ref": "api.yaml#/A"}, "pointer:maps/api.yaml#/A", None),
        ({"namespace": "urn:x", "element": "A"}, "element:{urn:x}A", None),
        ({"schema": "A", "version": "1.0"}, "schema:A", "1.0"),
        ({"system": "Shop"}, None, None),
    ],
)
def test_schemas_of_a_document(side: object, key: str | None, version: str | None) -> None:
    root = made({"source": side, "mappings": [{"from": "a", "to": "b"}]})
    assert [use.key for use in root.uses] == ([key] if key else [])
    assert root.facts.get("sourceVersion") == version
    assert [use.key for use in root.children[0].uses] == ([key] if key else [])


@pytest.mark.parametrize(
    ("record", "facts"),
    [
        ({"from": "a", "type": "constant", "value": "X"}, {"operation": "constant", "expression": "X"}),
        ({"from": "a", "type": "string(3)"}, {"operation": "copy"}),
        ({"from": "a", "transform": "UPPER(a)"}, {"operation": "function", "expression": "UPPER(a)"}),
        ({"from": "a", "transform": {"type": "lookup", "table": "ISO"}}, {"operation": "lookup", "lookup": "ISO"}),
        ({"from": "a", "transform": {"type": "constant", "value": 5}}, {"operation": "constant", "expression": "5"}),
        ({"from": "a", "transform": {"expression": "a + 1"}}, {"operation": "expression", "expression": "a + 1"}),
        ({"from": "a", "transforms": [{"type": "trim"}, "upper"]}, {"expression": "trim; upper"}),
        ({"from": "a", "default": None}, {"default": None}),
        ({"from": "a", "default": ""}, {"default": ""}),
        ({"from": "a", "default": False}, {"default": "false"}),
        ({"from": "a", "required": True}, {"required": True}),
        ({"from": "a", "nullable": True}, {"required": False}),
        ({"from": "a", "pii": "high"}, {"classification": "high"}),
        ({"from": "a", "when": "a > 1", "notes": "n"}, {"condition": "a > 1", "description": "n"}),
        ({"from": ["a", "b.c"]}, {"sources": ("a", "b.c"), "operation": "unknown"}),
        ({"from": 5}, {"operation": "constant", "expression": "5"}),
        ({"from": "l[].a", "loop": "l"}, {"iterate": "l"}),
    ],
)
def test_keys_of_a_line(record: dict[str, object], facts: dict[str, object]) -> None:
    found = one(**record, to="T").facts
    assert {name: found.get(name) for name in facts} == facts


def test_objects_and_types_of_a_field_record() -> None:
    line = one(source={"table": "A", "column": "x", "type": "CHAR(3)"}, target={"path": "T", "required": "Y"})
    assert (line.facts["source"], line.facts["required"]) == ("A.x", True)
    assert [(use.key, use.path, use.tier) for use in line.uses] == [("schema:A", ("x",), "inferred")]
    assert getattr(line.facts["sourceType"], "length", None) == 3


@pytest.mark.parametrize(
    ("lookup", "entries", "default"),
    [
        ({"A": 1, "B": 2}, {"A": "1", "B": "2"}, None),
        ({"values": {"A": 1}, "default": 9}, {"A": "1"}, "9"),
        ([{"from": "A", "to": 1}, {"from": "*", "to": 9}], {"A": "1"}, "9"),
        ({"entries": [["A", "1"]]}, {"A": "1"}, None),
        ("A=1; B=2", {"A": "1", "B": "2"}, None),
    ],
)
def test_value_maps_of_a_line(lookup: object, entries: dict[str, str], default: str | None) -> None:
    line = one(**{"from": "a", "to": "T", "lookup": lookup})
    found = next(line.of("lookup"))
    assert line.facts["operation"] == "lookup"
    assert (found.facts["entries"], found.facts.get("default")) == (entries, default)


@pytest.mark.parametrize("key", ["lookups", "valueMaps", "code_lists"])
def test_named_value_maps(key: str) -> None:
    named = {"iso": {"DE": 276}, "kind": {"values": {"a": "b"}, "default": "c"}}
    listed = [{"name": "iso", "values": {"DE": 276}}, {"id": "kind", "entries": {"a": "b"}, "otherwise": "c"}, 5]
    for value in (named, listed):
        root = made({"mappings": [{"from": "a", "to": "b"}], key: value})
        found = {one.name: (one.facts["entries"], one.facts.get("default")) for one in root.of("lookup")}
        assert found == {"iso": ({"DE": "276"}, None), "kind": ({"a": "b"}, "c")}


def test_long_values_are_cut() -> None:
    line = one(**{"from": "a", "to": "b", "transform": {"type": "x", "arguments": ["y" * 5000] * 500}})
    assert len(str(line.facts["expression"])) < 2100


SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORD = st.sampled_from(
    "a.b|/A/@b|lines[]|*|'X'|n/a|tbd|a; b|f(a)|A=1;B=2|x.yaml#/A|x.xsd#B|{u}N|Order|CHAR(3)|Y|constant|lookup".split(
        "|"
    )
)
KEY = st.sampled_from(
    """source|target|from|to|source_column|target_column|transformation|transformations|lookup|lookups|type|required
    |default|mappings|rules|fields|mapping|spec|metadata|version|schema|file|values|entries|path|name|condition|value
    |iterate|resourceType|group|element|code""".replace("\n    ", "").split("|")
)
VALUE = st.recursive(
    SCALAR | WORD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY | st.text(max_size=4), inner, max_size=6),
    max_leaves=25,
)
RECORD = st.fixed_dictionaries({"source": VALUE, "target": WORD}, optional={"rules": st.lists(VALUE, max_size=3)})


@given(
    VALUE
    | st.fixed_dictionaries(
        {"mappings": st.lists(RECORD, min_size=1, max_size=4)}, optional={"source": VALUE, "lookups": VALUE}
    )
    | st.fixed_dictionaries({"resourceType": st.just("ConceptMap")}, optional={"group": VALUE, "name": VALUE})
)
def test_any_value_is_read(value: object) -> None:
    found = Document("a/b.yaml", "yaml", value, "")
    mapping.recognise(found)
    root = mapping.build(found)
    addresses = [element.address for element in root.walk()]
    assert len(set(addresses)) == len(addresses)
    for element in root.walk():
        for pointer in (element.pointer, *(use.pointer for use in element.uses)):
            found.at(pointer)


@given(st.dictionaries(st.integers() | st.none() | st.booleans(), VALUE, max_size=4))
def test_keys_that_are_no_texts_are_passed_over(value: dict[object, object]) -> None:
    for shape in (value, {"mappings": [value]}, {"source": value, "mappings": [{"from": "a", "to": "b"}]}):
        found = Document("a/b.yaml", "yaml", shape, "")
        mapping.recognise(found)
        mapping.build(found)
