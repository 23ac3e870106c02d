"""Standards as files of clauses, and which rules speak for which clause."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.rule import Rule
from integrationlint.model.standard import Assessment, Clause, Standard

LEVELS: Final = ("must", "should", "may")
_KEYS: Final = ("title", "version", "url", "clauses")
_CLAUSE_KEYS: Final = ("id", "level", "assessment", "title", "chapter")


def load_standard(data: Mapping[str, Any], file: str) -> Standard:
    """One standard from the keys of its file, `id` (its name) and `_lines` beside them, as `resources` reads it.

    ConfigError for an unknown or missing key, level or assessment, and for a clause that is there twice.
    """

    def place(key: str) -> Location:
        position = Position(data.get("_lines", {}).get(key, 1), 1)
        return Location(file, f"/{key}", Span(position, position))

    for key in data:
        if key not in ("id", "_lines"):
            _known(key, _KEYS, "key", place(key))
    for key in _KEYS:
        if not data.get(key):
            raise ConfigError(f"the standard needs the key '{key}'", place(key))
    clauses = tuple(_clause(one, place("clauses")) for one in data["clauses"])
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            raise ConfigError(f"the clause '{clause.id}' is there twice", place("clauses"))
        seen.add(clause.id)
    return Standard(str(data["id"]), str(data["title"]), str(data["version"]), str(data["url"]), clauses)


def _clause(data: Any, place: Location) -> Clause:
    if not isinstance(data, Mapping):
        raise ConfigError("each of 'clauses' takes {id: …, level: …, assessment: …, title: …}", place)
    said = {key: str(value) for key, value in data.items()}
    what = f"clause '{said.get('id', '')}'"
    for key in said:
        _known(key, _CLAUSE_KEYS, f"key of {what}", place)
    for key in _CLAUSE_KEYS[:4]:
        if not said.get(key):
            raise ConfigError(f"{what} needs the key '{key}'", place)
    _known(said["level"], LEVELS, f"level of {what}", place)
    _known(said["assessment"], tuple(Assessment), f"assessment of {what}", place)
    return Clause(said["id"], said["level"], Assessment(said["assessment"]), said["title"], said.get("chapter", ""))


def _known(value: str, allowed: tuple[str, ...], what: str, place: Location) -> None:
    if value not in allowed:
        hint = did_you_mean(value, allowed) or f" (one of {', '.join(allowed)})"
        raise ConfigError(f"unknown {what} '{value}'{hint}", place)


def covering(standard: Standard, rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """For each clause of a standard, in its order, the rules that speak for it, by id."""
    found: dict[str, dict[str, Rule]] = {clause.id: {} for clause in standard.clauses}
    for rule in sorted(rules, key=lambda one: one.id):
        for ref in rule.refs:
            if ref.standard == standard.name and ref.clause in found:
                found[ref.clause][rule.id] = rule
    return {clause: tuple(rules.values()) for clause, rules in found.items()}
