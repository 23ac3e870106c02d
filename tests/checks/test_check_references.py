"""References: what is found, what is not, and what is used."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[tuple[str, str]]]
HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


def schema(text: str, more: str = "") -> str:
    return f"{HEAD}paths: {{/a: {{get: {{}}}}}}\ncomponents: {{schemas: {{A: {text}{more}}}}}\n"


@pytest.mark.parametrize(
    "reference",
    [
        "#/components/schemas/A/properties/x",
        "#/components/schemas/A",
        "api.yaml#/components/schemas/A",
        "https://schemas.acme.test/order.json#/Order",
        "urn:acme:order",
        "#",
    ],
)
def test_references_that_are_fine_or_not_ours(find: Find, reference: str) -> None:
    text = schema("{type: object, properties: {x: {type: string}}}", f", B: {{$ref: '{reference}'}}")
    assert find("schema/ref-resolves", text) == []


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("#/components/schemas/Ax", "there is no '/components/schemas/Ax' in api.yaml"),
        ("#/components/schemas/Custmer", "(did you mean 'Customer'?)"),
        ("other.yaml", "there is no file 'other.yaml'"),
        ("../../etc/passwd", "there is no file"),
        ("#Order", "there is no anchor 'Order' in api.yaml"),
        ("#/components/schemas/~2", "there is no"),
        ("http://[", ""),
    ],
)
def test_references_that_lead_nowhere(find: Find, reference: str, said: str) -> None:
    text = schema("{type: object}", f", Customer: {{type: object}}, B: {{$ref: '{reference}'}}")
    found = find("schema/ref-resolves", text)
    if not said:
        assert found == []
        return
    assert [pointer for pointer, _ in found] == ["/components/schemas/B/$ref"]
    assert said in found[0][1]


def test_thousands_of_lost_references_take_no_time(find: Find) -> None:
    names = ", ".join(f"S{index}: {{$ref: '#/components/schemas/T{index}'}}" for index in range(2_000))
    assert len(find("schema/ref-resolves", f"{HEAD}components: {{schemas: {{{names}}}}}\n")) == 2_000


def test_a_whole_file_may_be_anything(find: Find) -> None:
    files = {"api.yaml": f"{HEAD}paths: {{/a: {{$ref: a.yaml}}}}\n", "a.yaml": "get: {}\n"}
    assert find("oas/ref-kind", files) == []


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        (schema("{$ref: '#/components/schemas/A'}"), ["A"]),
        (schema("{type: object}", ", B: {$ref: '#/components/schemas/A'}"), ["B"]),
        (schema("{properties: {x: {}}}", ", B: {$ref: '#/components/schemas/A/properties/x'}"), ["B"]),
        (schema("{discriminator: {propertyName: k, mapping: {b: B}}}", ", B: {type: object}"), ["A"]),
        (
            schema("{discriminator: {propertyName: k}}", ", B: {allOf: [{$ref: '#/components/schemas/A'}]}"),
            [],
        ),
        (f"{HEAD}components: {{schemas: {{A: {{type: object}}}}}}\n", []),
    ],
)
def test_unused(find: Find, text: str, unused: list[str]) -> None:
    found = find("schema/no-unused-components", text)
    assert [pointer.rpartition("/")[2] for pointer, _ in found] == unused


def test_another_document_is_a_user_too(find: Find) -> None:
    files = {
        "api.yaml": schema("{type: object}"),
        "b.yaml": f"{HEAD}components: {{schemas: {{B: {{$ref: 'api.yaml#/components/schemas/A'}}}}}}\n",
    }
    assert find("schema/no-unused-components", files) == []


@pytest.mark.parametrize("target", ["Dog", "#/components/schemas/Dog", "dogs.yaml#/Dog", "com.acme.Dog"])
def test_what_a_discriminator_may_name(find: Find, target: str) -> None:
    text = schema(f"{{discriminator: {{propertyName: k, mapping: {{dog: '{target}'}}}}}}", ", Dog: {type: object}")
    assert find("oas/discriminator-mapping", text) == []
