"""A report as one HTML file: without a script, without anything to load, in light and dark."""

from typing import Final

from integrationlint.model.report import Report
from integrationlint.report.page import page
from integrationlint.resources import render

# Browsers stay quick with so many rows; the JSON result has all of them.
MOST: Final = 10_000


def html(report: Report) -> str:
    """The page: counts, failures, changes with whom they break, findings by file, exceptions, rules."""
    return render("findings.html.j2", page=page(report, MOST, "this page"))
