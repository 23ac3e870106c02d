"""JUnit's XML, as the strictest of its schemas has it (Jenkins, `junit-4.xsd`)."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from integrationlint.model.finding import Status
from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.escapes import xml_text
from integrationlint.report.issues import OWN, Issue, issues, told
from integrationlint.report.view import place, side, summary

_WIDTH: Final = 4_000
_PASSED: Final = "passed"


class _Case(NamedTuple):
    """One test case; `outcome` is the element that says how it went, none for one that passed."""

    suite: str
    name: str
    outcome: str
    kind: str
    issue: Issue | None


def junit(report: Report) -> str:
    """A suite for each file, with a case for each finding and each change, and one that passed for a clean document.

    Errors, warnings and changes that may break fail; infos and safe changes pass and say themselves in `system-out`;
    what has a written exception or is in the baseline is skipped; work that could not be done is an `error`.
    Names hold the rule and the address and no line, so that services know a case again.
    """
    suites: dict[str, list[_Case]] = {}
    for one in _cases(report):
        suites.setdefault(one.suite, []).append(one)
    body = [line for name in sorted(suites) for line in _suite(name, suites[name], report)]
    cases = [one for ones in suites.values() for one in ones]
    counts = Counter(one.outcome for one in cases)
    numbers = f'tests="{len(cases)}" failures="{counts["failure"]}" errors="{counts["error"]}"'
    head = f'<testsuites name="{OWN} {xml_text(report.command, _WIDTH)}" {numbers}>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuites>"]) + "\n"


def _cases(report: Report) -> Iterator[_Case]:
    names: Counter[str] = Counter()
    found = [one for one in issues(report, everything=True) if one.kind != "note"]
    for one in found:
        path = one.location.path if one.location is not None else ""
        suite = OWN if one.kind == "failure" else path or OWN
        # Of an address the file is the suite already.
        name = f"{one.rule} {one.address.removeprefix(f'{suite}#') or path}".strip()
        names[f"{suite} {name}"] += 1
        number = names[f"{suite} {name}"]
        yield _Case(suite, f"{name} ({number})" if number > 1 else name, *_outcome(one), one)
    told_of = {one.location.path for one in found if one.location is not None}
    for file in sorted({one.file for one in report.documents if one.format} - told_of):
        yield _Case(file, "no findings", _PASSED, "", None)
    if not report.errors:
        yield _Case(OWN, f"{report.command or 'run'} went through", _PASSED, "", None)


def _outcome(issue: Issue) -> tuple[str, str]:
    if issue.status is not Status.OPEN:
        return "skipped", issue.status.value
    if issue.kind == "failure":
        return "error", issue.rule
    return (_PASSED if issue.severity is Severity.INFO else "failure"), issue.verdict or issue.severity.value


def _suite(name: str, cases: list[_Case], report: Report) -> Iterator[str]:
    counts = Counter(one.outcome for one in cases)
    numbers = f'tests="{len(cases)}" failures="{counts["failure"]}" errors="{counts["error"]}"'
    yield f'  <testsuite name="{xml_text(name, _WIDTH)}" {numbers} skipped="{counts["skipped"]}">'
    for one in cases:
        yield from _case(one)
    if name == OWN:
        yield f"    <system-out>{_text(_about(report))}</system-out>"
    yield "  </testsuite>"


def _about(report: Report) -> list[str]:
    sides = [f"compared: {side(report.base)} -> {side(report.snapshot)}"] if report.command == "diff" else []
    return [summary(report), *sides, *(f"note: {one}" for one in report.notes)]


def _case(case: _Case) -> Iterator[str]:
    head = f'    <testcase name="{xml_text(case.name, _WIDTH)}" classname="{xml_text(case.suite, _WIDTH)}"'
    if case.issue is None:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield f"      {_element(case, case.issue)}"
    yield "    </testcase>"


def _element(case: _Case, issue: Issue) -> str:
    where = [f"at {place(issue.location)}"] if issue.location is not None else []
    # A change says its verdict itself.
    how = f"{case.kind}: " if issue.kind != "change" or case.outcome == "skipped" else ""
    body = _text([f"{how}{issue.message}", *where, *told(issue)[1:]])
    if case.outcome == "skipped":
        return f"<skipped>{body}</skipped>"
    if case.outcome == _PASSED:
        return f"<system-out>{body}</system-out>"
    attributes = f'type="{xml_text(case.kind, _WIDTH)}" message="{xml_text(issue.message, _WIDTH)}"'
    return f"<{case.outcome} {attributes}>{body}</{case.outcome}>"


def _text(lines: list[str]) -> str:
    return "\n".join(f"{'' if at == 0 else '  '}{xml_text(one, _WIDTH)}" for at, one in enumerate(lines))
