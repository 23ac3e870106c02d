"""`integrationlint baseline create|update|prune|show`."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from typer import Option, Typer

from integrationlint.cli import console, gate, options
from integrationlint.cli.policy import Asked, Policy, known_findings, policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import work_tree
from integrationlint.cli.table import table
from integrationlint.engine.baseline import Known, gone, write, write_known
from integrationlint.model.errors import InputError, UsageError
from integrationlint.model.report import Report
from integrationlint.pipeline.lint import lint
from integrationlint.source.write import write_atomic

baseline: Final = Typer(help="Findings known before: they are counted, not reported, and may only become fewer.")

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
    site, chosen, exists = _opened(Asked(config, no_config, baseline=file, today=today), required=False)
    if exists and not force:
        raise UsageError(f"{chosen.baseline} exists: 'baseline update' brings it up to date, --force replaces it")
    text = write(_linted(site, chosen).findings)
    _save(site, chosen, text)
    console.say(f"wrote {chosen.baseline}: {_count(text)} known")
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
    site, chosen, _ = _opened(Asked(config, no_config, baseline=file, today=today))
    report = _linted(site, chosen)
    text = write(report.findings)
    _save(site, chosen, text)
    lost = len(gone(report.findings, chosen.known))
    console.say(f"wrote {chosen.baseline}: {_count(text)} known, {lost} forgotten")
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
    site, chosen, _ = _opened(Asked(config, no_config, baseline=file, today=today))
    lost = {one.fingerprint for one in gone(_linted(site, chosen).findings, chosen.known)}
    kept = [one for mark, one in chosen.known.items() if mark not in lost]
    if lost:
        _save(site, chosen, write_known(sorted(kept, key=lambda one: (one.address, one.rule, one.fingerprint))))
    console.say(f"{chosen.baseline}: {len(lost)} forgotten, {len(kept)} known")
    return gate.PASSED


@baseline.command()
def show(*, file: options.Baseline = "", config: options.Config = "", no_config: options.NoConfig = False) -> int:
    """Print what is known."""
    _, chosen, _ = _opened(Asked(config, no_config, baseline=file))
    console.result(table((one.rule, one.address, one.fingerprint) for one in chosen.known.values()))
    console.say(f"{chosen.baseline}: {len(chosen.known)} known")
    return gate.PASSED
