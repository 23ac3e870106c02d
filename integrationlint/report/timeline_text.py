"""A timeline for people at a terminal: a line for each point, below it what it broke."""

from collections.abc import Iterator

from integrationlint.model.report import JudgedChange, Report
from integrationlint.model.timeline import Entry, Timeline
from integrationlint.report import timeline_view, view
from integrationlint.report.sanitise import line
from integrationlint.report.text import STYLES
from integrationlint.report.text_changes import STYLES as VERDICT_STYLES
from integrationlint.report.text_changes import Paint
from integrationlint.report.values import crop

_INDENT = " " * 11
_WIDTH = 1_000


def text(timeline: Timeline, *, color: bool = False) -> str:
    """The timeline, oldest first. Every line begins with text of ours."""
    paint = _in_colour if color else _plain
    verdict = "no change" if timeline.verdict == "none" else timeline.verdict.value
    lines = [f"{_painted(paint, timeline.verdict, verdict.upper())}  {timeline_view.headline(timeline)}", ""]
    for told, entries in timeline_view.runs(timeline):
        if told:
            lines += (one for entry in entries for one in _entry(entry, paint))
        else:
            lines.append(f"  {'…':<8} {view.plural(len(entries), 'commit')} without a change")
    lines += (f"note: {line(note)}" for note in timeline.notes)
    return "\n".join(lines) + "\n"


def _in_colour(style: str, words: str) -> str:
    return f"\x1b[{STYLES.get(style, '0')}m{words}\x1b[0m"


def _plain(_style: str, words: str) -> str:
    return words


def _painted(paint: Paint, verdict: str, words: str) -> str:
    return paint(VERDICT_STYLES.get(verdict, "dim"), words)


def _entry(entry: Entry, paint: Paint) -> Iterator[str]:
    point = entry.point
    verdict = _painted(paint, entry.verdict, f"{entry.verdict if entry.verdict.rank else '-':<8}")
    subject = line(crop(point.subject, timeline_view.SUBJECT_WIDTH))
    yield f"  {verdict} {paint('bold', line(point.name))}  {line(timeline_view.day(entry))}  {subject}".rstrip()
    yield f"{_INDENT}{timeline_view.words(entry)}"
    yield from _changes(entry.report, paint)
    yield from _troubles(entry.report, paint)
    if further := timeline_view.transitive_words(entry):
        yield f"{_INDENT}{_painted(paint, entry.transitive, line(further))}"
        yield from _changes(entry.furthest, paint)


def _changes(report: Report | None, paint: Paint) -> Iterator[str]:
    grave = timeline_view.grave(report)
    for change in grave[: timeline_view.SHOWN]:
        yield from _change(change, paint)
    if len(grave) > timeline_view.SHOWN:
        yield f"{_INDENT}  … and {len(grave) - timeline_view.SHOWN} more"


def _change(change: JudgedChange, paint: Paint) -> Iterator[str]:
    rule = paint("dim", f"  [{line(change.rule)}]") if change.rule else ""
    where = line(view.place(change.location))
    verdict = _painted(paint, change.verdict, f"{change.verdict:<8}")
    yield f"{_INDENT}  {verdict} {where}  {line(crop(change.message, _WIDTH))}{rule}"
    if words := view.impact_words(change):
        yield f"{_INDENT}           {words}"


def _troubles(report: Report | None, paint: Paint) -> Iterator[str]:
    if report is None:
        return
    for finding in view.findings(report)[: timeline_view.SHOWN]:
        severity = paint(finding.severity.value, f"{finding.severity:<8}")
        where, message = line(view.place(finding.location)), line(crop(finding.message, _WIDTH))
        yield f"{_INDENT}  {severity} {where}  {message}  [{line(finding.rule)}]"
    for error in report.errors:
        yield f"{_INDENT}  {paint('error', 'failed  ')} {line(view.error_words(error))}: {line(error.message)}"
