"""`integrationlint diff`."""

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
from integrationlint.model.errors import UsageError
from integrationlint.pipeline.diff import diff as run
from integrationlint.report.timelines import TIMELINES

Base = Annotated[
    str,
    Argument(metavar="[BASE]", help="A revision, folder or file; default: where this branch left the default branch."),
]
Head = Annotated[str, Argument(metavar="[HEAD]", help="A revision, folder or file; default: the work tree.")]
RevList = Annotated[
    str,
    Option(
        "--rev-list",
        metavar="A..B",
        help="Compare each commit of B that A does not have with the one before (text, json or markdown).",
    ),
]
Tags = Annotated[
    str,
    Option(
        "--tags",
        metavar="GLOB",
        help="Compare the tags of the history (of --rev-list, else of HEAD), each with the one before and with all"
        " older ones of its major version; '*' for all.",
    ),
]
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
    rev_list: RevList = "",
    tags: Tags = "",
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

    Two revisions are compared, or two files or folders where both exist. BASE... is where this branch left
    BASE. With
    --rev-list or --tags it is a history, each commit or tag with the one before: which one broke what.

    Exit codes: 0 nothing at or above --fail-on, 1 it breaks, 2 the work could not be done, 3 nothing to look at.
    """
    failing = gate.diff_gate(fail_on or ["breaking"])
    asked = Asked(config, no_config, ruleset or (), select or (), policy_from, today=today)
    if rev_list or tags:
        if base:
            raise UsageError(f"{base}: a history has no base and head; --rev-list A..B and --tags say what is compared")
        from integrationlint.cli.timeline import timeline

        output = Output(targets(format or (), tuple(TIMELINES)), colored(color), quiet, verbose)
        return timeline(rev_list, tags, asked, output, failing, exit_zero=exit_zero, allow_empty=allow_empty)
    output = Output(targets(format or ()), colored(color), quiet, verbose, statistics, show_suppressed)
    compared = sides(base, head, asked)
    chosen = policy(compared.site, asked)
    before, after = compared.open(chosen)
    if compared.hint:
        output.hint(f"hint: {compared.hint}")
    output.detail(f"root: {compared.site.root}; configuration: {chosen.settings.file or 'none, the defaults apply'}")
    report = run(before[0], after[0], (before[1], after[1]), chosen.catalog, chosen.settings)
    finish(before[0], after[0])
    emit(with_own_names(report, compared.names) if compared.names else report, output)
    if not before[1].paths and not after[1].paths and not report.errors:
        output.hint("no input: neither side has a file to compare")
        return gate.PASSED if allow_empty else gate.EMPTY
    return gate.code(report, failing, exit_zero=exit_zero)
