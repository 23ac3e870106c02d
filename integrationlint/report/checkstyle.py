"""Checkstyle's XML, which most tools that show findings can read."""

from itertools import groupby
from typing import Final

from integrationlint.model.report import Report
from integrationlint.report.escapes import xml_text
from integrationlint.report.issues import OWN, Issue, flat, issues
from integrationlint.report.view import plural

_WIDTH: Final = 4_000


def checkstyle(report: Report) -> str:
    """A `file` for each path, in order, with an `error` for each issue; `source` is `integrationlint.` and the rule.

    What is not about a file is in one whose name is empty. A `severity` is error, warning or info.
    """
    found = sorted(issues(report), key=_path)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', f'<checkstyle version="{xml_text(report.version, _WIDTH)}">']
    for path, ones in groupby(found, key=_path):
        parts += [f'  <file name="{xml_text(path, _WIDTH)}">', *map(_error, ones), "  </file>"]
    said = f"{plural(len(found), 'issue')}, {plural(report.files, 'file')} read"
    return "\n".join([*parts, f"  <!-- {said} -->", "</checkstyle>"]) + "\n"


def _path(issue: Issue) -> str:
    return issue.location.path if issue.location is not None else ""


def _error(issue: Issue) -> str:
    place = {}
    if issue.location is not None:
        start = issue.location.span.start
        place = {"line": str(start.line), "column": str(start.column)}
    message = flat(issue)
    attributes = {**place, "severity": issue.severity.value, "message": message, "source": f"{OWN}.{issue.rule}"}
    said = " ".join(f'{name}="{xml_text(value, _WIDTH)}"' for name, value in attributes.items())
    return f"    <error {said}/>"
