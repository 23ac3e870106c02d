"""Which of several alternatives an author meant, so that one sentence says what is wrong with it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

# How far off an alternative is: it is a reference, of another type, of another kind by the words that tell kinds apart.
_NO_REFERENCE: Final = 1_000
_OTHER_TYPE: Final = {"type": 100, "enum": 50, "const": 50}
_INCOMPLETE: Final = 5
_OTHER_KIND: Final = {"type": 20, "in": 20, "flow": 10, "scheme": 10}
_DEEPEST: Final = 6


def leaves(errors: Sequence[Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The errors that say something, alternatives replaced by what is wrong in the closest of them.

    With each come its like in other alternatives that are as close: a value that none of them lists, names of which
    one is needed, types of which one will do.
    """
    stack = list(reversed(errors))
    while stack:
        error = stack.pop()
        closest = _closest(error)
        like = _alike(closest)
        if like:
            yield like[0], tuple(like[1:])
        elif closest:
            stack.extend(reversed(closest[0]))
        else:
            yield error, ()


def _branches(error: Any) -> list[list[Any]]:
    return [list(one) for one in getattr(error.kind, "context", None) or () if one]


def _closest(error: Any) -> list[list[Any]]:
    """The branches that are the least off, those with the fewest errors first."""
    branches, place = _branches(error), len(error.instance_path)
    kinds = [sum(_other_kind(one, place) for one in branch) for branch in branches]
    likely = [one for one, kind in zip(branches, kinds, strict=True) if kind == min(kinds)]
    like = _alike(likely)
    if like and _other_kind(like[0], place):
        return likely
    scores = [_score(one, place, 0) for one in branches]
    best = min(scores, default=0)
    return sorted((one for one, score in zip(branches, scores, strict=True) if score == best), key=len)


def _other_kind(error: Any, place: int) -> int:
    """How much a word speaks against the kind that a branch is of."""
    path = error.instance_path
    if error.kind.name in ("enum", "const", "pattern") and len(path) == place + 1:
        return _OTHER_KIND.get(str(path[-1]), 0)
    return 0


def _score(errors: list[Any], place: int, depth: int) -> int:
    """How far off a branch is, by what is wrong at the place itself and at its members."""
    return sum(_weight(one, place, depth) for one in errors)


def _weight(error: Any, place: int, depth: int) -> int:
    kind = error.kind.name
    if len(error.instance_path) == place:
        if kind == "required":
            return _NO_REFERENCE if error.kind.property == "$ref" else _INCOMPLETE
        if kind in _OTHER_TYPE:
            return _OTHER_TYPE[kind]
        branches = _branches(error) if depth < _DEEPEST else []
        return min((_score(one, place, depth + 1) for one in branches), default=0)
    return _other_kind(error, place)


def _alike(closest: list[list[Any]]) -> list[Any]:
    """The same sort of error at the same place in each of several branches; nothing where they differ."""
    if len(closest) < 2:
        return []
    for first in closest[0]:
        kind = first.kind.name
        if kind in ("enum", "const", "type") or (kind == "required" and all(len(one) == 1 for one in closest)):
            found = [next((one for one in branch if _same(one, first)), None) for branch in closest]
            if all(one is not None for one in found):
                return found
    return []


def _same(one: Any, other: Any) -> bool:
    kinds = {one.kind.name, other.kind.name}
    return one.instance_path == other.instance_path and (len(kinds) == 1 or kinds == {"enum", "const"})
