"""Rules as SARIF reporting descriptors (section 3.49), with the help that code scanning services show."""

import re
from typing import Final

from integrationlint.model.report import Report, RuleInfo
from integrationlint.model.rule import Severity
from integrationlint.report.sanitise import line, link, markdown_text
from integrationlint.report.values import crop

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
# What GitHub takes: characters of a text and of a name, tags of a rule.
_TEXT: Final = 1_024
_NAME: Final = 255
_TAGS: Final = 10
Members = dict[str, object]


def descriptors(report: Report) -> list[Members]:
    """A descriptor for each rule that ran or is cited, by id."""
    cited = {one.rule for one in report.findings} | {one.rule for one in report.changes}
    rules = dict(report.rules)
    for rule in cited - rules.keys():
        rules[rule] = RuleInfo(rule, rule, "", "", Severity.WARNING, "")
    return [_descriptor(rules[rule], rule) for rule in sorted(rules)]


def _descriptor(rule: RuleInfo, key: str) -> Members:
    title = rule.title or key or "rule"
    return {
        "id": key,
        "name": crop("".join(word[:1].upper() + word[1:] for word in re.split(r"\W+", key)) or "Rule", _NAME),
        "shortDescription": {"text": _said(title)},
        "fullDescription": {"text": _said(rule.why or title)},
        "help": {"text": _said(f"{rule.why} {rule.fix}".strip() or title), "markdown": _help(rule, title)},
        **({"helpUri": rule.url} if link(rule.url) else {}),
        "defaultConfiguration": {"level": _LEVELS.get(rule.severity, "none")},
        "properties": {
            "precision": "high",
            "problem.severity": _PROBLEMS.get(rule.severity, "recommendation"),
            "tags": _tags(rule),
        },
    }


def _said(text: str) -> str:
    return crop(line(text), _TEXT)


def _help(rule: RuleInfo, title: str) -> str:
    parts = [f"**{markdown_text(title)}**"]
    parts += [markdown_text(rule.why)] if rule.why else []
    parts += [f"**How to fix it.** {markdown_text(rule.fix)}"] if rule.fix else []
    clauses = ", ".join(markdown_text(f"{one.standard} {one.clause}") for one in rule.refs)
    parts += [f"**Clauses.** {clauses}"] if clauses else []
    return "\n\n".join(parts)


def _tags(rule: RuleInfo) -> list[str]:
    tags = [rule.concern] if rule.concern else []
    tags += [f"{one.standard}:{one.clause}" for one in rule.refs]
    return [line(tag) for tag in dict.fromkeys(tags)][:_TAGS]
