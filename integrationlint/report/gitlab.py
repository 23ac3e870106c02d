"""The Code Quality report of GitLab, which it shows in merge requests."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import fitted, json_of
from integrationlint.report.issues import Issue, flat, issues

SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "minor"}
_WIDTH: Final = 4_000


def gitlab(report: Report) -> str:
    """An array of issues with a fingerprint each of its own; GitLab stops reading at the first that lacks a member.

    The description begins with the rule, because GitLab does not show `check_name`. What is not about a file is at
    line 1 of `.`; notes are of severity `info`.
    """
    return json_of([_issue(one) for one in issues(report)])


def _issue(issue: Issue) -> dict[str, object]:
    place = issue.location
    return {
        "description": fitted(f"{issue.rule}: {flat(issue)}", _WIDTH),
        "check_name": fitted(issue.rule, _WIDTH),
        "fingerprint": issue.fingerprint,
        "severity": "info" if issue.kind == "note" else SEVERITIES[issue.severity],
        "location": {
            "path": place.path if place is not None and place.path else ".",
            "lines": {"begin": place.span.start.line if place is not None else 1},
        },
    }
