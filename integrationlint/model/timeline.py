"""A timeline: what each commit or tag of a history changed, and whether that breaks who relied on those before."""

from dataclasses import dataclass

from integrationlint.model.change import Verdict
from integrationlint.model.report import Report, SnapshotInfo


@dataclass(frozen=True, slots=True)
class Point:
    """A commit of a history, or a tag of one where `tag` names it.

    revision, tree: object ids; before: the object id of the commit it is compared with, empty for none.
    date: when it was committed (ISO 8601); subject: the first paragraph of its message, in one line.
    """

    revision: str
    tree: str
    before: str
    date: str
    subject: str
    tag: str = ""

    @property
    def name(self) -> str:
        """The tag, else the short object id."""
        return self.tag or self.revision[:12]


@dataclass(frozen=True, slots=True)
class Entry:
    """One point with its comparison; `report` is None where nothing that matters changed, or nothing came before.

    `furthest` is the worst comparison with an older tag of the same major version, where that is worse than `report`
    or tells of the same; `older` is how many there are.
    """

    point: Point
    base: SnapshotInfo | None
    report: Report | None = None
    furthest: Report | None = None
    older: int = 0

    @property
    def verdict(self) -> Verdict:
        """The worst verdict against the point before."""
        return self.report.verdict if self.report is not None else Verdict.NONE

    @property
    def transitive(self) -> Verdict:
        """The worst verdict against all older tags of the same major version, the point before included."""
        further = self.furthest.verdict if self.furthest is not None else Verdict.NONE
        return max(self.verdict, further, key=lambda one: one.rank)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of a history, the oldest first, and what is to be said of the whole."""

    version: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of all."""
        return max((one.transitive for one in self.entries), key=lambda one: one.rank, default=Verdict.NONE)
