"""What the tests of the comparison share: two sides from texts, and the changes between them as lines."""

from collections.abc import Callable, Mapping

import pytest

from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.model.change import Change
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load
from integrationlint.workspace.workspace import Workspace

Files = Mapping[str, str] | str
Compared = Callable[..., list[Change]]
Told = Callable[..., list[str]]

_EFFECTS = {
    (True, True): "same",
    (True, False): "wider",
    (False, True): "narrower",
    (False, False): "other",
    (None, None): "unknown",
    (None, True): "narrower?",
    (True, None): "wider?",
}


def opened(files: Files) -> Workspace:
    named = {"a.yaml": files} if isinstance(files, str) else files
    snapshot = Memory({path: text.encode() for path, text in named.items()})
    return Workspace(snapshot, load(snapshot, named))


@pytest.fixture(scope="session")
def open_side() -> Callable[[Files], Workspace]:
    """`open_side(files)`: the workspace of one side, from texts by path or the text of `a.yaml`."""
    return opened


@pytest.fixture(scope="session")
def compared() -> Compared:
    """`compared(before, after)`: the changes between two sides."""

    def run(before: Files | Workspace, after: Files | Workspace) -> list[Change]:
        base, head = (side if isinstance(side, Workspace) else opened(side) for side in (before, after))
        pairs = paired(*({path: one.root for path, one in side.loaded.items()} for side in (base, head)))
        return list(compare(base, head, pairs, []))

    return run


@pytest.fixture(scope="session")
def told(compared: Compared) -> Told:
    """`told(before, after)`: a line for each change, `ADDRESS FACT|added|removed DIRECTION EFFECT`."""

    def run(before: Files, after: Files) -> list[str]:
        return [line(change) for change in compared(before, after)]

    return run


def line(change: Change) -> str:
    where = change.address.partition("#")[2]
    return f"{where} {change.fact or change.action} {change.direction} {_EFFECTS[change.backward, change.forward]}"
