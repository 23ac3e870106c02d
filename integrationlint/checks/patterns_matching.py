"""Patterns that users and documents bring, matched: each is parsed and measured before, and timed while it runs."""

from collections.abc import Iterable
from functools import lru_cache

from integrationlint.checks.ecmascript import Group, PatternError, parse
from integrationlint.checks.ecmascript_analysis import LARGEST, size

_SECONDS = 0.05
_LONGEST_TEXT = 10_000


def matches(pattern: str, text: str) -> bool | None:
    """Whether a pattern is found in a text, in ECMA-262's sense; None where that cannot be told in time or at all."""
    tree, _ = understood(pattern)
    if tree is None or size(tree) > LARGEST or len(text) > _LONGEST_TEXT:
        return None
    import regex

    try:
        return regex.search(pattern, text, timeout=_SECONDS) is not None
    except (regex.error, TimeoutError, ValueError, OverflowError, MemoryError, RecursionError):
        return None


def found(patterns: Iterable[str], text: str) -> bool:
    """Whether one of the patterns is found in a text."""
    return any(matches(pattern, text) for pattern in patterns)


@lru_cache(maxsize=1024)
def understood(pattern: str) -> tuple[Group | None, str]:
    """The tree of a pattern, and what is wrong with it where there is none."""
    try:
        return parse(pattern), ""
    except PatternError as error:
        return None, str(error)
