"""`integrationlint suppressions list`."""

import json
from typing import Annotated, Any, Final

from typer import Option, Typer

from integrationlint.cli import console, gate, options
from integrationlint.cli.policy import Asked
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.cli.snapshots import work_tree
from integrationlint.cli.table import table
from integrationlint.model.finding import Suppression
from integrationlint.model.report import Report
from integrationlint.pipeline.lint import lint
from integrationlint.report.sanitise import json_text
from integrationlint.report.view import place

suppressions: Final = Typer(help="List the written exceptions.")

Expired = Annotated[bool, Option("--expired", help="Only those whose last day has passed.")]


@suppressions.callback()
def _group() -> None:
    """List the written exceptions."""


@suppressions.command("list")
def listed(
    paths: options.Paths = None,
    *,
    expired: Expired = False,
    format: options.TextOrJson = "text",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    today: options.Today = "",
) -> int:
    """List every exception with its owner, reason, ticket and last day, and whether anything answers to it.

    An exception for a rule over changes is neither used nor unused here: it is for 'diff'.
    """
    site = locate(paths or (), config, no_config=no_config)
    chosen = policy(site, Asked(config, no_config, today=today))
    snapshot, scope = work_tree(site, chosen)
    report = lint(snapshot, scope, chosen.catalog, chosen.settings)
    rows = [(one, _state(one, report, chosen.settings.today)) for one in report.suppressions]
    shown = [(one, state) for one, state in rows if state == "expired" or not expired]
    if format == "json":
        said = [_data(one, state) for one, state in shown]
        console.result(json_text(json.dumps(said, ensure_ascii=False, indent=2)) + "\n")
    else:
        header = ("state", "rule", "at", "until", "owner", "ticket", "written", "reason")
        console.result(table([_row(one, state) for one, state in shown], header if shown else ()))
        console.say(f"{len(rows)} exceptions, {sum(state == 'expired' for _, state in rows)} expired")
    return gate.BROKEN if report.errors else gate.PASSED


def _state(one: Suppression, report: Report, today: str) -> str:
    if one.expires and one.expires < today:
        return "expired"
    return "used" if any(finding.suppression is one for finding in report.findings) else "unused"


def _row(one: Suppression, state: str) -> tuple[str, ...]:
    dash = "-"
    until, owner, ticket = one.expires or dash, one.owner or dash, one.ticket or dash
    return state, one.rule, one.at, until, owner, ticket, place(one.location), one.reason or "no reason given"


def _data(one: Suppression, state: str) -> dict[str, Any]:
    start = one.location.span.start
    return {
        "state": state,
        "rule": one.rule,
        "at": one.at,
        "reason": one.reason,
        "owner": one.owner,
        "ticket": one.ticket,
        "expires": one.expires,
        "inline": one.inline,
        "file": one.location.path,
        "start": {"line": start.line, "column": start.column},
    }
