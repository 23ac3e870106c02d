"""The JSON result keeps its contract."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from integrationlint.model.report import Report
from integrationlint.report.json import json as reporter

SCHEMA = json.loads((Path(__file__).parents[2] / "templates" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def parsed(report: Report, **options: bool) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reporter(report, **options))
    return found


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_both_commands_fit_the_schema(sample_lint: Report, sample_diff: Report, empty_lint: Report) -> None:
    for report in (sample_lint, sample_diff, empty_lint):
        VALIDATOR.validate(parsed(report))
        VALIDATOR.validate(parsed(report, show_suppressed=True))


@pytest.mark.parametrize("command", ["lint", "diff"])
@pytest.mark.parametrize("text", ["", "\ud800\x00", "x" * 50_000])
def test_odd_texts_fit_the_schema(text: str, command: str, hostile_report: Callable[[str, str], Report]) -> None:
    result = parsed(hostile_report(text, command))
    VALIDATOR.validate(result)


SPOILERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no verdict": lambda result: result.pop("verdict"),
    "no backward": lambda result: result["changes"][0].pop("backward"),
    "status of a change": lambda result: result["changes"][0].update(status="open"),
    "unknown member": lambda result: result["findings"][0].update(extra=1),
    "line 0": lambda result: result["findings"][0]["start"].update(line=0),
    "another command": lambda result: result.update(command="lint"),
    "another version": lambda result: result.update(schema="integrationlint.result/2"),
    "no suppression": lambda result: result["exceptions"][0].pop("suppression"),
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS)
def test_the_schema_refuses_what_is_not_the_contract(
    spoil: Callable[[dict[str, Any]], object], sample_diff: Report
) -> None:
    result = parsed(sample_diff)
    spoil(result)
    assert not VALIDATOR.is_valid(result)


def test_members_in_the_order_of_the_contract(sample_lint: Report, sample_diff: Report) -> None:
    lint = "schema tool command snapshot summary documents findings exceptions errors notes"
    diff = "schema tool command snapshot base head verdict summary documents changes findings exceptions errors notes"
    assert list(parsed(sample_lint)) == lint.split()
    assert list(parsed(sample_diff)) == diff.split()
    finding = "rule severity message status fingerprint address file pointer start end related"
    assert list(parsed(sample_lint)["findings"][0]) == finding.split()
    change = "fingerprint rule address action fact before after direction backward forward verdict message file"
    assert list(parsed(sample_diff)["changes"][0]) == [*change.split(), "pointer", "start", "base", "witness", "impact"]
    assert list(parsed(sample_diff)["changes"][0]["impact"][0]) == "address verdict via owner criticality tier".split()


def test_what_does_not_count_is_kept_apart(sample_lint: Report, sample_diff: Report) -> None:
    lint, diff = parsed(sample_lint), parsed(sample_diff)
    assert {one["status"] for one in lint["findings"]} == {"open"}
    assert [(one["status"], one["suppression"]) for one in lint["exceptions"]] == [
        (
            "suppressed",
            {
                "reason": "agreed with the data team",
                "owner": "team-orders",
                "ticket": "INT-482",
                "expires": "2027-03-31",
            },
        ),
        ("known", None),
    ]
    assert len(lint["exceptions"]) == lint["summary"]["suppressed"] + lint["summary"]["known"]
    assert [one["fingerprint"] for one in diff["exceptions"]] == ["7a8b"]
    shown = parsed(sample_lint, show_suppressed=True)
    assert sorted(one["status"] for one in shown["findings"])[:1] == ["known"]
    assert len(shown["findings"]) == len(lint["findings"]) + 2


def test_layout(sample_lint: Report) -> None:
    written = reporter(sample_lint)
    assert written.startswith('{\n  "schema": "integrationlint.result/1",\n  "tool": {"name": "integrationlint"')
    assert written.endswith("\n}\n")
    lines = [one.strip().rstrip(",") for one in written.splitlines()]
    for finding in parsed(sample_lint)["findings"]:
        assert json.dumps(finding, ensure_ascii=False) in lines
