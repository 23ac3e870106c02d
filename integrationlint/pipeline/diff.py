"""Two snapshots to a report: what changed, whether it breaks, and whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from integrationlint import __version__
from integrationlint.catalog import Catalog
from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.diff.versions import version_changes
from integrationlint.engine.judge import judge
from integrationlint.engine.run import Outcome, run, settle
from integrationlint.engine.select import Bound, chosen
from integrationlint.engine.suppress import apply
from integrationlint.model.change import Change, Verdict
from integrationlint.model.element import Element
from integrationlint.model.finding import Finding, Status
from integrationlint.model.report import JudgedChange, Report
from integrationlint.model.settings import Settings
from integrationlint.pipeline.changes import fingerprints, found, sides, told, worst_by_file
from integrationlint.pipeline.lint import (
    Scope,
    documents,
    excerpts,
    failures,
    left_out,
    open_workspace,
    rule_infos,
    sorted_findings,
    suppressions,
)
from integrationlint.pipeline.touched import Uses, touched
from integrationlint.pipeline.weakened import weigh
from integrationlint.pipeline.witnesses import witnessed
from integrationlint.source.snapshot import Fenced, Snapshot
from integrationlint.workspace.workspace import Workspace


def diff(base: Snapshot, head: Snapshot, scopes: tuple[Scope, Scope], catalog: Catalog, settings: Settings) -> Report:
    """Compare two snapshots, judge each change by the chosen rules, and follow it to its dependents."""
    # A submodule is checked out on disk and nowhere else: what lies in one is on neither side.
    foreign = lambda path: base.is_foreign(path) or head.is_foreign(path)  # noqa: E731
    before = open_workspace(Fenced(base, foreign), scopes[0].paths, settings)
    after = open_workspace(Fenced(head, foreign), scopes[1].paths, settings)
    return compared(before, after, scopes, chosen(catalog.rules, settings, catalog.check), settings, proved=True)


def compared(
    before: Workspace,
    after: Workspace,
    scopes: tuple[Scope, Scope],
    bounds: Sequence[Bound],
    settings: Settings,
    *,
    released: bool = True,
    proved: bool = False,
    both_uses: tuple[Uses, Uses] | None = None,
) -> Report:
    """Compare two opened snapshots. Versions are only set beside what changed where both sides were `released`.

    `proved` asks for example messages of the worst changes. Who knows which file uses which on each side spares
    documents in which nothing can have changed.
    """
    errors = [*failures(before), *failures(after)]
    broken = _unreadable(before) | _unreadable(after)
    pairs = paired(_roots(before, broken), _roots(after, broken))
    both = sides(before, after, pairs)
    asked = pairs if both_uses is None else touched((before, after), both_uses, pairs)
    judged = judge(compare(before, after, asked, errors), bounds, after, errors)
    if released:
        judged += judge(version_changes(pairs, worst_by_file(judged, both)), bounds, after, errors)
    judged = [one for one in judged if _is_reported(one.change, scopes)]
    if proved:
        judged = witnessed(judged, both)
    marks = list(fingerprints(judged))
    excerpt = excerpts(after)
    outcome = Outcome(errors=errors)
    notes = [*_left_out(before, after), *weigh(bounds, settings, after, outcome)]
    _run_on_faults(after, bounds, outcome)
    findings = [*found(judged, marks, both, excerpt), *settle(outcome.findings, excerpt)]
    settled = apply(sorted_findings(findings), suppressions(after, settings, scopes[1]), settings.today)
    covered = {one.fingerprint: one for one in settled.findings if one.status is Status.SUPPRESSED}
    changes = [_approved(one, covered) for one in told(judged, marks, both, errors, notes)]
    return Report(
        version=__version__,
        command="diff",
        snapshot=after.info,
        base=before.info,
        documents=documents(after, scopes[1].reported),
        findings=tuple(one for one in settled.findings if one.rule),
        rules=rule_infos(bounds),
        errors=tuple(errors),
        files=sum(map(scopes[1].reported, after.loaded)),
        changes=tuple(changes),
        verdict=worst(changes),
        notes=tuple(notes),
    )


def _left_out(before: Workspace, after: Workspace) -> Iterator[str]:
    """What was not looked into, and on which side."""
    base, head = left_out(before), left_out(after)
    for note in base:
        yield note if note in head else f"base: {note}"
    yield from (f"head: {note}" for note in head if note not in base)


def _is_reported(change: Change, scopes: tuple[Scope, Scope]) -> bool:
    both = zip((change.before, change.after), scopes, strict=True)
    return any(side is not None and scope.reported(side.document.path) for side, scope in both)


def _unreadable(workspace: Workspace) -> set[str]:
    """The documents that could not be read or built: nothing can be said of how they changed."""
    faults = {path for path, one in workspace.loaded.items() if any(fault.fatal for fault in one.document.faults)}
    return faults | {path for path, one in workspace.loaded.items() if one.failure}


def _roots(workspace: Workspace, broken: set[str]) -> Mapping[str, Element]:
    known = ((path, one) for path, one in workspace.loaded.items() if path not in broken)
    return {path: one.root for path, one in known if one.match is not None or one.root.children}


def _run_on_faults(after: Workspace, bounds: Iterable[Bound], outcome: Outcome) -> None:
    """What the parsers met in the head: a file that was not compared is never passed over in silence."""
    rules = [bound for bound in bounds if "fault" in bound.rule.each]
    for one in after.loaded.values():
        if "fault" in one.kinds:
            run(rules, {"fault": one.kinds["fault"]}, after, outcome)


def worst(changes: list[JudgedChange]) -> Verdict:
    """The worst verdict of the changes that no suppression covers."""
    open_ = [one.verdict for one in changes if one.suppression is None]
    return max(open_, key=lambda one: one.rank, default=Verdict.NONE)


def _approved(change: JudgedChange, covered: Mapping[str, Finding]) -> JudgedChange:
    finding = covered.get(change.fingerprint)
    return replace(change, suppression=finding.suppression) if finding is not None else change
