"""Patterns of XML Schema: what one takes that another does not, examples, and what cannot be told."""

import pytest

from integrationlint.dialects.xsd_patterns import compared, example

SAME, WIDER, NARROWER, OTHER = (True, True), (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[A-Z]+", "[A-Za-z]+", WIDER),
        ("[A-Z]+", "[0-9]+", OTHER),
        ("a{2,5}", "a{2,}", WIDER),
        ("a|b|c", "[a-c]", SAME),
        ("(ab)+", "(ab)*", WIDER),
        ("[0-9]{3}", r"\d{3}", WIDER),
        (r"[\w-[a]]+", r"\w+", WIDER),
        (r"\p{Lu}+", r"\p{L}+", WIDER),
        (r"[^\s]*", r"\S*", SAME),
        (r"\i\c*", r"[A-Z]\c*", NARROWER),
        ("[^,]*", ".*", OTHER),
        (r"a\.b", "a.b", WIDER),
        ("[a-c-[b]]", "a|c", SAME),
        ("", "a?", WIDER),
        ("[à-ü]", "[à-ÿ]", WIDER),
    ],
)
def test_inclusion(old: str, new: str, expected: tuple[bool, bool]) -> None:
    for one, other, kept in ((old, new, expected), (new, old, expected[::-1])):
        found = compared(one, other)
        assert found is not None
        assert (found.only_old is None, found.only_new is None) == kept


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("[A-Z]{3}-\\d+", "AAA-0"), ("(yes|no)", "yes"), ("a*", ""), ("[^a]b\\|", "0b|"), ("x{2}y?", "xx")],
)
def test_examples(pattern: str, text: str) -> None:
    found = example(pattern)
    assert found is not None
    assert len(found) == len(text) or found in ("no", text)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", "a)", "[", "[]", "a{2", "a{5,2}", "*", "\\", "\\q"),
        *(r"\p{IsLatin}", "a{9999}", "(" * 40 + ")" * 40, "a" * 2000),
    ],
)
def test_what_is_wrong_or_not_known_is_not_judged(pattern: str) -> None:
    assert compared(pattern, "a") is None
    assert example(pattern) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("((a{0,500}){0,500}){0,500}", "((b{0,500}|a){0,500}){0,500}"),
        ("(a|b)*a(a|b){30}", "(a|b)*b(a|b){30}"),
        ("[à-ü]", r"\p{L}"),
    ],
)
def test_what_is_too_much_or_too_fine_is_not_judged(old: str, new: str) -> None:
    assert compared(old, new) is None
