"""What a changed keyword does to the set of allowed values."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.diff.sets import _JUDGES, effect, text_types_effect

ROWS: list[tuple[str, Any, Any, tuple[bool | None, bool | None]]] = [
    ("type", ("string",), ("string", "integer"), (True, False)),
    ("type", ("integer",), ("number",), (True, False)),
    ("type", ("string",), ("integer",), (False, False)),
    ("type", ("string",), None, (True, False)),
    ("enum", ["a", "b"], ["b"], (False, True)),
    ("enum", ["a"], ["b"], (False, False)),
    ("enum", [1], [True], (False, False)),
    ("enum", None, ["a"], (False, True)),
    ("maxLength", 5, 10, (True, False)),
    ("maxLength", None, 10, (False, True)),
    ("minLength", 5, 10, (False, True)),
    ("minLength", 5, None, (True, False)),
    ("maximum", "5", 10, (None, None)),
    ("nullable", None, True, (True, False)),
    ("pattern", "a", "b", (None, None)),
    ("pattern", None, "b", (False, True)),
    ("format", "int32", "int64", (True, False)),
    ("format", "date", "uuid", (False, False)),
    ("additionalProperties", True, False, (False, True)),
    ("additionalProperties", None, True, (True, True)),
    ("multipleOf", 4, 2, (True, False)),
    ("multipleOf", 2, 0, (None, None)),
    ("required", False, True, (False, True)),
    ("maxOccurs", 1, "unbounded", (True, False)),
    ("maxOccurs", None, 2, (True, False)),
    ("minOccurs", 2, None, (True, False)),
    ("uniqueItems", False, True, (False, True)),
    ("const", 1, 2, (False, False)),
    ("minLength", None, 0, (True, True)),
    ("minItems", 0, 1, (False, True)),
    ("minContains", None, 1, (True, True)),
    ("minContains", None, 0, (True, False)),
    ("maxContains", 5, 6, (True, False)),
    ("dependentRequired", {"a": ("b",)}, {"a": ("b", "c")}, (False, True)),
    ("dependentRequired", {"a": ("b",)}, {"c": ("b",)}, (False, False)),
    ("dependentRequired", None, {"a": ()}, (True, True)),
    ("extensibleEnum", ["a"], ["a", "b"], (True, False)),
    ("extensibleEnum", None, ["a"], (True, True)),
    ("contentEncoding", "base64", "quoted-printable", (False, False)),
    ("contentMediaType", None, "application/json", (False, True)),
    ("pattern", ("a", "b"), "a", (True, False)),
    ("pattern", ("a", "b"), ("a", "c"), (None, None)),
]


@pytest.mark.parametrize(("fact", "old", "new", "expected"), ROWS)
def test_effects(fact: str, old: Any, new: Any, expected: tuple[bool | None, bool | None]) -> None:
    assert effect(fact, old, new) == expected
    assert effect(fact, new, old) == (expected[1], expected[0])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("integer",), ("string",), (True, False)),
        (("string",), ("boolean",), (False, True)),
        (("string",), ("array",), (False, False)),
        (("integer", "array"), ("string", "array"), (True, False)),
        (("string",), None, (True, False)),
    ],
)
def test_what_is_written_as_text_may_be_read_as_text(old: Any, new: Any, expected: tuple[bool, bool]) -> None:
    assert text_types_effect(old, new) == expected
    assert text_types_effect(new, old) == (expected[1], expected[0])


def test_facts_that_allow_nothing_have_no_effect() -> None:
    assert effect("description", "a", "b") is None


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers() | st.text())


@given(st.sampled_from(sorted(_JUDGES)), _VALUES, _VALUES)
def test_odd_values_are_judged_without_an_error_and_the_other_way_round_alike(fact: str, old: Any, new: Any) -> None:
    if fact == "type":
        old, new = (value if isinstance(value, list) else None for value in (old, new))
    there, back = effect(fact, old, new), effect(fact, new, old)
    assert there is not None
    assert back == (there[1], there[0])
    if old == new and type(old) is type(new):
        assert there == (True, True)
