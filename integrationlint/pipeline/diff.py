"""Two snapshots to a report: what changed, whether it breaks, and whom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from integrationlint import __version__
from integrationlint.catalog import Catalog
from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.diff.impact import Side, impact
from integrationlint.diff.trees import plain
from integrationlint.diff.versions import version_changes
from integrationlint.engine.judge import Judged, judge
from integrationlint.engine.run import Excerpt, Outcome, run, settle
from integrationlint.engine.select import Bound, chosen
from integrationlint.engine.suppress import apply
from integrationlint.model.change import Change, Dependent, Verdict
from integrationlint.model.element import Element
from integrationlint.model.finding import Finding, Status
from integrationlint.model.location import Location
from integrationlint.model.report import JudgedChange, Report, RunError
from integrationlint.model.settings import Settings
from integrationlint.pipeline.lint import (
    Scope,
    documents,
    excerpts,
    failures,
    open_workspace,
    rule_infos,
    sorted_findings,
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
    judged = judge(compare(before, after, pairs), bounds, after, errors)
    versions = judge(version_changes(pairs, _worst_by_file(judged)), bounds, after, errors)
    sides = Side(before), Side(after)
    told = [_told(one, after, impact(one.change, one.sides, *sides)) for one in (*judged, *versions) if _is_change(one)]
    excerpt = excerpts(after)
    findings = [_finding(one, one.bound, after, excerpt) for one in (*judged, *versions) if one.bound is not None]
    findings += _faults(after, bounds, excerpt, errors)
    settled = apply(sorted_findings(findings), settings.suppressions, settings.today)
    covered = {one.fingerprint: one for one in settled.findings if one.status is Status.SUPPRESSED}
    told = [_approved(one, covered) for one in told]
    return Report(
        version=__version__,
        command="diff",
        snapshot=head.info,
        base=base.info,
        documents=documents(after, scopes[1].reported),
        findings=settled.findings,
        rules=rule_infos(bounds),
        errors=tuple(errors),
        files=len(after.loaded),
        changes=tuple(sorted(told, key=_order)),
        verdict=worst(told),
        notes=(*base.notes(), *head.notes()),
    )


def _unreadable(workspace: Workspace) -> set[str]:
    """The documents without a value or elements: nothing can be said of how they changed."""
    return {path for path, one in workspace.loaded.items() if one.document.value is None or one.failure}


def _roots(workspace: Workspace, broken: set[str]) -> Mapping[str, Element]:
    known = ((path, one) for path, one in workspace.loaded.items() if path not in broken)
    return {path: one.root for path, one in known if one.match is not None or one.root.children}


def _faults(after: Workspace, bounds: Iterable[Bound], excerpt: Excerpt, errors: list[RunError]) -> tuple[Finding, ...]:
    """What the parsers met in the head: a file that was not compared is never passed over in silence."""
    outcome = Outcome(errors=errors)
    for one in after.loaded.values():
        run(bounds, {"fault": one.kinds.get("fault", [])}, after, outcome)
    return settle(outcome.findings, excerpt)


def _worst_by_file(judged: Iterable[Judged]) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for one in judged:
        for side in (one.change.before, one.change.after):
            if side is not None:
                path = side.document.path
                found[path] = max(found.get(path, Verdict.NONE), one.verdict, key=lambda verdict: verdict.rank)
    return found


def worst(changes: list[JudgedChange]) -> Verdict:
    """The worst verdict of the changes that no suppression covers."""
    open_ = [one.verdict for one in changes if one.suppression is None]
    return max(open_, key=lambda one: one.rank, default=Verdict.NONE)


def _order(change: JudgedChange) -> tuple[int, str, str, str]:
    return (-change.verdict.rank, change.address, change.fact, change.action)


def _told(judged: Judged, after: Workspace, dependents: tuple[Dependent, ...]) -> JudgedChange:
    change = judged.change
    rule = judged.bound.rule if judged.bound is not None else None
    there = change.before
    return JudgedChange(
        fingerprint=_fingerprint(change),
        rule=rule.id if rule is not None else "",
        address=change.address,
        kind=change.kind,
        action=change.action,
        fact=change.fact,
        before=plain(change.old),
        after=plain(change.new),
        direction=change.direction,
        backward=change.backward,
        forward=change.forward,
        verdict=judged.verdict,
        message=judged.message,
        location=_here(change, after),
        base=there.location if there is not None else None,
        impact=dependents,
        fix=rule.fix if rule is not None else "",
    )


def _fingerprint(change: Change) -> str:
    stem = f"{change.action}|{change.kind}|{change.fact}|{change.address}"
    return sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _here(change: Change, after: Workspace) -> Location:
    """Where a change is in the head; for something that is gone, its closest ancestor that is still there."""
    if change.after is not None:
        return change.after.location
    element = change.element
    one = element.parent
    while one is not None:
        found = after.find(one.address)
        if found is not None:
            return found.location
        one = one.parent
    return element.location


def _is_change(judged: Judged) -> bool:
    # A version that does not fit is a finding; it is no change of what anybody sends or reads.
    change = judged.change
    return change.fact != "version" or (judged.bound is None and change.old != change.new)


def _finding(judged: Judged, bound: Bound, after: Workspace, excerpt: Excerpt) -> Finding:
    change = judged.change
    here = _here(change, after)
    if judged.at is not None and change.after is not None:
        here = Location(here.path, judged.at, change.after.document.span(judged.at))
    return Finding(
        rule=bound.rule.id,
        severity=bound.severity,
        message=judged.message,
        address=change.address,
        location=here,
        fingerprint=_fingerprint(change),
        base=change.before.location if change.before is not None else None,
        excerpt=excerpt(here),
    )


def _approved(change: JudgedChange, covered: Mapping[str, Finding]) -> JudgedChange:
    finding = covered.get(change.fingerprint)
    return replace(change, suppression=finding.suppression) if finding is not None else change
