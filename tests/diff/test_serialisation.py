"""How parameters are written, in 2.0 and in 3.x."""

from collections.abc import Callable

import pytest

Told = Callable[..., list[str]]


def new_style(parameter: str) -> str:
    return (
        "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\n"
        f"paths: {{/a: {{get: {{parameters: [{{name: q, {parameter}}}], responses: {{}}}}}}}}\n"
    )


def old_style(parameter: str) -> str:
    return new_style(parameter).replace("openapi: 3.1.0", "swagger: '2.0'")


LIST = "schema: {type: array, items: {type: string}}"
OLD_LIST = "type: array, items: {type: string}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"in: query, {OLD_LIST}, collectionFormat: multi", f"in: query, {LIST}", []),
        (f"in: query, {OLD_LIST}", f"in: query, explode: false, {LIST}", []),
        (f"in: query, {OLD_LIST}", f"in: query, {LIST}", ["explode request other"]),
        (f"in: query, {OLD_LIST}, collectionFormat: pipes", f"in: query, style: pipeDelimited, {LIST}", []),
        (f"in: header, {OLD_LIST}", f"in: header, {LIST}", []),
        ("in: query, type: string", "in: query, explode: false, schema: {type: string}", []),
    ],
)
def test_what_2_0_and_3_write_alike_is_alike(old: str, new: str, expected: list[str], told: Told) -> None:
    lines = told(old_style(old), new_style(new))
    assert [line.partition("parameter:query:q ")[2] for line in lines] == expected
    assert len(told(new_style(new), old_style(old))) == len(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("in: query, schema: {type: string}", f"in: query, {LIST}", ["type request wider"]),
        ("in: query, schema: {type: string}", f"in: query, explode: false, {LIST}", ["type request other"]),
        (
            "in: path, required: true, schema: {type: string}",
            f"in: path, required: true, {LIST}",
            ["type request other"],
        ),
        (
            "in: query, schema: {type: string}",
            "in: query, schema: {type: array, minItems: 2, items: {type: string}}",
            ["type request other"],
        ),
        (f"in: query, {LIST}", "in: query, schema: {type: string}", ["type request narrower"]),
        ("in: query, schema: {type: integer}", "in: query, schema: {type: string}", ["type request wider"]),
        ("in: query, schema: {type: integer}", f"in: query, {LIST}", ["type request wider"] * 2),
    ],
)
def test_one_value_is_a_list_of_one_where_values_are_written_apart(
    old: str, new: str, expected: list[str], told: Told
) -> None:
    assert [" ".join(line.split(" ")[2:]) for line in told(new_style(old), new_style(new))] == expected


FORM = (
    "swagger: '2.0'\ninfo: {title: A, version: 1.0.0}\nconsumes: [application/x-www-form-urlencoded]\n"
    "paths: {/a: {post: {parameters: [{name: a, in: formData, required: true, type: string},"
    " {name: f, in: formData, type: file}, {name: b, in: formData, type: array, items: {type: string}}],"
    " responses: {}}}}\n"
)


def body(schema: str) -> str:
    content = f"{{multipart/form-data: {{schema: {schema}}}}}"
    return (
        "openapi: 3.0.3\ninfo: {title: A, version: 1.0.0}\n"
        f"paths: {{/a: {{post: {{requestBody: {{content: {content}}}, responses: {{}}}}}}}}\n"
    )


FIELDS = "a: {type: string}, f: {type: string, format: binary}, b: {type: array, items: {type: string}}"


def test_a_form_of_2_0_is_a_body_of_3(told: Told) -> None:
    same = body(f"{{type: object, required: [a], properties: {{{FIELDS}}}}}")
    assert told(FORM, same) == []
    assert told(same, FORM) == []


def test_what_a_form_lost_on_the_way_is_told(told: Told) -> None:
    other = body("{type: object, required: [b, c], properties: {a: {type: string, maxLength: 3}, b: {}, c: {}}}")
    there = [
        line.replace("operation:POST /a/request/media:multipart/form-data/schema/", "") for line in told(FORM, other)
    ]
    assert there == [
        "operation:POST /a/parameter:formData:f removed request same",
        "field:a maxLength request narrower",
        "field:a required request wider",
        "field:b required request narrower",
        "field:b type request wider",
        "field:c added request narrower",
    ]
    assert len(told(other, FORM)) == len(there)
