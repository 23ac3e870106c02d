"""A report as the body of a page of Confluence, in its storage format (XHTML with macros)."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.report.page import page
from integrationlint.resources import render

# Confluence gives up on pages of some megabytes; with so many entries it still opens one.
MOST: Final = 1_000


def confluence(report: Report) -> str:
    """Status, counts, changes with whom they break folded away, findings by file, exceptions, rules."""
    return render("findings_confluence.xml.j2", page=page(report, MOST, "a page"))
