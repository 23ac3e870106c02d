"""What the reporters of a timeline share: order, groups and words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from integrationlint.model.change import Verdict
from integrationlint.model.report import JudgedChange, Report
from integrationlint.model.timeline import Entry, Timeline
from integrationlint.report import view

SHOWN: Final = 5  # changes of one entry that people are shown
SUBJECT_WIDTH: Final = 100


def headline(timeline: Timeline) -> str:
    """`12 commits: 1 breaking, 3 safe, 8 without a change`."""
    entries = timeline.entries
    noun = "tag" if any(one.point.tag for one in entries) else "commit"
    counted = Counter(one.transitive for one in entries)
    said = [f"{counted[verdict]} {verdict}" for verdict in view.VERDICTS if counted[verdict]]
    said += [f"{counted[Verdict.NONE]} without a change"] if counted[Verdict.NONE] else []
    return f"{view.plural(len(entries), noun)}: {', '.join(said)}" if entries else "no commit"


def runs(timeline: Timeline) -> Iterator[tuple[bool, list[Entry]]]:
    """The entries in order, what follows each other without anything to tell together; tags are always told."""
    for told, ones in groupby(timeline.entries, key=_is_told):
        yield told, list(ones)


def _is_told(entry: Entry) -> bool:
    report = entry.report
    return (
        bool(entry.point.tag)
        or entry.base is None
        or (report is not None and bool(report.changes or report.findings or report.errors))
    )


def day(entry: Entry) -> str:
    """The day of the commit, as its author saw it. Not sanitised."""
    return entry.point.date[:10]


def words(entry: Entry) -> str:
    """`1 breaking change, 2 safe changes`, or why there is none."""
    if entry.base is None:
        return "the first: compared with nothing"
    if entry.report is None or not entry.report.changes:
        return "no change that means something to a reader"
    return view.headline(entry.report)


def transitive_words(entry: Entry) -> str:
    """`breaking against v1.0: 1 breaking change`, where that is worse than against the one before; else empty."""
    report = entry.furthest
    if report is None or report.base is None:
        return ""
    return f"{report.verdict} against {report.base.label}: {view.headline(report)}"


def grave(report: Report | None) -> Sequence[JudgedChange]:
    """The changes that may harm somebody, the worst first."""
    found = view.changes(report) if report is not None else []
    return [one for one in found if one.suppression is None and one.verdict.rank > Verdict.SAFE.rank]
