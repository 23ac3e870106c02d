"""Text for people: findings by file with their source, changes with whom they break, and a summary line."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from integrationlint.model.finding import Finding, Status
from integrationlint.model.report import Report
from integrationlint.report import view
from integrationlint.report.excerpt import excerpt
from integrationlint.report.sanitise import line, start
from integrationlint.report.text_changes import Paint, change_lines
from integrationlint.report.values import crop

# Select Graphic Rendition parameters (ECMA-48 section 8.3.117).
STYLES: Final = {"error": "1;31", "warning": "33", "info": "36", "good": "32", "bold": "1", "dim": "2"}
MESSAGE_WIDTH: Final = 1_000
_PLACES: Final = 10
_GUTTER: Final = 9


class _Pen(NamedTuple):
    """How this run writes: colours, cells per line, and the rules whose fix was told already."""

    paint: Paint
    width: int
    told: set[str]


def text(
    report: Report,
    *,
    color: bool = False,
    width: int = 100,
    show_suppressed: bool = False,
    statistics: bool = False,
) -> str:
    """The report for a person at a terminal; `width` in cells bounds source excerpts, not messages.

    `show_suppressed` adds suppressed and known findings, `statistics` how often each rule found something.
    Every line begins with text of ours, or with a path that `start` has made harmless.
    """
    pen = _Pen(_in_colour if color else _plain, width, set())
    lines: list[str] = []
    if report.command == "diff":
        lines += _diff(report, pen)
    lines += _files(report, pen, show_suppressed=show_suppressed)
    lines += _statistics(report) if statistics else ()
    lines += _errors(report, pen)
    lines += (f"note: {line(note)}" for note in report.notes)
    lines.append(_summary(report, pen))
    return "\n".join(lines) + "\n"


def _in_colour(style: str, words: str) -> str:
    return f"\x1b[{STYLES.get(style, '0')}m{words}\x1b[0m"


def _plain(_style: str, words: str) -> str:
    return words


def _diff(report: Report, pen: _Pen) -> Iterator[str]:
    style = {"breaking": "error", "risky": "warning", "unknown": "warning"}.get(report.verdict, "good")
    verdict = "no change" if report.verdict == "none" else report.verdict.value
    sides = f"{line(view.side(report.base))} -> {line(view.side(report.snapshot))}"
    yield f"{pen.paint(style, verdict.upper())}  {view.headline(report)}; {sides}"
    yield ""
    for change in view.changes(report):
        yield from change_lines(change, pen.paint, hint=change.rule not in pen.told)
        pen.told.add(change.rule)
        yield ""


def _files(report: Report, pen: _Pen, *, show_suppressed: bool) -> Iterator[str]:
    formats = {one.file: f"{one.format} {one.version}".strip() for one in report.documents if one.format}
    for path, groups in view.by_file(view.findings(report, excepted=show_suppressed)):
        taken_for = formats.get(path, "")
        yield pen.paint("bold", start(path)) + (f" ({line(taken_for)})" if taken_for else "")
        for group in groups:
            if group.repeated:
                yield from _repeated(group, report, pen)
            else:
                for finding in group.findings:
                    yield from _finding(finding, pen)
                    yield from _hint(finding.rule, report, pen)
        yield ""


def _finding(finding: Finding, pen: _Pen) -> Iterator[str]:
    message = line(crop(finding.message, MESSAGE_WIDTH))
    severity = pen.paint(finding.severity, f"{finding.severity:<7}")
    where = pen.paint("bold", line(view.place(finding.location)))
    yield f"  {severity} {where}  {message}  {pen.paint('dim', f'[{line(finding.rule)}]')}"
    yield from _source(finding, pen)
    for other in view.related(finding):
        yield f"{'see':>{_GUTTER}} {line(view.place(other.location))}  {line(crop(other.message, MESSAGE_WIDTH))}"
    yield from _status(finding, pen)


def _status(finding: Finding, pen: _Pen) -> Iterator[str]:
    if finding.status is not Status.OPEN:
        reason = f": {line(view.exception(finding.suppression))}" if finding.suppression else ""
        yield f"{'':{_GUTTER}} {pen.paint('dim', finding.status)}{reason}"


def _source(finding: Finding, pen: _Pen) -> Iterator[str]:
    shown = excerpt(finding.excerpt, finding.location.span, pen.width - _GUTTER - 3)
    if shown:
        yield f"{finding.location.span.start.line:>{_GUTTER}} | {shown.line}"
        yield f"{'':{_GUTTER}} | {pen.paint(finding.severity, shown.carets)}"


def _repeated(group: view.Group, report: Report, pen: _Pen) -> Iterator[str]:
    """One entry for many findings: the first few with their messages, the rest as lines."""
    severity = pen.paint(group.severity, f"{group.severity:<7}")
    rule = report.rules.get(group.rule)
    title = group.message or (rule.title if rule else "")
    count = pen.paint("bold", f"{len(group.findings)} times")
    yield (f"  {severity} {count}  {line(crop(title, MESSAGE_WIDTH))}  {pen.paint('dim', f'[{line(group.rule)}]')}")
    for index, finding in enumerate(group.findings[: view.SPELT_OUT]):
        message = "" if group.message else line(crop(finding.message, MESSAGE_WIDTH))
        yield f"{'at':>{_GUTTER}} {line(view.place(finding.location))}  {message}".rstrip()
        if index == 0:
            yield from _source(finding, pen)
    rest = group.findings[view.SPELT_OUT :]
    places = ", ".join(str(finding.location.span.start.line) for finding in rest[:_PLACES])
    more = ", …" if len(rest) > _PLACES else ""
    yield f"{'…':>{_GUTTER}} and {len(rest)} more, line{'' if len(rest) == 1 else 's'} {places}{more}"
    yield from _status(group.findings[0], pen)
    yield from _hint(group.rule, report, pen)


def _hint(rule: str, report: Report, pen: _Pen) -> Iterator[str]:
    """How to mend it, the first time that a rule has something to say."""
    known = report.rules.get(rule)
    if known and known.fix and rule not in pen.told:
        pen.told.add(rule)
        yield f"{'':{_GUTTER - 3}}{pen.paint('good', 'fix')} {line(crop(known.fix, MESSAGE_WIDTH))}"


def _statistics(report: Report) -> Iterator[str]:
    found = Counter(one.rule for one in view.findings(report))
    found.update(one.rule for one in report.changes if one.suppression is None)
    for rule, count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{_GUTTER}}  {line(rule)}"
    yield ""


def _errors(report: Report, pen: _Pen) -> Iterator[str]:
    if not report.errors:
        return
    yield pen.paint("error", f"{view.plural(len(report.errors), 'failure')}: part of the work could not be done")
    for error in report.errors:
        yield f"  failed {line(view.error_words(error))}: {line(crop(error.message, MESSAGE_WIDTH))}"
    yield ""


def _summary(report: Report, pen: _Pen) -> str:
    severities = view.counts(report).severities
    worst = next((severity.value for severity, count in severities.items() if count), "good")
    return pen.paint(worst, view.summary(report))
