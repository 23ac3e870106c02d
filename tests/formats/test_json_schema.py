"""JSON Schema documents of every draft to elements."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrationlint.formats import json_schema
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "contracts" / "jsonschema"


def built(value: Any, path: str = "schemas/order.json") -> Element:
    return json_schema.build(parse(path, json.dumps(value).encode()))


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("https://json-schema.org/draft/2020-12/schema", "2020-12"),
        ("https://json-schema.org/draft/2019-09/schema#", "2019-09"),
        ("http://json-schema.org/draft-07/schema#", "7"),
        ("http://json-schema.org/draft-04/schema", "4"),
        (" http://json-schema.org/draft-04/schema# ", "4"),
        ("https://json-schema.org/draft-06/hyper-schema#", "6"),
        ("http://json-schema.org/schema#", "unversioned"),
    ],
)
def test_a_schema_is_known_by_its_dialect(said: str, version: str) -> None:
    match = json_schema.recognise(parse("a.yaml", json.dumps({"$schema": said}).encode()))
    assert match is not None
    assert (match.kind, match.version) == ("json-schema", version)


@pytest.mark.parametrize(
    "value",
    [
        {"$schema": "https://example.com/own-dialect"},
        {"$schema": "https://json-schema.org/draft/2020-12/schema/more"},
        {"$schema": 5},
        {"type": "object"},
        [],
        "text",
        None,
    ],
)
def test_other_documents_are_left_alone(value: Any) -> None:
    assert json_schema.recognise(parse("a.json", json.dumps(value).encode())) is None


def test_the_root_is_a_type_by_its_title_or_its_file() -> None:
    assert built({"title": "Order"}).name == "Order"
    assert built({"title": "Order"}).keys == ("schema:schemas/order.json#Order", "schema:Order")
    for title in ("", 5, None):
        root = built({"title": title})
        assert (root.kind, root.name, root.pointer, root.address) == ("type", "order", "", "schemas/order.json#")


def test_elements(render_elements: Callable[[Element], str]) -> None:
    root = built(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://example.com/order.json",
            "title": "Order",
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string"}, "lines": {"items": {"$ref": "#/$defs/Line"}}},
            "$defs": {"Line": {"properties": {"sku": {"$ref": "sku.json"}}}},
        }
    )
    assert render_elements(root) == (
        'type:Order requires=["id"] title="Order" type=["object"]'
        " [schema:schemas/order.json#Order, schema:Order, id:https://example.com/order.json]\n"
        '  field:id @/properties/id required=true type=["string"]\n'
        "  field:lines @/properties/lines required=false\n"
        '    items @/properties/lines/items construct="items"'
        " -> contains pointer:schemas/order.json#/$defs/Line as schema @$ref\n"
        "  type:Line @/$defs/Line\n"
        "    field:sku @/$defs/Line/properties/sku required=false"
        " -> contains pointer:schemas/sku.json# as schema @$ref\n"
    )


@pytest.mark.parametrize(
    ("draft", "facts", "keys"),
    [
        ("http://json-schema.org/draft-04/schema#", {"required": False}, 3),
        ("http://json-schema.org/draft-07/schema#", {"required": False}, 2),
        ("https://json-schema.org/draft/2019-09/schema", {"required": False, "type": ("string",)}, 2),
    ],
)
def test_dialects(draft: str, facts: dict[str, object], keys: int) -> None:
    """Up to draft 7 nothing counts beside `$ref`; drafts 3 and 4 say `id` for `$id`."""
    root = built({"$schema": draft, "id": "https://x/y#", "properties": {"a": {"$ref": "#", "type": "string"}}})
    assert root.children[0].facts == facts
    assert len(root.keys) == keys
    assert keys == 2 or root.keys[-1] == "id:https://x/y"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_every_pointer_of_the_corpus_is_written_in_its_document() -> None:
    count = 0
    for path in sorted(CORPUS.rglob("*.json"))[:40]:
        document = parse(path.name, path.read_bytes())
        if json_schema.recognise(document) is None:
            continue
        for element in json_schema.build(document).walk():
            document.at(element.pointer)
            for use in element.uses:
                document.at(use.pointer)
                count += 1
    assert count >= 20
