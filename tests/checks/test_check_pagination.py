"""What is a collection, and what asks for a page of it."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[tuple[str, str]]]
HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


def get(path: str, schema: str, parameters: str = "", more: str = "") -> str:
    media = f"{{application/json: {{schema: {schema}}}}}"
    return (
        f"{HEAD}paths: {{'{path}': {{get: {{parameters: [{parameters}], {more}"
        f"responses: {{'200': {{description: OK, content: {media}}}}}}}}}}}\n"
    )


def fields(*names: str) -> str:
    listed = ", ".join(
        f"{name}: {{type: array, items: {{}}}}" if name.endswith("s") else f"{name}: {{}}" for name in names
    )
    return f"{{type: object, properties: {{{listed}}}}}"


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/orders", "{type: array, items: {type: object}}"),
        ("/orders", fields("orders")),
        ("/orders", fields("results")),
        ("/search", fields("hits", "total")),
        ("/a/{id}/orders", fields("items", "next")),
        ("/orders", "{allOf: [{type: object, properties: {orders: {type: array, items: {}}}}, {type: object}]}"),
    ],
)
def test_collections(find: Find, path: str, schema: str) -> None:
    assert len(find("oas/collection-paginated", get(path, schema))) == 1


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/orders/{id}", "{type: array, items: {}}"),
        ("/me", fields("id", "roles", "name", "mail")),
        ("/settings", fields("theme", "languages")),
        ("/weekdays", "{type: array, maxItems: 7, items: {}}"),
        ("/colours", "{type: array, items: {enum: [red, blue]}}"),
        ("/stats", fields("days", "weeks")),
    ],
)
def test_what_is_no_collection_or_a_small_one(find: Find, path: str, schema: str) -> None:
    assert find("oas/collection-paginated", get(path, schema)) == []


@pytest.mark.parametrize(
    "parameters",
    [
        "{name: limit, in: query}",
        "{name: page, in: query}",
        "{name: 'page[number]', in: query}",
        "{name: $skip, in: query}",
        "{name: after, in: query}, {name: first, in: query}",
        "{name: Range, in: header}",
        "{name: ids, in: query, required: true}",
        "{$ref: 'gone.yaml#/limit'}",
    ],
)
def test_what_asks_for_a_page(find: Find, parameters: str) -> None:
    assert find("oas/collection-paginated", get("/orders", "{type: array, items: {}}", parameters)) == []


@pytest.mark.parametrize(
    "parameters",
    [
        "{name: after, in: query, schema: {type: string, format: date}}",
        "{name: size, in: query}",
        "{name: limit, in: header}",
        "{name: from, in: query, schema: {type: string, format: date-time}}, {name: max, in: query}",
    ],
)
def test_what_does_not(find: Find, parameters: str) -> None:
    assert len(find("oas/collection-paginated", get("/orders", "{type: array, items: {}}", parameters))) == 1


def test_an_extension_may_say_how(find: Find) -> None:
    text = get("/orders", "{type: array, items: {}}", more="x-ms-pageable: {nextLinkName: next}, ")
    assert find("oas/collection-paginated", text) == []


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ("{type: integer}", 1),
        ("{type: integer, maximum: 100}", 0),
        ("{type: integer, exclusiveMaximum: 101}", 0),
        ("{type: integer, enum: [10, 20]}", 0),
        ("{type: string}", 0),
        ("{$ref: '#/components/schemas/Size'}", 0),
    ],
)
def test_the_bound_of_a_page(find: Find, schema: str, count: int) -> None:
    text = get("/orders", "{}", f"{{name: limit, in: query, schema: {schema}}}")
    text += "components: {schemas: {Size: {type: integer, maximum: 50}}}\n"
    assert len(find("oas/page-size-bounded", text)) == count


def test_a_shared_parameter_is_named_where_it_is_defined_and_once(find: Find) -> None:
    use = "{$ref: '#/components/parameters/Limit'}"
    text = (
        f"{HEAD}paths: {{/a: {{get: {{parameters: [{use}]}}}}, /b: {{get: {{parameters: [{use}]}}}}}}\n"
        "components: {parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}}\n"
    )
    assert [pointer for pointer, _ in find("oas/page-size-bounded", text)] == ["/components/parameters/Limit"]


def test_swagger_2_parameters_carry_their_bounds_themselves(find: Find) -> None:
    text = (
        "swagger: '2.0'\ninfo: {title: a, version: 1.0.0}\npaths: {/a: {get: {parameters:"
        " [{name: limit, in: query, type: integer, maximum: 9}, {name: per_page, in: query, type: integer}]}}}\n"
    )
    assert [pointer for pointer, _ in find("oas/page-size-bounded", text)] == ["/paths/~1a/get/parameters/1"]


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        (fields("items"), 1),
        (fields("items", "nextCursor"), 0),
        (fields("items", "has_more"), 0),
        ("{type: object, properties: {page: {type: object, properties: {next: {}}}}}", 0),
        ("{$ref: 'gone.yaml#/page'}", 0),
    ],
)
def test_what_leads_on(find: Find, schema: str, count: int) -> None:
    assert len(find("oas/pagination-next", get("/orders", schema, "{name: cursor, in: query}"))) == count
