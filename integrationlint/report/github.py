"""Workflow commands of GitHub Actions: each issue becomes an annotation in the pull request."""

from collections import Counter
from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import github_data, github_property
from integrationlint.report.issues import Issue, by_gravity, issues, told
from integrationlint.report.values import crop
from integrationlint.report.view import plural, summary

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# What GitHub shows of one step, for each command.
MOST_SHOWN: Final = 10
_WIDTH: Final = 4_000
_TITLE: Final = 255


def github(report: Report) -> str:
    """`::error file=…,line=…,col=…,title=RULE::message`, the gravest first, and the summary as a last line.

    GitHub shows ten of each command and step, and leaves all of them in the log: a line says so when there are more.
    An end and columns are only there for what lies in one line: GitHub shows the others below their last line, and no
    columns of them.
    """
    found = by_gravity(issues(report))
    lines = [_command(one) for one in found]
    counts = Counter(COMMANDS[one.severity] for one in found)
    for command, count in counts.items():
        if count > MOST_SHOWN:
            shown = f"GitHub shows {MOST_SHOWN} of {plural(count, command)} in the pull request"
            lines.append(f"integrationlint: {shown}; this log has all of them.")
    lines.append(f"integrationlint: {summary(report)}")
    return "\n".join(lines) + "\n"


def _command(issue: Issue) -> str:
    properties = {**_place(issue), "title": crop(issue.rule, _TITLE)}
    said = ",".join(f"{name}={github_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[issue.severity]} {said}::{github_data([crop(one, _WIDTH) for one in told(issue)])}"


def _place(issue: Issue) -> dict[str, str]:
    if issue.location is None:
        return {}
    start, end = issue.location.span
    place = {"file": issue.location.path, "line": str(start.line)}
    if start.line == end.line:
        place |= {"endLine": str(end.line), "col": str(start.column), "endColumn": str(max(start, end).column)}
    return place
