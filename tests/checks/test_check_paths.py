"""Paths: variables, ambiguity, plurals and verbs."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[tuple[str, str]]]
HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


def paths(*templates: str) -> str:
    return HEAD + "paths:\n" + "".join(f"  '{one}': {{get: {{}}}}\n" for one in templates)


def test_a_path_item_kept_elsewhere_declares_the_variables(find: Find) -> None:
    files = {
        "api.yaml": f"{HEAD}paths: {{'/orders/{{id}}': {{$ref: 'items.yaml#/order'}}}}\n",
        "items.yaml": "order: {get: {parameters: [{name: key, in: path, required: true}]}}\n",
    }
    assert [pointer for pointer, _ in find("oas/path-params-match", files)] == [
        "/order/get",
        "/order/get/parameters/0",
    ]


def test_an_operation_overrides_and_adds_to_the_parameters_of_its_path(find: Find) -> None:
    text = (
        f"{HEAD}paths: {{'/a/{{x}}/b/{{y}}': {{parameters: [{{name: x, in: path}}],"
        " get: {parameters: [{name: y, in: path}]}, put: {}}}\n"
    )
    assert [pointer for pointer, _ in find("oas/path-params-match", text)] == ["/paths/~1a~1{x}~1b~1{y}/put"]


def test_a_reference_that_is_not_found_is_no_proof_of_a_missing_parameter(find: Find) -> None:
    text = f"{HEAD}paths: {{'/a/{{x}}': {{get: {{parameters: [{{$ref: 'gone.yaml#/x'}}]}}}}}}\n"
    assert find("oas/path-params-match", text) == []
    assert len(find("schema/ref-resolves", text)) == 1


def test_a_variable_that_comes_twice(find: Find) -> None:
    found = find("oas/path-params-match", f"{HEAD}paths: {{'/a/{{x}}/b/{{x}}': {{}}}}\n")
    assert found == [("/paths/~1a~1{x}~1b~1{x}", "the path '/a/{x}/b/{x}' names the variable 'x' more than once")]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("/books/{id}", "/books/mine", 0),
        ("/{kind}/mine", "/books/{id}", 1),
        ("/a/{x}/c", "/a/b/{y}", 1),
        ("/a/{x}/c", "/b/{y}/c", 0),
        ("/a/{x}", "/a/{x}/b", 0),
    ],
)
def test_ambiguity(find: Find, one: str, other: str, count: int) -> None:
    assert len(find("oas/no-ambiguous-paths", paths(one, other))) == count


def test_paths_without_a_common_method_are_not_ambiguous(find: Find) -> None:
    text = f"{HEAD}paths: {{'/{{kind}}/mine': {{get: {{}}}}, '/books/{{id}}': {{put: {{}}}}}}\n"
    assert find("oas/no-ambiguous-paths", text) == []


@pytest.mark.parametrize(
    "text",
    [
        paths("/orders", "/orders/{id}"),
        paths("/people", "/people/{id}"),
        paths("/stock", "/stock/{sku}"),
        paths("/v1", "/v1/{tenant}"),
        paths("/transactions/verify/{reference}"),
        paths("/users/by-name/{name}", "/users/by-name"),
        paths("/größe", "/größe/{id}"),
    ],
)
def test_what_is_no_singular(find: Find, text: str) -> None:
    assert find("oas/path-plural", text) == []


@pytest.mark.parametrize(
    "text", [paths("/order", "/order/{id}"), paths("/address/{addressId}"), paths("/a/Status/{status}")]
)
def test_singulars(find: Find, text: str) -> None:
    assert len(find("oas/path-plural", text, uncountable=[])) == 1


@pytest.mark.parametrize(
    "segment", ["add-ons", "update-requests", "lists", "settings", "creation", "{get}", "getaways"]
)
def test_nouns_that_look_like_verbs(find: Find, segment: str) -> None:
    assert find("oas/path-no-verbs", paths(f"/{segment}")) == []


@pytest.mark.parametrize(
    "segment", ["getOrder", "create", "find-by-status", "UpdateBranch", "delete_all", "create:now"]
)
def test_verbs(find: Find, segment: str) -> None:
    assert len(find("oas/path-no-verbs", paths(f"/orders/{segment}"))) == 1


def test_many_variables_and_many_patterns_take_no_time(find: Find) -> None:
    many = "".join(f"/{{v{index}}}" for index in range(3_000))
    assert find("oas/path-params-match", f"{HEAD}paths: {{'{many}': {{}}}}\n") == []
    templates = [
        "/" + "/".join("{x}" if index >> bit & 1 else f"s{index}" for bit in range(10)) for index in range(1_000)
    ]
    find("oas/no-ambiguous-paths", paths(*templates))


def test_a_component_path_item_is_no_path(find: Find) -> None:
    text = f"{HEAD}paths: {{}}\ncomponents: {{pathItems: {{GetOrder/: {{get: {{}}}}}}}}\n"
    for rule in ("oas/path-no-trailing-slash", "oas/path-no-verbs", "oas/path-case", "oas/path-params-match"):
        assert find(rule, text) == []
