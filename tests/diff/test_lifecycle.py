"""What parts say of their own life, and how stable what is around a change is."""

from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.diff.lifecycle import rank

Compared = Callable[..., list[Any]]


def contract(operations: str) -> str:
    return (
        "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\npaths:\n"
        f"{operations}\ncomponents: {{schemas: {{Order: {{type: TYPE}}}}}}\n"
    )


def operation(path: str, more: str) -> str:
    body = "{content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}"
    return f"  /{path}: {{post: {{{more}requestBody: {body}, responses: {{}}}}}}\n"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("x-stability-level: alpha, ", "x-stability-level: draft, ", "alpha"),
        ("x-stability-level: alpha, ", "", ""),
        ("x-stability-level: beta, ", "x-stability-level: stable, ", "stable"),
    ],
)
def test_a_shared_type_is_as_stable_as_the_most_stable_of_its_users(
    first: str, second: str, expected: str, compared: Compared
) -> None:
    text = contract(operation("a", first) + operation("b", second))
    (change,) = compared(text.replace("TYPE", "string"), text.replace("TYPE", "integer"))
    assert change.facts["stability"] == expected


def test_levels_are_ordered_and_none_is_stable() -> None:
    assert [rank(one) for one in ("odd", "draft", "alpha", "beta", "stable", "")] == [-1, 0, 1, 2, 3, 3]


def test_sunset_and_stability_of_parts_are_told(compared: Compared) -> None:
    old = contract(operation("a", "deprecated: true, x-sunset: '2027-01-01', x-stability-level: beta, "))
    new = contract(operation("a", "deprecated: true, x-sunset: '2026-01-01', "))
    found = {one.fact: (one.old, one.new, one.direction) for one in compared(old, new)}
    assert found == {"sunset": ("2027-01-01", "2026-01-01", "none"), "stability": ("beta", "", "none")}


PARTS = """
  /a:
    post:
      parameters:
      - {name: n, in: query, required: true, schema: {type: TYPE}}
      - {name: o, in: query, schema: {type: TYPE}}
      requestBody: {content: {application/json: {schema: {type: TYPE}}, application/xml: {schema: {type: TYPE}}}}
      responses: {'200': {headers: {X-A: {schema: {type: TYPE}}}, content: {text/json: {schema: {type: TYPE}}}}}
"""


def test_rules_may_ask_what_a_value_is_in(compared: Compared) -> None:
    old, new = (contract(PARTS).replace("TYPE", one) for one in ("string", "array"))
    parts = [change.facts["part"] for change in compared(old, new) if change.element.kind == "schema"]
    assert sorted(parts) == ["body", "body", "header", "parameter", "required parameter", "text"]
