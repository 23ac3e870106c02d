"""What the tests of the workspace share: a snapshot from texts, and its resolved uses as lines."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load
from integrationlint.workspace.workspace import Workspace

OpenFiles = Callable[..., Workspace]
EdgesOf = Callable[[Workspace], list[str]]


@pytest.fixture
def open_files() -> OpenFiles:
    """`open_files({path: text}, paths=None)`: the workspace of the files at `paths`, all of them by default."""

    def opened(files: Mapping[str, str], paths: Iterable[str] | None = None) -> Workspace:
        snapshot = Memory({path: text.encode() for path, text in files.items()})
        return Workspace(snapshot, load(snapshot, files if paths is None else paths))

    return opened


@pytest.fixture
def edges_of() -> EdgesOf:
    """`edges_of(workspace)`: `SOURCE role TARGET` for every resolved use, ` +N` for steps that lead nowhere, sorted.

    A use that nothing answers to has `?KEY` for its target.
    """

    def told(workspace: Workspace) -> list[str]:
        lines = []
        for root in workspace.roots():
            for element in root.walk():
                for use in element.uses:
                    found = workspace.resolve(element, use)
                    lines += [
                        f"{element.address} {use.role} {edge.target.address}"
                        + (f" +{edge.missing}" * bool(edge.missing))
                        for edge in found
                    ] or [f"{element.address} {use.role} ?{use.key}"]
        return sorted(lines)

    return told
