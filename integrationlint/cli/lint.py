"""`integrationlint lint`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Final

from typer import Option

from integrationlint.cli import gate, options
from integrationlint.cli.console import colored
from integrationlint.cli.output import Output, emit, targets, tell_timings
from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import View, at_revision, changed, finish, from_stdin, staged, work_tree
from integrationlint.engine.baseline import Known
from integrationlint.model.errors import UsageError
from integrationlint.model.report import Report
from integrationlint.parse.parsers import SUFFIXES
from integrationlint.pipeline.lint import Scope
from integrationlint.pipeline.lint import lint as run
from integrationlint.pipeline.spread import processors
from integrationlint.source.snapshot import Snapshot

if TYPE_CHECKING:
    from integrationlint.pipeline.fix import Fixed

STDIN: Final = "-"
# Without a name the content alone decides, and YAML is what can begin with anything.
UNNAMED: Final = "stdin.yaml"
# Who reads these may want to make the edits of fixes.
TOOLS: Final = frozenset({"json", "sarif"})
# The suffixes that are named when nothing was found.
_USUAL: Final = (".yaml", ".yml", ".json", ".xml", ".xsd", ".wsdl", ".csv")

Rev = Annotated[str, Option("--rev", metavar="REV", help="Lint this revision, not the work tree.")]
Staged = Annotated[bool, Option("--staged", help="Lint what is staged for the next commit.")]
StdinFilename = Annotated[
    str, Option("--stdin-filename", metavar="FILE", help="The path of what comes from standard input ('-').")
]
ChangedSince = Annotated[
    str, Option("--changed-since", metavar="REV", help="Report only on files that differ from this revision.")
]
NewOnly = Annotated[
    str, Option("--new-only", metavar="REV", help="Report only findings that this revision did not have.")
]
FailOn = Annotated[
    str, Option("--fail-on", metavar="SEVERITY", help="Exit with 1 from here on: error, warning, info or never.")
]
Fix = Annotated[bool, Option("--fix", help="Fix in the files what needs no person, then report what is left.")]
Diff = Annotated[bool, Option("--diff", help="Print what --fix would change as a unified diff, and change nothing.")]
ForceExclude = Annotated[bool, Option("--force-exclude", help="Leave excluded files out even when they are named.")]


@dataclass(frozen=True, slots=True)
class _Source:
    """Which files are looked at, as the command line says it."""

    paths: Sequence[str]
    rev: str = ""
    staged: bool = False
    stdin_filename: str = ""
    changed_since: str = ""
    force_exclude: bool = False

    @property
    def stdin(self) -> bool:
        """One file comes from standard input."""
        return STDIN in self.paths


@dataclass(slots=True)
class _Work:
    """How a run goes: in how many processes, with what is to be fixed, and whether a report says the edits.

    `spent` takes the seconds of each rule, `fixed` what came of fixing.
    """

    jobs: int
    fix: bool
    diff: bool
    edits: bool
    spent: dict[str, float] = field(default_factory=dict)
    fixed: "Fixed | None" = None

    @property
    def left_to_fix(self) -> bool:
        """Something could be fixed and was not written."""
        return self.diff and self.fixed is not None and bool(self.fixed.files)


def lint(
    paths: options.Paths = None,
    *,
    rev: Rev = "",
    index: Staged = False,
    stdin_filename: StdinFilename = "",
    changed_since: ChangedSince = "",
    new_only: NewOnly = "",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    ruleset: options.Ruleset = None,
    select: options.Select = None,
    fix: Fix = False,
    diff: Diff = False,
    policy_from: options.PolicyFrom = "",
    baseline: options.Baseline = "",
    today: options.Today = "",
    fail_on: FailOn = "error",
    format: options.Format = None,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    jobs: options.Jobs = 0,
    statistics: options.Statistics = False,
    timings: options.Timings = False,
    show_suppressed: options.ShowSuppressed = False,
    exit_zero: options.ExitZero = False,
    allow_empty: options.AllowEmpty = False,
    force_exclude: ForceExclude = False,
) -> int:
    """Check artifacts against the rules.

    PATHS narrow what is reported; what is read is always the whole repository or configured folder.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the work could not be done, 3 nothing to look at.
    --fix counts what is left; --diff also exits with 1 when there is something to fix.
    """
    failing = gate.lint_gate(fail_on)
    source = _Source(tuple(paths or ()), rev, index, stdin_filename, changed_since, force_exclude)
    output = Output(
        _targets(source, format or (), fix=fix, diff=diff), colored(color), quiet, verbose, statistics, show_suppressed
    )
    asked = Asked(config, no_config, ruleset or (), select or (), policy_from, baseline, today)
    site = _site(source, asked)
    chosen = policy(site, asked)
    output.detail(f"root: {site.root}; configuration: {chosen.settings.file or 'none, the defaults apply'}")
    work = _Work(jobs or processors(), fix, diff, not TOOLS.isdisjoint(output.targets.values()))
    report = _report(source, site, chosen, new_only, work)
    if work.fixed is not None:
        from integrationlint.cli.fix import deliver

        deliver(work.fixed, site, chosen.settings.limits, output, written=fix)
    emit(report, output)
    if timings:
        tell_timings(work.spent)
    if report.files == 0 and not report.errors and not changed_since:
        output.hint(_nothing(source, site, chosen))
        return gate.PASSED if allow_empty else gate.EMPTY
    if report.files and not report.documents and not report.findings:
        output.hint("hint: no file was recognised; 'integrationlint detect -v' tells what each was taken for")
    code = gate.code(report, failing, exit_zero=exit_zero)
    return gate.FAILED if code == gate.PASSED and work.left_to_fix and not exit_zero else code


def _targets(source: _Source, formats: Sequence[str], *, fix: bool, diff: bool) -> dict[str, str]:
    """Where reports go; UsageError for files that cannot be written to, and for two things on stdout."""
    others = {"--diff": diff, "--rev": bool(source.rev), "--staged": source.staged, "- (standard input)": source.stdin}
    for name, given in others.items():
        if fix and given:
            raise UsageError(f"--fix and {name} cannot be combined: --fix writes to the files of the work tree")
    found = targets(formats)
    if not diff:
        return found
    from integrationlint.cli.fix import without_stdout

    return without_stdout(found, asked=bool(formats))


def _site(source: _Source, asked: Asked) -> Site:
    others = {"--rev": bool(source.rev), "--staged": source.staged, "- (standard input)": source.stdin}
    used = [name for name, given in (*others.items(), ("--changed-since", bool(source.changed_since))) if given]
    if len(used) > 1:
        raise UsageError(f"{used[0]} and {used[1]} cannot be combined: each says what to look at")
    if source.stdin and len(source.paths) > 1:
        raise UsageError("- stands for one file, which comes from standard input: give no other path beside it")
    if source.stdin_filename and not source.stdin:
        raise UsageError("--stdin-filename names what comes from standard input: give - as the path")
    paths = [source.stdin_filename or UNNAMED] if source.stdin else source.paths
    return locate(paths, asked.config, no_config=asked.no_config, on_disk=not used or used == ["--changed-since"])


def _report(source: _Source, site: Site, chosen: Policy, new_only: str, work: _Work) -> Report:
    view = _view(source, site, chosen)
    snapshot, scope = view
    if new_only:
        before, there = at_revision(replace(site, given=("",)), chosen, new_only)
        there = replace(there, reported=scope.reported, known=None)
        then = replace(chosen.settings, weakened=())  # which is new, whatever it would weaken
        found = run(before, there, chosen.catalog, then, jobs=work.jobs)
        finish(before)
        old = {one.fingerprint: Known(one.fingerprint, one.rule, one.address) for one in found.findings}
        scope = replace(scope, known={**(scope.known or {}), **old})
    report = _run(snapshot, scope, site, chosen, work)
    finish(snapshot)
    return report


def _run(snapshot: Snapshot, scope: Scope, site: Site, chosen: Policy, work: _Work) -> Report:
    """One run, or as many as fixing takes: then the report of what is left, or of what is there when only shown."""
    catalog, settings = chosen.catalog, chosen.settings
    if not (work.fix or work.diff):
        return run(snapshot, scope, catalog, settings, jobs=work.jobs, fixes=work.edits, spent=work.spent)
    from integrationlint.cli.fix import writable
    from integrationlint.pipeline.fix import fix

    allowed = writable(site) if work.fix else lambda _: True
    work.fixed = fix(snapshot, scope, catalog, settings, allowed, jobs=work.jobs)
    return work.fixed.report if work.fix else work.fixed.before


def _view(source: _Source, site: Site, chosen: Policy) -> View:
    if source.stdin:
        return from_stdin(site, chosen)
    if source.rev:
        return at_revision(site, chosen, source.rev, force_exclude=source.force_exclude)
    if source.staged:
        return staged(site, chosen, force_exclude=source.force_exclude)
    view = work_tree(site, chosen, force_exclude=source.force_exclude)
    return changed(site, chosen.settings, source.changed_since, view) if source.changed_since else view


def _nothing(source: _Source, site: Site, chosen: Policy) -> str:
    filters = ".gitignore, include and exclude" if chosen.settings.include or chosen.settings.exclude else ".gitignore"
    usual = [one for one in _USUAL if one in SUFFIXES]
    kinds = f"{', '.join(usual)} or one of {len(SUFFIXES) - len(usual)} other suffixes"
    where = ", ".join(source.paths) or site.root
    return f"no input: nothing to lint in {where}; looked for files that end in {kinds} and that {filters} let pass"
