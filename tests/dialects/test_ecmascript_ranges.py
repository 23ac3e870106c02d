"""Dashes inside of brackets: ranges, and dashes that make none (ECMA-262, annex B.1.4)."""

import pytest

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.matching import Pattern


@pytest.mark.parametrize(
    ("pattern", "found", "missed"),
    [
        ("^[0-9-+]$", "05-+", ".a"),
        (r"^[0-9-+\(\)\s]$", "5-+() ", ".a"),
        (r"^[\w-.]$", "a_-.", "+,"),
        (r"^[a-\d]$", "a-5", "b"),
        (r"^[\s-\d]$", " -5", "a"),
        (r"^[\d-x-z]$", "5-xz", "ay"),
        ("^[a-c-e-g]$", "abc-efg", "d"),
        ("^[+--]$", "+,-", "."),
        ("^[-a]$", "-a", "b"),
        ("^[a-]$", "-a", "b"),
    ],
)
def test_a_dash_makes_a_range_or_is_a_dash(pattern: str, found: str, missed: str) -> None:
    compiled = Pattern(pattern)
    assert [one for one in found if not compiled.is_found(one)] == []
    assert [one for one in missed if compiled.is_found(one)] == []


@pytest.mark.parametrize("pattern", ["[z-a]", "[a-cz-b]"])
def test_a_range_the_wrong_way_round(pattern: str) -> None:
    with pytest.raises(PatternError, match="wrong way round"):
        Pattern(pattern)
