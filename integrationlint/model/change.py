"""A change: one neutral difference between two snapshots, and what it means to each side."""

from dataclasses import dataclass
from enum import StrEnum

from integrationlint.model.element import Element
from integrationlint.model.location import Location


class Verdict(StrEnum):
    """What a change does to those who rely on the old contract."""

    BREAKING = "breaking"
    RISKY = "risky"
    UNKNOWN = "unknown"
    SAFE = "safe"
    NONE = "none"

    @property
    def rank(self) -> int:
        """From 4 for breaking down to 0 for none; the worst of several has the highest."""
        return ("none", "safe", "unknown", "risky", "breaking").index(self.value)


class Harm(StrEnum):
    """What a change does to one dependent."""

    BREAKS = "breaks"
    AT_RISK = "at-risk"
    UNAFFECTED = "unaffected"


@dataclass(frozen=True, slots=True)
class Dependent:
    """One element that a change reaches, and the path that explains it, from the change outwards."""

    address: str
    kind: str
    name: str
    verdict: Harm
    via: tuple[str, ...]
    location: Location | None = None
    owner: str = ""
    criticality: str = ""
    tier: str = "declared"
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Witness:
    """An example message that proves a break: valid on one side, refused by the other.

    `text` is the message as it would be sent, `syntax` is `xml` or `json`. `valid` names the side whose contract it
    fits, `base` or `head`; `refused` is what a validator of the other side says of it, in one line, and `line` the line
    of the text (from 1) that it says so of, 0 where that is not known.
    """

    text: str
    syntax: str
    valid: str
    refused: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A difference of one fact of one element; neutral until a rule judges it.

    action: `added`, `removed`, `changed`, `renamed`. `fact` is empty when the element itself came or went.
    direction: `request` (what the contract's owner receives), `response` (what it sends), `both`, or `none` for what
    is not part of a message. `backward`: old messages stay valid for the new reader; `forward`: new messages stay
    valid for the old reader; None where that cannot be decided.
    `facts` holds what rules may ask about (`kind`, `required`, `deprecated`, …), beside the fields above.
    """

    action: str
    kind: str
    fact: str
    before: Element | None
    after: Element | None
    old: object = None
    new: object = None
    direction: str = "both"
    backward: bool | None = True
    forward: bool | None = True
    facts: "dict[str, object] | None" = None
    witness: Witness | None = None

    @property
    def element(self) -> Element:
        """The side that is still there, else the one that is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has at least one side")
        return found

    @property
    def address(self) -> str:
        """Where it happened, in the head when it is still there."""
        return self.element.address
