"""What a difference between two snapshots is."""

from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.model.change import Change
from integrationlint.model.rule import Problem


def reported(_change: Change) -> Iterator[Problem]:
    """Each selected change is a problem in itself; its facts fill the message."""
    yield Problem()


def told(change: Change) -> Iterator[Problem]:
    """Like `reported`, with the word `told`: which fact changed from what to what, or that the element came or went."""
    if not change.fact:
        yield Problem({"told": f": it was {change.action}"})
        return
    old, new = ("not set" if value is None else value for value in (change.old, change.new))
    yield Problem({"told": f": {change.fact} went from {_spelled(old)} to {_spelled(new)}"})


Bump = Literal["major", "minor", "patch", "none"]
# Where a document states its version.
_VERSIONS: Final = {"api": "/info/version", "schema-document": "/schema[1]/@version"}
_RANKS: Final = {"major": 3, "minor": 2, "patch": 1, "none": 0}


def bump_fits(
    change: Change, *, breaking: Bump = "major", risky: Bump = "minor", safe: Bump = "patch", initial: Bump = "minor"
) -> Iterator[Problem]:
    """The version rose by as much as the worst change asks for (SemVer 2.0.0 items 6 to 8), and never fell.

    `initial` is what a break needs while the version is below 1 (item 4). Versions of another form only have to differ.
    """
    facts = change.facts or {}
    worst, bump = str(facts.get("worst")), str(facts.get("bump"))
    needed = {"breaking": initial if facts.get("initial") else breaking, "risky": risky, "unknown": risky, "safe": safe}
    need = needed.get(worst, "none")
    if bump == "lower" or (bump != "other" and _RANKS[bump] < _RANKS[need]):
        yield Problem({"worst": worst, "need": need}, at=_VERSIONS.get(change.kind))


def _spelled(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
