"""Service messages of TeamCity: each issue becomes an inspection of the build."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import teamcity_value
from integrationlint.report.issues import OWN, Issue, issues, told

SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
# What TeamCity stores of an id, a name or a category, and of any other text.
NAME: Final = 255
TEXT: Final = 4_000


def teamcity(report: Report) -> str:
    """An `inspectionType` for each rule, by id, then an `inspection` for each issue; counts as statistics of the build.

    Longer texts than TeamCity stores end in `…`. What is not about a file is said to be in `.`.
    """
    found = issues(report)
    lines = [_type(one, report) for one in {_id(one.rule): one for one in reversed(found)}.values()]
    lines = sorted(lines) + [_inspection(one) for one in found]
    for severity, name in SEVERITIES.items():
        count = sum(one.severity is severity for one in found)
        lines.append(_message("buildStatisticValue", key=f"{OWN}.{name.lower()}", value=str(count)))
    return "\n".join(lines) + "\n"


def _type(issue: Issue, report: Report) -> str:
    rule = report.rules.get(issue.rule)
    concern = rule.concern if rule is not None else ""
    return _message(
        "inspectionType",
        id=_id(issue.rule),
        name=_id(issue.title or issue.rule),
        category=_id(f"{OWN} {concern}".strip()),
        description=teamcity_value([(rule.why if rule is not None else "") or issue.title or issue.rule], TEXT),
    )


def _inspection(issue: Issue) -> str:
    place = issue.location
    return _message(
        "inspection",
        typeId=_id(issue.rule),
        message=teamcity_value(told(issue), TEXT),
        file=teamcity_value([place.path if place is not None else "."], TEXT),
        **({"line": str(place.span.start.line)} if place is not None else {}),
        SEVERITY=SEVERITIES[issue.severity],
    )


def _id(text: str) -> str:
    return teamcity_value([text], NAME)


def _message(name: str, /, **attributes: str) -> str:
    said = " ".join(f"{key}='{value}'" for key, value in attributes.items())
    return f"##teamcity[{name} {said}]"
