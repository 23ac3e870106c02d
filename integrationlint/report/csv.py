"""CSV (RFC 4180) for spreadsheets: every cell is text or a number, and none is a formula."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.report.escapes import csv_cell
from integrationlint.report.issues import Issue, issues, note, sentences
from integrationlint.report.view import counts

COLUMNS: Final = (
    *("kind", "status", "severity", "verdict", "rule", "title", "file", "line", "column", "address", "message"),
    *("details", "owners", "what_to_do", "reason", "fingerprint"),
)


def csv(report: Report, *, show_suppressed: bool = False) -> str:
    """A header and a row for each failure, change, finding and note; UTF-8, lines end in CR LF.

    Safe changes have a row. What has a written exception or is in the baseline has one with `show_suppressed`, and is
    counted in a note without it.
    """
    found = [one for one in issues(report, everything=True) if show_suppressed or one.status == "open"]
    said = counts(report)
    if not show_suppressed and said.suppressed + said.known:
        found.append(note(f"{said.suppressed} suppressed and {said.known} known are not listed"))
    rows = [list(COLUMNS), *map(_row, found)]
    return "".join(",".join(map(csv_cell, row)) + "\r\n" for row in rows)


def _row(issue: Issue) -> list[str]:
    place = issue.location
    start = place.span.start if place is not None else None
    return [
        *(issue.kind, issue.status.value, issue.severity.value, issue.verdict, issue.rule, issue.title),
        place.path if place is not None else "",
        *((str(start.line), str(start.column)) if start is not None else ("", "")),
        *(issue.address, issue.message, sentences(issue.details)),
        *(issue.owners, issue.advice, issue.reason, issue.fingerprint),
    ]
