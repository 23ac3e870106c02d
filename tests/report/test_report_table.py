"""CSV and JSON Lines: what spreadsheets and streams take."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.model.report import Report
from integrationlint.report.csv import COLUMNS
from integrationlint.report.csv import csv as as_csv
from integrationlint.report.escapes import csv_cell
from integrationlint.report.json import json as as_json
from integrationlint.report.jsonl import jsonl

KINDS = st.sampled_from(["lint", "diff"])
# OWASP, "CSV Injection", with the full-width forms that some spreadsheets take for the same.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def rows(text: str) -> list[list[str]]:
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    found = list(csv.reader(lines, strict=True))
    assert len(found) == len(lines)
    return found


def cells_of(text: str) -> list[str]:
    """All cells, as the countries read them that separate by commas, and those that separate by semicolons."""
    return [cell for delimiter in ",;" for row in csv.reader(text.split("\r\n"), delimiter=delimiter) for cell in row]


@settings(max_examples=80)
@given(data=st.data(), kind=KINDS)
def test_no_cell_is_a_formula(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    dangerous = st.lists(st.sampled_from([*FORMULA, ";", '"', "'", " ", "a", ","]), max_size=8).map("".join)
    shown = as_csv(hostile_report(data.draw(texts | dangerous), kind), show_suppressed=True)
    assert {len(row) for row in rows(shown)} == {len(COLUMNS)}
    for cell in cells_of(shown):
        assert not cell.lstrip(" '\"").startswith(FORMULA) or cell.lstrip(' "').startswith("'"), cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", '"\'=1+1"'),
        ("-5", '"\'-5"'),
        ("a=b-c", '"a=b-c"'),
        (' =cmd|" /C calc"!A0', '" \'=cmd|"" /C calc""!A0"'),
        ("x;=1", '"x;\'=1"'),
        ("\uff1d1", '"\'\uff1d1"'),
        ("\t=1", '"\\t=1"'),
    ],
)
def test_cells(text: str, cell: str) -> None:
    assert csv_cell(text) == cell


def test_a_cell_is_no_longer_than_a_spreadsheet_takes() -> None:
    assert len(csv_cell("=" * 100_000)) <= 32_767


def test_what_is_excepted_is_counted_or_listed(sample_lint: Report, sample_diff: Report) -> None:
    status = COLUMNS.index("status")
    shown = rows(as_csv(sample_lint))
    assert {row[status] for row in shown[1:]} == {"open"}
    assert shown[-1][COLUMNS.index("message")] == "1 suppressed and 1 known are not listed"
    every = rows(as_csv(sample_lint, show_suppressed=True))
    assert [row[status] for row in every].count("suppressed") == 1
    assert [row[status] for row in every].count("known") == 1
    assert "not listed" not in as_csv(sample_lint, show_suppressed=True)
    verdicts = [row[COLUMNS.index("verdict")] for row in rows(as_csv(sample_diff))]
    assert verdicts == ["verdict", "breaking", "risky", "safe", "", ""]


def test_a_change_names_whom_it_breaks_and_what_to_do(sample_diff: Report) -> None:
    row = dict(zip(COLUMNS, rows(as_csv(sample_diff))[1], strict=True))
    assert row["owners"] == "team-billing, team-sap"
    assert row["what_to_do"] == "Deprecate it first."
    assert "breaks: consumer billing (tier1)" in row["details"]


@settings(max_examples=60)
@given(data=st.data(), kind=KINDS)
def test_lines_hold_what_the_result_holds(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    report = hostile_report(data.draw(texts), kind)
    result = json.loads(as_json(report))
    lines = jsonl(report).split("\n")
    assert lines.pop() == ""
    head, *items = map(json.loads, lines)
    assert head.pop("type") == "run"
    again = {**head, **{name: [] for name in result if name not in head}}
    for one in items:
        name = {"note": "notes"}.get(one["type"], f"{one['type']}s")
        again[name].append(one["message"] if name == "notes" else {key: one[key] for key in one if key != "type"})
    assert again == result


def test_the_head_says_what_was_done(sample_diff: Report) -> None:
    head = json.loads(jsonl(sample_diff).split("\n")[0])
    assert (head["type"], head["schema"], head["command"]) == ("run", "integrationlint.result/1", "diff")
    assert head["verdict"] == "breaking"
    assert json.loads(jsonl(replace(sample_diff, notes=("a",))).split("\n")[-2]) == {"type": "note", "message": "a"}
