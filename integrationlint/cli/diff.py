"""`integrationlint diff`."""

from dataclasses import replace
from typing import Annotated

from typer import Argument, Option

from integrationlint.cli import gate, options
from integrationlint.cli.console import colored
from integrationlint.cli.output import Output, emit, targets
from integrationlint.cli.policy import Asked
from integrationlint.cli.policy_site import policy
from integrationlint.cli.renamed import with_own_names
from integrationlint.cli.sides import sides
from integrationlint.cli.snapshots import finish
from integrationlint.pipeline.diff import diff as run

Base = Annotated[
    str,
    Argument(metavar="[BASE]", help="A revision, folder or file; default: where this branch left the default branch."),
]
Head = Annotated[str, Argument(metavar="[HEAD]", help="A revision, folder or file; default: the work tree.")]
FailOn = Annotated[
    list[str] | None,
    Option(
        "--fail-on",
        metavar="LEVEL",
        help="Exit with 1 from here on: breaking, risky, unknown, safe; breaks, at-risk (what happens to some"
        " dependent), breaks:tier1 (to one of that criticality); never. Repeatable.  [default: breaking]",
    ),
]


def diff(
    base: Base = "",
    head: Head = "",
    *,
    config: options.Config = "",
    no_config: options.NoConfig = False,
    ruleset: options.Ruleset = None,
    select: options.Select = None,
    policy_from: options.PolicyFrom = "",
    today: options.Today = "",
    fail_on: FailOn = None,
    format: options.Format = None,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    statistics: options.Statistics = False,
    show_suppressed: options.ShowSuppressed = False,
    exit_zero: options.ExitZero = False,
    allow_empty: options.AllowEmpty = False,
) -> int:
    """Say what changed, what that breaks, and whom.

    Two revisions are compared, or two files or folders where both exist.

    Exit codes: 0 nothing at or above --fail-on, 1 it breaks, 2 the work could not be done, 3 nothing to look at.
    """
    output = Output(targets(format or ()), colored(color), quiet, verbose, statistics, show_suppressed)
    failing = gate.diff_gate(fail_on or ["breaking"])
    asked = Asked(config, no_config, ruleset or (), select or (), policy_from, today=today)
    compared = sides(base, head, asked)
    chosen = policy(compared.site, asked)
    before, after = compared.open(chosen)
    if compared.hint:
        output.hint(f"hint: {compared.hint}")
    output.detail(f"root: {compared.site.root}; configuration: {chosen.settings.file or 'none, the defaults apply'}")
    report = run(before[0], after[0], (before[1], after[1]), chosen.catalog, chosen.settings)
    finish(before[0], after[0])
    report = replace(report, notes=(*chosen.notes, *report.notes))
    emit(with_own_names(report, compared.names) if compared.names else report, output)
    if not before[1].paths and not after[1].paths and not report.errors:
        output.hint("no input: neither side has a file to compare")
        return gate.PASSED if allow_empty else gate.EMPTY
    return gate.code(report, failing, exit_zero=exit_zero)
