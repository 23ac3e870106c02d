"""Which rules run, how severe they are, and on which elements: settings to a plan."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase, translate
from typing import Any

from integrationlint.engine.bind import bind, wants_links
from integrationlint.engine.globs import matcher
from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.links import Links
from integrationlint.model.location import Location
from integrationlint.model.rule import Check, Rule, Severity
from integrationlint.model.settings import RuleSetting, Settings

Predicate = Callable[[Mapping[str, Any]], bool]
Said = tuple[Callable[[str], bool], RuleSetting]


@dataclass(frozen=True, slots=True)
class Bound:
    """A rule ready to run: its severity and options are decided, its check is bound when it is first needed."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]
    find: Callable[[str], Check]
    origin: Location | None = None
    chosen: bool = False
    today: str = ""
    made: list[Check] = field(default_factory=list, compare=False)

    def bind(self) -> Check:
        """The check with its options; ConfigError when they do not fit."""
        if not self.made:
            check = self.find(self.rule.check)
            self.made.append(bind(check, self.options, self.rule.id, self.origin, today=self.today))
        return self.made[0]

    def given(self, links: Links) -> tuple[Check, tuple[Links, ...]]:
        """The check, and what it takes beside its subject: the links, or nothing."""
        check = self.bind()
        return check, (links,) if wants_links(self.find(self.rule.check)) else ()


def chosen(rules: Iterable[Rule], settings: Settings, find: Callable[[str], Check]) -> tuple[Bound, ...]:
    """The rules that run under the settings, by id. ConfigError for a rule, preset or selector that nobody knows."""
    return _running(_decided(rules, settings, find))


def _decided(rules: Iterable[Rule], settings: Settings, find: Callable[[str], Check]) -> tuple[Bound, ...]:
    """Every rule with its severity under the settings, those that are off included."""
    ours = sorted(rules, key=lambda rule: rule.id)
    known = {old: rule for rule in ours for old in rule.replaces} | {rule.id: rule for rule in ours}
    _refuse_unknown(known, settings)
    said = _compiled(settings.rules)
    bounds = tuple(_selected(_adjusted(_decide(rule, settings, find), said), settings) for rule in ours)
    for bound in bounds:
        if bound.chosen:
            bound.bind()  # what the user wrote is checked at once, whether or not a file needs it
    return bounds


def _selected(bound: Bound, settings: Settings) -> Bound:
    """A selection narrows whatever else the settings say."""
    if not settings.select or any(selects(one, bound.rule) for one in settings.select):
        return bound
    return replace(bound, severity=Severity.OFF)


def _running(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    return tuple(bound for bound in bounds if bound.severity is not Severity.OFF)


def _compiled(said: Mapping[str, RuleSetting]) -> tuple[Said, ...]:
    return tuple((_names(name), setting) for name, setting in said.items())


def _names(name: str) -> Callable[[str], bool]:
    if "*" not in name and "?" not in name:
        return name.__eq__
    pattern = re.compile(translate(name))
    return lambda rule_id: pattern.match(rule_id) is not None


def _decide(rule: Rule, settings: Settings, find: Callable[[str], Check]) -> Bound:
    severity, options = Severity.OFF, dict(rule.options)
    names = {name for name in settings.extends if name == "all" or name in rule.presets}
    if settings.select:
        severity = rule.severity if any(selects(one, rule) for one in settings.select) else Severity.OFF
    elif names or rule.source in settings.extends:
        severity = rule.severity
    for name in settings.extends:
        preset = rule.presets.get(name, {})
        if "severity" in preset and severity is not Severity.OFF:
            severity = Severity(str(preset["severity"]))
        options |= preset.get("with", {})
    return Bound(rule, severity, options, find, today=settings.today)


def _adjusted(bound: Bound, said: Iterable[Said]) -> Bound:
    fitting = [setting for names, setting in said if any(map(names, (bound.rule.id, *bound.rule.replaces)))]
    if not fitting:
        return bound
    severity, options, origin = bound.severity, dict(bound.options), bound.origin
    for setting in fitting:
        severity = setting.severity or (severity if severity is not Severity.OFF else bound.rule.severity)
        options |= setting.options
        origin = setting.origin or origin
    return replace(bound, severity=severity, options=options, origin=origin, chosen=True, made=[])


def selects(selector: str, rule: Rule) -> bool:
    """Whether a selector means the rule: id, prefix (`oas`), glob (`flow/*`), `concern:…`, `standard:…`, `preset:…`."""
    kind, colon, value = selector.partition(":")
    if colon:
        named = {
            "concern": (rule.concern,),
            "standard": tuple(one.standard for one in rule.refs),
            "preset": tuple(rule.presets),
        }
        return value in named.get(kind, ())
    return rule.id == selector or rule.id.startswith(f"{selector}/") or fnmatchcase(rule.id, selector)


def _refuse_unknown(known: Mapping[str, Rule], settings: Settings) -> None:
    rules = tuple({rule.id: rule for rule in known.values()}.values())
    said = [*settings.rules.items(), *(item for one in settings.overrides for item in one.rules.items())]
    for name, setting in said:
        if not any(map(_names(name), known)):
            raise ConfigError(f"unknown rule '{name}'{did_you_mean(name, set(known))}", setting.origin)
    for selector in settings.select:
        if not any(selects(selector, rule) for rule in rules):
            words = set(known) | {f"concern:{rule.concern}" for rule in rules}
            raise ConfigError(
                f"nothing is selected by '{selector}'{did_you_mean(selector, words)}", settings.origins.get("select")
            )
    presets = {"all", *(name for rule in rules for name in rule.presets), *(rule.source for rule in rules)}
    presets |= {*settings.rulesets}  # each has been read, but may have left all its rules to a later one
    for name in settings.extends:
        if name not in presets:
            raise ConfigError(f"unknown preset '{name}'{did_you_mean(name, presets)}", settings.origins.get("extends"))


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules for each file: all of them as decided, adjusted by the overrides whose globs match it."""

    bounds: tuple[Bound, ...]
    overrides: tuple[tuple[Callable[[str], bool], tuple[Said, ...]], ...]
    settings: Settings
    made: dict[tuple[bool, ...], tuple[Bound, ...]] = field(default_factory=dict, compare=False)

    @property
    def running(self) -> tuple[Bound, ...]:
        """The rules that run where no override says otherwise."""
        return _running(self.bounds)

    @property
    def used(self) -> tuple[Bound, ...]:
        """Those, and the ones that an override switched on for a file so far."""
        there = {bound.rule.id: bound for bounds in self.made.values() for bound in bounds}
        return tuple((there | {bound.rule.id: bound for bound in self.running}).values())

    def for_file(self, path: str) -> tuple[Bound, ...]:
        """The rules that run over one file."""
        fitting = tuple(matches(path) for matches, _ in self.overrides)
        if fitting not in self.made:
            bounds = self.bounds
            for (_, said), fits in zip(self.overrides, fitting, strict=True):
                if fits:
                    bounds = tuple(_selected(_adjusted(bound, said), self.settings) for bound in bounds)
            self.made[fitting] = _running(bounds)
        return self.made[fitting]


def planned(rules: Iterable[Rule], settings: Settings, find: Callable[[str], Check]) -> Plan:
    """The plan of a run; ConfigError as of `chosen`, and for options in overrides that do not fit."""
    bounds = _decided(rules, settings, find)
    compiled = tuple((matcher(one.files), _compiled(one.rules)) for one in settings.overrides)
    for _, said in compiled:
        for bound in bounds:
            adjusted = _adjusted(bound, said)
            if adjusted is not bound:
                adjusted.bind()
    return Plan(bounds, compiled, settings)


def predicate(when: Mapping[str, Any]) -> Predicate | None:
    """Facts compared for equality or membership; a fact that is not there counts as false, null and empty."""
    if not when:
        return None
    tests = [(fact, tuple(value) if isinstance(value, list) else (value,)) for fact, value in when.items()]
    if len(tests) == 1:  # most rules ask for one fact, and run over many elements
        fact, values = tests[0]
        return lambda facts: _means(facts.get(fact), values)

    def matches(facts: Mapping[str, Any]) -> bool:
        return all(_means(facts.get(fact), values) for fact, values in tests)

    return matches


def _means(value: Any, allowed: tuple[Any, ...]) -> bool:
    if isinstance(value, tuple | list):
        if len(value) == 1:  # nearly all types are one
            return value[0] in allowed
        return any(one in allowed for one in value) or (not value and None in allowed)
    if value is None or value is False:
        return any(one is None or one is False for one in allowed)
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in allowed)
