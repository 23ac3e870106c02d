"""What a difference between two snapshots is."""

from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.checks.dates import day, later
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


def exempt(change: Change) -> Iterator[Problem]:
    """What the policy leaves alone, told as by `told`; a rule with this check goes before all others."""
    yield from told(change)


def position(change: Change, *, harmful: bool) -> Iterator[Problem]:
    """What oasdiff makes of a position of `prefixItems`: one more that may be there, as if others were refused."""
    is_harm = (change.direction == "request") is (change.action == "removed")
    if is_harm is harmful:
        yield Problem()


def removed_early(change: Change, *, today: str = "") -> Iterator[Problem]:
    """What was deprecated is gone before the day that was announced, or that day cannot be read."""
    said = (change.facts or {}).get("sunset")
    if said is None:
        return
    end = day(said)
    if not end:
        yield Problem({"problem": f"its sunset '{said}' is no date"})
    elif today and today < end:
        yield Problem({"problem": f"its sunset is {end}"})


def notice(change: Change, *, today: str = "", days: int = 0, beta_days: int = 0) -> Iterator[Problem]:
    """What becomes deprecated says until when it stays: a date, at least `days` from now (`beta_days` below stable).

    Without a number of days a date may be left out, but not be unreadable.
    """
    facts = change.facts or {}
    said, least = facts.get("sunset"), beta_days if facts.get("stability") == "beta" else days
    if not change.new or facts.get("stability") in _UNSTABLE:
        return
    if said is None:
        if least:
            yield Problem({"problem": f"no sunset is stated; the policy asks for {least} days"})
        return
    end = day(said)
    if not end:
        yield Problem({"problem": f"its sunset '{said}' is no date"})
    elif today and end < later(today, least):
        yield Problem({"problem": f"its sunset {end} leaves fewer than {least} days" if least else f"{end} is past"})


_UNSTABLE: Final = ("draft", "alpha")


def sunset_kept(
    change: Change, *, today: str = "", days: int | None = None, beta_days: int | None = None
) -> Iterator[Problem]:
    """The announced day stays: it is not taken back, made unreadable, or moved to an earlier one.

    With `days` (`beta_days` below stable) an earlier day is fine that is at least so many days away.
    """
    facts = change.facts or {}
    if not facts.get("deprecated") or change.old is None:
        return
    least = beta_days if facts.get("stability") == "beta" else days
    before, after = day(change.old), day(change.new) if change.new is not None else ""
    if change.new is None:
        yield Problem({"problem": "was taken back"})
    elif not before or not after:
        yield Problem({"problem": f"'{change.new if before else change.old}' is no date"})
    elif after < before and (least is None or (today and after < later(today, least))):
        yield Problem({"problem": f"went from {before} to {after}"})


def stability_kept(change: Change) -> Iterator[Problem]:
    """No level of stability falls, and each is one of draft, alpha, beta and stable, which is what none means."""
    old, new = (str(one) if one else "stable" for one in (change.old, change.new))
    unknown = next((one for one in (new, old) if one not in _LEVELS), None)
    if unknown is not None:
        yield Problem({"problem": f"'{unknown}' is none of {', '.join(_LEVELS)}"})
    elif _LEVELS.index(new) < _LEVELS.index(old):
        yield Problem({"problem": f"it fell from {old} to {new}"})


_LEVELS: Final = ("draft", "alpha", "beta", "stable")
