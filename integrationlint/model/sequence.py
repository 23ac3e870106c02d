"""What a flow does, one thing after the other, and with whom: a sequence diagram as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part. `key` tells parties apart; kind: flow, api, system, queue or caller."""

    key: str
    name: str
    kind: str = "system"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the diagram, seen from the flow.

    kind: `call` and `send` go to `party`, `asked` and `receive` come from it, the first of each waiting for an answer;
    `own` is what the flow does by itself, `note` says more of what came before; `loop`, `opt`, `alt` with its `else`,
    and `par` with its `and` go on until their `end`.
    """

    kind: str
    text: str = ""
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """The events of one flow, in order."""

    flow: Party
    events: tuple[Event, ...]
