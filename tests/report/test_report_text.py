"""Text for people: colours, groups, hints, exceptions and statistics."""

import re
from dataclasses import replace

from integrationlint.model.change import Harm
from integrationlint.model.report import Report
from integrationlint.report.text import text

SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_colour_adds_colour_and_nothing_else(sample_lint: Report, sample_diff: Report) -> None:
    for report in (sample_lint, sample_diff):
        coloured = text(report, color=True)
        assert coloured.count("\x1b[0m") > 5
        assert SGR.sub("", coloured) == text(report)


def test_a_fix_is_told_once_per_rule(sample_lint: Report) -> None:
    found = [one for one in sample_lint.findings if one.rule == "oas/path-case"]
    report = replace(sample_lint, findings=tuple(replace(one, status=found[0].status) for one in found))
    assert text(report).count("fix Rename the segment") == 1


def test_excepted_findings_show_only_when_asked_for(sample_lint: Report) -> None:
    assert "exportFiles" not in text(sample_lint)
    shown = text(sample_lint, show_suppressed=True)
    assert "suppressed: agreed with the data team (owner team-orders, ticket INT-482, until 2027-03-31)" in shown
    assert "\n          known\n" in shown


def test_statistics_count_rules(sample_lint: Report) -> None:
    assert "       15  oas/field-case\n        1  fault/syntax\n" in text(sample_lint, statistics=True)
    assert "15  oas/field-case" not in text(sample_lint)


def test_width_bounds_excerpts(sample_lint: Report) -> None:
    for width in (40, 80, 200):
        shown = [one for one in text(sample_lint, width=width).splitlines() if re.match(r" +\d+ \| ", one)]
        assert max(map(len, shown)) <= width
        assert any(one.endswith("…") for one in shown)


def test_many_dependents_are_capped(sample_diff: Report) -> None:
    change = sample_diff.changes[0]
    many = tuple(replace(change.impact[0], address=f"a{number:03}", name=f"n{number}") for number in range(57))
    idle = tuple(replace(one, verdict=Harm.UNAFFECTED) for one in many)
    shown = text(replace(sample_diff, changes=(replace(change, impact=many + idle),)))
    assert "114 dependents: 57 break, 57 unaffected" in shown
    assert "… and 37 more break\n" in shown
    assert "… and 52 more unaffected\n" in shown


def test_a_diff_without_changes_says_so(sample_diff: Report) -> None:
    shown = text(replace(sample_diff, changes=(), findings=(), verdict=sample_diff.verdict.NONE))
    first = "NO CHANGE  no change that means something to a reader; main (1a2b3c4d5e6f) -> work tree\n"
    assert shown.startswith(first)
