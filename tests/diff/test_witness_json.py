"""Witnesses of changes of OpenAPI and JSON Schema: what is found, and that both verdicts on it are true."""

import copy
import json
import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.checks.schemas_validation import fault_finder
from integrationlint.diff.json_instances import Maker
from integrationlint.diff.json_merged import NoInstanceError, merged
from integrationlint.diff.json_messages import messages
from integrationlint.diff.json_texts import matching_text, only_one
from integrationlint.diff.json_written import readings, shown
from integrationlint.diff.witness_json import Exchange, Witnesses, documents, prepared, refusal
from integrationlint.model.change import Change, Witness
from integrationlint.workspace.workspace import Workspace

Schema = Mapping[str, Any] | bool
Compared = Callable[..., list[Change]]
Open = Callable[..., Workspace]
Find = Callable[..., dict[str, Witness | None]]


@pytest.fixture(scope="session")
def find(compared: Compared, open_side: Open) -> Find:
    """`find(before, after)`: the witness of each change, by `FIELD OR ELEMENT FACT|ACTION`."""

    def run(before: Any, after: Any, path: str = "a.json") -> dict[str, Witness | None]:
        base, head = (open_side({path: json.dumps(one)} if "a.json" not in one else one) for one in (before, after))
        roots = [(base.loaded[path].root, head.loaded[path].root)]
        witnesses = Witnesses((base, head), roots, fault_finder)
        return {name(one): witnesses.of(one) for one in compared(base, head)}

    return run


def name(change: Change) -> str:
    return f"{change.element.name or change.kind} {change.fact or change.action}"


def api(request: Schema | None = None, response: Schema | None = None, **more: Any) -> dict[str, Any]:
    """A contract with one operation; `parameters`, `schemas`, `openapi` may be given."""
    operation: dict[str, Any] = {"responses": {"200": {"description": "ok"}}}
    if request is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": request}}}
    if response is not None:
        operation["responses"]["200"]["content"] = {"application/json": {"schema": response}}
    if "parameters" in more:
        operation["parameters"] = more["parameters"]
    return {
        "openapi": more.get("openapi", "3.1.0"),
        "info": {"title": "Orders", "version": "1.0.0"},
        "paths": {"/orders": {"post": operation}},
        "components": {"schemas": more.get("schemas", {})},
    }


def thing(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields}


def _kind(name: str) -> dict[str, Any]:
    return {**thing(**{name: TEXT}), "required": [name]}


TEXT = {"type": "string"}
WHOLE = {"type": "integer"}

# What a request may say, before and after; the change; a message that is refused now, and the words for it.
NARROWED: Mapping[str, tuple[Schema, Schema, str, str, str]] = {
    "type": (TEXT, WHOLE, "schema type", '"a"', 'it is not of type "integer"'),
    "number": ({"type": "number"}, WHOLE, "schema type", "0.5", 'it is not of type "integer"'),
    "null": ({"type": ["string", "null"]}, TEXT, "schema nullable", "null", 'it is not of type "string"'),
    "enum": ({"enum": ["a", "b"]}, {"enum": ["a"]}, "schema enum", '"b"', 'it is not one of "a"'),
    "const": ({"const": "a"}, {"const": "b"}, "schema const", '"a"', '"b" was expected'),
    "maximum": (
        {**WHOLE, "maximum": 9},
        {**WHOLE, "maximum": 8},
        "schema maximum",
        "9",
        "greater than the maximum of 8",
    ),
    "minimum": (WHOLE, {**WHOLE, "minimum": 5}, "schema minimum", "0", "less than the minimum of 5"),
    "exclusive": (
        {"type": "number", "maximum": 2.5},
        {"type": "number", "exclusiveMaximum": 2.5},
        "schema exclusiveMaximum",
        "2.5",
        "greater than or equal to the maximum of 2.5",
    ),
    "multipleOf": (WHOLE, {**WHOLE, "multipleOf": 5}, "schema multipleOf", "1", "not a multiple of 5"),
    "int64": ({**WHOLE, "format": "int64"}, {**WHOLE, "format": "int32"}, "schema format", "2147483648", "2147483647"),
    "maxLength": (TEXT, {**TEXT, "maxLength": 3}, "schema maxLength", '"aaaa"', "longer than 3 characters"),
    "minLength": (TEXT, {**TEXT, "minLength": 1}, "schema minLength", '""', "shorter than 1 character"),
    "format": (TEXT, {**TEXT, "format": "date"}, "schema format", '"a"', 'not a "date"'),
    "formats": (
        {**TEXT, "format": "date"},
        {**TEXT, "format": "date-time"},
        "schema format",
        '"2020-01-01"',
        'not a "date-time"',
    ),
    "pattern": (
        {**TEXT, "pattern": "^[a-z]{2}$"},
        {**TEXT, "pattern": "^[a-c]{2}$"},
        "schema pattern",
        '"da"',
        'does not match "^[a-c]{2}$"',
    ),
    "new pattern": (TEXT, {**TEXT, "pattern": "^[0-9]+$"}, "schema pattern", '"a"', 'does not match "^[0-9]+$"'),
    "minItems": ({"type": "array"}, {"type": "array", "minItems": 1}, "schema minItems", "[]", "less than 1 item"),
    "maxItems": (
        {"type": "array", "items": WHOLE},
        {"type": "array", "items": WHOLE, "maxItems": 2},
        "schema maxItems",
        "[1, 1, 1]",
        "more than 2 items",
    ),
    "unique": (
        {"type": "array", "items": WHOLE},
        {"type": "array", "items": WHOLE, "uniqueItems": True},
        "schema uniqueItems",
        "[1, 1]",
        "non-unique elements",
    ),
    "contains": (
        {"type": "array", "contains": WHOLE, "maxContains": 3},
        {"type": "array", "contains": WHOLE, "maxContains": 2},
        "schema maxContains",
        "[1, 1, 1]",
        "too few or too many of the items are as `contains` says",
    ),
    "new field": (thing(a=TEXT), {**thing(a=TEXT), "required": ["b"]}, "schema requires", "{}", '"b" is a required'),
    "required": (thing(a=TEXT), {**thing(a=TEXT), "required": ["a"]}, "a required", "{}", '"a" is a required property'),
    "added": (thing(), {**thing(a=TEXT), "required": ["a"]}, "a added", "{}", '"a" is a required property'),
    "closed": (
        thing(a=TEXT),
        {**thing(a=TEXT), "additionalProperties": False},
        "schema additionalProperties",
        '{"0": "a"}',
        "'0' was unexpected",
    ),
    "gone": (
        {**thing(a=TEXT, b=WHOLE), "additionalProperties": False},
        {**thing(a=TEXT), "additionalProperties": False},
        "b removed",
        '{"b": 1}',
        "'b' was unexpected",
    ),
    "dependents": (
        {**thing(a=TEXT), "dependentRequired": {"a": ["b"]}},
        {**thing(a=TEXT), "dependentRequired": {"a": ["b", "c"]}},
        "schema dependentRequired",
        '{"a": "a", "b": "a"}',
        '"c" is a required property',
    ),
    "names": (
        {"type": "object", "propertyNames": {"maxLength": 5}},
        {"type": "object", "propertyNames": {"maxLength": 3}},
        "propertyNames maxLength",
        '{"aaaa": "a"}',
        '"aaaa" is longer than 3 characters',
    ),
    "branch": (
        {"oneOf": [_kind("a"), _kind("b"), _kind("c")]},
        {"oneOf": [_kind("a"), _kind("c")]},
        "1 removed",
        '{"b": "a"}',
        "not valid under any of the schemas listed in the 'oneOf' keyword",
    ),
    "in a branch": (
        {"anyOf": [WHOLE, {**thing(a=TEXT), "title": "T"}]},
        {"anyOf": [WHOLE, {**thing(a=WHOLE), "title": "T"}]},
        "a type",
        '{"a": "a"}',
        '/a: it is not of type "integer"',
    ),
    "deep": (
        {**thing(lines={"type": "array", "items": {**thing(sku=TEXT, n=WHOLE), "required": ["n"]}}), "required": []},
        {**thing(lines={"type": "array", "items": {**thing(sku=WHOLE, n=WHOLE), "required": ["n"]}}), "required": []},
        "sku type",
        '{"lines": [{"n": 1, "sku": "a"}]}',
        '/lines/0/sku: it is not of type "integer"',
    ),
    "open member": (
        {"type": "object", "additionalProperties": TEXT},
        {"type": "object", "additionalProperties": WHOLE},
        "* type",
        '{"extra": "a"}',
        '/extra: it is not of type "integer"',
    ),
}


@pytest.mark.parametrize("case", NARROWED)
def test_what_clients_sent_and_the_server_refuses_now(find: Find, case: str) -> None:
    before, after, change, text, said = NARROWED[case]
    found = find(api(before), api(after))[change]
    assert found is not None
    assert (json.dumps(json.loads(found.text)), found.valid, found.syntax) == (text, "base", "json")
    assert found.refused.startswith("request of POST /orders: ")
    assert said in found.refused


@pytest.mark.parametrize("case", NARROWED)
def test_what_the_server_sends_now_and_clients_refuse(find: Find, case: str) -> None:
    before, after, change, text, said = NARROWED[case]
    action = {"b removed": "b added", "a added": "a removed", "1 removed": "1 added"}.get(change, change)
    found = find(api(None, after), api(None, before))[action]
    assert found is not None
    assert (json.dumps(json.loads(found.text)), found.valid) == (text, "head")
    assert found.refused.startswith("response 200 of POST /orders: ")
    assert said in found.refused


@pytest.mark.parametrize("case", NARROWED)
def test_what_harms_nobody_has_no_witness(find: Find, case: str) -> None:
    before, after = NARROWED[case][:2]
    one_way = {"const", "formats", "type", "in a branch", "deep", "open member", "pattern"}
    found = find(api(after), api(before))
    assert case in one_way or set(found.values()) == {None}


def test_each_change_has_its_own_witness(find: Find) -> None:
    before = {**thing(id=TEXT, n=WHOLE), "required": ["id"]}
    after = {**thing(id=TEXT, n={**WHOLE, "maximum": 5}, k=TEXT, l=TEXT), "required": ["id", "k", "l"]}
    found = find(api(before), api(after))
    said = {change: one.refused.rpartition(": ")[2] for change, one in found.items() if one is not None}
    assert said == {
        "n maximum": "it is greater than the maximum of 5",
        "k added": '"k" is a required property',
        "l added": '"l" is a required property',
    }


def test_the_line_is_that_of_the_place(find: Find) -> None:
    found = find(api(thing(a=thing(b=TEXT))), api(thing(a=thing(b=WHOLE))))["b type"]
    assert found is not None
    assert found.text.split("\n")[found.line - 1].strip() == '"b": "a"'


def _parameter(schema: Schema, place: str = "query") -> list[dict[str, Any]]:
    return [{"in": place, "name": "limit", "schema": schema}]


def test_a_parameter(find: Find) -> None:
    found = find(api(parameters=_parameter(TEXT)), api(parameters=_parameter(WHOLE)))["schema type"]
    assert found is not None
    assert found.text == '"a"'
    assert found.refused == 'query parameter limit of POST /orders: it is not of type "integer"'


@pytest.mark.parametrize("after", [TEXT, {"type": "array", "items": WHOLE}, {"type": "number"}])
def test_what_is_written_alike_is_not_refused(find: Find, after: Schema) -> None:
    found = find(api(parameters=_parameter(WHOLE)), api(parameters=_parameter(after)))
    assert set(found.values()) <= {None}


def test_a_header_of_a_response(find: Find) -> None:
    before, after = api(), api()
    for side, schema in ((before, WHOLE), (after, TEXT)):
        response = side["paths"]["/orders"]["post"]["responses"]["200"]
        response["headers"] = {"X-Left": {"schema": schema}}
    found = find(before, after)["schema type"]
    assert found is not None
    assert found.refused.startswith("header X-Left of response 200 of POST /orders: ")


def test_bodies_that_are_not_json_have_none(find: Find) -> None:
    sides = [json.loads(json.dumps(api(one)).replace("application/json", "application/xml")) for one in (TEXT, WHOLE)]
    assert find(*sides) == {"schema type": None}


def test_what_is_read_only_is_not_demanded_of_a_request(find: Find) -> None:
    before = {**thing(id={**TEXT, "readOnly": True}, a=TEXT), "required": ["id"]}
    after = {**thing(id={**TEXT, "readOnly": True}, a=WHOLE), "required": ["id"]}
    found = find(api(before), api(after))["a type"]
    assert found is not None
    assert json.loads(found.text) == {"a": "a"}


def test_nullable_of_3_0(find: Find) -> None:
    before, after = ({**TEXT, "nullable": one} for one in (True, False))
    found = find(api(before, openapi="3.0.3"), api(after, openapi="3.0.3"))["schema nullable"]
    assert found is not None
    assert found.text == "null"


def test_swagger_2(find: Find) -> None:
    def side(schema: Schema) -> dict[str, Any]:
        body = {"in": "body", "name": "body", "schema": {"$ref": "#/definitions/Order"}}
        operation = {"parameters": [body], "responses": {"200": {"description": "ok"}}}
        return {
            "swagger": "2.0",
            "info": {"title": "Orders", "version": "1"},
            "consumes": ["application/json"],
            "paths": {"/orders": {"post": operation}},
            "definitions": {"Order": schema},
        }

    found = find(side(thing(a=TEXT)), side({**thing(a=TEXT), "required": ["a"]}))["a required"]
    assert found is not None
    assert found.refused == 'request of POST /orders: "a" is a required property'


def test_a_schema_in_another_file(find: Find) -> None:
    contract = json.dumps(api({"$ref": "b.json"}))
    sides = [{"a.json": contract, "b.json": json.dumps(thing(a=one))} for one in (TEXT, WHOLE)]
    found = find(*sides)["a type"]
    assert found is not None
    assert json.loads(found.text) == {"a": "a"}


@pytest.mark.parametrize(("before", "after", "valid"), [(TEXT, WHOLE, "base"), (WHOLE, {}, "head")])
def test_a_json_schema(find: Find, before: Schema, after: Schema, valid: str) -> None:
    address = "https://json-schema.org/draft/2020-12/schema"
    sides = [{"$schema": address, **thing(a=one)} for one in (before, after)]
    found = find(*sides)["a type"]
    assert found is not None
    assert (found.valid, found.refused.partition(":")[0]) == (valid, "/a")


def test_circular_schemas(find: Find) -> None:
    def side(schema: Schema) -> dict[str, Any]:
        node = {**thing(next={"$ref": "#/components/schemas/Node"}, value=schema), "required": ["value"]}
        return api({"$ref": "#/components/schemas/Node"}, schemas={"Node": node})

    found = find(side(TEXT), side(WHOLE))["value type"]
    assert found is not None
    assert json.loads(found.text) == {"value": "a"}


def test_what_never_ends_has_none(find: Find) -> None:
    def side(schema: Schema) -> dict[str, Any]:
        node = {**thing(next={"$ref": "#/components/schemas/Node"}, value=schema), "required": ["next"]}
        return api({"$ref": "#/components/schemas/Node"}, schemas={"Node": node})

    assert find(side(TEXT), side(WHOLE)) == {"value type": None}


def test_schemas_that_cost_too_much_have_none(find: Find) -> None:
    def side(schema: Schema) -> dict[str, Any]:
        types = {f"T{n}": {"allOf": [{"$ref": f"#/components/schemas/T{n + 1}"}] * 2} for n in range(40)}
        return api({"$ref": "#/components/schemas/T0"}, schemas={**types, "T40": schema})

    assert find(side(thing(a=TEXT)), side(thing(a=WHOLE))) == {"a type": None}


def test_what_cannot_be_decided_has_none(find: Find) -> None:
    before, after = ({**thing(a={**TEXT, "pattern": "(?<!"}, b=one), "required": ["a"]} for one in (TEXT, WHOLE))
    assert find(api(before), api(after)) == {"b type": None}
    nowhere = {"$ref": "#/components/schemas/Nowhere"}
    sides = [{**thing(a=nowhere, b=one), "required": ["a"]} for one in (TEXT, WHOLE)]
    assert find(*map(api, sides)) == {"b type": None}


def test_long_messages_are_not_shown(find: Find) -> None:
    before = {**thing(a={**TEXT, "enum": ["x" * 3_000]}, b=TEXT), "required": ["a"]}
    after = {**thing(a={**TEXT, "enum": ["x" * 3_000]}, b=WHOLE), "required": ["a"]}
    assert find(api(before), api(after)) == {"b type": None}


def test_odd_numbers_do_no_harm(find: Find) -> None:
    for bound in (10**400, 1e308, -(10**30)):
        before, after = (thing(a={"type": "number", "minimum": bound}, b=one) for one in (TEXT, WHOLE))
        found = find(api(before), api(after))["b type"]
        assert found is not None


@pytest.mark.parametrize(
    "pattern",
    ["^[A-Z]{3}-\\d+$", "a|b", "^(?:x|y){2}[^a-z]$", "^\\w+@\\w+\\.com$", "(foo)?bar", "^\\s$", "^[\\u00e9]$"],
)
def test_texts_that_match(pattern: str) -> None:
    text = matching_text(pattern)
    validate = fault_finder({"0": {"pattern": pattern}}, "0")
    assert text is not None
    assert validate is not None
    assert validate(text) == []


def test_texts_that_only_one_pattern_takes() -> None:
    assert only_one("^[ab]$", "^a$") == "b"
    assert only_one("^a$", "^[ab]$") is None
    assert only_one("a", "b") is None  # what is found anywhere is not compared


def test_readings_of_a_text() -> None:
    assert readings("5") == ["5", 5, "5", ["5"], [5], ["5"]]
    assert readings(True)[:3] == [True, True, "true"]
    assert readings([1, "a"])[:3] == [[1, "a"], [1, "a"], ["1", "a"]]


def test_lines_of_a_place() -> None:
    assert shown({"a": [1, {"b": 2}]}, ("a", 1, "b"))[1] == 5
    assert shown({"a": 1}, ("b",))[1] == 0
    assert shown([], ())[1] == 1


# What is widened, narrowed or left alone at random; a `oneOf` that is wider can refuse more, which is told as wider.
KEYWORDS = st.fixed_dictionaries(
    {},
    optional={
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(3, 6),
        "enum": st.lists(st.sampled_from(["a", "aaaa", 1, None]), min_size=1, unique_by=repr),
        "minimum": st.integers(-1, 2),
        "exclusiveMaximum": st.integers(3, 5),
        "multipleOf": st.integers(1, 4),
        "minItems": st.integers(0, 2),
        "uniqueItems": st.booleans(),
        "format": st.sampled_from(["date", "uuid"]),
    },
)
TYPED = st.tuples(st.sampled_from(["string", "integer", "number", ["string", "null"], "array"]), KEYWORDS).map(
    lambda one: {"type": one[0], **one[1]}
)


def _held(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(["a", "b", "c"])
    fields = st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(names, inner, min_size=1, max_size=3)},
        optional={
            "required": st.lists(names, max_size=2, unique=True),
            "additionalProperties": st.just(False) | inner,
            "minProperties": st.integers(0, 2),
        },
    )
    items = inner.map(lambda one: {"type": "array", "items": one})
    parts = st.lists(inner, min_size=2, max_size=3)
    return fields | items | parts.map(lambda found: {"anyOf": found})


SCHEMAS = st.recursive(TYPED, _held, max_leaves=5)


def _mutated(schema: Any, chance: random.Random) -> Any:
    changed = copy.deepcopy(schema)
    nodes = [changed]
    for node in nodes:
        inner = node.values() if isinstance(node, dict) else node
        nodes += [one for one in inner if isinstance(one, dict | list)]
    node = chance.choice([one for one in nodes if isinstance(one, dict) and "type" in one] or [changed])
    key = chance.choice([one for one in node if one not in ("properties", "anyOf", "items")] or ["type"])
    value = node.get(key)
    if key == "type" or chance.random() < 0.3:
        node.pop(key, None)
    elif isinstance(value, int):
        node[key] = not value if isinstance(value, bool) else value + chance.choice([-1, 1])
    elif isinstance(value, list) and len(value) > 1:
        value.pop()
    return changed


@given(SCHEMAS, st.randoms(use_true_random=False))
def test_what_is_safe_has_no_message_that_is_refused(
    compared: Compared, open_side: Open, schema: Any, chance: random.Random
) -> None:
    sides = [open_side({"a.json": json.dumps(api(one, one))}) for one in (schema, _mutated(schema, chance))]
    links = (sides[0], sides[1])
    changes = compared(*links)
    for message in messages((links[0].loaded["a.json"].root, links[1].loaded["a.json"].root), links):
        sender = ("request", "response").index(message.direction)
        kept = [(one.backward, one.forward)[sender] for one in changes if one.direction in (message.direction, "both")]
        ready = prepared(message, sender, links, fault_finder)
        if ready is not None and all(one is True for one in kept):
            assert _refused(ready) == []


def _refused(ready: Exchange) -> list[str]:
    """Messages that the sender may send and the receiver refuses."""
    return [
        f"{text}: {refusal(ready, one)[0].message}"
        for place in _places(ready)
        for text, one in documents(ready, place, frozenset()).items()
        if ready.validators[0](one) == [] and refusal(ready, one)
    ]


def _places(ready: Exchange) -> list[tuple[str | int, ...]]:
    maker = Maker(ready.lowered[0].schemas, 1_000)
    found: list[tuple[str | int, ...]] = [()]
    for place in found:
        try:
            said = merged(maker.there({"$ref": f"#/$defs/{ready.numbers[0]}"}, place, frozenset(), 0), maker.schemas)
        except NoInstanceError:
            continue
        steps: list[str | int] = [*said.names(), *([0] if "items" in said.facts else [])]
        found += [(*place, step) for step in steps if len(place) < 3]
    return found


def test_the_law_can_fail(compared: Compared, open_side: Open) -> None:
    sides = [open_side({"a.json": json.dumps(api(one))}) for one in (thing(a=TEXT), thing(a=WHOLE))]
    roots = (sides[0].loaded["a.json"].root, sides[1].loaded["a.json"].root)
    (message,) = messages(roots, (sides[0], sides[1]))
    ready = prepared(message, 0, (sides[0], sides[1]), fault_finder)
    assert ready is not None
    assert any('it is not of type "integer"' in one for one in _refused(ready))
    assert compared(*sides)
