"""OpenAPI documents of every version to elements."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats import openapi
from integrationlint.model.document import Document
from integrationlint.parse.parsers import parse

DATA = Path(__file__).resolve().parents[1] / "data" / "formats" / "openapi"
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "openapi"


@pytest.mark.parametrize("name", ["orders-3.1.yaml", "orders-2.0.json"])
def test_elements(name: str, render_elements: Any, golden: Any) -> None:
    document = parse(name, (DATA / name).read_bytes())
    assert document.faults == ()
    golden(DATA / f"{name}.elements", render_elements(openapi.build(document)))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("openapi: 3.1.1", "3.1"),
        ("openapi: 3.2.0-rc1", "3.2"),
        ('swagger: "2.0"', "2.0"),
        ("swagger: 2.0", "2.0"),
        ("openapi: 4.x", "4.x"),
    ],
)
def test_a_contract_is_known_by_its_version_field(text: str, version: str) -> None:
    match = openapi.recognise(parse("a.yaml", text.encode()))
    assert match is not None
    assert match.version == version


@pytest.mark.parametrize("text", ["[]", "a: 1", "asyncapi: 3.0.0", "text"])
def test_other_documents_are_left_alone(text: str) -> None:
    assert openapi.recognise(parse("a.yaml", text.encode())) is None


def test_addresses_do_not_depend_on_parameter_names_and_are_unique() -> None:
    text = "openapi: 3.1.0\npaths:\n  /a/{x}: {get: {}}\n  /a/{y}/b: {get: {parameters: [{in: query, name: q}]}}\n"
    root = openapi.build(parse("a.yaml", text.encode()))
    addresses = [element.address for element in root.walk()]
    assert "a.yaml#operation:GET /a/{}" in addresses
    assert "a.yaml#operation:GET /a/{}/b/parameter:query:q" in addresses
    assert len(set(addresses)) == len(addresses)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
_KEYS = st.sampled_from(
    "paths get post parameters responses content schema properties items allOf oneOf required $ref type enum in name"
    " components schemas securitySchemes security requestBody callbacks links headers 200 /a application/json".split()
)
_ODD = st.recursive(
    _JSON, lambda inner: st.dictionaries(_KEYS, inner, max_size=4) | st.lists(inner, max_size=3), max_leaves=25
)


@given(st.dictionaries(_KEYS, _ODD, max_size=5), st.sampled_from(["openapi", "swagger"]))
def test_odd_content_is_left_out_and_never_an_error(value: dict[str, Any], key: str) -> None:
    root = openapi.build(Document("a.json", "json", {key: "3.1.0", **value}, ""))
    assert all(element.address for element in root.walk())


@given(_ODD, st.sampled_from(["schema", "parameter", "response", "header", "path", "request", "link", "other"]))
def test_fragments_of_any_kind_are_built_or_refused(value: Any, expects: str) -> None:
    document = Document("a.json", "json", {"a": value}, "")
    element = openapi.fragment(document, "/a", value, expects)
    assert element is None or element.pointer.startswith("/a")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_every_pointer_of_the_corpus_is_written_in_its_document() -> None:
    for path in sorted(CORPUS.glob("v*/**/*.json"))[:25]:
        document = parse(path.name, path.read_bytes())
        if openapi.recognise(document) is None:
            continue
        for element in openapi.build(document).walk():
            document.at(element.pointer)
            for use in element.uses:
                if use.pointer != "/security" and not use.pointer.startswith("/security/"):
                    document.at(use.pointer)


def test_recursion_of_schemas_is_no_recursion_here() -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(90):
        schema = {"type": "object", "properties": {"a": schema}}
    value = {"openapi": "3.1.0", "components": {"schemas": {"Deep": schema}}}
    root = openapi.build(parse("a.json", json.dumps(value).encode()))
    assert sum(element.kind == "field" for element in root.walk()) == 90
