"""What the tree of a regular expression tells: how large it is, whether it is anchored, whether it explodes."""

import re
from functools import lru_cache
from typing import Final

from integrationlint.dialects.ecmascript import Group, Item

# What a pattern may become when its counted repeats are written out: compilers do write them out.
LARGEST: Final = 5_000

_ASSERTIONS: Final = ("^", "$", "\\b", "\\B")
_SAMPLES: Final = "aZ5_ -\t\n.,@é"


def size(group: Group) -> int:
    """How many atoms the pattern has with counted repeats written out, at most a little over the limit."""
    total = 0
    for branch in group.branches:
        for item in branch:
            one = size(item.atom) if isinstance(item.atom, Group) else 1
            total = min(LARGEST + 1, total + one * max(item.most or item.least, 1))
    return total


def anchored(group: Group) -> bool:
    """Whether every alternative says where it begins and where it ends, by `^` and `$` or by `.*`."""
    return all(branch and _starts(branch[0]) and _ends(branch[-1]) for branch in group.branches)


def _starts(item: Item) -> bool:
    if isinstance(item.atom, Group):
        return all(branch and _starts(branch[0]) for branch in item.atom.branches) or item.atom.kind in ("=", "!")
    return item.atom == "^" or _anything(item)


def _ends(item: Item) -> bool:
    if isinstance(item.atom, Group):
        return all(branch and _ends(branch[-1]) for branch in item.atom.branches) or item.atom.kind in ("=", "!")
    return item.atom == "$" or _anything(item)


def _anything(item: Item) -> bool:
    return item.atom == "." and item.most is None


def explosive(group: Group, *, followed: bool = False) -> Item | None:
    r"""The first repeated group that can match one text in exponentially many ways, with something behind it to fail.

    Such a group is endless, and one round of it can be two: because what it repeats is itself endless and all else
    in it may be absent, `(a+b?)*`, or because two of its alternatives begin with the same character, `(\w|\d)*`.
    """
    for branch in group.branches:
        for index, item in enumerate(branch):
            if not isinstance(item.atom, Group):
                continue
            behind = followed or not all(_optional(one) for one in branch[index + 1 :])
            if item.most is None and behind and (_endless(item.atom) or _ambiguous(item.atom)):
                return item
            found = explosive(item.atom, followed=behind)
            if found is not None:
                return found
    return None


def _optional(item: Item) -> bool:
    if item.atom == "$":
        return False
    if isinstance(item.atom, Group):
        empty = any(all(map(_optional, branch)) for branch in item.atom.branches)
        return item.least == 0 or (item.atom.kind not in ("=", "!", "<=", "<!") and empty)
    return item.least == 0 or item.atom in _ASSERTIONS


def _endless(group: Group) -> bool:
    """A branch that is one endless item, and otherwise only what may be absent."""
    for branch in group.branches:
        needed = [item for item in branch if not _optional(item) or item.atom in _ASSERTIONS]
        if any(map(_again, branch if not needed else needed if len(needed) == 1 else ())):
            return True
    return False


def _again(item: Item) -> bool:
    return _endless(item.atom) if isinstance(item.atom, Group) else item.most is None


def _ambiguous(group: Group) -> bool:
    singles = [branch[0] for branch in group.branches if len(branch) == 1 and branch[0].least == 1]
    atoms = [one.atom for one in singles if isinstance(one.atom, str) and one.atom not in _ASSERTIONS]
    if len(atoms) < 2:
        return False
    taken: set[str] = set()
    for atom in atoms:
        chars = _characters(atom)
        if chars & taken:
            return True
        taken |= chars
    return False


@lru_cache(maxsize=512)
def _characters(atom: str) -> frozenset[str]:
    """Which of some sample characters an atom matches."""
    if len(atom) == 1 and atom != ".":
        return frozenset(atom)
    try:
        compiled = re.compile(atom)
    except (re.error, OverflowError):
        return frozenset()
    return frozenset(one for one in _SAMPLES if compiled.fullmatch(one))
