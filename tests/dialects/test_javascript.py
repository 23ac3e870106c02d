"""JavaScript's values: truth, equality, order, strings and numbers, members and methods."""

import math
from typing import Any

import pytest

from integrationlint.dialects.javascript import (
    UNDEFINED,
    Function,
    Thrown,
    add,
    calculate,
    kind,
    less,
    loosely_equal,
    strictly_equal,
    to_number,
    to_string,
    truthy,
)
from integrationlint.dialects.javascript_members import call, invoke, length, member
from integrationlint.dialects.matching import javascript_pattern


def test_truth() -> None:
    assert not any(map(truthy, (UNDEFINED, None, False, 0, 0.0, math.nan, "")))
    assert all(map(truthy, (True, 1, -0.5, "0", "false", [], {}, Function("f", str), javascript_pattern("a"))))


def test_undefined_is_not_null() -> None:
    assert UNDEFINED is not None
    assert not UNDEFINED
    assert repr(UNDEFINED) == "undefined"


@pytest.mark.parametrize(
    ("left", "right", "loose", "strict"),
    [
        (None, UNDEFINED, True, False),
        (None, 0, False, False),
        (UNDEFINED, UNDEFINED, True, True),
        (1, 1.0, True, True),
        (1, "1", True, False),
        (1, True, True, False),
        (True, True, True, True),
        ("", 0, True, False),
        (" 12 ", 12, True, False),
        ("a", "a", True, True),
        ("a", 0, False, False),
        (["a"], "a", True, False),
        ([1, 2], "1,2", True, False),
        ([], "", True, False),
        ({}, "[object Object]", True, False),
        ([], [], False, False),
        (math.nan, math.nan, False, False),
        ("true", True, False, False),
        ("1", True, True, False),
    ],
)
def test_equality(left: Any, right: Any, loose: bool, strict: bool) -> None:
    assert loosely_equal(left, right) is loosely_equal(right, left) is loose
    assert strictly_equal(left, right) is strictly_equal(right, left) is strict


def test_order() -> None:
    assert less(1, 2)
    assert less("10", "9"), "texts by their characters"
    assert less(9, "10"), "otherwise numbers"
    assert not less("a", 1)
    assert not less(1, "a")
    assert not less(UNDEFINED, 1)
    assert less(None, 1)
    assert less(2, 2, or_equal=True)
    assert less("😀", "\uffee"), "by UTF-16 units"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"), (1.0, "1"), (-0.0, "0"), (0.5, "0.5"), (1e21, "1e+21"), (1e-7, "1e-7"), (0.000001, "0.000001"),
        (123456789012345680000, "123456789012345680000"), (1.5e300, "1.5e+300"), (-2.5, "-2.5"), (math.inf, "Infinity"),
        (10**400, "Infinity"), (math.nan, "NaN"), (True, "true"), (None, "null"), (UNDEFINED, "undefined"),
        ([1, None, [2, "x"]], "1,,2,x"), ({"a": 1}, "[object Object]"), ("", ""),
    ],
)  # fmt: skip
def test_strings(value: Any, text: str) -> None:
    assert to_string(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [("", 0), (" 1.5\n", 1.5), ("0x1F", 31), ("0b11", 3), ("-2e3", -2000), (True, 1), (None, 0), ([], 0), (["7"], 7)],
)
def test_numbers(value: Any, number: float) -> None:
    assert to_number(value) == number


def test_not_a_number() -> None:
    values: list[Any] = [UNDEFINED, "a", "1_000", "0xg", {}, [1, 2], "١"]
    assert all(math.isnan(to_number(one)) for one in values)


def test_calculation() -> None:
    assert add(1, 2) == 3
    assert add("1", 2) == "12"
    assert add([], {}) == "[object Object]"
    assert calculate("/", 1, 0) == math.inf
    assert calculate("/", -1, 0) == -math.inf
    assert math.isnan(calculate("/", 0, 0))
    assert calculate("%", -5, 3) == -2
    assert math.isnan(calculate("%", 5, 0))
    assert calculate("-", "7", True) == 6


def test_kinds() -> None:
    values: list[Any] = [UNDEFINED, None, True, 1, "", {}, [], Function("f", str)]
    assert [kind(one) for one in values] == [
        "undefined", "object", "boolean", "number", "string", "object", "object", "function",
    ]  # fmt: skip


def test_members() -> None:
    assert member({"a": 1}, "a") == 1
    assert member({"a": None}, "a") is None
    assert member({}, "a") is UNDEFINED
    assert member({"length": 5}, "length") == 5
    assert member([7, 8], 1) == member([7, 8], "1") == 8
    assert member([7], 1) is member([7], "01") is member(5, "a") is UNDEFINED
    assert member("abc", 0) == "a"
    assert length("a😀") == 3
    assert length(["a"]) == 1
    assert member(javascript_pattern("a+", "i"), "source") == "a+"
    assert member(member([], "constructor"), "name") == "Array"
    assert member(member({}, "constructor"), "name") == "Object"
    assert truthy(member("a", "match"))
    for nothing in (None, UNDEFINED):
        with pytest.raises(Thrown):
            member(nothing, "a")


@pytest.mark.parametrize(
    ("value", "name", "arguments", "expected"),
    [
        ("Hello", "toLowerCase", [], "hello"),
        ("Hello", "toUpperCase", [], "HELLO"),
        ("Hello", "startsWith", ["He"], True),
        ("Hello", "endsWith", ["He"], False),
        ("Hello", "includes", ["ell"], True),
        ("Hello", "indexOf", ["l"], 2),
        ("Hello", "lastIndexOf", ["l"], 3),
        ("Hello", "indexOf", ["z"], -1),
        ("Hello", "slice", [-3, -1], "ll"),
        ("Hello", "slice", [1], "ello"),
        ("Hello", "substring", [3, 1], "el"),
        ("Hello", "substr", [-4, 2], "el"),
        ("Hello", "charAt", [1], "e"),
        ("Hello", "charAt", [9], ""),
        ("Hello", "concat", [1, "x"], "Hello1x"),
        ("a,b,c", "split", [","], ["a", "b", "c"]),
        ("ab", "split", [""], ["a", "b"]),
        ("ab", "split", [], ["ab"]),
        ("  a ", "trim", [], "a"),
        ("ab", "repeat", [2], "abab"),
        ("aXbX", "replace", ["X", "-"], "a-bX"),
        ("aXbX", "replace", [javascript_pattern("x", "i"), "-"], "a-bX"),
        ("aXbX", "replace", [javascript_pattern("X", "g"), "-"], "a-b-"),
        ("ab", "replace", [javascript_pattern("x*", "g"), "-"], "-a-b-"),
        ("a1b22", "match", [javascript_pattern("[a-z](\\d)(x)?")], ["a1", "1", UNDEFINED]),
        ("abc", "match", ["^b"], None),
        ("abc", "search", ["c"], 2),
        ("a😀b", "slice", [1, 3], "😀"),
        ("a😀b", "indexOf", ["b"], 3),
        ([1, "1"], "indexOf", ["1"], 1),
        ([1, "1"], "includes", [True], False),
        ([1, None, 2], "join", ["-"], "1--2"),
        ([1, 2, 3], "slice", [1], [2, 3]),
        ([1], "concat", [2, [3]], [1, 2, 3]),
        ({"a": 1}, "hasOwnProperty", ["a"], True),
        (5, "toString", [], "5"),
        (javascript_pattern("^a"), "test", ["ab"], True),
        (javascript_pattern("^u"), "test", [], True),
    ],
)
def test_methods(value: Any, name: str, arguments: list[Any], expected: Any) -> None:
    assert invoke(value, name, arguments) == expected
    assert call(member(value, name), arguments) == expected


@pytest.mark.parametrize(
    ("value", "name", "arguments"),
    [
        ("a", "nothing", []),
        (None, "match", []),
        ({"match": 1}, "match", ["a"]),
        ([1], "some", [1]),
        ("a", "match", ["("]),
        ("a", "repeat", [10**9]),
        ("a", "startsWith", []),
    ],
)
def test_what_throws(value: Any, name: str, arguments: list[Any]) -> None:
    with pytest.raises(Thrown):
        invoke(value, name, arguments)


def test_arrays_nested_without_end_throw() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(Thrown):
        to_string(endless)
