"""Patterns mean what ECMA-262 says they mean, where the `regex` package reads the same signs otherwise."""

import pytest

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.matching import Pattern, javascript_pattern


@pytest.mark.parametrize(
    ("pattern", "flags", "found", "missed"),
    [
        ("a$", "", ["a", "ba"], ["a\n", "ab"]),
        ("a$", "m", ["a\nb", "a\u2028"], ["ab"]),
        ("^b", "m", ["a\nb"], ["ab"]),
        ("a.b", "", ["axb"], ["a\nb", "a\u2028b"]),
        ("a.b", "s", ["a\nb"], ["ab"]),
        (r"^\d$", "", ["5"], ["٣"]),
        (r"^\w$", "", ["_"], ["é"]),
        (r"^\W$", "", ["é"], ["a"]),
        (r"^\s$", "", ["\u00a0", "\ufeff"], ["\u0085", "a"]),
        (r"^[\s\d]$", "", ["7", "\u2003"], ["x"]),
        (r"^[^\D]$", "", ["7"], ["x"]),
        (r"\bb", "", ["éb", "a b"], ["ab"]),
        (r"a\Bb", "", ["ab"], ["a b"]),
        ("É", "i", ["é"], ["e"]),
        ("{id}", "", ["/a/{id}"], ["id"]),
        ("a{2}", "", ["aa"], ["a"]),
        ("a{e}", "", ["a{e}"], ["a", "b"]),
        ("[[a]", "", ["[", "a"], ["]"]),
        ("[a&&b]", "", ["&", "a"], ["c"]),
        ("[^]", "", ["\n"], [""]),
        ("[]", "", [], ["a", ""]),
        ("[({]", "", ["(", "{"], [")"]),
        (r"[\b]", "", ["\b"], ["b"]),
        (r"[a\-z]", "", ["-"], ["b"]),
        (r"\h\/\-", "", ["h/-"], [" /-"]),
        (r"\u0041\x42\cJ", "", ["AB\n"], ["ab"]),
        (r"[\u0041-\u0043]", "", ["B"], ["D"]),
        (r"(?<a>x)\k<a>", "", ["xx"], ["xy"]),
        (r"(a)\1", "", ["aa"], ["ab"]),
        (r"(?<!a)b(?=c)", "", ["bc"], ["abc", "b"]),
        ("a#b c", "", ["a#b c"], ["ab"]),
    ],
)
def test_found_and_missed(pattern: str, flags: str, found: list[str], missed: list[str]) -> None:
    compiled = javascript_pattern(pattern, flags)
    assert [text for text in found if compiled.search(text) is None] == []
    assert [text for text in missed if compiled.search(text) is not None] == []


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", "(?>a)", "((a{900}){900}){900}"])
def test_malformed_patterns(pattern: str) -> None:
    with pytest.raises(PatternError):
        Pattern(pattern)


def test_an_unknown_flag() -> None:
    with pytest.raises(PatternError, match="'x'"):
        Pattern("a", "x")


def test_a_pattern_is_compiled_once() -> None:
    assert javascript_pattern("a", "i") is javascript_pattern("a", "i")


def test_a_text_that_is_too_long_is_not_searched() -> None:
    assert javascript_pattern("a").search("b" * 20_000 + "a") is None
