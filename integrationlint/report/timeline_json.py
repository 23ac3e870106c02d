"""A timeline as JSON, `integrationlint.timeline/1`: an entry a line, its changes as in the result of `diff`."""

from collections import Counter
from typing import Final

from integrationlint.model.change import Verdict
from integrationlint.model.report import Report, SnapshotInfo
from integrationlint.model.timeline import Entry, Timeline
from integrationlint.report import view
from integrationlint.report.json import Members, result, written

_VERDICTS: Final = (*view.VERDICTS, Verdict.NONE)
SCHEMA: Final = "integrationlint.timeline/1"


def json(timeline: Timeline) -> str:
    """Tool, worst verdict, how many entries have which verdict, and the entries, the oldest first.

    An entry without a comparison has no `base` (the first) or the verdict `none` and no changes (nothing that matters
    differs). `transitive` is the worst against the older tags of the same major version, null for commits; its `base`
    and `changes` tell of it where it is worse than against the one before.
    """
    counted = Counter(one.transitive for one in timeline.entries)
    return written(
        {
            "schema": SCHEMA,
            "tool": {"name": "integrationlint", "version": timeline.version},
            "command": "timeline",
            "verdict": timeline.verdict.value,
            "summary": {"entries": len(timeline.entries)} | {one.value: counted[one] for one in _VERDICTS},
            "entries": [_entry(one) for one in timeline.entries],
            "notes": list(timeline.notes),
        }
    )


def _entry(entry: Entry) -> Members:
    point, report = entry.point, entry.report
    told = result(report) if report is not None else {}
    return {
        "base": _snapshot(entry.base),
        "head": _snapshot(SnapshotInfo("revision", point.revision, point.name)),
        "tag": point.tag or None,
        "date": point.date,
        "subject": point.subject,
        "verdict": entry.verdict.value,
        "summary": _counts(report),
        "changes": told.get("changes", []),
        "findings": told.get("findings", []),
        "errors": told.get("errors", []),
        "transitive": _transitive(entry) if point.tag else None,
    }


def _transitive(entry: Entry) -> Members:
    report = entry.furthest
    return {
        "verdict": entry.transitive.value,
        "older": entry.older,
        "base": _snapshot(report.base) if report is not None else None,
        "changes": result(report)["changes"] if report is not None else [],
    }


def _counts(report: Report | None) -> Members:
    counted = view.counts(report).verdicts if report is not None else {}
    return {one.value: counted.get(one, 0) for one in view.VERDICTS}


def _snapshot(snapshot: SnapshotInfo | None) -> Members | None:
    if snapshot is None:
        return None
    return {"kind": snapshot.kind, "revision": snapshot.revision, "name": snapshot.label}
