"""Rulesets over rulesets: what each says of a rule, gathered key by key as Spectral assigns it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from integrationlint.model.errors import did_you_mean
from integrationlint.spectral.definition import Definition, severity_hint, spelled
from integrationlint.spectral.nouns import SEVERITIES
from integrationlint.spectral.written import Written

NOT_READ: Final = "is defined in a ruleset that is not read"


@dataclass(frozen=True, slots=True)
class Said:
    """The value of one key of a rule, where it is written, and the ruleset that says it."""

    part: Written
    by: Definition


@dataclass(slots=True)
class Draft:
    """A rule while rulesets are laid over each other. `owner` is the ruleset that defined it first.

    `fault` says why a rule cannot run whatever its keys say; `defined` is false where nothing but a level is given.
    """

    id: str
    owner: Definition
    place: Written
    said: dict[str, Said] = field(default_factory=dict)
    enabled: bool = True
    fault: str = ""
    defined: bool = True

    def value(self, key: str) -> Any:
        """The value of a key; None where nobody gives one."""
        return self.said[key].part.value if key in self.said else None

    @property
    def recommended(self) -> bool:
        """Whether the rule runs where nobody asks for all of them."""
        return self.value("recommended") is not False


Drafts = dict[str, Draft]


def drafts(definition: Definition, level: str = "") -> Drafts:
    """The rules of a ruleset and of all that it extends, by id; `level` is what the one that extends it asks for.

    Without a level the recommended rules are enabled. With one it decides for all rules, whatever was said of them
    further down (Spectral, `Ruleset.#getRules`).
    """
    found: Drafts = {}
    for one in definition.extends:
        found |= drafts(one.definition, one.level)
    if level:
        for draft in found.values():
            draft.enabled = _is_enabled(draft, level)
    for name, part in definition.rules.items():
        draft = found[name] = _merged(found, name, part, definition)
        if draft.defined and (draft.owner is definition or level):
            draft.enabled = _is_enabled(draft, level or "recommended")
        if definition.url and draft.value("documentationUrl") is None:
            draft.said["documentationUrl"] = Said(Written(f"{definition.url}#{name}", part.place), definition)
    return found


def _is_enabled(draft: Draft, level: str) -> bool:
    return level == "all" or (level == "recommended" and draft.recommended)


def _merged(found: Drafts, name: str, part: Written, definition: Definition) -> Draft:
    existing = found.get(name)
    if existing is not None and not existing.defined:
        existing = None
    if isinstance(part.value, dict):
        draft = existing or Draft(name, definition, part)
        draft.said |= {key: Said(part.below(key), definition) for key in part.value}
        draft.enabled, draft.fault = True, ""
        return draft
    fault = _fault(part.value)
    if existing is None:
        # A rule that is switched off and known to nobody may be a slip of the pen, and the one that is meant still on.
        known = lost(definition) and part.value in (False, "off")
        fault = fault or _unknown(found, name, definition)
        return Draft(name, definition, part, enabled=not known, fault=fault, defined=False)
    existing.fault = fault
    if isinstance(part.value, bool):
        existing.enabled = part.value
    elif not fault:
        existing.said["severity"] = Said(part, definition)
        existing.enabled = part.value != "off"
    return existing


def _fault(value: Any) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return "" if value in SEVERITIES else f"has the unknown severity {spelled(value)}{severity_hint(value)}"
    return f"takes a mapping, a severity by its name, true or false, not {spelled(value)}"


def _unknown(found: Drafts, name: str, definition: Definition) -> str:
    if lost(definition):
        return NOT_READ
    return f"is not defined in anything that its ruleset extends{did_you_mean(name[:60], set(found))}"


def lost(definition: Definition) -> tuple[str, ...]:
    """The names of all that cannot be read among what a ruleset extends, however far down."""
    return tuple(dict.fromkeys(name for one in _all(definition) for name in one.lost))


def formats_of(definition: Definition) -> frozenset[str]:
    """The formats that a ruleset and those that it extends are for; what their rules say is not asked."""
    return frozenset(name for one in _all(definition) for name in one.formats or ())


def _all(definition: Definition) -> Iterator[Definition]:
    waiting = [definition]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [extension.definition for extension in reversed(one.extends)]
