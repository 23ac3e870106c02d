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


FITTING: dict[str, list[Any]] = {"string": ["a/b", "é x", "20MB", "2027-03-31"], "integer": [1, 200, 200.0]}


@st.composite
def values(draw: st.DrawFn, part: dict[str, Any], odd: int = 0) -> Any:
    """What fits a part of the schema; one part in `odd` is anything instead, none where it is 0."""
    if "$ref" in part:
        part = SCHEMA["$defs"]["rules"]
    if "oneOf" in part:
        part = draw(st.sampled_from(part["oneOf"]))
    if odd and draw(st.integers(1, odd)) == 1:
        return draw(anything)
    if part["type"] == "array":
        return [draw(values(part["items"], odd)) for _ in range(draw(st.integers(0, 2)))]
    if part["type"] == "object":
        named = {key: one for key, one in part.get("properties", {}).items() if draw(st.booleans())}
        named |= {key: part["properties"][key] for key in part.get("required", ())}
        if isinstance(part.get("additionalProperties"), dict):
            named |= dict.fromkeys(draw(st.lists(words, max_size=2)), part["additionalProperties"])
        elif odd and named and draw(st.integers(1, odd)) == 1:
            named.pop(draw(st.sampled_from(sorted(named))))
        return {key: draw(values(one, odd)) for key, one in named.items()}
    fitting = [one for one in FITTING.get(part["type"], []) if Draft202012Validator(part).is_valid(one)]
    return draw(st.sampled_from(part.get("enum", fitting[-1:] if "format" in part else fitting)))


@settings(max_examples=150, deadline=None)
@given(values(SCHEMA) | values(SCHEMA, odd=30) | values(SCHEMA, odd=8))
def test_checks_and_schema_agree(value: Any) -> None:
    node, errors = read_node(json.dumps(value).encode(), "x.yaml")
    assert errors == []
    ours = [error.message for error in check(node)]
    theirs = [error.message for error in VALIDATOR.iter_errors(value)]
    assert bool(ours) == bool(theirs), (ours, theirs)


def test_every_key_makes_its_settings() -> None:
    text = f"{EXAMPLE}\nbaseline: b.json\ninclude: x\nexclude: [y, z]\n"
    assert set(plain(text)) == set(KEYS)
    assert {name.partition("/")[0] for name in load(text.encode()).origins} == set(KEYS)


def test_the_example_of_the_product_page_holds() -> None:
    page = Path(__file__).resolve().parents[2].parent / "shared" / "design" / "product.md"
    if not page.is_file():
        pytest.skip("the design pages are not beside this checkout")
    blocks = page.read_text(encoding="utf-8").split("```yaml\n")[1:]
    text = next(block.split("```")[0] for block in blocks if block.startswith("extends:"))
    assert list(VALIDATOR.iter_errors(plain(text))) == []
    assert load(text.encode()).policy == "origin/main"
