"""Pact files: golden element trees of our own fixtures, which fields of a body are used, what is no Pact."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats import pact
from integrationlint.formats.formats import recognise
from integrationlint.formats.pact_bodies import used_fields
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[1] / "data" / "formats" / "pact"


def read(path: Path) -> Document:
    return parse(f"pacts/{path.name}", path.read_bytes())


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.name)
def test_golden_trees(
    path: Path, golden: "Callable[[Path, str], None]", render_elements: "Callable[[Element], str]"
) -> None:
    document = read(path)
    found = recognise(document)
    assert found is not None
    match, module = found
    assert module.NAME == "pact"
    tree = render_elements(pact.build(document))
    golden(path.with_name(f"{path.name}.golden"), f"{match.version}; {match.evidence}\n{tree}")


@pytest.mark.parametrize("path", sorted((DATA / "not").glob("*.json")), ids=lambda path: path.name)
def test_what_is_no_pact(path: Path) -> None:
    assert recognise(read(path)) is None


def test_every_use_is_written_where_it_says() -> None:
    for path in DATA.glob("*.json"):
        document = read(path)
        for element in pact.build(document).walk():
            for use in element.uses:
                document.at(use.pointer)


@pytest.mark.parametrize(
    ("metadata", "version"),
    [
        ({"pactSpecification": {"version": "4.0"}}, "4.0"),
        ({"pactSpecificationVersion": "1.1.0"}, "1.1"),
        ({"pact-specification": {"version": "3.0.0"}}, "3.0"),
        ({"pactSpecification": 2}, "2"),
        ({"pactSpecification": {"version": []}}, ""),
        ("odd", ""),
    ],
)
def test_versions(metadata: object, version: str) -> None:
    value = {"consumer": {"name": "a"}, "provider": {"name": "b"}, "messages": [], "metadata": metadata}
    match = pact.recognise(Document("a.json", "json", value, ""))
    assert match is not None
    assert match.version == version


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ({"body": {"a": 1, "b": {"c": None}}}, ["a", "b.c"]),
        ({"body": [[{"a": 1}], {"b": {}}]}, ["a", "b"]),
        ({"body": {"content": {"a": 1}, "size": 5}}, ["content.a", "size"]),
        ({"body": "text"}, []),
        ({}, []),
        ({"body": {"a": []}, "matchingRules": {"$.body.a[*].b": {}, "$.header.X": {}}}, ["a.b"]),
        ({"body": {"a": {"x": 1}}, "matchingRules": {"$.body.a.*.b": {"match": "type"}}}, ["a"]),
        ({"body": {"a": 1}, "matchingRules": {"body": {"$['b c'][\"d\"][3]": {}}}}, ["a", "b c.d"]),
        ({"body": {"a": {"x": 1}}, "matchingRules": {"body": {"$.a": {"matchers": [{"match": "eachKey"}]}}}}, ["a"]),
        ({"body": {"a": 1}, "matchingRules": {"body": {"$.a": {"matchers": 5}, "$..b": {}, "": {}}}}, ["a"]),
        ({"body": {"a": 1}, "matchingRules": 5}, ["a"]),
    ],
)
def test_fields_of_a_body(part: Any, fields: list[str]) -> None:
    assert sorted(".".join(path) for path in used_fields(part, "/r")) == fields


def test_a_body_of_version_4_is_inside_of_another() -> None:
    assert list(used_fields({"body": {"content": {"a": {"b": 1}}}}, "/r", wrapped=True).items()) == [
        (("a", "b"), "/r/body/content/a/b")
    ]
    assert not used_fields({"body": {"content": "aGVsbG8=", "encoded": "base64"}}, "/r", wrapped=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
PART = st.fixed_dictionaries(
    {"method": JSON | st.just("GET"), "path": JSON | st.just("/a")},
    optional=dict.fromkeys(("query", "headers", "body", "status", "matchingRules"), JSON),
)


@given(st.lists(JSON | st.fixed_dictionaries({"request": PART, "response": PART | JSON}), max_size=3))
def test_odd_values_are_left_out(interactions: Any) -> None:
    value = {"consumer": {"name": "a"}, "provider": {"name": "b"}, "interactions": interactions, "messages": 5}
    document = parse("pacts/a.json", json.dumps(value).encode())
    assert pact.recognise(document)
    for one in pact.build(document).walk():
        assert one.address
        assert one.location
