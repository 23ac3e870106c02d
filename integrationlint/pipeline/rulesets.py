"""A Spectral ruleset over the documents of a run; what it finds are findings like all others."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from integrationlint.catalog import SPECTRAL, SPECTRAL_SEVERITIES
from integrationlint.engine.run import Outcome
from integrationlint.engine.select import Bound, Plan
from integrationlint.engine.suppress import EXTENSION
from integrationlint.formats.formats import Match
from integrationlint.model.document import Document
from integrationlint.model.element import normal_address
from integrationlint.model.finding import Finding, Suppression
from integrationlint.model.limits import Limits
from integrationlint.model.location import Location
from integrationlint.model.rule import Severity
from integrationlint.spectral.detect import DESCRIPTIONS, detected
from integrationlint.spectral.diagnostics import ODD_KEY, UNRECOGNISED, Result
from integrationlint.spectral.nouns import SEVERITIES, SpectralRule
from integrationlint.spectral.places import pointer_of
from integrationlint.spectral.references import is_url, taken_apart
from integrationlint.spectral.resolve import Resolver
from integrationlint.spectral.ruleset import Ruleset
from integrationlint.spectral.run import examine, run
from integrationlint.workspace.load import Loaded, plain
from integrationlint.workspace.workspace import Workspace

_SYNTAXES: Final = ("yaml", "json")
# How a description of an API begins that cannot be read any further.
_BEGINNING: Final = re.compile(r"""^[\s{"']{0,9}(?:openapi|swagger|asyncapi|arazzo)["']?[ \t]*:""", re.MULTILINE)
# Our own rules that say the same, where they run.
_SAME: Final = {"parser": "any/parseable", "invalid-ref": "schema/ref-resolves"}


class Asked(NamedTuple):
    """A document with the ruleset for it, the rules of it that run, and the rules of all kinds that run."""

    document: Document
    ruleset: Ruleset
    rules: tuple[SpectralRule, ...]
    bounds: Mapping[str, Bound]
    named: bool


@dataclass(frozen=True, slots=True)
class Rulesets:
    """The work of a Spectral ruleset: documents that are resolved, so that nothing more has to be read."""

    asked: tuple[Asked, ...] = ()
    resolver: Resolver = field(default_factory=lambda: Resolver(lambda _path: None))

    def work(self, share: int, shares: int, into: Outcome) -> None:
        """Every n-th rule over each document; what is not a rule's business is that of the last share."""
        for one in self.asked:
            last = share == shares - 1
            results = examine(one.document, one.ruleset, one.rules, self.resolver) if last else []
            results += run(one.document, one.ruleset, one.rules[share::shares], self.resolver, into.errors)
            into.findings.extend(found for result in results if (found := _finding(result, one)) is not None)

    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        count = sum(self.resolver.resolved(one.document).unknown for one in self.asked)
        return (
            (f"references to URLs that rules of Spectral did not follow, for nothing is fetched: {count}",)
            if count
            else ()
        )


def prepared(
    ruleset: Ruleset, plan: Plan, workspace: Workspace, loaded: Iterable[Loaded], named: frozenset[str]
) -> Rulesets:
    """The documents among those loaded that a ruleset is for, each with the rules that run over it.

    It is for descriptions of APIs, and for what has a format that one of its rules names; for any other YAML or JSON
    file if that is `named` by the user and nobody else knows it.
    """
    resolver = Resolver(_opener(workspace, plan.settings.limits))
    quiet = {one.rule.id for one in plan.bounds if one.severity is Severity.OFF and not one.chosen}
    asked = []
    for one in loaded:
        if one.document.syntax in _SYNTAXES:
            path = one.document.path
            bounds = {bound.rule.id: bound for bound in plan.for_file(path)}
            here = ruleset.for_file(path)
            rules = tuple(_rules(here, bounds, set() if plan.settings.select else quiet))
            alone = all(bound.rule.check == SPECTRAL for bound in bounds.values())
            by_name = path in named and (alone or one.match is None)
            if rules and (by_name or _is_for(one.document, rules)):
                one.match = one.match or _match(one.document.value)
                asked.append(Asked(one.document, here, rules, bounds, by_name))
    for each in asked:
        resolver.resolved(each.document)
    return Rulesets(tuple(asked), resolver)


def _opener(workspace: Workspace, limits: Limits) -> Callable[[str], Document | None]:
    def load(path: str) -> Document | None:
        if is_url(path):
            return None
        one = workspace.loaded.get(path)
        if one is None and workspace.snapshot.exists(path):
            one = workspace.loaded[path] = plain(workspace.snapshot, path, limits)
        return one.document if one is not None else None

    return load


def _rules(ruleset: Ruleset, bounds: Mapping[str, Bound], quiet: Container[str]) -> Iterator[SpectralRule]:
    """The rules that are on by the settings, and those that only an override of the ruleset switches on."""
    on = {one.id for one in ruleset.running()}
    for one in ruleset.rules.values():
        bound = bounds.get(one.id)
        if one.id in on:
            if bound is not None or one.id in quiet:
                yield one
        elif bound is not None and bound.chosen and not one.skipped:
            yield replace(one, enabled=True, severity=SEVERITIES["warn"])


def _is_for(document: Document, rules: Sequence[SpectralRule]) -> bool:
    if document.value is None:
        return _BEGINNING.search(document.text) is not None
    return not detected(document.value).isdisjoint({*DESCRIPTIONS, *(name for one in rules for name in one.formats)})


def _match(value: object) -> Match | None:
    """What a description of an API is that none of our own formats knows."""
    for key in ("asyncapi", "arazzo"):
        if isinstance(value, dict) and key in value and not DESCRIPTIONS.isdisjoint(detected(value)):
            return Match(key, str(value[key]), f"{key}: {value[key]}")
    return None


def _finding(result: Result, asked: Asked) -> Finding | None:
    """A result as a finding; None where it is off, or where one of our own rules says it."""
    bound = asked.bounds.get(result.code)
    if bound is None and result.code not in asked.ruleset.rules:
        return None
    if _is_said(result, asked):
        return None
    severity = bound.severity if bound is not None and bound.chosen else SPECTRAL_SEVERITIES[result.severity.name]
    if severity is Severity.OFF:
        return None
    path, pointer = result.document.path, pointer_of(result.path)
    address = normal_address(f"{path}#{pointer}")
    return Finding(result.code, severity, result.message, address, Location(path, pointer, result.span))


def _is_said(result: Result, asked: Asked) -> bool:
    if result.code == UNRECOGNISED:
        return not asked.named
    return _SAME.get(result.code) in asked.bounds and not result.message.startswith(ODD_KEY)


def at_places(written: Iterable[Suppression], workspace: Workspace, used: Iterable[Bound]) -> tuple[Suppression, ...]:
    """Exceptions, those of `x-integrationlint-ignore` for rules of a ruleset being for the place, not the element.

    A pattern that means rules of ours as well is left as it is.
    """
    rules = [(one.rule.id, one.rule.check == SPECTRAL) for one in used]

    def is_spectral(named: str) -> bool:
        meant = [spectral for rule, spectral in rules if fnmatchcase(rule, named)]
        return bool(meant) and all(meant)

    kept = [one for one in written if f"/{EXTENSION}/" not in one.location.pointer or not is_spectral(one.rule)]
    documents = [one.document for one in workspace.loaded.values() if EXTENSION in one.document.text]
    return (*kept, *(one for document in documents for one in _ignored(document) if is_spectral(one.rule)))


def _ignored(document: Document) -> Iterator[Suppression]:
    file = taken_apart(document)
    for number, holder in enumerate(file.holders):
        said = holder.get(EXTENSION) if isinstance(holder, dict) else None
        for rule, reason in said.items() if isinstance(said, dict) else ():
            path = file.path(number)
            pointer = pointer_of((*path, EXTENSION, rule))
            place = Location(document.path, pointer, document.span(pointer, key=True))
            yield Suppression(rule, f"{document.path}#{pointer_of(path)}", str(reason or ""), place, inline=True)
