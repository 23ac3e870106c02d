"""Markdown for a comment on a pull request, within what GitHub and GitLab accept."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from integrationlint.model.change import Harm
from integrationlint.model.finding import Finding
from integrationlint.model.report import JudgedChange, Report
from integrationlint.report import view
from integrationlint.report.excerpt import excerpt
from integrationlint.report.sanitise import line, markdown_block, markdown_code, markdown_text
from integrationlint.report.values import brief, crop

# GitHub takes 65 536 characters in a comment; the rest is for whoever puts a title above it.
MOST_CHARACTERS: Final = 60_000
_MESSAGE_WIDTH: Final = 500
_EXCERPT_WIDTH: Final = 80
_DEPENDENTS: Final = 20
_PLACES: Final = 10
_FIRST: Final = 9
# What the last line takes, and what a heading and line ends add to an entry.
_ENDING: Final = 200
_BETWEEN: Final = 10


class _Entry(NamedTuple):
    """One change, finding or group; `weight` decides who stays when not all fit."""

    weight: int
    heading: str
    text: str


def markdown(report: Report) -> str:
    """Headline, table of counts, changes with their impact folded away, findings by file; at most 60 000 characters.

    When not all fits, the gravest entries stay and a last line says how many do not. Text from documents is escaped
    or in code, so that it renders as text; every line begins with text of ours.
    """
    return fitting(report, MOST_CHARACTERS, len, "a comment")


def fitting(report: Report, most: int, size: Callable[[str], int], place: str) -> str:
    """Markdown that is not larger than `most`, as `size` measures it; `place` is what it has to fit into."""
    entries = [*_failures(report), *_changes(report), *_findings(report)]
    parts = [_head(report)]
    kept = _gravest(entries, most - size(parts[0]) - _ENDING, size)
    heading = ""
    for entry in kept:
        if entry.heading != heading:
            heading = entry.heading
            parts += ["", f"### {heading}", ""]
        parts.append(entry.text)
    if len(kept) < len(entries):
        left_out = view.plural(len(entries) - len(kept), "entry", "entries")
        parts += ["", f"_{left_out} of lesser weight did not fit into {place}; the whole report has them._"]
    # Lists end their code blocks with an empty line, headings begin with one.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip("\n") + "\n"


def _gravest(entries: list[_Entry], room: int, size: Callable[[str], int]) -> list[_Entry]:
    kept = []
    for at in sorted(range(len(entries)), key=lambda at: -entries[at].weight):
        room -= size(entries[at].heading) + size(entries[at].text) + _BETWEEN
        if room < 0:
            break
        kept.append(at)
    return [entries[at] for at in sorted(kept)]


def _head(report: Report) -> str:
    if report.command == "diff":
        verdict = "no change" if report.verdict == "none" else report.verdict.value
        title = f"## integrationlint: {verdict}\n\n**{view.headline(report)}**, "
        title += f"{_code(view.side(report.base))} → {_code(view.side(report.snapshot))}"
    else:
        severities = view.counts(report).severities
        title = f"## integrationlint: {', '.join(view.plural(count, one) for one, count in severities.items())}"
    return f"{title}\n\n{_table(report)}"


def _table(report: Report) -> str:
    said = view.counts(report)
    cells = {"files": said.files, "documents": said.documents}
    if report.command == "diff":
        cells |= {verdict.value: count for verdict, count in said.verdicts.items()}
    cells |= {f"{severity}s": count for severity, count in said.severities.items()}
    cells |= {"suppressed": said.suppressed, "known": said.known, "not applicable": said.not_applicable}
    rows = (list(cells), ["---:"] * len(cells), [str(count) for count in cells.values()])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _failures(report: Report) -> Iterator[_Entry]:
    for error in report.errors:
        text = f"- {_code(view.error_words(error))} {_prose(error.message)}"
        yield _Entry(_FIRST, "Part of the work could not be done", text)
    for note in report.notes:
        yield _Entry(_FIRST, "Notes", f"- {_prose(note)}")


def _changes(report: Report) -> Iterator[_Entry]:
    told: set[str] = set()
    for change in view.changes(report):
        weight = 0 if change.suppression else change.verdict.rank
        yield _Entry(weight, "Changes", "\n".join([*_change(change), *_hint(change.rule, change.fix, told)]))


def _change(change: JudgedChange) -> Iterator[str]:
    yield f"- **{change.verdict}** {_prose(change.message)} {_code(change.rule) if change.rule else ''}".rstrip()
    was = f", was at {_code(view.place(change.base))}" if change.base else ""
    yield f"  at {_code(view.place(change.location))}{was}"
    yield f"  ({_prose(view.compatibility_words(change))})"
    for name, value in (("before", change.before), ("after", change.after)):
        if value is not None:
            yield f"  {name} {_code(brief(value))}"
    if change.witness is not None:
        yield f"  {_prose(view.witness_words(change.witness))}"
        shown = [line(one) for one in view.witness_lines(change.witness)]
        yield from (f"  {one}" for one in ("", *markdown_block(shown), ""))
    if change.suppression:
        yield f"  suppressed: {_prose(view.exception(change.suppression))}"
    if change.impact:
        yield from ("", f"  <details><summary>{view.impact_words(change)}</summary>", "")
        yield from _impact(change)
        yield from ("", "  </details>", "")


def _impact(change: JudgedChange) -> Iterator[str]:
    ordered = [(harm, one) for harm, ones in view.dependents(change).items() for one in ones]
    for harm, one in ordered[:_DEPENDENTS]:
        yield f"  - **{view.harm_word(harm)}** {_prose(view.dependent_words(one))}"
        if harm is not Harm.UNAFFECTED:
            yield f"    by {_code(view.path_words(one))}"
    if len(ordered) > _DEPENDENTS:
        yield f"  - … and {len(ordered) - _DEPENDENTS} more"


def _findings(report: Report) -> Iterator[_Entry]:
    told: set[str] = set()
    for path, groups in view.by_file(view.findings(report)):
        for group in groups:
            rule = report.rules.get(group.rule)
            if group.repeated:
                lines = list(_repeated(group, rule.title if rule else ""))
            else:
                lines = [one for finding in group.findings for one in _finding(finding)]
            lines += _hint(group.rule, rule.fix if rule else "", told)
            yield _Entry(group.severity.rank, _code(path), "\n".join(lines))


def _finding(finding: Finding) -> Iterator[str]:
    yield f"- **{finding.severity}** {_where(finding)} {_prose(finding.message)} {_code(finding.rule)}"
    yield from _source(finding)


def _repeated(group: view.Group, title: str) -> Iterator[str]:
    yield f"- **{group.severity}** {len(group.findings)} times: {_prose(group.message or title)} {_code(group.rule)}"
    for finding in group.findings[: view.SPELT_OUT]:
        yield f"  - {_where(finding)}" + ("" if group.message else f" {_prose(finding.message)}")
    rest = group.findings[view.SPELT_OUT :]
    places = ", ".join(str(finding.location.span.start.line) for finding in rest[:_PLACES])
    yield f"  - … and {len(rest)} more, in line {places}{', …' if len(rest) > _PLACES else ''}"


def _where(finding: Finding) -> str:
    start = finding.location.span.start
    return f"{start.line}:{start.column}"


def _source(finding: Finding) -> Iterator[str]:
    shown = excerpt(finding.excerpt, finding.location.span, _EXCERPT_WIDTH)
    if shown:
        number = str(finding.location.span.start.line)
        yield ""
        lines = [f"{number} | {shown.line}", f"{' ' * len(number)} | {shown.carets}"]
        yield from (f"  {one}" for one in markdown_block(lines))
        yield ""


def _hint(rule: str, fix: str, told: set[str]) -> Iterator[str]:
    """How to mend it, the first time that a rule has something to say."""
    if fix and rule not in told:
        told.add(rule)
        yield f"  _How to mend it:_ {_prose(fix)}"


def _prose(text: str) -> str:
    return markdown_text(crop(text, _MESSAGE_WIDTH))


def _code(text: str) -> str:
    return markdown_code(crop(text, _MESSAGE_WIDTH))
