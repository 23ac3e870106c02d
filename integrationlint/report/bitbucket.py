"""Code Insights of Bitbucket: a report and its annotations, ready to be sent."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import fitted, json_of
from integrationlint.report.issues import OWN, Issue, fewer, flat, issues
from integrationlint.report.view import counts, headline, summary

SEVERITIES: Final = {Severity.ERROR: "HIGH", Severity.WARNING: "MEDIUM", Severity.INFO: "LOW"}
# What Bitbucket takes: annotations of a report and of one request, characters of its texts.
MOST_ANNOTATIONS: Final = 1_000
BATCH: Final = 100
SUMMARY: Final = 450
DETAILS: Final = 2_000
Members = dict[str, object]


def bitbucket(report: Report) -> str:
    """`report` is the body of one PUT, each of `annotations` that of one POST; docs/reports.md has the commands.

    The report says FAILED when there is an error or a breaking change, whatever the gate of the run. Of more than a
    thousand issues the gravest are kept, and an annotation tells how many are not.
    """
    found = issues(report)
    kept = [_annotation(one) for one in fewer(found, MOST_ANNOTATIONS, "Bitbucket")]
    batches = [kept[at : at + BATCH] for at in range(0, len(kept), BATCH)]
    return json_of({"report": _report(report, found), "annotations": batches})


def _report(report: Report, found: list[Issue]) -> Members:
    said = f"{headline(report)}; {summary(report)}" if report.command == "diff" else summary(report)
    severities = [(one, sum(issue.severity is one for issue in found)) for one in SEVERITIES]
    data = [{"title": f"{one.value}s".capitalize(), "type": "NUMBER", "value": count} for one, count in severities]
    data.append({"title": "Files", "type": "NUMBER", "value": report.files})
    data.append({"title": "Suppressed", "type": "NUMBER", "value": counts(report).suppressed})
    return {
        "title": f"{OWN} {fitted(report.command, 20)}".strip(),
        "details": fitted(said, DETAILS),
        "report_type": "BUG",
        "reporter": OWN,
        "result": "FAILED" if any(one.severity is Severity.ERROR for one in found) else "PASSED",
        "data": data,
    }


def _annotation(issue: Issue) -> Members:
    place = issue.location
    where = {"path": place.path, "line": place.span.start.line} if place is not None else {}
    return {
        "external_id": fitted(issue.fingerprint, SUMMARY),
        "annotation_type": "BUG" if issue.severity is Severity.ERROR else "CODE_SMELL",
        **where,
        "summary": fitted(f"{issue.rule}: {issue.message}", SUMMARY),
        "details": fitted(flat(issue), DETAILS),
        "severity": SEVERITIES[issue.severity],
        "result": "FAILED" if issue.severity is Severity.ERROR else "PASSED",
    }
