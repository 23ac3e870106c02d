"""Patterns as JavaScript takes them, with all that our parser of ECMA-262 warns of; errors in the words of V8."""

import re
from functools import lru_cache
from typing import Final

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.matching import Pattern, javascript_pattern

# Escapes and counts of other dialects, which JavaScript reads as the letters themselves; a name in a class likewise.
_LETTERS: Final = re.compile(r"\\(?:([AZzQEGKRX])|.)|\{(,\d+\})|(\[)(:\^?[a-z]+:\])", re.DOTALL)
# What our parser says of a pattern holds these words, and V8 says the others.
_WORDS: Final = (
    ("nothing to repeat", "Nothing to repeat"),
    ("an assertion cannot", "Nothing to repeat"),
    ("closes nothing", "Unmatched ')'"),
    ("a '(' is never", "Unterminated group"),
    ("a '[' is never", "Unterminated character class"),
    ("'(?<", "Invalid capture group name"),
    ("opens no group", "Invalid group"),
    ("ends with a backslash", "\\ at end of pattern"),
    ("the range", "Range out of order in character class"),
    ("its numbers", "numbers out of order in {} quantifier"),
    ("written out", "Regular expression too large"),
)


@lru_cache(maxsize=4096)
def javascript(pattern: str, flags: str = "") -> Pattern:
    """The compiled pattern. PatternError, in the words of V8, when it is none for JavaScript."""
    try:
        return javascript_pattern(_LETTERS.sub(_as_letters, pattern), flags)
    except PatternError as error:
        said = next((said for words, said in _WORDS if words in str(error)), str(error))
        raise PatternError(f"Invalid regular expression: /{pattern}/{flags}: {said}") from None


def is_pattern(pattern: str) -> bool:
    """Whether JavaScript takes it for a regular expression."""
    try:
        javascript(pattern)
    except PatternError:
        return False
    return True


def _as_letters(found: re.Match[str]) -> str:
    letter, count, bracket, name = found.groups()
    if letter:
        return str(letter)
    if count:
        return f"\\{{{count}"
    return f"\\x5b\\x3a{name[1:]}" if bracket else found[0]
