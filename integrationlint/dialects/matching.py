"""Patterns that users and documents bring, matched: each is parsed and measured before, and timed while it runs."""

from collections.abc import Iterable
from functools import lru_cache

from integrationlint.dialects.ecmascript import Group, PatternError, parse
from integrationlint.dialects.ecmascript_analysis import LARGEST, size

_SECONDS = 0.05
_LONGEST_TEXT = 10_000
_PATIENCE = 10
_MOST = 5_000


class Matching:
    """Matches patterns to texts for as long as the patience lasts: ten that take too long, or some thousands in all.

    One is made for each piece of work, so that no document can take more than a second or two by its patterns.
    """

    __slots__ = ("_left", "_patience")

    def __init__(self) -> None:
        """Begin with full patience."""
        self._patience = _PATIENCE
        self._left = _MOST

    def matches(self, pattern: str, text: str) -> bool | None:
        """Whether a pattern is found in a text, as ECMA-262 has it; None where that cannot be told, or not in time."""
        tree, _ = understood(pattern)
        if tree is None or not self._patience or not self._left or len(text) > _LONGEST_TEXT or size(tree) > LARGEST:
            return None
        self._left -= 1
        import regex

        try:
            return regex.search(pattern, text, timeout=_SECONDS) is not None
        except TimeoutError:
            self._patience -= 1
            return None
        except (regex.error, ValueError, OverflowError, MemoryError, RecursionError):
            return None

    def found(self, patterns: Iterable[str], text: str) -> bool:
        """Whether one of the patterns is found in a text."""
        return any(self.matches(pattern, text) for pattern in patterns)


@lru_cache(maxsize=1024)
def understood(pattern: str) -> tuple[Group | None, str]:
    """The tree of a pattern, and what is wrong with it where there is none."""
    try:
        return parse(pattern), ""
    except PatternError as error:
        return None, str(error)
