"""The state of one comparison: both sides' links, the changes found so far, each once, and what is still to compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from integrationlint.diff.sets import SAME, UNKNOWN, Effect
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


@dataclass(slots=True)
class Comparison:
    """Both sides, the changes by what they are about, the pairs of shapes that wait or are done, the types reached.

    `sense` is that of the pair which is compared now, `work` what the comparison may still cost.
    """

    base: Links
    head: Links
    changes: dict[Key, Change] = field(default_factory=dict)
    pending: list[tuple[Element, Element, str, int]] = field(default_factory=list)
    seen: set[tuple[int, int, str, int]] = field(default_factory=set)
    reached: set[int] = field(default_factory=set)
    sense: int = ALIKE
    work: int = MOST_WORK

    def compare(self, before: Element, after: Element, direction: str, sense: int = ALIKE) -> None:
        """Put a pair of shapes on the list, once for each direction; `sense` is that below the pair compared now."""
        sense *= self.sense
        key = (id(before), id(after), direction, sense)
        if key not in self.seen:
            self.seen.add(key)
            self.pending.append((before, after, direction, sense))

    def report(self, change: Change) -> None:
        """Keep a change; found again, it has both directions and the worse effects."""
        if self.sense != ALIKE:
            effect = _seen_from_outside((change.backward, change.forward), self.sense)
            change = replace(change, backward=effect[0], forward=effect[1])
        key = (id(change.before), id(change.after), change.action, change.fact)
        known = self.changes.get(key)
        if known is not None:
            effect = _worse((known.backward, known.forward), (change.backward, change.forward))
            direction = joined(known.direction, change.direction)
            change = replace(known, direction=direction, backward=effect[0], forward=effect[1])
        self.changes[key] = change


def _seen_from_outside(effect: Effect, sense: int) -> Effect:
    if effect == SAME:
        return SAME
    return UNKNOWN if sense == UNCLEAR else (effect[1], effect[0])


def _worse(one: Effect, other: Effect) -> Effect:
    backward, forward = (
        False if False in pair else None if None in pair else True for pair in zip(one, other, strict=True)
    )
    return backward, forward


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
