"""One line per finding and change, for editors, grep and logs: `file:line:column: severity rule message`."""

from collections.abc import Iterator

from integrationlint.model.location import Location
from integrationlint.model.report import Report, RunError
from integrationlint.report import view
from integrationlint.report.sanitise import line, start
from integrationlint.report.values import crop

_WIDTH = 1_000


def concise(report: Report) -> str:
    """A line for each open finding, each change that is not suppressed and each error; nothing when there is none."""
    return "".join(f"{one}\n" for one in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for change in view.changes(report):
        if change.suppression is None:
            impact = view.impact_words(change)
            message = f"{crop(change.message, _WIDTH)} ({impact})" if impact else crop(change.message, _WIDTH)
            yield _line(change.location, change.verdict, change.rule, message)
    for finding in view.findings(report):
        yield _line(finding.location, finding.severity, finding.rule, crop(finding.message, _WIDTH))
    for error in report.errors:
        yield _error(error)


def _line(location: Location, weight: str, rule: str, message: str) -> str:
    return f"{start(view.place(location))}: {weight} {line(rule) or '-'} {line(message)}"


def _error(error: RunError) -> str:
    where = start(error.file) if error.file else "integrationlint"
    return f"{where}: failure {line(error.rule or error.kind)} {line(crop(error.message, _WIDTH))}"
