"""Generic issues of SonarQube, in the format that has rules and issues (10.3 and later)."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import fitted, json_of, xml_text
from integrationlint.report.issues import OWN, Issue, flat, issues

IMPACTS: Final = {Severity.ERROR: "HIGH", Severity.WARNING: "MEDIUM", Severity.INFO: "LOW"}
_ATTRIBUTES: Final = {"naming": "IDENTIFIABLE", "security": "TRUSTWORTHY", "compatibility": "MODULAR"}
_QUALITIES: Final = {"security": "SECURITY", "compatibility": "RELIABILITY", "references": "RELIABILITY"}
_NAME: Final = 200
_WIDTH: Final = 4_000
Members = dict[str, object]


def sonar(report: Report) -> str:
    """`rules` that found something, and their `issues`; the severity of a rule is that of its gravest issue.

    A place is a line without columns: a column that SonarQube does not find in the file ends the whole analysis.
    """
    found = issues(report)
    cited: dict[str, list[Issue]] = {}
    for one in found:
        cited.setdefault(_id(one), []).append(one)
    rules = [_rule(rule, ones, report) for rule, ones in sorted(cited.items())]
    return json_of({"rules": rules, "issues": [_issue(one) for one in found]})


def _rule(rule: str, ones: list[Issue], report: Report) -> Members:
    known = report.rules.get(ones[0].rule)
    concern = known.concern if known is not None else ""
    said = f"{known.why} {known.fix}".strip() if known is not None else ""
    gravest = max(ones, key=lambda one: one.severity.rank)
    return {
        "id": rule,
        "name": fitted(ones[0].title, _NAME) or rule,
        # SonarQube shows it as HTML.
        "description": xml_text(said or ones[0].title or rule, _WIDTH),
        "engineId": OWN,
        "cleanCodeAttribute": _ATTRIBUTES.get(concern, "CONVENTIONAL"),
        "impacts": [
            {
                "softwareQuality": _QUALITIES.get(concern, "MAINTAINABILITY"),
                "severity": IMPACTS[gravest.severity],
            }
        ],
    }


def _issue(issue: Issue) -> Members:
    place = issue.location
    where: Members = {
        "message": fitted(flat(issue), _WIDTH),
        "filePath": place.path if place is not None and place.path else ".",
    }
    if place is not None:
        where["textRange"] = {"startLine": place.span.start.line}
    return {"ruleId": _id(issue), "primaryLocation": where}


def _id(issue: Issue) -> str:
    return fitted(issue.rule, _NAME)
