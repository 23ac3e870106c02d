"""SARIF stays within the standard and within what code scanning accepts."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from integrationlint.model.finding import Finding, Status
from integrationlint.model.fix import Edit, Fix, Repair
from integrationlint.model.report import Report
from integrationlint.model.rule import Related, Severity
from integrationlint.report.sarif import MOST_RELATED, sarif

DATA = Path(__file__).parents[1] / "data"
SCHEMA = json.loads((DATA / "sarif-2.1.0-subset.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(sarif(report))
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def results_of(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_of(report)["results"]
    return found


def test_the_samples_are_valid(sample_lint: Report, sample_diff: Report, empty_lint: Report) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert len(results_of(sample_lint)) == len(sample_lint.findings)
    assert len(results_of(sample_diff)) == len(sample_diff.findings) + len(sample_diff.changes)
    assert results_of(empty_lint) == []


@pytest.mark.parametrize("command", ["lint", "diff"])
@pytest.mark.parametrize("text", ["", "\ud800 \x00", "a b:c/ü#?%", "x" * 50_000, "\udcff"])
def test_odd_texts_are_valid(text: str, command: str, hostile_report: Callable[[str, str], Report]) -> None:
    assert results_of(hostile_report(text, command))


def test_rules_are_indexed(sample_lint: Report) -> None:
    run = run_of(sample_lint)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    described = next(rule for rule in rules if rule["id"] == "oas/path-case")
    assert described["name"] == "OasPathCase"
    assert described["helpUri"] == "https://example.org/rules/oas/path-case"
    assert described["properties"]["tags"] == ["naming", "zalando:129"]
    assert "**How to fix it.** Rename the segment" in described["help"]["markdown"]


def test_uris_are_percent_encoded(sample_lint: Report) -> None:
    places = [one["locations"][0]["physicalLocation"] for one in results_of(sample_lint)]
    assert places[1]["artifactLocation"] == {"uri": "maps/orders%20to%20sap.csv"}
    assert places[1]["region"] == {"startLine": 14, "startColumn": 23, "endLine": 14, "endColumn": 33}
    finding = sample_lint.findings[0]
    odd = replace(finding, location=finding.location._replace(path="a:b/\udcff#é.yaml"))
    (result,) = results_of(replace(sample_lint, findings=(odd,)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%3Ab/%FF%23%C3%A9.yaml"


def test_excepted_findings_are_marked(sample_lint: Report) -> None:
    marked = [one["suppressions"] for one in results_of(sample_lint) if "suppressions" in one]
    assert [one["kind"] for (one,) in marked] == ["external", "external"]
    assert [one["justification"].split()[0] for (one,) in marked] == ["agreed", "known"]


def test_failures_and_unreadable_files_are_notifications(sample_lint: Report, sample_diff: Report) -> None:
    (invocation,) = run_of(sample_lint)["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [(one["descriptor"]["id"], one["level"]) for one in invocation["toolExecutionNotifications"]]
    assert told == [("rule", "error"), ("unreadable", "warning"), ("note", "note")]
    (invocation,) = run_of(sample_diff)["invocations"]
    assert invocation == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_a_change_tells_verdict_and_dependents(sample_diff: Report) -> None:
    first, risky, safe, *_ = results_of(sample_diff)
    assert first["message"]["text"] == (
        "breaking: field Order.customerId was removed (response; new messages do not fit old readers). "
        "4 dependents: 2 break, 1 at risk, 1 unaffected. "
        "breaks: mapping orders-to-sap.csv:14 at maps/orders to sap.csv:14:7; "
        "breaks: consumer billing (tier1), owner team-billing; "
        "at risk: flow order-sync at order-sync.xml:21:5, owner team-sap, inferred"
    )
    assert [one["message"]["text"].partition(":")[0] for one in first["relatedLocations"]] == [
        "before the change",
        "breaks",
        "at risk",
    ]
    assert (risky["kind"], risky["level"]) == ("fail", "warning")
    assert (safe["kind"], safe["level"]) == ("informational", "none")


def test_fingerprints_are_ours_alone(sample_lint: Report) -> None:
    prints = [one["partialFingerprints"] for one in results_of(sample_lint)]
    assert prints[0] == {"integrationlint/v1": "aa00"}


def test_too_many_results_leave_the_gravest(sample_lint: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrationlint.report.sarif.MOST_RESULTS", 50)
    first = sample_lint.findings[0]
    infos = [replace(first, severity=Severity.INFO, fingerprint=str(number)) for number in range(50)]
    errors = [replace(first, location=first.location._replace(path="z"), status=Status.OPEN)] * 3
    run = run_of(replace(sample_lint, findings=(*infos, *errors), errors=(), notes=()))
    assert len(run["results"]) == 50
    assert [one["level"] for one in run["results"][-4:]] == ["note", "error", "error", "error"]
    told = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert told[-1] == "3 results of lesser weight are left out: services accept 50 of them"


def test_related_places_are_unique_and_capped(sample_lint: Report) -> None:
    finding: Finding = sample_lint.findings[1]
    related = tuple(Related(f"place {number % 150}", finding.location) for number in range(300))
    (result,) = results_of(replace(sample_lint, findings=(replace(finding, related=related),)))
    assert len(result["relatedLocations"]) == MOST_RELATED


def test_a_message_cannot_make_a_link(sample_lint: Report) -> None:
    finding = replace(sample_lint.findings[0], message="see [here](http://evil.example)")
    (result,) = results_of(replace(sample_lint, findings=(finding,)))
    assert result["message"]["text"] == "see [here] (http://evil.example)"


def test_a_finding_says_how_it_is_fixed(sample_lint: Report) -> None:
    finding = next(one for one in sample_lint.findings if one.rule == "oas/path-case")
    start, end = finding.location.span
    edits = (Edit(finding.location.span, "a\nb"), Edit(finding.location.span._replace(start=end), ""))
    (result,) = results_of(replace(sample_lint, findings=(replace(finding, fix=Fix((), edits)),)))
    (change,) = result["fixes"][0]["artifactChanges"]
    first, second = change["replacements"]
    assert result["fixes"][0]["description"]["text"].startswith("Rename the segment;")
    assert change["artifactLocation"] == {"uri": "orders.yaml"}
    assert (first["deletedRegion"]["startColumn"], first["insertedContent"]) == (start.column, {"text": "a\nb"})
    assert second.keys() == {"deletedRegion"}
    assert second["deletedRegion"]["startColumn"] == second["deletedRegion"]["endColumn"]


def test_what_is_no_edit_of_the_text_is_not_told(sample_lint: Report) -> None:
    finding = replace(sample_lint.findings[0], fix=Fix((Repair("utf-8"),)))
    (result,) = results_of(replace(sample_lint, findings=(finding,)))
    assert "fixes" not in result
