"""Languages over a finite alphabet: built from letters, compared by inclusion, asked for their shortest words.

Expressions are numbers in a pool, equal ones have one number. The steps of an expression are its partial derivatives
(Antimirov, Partial derivatives of regular expressions, 1996), so that counters and `all` groups need no expansion.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

UNBOUNDED: Final = -1
NOTHING: Final = 0
END: Final = 1
Symbol = Hashable
Word = tuple[Symbol, ...]
Place = TypeVar("Place", bound=Hashable)
# Far beyond what people write; whoever asks for more is told that it cannot be said.
_MOST_EXPRESSIONS: Final = 40_000
MOST_STEPS: Final = 400_000


class TooLargeError(Exception):
    """The answer would cost more work than is allowed."""


class Letter(NamedTuple):
    """What takes one symbol of several; a `weak` letter yields to any other that takes the same symbol here."""

    mark: Hashable
    symbols: tuple[Symbol, ...]
    weak: bool = False


class Step(NamedTuple):
    """A letter that may come first, and what remains behind it."""

    letter: Letter
    rest: int


@dataclass(slots=True)
class Pool:
    """Expressions by number; 0 is the empty language, 1 the empty word alone."""

    nodes: list[tuple[object, ...]] = field(default_factory=lambda: [("nothing",), ("end",)])
    empty: list[bool] = field(default_factory=lambda: [False, True])
    known: dict[tuple[object, ...], int] = field(default_factory=dict)
    stepped: dict[int, tuple[Step, ...]] = field(default_factory=dict)
    taken: dict[int, dict[Symbol, list[Step]]] = field(default_factory=dict)
    work: int = MOST_STEPS

    def letter(self, letter: Letter) -> int:
        """One symbol; a letter that takes none is the empty language."""
        return self._made(("letter", letter), empty=False) if letter.symbols else NOTHING

    def sequence(self, *parts: int) -> int:
        """All parts, in this order."""
        if NOTHING in parts:
            return NOTHING
        *before, found = parts or (END,)
        for part in reversed(before):
            for one in reversed(self._in_a_row(part)):
                found = one if found == END else found if one == END else self._joined(one, found)
        return found

    def _in_a_row(self, part: int) -> list[int]:
        found = []
        while self.nodes[part][0] == "sequence":
            first, part = self._numbers(part)
            found.append(first)
        return [*found, part]

    def _joined(self, first: int, rest: int) -> int:
        return self._made(("sequence", first, rest), empty=self.empty[first] and self.empty[rest])

    def choice(self, *parts: int) -> int:
        """One of the parts."""
        kept = tuple(sorted({one for one in parts if one != NOTHING}))
        if len(kept) < 2:
            return kept[0] if kept else NOTHING
        return self._made(("choice", *kept), empty=any(self.empty[one] for one in kept))

    def times(self, part: int, low: int, high: int) -> int:
        """The part, at least `low` and at most `high` times."""
        if high == 0 or part == END:
            return END
        if part == NOTHING:
            return END if low == 0 else NOTHING
        low = 0 if self.empty[part] else low
        if (low, high) == (1, 1):
            return part
        return self._made(("times", part, low, high), empty=low == 0)

    def mixture(self, *parts: int) -> int:
        """The words of all parts, one of each, shuffled."""
        kept = tuple(sorted(one for one in parts if one != END))
        if NOTHING in kept:
            return NOTHING
        if len(kept) < 2:
            return kept[0] if kept else END
        return self._made(("mixture", *kept), empty=all(self.empty[one] for one in kept))

    def _made(self, node: tuple[object, ...], *, empty: bool) -> int:
        number = self.known.get(node)
        if number is None:
            if len(self.nodes) >= _MOST_EXPRESSIONS:
                raise TooLargeError
            number = self.known[node] = len(self.nodes)
            self.nodes.append(node)
            self.empty.append(empty)
        return number

    def _numbers(self, number: int) -> tuple[int, ...]:
        return tuple(one for one in self.nodes[number][1:] if isinstance(one, int))

    def steps(self, number: int) -> tuple[Step, ...]:
        """Every letter that may come first, with what remains."""
        found = self.stepped.get(number)
        if found is None:
            found = tuple(dict.fromkeys(self._steps(number)))
            self.work -= 1 + len(found)
            if self.work < 0:
                raise TooLargeError
            self.stepped[number] = found
        return found

    def _steps(self, number: int) -> Iterator[Step]:
        kind, *inner = self.nodes[number]
        if kind == "letter" and isinstance(inner[0], Letter):
            yield Step(inner[0], END)
        elif kind == "sequence":
            yield from self._along(number)
        elif kind == "choice":
            for one in self._numbers(number):
                yield from self.steps(one)
        elif kind == "times":
            part, low, high = self._numbers(number)
            left = self.times(part, max(low - 1, 0), high if high == UNBOUNDED else high - 1)
            for letter, rest in self.steps(part):
                yield Step(letter, self.sequence(rest, left))
        elif kind == "mixture":
            parts = self._numbers(number)
            for place, one in enumerate(parts):
                for letter, rest in self.steps(one):
                    yield Step(letter, self.mixture(*parts[:place], rest, *parts[place + 1 :]))

    def _along(self, number: int) -> Iterator[Step]:
        """The steps of a sequence: those of its first part, and of the next one where that may be empty."""
        while self.nodes[number][0] == "sequence":
            first, behind = self._numbers(number)
            for letter, rest in self.steps(first):
                yield Step(letter, self.sequence(rest, behind))
            if not self.empty[first]:
                return
            number = behind
        yield from self.steps(number)

    def takes(self, number: int) -> dict[Symbol, list[Step]]:
        """The steps by symbol, without weak ones where another letter takes it."""
        found = self.taken.get(number)
        if found is None:
            found = {}
            for step in self.steps(number):
                for symbol in step.letter.symbols:
                    found.setdefault(symbol, []).append(step)
            for symbol, steps in found.items():
                if len(steps) > 1:
                    found[symbol] = [one for one in steps if not one.letter.weak] or steps
            self.work -= sum(map(len, found.values()))
            self.taken[number] = found
        return found


def shortest(pool: Pool, number: int, through: Symbol | None = None) -> Word | None:
    """A shortest word, of several the first in the order of its letters; with `through`, one that has that symbol."""
    start = (number, through is None)
    ways: dict[tuple[int, bool], tuple[tuple[int, bool], Symbol] | None] = {start: None}
    waiting = [start]
    for place in waiting:
        one, passed = place
        if passed and pool.empty[one]:
            return _way(ways, place)
        for symbol, steps in pool.takes(one).items():
            for step in steps:
                after = (step.rest, passed or symbol == through)
                if after not in ways:
                    ways[after] = (place, symbol)
                    waiting.append(after)
    return None


def _way(ways: Mapping[Place, tuple[Place, Symbol] | None], end: Place) -> Word:
    """The symbols on the way to a place, from the start."""
    word: list[Symbol] = []
    came = ways[end]
    while came is not None:
        end, symbol = came
        word.append(symbol)
        came = ways[end]
    return tuple(reversed(word))


class Meeting(NamedTuple):
    """One symbol that a letter of either side takes at the same place."""

    symbol: Symbol
    mine: Letter
    yours: Letter


@dataclass(slots=True)
class Walk:
    """How two languages were compared: a shortest word of the first that the second lacks, and what met on the way.

    Each meeting has a word of the first language that leads through it.
    """

    missing: Word | None = None
    meetings: dict[Meeting, Word] = field(default_factory=dict)


Pair = tuple[int, frozenset[int]]


def compare(pool: Pool, mine: int, yours: int) -> Walk:
    """Whether all words of the first expression are words of the second. May raise TooLargeError."""
    walk = Walk()
    start: Pair = (mine, frozenset([yours]))
    ways: dict[Pair, tuple[Pair, Symbol] | None] = {start: None}
    waiting = [start]
    for pair in waiting:
        one, others = pair
        if walk.missing is None and pool.empty[one] and not any(pool.empty[other] for other in others):
            walk.missing = _way(ways, pair)
        for symbol, steps in pool.takes(one).items():
            answers = [answer for other in sorted(others) for answer in pool.takes(other).get(symbol, ())]
            beyond = frozenset(answer.rest for answer in answers)
            for step in steps:
                if _is_new(walk, pool, symbol, step, answers):
                    _meet(walk, pool, (*_way(ways, pair), symbol), step, answers)
                after = (step.rest, beyond)
                if beyond and after not in ways:
                    ways[after] = (pair, symbol)
                    waiting.append(after)
    return walk


def _is_new(walk: Walk, pool: Pool, symbol: Symbol, step: Step, answers: list[Step]) -> bool:
    """Whether a step shows something that no step before it has shown."""
    pool.work -= 1 + len(answers)
    if pool.work < 0:
        raise TooLargeError
    if not answers:
        return walk.missing is None
    return any(Meeting(symbol, step.letter, one.letter) not in walk.meetings for one in answers)


def _meet(walk: Walk, pool: Pool, way: Word, step: Step, answers: list[Step]) -> None:
    """Keep what meets behind a symbol; that nothing does is a word that is missing."""
    word = (*way, *(shortest(pool, step.rest) or ()))
    if not answers:
        walk.missing = word
    for answer in answers:
        walk.meetings.setdefault(Meeting(way[-1], step.letter, answer.letter), word)
