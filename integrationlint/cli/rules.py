"""`integrationlint rules list|new|test|docs`."""

import json
from collections.abc import Collection, Iterable
from typing import Annotated, Any, Final

from typer import Argument, Option, Typer

from integrationlint.cli import console, gate, options
from integrationlint.cli.policy import Asked
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.cli.table import table
from integrationlint.engine.select import Bound, chosen, selects
from integrationlint.model.errors import UsageError, did_you_mean
from integrationlint.model.rule import Rule
from integrationlint.report.sanitise import json_text

rules: Final = Typer(help="List, start, test and document rules.")

Standard = Annotated[str, Option("--standard", metavar="NAME", help="Only rules with a clause of this standard.")]
Preset = Annotated[str, Option("--preset", metavar="NAME", help="Only rules of this preset.")]
Concern = Annotated[str, Option("--concern", metavar="NAME", help="Only rules of this concern.")]
Id = Annotated[str, Argument(metavar="ID", help="Its id: a prefix and words with dashes, as in oas/path-case.")]
Title = Annotated[str, Option("--title", help="What holds when the rule is followed, in a line.")]
Folder = Annotated[str, Argument(metavar="[FOLDER]", help="A folder of rules; default: the built-in and your own.")]
Out = Annotated[str, Option("--out", metavar="FOLDER", help="Write the index there, as rules.md.")]
Pages = Annotated[bool, Option("--pages", help="Write a page for each rule as well.")]


@rules.command("list")
def listed(
    *,
    standard: Standard = "",
    preset: Preset = "",
    concern: Concern = "",
    format: options.TextOrJson = "text",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    ruleset: options.Ruleset = None,
    select: options.Select = None,
) -> int:
    """List the rules, with the severity that the configuration gives them."""
    asked = Asked(config, no_config, ruleset or (), select or ())
    found = policy(locate((), config, no_config=no_config), asked)
    wanted = [f"{kind}:{one}" for kind, one in _filters(standard, preset, concern).items()]
    ours = sorted(found.catalog.rules, key=lambda rule: rule.id)
    _refuse_unknown(ours, _filters(standard, preset, concern))
    here = {bound.rule.id: bound for bound in chosen(ours, found.settings, found.catalog.check)}
    shown = [rule for rule in ours if all(selects(one, rule) for one in wanted)]
    if format == "json":
        said = [_data(rule, here.get(rule.id)) for rule in shown]
        console.result(json_text(json.dumps(said, ensure_ascii=False, indent=2)) + "\n")
    else:
        rows = [(_severity(here.get(rule.id)), rule.id, rule.concern, rule.title) for rule in shown]
        console.result(
            table(rows, ("severity", "rule", "concern", "title") if rows else ()) + _clauses(standard, ours, here)
        )
        console.say(f"{len(shown)} of {len(ours)} rules, {sum(rule.id in here for rule in shown)} of them switched on")
    return gate.PASSED


def _clauses(name: str, ours: Iterable[Rule], here: Collection[str]) -> str:
    """The coverage of a standard's clauses; empty where its clauses are not listed anywhere."""
    from integrationlint.catalog import standards

    known = standards() if name else {}
    if name not in known:
        return ""
    from integrationlint.cli.rules_standard import coverage

    return "\n" + coverage(known[name], ours, here)


def _filters(standard: str, preset: str, concern: str) -> dict[str, str]:
    said = {"standard": standard, "preset": preset, "concern": concern}
    return {name: value for name, value in said.items() if value}


def _refuse_unknown(ours: Iterable[Rule], filters: dict[str, str]) -> None:
    known: dict[str, set[str]] = {"standard": set(), "preset": set(), "concern": set()}
    for rule in ours:
        known["standard"] |= {one.standard for one in rule.refs}
        known["preset"] |= set(rule.presets)
        known["concern"].add(rule.concern)
    for kind, value in filters.items():
        if value not in known[kind]:
            hint = did_you_mean(value, known[kind]) or f" (there are {', '.join(sorted(known[kind]))})"
            raise UsageError(f"no rule has the {kind} '{value}'{hint}")


def _severity(bound: Bound | None) -> str:
    return str(bound.severity) if bound is not None else "off"


def _data(rule: Rule, bound: Bound | None) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "why": rule.why,
        "fix": rule.fix,
        "severity": _severity(bound),
        "default_severity": str(rule.severity),
        "concern": rule.concern,
        "each": list(rule.each),
        "formats": list(rule.formats),
        "check": rule.check,
        "options": dict(bound.options if bound is not None else rule.options),
        "presets": sorted(rule.presets),
        "refs": [{"standard": one.standard, "clause": one.clause} for one in rule.refs],
        "source": rule.source,
        "url": rule.url,
    }


@rules.command("new")
def started(id: Id, *, title: Title = "", config: options.Config = "") -> int:
    """Start a rule: a file to fill in, in your own folder of rules."""
    from integrationlint.cli.rules_new import start

    return start(id, title, config)


@rules.command("test")
def examples(folder: Folder = "", *, config: options.Config = "", quiet: options.Quiet = False) -> int:
    """Run the examples of rules: good ones find nothing, bad ones find what they say."""
    from integrationlint.cli.rules_examples import tried

    return tried(folder, config, quiet=quiet)


@rules.command("docs")
def documented(*, out: Out = "", pages: Pages = False, config: options.Config = "") -> int:
    """Print or write the index of all rules, and their pages, in Markdown."""
    from integrationlint.cli.rules_docs import written

    return written(out, config, pages=pages)
