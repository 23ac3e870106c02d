"""Whether all contents of one type are contents of another, by their names (XML Schema Part 1, section 3.8)."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from integrationlint.dialects.languages import (
    MOST_STEPS,
    UNBOUNDED,
    Letter,
    Meeting,
    Pool,
    TooLargeError,
    Walk,
    compare,
    shortest,
)
from integrationlint.diff.xsd_content import Particle, UnknownContentError, content, leaves
from integrationlint.diff.xsd_flat import fits, flat
from integrationlint.diff.xsd_schemas import Name, Schemas, is_any
from integrationlint.diff.xsd_wildcards import CHECKS, Wildcard, representatives
from integrationlint.model.element import Element

# Up to here bounds are counted out; larger ones only keep their order.
_EXACT: Final = 12
_MOST_BELOW: Final = 500
Pairs = dict[tuple[Element, Element], None]


class Content(NamedTuple):
    """The content of a type on one side."""

    schemas: Schemas
    particle: Particle


class Included(NamedTuple):
    """Whether a content includes another, None where it cannot be told, and names that show that it does not.

    `pairs` are declarations that take the same element on both sides, mine first. `work` is what the answer did cost.
    """

    holds: bool | None
    word: tuple[Name, ...] | None = None
    pairs: tuple[tuple[Element, Element], ...] = ()
    work: int = 0


def read(definition: Element, schemas: Schemas) -> Content | None:
    """The content of a type; None where it cannot be said."""
    try:
        return Content(schemas, content(definition, schemas))
    except UnknownContentError:
        return None


def included(mine: Content, yours: Content, work: int = MOST_STEPS) -> Included:
    """Whether every sequence of names that the first content takes is one of the second; `work` is what it may cost."""
    pairs = matched(mine, yours)
    if pairs is not None:
        return Included(holds=True, pairs=pairs)
    plain = _plainly(mine, yours)
    return _walked(mine, yours, work) if plain is None else plain


def missing_word(mine: Content, yours: Content) -> tuple[Name, ...] | None:
    """A shortest sequence of names that the first content takes and the second does not; None where none is found."""
    return None if matched(mine, yours) is not None else _walked(mine, yours, MOST_STEPS).word


def _walked(mine: Content, yours: Content, work: int) -> Included:
    pool = Pool(work=min(MOST_STEPS, work))
    try:
        letters = _Letters((mine, yours))
        walk = compare(pool, letters.built(pool, mine), letters.built(pool, yours))
    except TooLargeError:
        return Included(None, work=MOST_STEPS)
    return _judged(walk, mine, yours)._replace(work=max(MOST_STEPS - pool.work, 0))


def _plainly(mine: Content, yours: Content) -> Included | None:
    """The answer for plain lists of elements; None where more than names and bounds has to be looked at."""
    one, other = flat(mine.particle, mine.schemas), flat(yours.particle, yours.schemas)
    holds = fits(one, other) if one is not None and other is not None else None
    if one is None or other is None or holds is None:
        return None
    whats = ((one.parts[name].what, other.parts[name].what) for name in one.parts if name in other.parts)
    pairs = tuple((what, yours) for what, yours in whats if isinstance(what, Element) and isinstance(yours, Element))
    return Included(holds, pairs=pairs)


def matched(mine: Content, yours: Content) -> tuple[tuple[Element, Element], ...] | None:
    """The elements of two contents that are the same, particle by particle; None for any others."""
    if _outline(mine.particle, mine.schemas) != _outline(yours.particle, yours.schemas):
        return None
    both = zip(leaves(mine.particle), leaves(yours.particle), strict=True)
    whats = ((one.what, other.what) for one, other in both)
    return tuple((one, other) for one, other in whats if isinstance(one, Element) and isinstance(other, Element))


def shortest_word(side: Content, through: Name | None = None) -> tuple[Name, ...] | None:
    """The shortest names that a content takes, or those with one name among them; None where there are none."""
    try:
        pool = Pool()
        word = shortest(pool, _Letters((side,)).built(pool, side), through)
    except TooLargeError:
        return None
    return None if word is None else _names(word)


def _names(word: tuple[object, ...]) -> tuple[Name, ...]:
    return tuple(one for one in word if isinstance(one, tuple))


def _outline(particle: Particle, schemas: Schemas) -> tuple[object, ...]:
    """What two contents share that take the same without more ado."""
    what, bounds = particle.what, (particle.low, particle.high)
    if isinstance(what, Wildcard):
        return (what, *bounds, frozenset(schemas.elements))
    if isinstance(what, Element):
        return (tuple(schemas.taken(what)), *bounds)
    return (what, *bounds, *(_outline(one, schemas) for one in particle.parts))


class _Letters:
    """The names that matter to the contents, and the letters of their particles."""

    __slots__ = ("_bounds", "_free", "_names")

    def __init__(self, sides: tuple[Content, ...]) -> None:
        parts = [(side, leaf.what) for side in sides for leaf in leaves(side.particle)]
        own = (side.schemas.taken(one) for side, one in parts if isinstance(one, Element))
        names: dict[Name, None] = {name: None for found in own for name in found}
        cards = [one for _, one in parts if isinstance(one, Wildcard)]
        free: dict[Name, None] = {}
        if cards:
            names |= dict.fromkeys(sorted(name for card in cards for name in card.refused))
            names |= dict.fromkeys(_globals(sides, names))
            # Of those that nobody declares here, somebody else may declare some.
            free = dict.fromkeys(representatives(cards, [*names, *sides[0].schemas.elements]))
            names |= free
        self._names, self._free = names, free
        large = sorted({bound for side in sides for bound in _bounds(side.particle) if bound > _EXACT})
        self._bounds = {bound: _EXACT + 2 * rank for rank, bound in enumerate(large, 1)}

    def built(self, pool: Pool, side: Content) -> int:
        """The content as an expression over the names."""
        return self._built(pool, side.particle, side.schemas)

    def _built(self, pool: Pool, particle: Particle, schemas: Schemas) -> int:
        what = particle.what
        if isinstance(what, str):
            parts = [self._built(pool, one, schemas) for one in particle.parts]
            if what == "choice":
                inner = pool.choice(*parts)
            else:
                inner = pool.sequence(*parts) if what == "sequence" else pool.mixture(*parts)
        elif isinstance(what, Element):
            inner = pool.letter(Letter(what, tuple(schemas.taken(what))))
        else:
            known = (one for one in self._names if what.takes(one))
            declared = (self._free, schemas.elements)
            fitting = tuple(one for one in known if what.check != "strict" or any(one in names for names in declared))
            inner = pool.letter(Letter(what, fitting, weak=True))
        high = UNBOUNDED if particle.high is None else self._bounds.get(particle.high, particle.high)
        return pool.times(inner, self._bounds.get(particle.low, particle.low), high)


def _bounds(particle: Particle) -> Iterator[int]:
    waiting = [particle]
    while waiting:
        one = waiting.pop()
        yield one.low
        yield one.high or 0
        waiting.extend(one.parts)


def _globals(sides: tuple[Content, ...], known: Mapping[Name, object]) -> list[Name]:
    """Of the global elements that no particle names, one of each namespace for each set of sides that declare it."""
    found: dict[tuple[object, ...], Name] = {}
    for name in sorted({name for side in sides for name in side.schemas.elements}):
        if name not in known:
            found.setdefault((name[0], *(name in side.schemas.elements for side in sides)), name)
    return list(found.values())


def _judged(walk: Walk, mine: Content, yours: Content) -> Included:
    pairs: Pairs = {}
    holds: bool | None = walk.missing is None
    word = walk.missing
    for meeting, through in walk.meetings.items():
        fits = _meet(meeting, mine, yours, pairs)
        if fits is False and word is None:
            word = through
        holds = False if False in (holds, fits) else None if None in (holds, fits) else True
    unclear = (one.what for side in (mine, yours) for one in leaves(side.particle))
    if any(isinstance(one, Wildcard) and one.unclear for one in unclear):
        holds = None
    return Included(holds, None if word is None else _names(word), tuple(pairs))


def _meet(meeting: Meeting, mine: Content, yours: Content, pairs: Pairs) -> bool | None:
    """Whether what my letter takes under a name is taken by yours, as far as declarations are not to be compared."""
    name = meeting.symbol
    one, other = (_declared(letter, name, side) for letter, side in ((meeting.mine, mine), (meeting.yours, yours)))
    if isinstance(one, Element):
        if isinstance(other, Element):
            pairs[one, other] = None
        elif other.check != "skip":
            pairs.update(dict.fromkeys(_met_below(one, mine.schemas, yours.schemas)))
        return True
    if isinstance(other, Wildcard):
        return CHECKS.index(one.check) <= CHECKS.index(other.check)
    if is_any(yours.schemas.definition(other)):
        return True
    # A new declaration of what an open wildcard took unseen: nobody knows whether it was ever sent.
    return None if isinstance(meeting.yours.mark, Wildcard) and one.check == "lax" else False


def _declared(letter: Letter, name: object, side: Content) -> Element | Wildcard:
    """The declaration that an element of that name is valid by, or the wildcard that takes it unseen."""
    what = letter.mark
    if isinstance(what, Element) and isinstance(name, tuple):
        return side.schemas.taken(what).get(name, what)
    if isinstance(what, Wildcard) and isinstance(name, tuple):
        found = side.schemas.elements.get(name) if what.check != "skip" else None
        return what if found is None else found
    raise TypeError(f"no particle: {letter}")


def _met_below(one: Element, mine: Schemas, yours: Schemas) -> Iterator[tuple[Element, Element]]:
    """What is declared below an element and meets global declarations where it is checked loosely."""
    waiting = [one]
    seen = {id(one)}
    for element in waiting:
        side = read(mine.definition(element), mine)
        for leaf in leaves(side.particle) if side is not None else ():
            if isinstance(leaf.what, Element) and id(leaf.what) not in seen and len(waiting) < _MOST_BELOW:
                seen.add(id(leaf.what))
                waiting.append(leaf.what)
                found = yours.elements.get(mine.name(leaf.what))
                if found is not None:
                    yield leaf.what, found
