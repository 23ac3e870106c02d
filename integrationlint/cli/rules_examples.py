"""`integrationlint rules test`."""

from collections.abc import Iterator
from pathlib import Path

from integrationlint.catalog import Catalog, with_examples
from integrationlint.cli import console, gate
from integrationlint.cli.policy import Asked, rule_folders
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.model.errors import InputError
from integrationlint.model.rule import Rule
from integrationlint.pipeline.examples import try_rule
from integrationlint.report.sanitise import start


def tried(folder: str, config: str, *, quiet: bool) -> int:
    """Run the examples of a folder, or of the built-in rules and those that the configuration extends."""
    failed, rules, examples = 0, 0, 0
    for shown, catalog in _catalogs(folder, config):
        for rule in catalog.rules:
            rules, examples = rules + 1, examples + len(rule.examples)
            for wrong in _wrong(rule, catalog):
                failed += 1
                console.result(f"{start(f'{shown}/{rule.id}.yaml')}: {start(wrong)}\n")
    if not quiet:
        console.say(f"{rules} rules, {examples} examples: {f'{failed} failed' if failed else 'all as they say'}")
    if not rules:
        console.say(f"no input: no rule file (*.yaml) in {folder}")
        return gate.EMPTY
    return gate.FAILED if failed else gate.PASSED


def _catalogs(folder: str, config: str) -> Iterator[tuple[str, Catalog]]:
    if folder:
        if not Path(folder).is_dir():
            raise InputError(f"{folder}: no such folder")
        shown = folder.rstrip("/\\")
        yield shown, with_examples(Path(folder), shown)
        return
    yield "rules", with_examples()
    for name, path in rule_folders(policy(locate((), config), Asked(config)).settings):
        shown = name.removeprefix("./").rstrip("/")
        yield shown, with_examples(path, shown)


def _wrong(rule: Rule, catalog: Catalog) -> Iterator[str]:
    if not any(one.finds for one in rule.examples):
        yield "has no bad example: show what it finds, and where ('finds')"
    if not any(not one.finds for one in rule.examples):
        yield "has no good example: show what it leaves alone"
    for one in try_rule(rule, catalog):
        if one.wrong:
            yield f"example {one.number} {one.wrong}"
