"""The syntax of patterns in XML Schema (Part 2, appendix F): to a tree of pieces and classes of characters."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple, Union

_LONGEST: Final = 1_000
_DEEPEST: Final = 30
_MOST: Final = 2_000
_QUANTITY: Final = re.compile(r"\{(\d{1,6})(,(\d{1,6})?)?\}")
_SIMPLE: Final = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL: Final = frozenset("\\|.?*+(){}-[]^$,/:;=!\"'#%&@_~` <>")
_CATEGORY: Final = re.compile(r"\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)\}")
# What may begin a name, and what may go on in one, nearly as XML 1.0 says it in ranges.
_INITIAL: Final = ("L", "Nl")
_NAME: Final = ("L", "Nl", "Nd", "Mn", "Mc")
_SPACES: Final = ((9, 10), (13, 13), (32, 32))


class UnsupportedError(ValueError):
    """A pattern that is wrong, or of which nothing can be said here."""


class Characters(NamedTuple):
    """A class of characters: in one of the ranges or the general categories, or in neither; `without` some others."""

    ranges: tuple[tuple[int, int], ...] = ()
    named: tuple[str, ...] = ()
    negated: bool = False
    without: "Characters | None" = None
    inner: tuple["Characters", ...] = ()


class Piece(NamedTuple):
    """A `sequence` or `choice` of parts, or one part `times` over; no upper bound is None."""

    kind: str
    parts: "tuple[Node, ...]" = ()
    low: int = 1
    high: int | None = 1


Node = Union[Characters, Piece]  # noqa: UP007  the two refer to each other

_ESCAPES: Final = {
    "s": Characters(_SPACES),
    "d": Characters((), ("Nd",)),
    "w": Characters((), ("P", "Z", "C"), negated=True),
    "i": Characters(((58, 58), (95, 95)), _INITIAL),
    "c": Characters(((45, 46), (58, 58), (95, 95), (0xB7, 0xB7)), _NAME),
}
_ANY: Final = Characters(((10, 10), (13, 13)), negated=True)


def holds(one: Characters, character: str) -> bool:
    """Whether a class has a character."""
    point = ord(character)
    found = any(low <= point <= high for low, high in one.ranges)
    found = found or (bool(one.named) and unicodedata.category(character).startswith(one.named))
    found = found or any(holds(part, character) for part in one.inner)
    return found != one.negated and not (one.without is not None and holds(one.without, character))


def characters(node: Node) -> Iterator[Characters]:
    """All classes of characters in a tree."""
    waiting: list[Node] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Characters):
            yield one
        else:
            waiting.extend(one.parts)


def parse(pattern: str) -> Node:
    """The tree of a pattern. Raises UnsupportedError for a wrong one, one too long or too deep, or not known."""
    if len(pattern) > _LONGEST:
        raise UnsupportedError
    try:
        node, place = _choice(pattern, 0, 0)
    except IndexError:
        raise UnsupportedError from None
    if place < len(pattern):
        raise UnsupportedError
    return node


def _choice(text: str, place: int, depth: int) -> tuple[Node, int]:
    if depth > _DEEPEST:
        raise UnsupportedError
    branches: list[Node] = []
    while True:
        branch, place = _branch(text, place, depth)
        branches.append(branch)
        if place >= len(text) or text[place] != "|":
            return (branches[0] if len(branches) == 1 else Piece("choice", tuple(branches))), place
        place += 1


def _branch(text: str, place: int, depth: int) -> tuple[Node, int]:
    pieces: list[Node] = []
    while place < len(text) and text[place] not in "|)":
        atom, place = _atom(text, place, depth)
        piece, place = _quantified(atom, text, place)
        pieces.append(piece)
    return Piece("sequence", tuple(pieces)), place


def _quantified(atom: Node, text: str, place: int) -> tuple[Node, int]:
    if place >= len(text) or text[place] not in "?*+{":
        return atom, place
    if text[place] in _SIMPLE:
        low, high = _SIMPLE[text[place]]
        return Piece("times", (atom,), low, high), place + 1
    found = _QUANTITY.match(text, place)
    if found is None:
        raise UnsupportedError
    least = int(found[1])
    most = least if found[2] is None else int(found[3]) if found[3] else None
    if (most is not None and most < least) or max(least, most or 0) > _MOST:
        raise UnsupportedError
    return Piece("times", (atom,), least, most), found.end()


def _atom(text: str, place: int, depth: int) -> tuple[Node, int]:
    sign = text[place]
    if sign == "(":
        node, place = _choice(text, place + 1, depth + 1)
        if text[place] != ")":
            raise UnsupportedError
        return node, place + 1
    if sign == "[":
        return _group(text, place + 1, depth)
    if sign == "\\":
        return _escape(text, place + 1)
    if sign in "?*+{}]":
        raise UnsupportedError
    return (_ANY if sign == "." else _single(sign)), place + 1


def _single(character: str) -> Characters:
    return Characters(((ord(character), ord(character)),))


def _escape(text: str, place: int) -> tuple[Characters, int]:
    """The class that an escape stands for; `place` is behind the backslash."""
    sign = text[place]
    if sign in _CONTROLS or sign in _LITERAL:
        return _single(_CONTROLS.get(sign, sign)), place + 1
    if sign in "pP":
        found = _CATEGORY.match(text, place + 1)
        if found is None:
            raise UnsupportedError  # a block of Unicode, or nothing at all
        return Characters((), (found[1],), negated=sign == "P"), found.end()
    if sign.lower() not in _ESCAPES:
        raise UnsupportedError
    known = _ESCAPES[sign.lower()]
    return known._replace(negated=known.negated != sign.isupper()), place + 1


def _group(text: str, place: int, depth: int) -> tuple[Characters, int]:
    """A class in brackets, behind the opening one; a last `-[…]` takes characters away."""
    if depth > _DEEPEST:
        raise UnsupportedError
    negated = text[place] == "^"
    place += negated
    ranges: list[tuple[int, int]] = []
    inner: list[Characters] = []
    without = None
    while text[place] != "]":
        if text.startswith("-[", place):
            without, place = _group(text, place + 2, depth + 1)
            break
        one, place = _escape(text, place + 1) if text[place] == "\\" else (_single(text[place]), place + 1)
        if _is_single(one) and text[place] == "-" and text[place + 1] not in "[]":
            last, place = _escape(text, place + 2) if text[place + 1] == "\\" else (_single(text[place + 1]), place + 2)
            if not _is_single(last) or last.ranges[0][0] < one.ranges[0][0]:
                raise UnsupportedError
            one = Characters(((one.ranges[0][0], last.ranges[0][0]),))
        if one.named or one.negated:
            inner.append(one)
        else:
            ranges.extend(one.ranges)
    if text[place] != "]" or not (ranges or inner):
        raise UnsupportedError
    found = Characters(tuple(ranges), _named(inner), negated, without, tuple(inner))
    return found, place + 1


def _named(inner: list[Characters]) -> tuple[str, ...]:
    # Classes of an escape that is no negation can be taken in; the others stay whole.
    return tuple(name for one in inner if not one.negated for name in one.named)


def _is_single(one: Characters) -> bool:
    return not one.named and not one.negated and len(one.ranges) == 1 and one.ranges[0][0] == one.ranges[0][1]
