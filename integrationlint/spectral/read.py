"""Rulesets by their names to the one that is in effect: as if a ruleset extended them in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from integrationlint.model.errors import ConfigError
from integrationlint.model.location import Location
from integrationlint.spectral.definition import Definition
from integrationlint.spectral.extends import Load, Reading, named
from integrationlint.spectral.merge import Drafts, drafts, formats_of
from integrationlint.spectral.nouns import SEVERITIES, SpectralRule
from integrationlint.spectral.overrides import Override, overridden, overrides
from integrationlint.spectral.rules import rule
from integrationlint.spectral.ruleset import ParserOptions, Ruleset


class _Part(NamedTuple):
    """A ruleset that is named, and what it says otherwise for some files."""

    name: str
    definition: Definition
    overrides: tuple[Override, ...] = ()

    def adjusted(self, path: str) -> tuple[int, ...]:
        """The numbers of the overrides that mean a file."""
        return tuple(
            number for number, one in enumerate(self.overrides) if one.definition is not None and one.matches(path)
        )


def read(names: Sequence[str], load: Load, root: str = "/", places: Mapping[str, Location] | None = None) -> Ruleset:
    """The ruleset that names stand for: `spectral:oas` and the like, or files by their paths from the root.

    `load` reads files by such paths; `root` is the absolute path of the root itself, `places` is where the names are
    written. ConfigError when a file cannot be read, or is wrong as a whole; a rule that is wrong is skipped.
    """
    reading = Reading(load, root)
    parts = []
    for name in names:
        try:
            definition = named(name, reading)
        except ConfigError as error:
            raise ConfigError(error.message, error.location or (places or {}).get(name)) from None
        parts.append(_Part(name, definition, overrides(definition, reading)))
    return _effective(parts, tuple(reading.notes))


def _effective(parts: Sequence[_Part], notes: tuple[str, ...]) -> Ruleset:
    base = _ruleset(parts)
    extra = {one.id: one for part in parts for one in _only_overriding(part) if one.id not in base.rules}
    base = replace(base, rules={**base.rules, **extra}, notes=notes)
    if not any(one.definition for part in parts for one in part.overrides):
        return base

    @cache
    def chosen(numbers: tuple[tuple[int, ...], ...]) -> Ruleset:
        if not any(numbers):
            return replace(base, overridden=for_file)
        changed = [_changed(part, these) for part, these in zip(parts, numbers, strict=True)]
        found = _ruleset(changed)
        return replace(found, rules={**extra, **found.rules}, notes=notes, overridden=for_file)

    @cache
    def for_file(path: str) -> Ruleset:
        return chosen(tuple(part.adjusted(path) for part in parts))

    return chosen(((),) * len(parts))


def _ruleset(parts: Sequence[_Part]) -> Ruleset:
    found: Drafts = {}
    sources: dict[str, str] = {}
    options = ParserOptions()
    for part in parts:
        these = drafts(part.definition)
        found |= these
        sources |= dict.fromkeys(these, part.name)
        options = part.definition.parser_options or options
    rules = {name: rule(draft, sources[name]) for name, draft in found.items()}
    pointed = tuple(one for part in parts for override in part.overrides for one in override.pointed)
    formats = {name for part in parts for name in formats_of(part.definition)}
    formats |= {name for one in rules.values() for name in one.formats}
    return Ruleset(rules, tuple(part.name for part in parts), (), options, pointed, frozenset(formats))


def _changed(part: _Part, numbers: Sequence[int]) -> _Part:
    said = [one.definition for one in (part.overrides[number] for number in numbers) if one.definition is not None]
    return part._replace(definition=overridden(part.definition, said))


def _only_overriding(part: _Part) -> Iterator[SpectralRule]:
    # Rules of overrides, which are off wherever no override is in force.
    for one in part.overrides:
        if one.definition is not None:
            for draft in drafts(overridden(part.definition, [one.definition])).values():
                yield replace(rule(draft, part.name), severity=SEVERITIES["off"])
