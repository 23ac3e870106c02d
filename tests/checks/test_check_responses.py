"""Responses, errors and what operations declare."""

from collections.abc import Callable

import pytest

from integrationlint.checks.resolved import meets

Find = Callable[..., list[tuple[str, str]]]
HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


def responses(text: str, method: str = "get", path: str = "/orders") -> str:
    return f"{HEAD}paths: {{'{path}': {{{method}: {{responses: {{{text}}}}}}}}}\n"


def json(schema: str, media: str = "application/json") -> str:
    return f"{{description: x, content: {{{media}: {{schema: {schema}}}}}}}"


@pytest.mark.parametrize(
    ("status", "wanted", "met"),
    [
        ("404", ("4XX",), True),
        ("4xx", ("4XX",), True),
        ("4XX", ("404",), False),
        ("default", ("default",), True),
        ("default", ("4XX", "DDD"), False),
        ("", ("4XX", ""), True),
        ("", ("4XX",), False),
        ("44", ("4XX",), True),
    ],
)
def test_meets(status: str, wanted: tuple[str, ...], met: bool) -> None:
    assert meets(status, wanted) is met


@pytest.mark.parametrize("declared", ["'429'", "4XX", "4xx", "default"])
def test_a_range_covers_a_status(find: Find, declared: str) -> None:
    assert find("oas/429-defined", responses(f"{declared}: {{description: x}}")) == []


def test_many_operations_that_lack_the_same_are_one_finding(find: Find) -> None:
    items = "".join(f"  /a{index}: {{get: {{responses: {{'200': {{description: x}}}}}}}}\n" for index in range(7))
    found = find("oas/429-defined", f"{HEAD}paths:\n{items}")
    assert [pointer for pointer, _ in found] == ["/paths"]
    assert "7 of 7 operations declare" in found[0][1]
    assert len(find("oas/429-defined", f"{HEAD}paths:\n{items}", fold=0)) == 7


def test_webhooks_are_answered_by_others(find: Find) -> None:
    text = f"{HEAD}webhooks: {{shipped: {{post: {{responses: {{'200': {{description: x}}}}}}}}}}\n"
    assert find("oas/429-defined", text) == []
    assert find("oas/error-response-defined", text) == []


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ("{type: object, properties: {orderId: {}}}", 0),
        ("{type: object, properties: {payment_reference: {}}}", 0),
        ("{type: array, items: {type: object, properties: {id: {}}}}", 0),
        ("{$ref: 'gone.yaml#/x'}", 0),
        ("{type: object, properties: {amount: {}}}", 1),
        ("{}", 1),
    ],
)
def test_who_says_where_the_new_resource_is(find: Find, schema: str, count: int) -> None:
    assert len(find("oas/created-location", responses(f"'201': {json(schema)}", "post"))) == count


def test_head_has_no_content_whatever_the_status(find: Find) -> None:
    text = responses(f"'200': {json('{}')}", "head")
    assert [pointer for pointer, _ in find("oas/no-content-no-body", text)] == ["/paths/~1orders/head/responses/200"]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("{content: {application/json: {}}}", 1),
        ("{content: {application/json: {schema: {type: object, properties: {x: {}}}}}}", 1),
        ("{content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {}}}}}", 0),
        ("{required: true, content: {application/json: {schema: {type: object}}}}", 1),
    ],
)
def test_an_empty_body_is_as_good_as_none(find: Find, body: str, count: int) -> None:
    assert len(find("oas/get-no-body", f"{HEAD}paths: {{/a: {{get: {{requestBody: {body}}}}}}}\n")) == count


ERROR = "{type: object, properties: {code: {}, message: {}}}"
DETAILED = "{type: object, properties: {code: {}, message: {}, fields: {}}}"
OAUTH = "{type: object, properties: {error: {}, error_description: {}}}"
OTHER = "{type: object, properties: {reason: {}}}"


@pytest.mark.parametrize(("other", "count"), [(ERROR, 0), (DETAILED, 0), (OAUTH, 0), (OTHER, 1), ("{type: string}", 0)])
def test_one_error_shape(find: Find, other: str, count: int) -> None:
    text = responses(f"'400': {json(ERROR)}, '404': {json(ERROR)}, '409': {json(other)}")
    assert len(find("oas/error-schema-single", text)) == count


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("{type: object}", []),
        ("{$ref: 'gone.yaml#/Problem'}", []),
        ("{type: object, properties: {type: {}, title: {}, status: {type: number}, detail: {}}}", []),
        ("{type: object, properties: {type: {}, title: {}, status: {type: string}, detail: {}}}", ["not a integer"]),
        ("{type: object, properties: {code: {}}}", ["has no type, title, status, detail"]),
    ],
)
def test_problem_documents(find: Find, schema: str, said: list[str]) -> None:
    found = find("oas/problem-members", responses(f"'400': {json(schema, 'application/problem+json')}"))
    assert len(found) == len(said)
    assert all(part in message for part, (_, message) in zip(said, found, strict=True))


def test_internals_are_found_deep_and_in_circles(find: Find) -> None:
    text = responses("'500': " + json("{$ref: '#/components/schemas/E'}")) + (
        "components: {schemas: {E: {type: object, properties: {cause: {$ref: '#/components/schemas/E'},"
        " more: {type: array, items: {type: object, properties: {stack_trace: {}}}}}}}}\n"
    )
    assert [pointer.rpartition("/")[2] for pointer, _ in find("oas/error-no-internals", text)] == ["stack_trace"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Traceback (most recent call last): x", 1),
        ("at com.acme.Orders.find(Orders.java:42)", 1),
        ("System.NullReferenceException: Object reference", 1),
        ("ORA-00942: table or view does not exist", 1),
        ("The order was looked at (by Orders, on Monday)", 0),
        ("java.java.java." * 500, 0),
    ],
)
def test_traces_in_examples(find: Find, text: str, count: int) -> None:
    body = f'{{description: x, content: {{application/json: {{example: {{a: ["{text}"]}}}}}}}}'
    assert len(find("oas/error-no-internals", responses(f"'500': {body}"))) == count


@pytest.mark.parametrize(
    ("version", "url", "path", "count"),
    [
        ("2.1.0", "https://a.test/v2", "/a", 0),
        ("2.1.0", "https://a.test/v1", "/a", 1),
        ("2.1.0", "https://a.test", "/v3/a", 1),
        ("2.1.0", "https://a.test", "/a/b/v3", 0),
        ("0.9.0", "https://a.test/v1", "/a", 0),
        ("2020-09-14", "https://a.test/v1", "/a", 0),
        ("2.1.0", "https://[", "/a", 0),
    ],
)
def test_versions_agree(find: Find, version: str, url: str, path: str, count: int) -> None:
    head = f"openapi: 3.1.0\ninfo: {{title: a, version: {version}}}\n"
    text = f"{head}servers: [{{url: '{url}'}}]\npaths: {{{path}: {{}}}}\n"
    assert len(find("oas/version-consistent", text)) == count
