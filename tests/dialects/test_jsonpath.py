"""Paths: which places they lead to, in which order, also where the tree is shared or leads back into itself."""

from typing import Any

import pytest

from integrationlint.dialects.javascript import UNDEFINED
from integrationlint.dialects.jsonpath.select import Match, compiled, select

CONTRACT: dict[str, Any] = {
    "openapi": "3.0.0",
    "info": {"title": "Orders", "contact": {"email": None}},
    "paths": {
        "/orders": {
            "get": {
                "parameters": [{"name": "limit", "in": "query"}, {"name": "trace", "in": "header"}],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"type": "array"}}}},
                    "404": {"description": "none"},
                },
            },
            "post": {"responses": {"201": {"description": "made"}}},
        },
        "/orders/{id}": {"get": {"responses": {"default": {"description": "any"}}}},
    },
}


def paths(expression: str, root: Any = CONTRACT) -> list[str]:
    """The matched paths, joined by blanks."""
    return [" ".join(map(str, one.path)) for one in select([compiled(expression)], root)]


def values(expression: str, root: Any = CONTRACT) -> list[Any]:
    """The matched values."""
    return [one.value for one in select([compiled(expression)], root)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$", [""]),
        ("$.info.title", ["info title"]),
        ("$['info'][\"title\"]", ["info title"]),
        ("$.info[title]", ["info title"]),
        ("$.info.contact.email", ["info contact email"]),
        ("$.info.missing", []),
        ("$.info.title.length", []),
        ("$.paths.*", ["paths /orders", "paths /orders/{id}"]),
        ("$.paths[*][post]", ["paths /orders post"]),
        ("$.paths['/orders'].get.parameters[1].name", ["paths /orders get parameters 1 name"]),
        ("$.paths.*.get.parameters.0", ["paths /orders get parameters 0"]),
        ("$.paths[*][*].responses[200,201]", ["paths /orders get responses 200", "paths /orders post responses 201"]),
        ("$.paths[*][*].responses['404'].description", ["paths /orders get responses 404 description"]),
        ("$..in", ["paths /orders get parameters 0 in", "paths /orders get parameters 1 in"]),
        ("$..parameters..name", ["paths /orders get parameters 0 name", "paths /orders get parameters 1 name"]),
        ("$.paths..responses.default", ["paths /orders/{id} get responses default"]),
    ],
)
def test_names_wildcards_and_any_depth(expression: str, expected: list[str]) -> None:
    assert paths(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$[0]", ["0"]),
        ("$[1:3]", ["1", "2"]),
        ("$[::2]", ["0", "2", "4"]),
        ("$[-1:]", ["4"]),
        ("$[:-3]", ["0", "1"]),
        ("$[(@.length-1)]", ["4"]),
        ("$[( @.length - 2 )]", ["3", "4"]),
        ("$[-1]", []),
        ("$[9]", []),
        ("$[0,2]", ["0", "2"]),
    ],
)
def test_indexes_and_slices(expression: str, expected: list[str]) -> None:
    assert paths(expression, ["a", "b", "c", "d", "e"]) == expected


def test_slices_are_for_lists_and_wildcards_for_both() -> None:
    assert paths("$[0:1]", {"0": 1}) == []
    assert paths("$.*[0:1]", {"a": [1, 2], "b": {"0": 1}}) == ["a 0"]
    assert paths("$.*[*]", {"a": [1], "b": {"c": 2}, "d": 3}) == ["a 0", "b c"]


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("$.paths.[get]", "$.paths..get"),
        ("$.paths...responses", "$.paths..responses"),
        ("$.paths.*.", "$.paths.*"),
        ("$.paths.", "$.paths"),
        ("  $.paths.*\n", "$.paths.*"),
        ("$.paths./orders.get", "$.paths['/orders'].get"),
        ("$.paths.'/orders'.get", "$.paths['/orders'].get"),
        ("$..content.application/json.schema", "$..content['application/json'].schema"),
        ("$..content[application/json].schema", "$..content['application/json'].schema"),
        ("$..responses[200, 201]", "$..responses[200,201]"),
        ("$..responses['200' , \"201\"]", "$..responses[200,201]"),
        ("$..responses[200,]", "$..responses[200]"),
        ("$..*.responses", "$..responses"),
        ("$.paths.*.^", "$.paths.*^"),
        ("$.info.@string()", "$.info[?(@string())]"),
        ("$.info@string()", "$.info[?(@string())]"),
    ],
)
def test_lenient_spellings(expression: str, same: str) -> None:
    assert paths(expression) == paths(same) != []


def test_type_tests_are_steps() -> None:
    root = {"s": "x", "n": 1.5, "i": 2, "b": True, "z": None, "l": [], "o": {}}
    found = {name: paths(f"$.@{name}()", root) for name in ("string", "number", "integer", "boolean", "null")}
    assert found == {"string": ["s"], "number": ["n", "i"], "integer": ["i"], "boolean": ["b"], "null": ["z"]}
    assert paths("$.@array()", root) == ["l"]
    assert paths("$.@object()", root) == ["l", "o"]
    assert paths("$.@scalar()", root) == ["s", "n", "i", "b", "z"]


def test_keys() -> None:
    assert values("$.paths[*]~") == ["/orders", "/orders/{id}"]
    assert paths("$.paths[*]~") == paths("$.paths[*]")
    assert values("$..parameters[*]~") == [0, 1]
    assert values("$.info^~") == [UNDEFINED]
    assert values("$.paths.*.post^~") == ["/orders"]
    assert values("$.paths.*~^.nothing is read here") == ["/orders", "/orders/{id}"]
    assert values("$.info.contact.~") == ["contact"]


def test_parents() -> None:
    assert paths("$.paths.*.post^") == ["paths /orders"]
    assert paths("$..in^") == ["paths /orders get parameters 0", "paths /orders get parameters 1"]
    assert paths("$..in^^") == ["paths /orders get parameters"] * 2, "once for each match"
    assert paths("$.info^") == [""]
    assert paths("$.info^^") == []


def test_parents_in_the_middle_lead_down_again() -> None:
    assert paths("$..parameters[?(@.in == 'header')]^^.responses[404]") == ["paths /orders get responses 404"]
    assert paths("$..in^.name") == ["paths /orders get parameters 0 name", "paths /orders get parameters 1 name"]
    assert paths("$.paths.*.*^[post]") == ["paths /orders post"], "once for each parent"
    assert paths("$..in^^[0]^^.responses^~") == ["paths /orders get"]


def test_containers_at_any_depth() -> None:
    root = {"a": [1, {"b": None}], "c": 2}
    assert paths("$..", root) == ["", "a", "a 1"]
    assert paths("$.a..", root) == ["a", "a 1"]
    assert paths("$..^", root) == ["", "a"]
    assert paths("$..*", root) == ["a", "a 0", "a 1", "a 1 b", "c"]


def test_matches_of_each_selector_are_in_document_order() -> None:
    expressions = ["$..*", "$..[?(@.in)]", "$.paths.*.*", "$..description", "$..[?(@property != 'in')]"]
    order = {one.path: index for index, one in enumerate(select([compiled("$..*")], CONTRACT))}
    for number in range(len(expressions)):
        found = [one.path for one in select([compiled(one) for one in expressions], CONTRACT) if one.number == number]
        assert found == sorted(found, key=order.__getitem__)
        assert found


def test_many_selectors_at_once_find_what_each_finds_alone() -> None:
    expressions = [
        "$", "$..", "$..in", "$..[?(@.in)]", "$..[?(@ && @.in == 'query')].name", "$..[?(@.description)]^^",
        "$.paths.*.*", "$.paths[*]~", "$..responses.*", "$..responses[?(@property >= 400)]", "$..*", "$..description",
        "$..[?(@property !== 'get' && @.responses)]", "$..in^.name", "$..[0]", "$..[1:]", "$..in",
    ]  # fmt: skip
    together = list(select([compiled(one) for one in expressions], CONTRACT))
    for number, expression in enumerate(expressions):
        alone = [(one.path, one.value) for one in select([compiled(expression)], CONTRACT)]
        assert [(one.path, one.value) for one in together if one.number == number] == alone
        assert alone


def test_a_match_has_number_path_and_value() -> None:
    found = list(select([compiled("$.x"), compiled("$.info.title")], CONTRACT))
    assert found == [Match(1, ("info", "title"), "Orders")]


def test_a_scalar_root_matches_only_the_root() -> None:
    assert paths("$", "text") == [""]
    assert paths("$.a", "text") == paths("$..", "text") == paths("$..*", None) == []


def test_the_same_expression_is_compiled_once() -> None:
    assert compiled("$.a.b") is compiled("$.a.b")


def test_what_is_shared_is_searched_once_and_found_by_each_path_that_leads_to_it() -> None:
    shared = {"name": "money", "parts": [{"name": "currency"}]}
    root = {"a": shared, "b": {"c": shared}}
    assert paths("$..name", root) == ["a name", "a parts 0 name"]
    assert paths("$..[?(@.parts)]", root) == ["a", "b c"]
    assert paths("$.b.c.name", root) == ["b c name"]
    both = [" ".join(map(str, one.path)) for one in select([compiled("$.b.c.name"), compiled("$.a.name")], root)]
    assert both == ["a name", "b c name"]


def test_sharing_does_not_multiply_the_work() -> None:
    root: Any = {"leaf": 1}
    for _ in range(60):
        root = {"left": root, "right": root}
    assert len(paths("$..leaf", root)) == 1
    assert len(paths("$..[?(@.left)]..[?(@.leaf)]", root)) == 2


def test_a_tree_that_leads_into_itself_ends() -> None:
    root: dict[str, Any] = {"name": "node", "children": []}
    root["children"].append(root)
    assert paths("$..name", root) == ["name"]
    assert paths("$..[?(@.children)]..name^", root) != []
    assert paths("$..*^..*", root) != []


def test_depth_is_no_danger() -> None:
    root: Any = {"end": True}
    for _ in range(20_000):
        root = [root]
    assert len(next(select([compiled("$..end")], root)).path) == 20_001
