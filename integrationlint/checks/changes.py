"""What a difference between two snapshots is."""

from collections.abc import Iterator

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


def _spelled(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
