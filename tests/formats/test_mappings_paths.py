"""Field paths of mapping specifications: what is dropped, what is remembered, what is no path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats.mappings.paths import is_missing, is_pending, read_path, read_paths


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("$.customer.id", "customer id"),
        ("$['customer']['id']", "customer id"),
        ("/Order/Customer/@id", "Order Customer id"),
        ("Order/@id", "Order id"),
        ("Order.@id", "Order id"),
        ("id@extension", "id extension"),
        ("ns:Order/ns:Customer", "Order Customer"),
        ("{urn:a/b}Order/{urn:a/b}Id", "Order Id"),
        ("child::Order/attribute::id", "Order id"),
        ("Order/id/text()", "Order id"),
        ("./Order/id", "Order id"),
        ("Order/Line/../id", "Order id"),
        ("payload.items[0].sku", "items sku"),
        ("payload.body.a", "a"),
        ("body", "body"),
        ("${order.id}", "order id"),
        ("#[payload.order.id]", "order id"),
        ("a[type='x/y.z']/b", "a b"),
        ("PID-3.1", "PID-3 1"),
        ("TABLE.COLUMN", "TABLE COLUMN"),
        (" a . b ", "a b"),
        ("Phone Number - Home", "Phone Number - Home"),
    ],
)
def test_decorations_are_dropped(text: str, steps: str) -> None:
    path = read_path(text)
    assert path is not None
    assert path.steps == ((steps,) if " - " in steps else tuple(steps.split()))
    assert path.exact


@pytest.mark.parametrize(
    ("text", "loop", "shown"),
    [
        ("lines[].sku", "lines", "lines.sku"),
        ("$.order.lines[*].sku", "order.lines", "order.lines.sku"),
        ("lines.*.sku", "lines", "lines.sku"),
        ("lines[0].sku", "", "lines[0].sku"),
        ("contact[type = 'home']/phone", "", "contact[type = 'home'].phone"),
        ("[].sku", "", "sku"),
    ],
)
def test_array_marks_and_selectors_are_remembered(text: str, loop: str, shown: str) -> None:
    path = read_path(text)
    assert path is not None
    assert (path.loop, path.text) == (loop, shown)


@pytest.mark.parametrize(
    ("text", "known"), [("order/*", 1), ("//id", 0), ("$..id", 0), ("a//b", 1), ("a/*/b", 1), ("../id", 0), ("a/**", 1)]
)
def test_wildcards_are_followed_no_further(text: str, known: int) -> None:
    path = read_path(text)
    assert path is not None
    assert path.known == known
    assert not path.exact


@pytest.mark.parametrize(
    "text",
    """|N/A|-|TBD|?|$|/|'EUR'|"EUR"|=A1|12|3.14|concat(a, b)|a = b|a > b|see the comment in column G""".split("|"),
)
def test_what_is_no_path(text: str) -> None:
    assert read_path(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a; b", ["a", "b"]),
        ("first_name, last_name", ["first_name", "last_name"]),
        ("a.b + a.c", ["a.b", "a.c"]),
        ("a\nb", ["a", "b"]),
        ("items[x, y].a | b", ["items[x, y].a", "b"]),
        ("a; 'x'", []),
        ("CONCAT(a, b)", []),
        ("N/A", []),
    ],
)
def test_cells_with_several_paths(text: str, expected: list[str]) -> None:
    assert [path.text for path in read_paths(text)] == expected


def test_a_very_long_text_is_no_path() -> None:
    assert read_path("x" * 501) is None
    assert read_paths("x; " * 501) == ()


def test_a_relative_path_continues_the_one_it_is_relative_to() -> None:
    outer, inner, wild = read_path("order.lines[]"), read_path("item.sku"), read_path("order/*")
    assert outer
    assert inner
    assert wild
    joined = inner.below(outer)
    assert (joined.text, joined.loop, joined.exact) == ("order.lines.item.sku", "order.lines", True)
    assert inner.below(wild).known == 1
    assert inner.below(None) is inner


def test_endless_nesting_is_not_joined() -> None:
    path = read_path("a." * 60 + "a")
    assert path
    for _ in range(50):
        path = path.below(path)
    assert len(path.steps) < 500
    assert not path.exact


@pytest.mark.parametrize(
    ("text", "missing", "pending"), [(" n/a ", True, False), ("tbd", True, True), ("x", False, False)]
)
def test_missing_and_pending(text: str, missing: bool, pending: bool) -> None:
    assert (is_missing(text), is_pending(text)) == (missing, pending)


@given(st.text(alphabet="ab.:/@$[]{}()*'\" ;,+|#-_\n0é", max_size=60) | st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    for path in read_paths(text):
        assert path.steps
        assert all(path.steps)
        assert 0 <= path.known <= len(path.steps)
        assert len(path.labels) == len(path.steps)
