"""`integrationlint config show|validate|schema`."""

import json
from typing import Annotated, Final

from typer import Option, Typer

from integrationlint.cli import console, gate, options
from integrationlint.cli.policy import Asked
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.cli.table import table
from integrationlint.config.schema import schema as configuration_schema
from integrationlint.config.show import show as shown
from integrationlint.engine.select import chosen, planned
from integrationlint.pipeline.weakened import notes_on
from integrationlint.report.sanitise import json_text
from integrationlint.resources import folder

config: Final = Typer(help="Show and check the configuration.")

Result = Annotated[bool, Option("--result", help="The schema of the JSON result instead.")]


@config.command()
def show(
    paths: options.Paths = None,
    *,
    file: options.Config = "",
    no_config: options.NoConfig = False,
    ruleset: options.Ruleset = None,
    select: options.Select = None,
    policy_from: options.PolicyFrom = "",
    format: options.TextOrJson = "text",
) -> int:
    """Print the effective values, and where each comes from."""
    site = locate(paths or (), file, no_config=no_config)
    found = policy(site, Asked(file, no_config, ruleset or (), select or (), policy_from))
    rows = shown(found.settings)
    if format == "json":
        said = [{"key": one.key, "value": one.value, "origin": one.origin} for one in rows]
        console.result(_json({"root": site.root, "file": found.settings.file, "settings": said}))
    else:
        console.result(table((one.key, one.origin, json.dumps(one.value, ensure_ascii=False)) for one in rows))
    console.say(f"root: {site.root}; configuration: {found.settings.file or 'none, the defaults apply'}")
    for note in notes_on(found.settings):
        console.say(f"note: {note}")
    return gate.PASSED


@config.command()
def validate(paths: options.Paths = None, *, file: options.Config = "", quiet: options.Quiet = False) -> int:
    """Check the configuration with all that it names: rules, options, presets, folders, baseline."""
    site = locate(paths or (), file)
    found = policy(site, Asked(file))
    bounds = chosen(found.catalog.rules, found.settings, found.catalog.check)
    for bound in planned(found.catalog.rules, found.settings, found.catalog.check).bounds:
        bound.bind()
    if not quiet:
        name = found.settings.file or "no configuration, so the defaults apply"
        console.result(table([(f"{name}: valid, {len(bounds)} of {len(found.catalog.rules)} rules run",)]))
    return gate.PASSED


@config.command()
def schema(*, result: Result = False) -> int:
    """Print the JSON Schema of the configuration, for editors."""
    if result:
        console.result((folder("templates") / "result.schema.json").read_text(encoding="utf-8"))
    else:
        console.result(_json(configuration_schema()))
    return gate.PASSED


def _json(value: object) -> str:
    return json_text(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
