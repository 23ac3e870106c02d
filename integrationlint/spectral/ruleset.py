"""The effective ruleset of a run: what all that is named and extended comes to, for any file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from integrationlint.spectral.nouns import SEVERITIES, Path, Severity, SpectralRule


@dataclass(frozen=True, slots=True)
class ParserOptions:
    """How bad it is when a document repeats a key, and when it has a key that is no text."""

    duplicate_keys: Severity = SEVERITIES["error"]
    incompatible_values: Severity = SEVERITIES["error"]


@dataclass(frozen=True, slots=True)
class Pointed:
    """Severities that an override gives to rules at one place: below `path` in the files that `matches` means."""

    matches: Callable[[str], bool]
    path: Path
    rules: Mapping[str, Severity]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Every rule by its id, those that do not run included, and what is to be told of the ruleset itself.

    `names` are those in `extends` of the configuration that it was read from. Paths of files are from the root of the
    snapshot. `overridden` gives the ruleset for one file; without it no override changes a rule. Rules that only an
    override has are among `rules`, with the severity off. `formats` are all that the ruleset or a rule is for.
    """

    rules: Mapping[str, SpectralRule]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parser_options: ParserOptions = ParserOptions()
    pointed: tuple[Pointed, ...] = ()
    formats: frozenset[str] = frozenset()
    overridden: "Callable[[str], Ruleset] | None" = None

    def running(self) -> tuple[SpectralRule, ...]:
        """The rules that run: those that are on, and those that an override switches on at some place."""
        on = {name for one in self.pointed for name, severity in one.rules.items() if severity.number >= 0}
        return tuple(
            one for one in self.rules.values() if not one.skipped and (effective(one).number >= 0 or one.id in on)
        )

    def for_file(self, path: str) -> "Ruleset":
        """The ruleset for a document: with the overrides whose globs match its path."""
        return self.overridden(path) if self.overridden is not None else self

    def severity_at(self, file: str, path: Sequence[str | int], rule_id: str, severity: Severity) -> Severity:
        """How severe a finding of a rule is at a path in a file, which need not be that of the document.

        It is `severity` unless an override for that file says otherwise, or one for a place in it: the closest.
        """
        if self.overridden is not None:
            here, there = (one.rules.get(rule_id) for one in (self, self.overridden(file)))
            if here is not None and there is not None and effective(here) != effective(there):
                severity = effective(there)
        names, longest = tuple(map(str, path)) if self.pointed else (), 0
        for one in self.pointed:
            length = len(one.path)
            if rule_id in one.rules and length >= longest and names[:length] == one.path and one.matches(file):
                severity, longest = one.rules[rule_id], length
        return severity

    def formats_named(self) -> frozenset[str]:
        """The formats that the ruleset speaks of; a document in none of them is none for it."""
        return self.formats

    def unable(self) -> tuple[SpectralRule, ...]:
        """The rules that would run if they could."""
        return tuple(one for one in self.rules.values() if one.skipped and one.enabled)


EMPTY: Final = Ruleset({})


def effective(rule: SpectralRule) -> Severity:
    """The severity of a rule; off for one that is not enabled."""
    return rule.severity if rule.enabled else SEVERITIES["off"]


def told(rules: Iterable[SpectralRule]) -> tuple[str, ...]:
    """What to tell of rules that cannot run: a line for each, but one for all that share a cause in one file."""
    found: dict[tuple[str, str], list[SpectralRule]] = {}
    for one in rules:
        shared = one.skipped if one.origin is not None and "not read" in one.skipped else one.id
        found.setdefault((one.origin.path if one.origin else one.source, shared), []).append(one)
    return tuple(_line(group) for group in found.values())


def _line(rules: Sequence[SpectralRule]) -> str:
    first = rules[0]
    start = first.origin.span.start if first.origin is not None else None
    where = f"{first.origin.path}:{start.line}:{start.column}" if first.origin and start else first.source
    see = "; see docs/spectral.md" if "JavaScript" in first.skipped else ""
    if len(rules) == 1:
        return f"rule {first.id} of {where} does not run: it {first.skipped}{see}"
    return f"rules {', '.join(one.id for one in rules)} of {where.partition(':')[0]} do not run: each {first.skipped}"
