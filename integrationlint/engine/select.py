"""Which rules run, how severe they are, and on which elements: settings to a plan."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from integrationlint.engine.bind import bind
from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.location import Location
from integrationlint.model.rule import Check, Rule, Severity
from integrationlint.model.settings import Override, RuleSetting, Settings

Predicate = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Bound:
    """A rule ready to run: its severity and options are decided, its check is bound when it is first needed."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]
    origin: Location | None = None
    find: Callable[[str], Check] | None = None
    made: list[Check] = field(default_factory=list, compare=False)

    @property
    def check(self) -> Check:
        """The bound check; ConfigError when its options do not fit."""
        if not self.made:
            if self.find is None:
                raise ConfigError(f"nobody knows the check '{self.rule.check}'")
            self.made.append(bind(self.find(self.rule.check), self.options, self.rule.id, self.origin))
        return self.made[0]


def chosen(rules: Iterable[Rule], settings: Settings, find: Callable[[str], Check]) -> tuple[Bound, ...]:
    """The rules that run under the settings, by id. ConfigError for a rule, preset or selector that nobody knows."""
    known = {rule.id: rule for rule in rules}
    for rule in tuple(known.values()):
        known |= {old: rule for old in rule.replaces if old not in known}
    _refuse_unknown(known, settings)
    bounds = []
    for rule_id, rule in sorted(known.items()):
        if rule_id != rule.id:
            continue
        bound = _decide(rule, settings, find)
        if bound.severity is not Severity.OFF:
            bounds.append(bound)
        if bound.origin is not None:
            bound.check  # noqa: B018  what the user wrote is checked at once, whether or not a file needs it
    return tuple(bounds)


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
    return _adjusted(Bound(rule, severity, options, find=find), settings.rules)


def _adjusted(bound: Bound, said: Mapping[str, RuleSetting]) -> Bound:
    severity, options, origin = bound.severity, dict(bound.options), bound.origin
    for name, setting in said.items():
        if name in (bound.rule.id, *bound.rule.replaces) or fnmatchcase(bound.rule.id, name):
            severity = setting.severity or (severity if severity is not Severity.OFF else bound.rule.severity)
            options |= setting.options
            origin = setting.origin
    if origin is bound.origin:
        return bound
    return replace(bound, severity=severity, options=options, origin=origin, made=[])


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
        if name not in known and not any(fnmatchcase(rule_id, name) for rule_id in known):
            raise ConfigError(f"unknown rule '{name}'{did_you_mean(name, set(known))}", setting.origin)
    for selector in settings.select:
        if not any(selects(selector, rule) for rule in rules):
            words = set(known) | {f"concern:{rule.concern}" for rule in rules}
            raise ConfigError(
                f"nothing is selected by '{selector}'{did_you_mean(selector, words)}", settings.origins.get("select")
            )
    presets = {"all", *(name for rule in rules for name in rule.presets), *(rule.source for rule in rules)}
    for name in settings.extends:
        if name not in presets:
            raise ConfigError(f"unknown preset '{name}'{did_you_mean(name, presets)}", settings.origins.get("extends"))


def for_file(bounds: tuple[Bound, ...], overrides: tuple[Override, ...], path: str) -> tuple[Bound, ...]:
    """The rules for one file: the overrides whose globs match it, in order."""
    for override in overrides:
        if any(fnmatchcase(path, glob) or fnmatchcase(path, glob.replace("**/", "")) for glob in override.files):
            bounds = tuple(_adjusted(bound, override.rules) for bound in bounds)
    return tuple(bound for bound in bounds if bound.severity is not Severity.OFF)


def predicate(when: Mapping[str, Any]) -> Predicate | None:
    """Facts compared for equality or membership; a fact that is not there counts as false, null and empty."""
    if not when:
        return None
    tests = [(fact, tuple(value) if isinstance(value, list) else (value,)) for fact, value in when.items()]

    def matches(facts: Mapping[str, Any]) -> bool:
        return all(_means(facts.get(fact), values) for fact, values in tests)

    return matches


def _means(value: Any, allowed: tuple[Any, ...]) -> bool:
    if isinstance(value, tuple | list):
        return any(one in allowed for one in value) or (not value and None in allowed)
    if value is None or value is False:
        return any(one is None or one is False for one in allowed)
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in allowed)
