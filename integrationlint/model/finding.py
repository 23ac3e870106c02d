"""A finding: a problem of a rule, placed, weighed, and never dropped: only its status changes."""

from dataclasses import dataclass
from enum import StrEnum

from integrationlint.model.fix import Fix
from integrationlint.model.location import Location
from integrationlint.model.rule import Related, Severity


class Status(StrEnum):
    """`open` counts; `suppressed` has a written exception; `known` is in the baseline."""

    OPEN = "open"
    SUPPRESSED = "suppressed"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A written exception: inline (`location` is the comment) or central (an entry of the configuration).

    `at` is an address, an address pattern or a fingerprint; `expires` an ISO date.
    """

    rule: str
    at: str
    reason: str
    location: Location
    owner: str = ""
    ticket: str = ""
    expires: str = ""
    inline: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Finding:
    """One finding. Nobody changes it once it is settled; to make a frozen one takes four times as long.

    `fingerprint` survives line moves: rule, address and pointer, never text or lines.

    `excerpt` is the source line of its start, for people; empty where there is none. `fix` is there where the problem
    can be fixed without a person.
    """

    rule: str
    severity: Severity
    message: str
    address: str
    location: Location
    fingerprint: str = ""
    related: tuple[Related, ...] = ()
    status: Status = Status.OPEN
    suppression: Suppression | None = None
    excerpt: str = ""
    base: Location | None = None
    fix: Fix | None = None
