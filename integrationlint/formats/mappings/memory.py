"""Remembering what a pure function made of a text: the cells of a table repeat, and each is read for several facts."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

KEPT: Final = 4096
LONGEST: Final = 300
_Result = TypeVar("_Result")


def remembered(function: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """The same function, which keeps its last results for texts that are not long."""
    kept = lru_cache(KEPT)(function)

    @wraps(function)
    def call(text: str) -> _Result:
        return kept(text) if len(text) <= LONGEST else function(text)

    return call
