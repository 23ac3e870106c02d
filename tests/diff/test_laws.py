"""Laws of the comparison over generated contracts: what is no change, and what is the same seen from the other side."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.diff import shape_changes
from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.model.change import Change
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load
from integrationlint.workspace.workspace import Workspace

# Two sides cost twice: half as many as the profile asks for.
FEW = settings(max_examples=settings().max_examples // 2)
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "openapi"
NAMES = ("id", "note", "lines", "customer", "total")
TYPES = ("Order", "Line", "Customer")
Schema = dict[str, Any]


def _string() -> st.SearchStrategy[Schema]:
    return st.fixed_dictionaries(
        {"type": st.sampled_from(["string", ["string", "null"]])},
        optional={
            "maxLength": st.integers(5, 8),
            "minLength": st.integers(0, 2),
            "enum": st.lists(st.sampled_from(["new", "open", "done"]), min_size=1, unique=True),
            "format": st.sampled_from(["date", "uuid"]),
            "pattern": st.sampled_from(["^a", "b$"]),
            "default": st.sampled_from(["new", "open"]),
            "deprecated": st.booleans(),
            "readOnly": st.just(True),
            "description": st.text(max_size=5),
            "contentMediaType": st.sampled_from(["text/plain", "application/json"]),
            "x-extensible-enum": st.lists(st.sampled_from(["new", "open"]), min_size=1, unique=True),
            "x-sunset": st.sampled_from(["2027-01-01", "soon"]),
        },
    )


def _number() -> st.SearchStrategy[Schema]:
    bounds = {name: st.integers(0, 3) for name in ("minimum", "exclusiveMinimum", "multipleOf")}
    return st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={**bounds, "maximum": st.integers(8, 9), "exclusiveMaximum": st.integers(8, 9)},
    )


def _reference() -> st.SearchStrategy[Schema]:
    return st.sampled_from(TYPES).map(lambda name: {"$ref": f"#/components/schemas/{name}"})


def _object(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)},
        optional={
            "required": st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
            "additionalProperties": st.booleans() | inner,
            "writeOnly": st.just(True),
            "dependentRequired": st.dictionaries(
                st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2, unique=True), max_size=2
            ),
            "discriminator": st.sampled_from(NAMES).map(lambda name: {"propertyName": name}),
        },
    )


def _composed(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return (
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={
                "items": inner,
                "minItems": st.integers(0, 2),
                "contains": inner,
                "minContains": st.integers(0, 2),
                "prefixItems": parts,
            },
        )
        | st.fixed_dictionaries({"if": inner}, optional={"then": inner, "else": inner})
        | _object(inner)
        | parts.map(lambda found: {"allOf": found})
        | parts.map(lambda found: {"oneOf": found})
        | parts.map(lambda found: {"anyOf": [*found, {"type": "null"}]})
        | inner.map(lambda found: {"not": found})
    )


PLAIN: list[Schema] = [{}, {"type": "boolean"}, {"const": 1}]
LEAVES = _string() | _number() | _reference() | st.sampled_from(PLAIN)
SCHEMAS: st.SearchStrategy[Schema] = st.recursive(LEAVES, _composed, max_leaves=6)


def _parameters() -> st.SearchStrategy[list[Schema]]:
    one = st.fixed_dictionaries(
        {
            "name": st.sampled_from(["limit", "cursor", "X-Trace"]),
            "in": st.sampled_from(["query", "header"]),
            "schema": LEAVES | LEAVES.map(lambda found: {"type": "array", "items": found}),
        },
        optional={"required": st.booleans(), "deprecated": st.booleans()},
    )
    return st.lists(one, max_size=3, unique_by=lambda parameter: (parameter["in"], parameter["name"].lower()))


def _content() -> st.SearchStrategy[Schema]:
    media = st.sampled_from(["application/json", "application/xml"])
    return st.dictionaries(media, SCHEMAS.map(lambda found: {"schema": found}), min_size=1, max_size=2)


def _operation() -> st.SearchStrategy[Schema]:
    body = st.fixed_dictionaries({"content": _content()}, optional={"required": st.booleans()})
    response = st.fixed_dictionaries({"description": st.just("ok")}, optional={"content": _content()})
    return st.fixed_dictionaries(
        {"responses": st.dictionaries(st.sampled_from(["200", "404", "default"]), response, max_size=2)},
        optional={
            "operationId": st.sampled_from(["a", "b"]),
            "x-stability-level": st.sampled_from(["alpha", "beta", "stable"]),
            "parameters": _parameters(),
            "requestBody": body,
            "security": st.lists(st.sampled_from([{}, {"key": []}, {"oauth": ["read"]}]), max_size=2),
        },
    )


def _path() -> st.SearchStrategy[Schema]:
    methods = st.dictionaries(st.sampled_from(["get", "post", "put"]), _operation(), min_size=1, max_size=2)
    own = st.just([{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}])
    return st.tuples(methods, own | st.just([])).map(
        lambda found: {**found[0], **({"parameters": found[1]} if found[1] else {})}
    )


CONTRACTS = st.fixed_dictionaries(
    {
        "openapi": st.just("3.1.0"),
        "info": st.just({"title": "Orders", "version": "1.0.0"}),
        "paths": st.dictionaries(st.sampled_from(["/orders", "/orders/{id}"]), _path(), max_size=2),
        "components": st.fixed_dictionaries({"schemas": st.fixed_dictionaries(dict.fromkeys(TYPES, SCHEMAS))}),
    },
    optional={"webhooks": st.dictionaries(st.just("placed"), _path(), max_size=1)},
)


def side(contract: Any, path: str = "a.json", text: str | None = None) -> Workspace:
    data = (json.dumps(contract) if text is None else text).encode("utf-8", "surrogatepass")
    return Workspace(Memory({path: data}), load(Memory({path: data}), [path]))


def changes(before: Workspace, after: Workspace) -> list[Change]:
    pairs = paired(*({path: one.root for path, one in view.loaded.items()} for view in (before, after)))
    return list(compare(before, after, pairs, []))


def told(found: list[Change]) -> list[str]:
    return [f"{one.address} {one.fact or one.action} {one.direction}" for one in found]


MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}


def facts(change: Change, *, mirrored: bool = False) -> tuple[object, ...]:
    """A change as seen from the base, or as seen from the head."""
    there, here = (one.address if one is not None else None for one in (change.before, change.after))
    old, new = repr(change.old), repr(change.new)
    back, forth = change.backward, change.forward
    if mirrored:
        there, here, old, new, back, forth = here, there, new, old, forth, back
    action = MIRRORED[change.action] if mirrored else change.action
    return (str(there), str(here), action, change.fact, old, new, change.direction, str(back), str(forth))


@FEW
@given(CONTRACTS)
def test_a_contract_does_not_differ_from_itself(contract: Any) -> None:
    assert told(changes(side(contract), side(contract))) == []


@FEW
@given(CONTRACTS, CONTRACTS)
def test_the_way_back_is_the_mirror_of_the_way_there(one: Any, other: Any) -> None:
    there, back = changes(side(one), side(other)), changes(side(other), side(one))
    assert sorted(map(facts, there)) == sorted(facts(change, mirrored=True) for change in back)


@FEW
@given(CONTRACTS, st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(contract: Any, chance: random.Random) -> None:
    assert told(changes(side(contract), side(_shuffled(contract, chance)))) == []


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance) for key in keys}
    return [_shuffled(one, chance) for one in value] if isinstance(value, list) else value


@FEW
@given(CONTRACTS, CONTRACTS, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_change_what_is_told(one: Any, other: Any, chance: random.Random) -> None:
    plain = changes(side(one), side(other))
    shuffled = changes(side(_shuffled(one, chance)), side(_shuffled(other, chance)))
    assert sorted(map(told_effect, plain)) == sorted(map(told_effect, shuffled))


def told_effect(change: Change) -> str:
    return f"{change.address} {change.fact or change.action} {change.direction} {change.backward} {change.forward}"


@FEW
@given(CONTRACTS)
def test_yaml_and_json_and_comments_are_the_same_contract(contract: Any) -> None:
    text = "# A comment.\n" + yaml.safe_dump(contract, allow_unicode=True)
    assert told(changes(side(contract, "a.yaml"), side(None, "a.yaml", text))) == []
    assert told(changes(side(None, "a.yaml", text), side(contract, "a.json"))) == []


def _places(contract: Any) -> Iterator[tuple[Any, Any]]:
    """The containers and keys of the schemas in a contract, outermost first."""
    waiting: list[tuple[Any, str]] = [(contract, "")]
    for node, above in waiting:
        is_list = isinstance(node, list)
        entries = list(enumerate(node) if is_list else node.items() if isinstance(node, dict) else ())
        for key, inner in entries:
            named = above in (("allOf", "oneOf", "anyOf") if is_list else ("properties", "schemas"))
            if isinstance(inner, dict) and (named or key in ("schema", "items", "not", "additionalProperties")):
                yield node, key
            waiting.append((inner, "" if is_list or named else key))


@FEW
@given(CONTRACTS, st.randoms(use_true_random=False))
def test_schemas_that_move_into_components_change_nothing(contract: Any, chance: random.Random) -> None:
    moved = copy.deepcopy(contract)
    schemas = moved["components"]["schemas"]
    for number, (node, key) in enumerate(list(_places(moved))):
        if node is not schemas and chance.random() < 0.5:
            schemas[f"Moved{number}"] = node[key]
            node[key] = {"$ref": f"#/components/schemas/Moved{number}"}
    assert told(changes(side(contract), side(moved))) == []
    assert told(changes(side(moved), side(contract))) == []


@FEW
@given(CONTRACTS, st.randoms(use_true_random=False))
def test_objects_that_are_split_into_parts_change_nothing(contract: Any, chance: random.Random) -> None:
    split = copy.deepcopy(contract)
    for node, key in list(_places(split)):
        schema = node[key]
        if schema.get("properties") and "additionalProperties" not in schema and chance.random() < 0.7:
            names = list(schema["properties"])
            chance.shuffle(names)
            parts = [{"properties": {name: schema["properties"][name]}} for name in names]
            rest = {name: value for name, value in schema.items() if name not in ("properties", "required")}
            parts.append({"required": schema.get("required", [])})
            node[key] = {**rest, "allOf": parts}
    assert told(changes(side(contract), side(split))) == []
    assert told(changes(side(split), side(contract))) == []


@FEW
@given(CONTRACTS, st.randoms(use_true_random=False))
def test_fields_that_several_parts_declare_change_nothing(contract: Any, chance: random.Random) -> None:
    split = copy.deepcopy(contract)
    for node, key in list(_places(split)):
        schema = node[key]
        if schema.get("type") == "object" and "additionalProperties" not in schema:
            mine, yours = {}, {}
            for name, one in schema["properties"].items():
                plain = isinstance(one.get("type"), str) and one["type"] not in ("array", "object")
                there = {keyword for keyword in one if plain and chance.random() < 0.5}
                mine[name] = {keyword: value for keyword, value in one.items() if keyword not in there}
                yours[name] = {keyword: value for keyword, value in one.items() if keyword in there}
            rest = {name: value for name, value in schema.items() if name != "properties"}
            node[key] = {**rest, "allOf": [{"properties": mine}, {"properties": yours}]}
    assert told(changes(side(contract), side(split))) == []
    assert told(changes(side(split), side(contract))) == []


@FEW
@given(CONTRACTS)
def test_the_names_of_path_parameters_change_nothing(contract: Any) -> None:
    renamed = json.loads(json.dumps(contract).replace("/orders/{id}", "/orders/{orderId}"))
    for parameter in renamed["paths"].get("/orders/{orderId}", {}).get("parameters", ()):
        parameter["name"] = "orderId"
    assert told(changes(side(contract), side(renamed))) == []


@FEW
@given(CONTRACTS)
def test_a_file_that_moves_changes_nothing(contract: Any) -> None:
    assert told(changes(side(contract, "a.json"), side(contract, "api/v1/b.json"))) == []


@FEW
@given(CONTRACTS, CONTRACTS)
def test_a_file_that_moves_hides_nothing(one: Any, other: Any) -> None:
    stayed, moved = changes(side(one), side(other)), changes(side(one), side(other, "b.json"))
    assert [line.partition("#")[2] for line in sorted(map(told_effect, stayed))] == [
        line.partition("#")[2]
        for line in sorted(map(told_effect, moved), key=lambda line: line.replace("b.json", "a.json"))
    ]


@FEW
@given(CONTRACTS, CONTRACTS)
def test_two_runs_tell_the_same_in_the_same_order(one: Any, other: Any) -> None:
    runs = [[facts(change) for change in changes(side(one), side(other))] for _ in range(2)]
    assert runs[0] == runs[1]


@FEW
@given(CONTRACTS, st.randoms(use_true_random=False))
def test_the_short_way_tells_what_the_long_way_does(contract: Any, chance: random.Random) -> None:
    base, head = side(contract), side(_worn(contract, chance))
    short = changes(base, head)
    with patch.object(shape_changes, "compare_inside", lambda *_: False):
        long = changes(base, head)
    assert sorted(map(facts, short)) == sorted(map(facts, long))


def documents() -> list[Path]:
    found = [path for path in sorted(CORPUS.glob("v*/**/*.*")) if path.suffix in (".yaml", ".yml", ".json")]
    return [path for path in found if path.stat().st_size < 400_000][::2]


def _worn(value: Any, chance: random.Random) -> Any:
    """The value with some of its parts lost."""
    if isinstance(value, dict):
        kept = [
            key for key in value if key in ("openapi", "swagger", "info", "paths", "$ref") or chance.random() > 0.03
        ]
        return {key: _worn(value[key], chance) for key in kept}
    return [_worn(one, chance) for one in value] if isinstance(value, list) else value


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("path", documents(), ids=lambda path: "/".join(path.parts[-3:]))
def test_laws_on_real_contracts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = path.name
    contract = side(None, name, text)
    value = contract.loaded[name].document.value
    assert told(changes(contract, side(None, name, text))) == []
    chance = random.Random(path.name)  # noqa: S311 - the same damage on every run
    assert told(changes(contract, side(_shuffled(value, chance), "other.json"))) == []
    worn = side(_worn(value, chance), name)
    there, back = changes(contract, worn), changes(worn, contract)
    assert sorted(map(facts, there)) == sorted(facts(change, mirrored=True) for change in back)
