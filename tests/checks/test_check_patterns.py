"""Patterns are parsed, measured and timed before anybody believes them."""

import pytest

from integrationlint.dialects.ecmascript import LONGEST, PatternError, parse
from integrationlint.dialects.ecmascript_analysis import LARGEST, anchored, explosive, size
from integrationlint.dialects.matching import Matching, understood


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^[A-Z]{2}\\d{3,}$",
        "[\\w-.]+",
        "a{2}?",
        "(?<year>\\d{4})-\\k<year>",
        "(?<=a)b(?!c)",
        "\\u{1F600}\\u0041\\x41\\cA\\p{L}",
        "[]",
        "[^]",
        "x{",
        "{a}",
        "(?i:a)",
        "a|",
        "[\\]]",
        "\\/",
    ],
)
def test_patterns_of_ecma_262(pattern: str) -> None:
    assert understood(pattern)[1] == ""


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(a", "never closed"),
        ("a)", "closes nothing"),
        ("[a", "'[' is never closed"),
        ("a\\", "backslash"),
        ("*a", "nothing to repeat"),
        ("a**", "nothing to repeat"),
        ("a++", "nothing to repeat"),
        ("{2}", "nothing to repeat"),
        ("^*", "assertion"),
        ("(?<!a)+", "assertion"),
        ("a{3,1}", "wrong way round"),
        ("[z-a]", "wrong way round"),
        ("a{,3}", "lower number"),
        ("(?i)a", "no inline flags"),
        ("(?P<x>a)", "named group"),
        ("(?>a)", "atomic"),
        ("(?#a)", "comments"),
        ("\\Aa", "use '^'"),
        ("a\\Z", "use '$'"),
        ("[[:alpha:]]", "POSIX"),
        ("(" * 60 + ")" * 60, "nested"),
        ("a" * (LONGEST + 1), "more than"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(pattern: str, words: str) -> None:
    with pytest.raises(PatternError, match=words.replace("^", "\\^").replace("$", "\\$").replace("[", "\\[")):
        parse(pattern)


@pytest.mark.parametrize(
    ("pattern", "whole"),
    [
        ("^a$", True),
        ("^(a|b)$", True),
        ("(^a$|^b$)", True),
        (".*", True),
        (".*\\.pdf$", True),
        ("^a$|b", False),
        ("^a", False),
        ("a$", False),
        ("", False),
        ("(?=a)b$", True),
    ],
)
def test_anchors(pattern: str, *, whole: bool) -> None:
    assert anchored(parse(pattern)) is whole


@pytest.mark.parametrize(
    "pattern",
    ["^(a+)+$", "^(\\w+\\s?)*$", "^((a+))+$", "^(a|a)*$", "(.|\\s)*$", "^(\\d+|\\d+,)+$", "^(a*b*)*$", "((a+)+)b"],
)
def test_patterns_that_explode(pattern: str) -> None:
    assert explosive(parse(pattern)) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "^(\\w+\\.)*\\w+$",
        "^([a-z]|[0-9])*$",
        "(a+)+",
        "^[a-z]+(-[a-z]+)*$",
        "^(?:[A-Za-z0-9+/]{4})*(?:==)?$",
        "^((a+)?b)*$",
    ],
)
def test_patterns_that_do_not(pattern: str) -> None:
    assert explosive(parse(pattern)) is None


def test_a_pattern_is_measured_with_its_repeats_written_out() -> None:
    assert size(parse("(ab){3}c")) == 7
    assert size(parse("((((a{99}){99}){99}){99})")) > LARGEST


def test_matching_is_a_search_and_says_when_it_cannot_tell() -> None:
    matching = Matching()
    assert matching.matches("b", "abc") is True
    assert matching.matches("^b$", "abc") is False
    assert matching.matches("\\p{Lu}", "É") is True
    assert matching.matches("(?i)a", "A") is None
    assert matching.matches("((((a{99}){99}){99}){99})", "a") is None
    assert matching.matches("a", "a" * 10_001) is None
    assert matching.found(("x", "b"), "abc")
    assert not matching.found((), "abc")


def test_matching_gives_up_on_what_takes_too_long() -> None:
    matching = Matching()
    assert [matching.matches("^(a|aa)+$", "a" * 90 + "b") for _ in range(10)] == [None] * 10
    assert matching.matches("a", "a") is None
    assert Matching().matches("a", "a") is True


def test_pattern_rules_leave_odd_values_alone(find) -> None:  # type: ignore[no-untyped-def]
    text = "openapi: 3.1.0\ncomponents: {schemas: {A: {pattern: 5}, B: {pattern: [a]}, C: {pattern: '^(a+)+$'}}}\n"
    assert [at for at, _ in find("schema/pattern-valid", text)] == [
        "/components/schemas/A/pattern",
        "/components/schemas/B/pattern",
    ]
    assert [at for at, _ in find("schema/pattern-safe", text)] == ["/components/schemas/C/pattern"]
