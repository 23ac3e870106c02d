"""Cases: what belongs to a name, and what nearly all have."""

from collections.abc import Callable

import pytest

from integrationlint.checks.naming import case
from integrationlint.checks.words import bare, words
from integrationlint.model.document import Document
from integrationlint.model.element import Element

Find = Callable[..., list[tuple[str, str]]]
HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


def query(*names: str) -> str:
    listed = ", ".join(f"{{name: '{name}', in: query}}" for name in names)
    return f"{HEAD}paths: {{/orders: {{get: {{parameters: [{listed}]}}}}}}\n"


@pytest.mark.parametrize(
    ("style", "right", "wrong"),
    [
        ("camel", "orderId2x", "order_id"),
        ("pascal", "OrderID", "orderId"),
        ("snake", "order_2_id", "order__id"),
        ("kebab", "order-id", "order_id"),
        ("train", "WWW-Authenticate", "www-authenticate"),
        ("upper-snake", "ORDER_ID", "Order_Id"),
    ],
)
def test_styles(style: str, right: str, wrong: str) -> None:
    def tried(name: str) -> int:
        return len(list(case(Element("field", name, Document("a", "yaml", {}, "")), style=style)))  # type: ignore[arg-type]

    assert (tried(right), tried(wrong)) == (0, 1)


def test_a_long_name_of_digits_takes_no_time() -> None:
    element = Element("field", "a" + "1" * 100_000 + "!", Document("a", "yaml", {}, ""))
    assert len(list(case(element, style="camel"))) == 1


def test_words_of_one_part_belong_to_every_case(find: Find) -> None:
    assert find("oas/query-param-case", query("limit", "page_size", "sort_by", "status")) == []


def test_the_few_are_named_not_the_many(find: Find) -> None:
    found = find("oas/query-param-case", query("page_size", "sort_by", "createdAfter", "filter[updated_at]"))
    assert [pointer for pointer, _ in found] == ["/paths/~1orders/get/parameters/2/name"]


def test_without_a_usual_case_nobody_is_wrong(find: Find) -> None:
    assert find("oas/query-param-case", query("page_size", "sort_by", "createdAfter", "updatedAfter")) == []


def test_a_reference_to_a_parameter_is_not_judged_by_its_last_word(find: Find) -> None:
    text = (
        f"{HEAD}paths: {{/orders: {{get: {{parameters: [{{$ref: '#/components/parameters/PageSize'}}]}}}}}}\n"
        "components: {parameters: {PageSize: {name: page_size, in: query}}}\n"
    )
    assert find("oas/query-param-case", text, style="snake") == []
    assert find("oas/query-param-case", text, style="camel") == [
        ("/components/parameters/PageSize/name", "the query parameter 'page_size' is not in camel case")
    ]


@pytest.mark.parametrize("path", ["/v2.1/orders", "/2.0/orders", "/2024-05-01/orders", "/orders/{orderId}.json", "/"])
def test_versions_variables_and_endings_have_no_case(find: Find, path: str) -> None:
    assert find("oas/path-case", f"{HEAD}paths: {{'{path}': {{}}}}\n") == []


def test_bare_names() -> None:
    assert [bare(name) for name in ("Page_Size", "page[size]", "größe-1", "")] == ["pagesize", "pagesize", "größe1", ""]


def test_words_of_names() -> None:
    assert [words(name) for name in ("orderIDs", "HTTPStatus2", "a_b-c", "größe")] == [
        ["order", "ids"],
        ["http", "status", "2"],
        ["a", "b", "c"],
        ["gr", "e"],
    ]


def test_a_header_is_named_once_and_counted(find: Find) -> None:
    headers = "responses: {'200': {description: OK, headers: {X-Next: {schema: {type: string}}}}}"
    text = f"{HEAD}paths: {{/a: {{get: {{{headers}}}, put: {{{headers}}}}}}}\n"
    found = find("oas/header-no-x-prefix", text)
    assert [pointer for pointer, _ in found] == ["/paths/~1a/get/responses/200/headers/X-Next"]
    assert "places: 2" in found[0][1]


def test_a_header_component_has_the_name_of_the_component(find: Find) -> None:
    text = f"{HEAD}paths: {{}}\ncomponents: {{headers: {{X-next_page: {{schema: {{type: string}}}}}}}}\n"
    assert find("oas/header-no-x-prefix", text) == []
    assert find("oas/header-case", text) == []
