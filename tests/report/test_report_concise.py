"""One line each."""

import re

from integrationlint.model.report import Report
from integrationlint.report.concise import concise


def test_every_line_has_place_weight_rule_and_message(sample_lint: Report, sample_diff: Report) -> None:
    for report in (sample_lint, sample_diff):
        lines = concise(report).splitlines()
        assert len(lines) > 3
        for line in lines:
            assert re.fullmatch(
                r"[^:]+(:\d+:\d+)?: (error|warning|info|breaking|risky|safe|failure) [a-z]+/[a-z-]+ .+", line
            )
