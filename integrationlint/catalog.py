"""Formats, checks, rules and reporters of this run, assembled once and passed on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from integrationlint.checks.checks import find_check
from integrationlint.engine.load import load_rule
from integrationlint.model.rule import Check, Rule
from integrationlint.resources import catalogue, compiled, folder


@dataclass(frozen=True, slots=True)
class Catalog:
    """The rules that can be chosen, and how a rule's check is found by its name."""

    rules: tuple[Rule, ...]
    check: Callable[[str], Check] = find_check


def assembled(folders: Iterable[tuple[str, Path]] = ()) -> Catalog:
    """The built-in rules, and those of an organisation's folders, each given as its name in `extends` and its path."""
    rules = [load_rule(one, f"rules/{one['id']}.yaml") for one in catalogue()]
    for name, path in folders:
        shown = name.removeprefix("./").rstrip("/")
        rules += [load_rule(one, f"{shown}/{one['id']}.yaml", name) for one in compiled(path, shown)]
    return Catalog(tuple(rules))


def with_examples(path: Path | None = None, shown: str = "rules") -> Catalog:
    """The rules of one folder with their examples: the built-in ones unless another is named."""
    source = "builtin" if path is None else shown
    found = compiled(path or folder("rules"), shown, examples=True)
    return Catalog(tuple(load_rule(one, f"{shown}/{one['id']}.yaml", source) for one in found))
