"""What a configuration allows that another did not: every weakening of a policy, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import translate

from integrationlint.config.schema import limit_names
from integrationlint.model.finding import Suppression
from integrationlint.model.location import Location
from integrationlint.model.rule import Severity
from integrationlint.model.settings import RuleSetting, Settings, Weakening

Rules = Mapping[str, RuleSetting]
Defaults = Mapping[str, Severity]


def weakenings(base: Settings, head: Settings, defaults: Defaults | None = None) -> tuple[Weakening, ...]:
    """The weakenings of `head` against `base`, in the order of the kinds; nothing for what became stricter.

    `defaults` gives the severities that rules have without any setting. A rule or glob that it does not name counts
    as an error by default: where it cannot be told whether a setting weakens, it is reported.
    """
    known = defaults or {}
    return (
        *_rules(base.rules, head.rules, known),
        *_overrides(base, head, known),
        *_suppressions(base, head),
        *_limits(base, head),
        *_fewer(base, head),
        *_files(base, head),
        *_sources(base, head),
        *_catalog(base, head),
    )


def _asker(rules: Rules) -> Callable[[str], RuleSetting]:
    # What the settings say of a rule or glob: the later of two keys that mean it wins. Globs are compiled once.
    keys = [(key, re.compile(translate(key)).match if set(key) & set("*?[") else None) for key in rules]

    def said(name: str) -> RuleSetting:
        found = RuleSetting()
        for key, matches in keys:
            if key == name or (matches is not None and matches(name)):
                one = rules[key]
                found = RuleSetting(one.severity or found.severity, {**found.options, **one.options}, one.origin)
        return found

    return said


def _rules(base: Rules, head: Rules, defaults: Defaults) -> Iterator[Weakening]:
    said_before, said_after = _asker(base), _asker(head)
    for name in dict.fromkeys((*base, *head)):
        before, after = said_before(name), said_after(name)
        place = after.origin or before.origin
        usual = defaults.get(name, Severity.ERROR)
        fell = _fall(before.severity or usual, after.severity or usual)
        if fell:
            yield Weakening("severity", name, f"rule {name} {fell}", place)
        elif before.options != after.options and after.severity is not Severity.OFF:
            message = f"the options of rule {name} changed: see that it still asks as much"
            yield Weakening("options", name, message, place)


def _fall(before: Severity, after: Severity) -> str:
    if after.rank >= before.rank:
        return ""
    return "is switched off" if after is Severity.OFF else f"falls from {before} to {after}"


def _overrides(base: Settings, head: Settings, defaults: Defaults) -> Iterator[Weakening]:
    # Per glob: the head's rules against what the base says there, then what only the base says against the head's.
    said_before, said_after = _asker(base.rules), _asker(head.rules)
    known, now = _by_glob(base), _by_glob(head)
    for glob, rules in now.items():
        said_there = _asker(known.get(glob, {}))
        for name, one in rules.items():
            before = said_there(name)
            usual = before.severity or said_before(name).severity or defaults.get(name, Severity.ERROR)
            fell = _fall(usual, one.severity) if one.severity else ""
            if fell:
                yield Weakening("override", name, f"rule {name} {fell} for {glob}", one.origin)
            elif one.options and before.options != one.options:
                yield Weakening("override", name, f"the options of rule {name} change for {glob}", one.origin)
    for glob, rules in known.items():
        for name, one in rules.items():
            if one.severity and name not in now.get(glob, {}):
                fell = _fall(one.severity, said_after(name).severity or defaults.get(name, Severity.ERROR))
                if fell:
                    yield Weakening("override", name, f"rule {name} {fell} for {glob}", one.origin)


def _by_glob(settings: Settings) -> dict[str, dict[str, RuleSetting]]:
    found: dict[str, dict[str, RuleSetting]] = {}
    for one in settings.overrides:
        for glob in one.files:
            found.setdefault(glob, {}).update(one.rules)
    return found


def _suppressions(base: Settings, head: Settings) -> Iterator[Weakening]:
    known: dict[tuple[str, str], Suppression] = {(one.rule, one.at): one for one in base.suppressions}
    for one in head.suppressions:
        before = known.get((one.rule, one.at))
        subject = f"{one.rule} at {one.at}"
        if before is None:
            yield Weakening("suppression", subject, f"{subject} is suppressed: {one.reason}", one.location)
        elif before.expires and not one.expires:
            message = f"the suppression of {subject} no longer expires (before: {before.expires})"
            yield Weakening("suppression", subject, message, one.location)
        elif before.expires and one.expires > before.expires:
            message = f"the suppression of {subject} expires on {one.expires}, not on {before.expires}"
            yield Weakening("suppression", subject, message, one.location)


def _limits(base: Settings, head: Settings) -> Iterator[Weakening]:
    for key, field in limit_names().items():
        before, after = getattr(base.limits, field), getattr(head.limits, field)
        if after > before:
            yield Weakening("limit", key, f"limit {key} is widened from {before} to {after}", _place(base, head, key))


def _place(base: Settings, head: Settings, limit: str) -> Location | None:
    return head.origins.get(f"limits/{limit}") or base.origins.get(f"limits/{limit}")


def _fewer(base: Settings, head: Settings) -> Iterator[Weakening]:
    for name in _missing(base.extends, head.extends):
        yield Weakening("extends", name, f"{name} is no longer extended", _either(base, head, "extends"))
    if head.select and not base.select:
        chosen = ", ".join(head.select)
        yield Weakening("select", "select", f"only {chosen} is selected, no longer all", head.origins.get("select"))
    for name in _missing(base.select, head.select) if head.select else ():
        yield Weakening("select", name, f"{name} is no longer selected", _either(base, head, "select"))


def _files(base: Settings, head: Settings) -> Iterator[Weakening]:
    for glob in _missing(head.exclude, base.exclude):
        yield Weakening("files", glob, f"files {glob} are no longer read", _either(base, head, "exclude"))
    if head.include and not base.include:
        only = ", ".join(head.include)
        yield Weakening("files", "include", f"only files {only} are read, no longer all", head.origins.get("include"))
    for glob in _missing(base.include, head.include) if head.include else ():
        yield Weakening("files", glob, f"files {glob} are no longer read", _either(base, head, "include"))


def _missing(names: Iterable[str], others: Iterable[str]) -> list[str]:
    there = frozenset(others)
    return [name for name in names if name not in there]


def _sources(base: Settings, head: Settings) -> Iterator[Weakening]:
    if head.baseline and head.baseline != base.baseline:
        message = f"the findings in {head.baseline} count as known" + _instead(base.baseline)
        yield Weakening("baseline", head.baseline, message, head.origins.get("baseline"))
    if base.policy and head.policy != base.policy:
        message = f"the policy is taken from {head.policy or 'the revision itself'}" + _instead(base.policy)
        yield Weakening("policy", base.policy, message, _either(base, head, "policy"))


def _instead(before: str) -> str:
    return f", no longer {before}" if before else ""


def _catalog(base: Settings, head: Settings) -> Iterator[Weakening]:
    now = {one.name: one for one in head.consumers}
    for one in base.consumers:
        after = now.get(one.name)
        if after is None:
            yield Weakening("catalog", one.name, f"consumer {one.name} is no longer declared", one.origin)
            continue
        for use in _missing(one.uses, after.uses):
            message = f"consumer {one.name} no longer declares that it uses {use}"
            yield Weakening("catalog", one.name, message, after.origin)
        if after.criticality != one.criticality:
            message = f"the criticality of consumer {one.name} is {after.criticality or 'not said'}, no longer"
            yield Weakening("catalog", one.name, f"{message} {one.criticality or 'unsaid'}", after.origin)


def _either(base: Settings, head: Settings, key: str) -> Location | None:
    return head.origins.get(key) or base.origins.get(key)
