"""The reporters: the one list of them, and the way a report becomes text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from integrationlint.model.errors import UsageError, did_you_mean
from integrationlint.model.report import Report
from integrationlint.report.redact import redacted


@dataclass(frozen=True, slots=True)
class Reporter:
    """Where a reporter is found, whom it serves, how its files end, and which of the options of `render` it takes."""

    target: str
    title: str
    suffix: str
    options: frozenset[str] = frozenset()


REPORTERS: Final[Mapping[str, Reporter]] = {
    "text": Reporter(
        "integrationlint.report.text:text",
        "for people at a terminal",
        ".txt",
        frozenset({"color", "width", "show_suppressed", "statistics"}),
    ),
    "concise": Reporter("integrationlint.report.concise:concise", "one line each, for editors and grep", ".txt"),
    "json": Reporter(
        "integrationlint.report.json:json",
        "the versioned result, for tools",
        ".json",
        frozenset({"show_suppressed"}),
    ),
    "sarif": Reporter("integrationlint.report.sarif:sarif", "SARIF 2.1.0, for code scanning", ".sarif"),
    "markdown": Reporter("integrationlint.report.markdown:markdown", "for a comment on a pull request", ".md"),
    "html": Reporter("integrationlint.report.html:html", "one page for a browser", ".html"),
    "csv": Reporter("integrationlint.report.csv:csv", "for spreadsheets", ".csv", frozenset({"show_suppressed"})),
    "jsonl": Reporter("integrationlint.report.jsonl:jsonl", "the result, a line for each item", ".jsonl"),
    "junit": Reporter("integrationlint.report.junit:junit", "as test results", ".xml"),
    "checkstyle": Reporter("integrationlint.report.checkstyle:checkstyle", "Checkstyle's XML", ".xml"),
    "github": Reporter("integrationlint.report.github:github", "annotations of GitHub Actions", ".txt"),
    "github-summary": Reporter(
        "integrationlint.report.github_summary:github_summary", "the summary of a job of GitHub Actions", ".md"
    ),
    "gitlab": Reporter("integrationlint.report.gitlab:gitlab", "Code Quality of GitLab", ".json"),
    "azure": Reporter("integrationlint.report.azure:azure", "issues of Azure Pipelines", ".txt"),
    "bitbucket": Reporter("integrationlint.report.bitbucket:bitbucket", "Code Insights of Bitbucket", ".json"),
    "teamcity": Reporter("integrationlint.report.teamcity:teamcity", "inspections of TeamCity", ".txt"),
    "warnings-ng": Reporter("integrationlint.report.warnings_ng:warnings_ng", "for Jenkins", ".json"),
    "sonar": Reporter("integrationlint.report.sonar:sonar", "generic issues of SonarQube", ".json"),
    "rdjson": Reporter("integrationlint.report.rdjson:rdjson", "for reviewdog", ".json"),
    "confluence": Reporter("integrationlint.report.confluence:confluence", "a page of Confluence", ".xml"),
}


def load_reporter(reporter: Reporter) -> Callable[..., str]:
    """The function of a reporter, imported on first use."""
    module, _, function = reporter.target.partition(":")
    return cast("Callable[..., str]", getattr(import_module(module), function))


def render(name: str, report: Report, *, reporters: Mapping[str, Reporter] = REPORTERS, **options: bool | int) -> str:
    """The report as text by the named reporter, secrets masked; raises UsageError for a name that is not listed.

    options: `color`, `width`, `show_suppressed`, `statistics`; those which a reporter does not take are left out.
    """
    reporter = reporters.get(name)
    if reporter is None:
        raise UsageError(f"there is no format {name}{did_you_mean(name, list(reporters))}")
    taken = {option: value for option, value in options.items() if option in reporter.options}
    return load_reporter(reporter)(redacted(report), **taken)
