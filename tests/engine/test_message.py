"""Words into messages."""

from hypothesis import given
from hypothesis import strategies as st

from integrationlint.engine.message import fill, spelled


def test_words_come_before_facts_and_unknown_ones_stay() -> None:
    assert fill("{a} {b} {c}", {"a": 1}, {"b": True, "a": 2}.get) == "1 true {c}"


@given(st.text())
def test_a_word_is_never_a_template_itself(word: str) -> None:
    assert fill("<{a}>", {"a": word, "b": "WRONG"}, lambda _: "WRONG") == f"<{spelled(word)}>"


def test_lists_and_long_words_read_well() -> None:
    assert spelled([1, "b", False]) == "1, b, false"
    assert spelled({"b", "a"}) == "a, b"
    assert len(spelled("x" * 1000)) == 200
