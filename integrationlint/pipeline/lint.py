"""One snapshot to a report: load, select, run, suppress, weigh."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from integrationlint import __version__
from integrationlint.catalog import SPECTRAL, Catalog
from integrationlint.engine.baseline import Known, mark
from integrationlint.engine.run import Excerpt, Outcome, run, settle
from integrationlint.engine.select import Bound, Plan, planned
from integrationlint.engine.suppress import apply, extension, inline
from integrationlint.model.document import ELSEWHERE, Document
from integrationlint.model.element import Element, Use, normal_address
from integrationlint.model.finding import Finding, Suppression
from integrationlint.model.location import Location, text_lines
from integrationlint.model.report import DocumentInfo, Report, RuleInfo, RunError
from integrationlint.model.settings import Settings
from integrationlint.pipeline.spread import WORTH_IT, spread
from integrationlint.pipeline.weakened import weigh
from integrationlint.source.snapshot import Reason, Skips, Snapshot
from integrationlint.workspace.load import Make, load, load_plain
from integrationlint.workspace.parties import joined
from integrationlint.workspace.workspace import Workspace

if TYPE_CHECKING:  # the room is imported where a ruleset is
    from integrationlint.spectral.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at: the paths to read, which of them are reported on, and what was known before.

    `named` are the files that the user named one by one.
    """

    paths: tuple[str, ...]
    reported: Callable[[str], bool] = lambda _path: True
    known: Mapping[str, Known] | None = None
    named: frozenset[str] = frozenset()


def lint(
    snapshot: Snapshot,
    scope: Scope,
    catalog: Catalog,
    settings: Settings,
    *,
    jobs: int = 1,
    fixes: bool = False,
    spent: dict[str, float] | None = None,
) -> Report:
    """Run the chosen rules over one snapshot, in up to `jobs` processes; `spent` takes the seconds of each rule.

    With `fixes`, findings that can be fixed say by which edits, and those alone have a fix.
    """
    plan = planned(catalog.rules, settings, catalog.check)
    bounds = plan.running
    if catalog.spectral is not None and _is_spectral(plan):
        workspace = Workspace(snapshot, load_plain(snapshot, filter(scope.reported, scope.paths), settings.limits))
    else:
        workspace = open_workspace(snapshot, scope.paths, settings)
    outcome = Outcome(errors=failures(workspace))
    notes = _run_all(workspace, plan, scope, outcome, jobs, catalog.spectral)
    notes += weigh(bounds, settings, workspace, outcome)
    if spent is not None:
        spent.update(outcome.spent)
    ran = frozenset(one.rule.id for one in plan.used)
    written = _exceptions(workspace, plan, scope, catalog, outcome)
    answerable = frozenset(id(one) for one in written if _is_answerable(one, workspace, scope, catalog, ran))
    findings = _weighed(workspace, bounds, outcome, written, settings.today, answerable)
    if fixes:
        from integrationlint.pipeline.fixable import fixable

        findings = fixable(findings, workspace)
    return Report(
        version=__version__,
        command="lint",
        snapshot=snapshot.info,
        documents=documents(workspace, scope.reported),
        findings=mark(findings, scope.known or {}),
        rules=rule_infos(plan.used),
        errors=tuple(outcome.errors),
        files=sum(scope.reported(path) for path in workspace.loaded),
        not_applicable=dict(sorted(outcome.not_applicable.items())),
        notes=(*left_out(workspace), *catalog.notes(ran), *notes),
        suppressions=written,
    )


def _is_spectral(plan: Plan) -> bool:
    """Whether no rule ever asks for elements, but all are of a Spectral ruleset."""
    return not plan.overrides and all(bound.rule.check == SPECTRAL for bound in plan.running)


def _run_all(
    workspace: Workspace, plan: Plan, scope: Scope, outcome: Outcome, jobs: int, spectral: "Ruleset | None"
) -> tuple[str, ...]:
    """All rules over all that is reported on, each process taking every n-th of each file; what was left out."""
    reported = [(one, plan.for_file(path)) for path, one in workspace.loaded.items() if scope.reported(path)]
    rulesets = None
    if spectral is not None:
        from integrationlint.pipeline.rulesets import prepared

        rulesets = prepared(spectral, plan, workspace, [one for one, _ in reported], scope.named)

    def work(share: int, shares: int, into: Outcome) -> None:
        for one, bounds in reported:
            fitting = [bound for bound in bounds if fits(bound, one.format)]
            run(fitting[share::shares], one.kinds, workspace, into)
        if rulesets is not None:
            rulesets.work(share, shares, into)

    if jobs > 1 and sum(len(one.document.text) for one, _ in reported) >= WORTH_IT:
        spread(work, jobs, outcome)
        outcome.errors.sort(key=lambda one: (one.file, one.rule, one.message))
    else:
        work(0, 1, outcome)
    return rulesets.notes() if rulesets is not None else ()


def open_workspace(snapshot: Snapshot, paths: Iterable[str], settings: Settings, made: Make | None = None) -> Workspace:
    """The linked elements of a snapshot, with the consumers that the configuration declares."""
    workspace = Workspace(snapshot, load(snapshot, paths, settings.limits, made), consumers(settings))
    declared = [one for root in workspace.extra for one in root.of("consumer")]
    joined([*declared, *workspace.elements("component"), *workspace.elements("consumer")])
    return workspace


def left_out(workspace: Workspace) -> tuple[str, ...]:
    """What was not looked into, though a user could expect it: a line for each reason."""
    skips = Skips()
    for path, one in workspace.loaded.items():
        if any(fault.code == ELSEWHERE for fault in one.document.faults):
            skips.add(Reason.ELSEWHERE, path)
    return (*workspace.snapshot.notes(), *skips.notes())


def consumers(settings: Settings) -> tuple[Element, ...]:
    """The `catalog` of the configuration: a root with consumers, elements that use others by address; () for none."""
    if not settings.consumers:
        return ()
    document = Document(settings.file, "yaml", None, "")
    root = Element("document", "", document, "/catalog")
    for one in settings.consumers:
        pointer, span = (one.origin.pointer, one.origin.span) if one.origin else ("/catalog", None)
        facts: dict[str, object] = {"owner": one.owner, "criticality": one.criticality}
        uses = [Use("reads", f"address:{normal_address(address)}", pointer=pointer) for address in one.uses]
        Element("consumer", one.name, document, pointer, parent=root, facts=facts, uses=uses, span=span)
    return (root,)


def failures(workspace: Workspace) -> list[RunError]:
    """The documents that a format of ours failed to build: a bug, told as such, and the others go on."""
    return [RunError(one.failure, file=path, kind="format") for path, one in workspace.loaded.items() if one.failure]


def fits(bound: Bound, format: str) -> bool:
    """Whether a rule is about documents of the format; a rule that names none is about all."""
    return not bound.rule.formats or format in bound.rule.formats


def _exceptions(
    workspace: Workspace, plan: Plan, scope: Scope, catalog: Catalog, outcome: Outcome
) -> tuple[Suppression, ...]:
    """The written exceptions, those in files that findings lead to among them."""
    found = {one.location.path for one in outcome.findings}
    wider = replace(scope, reported=lambda path: path in found or scope.reported(path))
    written = suppressions(workspace, plan.settings, wider)
    if catalog.spectral is None:
        return written
    from integrationlint.pipeline.rulesets import at_places

    return at_places(written, workspace, plan.used)


def _weighed(
    workspace: Workspace,
    bounds: tuple[Bound, ...],
    outcome: Outcome,
    written: tuple[Suppression, ...],
    today: str,
    answerable: frozenset[int],
) -> tuple[Finding, ...]:
    """Findings with suppressions applied, and what the rules say of the suppressions themselves."""
    excerpt = excerpts(workspace)
    settled = apply(settle(outcome.findings, excerpt), written, today)
    states = {id(one): "unused" for one in settled.unused if id(one) in answerable}
    states |= {id(one): "expired" for one in settled.expired}
    elements = [_suppression_element(one, states.get(id(one), "used"), workspace) for one in written]
    own = Outcome()
    run(bounds, {"suppression": elements}, workspace, own)
    outcome.errors.extend(own.errors)
    return sorted_findings((*settled.findings, *settle(own.findings, excerpt)))


def suppressions(workspace: Workspace, settings: Settings, scope: Scope) -> tuple[Suppression, ...]:
    """The exceptions of the configuration, and those written in the files that are reported on."""
    found = list(settings.suppressions)
    for path, one in workspace.loaded.items():
        if scope.reported(path):
            found.extend(inline(one.document))
            if "x-integrationlint-ignore" in one.document.text:
                for element in one.root.walk():
                    found.extend(extension(element))
    return tuple(found)


def _is_answerable(one: Suppression, workspace: Workspace, scope: Scope, catalog: Catalog, ran: frozenset[str]) -> bool:
    """Whether this run could have found what the exception is for: it reports on its file, with that rule.

    A rule over changes could not, nor one that did not run; a rule that nobody knows is a mistake.
    """
    if one.inline and not scope.reported(one.location.path):
        return False
    file = one.at.partition("#")[0]
    seen = (file,) if file in workspace.loaded else tuple(workspace.loaded)
    if not one.inline and not all(map(scope.reported, seen)):
        return False
    named = [rule for rule in catalog.rules if fnmatchcase(rule.id, one.rule)]
    return not named or any(rule.id in ran and "change" not in rule.each for rule in named)


def _suppression_element(one: Suppression, state: str, workspace: Workspace) -> Element:
    loaded = workspace.loaded.get(one.location.path)
    document = loaded.document if loaded is not None else Document(one.location.path, "yaml", None, "")
    facts: dict[str, object] = {
        "rule": one.rule,
        "reason": one.reason,
        "owner": one.owner,
        "ticket": one.ticket,
        "expires": one.expires,
        "state": state,
        "inline": one.inline,
    }
    root = Element("document", "", document)
    name = f"{one.rule} at {one.at}"
    pointer, span = one.location.pointer, one.location.span
    return Element("suppression", name, document, pointer, parent=root, facts=facts, span=span)


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file, place, rule and message."""
    return tuple(sorted(findings, key=lambda one: (one.location.path, one.location.span, one.rule, one.message)))


def excerpts(workspace: Workspace) -> Excerpt:
    """Finds the source line that a location starts on; empty for files that were not read."""
    lines: dict[str, list[str]] = {}

    def excerpt(location: Location) -> str:
        found = lines.get(location.path)
        if found is None:
            loaded = workspace.loaded.get(location.path)
            found = lines[location.path] = text_lines(loaded.document.text) if loaded is not None else []
        number = location.span.start.line
        return found[number - 1] if number <= len(found) else ""

    return excerpt


def documents(workspace: Workspace, reported: Callable[[str], bool]) -> tuple[DocumentInfo, ...]:
    """What each reported file was taken for; files that no format claims are left out."""
    return tuple(
        DocumentInfo(path, one.match.kind, one.match.version, one.match.evidence)
        for path, one in workspace.loaded.items()
        if one.match is not None and reported(path)
    )


def rule_infos(bounds: Iterable[Bound]) -> dict[str, RuleInfo]:
    """What reporters need of the rules that ran."""
    return {one.rule.id: _rule_info(one) for one in bounds}


def _rule_info(bound: Bound) -> RuleInfo:
    rule = bound.rule
    return RuleInfo(rule.id, rule.title, rule.why, rule.fix, bound.severity, rule.concern, rule.refs, rule.url)
