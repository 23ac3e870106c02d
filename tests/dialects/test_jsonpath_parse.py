"""Expressions that cannot be read say where and why; whatever the text is, reading it ends."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrationlint.dialects.jsonpath.select import PathError, compiled, select

GIVEN = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "spectral" / "given-expressions.json"


@pytest.mark.parametrize(
    ("expression", "offset", "message"),
    [
        ("", 0, "a path begins with '$'"),
        ("paths.*", 0, "a path begins with '$'"),
        ("$paths", 1, "expected '.' or '[', found 'paths'"),
        ("$.a[", 3, "a '[' is never closed"),
        ("$.a['b", 3, "a '[' is never closed"),
        ("$.a[]", 3, "there is nothing between the brackets"),
        ("$.a[*,b]", 4, "'*' stands alone in brackets"),
        ("$.a[::0]", 3, "the step of a slice must be positive"),
        ("$.a[(@.size)]", 3, "in brackets there may be a filter [?(...)], or [(@.length-1)]"),
        ("$.a[?@.b]", 3, "in brackets there may be a filter [?(...)], or [(@.length-1)]"),
        ("$.a.@strin()", 4, "unknown test '@strin' (did you mean '@string'?)"),
        ("$[?(@.a]", 7, "expected ')' in the filter, found ']'"),
        ("$[?(@.a)", 8, "expected ']' after the filter"),
        ("$[?(@.a ==)]", 10, "expected a value in the filter, found ')'"),
        ("$[?(@.a = 1)]", 8, "'=' has no meaning in a filter: compare by '==' or '==='"),
        ("$[?(@.a & 1)]", 8, "'&' has no meaning in a filter: 'and' is '&&'"),
        ("$[?(@.a == 'b)]", 11, "a string is never closed"),
        ("$[?(/a.test(@))]", 4, "a regular expression is never closed by '/'"),
        ("$[?(@properti == 1)]", 4, "unknown name '@properti' in the filter (did you mean '@property'?)"),
        ("$[?(Object.keys(@))]", 4, "unknown name 'Object' in the filter"),
        ("$[?(@.x-rate)]", 8, "unknown name 'rate' in the filter: a text is written 'rate' in quotes"),
        ("$[?(@.in == query)]", 12, "unknown name 'query' in the filter"),
        ("$[?(/(/.test(@))]", 4, "the regular expression /(/ cannot be read"),
        ("$[?(/a/k.test(@))]", 4, "there is no flag 'k'"),
        ("$[?(@.a ? 1)]", 11, "expected ':' in the filter, found ')'"),
        ("$" + ".a" * 2_500, 5_000, "the path has more than 5000 characters"),
        ("$" + ".a" * 300, 403, "the path has more than 200 steps"),
        ("$[?(" + "(" * 60 + "@" + ")" * 60 + ")]", 44, "the filter is nested deeper than 40 levels"),
        ("$[?(" + "!" * 60 + "@)]", 43, "the filter is nested deeper than 40 levels"),
        ("$[?(@" + "+1" * 120 + ")]", 205, "the filter has more than 100 operators in a row"),
        ("$[?(@" + "+1" * 60 + ")]", 3, "the filter is nested deeper than 40 levels"),
        ("$[?(@" + ".a" * 120 + ")]", 205, "the filter has more than 100 members in a row"),
    ],
)
def test_what_is_wrong_and_where(expression: str, offset: int, message: str) -> None:
    with pytest.raises(PathError) as caught:
        compiled(expression)
    assert message in caught.value.message
    assert caught.value.offset == offset


def test_long_conditions_of_many_terms_are_read() -> None:
    many = " || ".join(f"@property === 'p{number}'" for number in range(90))
    assert [one.path for one in select([compiled(f"$[?({many})]")], {"p89": 1, "q": 2})] == [("p89",)]


SIGNS = [
    "$", ".", "..", "[", "]", "*", "?(", "(", ")", "@", "@property", "@string()", "a", "'a'", '"b"', "0", ":", ",",
    "~", "^", "==", "&&", "||", "!", "/a/", "/", ".match(", ".test(", "-", "+", " ", "in", "'", "\\", "{", "null", "é",
]  # fmt: skip
TREE = {"a": [{"b": 1, "a": None}, "text", [0, 1]], "b": {"a": {"a": "b"}}, "0": True}


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(st.sampled_from(SIGNS), max_size=15).map("".join), st.text(max_size=30)))
def test_any_text_is_read_or_refused(text: str) -> None:
    offsets = []
    for expression in (text, f"${text}", f"$..[?({text})]"):
        try:
            selector = compiled(expression)
        except PathError as error:
            offsets.append((error.offset, len(expression)))
            continue
        for one in select([selector], TREE):
            assert one.number == 0
    assert all(0 <= offset <= end for offset, end in offsets)


@pytest.mark.skipif(not GIVEN.exists(), reason="the expressions of public rulesets are not here")
def test_expressions_of_public_rulesets_are_read() -> None:
    expressions = sorted({row[2] for row in json.loads(GIVEN.read_text(encoding="utf-8")) if row[2].startswith("$")})
    assert len(expressions) > 300
    for expression in expressions:
        compiled(expression)
