"""Which findings can be fixed without a person: the places of their edits, and who else refers to what they remove."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final
from urllib.parse import unquote

from integrationlint.model.document import Document
from integrationlint.model.finding import Finding
from integrationlint.model.fix import Fix, Repair
from integrationlint.model.location import Position, parent
from integrationlint.parse.edits import placed
from integrationlint.parse.text import Lines
from integrationlint.workspace.workspace import Workspace

# A reference as any notation writes it: the file, which is empty for the same one, and the JSON Pointer.
_REFERENCE: Final = re.compile(r"""([^\s"'<>,(){}\[\]#]*+)#(/[^\s"'<>,]++)""")


def fixable(findings: Iterable[Finding], workspace: Workspace) -> tuple[Finding, ...]:
    """The findings with the edits that fix them, and without a fix where it would take more than the problem away."""
    known = tuple(findings)
    if all(one.fix is None for one in known):
        return known
    references = _References(workspace)
    found: list[Finding] = []
    for path, several in groupby(known, key=lambda one: one.location.path):
        loaded = workspace.loaded.get(path)
        found += _of_file(list(several), loaded.document if loaded is not None else None, references)
    return tuple(found)


def _of_file(findings: list[Finding], document: Document | None, references: "_References") -> Iterator[Finding]:
    asked = [(one.fix, one.location.span) for one in findings if one.fix is not None]
    fixes = placed(document, asked) if document is not None else iter([None] * len(asked))
    for one in findings:
        if one.fix is None:
            yield one
            continue
        fix = next(fixes)
        good = fix is not None and document is not None and not references.reach(document, fix)
        yield replace(one, fix=fix if good else None)


@dataclass(slots=True)
class _References:
    """What the texts of a workspace refer to by pointer, read when first asked for."""

    workspace: Workspace
    _own: dict[str, list[tuple[str, Position]]] = field(default_factory=dict)
    _across: set[str] | None = None

    def reach(self, document: Document, fix: Fix) -> bool:
        """Whether something outside of what a fix takes away refers to it, or to something it moves."""
        moved = [place for one in fix.repairs for place in _moved(document, one)]
        return bool(moved) and any(
            target == place or target.startswith(f"{place}/")
            for target in self._targets(document, fix)
            for place in moved
        )

    def _targets(self, document: Document, fix: Fix) -> Iterator[str]:
        yield from self._from_elsewhere()
        if document.path not in self._own:
            lines = Lines(document.text)
            self._own[document.path] = [(at, lines.position(start)) for at, start in _local(document.text)]
        for target, position in self._own[document.path]:
            if not any(start <= position < end for (start, end), _ in fix.edits):
                yield target

    def _from_elsewhere(self) -> set[str]:
        if self._across is None:
            self._across = {
                unquote(found[2])
                for one in self.workspace.loaded.values()
                if "#/" in one.document.text
                for found in _REFERENCE.finditer(one.document.text)
                if found[1]
            }
        return self._across


def _local(text: str) -> Iterator[tuple[str, int]]:
    return ((unquote(found[2]), found.start()) for found in _REFERENCE.finditer(text) if not found[1])


def _moved(document: Document, repair: Repair) -> list[str]:
    """The pointers that mean something else after a repair: what goes, and in a list all that is behind it."""
    if repair.action not in ("remove", "rename") or document.syntax not in ("yaml", "json"):
        return []
    holder = document.at(parent(repair.pointer))
    if not isinstance(holder, list):
        return [repair.pointer]
    return [f"{parent(repair.pointer)}/{index}" for index in range(int(repair.pointer.rpartition("/")[2]), len(holder))]
