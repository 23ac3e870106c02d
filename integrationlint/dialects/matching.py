"""Patterns that users and documents bring, matched: each is parsed and measured before, and timed while it runs."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from integrationlint.dialects.ecmascript import Group, Item, PatternError, parse
from integrationlint.dialects.ecmascript_analysis import LARGEST, explosive, size
from integrationlint.dialects.ecmascript_translation import translated

_SECONDS = 0.05
_LONGEST_TEXT = 10_000
_PATIENCE = 10
_MOST = 5_000
# A text as short as this needs no clock where the pattern is not explosive and has few endless repeats.
_SHORT_TEXT = 256
_FEW = 2


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


class Pattern:
    """A regular expression as JavaScript has it, compiled once. After ten texts that take too long it finds no more.

    `flags` may be any of d, g, i, m, s, u, v, y; those that do not matter for finding one match are not regarded.
    PatternError when it is malformed or too large.
    """

    __slots__ = ("_calm", "_compiled", "_patience", "flags", "source")

    def __init__(self, source: str, flags: str = "") -> None:
        """Parse, measure, translate, compile."""
        import regex

        wrong = sorted(set(flags) - set("dgimsuvy"))
        if wrong:
            raise PatternError(f"there is no flag '{wrong[0]}'")
        tree = parse(source)
        if size(tree) > LARGEST:
            raise PatternError(f"written out, it has more than {LARGEST} parts")
        options = (regex.I if "i" in flags else 0) | (regex.M if "m" in flags else 0) | (regex.S if "s" in flags else 0)
        try:
            self._compiled: Any = regex.compile(translated(source, flags), options)
        except (regex.error, ValueError, OverflowError, MemoryError, RecursionError) as error:
            raise PatternError(str(error)) from None
        self._calm = explosive(tree) is None and len(list(islice(_endless(tree), _FEW + 1))) <= _FEW
        self._patience = _PATIENCE
        self.source = source
        self.flags = flags

    def search(self, text: str, start: int = 0) -> Any:
        """The first match in the text from `start` on (of the `regex` package); None without one, or not in time."""
        if self._calm and len(text) <= _SHORT_TEXT:
            return self._compiled.search(text, start)
        if not self._patience or len(text) > _LONGEST_TEXT:
            return None
        try:
            return self._compiled.search(text, start, timeout=_SECONDS)
        except TimeoutError:
            self._patience -= 1
            return None

    def is_found(self, text: str) -> bool | None:
        """Whether there is a match anywhere in the text; None where that cannot be told in time."""
        if self._calm and len(text) <= _SHORT_TEXT:
            return self._compiled.search(text) is not None
        if not self._patience:
            return None
        try:
            return self._compiled.search(text, timeout=_SECONDS) is not None
        except TimeoutError:
            self._patience -= 1
            return None


def _endless(group: Group) -> Iterator[Item]:
    for branch in group.branches:
        for item in branch:
            if item.most is None or item.most > _SHORT_TEXT:
                yield item
            if isinstance(item.atom, Group):
                yield from _endless(item.atom)


@lru_cache(maxsize=1024)
def javascript_pattern(source: str, flags: str = "") -> Pattern:
    """The compiled pattern, the same one each time. PatternError when it is malformed or too large."""
    return Pattern(source, flags)
