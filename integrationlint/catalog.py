"""Formats, checks, rules and reporters of this run, assembled once and passed on."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrationlint.checks.checks import find_check
from integrationlint.engine.load import load_rule
from integrationlint.model.element import Element
from integrationlint.model.rule import Check, Problem, Rule, Severity
from integrationlint.resources import catalogue, compiled, folder

# Most runs have no Spectral ruleset, and none of its room is imported for them.
if TYPE_CHECKING:
    from integrationlint.model.standard import Standard
    from integrationlint.spectral.nouns import SpectralRule
    from integrationlint.spectral.ruleset import Ruleset

SPECTRAL: Final = "spectral"
SPECTRAL_SEVERITIES: Final = {
    "error": Severity.ERROR,
    "warn": Severity.WARNING,
    "info": Severity.INFO,
    "hint": Severity.INFO,
    "off": Severity.OFF,
}


def asked_by_spectral(element: Element) -> Iterator[Problem]:  # noqa: ARG001  its functions look at the whole document
    """What the functions of the rule ask, which its Spectral ruleset names."""
    return iter(())


def _find(name: str) -> Check:
    return asked_by_spectral if name == SPECTRAL else find_check(name)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The rules that can be chosen, and how a rule's check is found by its name.

    `spectral` is the ruleset that runs the rules whose check is `spectral`; None without any.
    """

    rules: tuple[Rule, ...]
    check: Callable[[str], Check] = _find
    spectral: "Ruleset | None" = None

    def notes(self, running: Collection[str]) -> tuple[str, ...]:
        """What is to be told of the Spectral ruleset, and of those of its rules among `running` that cannot run."""
        if self.spectral is None:
            return ()
        from integrationlint.spectral.ruleset import told

        return (*self.spectral.notes, *told(one for one in self.spectral.unable() if one.id in running))


def assembled(folders: Iterable[tuple[str, Path]] = (), spectral: "Ruleset | None" = None) -> Catalog:
    """The built-in rules, those of an organisation's folders, and those of a Spectral ruleset.

    Each folder is given as its name in `extends` and its path.
    """
    rules = [load_rule(one, f"rules/{one['id']}.yaml") for one in catalogue()]
    for name, path in folders:
        shown = name.removeprefix("./").rstrip("/")
        rules += [load_rule(one, f"{shown}/{one['id']}.yaml", name) for one in compiled(path, shown)]
    if spectral is not None:
        from integrationlint.spectral.diagnostics import DIAGNOSTICS

        rules += [_rule(one) for one in spectral.rules.values()]
        rules += [_rule(replace(one, source=spectral.names[0])) for one in DIAGNOSTICS]
    return Catalog(tuple(rules), spectral=spectral)


def _rule(one: "SpectralRule") -> Rule:
    # A rule as all commands know it; what it finds and says is the business of the Spectral room.
    asked = " ".join(one.description.split()) or f"what {one.source} asks for as {one.id}"
    return Rule(
        id=one.id,
        title=asked,
        why=f"It does not run here: it {one.skipped}." if one.skipped else f"{one.source} asks for it.",
        fix=f"see {one.url}" if one.url else "",
        each=("node",),
        check=SPECTRAL,
        message=one.message or one.description or "{{error}}",
        severity=SPECTRAL_SEVERITIES[one.severity.name] if one.enabled else Severity.OFF,
        concern="security" if one.id.startswith("owasp:") else "structure",
        source=one.source,
        url=one.url,
    )


def with_examples(path: Path | None = None, shown: str = "rules") -> Catalog:
    """The rules of one folder with their examples: the built-in ones unless another is named."""
    source = "builtin" if path is None else shown
    found = compiled(path or folder("rules"), shown, examples=True)
    return Catalog(tuple(load_rule(one, f"{shown}/{one['id']}.yaml", source) for one in found))


def standards() -> "dict[str, Standard]":
    """The published standards whose clauses are listed, by the names that rules call them in their `refs`."""
    from integrationlint.engine.standards import load_standard

    found = compiled(folder("standards"), "standards")
    return {one["id"]: load_standard(one, f"standards/{one['id']}.yaml") for one in found}
