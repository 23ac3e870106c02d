"""Texts that a schema takes, or nearly takes: examples to be tried, not promises."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from integrationlint.dialects.ecmascript import Group, Item, PatternError
from integrationlint.dialects.matching import javascript_pattern, understood
from integrationlint.dialects.xsd_patterns import compared

LONGEST: Final = 300
_REPEATED: Final = 50
# Characters that people like to read, the plainest first.
_SAMPLE: Final = "a0A1 -_.:,/@+#bzBZ9é\t"
# A text of each format, and one that is a little off.
FORMS: Final = {
    "date": "2020-01-01",
    "date-time": "2020-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "duration": "P1D",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "email": "a@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "/a",
    "json-pointer": "/a",
}
_ZERO_WIDTH: Final = ("^", "$", "\\b", "\\B")
_LOOKING: Final = ("=", "!", "<=", "<!")


@lru_cache(maxsize=256)
def matching_text(pattern: str) -> str | None:
    """A short text in which a pattern is very likely found; None where none comes to mind."""
    tree, _ = understood(pattern)
    return None if tree is None else _of_group(tree)


def _of_group(group: Group) -> str | None:
    """The text of the first alternative that has one; groups nest no deeper than a pattern may."""
    if group.kind in _LOOKING:
        return ""
    for branch in group.branches:
        parts = [_of_item(item) for item in branch]
        if None not in parts:
            return "".join(part or "" for part in parts)
    return None


def _of_item(item: Item) -> str | None:
    if item.least == 0:
        return ""
    one = _of_group(item.atom) if isinstance(item.atom, Group) else _of_atom(item.atom)
    return None if one is None or item.least > _REPEATED else one * item.least


def _of_atom(atom: str) -> str | None:
    if atom in _ZERO_WIDTH:
        return ""
    if len(atom) == 1:
        return "a" if atom == "." else atom
    try:
        pattern = javascript_pattern(f"^{atom}$")
    except PatternError:
        return None
    if len(atom) == 2 and pattern.is_found(atom[1]):
        return atom[1]
    return next((one for one in _SAMPLE if pattern.is_found(one)), None)


def only_one(mine: str, yours: str) -> str | None:
    """A text that the first pattern takes and the second does not; None where none is found."""
    sides = [_from_start_to_end(one) for one in (mine, yours)]
    if sides[0] is None or sides[1] is None:
        return None
    found = compared(sides[0], sides[1])
    return found.only_old if found is not None else None


def _from_start_to_end(pattern: str) -> str | None:
    """A pattern as XML Schema writes it, where both mean the same: it speaks of the whole text."""
    tree, _ = understood(pattern)
    if tree is None or len(tree.branches) != 1 or "(?" in pattern or "\\b" in pattern.lower():
        return None
    ends = [item.atom for item in tree.branches[0]]
    if len(ends) < 2 or ends[0] != "^" or ends[-1] != "$":
        return None
    return pattern[1:-1]


def stretched(text: str, least: Any) -> str:
    """A text of at least so many characters, by saying the last one again."""
    wanted = least if isinstance(least, int) else 0
    return text + (text[-1:] or "a") * (min(wanted, LONGEST) - len(text))


def around(limits: list[Any], text: str) -> Iterator[str]:
    """Texts that are as long as the limits, one longer and one shorter."""
    for limit in limits:
        for size in (limit, limit - 1, limit + 1):
            if isinstance(size, int) and 0 <= size <= LONGEST:
                yield stretched(text[:size], size)
