"""The core functions of Spectral, and typedEnum."""

from typing import Any

import pytest

from integrationlint.spectral.functions.functions import FUNCTIONS, check_options, find
from integrationlint.spectral.nouns import UNDEFINED, Context, Path, SpectralRule

RULE = SpectralRule("rule", ("$",), ())


def found(
    name: str, value: Any, options: Any = None, *, formats: str = "", references: frozenset[str] = frozenset()
) -> list[tuple[str, Path | None]]:
    assert check_options(name, options) == ""
    function = find(name)
    assert function is not None
    context = Context(("at",), value, value, frozenset(formats.split()), RULE, lambda: references)
    return [(message, path) for message, path in function(value, options, context)]


def messages(name: str, value: Any, options: Any = None) -> list[str]:
    return [message for message, _ in found(name, value, options)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_the_registry_is_there(name: str) -> None:
    assert callable(find(name))


def test_an_unknown_function_is_none() -> None:
    assert find("nope") is None
    assert check_options("nope", {"a": 1}) == ""


@pytest.mark.parametrize("value", [None, 0, "", False, [], {}])
def test_what_is_there_is_defined(value: Any) -> None:
    assert not messages("defined", value)
    assert messages("undefined", value) == ['#{{print("property")}}must be undefined']


def test_what_is_not_there_is_undefined() -> None:
    assert messages("defined", UNDEFINED) == ['#{{print("property")}}must be defined']
    assert not messages("undefined", UNDEFINED)


@pytest.mark.parametrize("value", [[], {}, "0", " ", 1, -1, True])
def test_truthy(value: Any) -> None:
    assert not messages("truthy", value)
    assert messages("falsy", value) == ['#{{print("property")}}must be falsy']


@pytest.mark.parametrize("value", [None, 0, 0.0, "", False, UNDEFINED, float("nan")])
def test_falsy(value: Any) -> None:
    assert not messages("falsy", value)
    assert messages("truthy", value) == ['#{{print("property")}}must be truthy']


def test_enumeration_is_strict_about_types() -> None:
    assert not messages("enumeration", 1.0, {"values": [1]})
    shown = '#{{print("value")}} must be equal to one of the allowed values: 1, "x", null, true'
    assert messages("enumeration", "1", {"values": [1, "x", None, True]}) == [shown]
    assert len(messages("enumeration", True, {"values": [1]})) == 1
    assert not messages("enumeration", {}, {"values": [1]})
    assert not messages("enumeration", UNDEFINED, {"values": [1]})


@pytest.mark.parametrize(
    ("value", "size"), [("abc", 3), ("\U0001f600", 2), ([1, 2], 2), ({"a": 1}, 1), (2.5, 2.5), ("", 0)]
)
def test_length(value: Any, size: float) -> None:
    assert not messages("length", value, {"min": size, "max": size})
    assert messages("length", value, {"min": size + 1}) == [f'#{{{{print("property")}}}}must be longer than {size + 1}']
    assert len(messages("length", value, {"max": size - 1})) == 1


@pytest.mark.parametrize("value", [True, None, UNDEFINED])
def test_some_values_have_no_length(value: Any) -> None:
    assert not messages("length", value, {"min": 10})


@pytest.mark.parametrize(
    ("case", "right", "wrong"),
    [
        ("flat", ["shop", "shop2"], ["Shop", "shopApi", "shop-api", "2shop"]),
        ("camel", ["shop", "shopApi", "shopA", "v1Api", "api2Go3"], ["ShopApi", "shop_api", "shopAPI", "shop-api"]),
        ("pascal", ["Shop", "ShopApi", "ShopA"], ["shopApi", "SHOp", "Shop-Api"]),
        ("kebab", ["shop", "shop-api", "shop-2"], ["shop--api", "-shop", "shop-", "shop_api", "Shop-api"]),
        ("cobol", ["SHOP", "SHOP-API"], ["Shop-API", "SHOP--API", "SHOP_API"]),
        ("snake", ["shop", "shop_api"], ["shop__api", "shopApi", "shop-api"]),
        ("macro", ["SHOP", "SHOP_API"], ["SHOP-API", "shop_api"]),
    ],
)
def test_casing(case: str, right: list[str], wrong: list[str]) -> None:
    assert [one for one in right if messages("casing", one, {"type": case})] == []
    assert {one for one in wrong if messages("casing", one, {"type": case}) == [f"must be {case} case"]} == set(wrong)


def test_casing_without_digits_and_with_a_separator() -> None:
    assert messages("casing", "shop2", {"type": "flat", "disallowDigits": True})
    slashed = {"type": "kebab", "separator": {"char": "/"}}
    assert not messages("casing", "pets/top-rated", slashed)
    assert messages("casing", "/pets/top-rated", slashed)
    assert not messages("casing", "/pets", {**slashed, "separator": {"char": "/", "allowLeading": True}})
    assert not messages("casing", "/", {**slashed, "separator": {"char": "/", "allowLeading": True}})
    assert not messages("casing", "a-b", {"type": "flat", "separator": {"char": "-"}})
    assert not messages("casing", "", {"type": "flat"})
    assert not messages("casing", 3, {"type": "flat"})


def test_casing_ends_on_hostile_names() -> None:
    assert messages("casing", "a" + "1" * 5_000 + "!", {"type": "camel"})
    # Nobody can tell in time whether this is parted into kebabs, so nothing is said of it.
    assert messages("casing", "a-" * 20 + "!", {"type": "kebab", "separator": {"char": "-"}}) in (
        [],
        ["must be kebab case"],
    )


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^a", "ab"),
        ("/^A/i", "ab"),
        ("/a.b/s", "a\nb"),
        ("/^b/m", "a\nb"),
        ("\\d$", "a1"),
        ("/x/g", "x"),
        ("a{,2}", "a{,2}"),
    ],
)
def test_pattern(pattern: str, text: str) -> None:
    assert not messages("pattern", text, {"match": pattern})
    assert len(messages("pattern", text, {"notMatch": pattern})) == 1


def test_patterns_are_those_of_javascript() -> None:
    assert messages("pattern", "a\n", {"match": "^a$"}) == ['#{{print("value")}} must match the pattern "^a$"']
    assert len(messages("pattern", "٣", {"match": "\\d"})) == 1
    assert len(messages("pattern", "x", {"match": "y", "notMatch": "x"})) == 2
    assert not messages("pattern", 3, {"match": "y"})


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        (["a", "B", "c"], None, []),
        (["B", "a"], None, [('"B" must be placed after "a"', ("at", 0))]),
        (["é", "f"], None, []),
        (["a-b", "a_b"], None, [('"a-b" must be placed after "a_b"', ("at", 0))]),
        (["A", "a"], None, [('"A" must be placed after "a"', ("at", 0))]),
        ([2, 10], None, []),
        (["10", "9"], None, []),
        (["x", "1"], None, []),
        ([10, "9"], None, [('10 must be placed after "9"', ("at", 0))]),
        ({"b": 1, "a": 2}, None, [('"b" must be placed after "a"', ("at", "b"))]),
        ({"b": 1}, None, []),
        ([{"n": "b"}, {"n": "a"}], {"keyedBy": "n"}, [("properties must follow the alphabetical order", None)]),
        ([{"n": "a"}, 1], {"keyedBy": "n"}, [('#{{print("property")}}must be an object', None)]),
        (
            [{"n": "a"}, {}],
            {"keyedBy": "n"},
            [('#{{print("property")}}must be one of the allowed types: number, string', None)],
        ),
        ("ba", None, []),
    ],
)
def test_alphabetical(value: Any, options: Any, expected: Any) -> None:
    assert found("alphabetical", value, options) == expected


def test_or_and_xor() -> None:
    two, five = {"properties": ["a", "b"]}, {"properties": ["a", "b", "c", "d", "e"]}
    neither = 'At least one of "a" or "b" must be defined'
    one = '"a" and "b" must not be both defined or both undefined'
    assert messages("or", {}, two) == [neither]
    assert messages("xor", {"c": 1}, two) == messages("xor", {"b": 1, "a": None}, two) == [one]
    three = '"a", "b" and "c" must not be both defined or both undefined'
    assert messages("xor", {}, {"properties": ["a", "b", "c"]}) == [three]
    assert messages("or", {}, five) == ['At least one of "a" or "b" or "c" or 2 other properties must be defined']
    assert not messages("or", {"a": 1, "b": None}, two)
    assert not messages("xor", {"b": None}, two)
    assert not messages("xor", [], two)


def test_typed_enum() -> None:
    assert found("typedEnum", {"type": "integer", "enum": [1, 2.5, "3"]}) == [
        ('Enum value 2.5 must be "integer".', ("at", "enum", 1)),
        ('Enum value "3" must be "integer".', ("at", "enum", 2)),
    ]
    assert not messages("typedEnum", {"type": ["string", "null"], "enum": ["a", None]})
    assert not found("typedEnum", {"type": "string", "nullable": True, "enum": [None]}, formats="oas3_0")
    assert found("typedEnum", {"type": "string", "nullable": True, "enum": [None]}, formats="oas3_1")
    assert not found("typedEnum", {"type": "string", "x-nullable": True, "enum": [None]}, formats="oas2")
    assert not messages("typedEnum", {"enum": [1]})
    assert not messages("typedEnum", {"type": "string", "enum": "a"})


def test_unreferenced_reusable_objects() -> None:
    value: dict[str, Any] = {"Pet": {}, "a/b": {}, "Old": {}}
    used = frozenset(("#/$defs/Pet", "#/$defs/a~1b", "other.yaml#/$defs/Old"))
    assert found("unreferencedReusableObject", value, {"reusableObjectsLocation": "#/$defs"}, references=used) == [
        ("Potential orphaned reusable object has been detected", ("$defs", "Old"))
    ]
    assert not found("unreferencedReusableObject", [], {"reusableObjectsLocation": "#/$defs"})


@pytest.mark.parametrize(
    ("name", "options", "problem"),
    [
        ("truthy", {"a": 1}, '"truthy" function does not accept any options'),
        ("casing", {}, '"casing" function is missing "type" option'),
        ("casing", {"type": "x"}, '"casing" function and its "type" option accepts only the following values: "flat"'),
        ("casing", {"type": "flat", "char": "-"}, '"casing" function does not support "char" option'),
        ("casing", {"type": "flat", "separator": {}}, '"casing" function is missing "separator.char" option'),
        ("length", {"min": "1"}, '"length" function and its "min" option accepts only the following types: number'),
        ("length", None, '"length" function accepts only the following types: object'),
        ("xor", {"properties": ["a"]}, '"xor" function and its "properties" option must NOT have fewer than 2 items'),
        ("pattern", {"match": "("}, '"pattern" function and its "match" option: Invalid regular expression: /(/'),
        ("pattern", {"match": "/a/q"}, '"pattern" function and its "match" option: Invalid'),
        ("pattern", {}, '"pattern" function must NOT have fewer than 1 properties'),
        (
            "schema",
            {"schema": []},
            '"schema" function and its "schema" option accepts only the following types: object',
        ),
        ("schema", {"schema": {}, "dialect": "draft3"}, '"schema" function and its "dialect" option accepts only'),
        ("enumeration", {"values": [{}]}, '"enumeration" function and its "values.0" option accepts only'),
        ("unreferencedReusableObject", {"reusableObjectsLocation": "x"}, '"unreferencedReusableObject" function and'),
    ],
)
def test_options_are_checked(name: str, options: Any, problem: str) -> None:
    assert check_options(name, options).startswith(problem)
