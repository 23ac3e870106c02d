"""`integrationlint baseline create|update|prune|show`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final

from typer import Option, Typer

from integrationlint.cli import console, gate, options
from integrationlint.cli.policy import Asked, Policy, known_findings
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import work_tree
from integrationlint.cli.table import table
from integrationlint.engine.baseline import Known, gone, write, write_known
from integrationlint.model.errors import InputError, UsageError, UserError
from integrationlint.model.finding import Finding, Status
from integrationlint.pipeline.lint import lint
from integrationlint.report.sanitise import json_text
from integrationlint.report.view import error_words
from integrationlint.source.write import write_atomic

baseline: Final = Typer(help="Keep the findings that were known before.")

Force = Annotated[bool, Option("--force", help="Replace a baseline that exists.")]


@baseline.command()
def create(
    *,
    file: options.Baseline = "",
    force: Force = False,
    config: options.Config = "",
    no_config: options.NoConfig = False,
    today: options.Today = "",
) -> int:
    """Take all present findings as known."""
    site, chosen, _ = _opened(Asked(config, no_config, baseline=file, today=today), required=False)
    if site.place(chosen.baseline).exists() and not force:
        raise UsageError(f"{chosen.baseline} exists: 'baseline update' brings it up to date, --force replaces it")
    findings = _findings(site, chosen)
    _save(site, chosen, write(findings))
    console.say(f"wrote {chosen.baseline}: {_count(findings)} known")
    return gate.PASSED


@baseline.command()
def update(
    *,
    file: options.Baseline = "",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    today: options.Today = "",
) -> int:
    """Take all present findings as known, new ones included, and forget those that are gone."""
    site, chosen, known = _opened(Asked(config, no_config, baseline=file, today=today))
    findings = _findings(site, chosen)
    _save(site, chosen, write(findings))
    lost = len(gone(findings, known))
    console.say(f"wrote {chosen.baseline}: {_count(findings)} known, {lost} forgotten")
    return gate.PASSED


@baseline.command()
def prune(
    *,
    file: options.Baseline = "",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    today: options.Today = "",
) -> int:
    """Forget what is gone, and take nothing new: the ratchet."""
    site, chosen, known = _opened(Asked(config, no_config, baseline=file, today=today))
    lost = {one.fingerprint for one in gone(_findings(site, chosen), known)}
    kept = [one for mark, one in known.items() if mark not in lost]
    if lost:
        _save(site, chosen, write_known(sorted(kept, key=lambda one: (one.address, one.rule, one.fingerprint))))
    console.say(f"{chosen.baseline}: {len(lost)} forgotten, {len(kept)} known")
    return gate.PASSED


@baseline.command()
def show(*, file: options.Baseline = "", config: options.Config = "", no_config: options.NoConfig = False) -> int:
    """Print what is known."""
    _, chosen, known = _opened(Asked(config, no_config, baseline=file))
    console.result(table((one.rule, one.address, one.fingerprint) for one in known.values()))
    console.say(f"{chosen.baseline}: {len(known)} known")
    return gate.PASSED


def _opened(asked: Asked, *, required: bool = True) -> tuple[Site, Policy, Mapping[str, Known]]:
    """The whole site, its policy, and the entries of the baseline on disk; InputError where there must be one."""
    site = replace(locate((), asked.config, no_config=asked.no_config), given=("",))
    chosen = policy(site, asked, known=False)
    if not site.place(chosen.baseline).is_file():
        if required:
            raise InputError(f"there is no baseline {chosen.baseline}: 'integrationlint baseline create' makes one")
        return site, chosen, {}
    return site, chosen, known_findings(chosen.settings, site, chosen.baseline) if required else {}


def _findings(site: Site, chosen: Policy) -> tuple[Finding, ...]:
    """What is found at present, known or not; UserError when part of the work could not be done."""
    snapshot, scope = work_tree(site, chosen)
    report = lint(snapshot, scope, chosen.catalog, replace(chosen.settings, weakened=()))
    for one in report.errors:
        raise UserError(f"nothing was written, because findings may be missing: {error_words(one)}: {one.message}")
    return report.findings


def _save(site: Site, chosen: Policy, text: str) -> None:
    write_atomic(str(site.place(chosen.baseline)), json_text(text).encode())


def _count(findings: tuple[Finding, ...]) -> int:
    return len({one.fingerprint for one in findings if one.status is not Status.SUPPRESSED})
