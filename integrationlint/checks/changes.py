"""What a difference between two snapshots is."""

from collections.abc import Iterator

from integrationlint.model.change import Change
from integrationlint.model.rule import Problem


def reported(_change: Change) -> Iterator[Problem]:
    """Each selected change is a problem in itself; its facts fill the message."""
    yield Problem()
