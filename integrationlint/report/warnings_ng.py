"""The native JSON format of Jenkins' Warnings Next Generation plugin; its file has to end in `.json`."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import fitted, json_of, xml_text
from integrationlint.report.issues import Issue, issues, told

SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "NORMAL", Severity.INFO: "LOW"}
_CLASS: Final = "io.jenkins.plugins.analysis.core.restapi.ReportApi"
_WIDTH: Final = 4_000


def warnings_ng(report: Report) -> str:
    """`issues` with file, lines and columns, severity, type (the rule), category and fingerprint.

    Message and description are shown as HTML, and are text in it.
    """
    return json_of({"_class": _CLASS, "issues": [_issue(one, report) for one in issues(report)]})


def _issue(issue: Issue, report: Report) -> dict[str, object]:
    known = report.rules.get(issue.rule)
    concern = known.concern if known is not None else ""
    described = "".join(f"<p>{xml_text(one, _WIDTH)}</p>" for one in told(issue)[1:])
    return {
        **_place(issue),
        "severity": SEVERITIES[issue.severity],
        "type": fitted(issue.rule, _WIDTH),
        "category": fitted(concern or issue.kind, _WIDTH),
        "message": xml_text(issue.message, _WIDTH),
        "description": described,
        "fingerprint": issue.fingerprint,
    }


def _place(issue: Issue) -> dict[str, object]:
    # A hyphen is what the plugin shows for no file.
    if issue.location is None:
        return {"fileName": "-"}
    start, end = issue.location.span
    end = max(start, end)
    # The last column is part of what is marked.
    last = max(end.column - 1, start.column) if end.line == start.line else max(end.column - 1, 1)
    return {
        "fileName": issue.location.path,
        "lineStart": start.line,
        "lineEnd": end.line,
        "columnStart": start.column,
        "columnEnd": last,
    }
