"""The mark stands under the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.location import Position, Span
from integrationlint.report.excerpt import Excerpt, cells, excerpt


def span(first: int, last: int, lines: int = 0) -> Span:
    return Span(Position(7, first), Position(7 + lines, last))


@pytest.mark.parametrize(
    ("source", "place", "line", "carets"),
    [
        ("  /orders:", span(3, 10), "  /orders:", "  ^^^^^^^"),
        ("a:\tb\r\n", span(4, 5), "a:    b", "      ^"),
        ("日本: x", span(1, 3), "日本: x", "^^^^"),
        ("日本: x", span(5, 6), "日本: x", "      ^"),
        ("e\u0301: x", span(4, 5), "e\u0301: x", "  ^"),
        ("a\x1bb", span(3, 4), "a\\x1bb", "     ^"),
        ("key: value", span(1, 1), "key: value", "^"),
        ("key: value", span(6, 3, lines=4), "key: value", "     ^^^^^"),
        ("key", span(90, 95), "key", "   ^"),
    ],
)
def test_marks_the_span(source: str, place: Span, line: str, carets: str) -> None:
    assert excerpt(source, place) == Excerpt(line, carets)


@pytest.mark.parametrize("source", ["", "  \t ", "\n"])
def test_a_blank_line_shows_nothing(source: str) -> None:
    assert excerpt(source, span(1, 1)) is None


def test_a_long_line_is_cut_around_the_mark() -> None:
    source = "a" * 1_000_000 + "MARK" + "b" * 1_000_000
    found = excerpt(source, span(1_000_001, 1_000_005), 40)
    assert found == Excerpt("…" + "a" * 12 + "MARK" + "b" * 22 + "…", " " * 13 + "^^^^")


def test_a_long_mark_is_cut_at_the_right() -> None:
    found = excerpt("k: " + "v" * 500, span(4, 504), 20)
    assert found == Excerpt("k: " + "v" * 15 + "…", "   " + "^" * 15)


@given(st.text(), st.integers(1, 60), st.integers(1, 60), st.integers(8, 50))
def test_fits_and_marks_what_is_shown(source: str, first: int, last: int, width: int) -> None:
    found = excerpt(source, span(first, last), width)
    if found:
        # One code point may be written as ten (\U0001bca0), and is not cut in two.
        assert cells(found.line) <= width + 10
        assert set(found.carets) <= {" ", "^"}
        assert "^" in found.carets
        assert len(found.carets) <= width + 20


@given(st.text("ab日\t\x1b", min_size=1, max_size=30), st.data())
def test_the_marked_cells_are_those_of_the_span(source: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(source)))
    last = data.draw(st.integers(first + 1, len(source) + 1))
    found = excerpt(source, span(first, last), 1_000)
    if found:
        before = excerpt("x" + source[: first - 1], span(1, 2), 1_000)
        assert before is not None
        shown = {"\t": "    ", "\x1b": "\\x1b"}
        lead = sum(cells(shown.get(char, char)) for char in source[: first - 1])
        marked = sum(cells(shown.get(char, char)) for char in source[first - 1 : last - 1])
        assert found.carets == " " * lead + "^" * marked
