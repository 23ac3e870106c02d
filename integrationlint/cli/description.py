"""What there is to say of a rule, as plain data for `explain` and the pages of `rules docs`."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from inspect import Parameter, getdoc, signature
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from integrationlint.catalog import Catalog, with_examples
from integrationlint.engine.bind import DAY
from integrationlint.model.errors import UsageError, did_you_mean
from integrationlint.model.rule import Check, Rule
from integrationlint.model.settings import Settings

BUILT_IN = "builtin"
_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false", type(None): "null"}


class Option(NamedTuple):
    """An option of a rule: what it takes, and what it is unless somebody says otherwise (JSON; empty for nothing)."""

    name: str
    takes: str
    default: str


def find_rule(catalog: Catalog, name: str) -> Rule:
    """The rule of an id or of a former id. UsageError when there is none."""
    known = {old: rule for rule in catalog.rules for old in rule.replaces} | {rule.id: rule for rule in catalog.rules}
    if name not in known:
        raise UsageError(f"there is no rule '{name}'{did_you_mean(name, set(known))}; 'rules list' lists them")
    return known[name]


def with_its_examples(rule: Rule, settings: Settings) -> Rule:
    """The rule with its examples, which a catalog leaves out."""
    path = None if rule.source == BUILT_IN else Path(settings.root) / rule.source
    shown = "rules" if path is None else rule.source.removeprefix("./").rstrip("/")
    found = next((one for one in with_examples(path, shown).rules if one.id == rule.id), rule)
    return replace(rule, examples=found.examples)


def options(rule: Rule, find: Callable[[str], Check]) -> tuple[Option, ...]:
    """The options of a rule: the keyword-only parameters of its check, by the defaults of the rule."""
    check = find(rule.check)
    hints = get_type_hints(check)
    return tuple(
        Option(name, takes(hints.get(name, Any)), _default(rule.options.get(name, one.default)))
        for name, one in signature(check).parameters.items()
        if one.kind is Parameter.KEYWORD_ONLY and name != DAY
    )


def asks(rule: Rule, find: Callable[[str], Check]) -> str:
    """What the check of a rule asks, in the words of its author."""
    return " ".join((getdoc(find(rule.check)) or "").split())


def takes(kind: Any) -> str:
    """A type in words: `one of camel, snake`, `a list of text`."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(takes(one) for one in inner)
    if origin is Literal:
        return f"one of {', '.join(str(one) for one in inner)}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of {', '.join(str(one.value) for one in kind)}"
    if origin in (tuple, list, frozenset):
        return f"a list of {takes(inner[0]).removeprefix('a ')}"
    if origin is not None and issubclass(origin, Mapping):
        return f"a mapping of names to {takes(inner[1])}"
    return _NAMES.get(kind, "any value")


def _default(value: Any) -> str:
    if value is Parameter.empty:
        return ""
    listed = sorted(value, key=str) if isinstance(value, set | frozenset) else value
    return json.dumps(listed, ensure_ascii=False, default=str)


def presets(rule: Rule) -> str:
    """`recommended, zalando (error, style: "camel")`."""
    return ", ".join(f"{name}{_set(one)}" for name, one in rule.presets.items()) or "none"


def _set(preset: Mapping[str, Any]) -> str:
    said = [str(preset["severity"])] if "severity" in preset else []
    said += [f"{name}: {_default(value)}" for name, value in preset.get("with", {}).items()]
    return f" ({', '.join(said)})" if said else ""


def clauses(rule: Rule) -> str:
    """`zalando 129, rfc9110 15.4`."""
    return ", ".join(f"{one.standard} {one.clause}".strip() for one in rule.refs) or "none"


def subjects(rule: Rule) -> str:
    """`path in openapi where deprecated is false`."""
    formats = f" in {' or '.join(rule.formats)}" if rule.formats else ""
    needs = f", where the platform can say {' and '.join(rule.needs)}" if rule.needs else ""
    return f"{', '.join(rule.each)}{formats}{conditions(rule)}{needs}"


def conditions(rule: Rule) -> str:
    """` where deprecated is false and kind is field or type`; empty without any."""
    said = [f"{fact} is {_alternatives(value)}" for fact, value in rule.when.items()]
    return f" where {' and '.join(said)}" if said else ""


def _alternatives(value: Any) -> str:
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    return " or ".join(one if isinstance(one, str) else json.dumps(one, default=str) for one in values)
