"""The list of reporters, and what each prints for a report with everything in it."""

import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from integrationlint.model.errors import UsageError
from integrationlint.model.report import Report
from integrationlint.report.reporters import REPORTERS, load_reporter, render

GOLDEN = Path(__file__).parents[1] / "data" / "reports"


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("command", ["lint", "diff"])
def test_prints_the_golden_report(
    name: str, command: str, sample_lint: Report, sample_diff: Report, golden: Callable[[Path, str], None]
) -> None:
    report = sample_lint if command == "lint" else sample_diff
    # CSV ends its lines in CR LF; golden files are for people and Git.
    golden(GOLDEN / f"{name}-{command}.golden", render(name, report).replace("\r\n", "\n"))


@pytest.mark.parametrize("name", REPORTERS)
def test_order_of_the_report_does_not_matter(name: str, sample_lint: Report, sample_diff: Report) -> None:
    for report in (sample_lint, sample_diff):
        turned = replace(
            report,
            findings=report.findings[::-1],
            changes=tuple(replace(one, impact=one.impact[::-1]) for one in report.changes[::-1]),
            rules=dict(reversed(list(report.rules.items()))),
        )
        assert render(name, turned) == render(name, report)


@pytest.mark.parametrize("name", REPORTERS)
def test_says_which_options_its_function_takes(name: str) -> None:
    parameters = inspect.signature(load_reporter(REPORTERS[name])).parameters.values()
    assert {one.name for one in parameters if one.kind is one.KEYWORD_ONLY} == REPORTERS[name].options


@pytest.mark.parametrize("name", REPORTERS)
def test_an_empty_report_is_no_trouble(name: str, empty_lint: Report) -> None:
    assert render(name, empty_lint) == "" if name == "concise" else render(name, empty_lint).endswith("\n")


def test_options_of_others_are_left_out(sample_lint: Report) -> None:
    assert render("concise", sample_lint, color=True, width=10) == render("concise", sample_lint)


def test_an_unknown_name_is_the_users_error(sample_lint: Report) -> None:
    with pytest.raises(UsageError, match=r"no format sarf.*did you mean 'sarif'"):
        render("sarf", sample_lint)


def test_a_run_loads_only_the_reporter_it_uses() -> None:
    code = """
import sys
from integrationlint.model.report import Report, SnapshotInfo
from integrationlint.report.reporters import REPORTERS, render
render("text", Report("1", "lint", SnapshotInfo("worktree")), color=True)
unwanted = {"rich", "json.tool", "urllib.parse", "jinja2", "integrationlint.report.issues"}
unwanted |= {one.target.partition(":")[0] for name, one in REPORTERS.items() if name != "text"}
print(sorted(unwanted & sys.modules.keys()))
"""
    # -S: site packages with .pth files import what they like before any code of ours.
    root = Path(__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == "[]\n"
