"""The diagnostics of reviewdog, which turns them into comments on GitHub, GitLab, Bitbucket, Gitea and Gerrit."""

from typing import Final

from integrationlint.model.location import Location, Position
from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import fitted, json_of
from integrationlint.report.issues import OWN, Issue, issues, told
from integrationlint.report.sanitise import link, markdown_inline
from integrationlint.report.values import crop

SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
_WIDTH: Final = 4_000
Members = dict[str, object]


def rdjson(report: Report) -> str:
    """A `DiagnosticResult`. Most services show a message as Markdown, where it is text and calls nobody.

    reviewdog counts columns in bytes: they are told for what lies in one line whose text is known.
    """
    found = [_diagnostic(one) for one in issues(report)]
    return json_of({"source": {"name": OWN}, "diagnostics": found})


def _diagnostic(issue: Issue) -> Members:
    # A word of ours in front: no text begins a block of Markdown.
    said = "\n".join(
        markdown_inline(crop(one, _WIDTH)) for one in (f"{_word(issue)}: {issue.message}", *told(issue)[1:])
    )
    url = link(issue.url)
    return {
        "message": said,
        "location": _location(issue.location, issue.excerpt),
        "severity": SEVERITIES[issue.severity],
        "code": {"value": fitted(issue.rule, _WIDTH), **({"url": url} if url else {})},
    }


def _word(issue: Issue) -> str:
    return issue.severity.value if issue.kind in ("finding", "change") else issue.kind


def _location(place: Location | None, excerpt: str) -> Members:
    if place is None:
        return {"path": "."}
    start, end = place.span.start, max(place.span)
    if not excerpt or start.line != end.line:
        return {"path": place.path, "range": {"start": {"line": start.line}}}
    return {"path": place.path, "range": {"start": _position(start, excerpt), "end": _position(end, excerpt)}}


def _position(position: Position, excerpt: str) -> Members:
    before = excerpt[: position.column - 1].encode("utf-8", "surrogatepass")
    return {"line": position.line, "column": len(before) + 1}
