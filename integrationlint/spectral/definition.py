"""One ruleset as its file has it: the parts of it read and checked, the rules as they are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.spectral.formats import canonical, unknown
from integrationlint.spectral.nouns import SEVERITIES, Severity, Target
from integrationlint.spectral.renamed import renamed
from integrationlint.spectral.ruleset import ParserOptions
from integrationlint.spectral.written import Written

KEYS: Final = (
    *("extends", "rules", "formats", "aliases", "overrides", "functions", "functionsDir", "parserOptions", "except"),
    *("description", "documentationUrl"),
)
_OVERRIDE_KEYS: Final = ("files", "extends", "rules", "formats", "aliases", "parserOptions")
_PARSER_KEYS: Final = {"duplicateKeys": "duplicate_keys", "incompatibleValues": "incompatible_values"}
_KINDS: Final = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}


@dataclass(frozen=True, slots=True)
class Definition:
    """What one ruleset says, or one of its overrides.

    `ruled`: there is a key `rules`, even if nothing is in it. `lost` names what it extends and cannot be read.
    `trusted` are the rulesets that are shipped: they are tested, so nobody checks them again.
    """

    file: str
    rules: Mapping[str, Written] = field(default_factory=dict)
    ruled: bool = False
    extends: "tuple[Extension, ...]" = ()
    formats: tuple[str, ...] | None = None
    aliases: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    functions: frozenset[str] = frozenset()
    url: str = ""
    parser_options: ParserOptions | None = None
    lost: tuple[str, ...] = ()
    text: Written | None = None
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A ruleset that is extended, and which of its rules: `all`, `recommended`, `off`, or empty where nobody says."""

    definition: Definition
    level: str = ""


def said(part: Written, kind: type, label: str) -> Any:
    """The value of a part that must be of a kind; ConfigError where it is another."""
    if not isinstance(part.value, kind):
        raise ConfigError(f"{label} takes {_KINDS[kind]}, not {spelled(part.value)}", part.here)
    return part.value


def spelled(value: Any) -> str:
    """A value for a message: what it is, or itself where it is short."""
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else f"{value[:57]}...")
    return _KINDS.get(type(value)) or str(value)[:60]


def known(part: Written, keys: tuple[str, ...], label: str) -> None:
    """ConfigError for a key that is none of `keys`; keys that begin with `x-` are free."""
    for key in said(part, dict, label):
        if key not in keys and not key.startswith("x-"):
            hint = did_you_mean(key[:60], keys) or f" (known: {', '.join(keys)})"
            raise ConfigError(f"unknown key {spelled(key)}{hint}", part.below(key).here)


def members(part: Written, label: str) -> Iterator[tuple[str, Written]]:
    """The members of a mapping by name."""
    for name in said(part, dict, label):
        yield name, part.below(name)


def items(part: Written, label: str) -> list[Written]:
    """The items of a list."""
    return [part.below(number) for number, _ in enumerate(said(part, list, label))]


def severity(part: Written, label: str) -> Severity:
    """A level by its name or number."""
    found = level(part.value)
    if found is None:
        raise ConfigError(f"{label} cannot be {spelled(part.value)}{severity_hint(part.value)}", part.here)
    return found


def level(value: Any) -> Severity | None:
    """The level that a value stands for; None where it stands for none."""
    if isinstance(value, str):
        return SEVERITIES.get(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return next((one for one in SEVERITIES.values() if one.number == value), None)
    return None


def severity_hint(value: Any) -> str:
    """The level that was meant, or all there are."""
    near = did_you_mean(value[:60], set(SEVERITIES)) if isinstance(value, str) else ""
    return near or f" (one of {', '.join(SEVERITIES)})"


def formats(part: Written, label: str) -> tuple[str, ...]:
    """The ids of a list of formats; ConfigError for one that nobody knows."""
    found: dict[str, None] = {}
    for one in items(part, label):
        name = canonical(said(one, str, label))
        if not name:
            raise ConfigError(unknown(one.value[:60]), one.here)
        found[name] = None
    return tuple(found)


def own(part: Written, file: str, above: Definition | None = None) -> Definition:
    """What a ruleset says itself, or an override within the ruleset `above`; without `extends` and `overrides`."""
    value = part.value
    found = Definition(file, functions=above.functions if above else frozenset())
    if "rules" in value:
        found = replace(found, rules=renamed(dict(members(part.below("rules"), "'rules'"))), ruled=True)
    if "formats" in value:
        found = replace(found, formats=formats(part.below("formats"), "'formats'"))
    if "aliases" in value:
        found = replace(found, aliases=dict(_aliases(part.below("aliases"))))
    if "functions" in value:
        found = replace(found, functions=frozenset(_functions(part.below("functions"))))
    if "documentationUrl" in value:
        found = replace(found, url=said(part.below("documentationUrl"), str, "'documentationUrl'"))
    if "parserOptions" in value:
        found = replace(found, parser_options=_parser_options(part.below("parserOptions")))
    return found


def check_keys(part: Written, *, override: bool = False) -> None:
    """ConfigError for a ruleset that is no mapping, has unknown keys, or says nothing."""
    if override:
        known(part, _OVERRIDE_KEYS, "an override")
        return
    known(part, KEYS, "a Spectral ruleset")
    if not part.value.keys() & {"extends", "rules", "overrides", "except"}:
        raise ConfigError("a Spectral ruleset has 'extends', 'rules' or 'overrides': this has none of them", part.here)


def _aliases(part: Written) -> Iterator[tuple[str, tuple[Target, ...]]]:
    for name, one in members(part, "'aliases'"):
        if isinstance(one.value, dict):
            known(one, ("description", "targets"), f"alias {spelled(name)}")
            if "targets" not in one.value:
                raise ConfigError(f"alias {spelled(name)} needs 'targets', or is a list of expressions", one.here)
            yield name, tuple(_targets(one.below("targets"), name))
        else:
            yield name, (Target(_expressions(one, f"alias {spelled(name)}")),)


def _targets(part: Written, name: str) -> Iterator[Target]:
    label = f"a target of alias {spelled(name)}"
    for one in items(part, f"'targets' of alias {spelled(name)}"):
        known(one, ("formats", "given"), label)
        if not one.value.keys() >= {"formats", "given"}:
            raise ConfigError(f"{label} needs 'formats' and 'given'", one.here)
        meant = formats(one.below("formats"), f"'formats' of {label}")
        given = _expressions(one.below("given"), f"'given' of {label}")
        if meant:  # a target for no format is never meant, and () would mean all
            yield Target(given, meant)


def _expressions(part: Written, label: str) -> tuple[str, ...]:
    found = items(part, label)
    if not found:
        raise ConfigError(f"{label} takes a list of expressions: this one is empty", part.here)
    for one in found:
        if not said(one, str, f"an entry of {label}").startswith(("$", "#")):
            raise ConfigError(f"an expression begins with '$' or '#', which {spelled(one.value)} does not", one.here)
    return tuple(one.value for one in found)


def _functions(part: Written) -> Iterator[str]:
    # Rulesets of old give a function with the schema of its options: [name, schema].
    for one in items(part, "'functions'"):
        named = one.below(0) if isinstance(one.value, list) and one.value else one
        yield said(named, str, "an entry of 'functions'")


def _parser_options(part: Written) -> ParserOptions:
    known(part, tuple(_PARSER_KEYS), "'parserOptions'")
    found = {_PARSER_KEYS[name]: severity(one, spelled(name)) for name, one in members(part, "'parserOptions'")}
    return ParserOptions(**found)
