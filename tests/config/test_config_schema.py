"""The published schema and the checks are one declaration: what one accepts, the other accepts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from integrationlint.config.load import load, read_node
from integrationlint.config.schema import KEYS, SCHEMA, schema
from integrationlint.config.shape import KEYWORDS, check
from integrationlint.model.errors import ConfigError

EXAMPLE = """
extends: [recommended, ./company/]          # also spectral:oas, ./.spectral.yaml
rules:
  oas/path-case: {severity: error, with: {style: snake}}
  flow/timeout: off
select: [oas, flow/*]
overrides:
  - files: legacy/**
    rules: {oas/path-case: off}
suppressions:
  - rule: oas/collection-paginated
    at: "orders.yaml#operation:GET /exports"
    reason: Export is a file, agreed with the data team
    owner: team-orders
    ticket: INT-482
    expires: 2027-03-31
catalog:
  - consumer: billing
    uses: ["orders.yaml#operation:GET /orders/{id}"]
    criticality: tier1
    owner: team-billing
policy: {from: origin/main}
limits: {file-size: 20MB, depth: 200}
"""
VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def plain(text: str) -> Any:
    node, errors = read_node(text.encode(), "x.yaml")
    assert errors == []
    return node.plain()


def parts(part: Any) -> Iterator[dict[str, Any]]:
    yield part
    for key in ("items", "additionalProperties"):
        if isinstance(part.get(key), dict):
            yield from parts(part[key])
    for one in (*part.get("oneOf", ()), *part.get("properties", {}).values(), *part.get("$defs", {}).values()):
        yield from parts(one)


def test_the_schema_is_a_schema_and_accepts_the_documented_example() -> None:
    Draft202012Validator.check_schema(schema())
    assert list(VALIDATOR.iter_errors(plain(EXAMPLE))) == []
    assert load(EXAMPLE.encode()).policy == "origin/main"


def test_every_keyword_of_the_schema_is_one_that_the_checks_know() -> None:
    used = {key for part in parts(SCHEMA) for key in part}
    assert used - {"title", "description", "$defs"} <= KEYWORDS
    assert used >= KEYWORDS


def test_every_part_says_what_it_expects() -> None:
    assert [part for part in parts(SCHEMA) if "$ref" not in part and not part.get("title")] == []
    assert [key for key, part in KEYS.items() if "$ref" not in part and not part.get("description")] == []


words = st.sampled_from(["error", "off", "warn", "a/b", "", " ", "2027-03-31", "2027-02-30", "20MB", "0MB", "-x", "é"])
scalars = words | st.integers(-2, 5000) | st.booleans() | st.none() | st.sampled_from([1.5, 200.0])
anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))


def _values(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in part:
        return _values(SCHEMA["$defs"]["rules"])
    if "oneOf" in part:
        return st.one_of(*map(_values, part["oneOf"]))
    if part["type"] == "array":
        return st.lists(_values(part["items"]) | anything, max_size=3)
    if part["type"] == "object" and isinstance(part.get("additionalProperties"), dict):
        return st.dictionaries(words, _values(part["additionalProperties"]), max_size=3)
    if part["type"] == "object":
        known = {key: _values(one) | scalars for key, one in part.get("properties", {}).items()}
        needed = {key: _values(part["properties"][key]) for key in part.get("required", ())}
        return st.fixed_dictionaries(needed, optional=known) | st.fixed_dictionaries({}, optional=known)
    return st.sampled_from(part["enum"]) if "enum" in part else scalars


@settings(max_examples=300, deadline=None)
@given(_values(SCHEMA) | anything)
def test_checks_and_schema_agree(value: Any) -> None:
    node, errors = read_node(json.dumps(value).encode(), "x.yaml")
    assert errors == []
    ours = [error.message for error in check(node)]
    theirs = [error.message for error in VALIDATOR.iter_errors(value)]
    assert bool(ours) == bool(theirs), (ours, theirs)


def test_what_passes_the_checks_makes_settings() -> None:
    # The widest use of every key.
    text = json.dumps({key: _widest(part) for key, part in KEYS.items()})
    loaded = load(text.encode())
    assert loaded.limits.file_size == 1
    assert {name.partition("/")[0] for name in loaded.origins} == set(KEYS)


def _widest(part: dict[str, Any]) -> Any:
    part = SCHEMA["$defs"]["rules"] if "$ref" in part else part
    if "oneOf" in part:
        return _widest(part["oneOf"][-1])
    if part["type"] == "array":
        return [_widest(part["items"])]
    if part["type"] == "object":
        named = part.get("properties") or {"x": part["additionalProperties"]} if part.get("properties") != {} else {}
        return (
            {key: _widest(one) for key, one in named.items()} if "additionalProperties" in part else {"style": "snake"}
        )
    if part["type"] == "integer":
        return 1
    return {"a size such as 20MB": "1B", "a date such as 2027-03-31": "2027-03-31"}.get(
        part["title"], part.get("enum", ["x"])[0]
    )


@pytest.mark.parametrize("name", ["product.md"])
def test_the_example_of_the_product_page_holds(name: str) -> None:
    page = Path(__file__).resolve().parents[2].parent / "shared" / "design" / name
    if not page.is_file():
        pytest.skip("the design pages are not beside this checkout")
    blocks = page.read_text(encoding="utf-8").split("```yaml\n")[1:]
    text = next(block.split("```")[0] for block in blocks if block.startswith("extends:"))
    assert list(VALIDATOR.iter_errors(plain(text))) == []
    try:
        load(text.encode())
    except ConfigError as error:
        pytest.fail(str(error))
