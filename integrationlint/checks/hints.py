"""The closest of many known names, without comparing a word with each of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from integrationlint.model.errors import did_you_mean

_MOST_SHARING: Final = 200
_COMPARED: Final = 12
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Names:
    """Known names, and for each group of three letters the first of those that have it."""

    known: frozenset[str]
    sharing: Mapping[str, tuple[str, ...]]


def names(known: Iterable[str]) -> Names:
    """An index of names; it takes time in proportion to their letters."""
    unique = sorted(set(known))
    groups: dict[str, list[str]] = {}
    for name in unique:
        for group in _groups(name):
            groups.setdefault(group, []).append(name)
    return Names(frozenset(unique), {group: tuple(held[:_MOST_SHARING]) for group, held in groups.items()})


def _groups(name: str) -> set[str]:
    text = f"  {name[:_LONGEST].casefold()} "
    return {text[at : at + 3] for at in range(len(text) - 2)}


def hint(word: str, known: Names) -> str:
    """` (did you mean 'orderId'?)`, or nothing when no known name is close."""
    shared = Counter(name for group in _groups(word) for name in known.sharing.get(group, ()))
    likely = sorted(shared, key=lambda name: (-shared[name], abs(len(name) - len(word)), name))[:_COMPARED]
    return did_you_mean(word[:_LONGEST], likely)
