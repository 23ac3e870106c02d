"""No input takes the pipeline down: damaged files, deep nesting, documents made to be slow."""

import json
import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from integrationlint.catalog import assembled
from integrationlint.diff.compare import compare
from integrationlint.diff.comparison import MOST_WORK
from integrationlint.diff.impact import Side
from integrationlint.model.report import Report
from integrationlint.model.settings import Settings
from integrationlint.pipeline.diff import diff
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.report.json import json as rendered
from integrationlint.source.snapshot import Memory

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("tests/data/formats", "examples/orders/good")
SUFFIXES = (".yaml", ".json", ".xml", ".xsd", ".csv")
FIXTURES = {
    path.relative_to(ROOT / folder).as_posix(): path.read_bytes()
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in SUFFIXES
}
CATALOG = assembled()
EVERYTHING = Settings(extends=("all",))
ODD: list[Any] = [
    *(None, True, 0, -1, 10**300, 1.5, "", "x", "#/", [], {}, [[]], [None], {"": ""}, "\u0000", "é" * 300),
    *({"$ref": one} for one in ("#", 5, "", "#/components/schemas/Order", "orders.xsd", "../..", "http://[")),
]
WORDS = ["", "x", "t:None", "xs:int", "-1", "9" * 30, "unbounded", "##any", "{}", "a b", "../x.xsd", "{urn:x}y"]


def linted(files: dict[str, bytes]) -> Report:
    return lint(Memory(files), Scope(tuple(files)), CATALOG, EVERYTHING)


def compared(before: dict[str, bytes], after: dict[str, bytes]) -> Report:
    return diff(Memory(before), Memory(after), (Scope(tuple(before)), Scope(tuple(after))), CATALOG, EVERYTHING)


def damaged(path: str, chance: random.Random) -> bytes:
    data = FIXTURES[path]
    if path.endswith((".json", ".yaml")) and chance.random() < 0.8:
        try:
            return json.dumps(_damaged_value(yaml.safe_load(data), chance), default=str).encode(
                "utf-8", "surrogatepass"
            )
        except (yaml.YAMLError, TypeError):
            return data[: chance.randrange(len(data))]
    return _damaged_text(data.decode(), chance).encode()


def _damaged_value(value: Any, chance: random.Random) -> Any:
    for _ in range(chance.randint(1, 6)):
        places = _places(value)
        if not places:
            break
        holder, key = chance.choice(places)
        other, name = chance.choice(places)
        way = chance.random()
        if way < 0.4:
            holder[key] = chance.choice(ODD)
        elif way < 0.7:
            holder[key] = json.loads(json.dumps(other[name], default=str))
        elif isinstance(holder, dict):
            moved = holder.pop(key)
            if way < 0.85:
                holder[str(name)] = moved
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        node = waiting.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        found += [(node, key) for key in keys]
        waiting += [node[key] for key in keys]
    return found


def _damaged_text(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 5)):
        lines = text.split("\n")
        way, at = chance.random(), chance.randrange(len(lines))
        words = list(re.finditer(r'"[^"<>\n]*"', text))
        if way < 0.5 and words:
            word = chance.choice(words)
            text = f'{text[: word.start()]}"{chance.choice(WORDS)}"{text[word.end() :]}'
        elif way < 0.75:
            text = "\n".join([*lines[:at], *lines[at + 1 :]])
        else:
            text = "\n".join([*lines[:at], chance.choice(lines), *lines[at:]])
    return text


@examples(max_examples=examples().max_examples // 2)
@given(st.lists(st.sampled_from(sorted(FIXTURES)), min_size=1, max_size=4, unique=True), st.integers(0, 10**9))
def test_damaged_files_are_told_and_never_a_crash(paths: list[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage that comes again with its seed
    before = {path: FIXTURES[path] for path in paths}
    after = {path: damaged(path, chance) for path in paths}
    for report in (linted(after), compared(before, after), compared(after, before)):
        assert report.errors == ()
        json.loads(rendered(report))


def contract(schema: Any, **more: Any) -> bytes:
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}
    get = {"get": {"responses": {"200": {"description": "ok", "content": media}}}}
    value = {"openapi": "3.1.0", "info": {"title": "A", "version": "1.0.0"}, "paths": {"/a": get}}
    return json.dumps({**value, "components": {"schemas": {"S": schema, **more}}}).encode()


def nested(nest: Callable[[Any], Any], depth: int, leaf: Any) -> Any:
    for _ in range(depth):
        leaf = nest(leaf)
    return leaf


NESTS: dict[str, tuple[Callable[[Any], Any], int]] = {
    "items": (lambda inner: {"items": inner}, 1),
    "not": (lambda inner: {"not": inner}, 1),
    "if": (lambda inner: {"if": inner}, 1),
    "additionalProperties": (lambda inner: {"additionalProperties": inner}, 1),
    "properties": (lambda inner: {"properties": {"a": inner}}, 2),
    "allOf": (lambda inner: {"allOf": [inner, {"title": "x"}]}, 2),
    "oneOf": (lambda inner: {"oneOf": [inner, {"title": "x"}]}, 2),
    "anyOf": (lambda inner: {"anyOf": [inner, {"type": "null"}]}, 2),
    "default": (lambda inner: {"default": nested(lambda value: [value], 190, inner)}, 200),
    "enum": (lambda inner: {"enum": [nested(lambda value: {"a": value}, 180, inner)]}, 200),
    "x-own": (lambda inner: {"x-own": nested(lambda value: [value], 190, inner)}, 200),
}


@pytest.mark.parametrize("name", NESTS)
def test_the_deepest_schemas_that_the_parser_takes(name: str) -> None:
    nest, levels = NESTS[name]
    before, after = (
        {"a.json": contract(nested(nest, max(1, 194 // levels), {"type": kind}))} for kind in ("string", "integer")
    )
    for report in (linted(before), compared(before, after)):
        assert report.errors == ()
        assert not any(one.rule == "any/parseable" for one in report.findings)
        json.loads(rendered(report))
    assert compared(before, after).changes or name == "x-own"


def test_the_deepest_xml_that_the_parser_takes() -> None:
    def schema(kind: str) -> bytes:
        inner = f'<xs:element name="e" type="xs:{kind}"/>'
        for _ in range(95):
            inner = f"<xs:sequence><xs:choice>{inner}</xs:choice></xs:sequence>"
        body = f'<xs:complexType name="T">{inner}</xs:complexType>'
        return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema>'.encode()

    report = compared({"a.xsd": schema("int")}, {"a.xsd": schema("long")})
    assert report.errors == ()
    assert [one.fact for one in report.changes] == ["base"]


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def wide(kind: str, number: int) -> bytes:
    """Many types that all extend a large one."""
    large = {"properties": {f"f{index}": {"type": kind} for index in range(number)}}
    return contract({}, Large=large, **{f"T{index}": {"allOf": [reference("Large")]} for index in range(number)})


def tangled(kind: str, number: int) -> bytes:
    """Many types that all hold each other."""
    top = {"properties": {f"p{index}": reference(f"T{index}") for index in range(number)}}
    types = {f"T{index}": {"properties": {"v": {"type": kind}, "s": reference("S")}} for index in range(number)}
    return contract(top, **types)


def test_a_comparison_that_would_not_end_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compared({"a.json": wide("string", 60)}, {"a.json": wide("integer", 60)})
    assert whole.errors == ()
    monkeypatch.setattr("integrationlint.pipeline.diff.compare", partial(compare, work=500))
    cut = compared({"a.json": wide("string", 60)}, {"a.json": wide("integer", 60)})
    assert [(one.kind, one.message.split(":")[0]) for one in cut.errors] == [("limit", "the comparison was stopped")]
    assert len(cut.changes) <= len(whole.changes)


def test_an_impact_that_would_not_end_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    sides = {"a.json": tangled("string", 20)}, {"a.json": tangled("integer", 20)}
    whole = compared(*sides)
    assert whole.errors == ()
    assert [[one.name for one in change.impact] for change in whole.changes] == [["GET /a"]] * 20
    monkeypatch.setattr("integrationlint.pipeline.changes.Side", partial(Side, steps=300))
    cut = compared(*sides)
    (error,) = cut.errors
    assert error.kind == "limit"
    assert error.message.endswith("changes is missing beyond their types: there are too many ways from there")
    assert 0 < sum(bool(change.impact) for change in cut.changes) < 20


def test_operations_beyond_what_anybody_reads_are_counted() -> None:
    def many(kind: str) -> bytes:
        value = json.loads(contract({"properties": {"v": {"type": kind}}}))
        value["paths"] = {f"/a{index}": value["paths"]["/a"] for index in range(130)}
        return json.dumps(value).encode()

    report = compared({"a.json": many("string")}, {"a.json": many("integer")})
    (change,) = report.changes
    assert len(change.impact) == 100
    assert report.notes == ("changes that reach more than 100 operations, the first of which are told: 1",)


def test_the_budget_is_for_work_and_not_for_size() -> None:
    assert MOST_WORK > 1_000_000
    report = compared({"a.json": wide("string", 300)}, {"a.json": wide("integer", 300)})
    assert report.errors == ()
    assert len(report.changes) == 300
