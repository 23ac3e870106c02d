"""Fields that are part of messages one way only, and what rules may ask about fields that came or went."""

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[..., list[str]]


def contract(direction: str, schema: str) -> str:
    content = f"{{content: {{application/json: {{schema: {schema}}}}}}}"
    body = f"requestBody: {content}" if direction == "request" else "x-none: 1"
    answer = (
        content.replace("{content", "{description: ok, content") if direction == "response" else "{description: ok}"
    )
    return (
        "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\n"
        f"paths: {{/a: {{post: {{{body}, responses: {{'200': {answer}}}}}}}}}\n"
    )


def fields(one: str, *, required: bool = False, closed: bool = False) -> str:
    more = ("required: [a], " if required else "") + ("additionalProperties: false, " if closed else "")
    return f"{{type: object, {more}properties: {{a: {one}}}}}"


@pytest.mark.parametrize(
    ("direction", "old", "new", "expected"),
    [
        ("request", fields("{readOnly: true}"), fields("{}"), "readOnly request same"),
        (
            "request",
            fields("{readOnly: true}", required=True),
            fields("{}", required=True),
            "readOnly request narrower",
        ),
        ("request", fields("{}", required=True), fields("{readOnly: true}", required=True), "readOnly request wider"),
        ("request", fields("{}", closed=True), fields("{readOnly: true}", closed=True), "readOnly request narrower"),
        (
            "response",
            fields("{}", required=True),
            fields("{writeOnly: true}", required=True),
            "writeOnly response wider",
        ),
        ("response", fields("{}"), fields("{readOnly: true}"), "readOnly response same"),
        ("request", fields("{}"), fields("{writeOnly: true}"), "writeOnly request same"),
    ],
)
def test_a_field_that_is_no_longer_part_of_a_message_went(
    direction: str, old: str, new: str, expected: str, told: Told
) -> None:
    assert [line.partition("field:a ")[2] for line in told(contract(direction, old), contract(direction, new))] == [
        expected
    ]


def test_a_field_that_is_neither_read_nor_written_is_in_no_message(told: Told) -> None:
    old = contract("response", fields("{readOnly: true, writeOnly: true, type: string}"))
    new = contract("response", fields("{readOnly: true, writeOnly: true, type: integer}"))
    assert [line.partition("field:a ")[2] for line in told(old, new)] == ["type none other"]


def test_fields_that_came_with_a_part_say_so(compared: Callable[..., list[Any]]) -> None:
    old = contract("request", "{allOf: [{type: object}]}")
    new = contract("request", "{allOf: [{type: object, properties: {a: {}}}, {properties: {b: {}}}]}")
    found = {change.element.name: (change.facts or {})["branch"] for change in compared(old, new)}
    assert found == {"a": "", "b": "allOf"}
