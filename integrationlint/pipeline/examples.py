"""The examples of a rule, run: the good ones find nothing, the bad ones find what they say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from integrationlint.catalog import Catalog
from integrationlint.config.load import load
from integrationlint.config.policy import weakenings
from integrationlint.model.errors import UserError
from integrationlint.model.report import Report
from integrationlint.model.rule import Example, Rule
from integrationlint.model.settings import RuleSetting, Settings
from integrationlint.pipeline.diff import diff
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.snapshot import Memory

CONFIGURATION: Final = ".integrationlint.yaml"


@dataclass(frozen=True, slots=True)
class Tried:
    """One example and what came of it; `wrong` is empty when it did as it says."""

    rule: str
    number: int
    wrong: str


def try_rule(rule: Rule, catalog: Catalog) -> Iterator[Tried]:
    """Run every example of a rule, each as a snapshot of its own with this rule alone."""
    for number, example in enumerate(rule.examples, 1):
        try:
            wrong = _wrong(rule, example, catalog)
        except UserError as error:
            wrong = str(error)
        yield Tried(rule.id, number, wrong)


def _wrong(rule: Rule, example: Example, catalog: Catalog) -> str:
    own = replace(catalog, rules=(rule,))
    said = {rule.id: RuleSetting(severity=rule.severity, options=example.options)}
    settings = replace(_settings(example), extends=(), rules=said, select=(rule.id,), today=example.today)
    report = _run(example, own, settings)
    if report.errors:
        return f"the check failed: {report.errors[0].message}"
    found = [_places(one) for one in report.findings if one.rule == rule.id]
    missed = [place for place in example.finds if not any(place in places for places in found)]
    extra = [sorted(places)[0] for places in found if not any(place in places for place in example.finds)]
    lines = [
        *(f"does not find {place}" for place in missed),
        *(f"finds {place}, which it does not say" for place in extra),
    ]
    return "; ".join(lines)


def _settings(example: Example) -> Settings:
    """What the example configures; where it did so before as well, that judges, and what weakened it is told."""
    text, before = example.files.get(CONFIGURATION), (example.before or {}).get(CONFIGURATION)
    settings = Settings() if text is None else load(text.encode(), CONFIGURATION)
    if before is None:
        return settings
    base = load(before.encode(), CONFIGURATION)
    return replace(base, policy="base", weakened=weakenings(base, settings))


def _run(example: Example, catalog: Catalog, settings: Settings) -> Report:
    head, scope = _snapshot(example.files)
    if example.before is None:
        return lint(head, scope, catalog, settings)
    base, base_scope = _snapshot(example.before)
    return diff(base, head, (base_scope, scope), catalog, settings)


def _snapshot(files: Mapping[str, str]) -> tuple[Memory, Scope]:
    data = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items() if path != CONFIGURATION}
    return Memory(data), Scope(tuple(sorted(data)))


def _places(finding: Any) -> set[str]:
    """The ways in which an example may name the place of a finding."""
    location = finding.location
    return {location.pointer, f"{location.path}#{location.pointer}", finding.address, finding.address.partition("#")[2]}
