"""A report as a page of sections, for the templates of HTML and Confluence; every text in it is sanitised."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from integrationlint.model.change import Dependent, Harm
from integrationlint.model.finding import Finding, Status
from integrationlint.model.report import JudgedChange, Report
from integrationlint.report import view
from integrationlint.report.escapes import fitted
from integrationlint.report.excerpt import Excerpt, excerpt
from integrationlint.report.graph_view import identity
from integrationlint.report.issues import gravest, weight
from integrationlint.report.sanitise import line, link, opening

_WIDTH: Final = 2_000
_CODE_WIDTH: Final = 100
_DEPENDENTS: Final = 50
_EXCEPTIONS: Final = 1_000


class Rule(NamedTuple):
    """A rule that found something; `anchor` is an id of the page, `found` how often it did."""

    id: str
    anchor: str
    title: str
    why: str
    fix: str
    clauses: str
    url: str
    found: int


class Row(NamedTuple):
    """A finding: `place` is line and column, `reason` why it is excepted."""

    weight: str
    file: str
    place: str
    message: str
    rule: str
    anchor: str
    related: tuple[str, ...]
    number: int
    excerpt: Excerpt | None
    reason: str


class File(NamedTuple):
    """A file with its findings."""

    path: str
    format: str
    rows: tuple[Row, ...]


class Reached(NamedTuple):
    """A dependent of a change: what happens to it, its name and owner, and the path to it."""

    harm: str
    name: str
    path: str


class Step(NamedTuple):
    """A change: what, where, why, an example, whom it breaks, and what to do."""

    verdict: str
    message: str
    rule: str
    anchor: str
    facts: tuple[tuple[str, str], ...]
    witness: tuple[str, ...]
    impact: str
    reached: tuple[Reached, ...]
    more: int


class Page(NamedTuple):
    """The sections in their order; `about` says what was looked at, `counts` how much there is of what."""

    title: str
    verdict: str
    about: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    failures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    changes: tuple[Step, ...]
    files: tuple[File, ...]
    exceptions: tuple[Row, ...]
    rules: tuple[Rule, ...]


def page(report: Report, most: int, place: str) -> Page:
    """The page with at most so many changes and findings, the gravest; a note says what `place` has no room for."""
    findings = view.findings(report, excepted=True)
    every: list[JudgedChange | Finding] = [
        *view.changes(report),
        *(one for one in findings if one.status is Status.OPEN),
    ]
    kept = gravest(every, most, weight)
    changes = [one for one in kept if isinstance(one, JudgedChange)]
    shown = [one for one in kept if isinstance(one, Finding)]
    excepted = [one for one in findings if one.status is not Status.OPEN]
    notes = [fitted(one, _WIDTH) for one in report.notes]
    if left_out := len(every) - len(kept) + max(0, len(excepted) - _EXCEPTIONS):
        notes.append(f"{view.plural(left_out, 'entry', 'entries')} of lesser weight did not fit into {place}")
    formats = {one.file: line(f"{one.format} {one.version}".strip()) for one in report.documents if one.format}
    said = view.headline(report) if report.command == "diff" else _severities(report)
    return Page(
        title=f"integrationlint: {said}",
        verdict=_verdict(report),
        about=tuple(_about(report)),
        counts=_counts(report),
        failures=tuple((fitted(view.error_words(one), _WIDTH), fitted(one.message, _WIDTH)) for one in report.errors),
        notes=tuple(notes),
        changes=tuple(_step(one) for one in changes),
        files=tuple(_files(shown, formats)),
        exceptions=tuple(_row(one) for one in excepted[:_EXCEPTIONS]),
        rules=tuple(_rules(report, [*changes, *shown])),
    )


def _severities(report: Report) -> str:
    return ", ".join(view.plural(count, one.value) for one, count in view.counts(report).severities.items())


def _verdict(report: Report) -> str:
    if report.command == "diff":
        return "no change" if report.verdict == "none" else report.verdict.value
    worst = next((one.value for one, count in view.counts(report).severities.items() if count), "")
    return worst or "no findings"


def _about(report: Report) -> Iterator[str]:
    if report.command == "diff":
        yield f"from {line(view.side(report.base))} to {line(view.side(report.snapshot))}"
    else:
        yield line(view.side(report.snapshot))
    yield f"integrationlint {line(report.version)}"


def _counts(report: Report) -> tuple[tuple[str, int], ...]:
    said = view.counts(report)
    cells = {"files": said.files, "documents": said.documents}
    if report.command == "diff":
        cells |= {f"{verdict.value} changes": count for verdict, count in said.verdicts.items()}
    cells |= {f"{severity.value}s": count for severity, count in said.severities.items()}
    cells |= {"suppressed": said.suppressed, "known": said.known, "not applicable": said.not_applicable}
    return tuple(cells.items())


def _files(findings: Iterable[Finding], formats: Mapping[str, str]) -> Iterator[File]:
    for path, ones in groupby(findings, key=lambda one: one.location.path):
        yield File(line(path), formats.get(path, ""), tuple(_row(one) for one in ones))


def _row(finding: Finding) -> Row:
    start = finding.location.span.start
    reason = view.exception(finding.suppression) if finding.suppression else ""
    return Row(
        finding.severity.value if finding.status is Status.OPEN else finding.status.value,
        line(finding.location.path),
        f"{start.line}:{start.column}",
        fitted(finding.message, _WIDTH),
        line(finding.rule),
        identity(finding.rule, "r"),
        tuple(fitted(f"{view.place(one.location)} {one.message}", _WIDTH) for one in view.related(finding)),
        start.line,
        excerpt(finding.excerpt, finding.location.span, _CODE_WIDTH),
        fitted(reason, _WIDTH),
    )


def _step(change: JudgedChange) -> Step:
    ordered = [one for ones in view.dependents(change).values() for one in ones]
    return Step(
        change.verdict.value,
        fitted(change.message, _WIDTH),
        line(change.rule),
        identity(change.rule, "r"),
        tuple((name, fitted(said, _WIDTH)) for name, said in _facts(change) if said),
        tuple(opening(one) for one in view.witness_lines(change.witness)) if change.witness is not None else (),
        view.impact_words(change),
        tuple(map(_reached, ordered[:_DEPENDENTS])),
        max(0, len(ordered) - _DEPENDENTS),
    )


def _facts(change: JudgedChange) -> Iterator[tuple[str, str]]:
    yield "at", view.place(change.location)
    yield "was at", view.place(change.base) if change.base else ""
    yield "why", view.compatibility_words(change)
    yield "values", view.value_words(change)
    yield "proof", view.witness_words(change.witness) if change.witness is not None else ""
    yield "suppressed", view.exception(change.suppression) if change.suppression is not None else ""
    yield "what to do", change.fix


def _reached(one: Dependent) -> Reached:
    path = view.path_words(one) if one.verdict is not Harm.UNAFFECTED else ""
    return Reached(view.harm_word(one.verdict), fitted(view.dependent_words(one), _WIDTH), fitted(path, _WIDTH))


def _rules(report: Report, kept: Iterable[JudgedChange | Finding]) -> Iterator[Rule]:
    found = Counter(one.rule for one in kept)
    for rule, count in sorted(found.items()):
        known = report.rules.get(rule)
        title, why, fix = (known.title, known.why, known.fix) if known is not None else ("", "", "")
        clauses = ", ".join(f"{one.standard} {one.clause}" for one in known.refs) if known is not None else ""
        url = link(known.url) if known is not None else ""
        title, why, fix, clauses = (fitted(text, _WIDTH) for text in (title, why, fix, clauses))
        yield Rule(line(rule) or "-", identity(rule, "r"), title, why, fix, clauses, url, count)
