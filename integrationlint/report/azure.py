"""Logging commands of Azure Pipelines: each issue becomes an error or a warning of the build."""

from collections import Counter
from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import azure_data, azure_property
from integrationlint.report.issues import Issue, by_gravity, flat, issues, told
from integrationlint.report.sanitise import line
from integrationlint.report.values import crop
from integrationlint.report.view import place, plural, summary

# What the agent keeps of one task, for each type.
MOST_SHOWN: Final = 10
_WIDTH: Final = 4_000


def azure(report: Report) -> str:
    """`##vso[task.logissue type=error;sourcepath=…;linenumber=…;columnnumber=…;code=RULE]message`, the gravest first.

    There are errors and warnings; what is neither is an ordinary line of the log. The summary is the last line.
    """
    found = by_gravity(issues(report))
    counts = Counter(one.severity for one in found)
    lines = [_plain(one) if one.severity is Severity.INFO else _command(one) for one in found]
    for severity in (Severity.ERROR, Severity.WARNING):
        if counts[severity] > MOST_SHOWN:
            shown = f"Azure Pipelines shows {MOST_SHOWN} of {plural(counts[severity], severity)}"
            lines.append(f"integrationlint: {shown}; this log has all of them.")
    lines.append(f"integrationlint: {summary(report)}")
    return "\n".join(lines) + "\n"


def _command(issue: Issue) -> str:
    properties = {"type": issue.severity.value}
    if issue.location is not None:
        start = issue.location.span.start
        properties |= {"sourcepath": issue.location.path, "linenumber": str(start.line)}
        properties |= {"columnnumber": str(start.column)}
    properties["code"] = issue.rule
    said = ";".join(f"{name}={azure_property(value)}" for name, value in properties.items())
    return f"##vso[task.logissue {said}]{azure_data([crop(one, _WIDTH) for one in told(issue)])}"


def _plain(issue: Issue) -> str:
    where = f" {place(issue.location)}" if issue.location is not None else ""
    return line(f"info:{where} {issue.rule}: {crop(flat(issue), _WIDTH)}")
