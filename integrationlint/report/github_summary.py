"""The summary of a job of GitHub Actions: `--format github-summary` appended to `$GITHUB_STEP_SUMMARY`."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.report.markdown import fitting

# GitHub takes 1 MiB of a step and refuses the whole of what is longer.
MOST_BYTES: Final = 1_000_000


def github_summary(report: Report) -> str:
    """Markdown as in a comment, up to a megabyte: the gravest stay, and a last line says how many do not."""
    return fitting(report, MOST_BYTES, lambda text: len(text.encode()), "the summary of a job")
