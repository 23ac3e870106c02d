"""Whether an English word is the name of one thing or of several."""

from typing import Final

_SINGULARS: Final = frozenset(
    "address status bus campus bonus virus process class business access analysis basis canvas lens gas".split()
)
_PLURALS: Final = frozenset("people children men women feet teeth mice media data criteria schemata".split())


def ends_plural(word: str) -> bool:
    """Whether a word ends as plurals do."""
    return word.endswith("s") and not word.endswith("ss") and word not in _SINGULARS


def is_singular(word: str) -> bool:
    """Whether a word in lower case surely is no plural: not a short one, nor a number."""
    return word not in _PLURALS and not word.isdigit() and len(word) >= 3 and not ends_plural(word)
