"""Two snapshots to a report: what changed, whether it breaks, and whom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from integrationlint import __version__
from integrationlint.catalog import Catalog
from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.diff.versions import version_changes
from integrationlint.engine.judge import judge
from integrationlint.engine.run import Excerpt, Outcome, run, settle
from integrationlint.engine.select import Bound, chosen
from integrationlint.engine.suppress import apply
from integrationlint.model.change import Change, Verdict
from integrationlint.model.element import Element
from integrationlint.model.finding import Finding, Status
from integrationlint.model.report import JudgedChange, Report, RunError
from integrationlint.model.settings import Settings
from integrationlint.pipeline.changes import fingerprints, found, sides, told, worst_by_file
from integrationlint.pipeline.lint import (
    Scope,
    documents,
    excerpts,
    failures,
    open_workspace,
    rule_infos,
    sorted_findings,
    suppressions,
)
from integrationlint.source.snapshot import Snapshot
from integrationlint.workspace.workspace import Workspace


def diff(base: Snapshot, head: Snapshot, scopes: tuple[Scope, Scope], catalog: Catalog, settings: Settings) -> Report:
    """Compare two snapshots, judge each change by the chosen rules, and follow it to its dependents."""
    bounds = chosen(catalog.rules, settings, catalog.check)
    before = open_workspace(base, scopes[0].paths, settings)
    after = open_workspace(head, scopes[1].paths, settings)
    errors = [*failures(before), *failures(after)]
    broken = _unreadable(before) | _unreadable(after)
    pairs = paired(_roots(before, broken), _roots(after, broken))
    both = sides(before, after, pairs)
    judged = judge(compare(before, after, pairs, errors), bounds, after, errors)
    judged += judge(version_changes(pairs, worst_by_file(judged, both)), bounds, after, errors)
    judged = [one for one in judged if _is_reported(one.change, scopes)]
    marks = list(fingerprints(judged))
    excerpt = excerpts(after)
    findings = [*found(judged, marks, both, excerpt), *_faults(after, bounds, excerpt, errors)]
    settled = apply(sorted_findings(findings), suppressions(after, settings, scopes[1]), settings.today)
    covered = {one.fingerprint: one for one in settled.findings if one.status is Status.SUPPRESSED}
    notes: list[str] = []
    changes = [_approved(one, covered) for one in told(judged, marks, both, errors, notes)]
    return Report(
        version=__version__,
        command="diff",
        snapshot=head.info,
        base=base.info,
        documents=documents(after, scopes[1].reported),
        findings=tuple(one for one in settled.findings if one.rule),
        rules=rule_infos(bounds),
        errors=tuple(errors),
        files=sum(map(scopes[1].reported, after.loaded)),
        changes=tuple(changes),
        verdict=worst(changes),
        notes=(*base.notes(), *head.notes(), *notes),
    )


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


def _faults(after: Workspace, bounds: Iterable[Bound], excerpt: Excerpt, errors: list[RunError]) -> tuple[Finding, ...]:
    """What the parsers met in the head: a file that was not compared is never passed over in silence."""
    outcome = Outcome(errors=errors)
    for one in after.loaded.values():
        run(bounds, {"fault": one.kinds.get("fault", [])}, after, outcome)
    return settle(outcome.findings, excerpt)


def worst(changes: list[JudgedChange]) -> Verdict:
    """The worst verdict of the changes that no suppression covers."""
    open_ = [one.verdict for one in changes if one.suppression is None]
    return max(open_, key=lambda one: one.rank, default=Verdict.NONE)


def _approved(change: JudgedChange, covered: Mapping[str, Finding]) -> JudgedChange:
    finding = covered.get(change.fingerprint)
    return replace(change, suppression=finding.suppression) if finding is not None else change
