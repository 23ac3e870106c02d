"""A published standard as clauses: what it asks, and how far a program can tell whether it is followed."""

from dataclasses import dataclass
from enum import StrEnum


class Assessment(StrEnum):
    """Who can tell whether a clause is kept: rules alone, rules over a change, rules in part, or only people."""

    AUTOMATED = "automated"
    CHANGE = "change"
    PARTLY = "partly"
    ATTESTED = "attested"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its published id, how binding it is (`must`, `should`, `may`), and what it asks in our words.

    `chapter` is where it stands in the standard; empty where that has no chapters.
    """

    id: str
    level: str
    assessment: Assessment
    title: str
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard in one edition. `name` is what rules call it in their `refs`."""

    name: str
    title: str
    version: str
    url: str
    clauses: tuple[Clause, ...]
