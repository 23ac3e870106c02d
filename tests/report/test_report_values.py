"""Any value of a document becomes JSON of bounded size."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.change import Harm
from integrationlint.model.document import Document
from integrationlint.model.element import Element, State, Value
from integrationlint.report.values import CUT, brief, crop, plain

ELEMENT = Element("api", "orders", Document("orders.yaml", "yaml", None, ""))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(ELEMENT) | st.just(object()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers() | st.none(), inner) | st.tuples(inner),
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (True, True),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        ({"b": 1, "a": (2, 3)}, {"b": 1, "a": [2, 3]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({1: "x", None: "y"}, {"1": "x", "None": "y"}),
        (Harm.BREAKS, "breaks"),
        (Value(State.DEFAULT, 30_000), {"state": "default", "value": 30_000}),
        (Value(State.ABSENT), {"state": "absent"}),
        (ELEMENT, "orders.yaml#"),
        (object(), "<object>"),
    ],
)
def test_plain(value: object, shown: object) -> None:
    assert plain(value) == shown


def test_integers_of_thousands_of_digits_are_hexadecimal() -> None:
    assert plain(1 << 20_000) == hex(1 << 20_000)


@given(VALUES)
def test_plain_is_json(value: object) -> None:
    json.loads(json.dumps(plain(value), allow_nan=False))


def test_bombs_are_bounded() -> None:
    bomb: object = "x" * 1_000
    for _ in range(60):
        bomb = [bomb, bomb, bomb]
    assert len(json.dumps(plain(bomb))) < 2_000_000
    assert len(json.dumps(plain({"k": ["x" * 100_000_000]}))) < 50_000
    deep: object = 1
    for _ in range(100_000):
        deep = {"a": deep}
    assert CUT in json.dumps(plain(deep), ensure_ascii=False)


def test_a_thousand_codes_pass_whole() -> None:
    codes = [f"C{number}" for number in range(1_000)]
    assert plain(codes) == codes


def test_brief_and_crop() -> None:
    assert brief({"a": "é"}) == '{"a": "é"}'
    assert brief("x" * 50, 10) == '"xxxxxxxx…'
    assert crop("abc", 3) == "abc"
    assert crop("abcd", 3) == "ab…"
