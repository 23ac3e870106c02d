"""Names, values and structure of schemas: what the examples of the rules leave open."""

import pytest

from integrationlint.checks.extensions import _one_apart
from tests.checks.conftest import Find

HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\npaths: {}\ncomponents:\n  schemas:\n"


def schemas(text: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in text.splitlines())


def messages(found: list[tuple[str, str]]) -> list[str]:
    return [message for _, message in found]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("xaudiance", "xaudience", True),
        ("xaudiene", "xaudience", True),
        ("xaudiennce", "xaudience", True),
        ("xauidence", "xaudience", True),
        ("xaudiences", "xaudience", False),
        ("xaudiencing", "xaudience", False),
        ("xaudienec", "xaudience", True),
        ("xowner", "xower", True),
        ("xabner", "xowner", False),
    ],
)
def test_one_slip_of_the_hand(one: str, other: str, *, near: bool) -> None:
    assert _one_apart(one, other) is near
    assert _one_apart(other, one) is near


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ("[open, in-transit, paid]", ""),
        ("[open, in_transit, on-hold]", "on-hold"),
        ("[OPEN, PAID, Closed]", "Closed"),
        ("[DE, FR, usual]", ""),
        ("[open, Paid]", ""),
        ("[1, 2, 3]", ""),
        ("[in_transit, on_hold, off_hold, onShelf]", "onShelf"),
    ],
)
def test_values_follow_most_of_their_list(find: Find, values: str, odd: str) -> None:
    found = messages(find("schema/enum-value-case", schemas(f"A: {{enum: {values}}}")))
    assert [message.rpartition(": ")[2] for message in found] == ([odd] if odd else [])


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("lines", ""),
        ("line", "line"),
        ("features_enabled", ""),
        ("feature_enabled", "feature"),
        ("rowsByDay", ""),
        ("row_by_day", "row"),
        ("media", ""),
        ("status", "status"),
        ("größe", ""),
        ("history", ""),
    ],
)
def test_which_names_of_lists_are_singular(find: Find, name: str, word: str) -> None:
    found = messages(
        find("schema/array-name-plural", schemas(f"A: {{properties: {{{name}: {{type: array, items: {{}}}}}}}}"))
    )
    assert found == ([f"'{name}' is a list and '{word}' no plural"] if word else [])


def test_a_name_is_told_once_with_the_number_of_its_places(find: Find) -> None:
    text = schemas("A: {properties: {a-b: {}}}\nB: {properties: {a-b: {}}}\nC: {properties: {a-b: {}}}")
    assert find("schema/property-charset", text) == [
        ("/components/schemas/A/properties/a-b", "the property name 'a-b' holds '-' (in 3 places)")
    ]


def test_the_same_schema_but_for_its_texts(find: Find) -> None:
    text = schemas(
        "A: {properties: {title: {type: string, title: x}, b: {}, c: {}}}\n"
        "B: {description: B, properties: {title: {type: string}, c: {x-a: 1}, b: {}}}\n"
        "C: {properties: {titles: {type: string}, b: {}, c: {}}}"
    )
    assert [at for at, _ in find("schema/no-duplicate-definitions", text)] == ["/components/schemas/B"]
    assert find("schema/no-duplicate-definitions", text, least=4) == []


def test_alternatives_that_are_not_all_objects_need_no_discriminator(find: Find) -> None:
    text = schemas("A: {oneOf: [{type: string}, {properties: {a: {}}}]}\nB: {anyOf: [{properties: {a: {}}}]}")
    assert find("schema/oneof-discriminator", text) == []


def test_the_discriminator_of_2_0_is_a_name(find: Find) -> None:
    text = 'swagger: "2.0"\ninfo: {title: a, version: "1"}\npaths: {}\ndefinitions:\n  A: {discriminator: kind}\n'
    assert find("schema/oneof-discriminator", text) == []


def test_references_are_no_depth(find: Find) -> None:
    text = schemas("A: {properties: {b: {$ref: '#/components/schemas/A'}}}")
    assert find("schema/max-depth", text, most=1) == []


def test_a_moment_without_offset_in_any_example(find: Find) -> None:
    text = schemas("A: {properties: {at: {type: string, examples: [x, '2026-05-01 10:00']}}}")
    assert [at for at, _ in find("schema/datetime-has-offset", text)] == [
        "/components/schemas/A/properties/at/examples/1"
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [("minutes", 0), ("30 % of it", 0), ("How long it takes", 1), ("It was met before", 1), ("Given in ms.", 0)],
)
def test_a_unit_may_stand_in_the_description(find: Find, said: str, found: int) -> None:
    text = schemas(f"A: {{properties: {{delay: {{type: integer, description: '{said}'}}}}}}")
    assert len(find("schema/duration-unit-name", text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The id of the order.", 1),
        ("An order's ids", 1),
        ("Printed on the invoice", 0),
        ("Die Nummer", 0),
        ("Größe", 0),
    ],
)
def test_a_description_says_more_than_the_name(find: Find, text: str, found: int) -> None:
    said = schemas(f'Order: {{properties: {{orderId: {{description: "{text}"}}}}}}')
    assert len(find("schema/description-quality", said)) == found


def test_one_example_for_the_whole_object_will_do(find: Find) -> None:
    text = schemas("A: {example: {a: {b: 1}}, properties: {a: {properties: {b: {type: integer}}}}}")
    assert find("schema/example-present", text) == []
    text = schemas("A: {properties: {a: {type: integer}, b: {type: string}, c: {type: boolean}, d: {default: 1}}}")
    assert messages(find("schema/example-present", text)) == ["no example shows: a, b"]
