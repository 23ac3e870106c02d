"""The state of one comparison: both sides' links, the changes found so far, each once, and what is still to compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from integrationlint.model.change import Change
from integrationlint.model.element import Element
from integrationlint.model.links import Links

Key = tuple[int, int, str, str]
REQUEST: Final = "request"
RESPONSE: Final = "response"
BOTH: Final = "both"
NONE: Final = "none"


@dataclass(slots=True)
class Comparison:
    """Both sides, the changes by what they are about, the pairs of shapes that wait or are done, the shapes reached."""

    base: Links
    head: Links
    changes: dict[Key, Change] = field(default_factory=dict)
    pending: list[tuple[Element, Element, str]] = field(default_factory=list)
    seen: set[tuple[int, int, str]] = field(default_factory=set)
    reached: set[int] = field(default_factory=set)

    def compare(self, before: Element, after: Element, direction: str) -> None:
        """Put a pair of shapes on the list, once for each direction."""
        key = (id(before), id(after), direction)
        if key not in self.seen:
            self.seen.add(key)
            self.pending.append((before, after, direction))

    def report(self, change: Change) -> None:
        """Keep a change; one that was found before in another direction becomes one of both directions."""
        key = (id(change.before), id(change.after), change.action, change.fact)
        known = self.changes.get(key)
        if known is None:
            self.changes[key] = change
        elif known.direction != change.direction:
            self.changes[key] = replace(known, direction=joined(known.direction, change.direction))


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
    effect: tuple[bool | None, bool | None],
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
