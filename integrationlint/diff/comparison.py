"""The state of one comparison: both sides' links, the changes found so far, each once, and what is still to compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from integrationlint.diff.lifecycle import rank, sunset
from integrationlint.diff.sets import SAME, UNKNOWN, Effect
from integrationlint.diff.xsd_schemas import Schemas
from integrationlint.model.change import Change
from integrationlint.model.element import Element
from integrationlint.model.links import Links

Key = tuple[int, int, str, str]
REQUEST: Final = "request"
RESPONSE: Final = "response"
BOTH: Final = "both"
NONE: Final = "none"

# What a wider shape means to the message around it: as much, the opposite (`not`), or something else (`if`).
ALIKE: Final = 1
CONTRARY: Final = -1
UNCLEAR: Final = 0


# In parts and fields looked at: far beyond the largest contracts we know, and a matter of seconds.
MOST_WORK: Final = 3_000_000


# Parts of an exchange in which values are written as text, so that every number is a text as well.
WRITTEN: Final = ("parameter", "required parameter", "header", "text")


class Around(NamedTuple):
    """What a shape is in, and how stable that is.

    part: `body`, `text` (a body in which values are text), `header`, `parameter`, `required parameter` (where a default
    means nothing), `content of a parameter`, or empty.
    """

    part: str = ""
    stability: str = ""


NOWHERE: Final = Around()
Same = tuple[Element, ...]
NO_MORE: Final[tuple[Same, Same]] = ((), ())


class Waiting(NamedTuple):
    """A pair of shapes that is to be compared; `also` are the further declarations of each side."""

    before: Element
    after: Element
    direction: str
    sense: int
    around: Around
    also: tuple[Same, Same]


@dataclass(slots=True)
class Comparison:
    """Both sides, the changes by what they are about, the pairs of shapes that wait or are done, the types reached.

    `sense` and `around` are those of the pair which is compared now, `work` what the comparison may still cost.
    """

    base: Links
    head: Links
    changes: dict[Key, Change] = field(default_factory=dict)
    pending: list[Waiting] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    reached: set[int] = field(default_factory=set)
    sense: int = ALIKE
    around: Around = NOWHERE
    work: int = MOST_WORK
    known: list[Schemas] = field(default_factory=list)

    @property
    def schemas(self) -> tuple[Schemas, Schemas]:
        """The XML Schemas of both sides, made when first asked for."""
        if not self.known:
            self.known += (Schemas(self.base), Schemas(self.head))
        return self.known[0], self.known[1]

    def compare(
        self, before: Element, after: Element, direction: str, sense: int = ALIKE, also: tuple[Same, Same] = NO_MORE
    ) -> None:
        """Put a pair of shapes on the list, once for each direction; `sense` is that below the pair compared now.

        `also` are the further declarations of each side, which must hold as well.
        """
        sense *= self.sense
        key: tuple[object, ...] = (id(before), id(after), direction, sense, self.around)
        if also is not NO_MORE:
            key += tuple(tuple(map(id, side)) for side in also)
        if key not in self.seen:
            self.seen.add(key)
            self.pending.append(Waiting(before, after, direction, sense, self.around, also))

    def report(self, change: Change) -> None:
        """Keep a change; found again, it has both directions and the worse effects."""
        if self.sense != ALIKE:
            effect = _seen_from_outside((change.backward, change.forward), self.sense)
            change = replace(change, backward=effect[0], forward=effect[1])
        facts = {**(change.facts or {})}
        if self.around != NOWHERE:
            facts |= self.around._asdict()
            change = replace(change, facts=facts)
        key = (id(change.before), id(change.after), change.action, change.fact)
        known = self.changes.get(key)
        if known is not None:
            effect = worse((known.backward, known.forward), (change.backward, change.forward))
            direction = joined(known.direction, change.direction)
            facts = _both_around(known.facts or {}, facts)
            change = replace(known, direction=direction, backward=effect[0], forward=effect[1], facts=facts)
        self.changes[key] = change


def _seen_from_outside(effect: Effect, sense: int) -> Effect:
    if effect == SAME:
        return SAME
    return UNKNOWN if sense == UNCLEAR else (effect[1], effect[0])


def worse(one: Effect, other: Effect) -> Effect:
    """What two effects together are: what either breaks is broken, what either leaves open is open."""
    backward, forward = (
        False if False in pair else None if None in pair else True for pair in zip(one, other, strict=True)
    )
    return backward, forward


def _both_around(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a change that is found in two places: in both parts, and as stable as the more stable one."""
    if "part" not in one and "part" not in other:
        return {**one}
    parts = tuple(sorted({*_listed(one.get("part")), *_listed(other.get("part"))}))
    stability = max(one.get("stability", ""), other.get("stability", ""), key=rank)
    return {**one, "part": parts if len(parts) > 1 else parts[0], "stability": stability}


def _listed(part: Any) -> tuple[str, ...]:
    return part if isinstance(part, tuple) else (part or "",)


def joined(one: str, other: str) -> str:
    """The direction of a change that is found in two."""
    if NONE in (one, other):
        return other if one == NONE else one
    return one if one == other else BOTH


def made(
    action: str,
    before: Element | None,
    after: Element | None,
    direction: str,
    effect: Effect,
    *,
    fact: str = "",
    old: object = None,
    new: object = None,
    facts: Mapping[str, Any] | None = None,
) -> Change:
    """A change, with what rules may ask of it: the facts of its element that matter, and those given."""
    element = after or before
    if element is None:
        raise ValueError("a change has at least one side")
    known: dict[str, Any] = {
        name: element.facts[name] for name in ("deprecated", "in", "status") if name in element.facts
    }
    if "extensions" in element.facts:
        known["sunset"] = sunset(element)
    known |= dict(facts or {})
    return Change(
        action=action,
        kind=element.kind,
        fact=fact,
        before=before,
        after=after,
        old=old,
        new=new,
        direction=direction,
        backward=effect[0],
        forward=effect[1],
        facts=known,
    )
