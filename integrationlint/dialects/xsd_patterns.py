"""Patterns of XML Schema (Part 2, appendix F) as languages: whether one takes all that another does, and examples."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from integrationlint.dialects.languages import UNBOUNDED, Letter, Pool, TooLargeError, Walk, compare, shortest
from integrationlint.dialects.xsd_pattern_syntax import Characters, Node, UnsupportedError, characters, holds, parse

# One character for each way in which classes tell characters apart, those that people like to read first.
_ASCII: Final = "a0A b-_.:,/@+*?#()[]{}|\\^$%&!'\"<>=;~`" + "cdefghijklmnopqrstuvwxyz123456789BCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHERS: Final = (
    "\t\n\r\u00e9\u00d7\u00e7\u00c9\u01c5\u02b0\u4e2d\u093c\u0903\u20dd\u0663\u2167\u00b2\u203f\u2013\u201c\u201d\u20ac"
    "\u02c5\u00a9\u00a0\u2028\u2029\u00ad\ue000\u0378\u00b7"
)
_SAMPLE: Final = _ASCII + _OTHERS
_LAST_ASCII: Final = 0x7F


class Comparison(NamedTuple):
    """A text that only the one pattern takes, and one that only the other takes; None where there is none."""

    only_old: str | None
    only_new: str | None


@lru_cache(maxsize=256)
def compared(old: str, new: str) -> Comparison | None:
    """How the languages of two patterns differ; None where that cannot be told."""
    try:
        before, after = parse(old), parse(new)
        letters = _alphabet([*characters(before), *characters(after)])
        pool = Pool()
        one, other = _built(pool, before, letters), _built(pool, after, letters)
        return Comparison(_text(compare(pool, one, other)), _text(compare(pool, other, one)))
    except (UnsupportedError, TooLargeError):
        return None


def _text(walk: Walk) -> str | None:
    return None if walk.missing is None else "".join(map(str, walk.missing))


@lru_cache(maxsize=256)
def example(pattern: str) -> str | None:
    """A short text that a pattern takes; None where that cannot be told."""
    try:
        node = parse(pattern)
        pool = Pool()
        number = _built(pool, node, _alphabet(characters(node)))
        found = shortest(pool, number)
        return None if found is None else "".join(map(str, found))
    except (UnsupportedError, TooLargeError):
        return None


Alphabet = dict[Characters, tuple[str, ...]]


def _alphabet(classes: Iterable[Characters]) -> Alphabet:
    """For each class of characters those of the sample that it holds, one for each combination of classes."""
    known = list(dict.fromkeys(classes))
    ends = [end for one in known for pair in _ranges(one) for end in pair]
    wide = any(low < high and high > _LAST_ASCII for one in known for low, high in _ranges(one))
    if wide and any(one.named for one in known):
        raise UnsupportedError  # where the characters of a category lie among others is not sampled that finely
    near = [chr(end + step) for end in ends for step in (0, -1, 1) if _is_character(end + step)]
    kinds: dict[tuple[bool, ...], str] = {}
    for character in dict.fromkeys([*_SAMPLE, *near]):
        kinds.setdefault(tuple(holds(one, character) for one in known), character)
    return {
        one: tuple(character for kind, character in kinds.items() if kind[place]) for place, one in enumerate(known)
    }


def _ranges(one: Characters) -> list[tuple[int, int]]:
    inner = [*one.inner, *([one.without] if one.without is not None else [])]
    return [*one.ranges, *(pair for part in inner for pair in _ranges(part))]


def _is_character(point: int) -> bool:
    """Whether a code point may stand in XML 1.0."""
    return point in (9, 10, 13) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or 0x10000 <= point <= 0x10FFFF


def _built(pool: Pool, node: Node, letters: Alphabet) -> int:
    if isinstance(node, Characters):
        return pool.letter(Letter(node, letters[node]))
    parts = [_built(pool, one, letters) for one in node.parts]
    if node.kind == "times":
        return pool.times(parts[0], node.low, UNBOUNDED if node.high is None else node.high)
    return pool.sequence(*parts) if node.kind == "sequence" else pool.choice(*parts)
