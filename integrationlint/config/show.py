"""The effective settings to look at, each with where it comes from, and the command line laid over them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from integrationlint.config.nodes import Node
from integrationlint.config.schema import KEYS, limit_names
from integrationlint.config.settings import size
from integrationlint.config.shape import check
from integrationlint.model.errors import UsageError
from integrationlint.model.finding import Suppression
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.settings import Consumer, RuleSetting, Settings

COMMAND_LINE: Final = Location("command line", "", START_OF_FILE)


class Shown(NamedTuple):
    """A setting: its key, its plain value, and where it comes from (`FILE:LINE:COLUMN`, `command line`, `default`)."""

    key: str
    value: Any
    origin: str


def show(settings: Settings) -> list[Shown]:
    """The effective settings in the order in which the schema lists them."""
    rows = {
        "extends": _names(settings, "extends", settings.extends),
        "rules": _rules("rules", settings.rules),
        "select": _names(settings, "select", settings.select),
        "overrides": _overrides(settings),
        "suppressions": (
            Shown(f"suppressions/{at}", _suppression(one), _origin(one.location))
            for at, one in enumerate(settings.suppressions)
        ),
        "catalog": (
            Shown(f"catalog/{at}", _consumer(one), _origin(one.origin)) for at, one in enumerate(settings.consumers)
        ),
        "policy": _simple(settings, "policy", settings.policy),
        "limits": (
            Shown(f"limits/{key}", getattr(settings.limits, field), _origin(settings.origins.get(f"limits/{key}")))
            for key, field in limit_names().items()
        ),
        "baseline": _simple(settings, "baseline", settings.baseline),
        "include": _simple(settings, "include", list(settings.include)),
        "exclude": _simple(settings, "exclude", list(settings.exclude)),
    }
    return [one for key in KEYS for one in rows[key]]


def _simple(settings: Settings, key: str, value: object) -> Iterator[Shown]:
    yield Shown(key, value, _origin(settings.origins.get(key)))


def _names(settings: Settings, key: str, names: Sequence[str]) -> Iterator[Shown]:
    if not names:
        yield from _simple(settings, key, [])
    for name in names:
        yield Shown(key, name, _origin(settings.origins.get(f"{key}/{name}") or settings.origins.get(key)))


def _rules(key: str, rules: Mapping[str, RuleSetting]) -> Iterator[Shown]:
    for name, one in rules.items():
        value: dict[str, Any] = {} if one.severity is None else {"severity": str(one.severity)}
        if one.options:
            value["with"] = dict(one.options)
        yield Shown(f"{key}/{name}", value, _origin(one.origin))


def _overrides(settings: Settings) -> Iterator[Shown]:
    for at, one in enumerate(settings.overrides):
        yield Shown(f"overrides/{at}/files", list(one.files), _origin(one.origin))
        yield from _rules(f"overrides/{at}/rules", one.rules)


def _suppression(one: Suppression) -> dict[str, str]:
    said = {"rule": one.rule, "at": one.at, "reason": one.reason, "owner": one.owner, "ticket": one.ticket}
    return {key: value for key, value in {**said, "expires": one.expires}.items() if value}


def _consumer(one: Consumer) -> dict[str, Any]:
    said = {"consumer": one.name, "uses": list(one.uses), "criticality": one.criticality, "owner": one.owner}
    return {key: value for key, value in said.items() if value}


def _origin(place: Location | None) -> str:
    if place is None:
        return "default"
    if place == COMMAND_LINE:
        return place.path
    start = place.span.start
    return f"{place.path}:{start.line}:{start.column}"


def with_overrides(
    settings: Settings,
    *,
    extends: Sequence[str] = (),
    select: Sequence[str] = (),
    limits: Mapping[str, int | str] | None = None,
    baseline: str = "",
    today: str = "",
) -> Settings:
    """The settings with what the command line says laid over them; what is empty changes nothing.

    `extends` and `select` replace, `limits` are by key as in the file (`file-size: 20MB`), `today` is an ISO date.
    UsageError for a limit that does not exist or a value that it does not take.
    """
    said: dict[str, Any] = {}
    origins = dict(settings.origins)
    for key, value in (("extends", tuple(extends)), ("select", tuple(select)), ("baseline", baseline)):
        if value:
            said[key] = value
            origins[key] = COMMAND_LINE
            origins |= {f"{key}/{name}": COMMAND_LINE for name in value if key != "baseline"}
    if limits:
        said["limits"] = replace(settings.limits, **_limits(limits))
        origins |= {f"limits/{key}": COMMAND_LINE for key in limits}
    return replace(settings, **said, today=today or settings.today, origins=origins)


def _limits(limits: Mapping[str, int | str]) -> dict[str, Any]:
    node = Node({key: Node(value, COMMAND_LINE) for key, value in limits.items()}, COMMAND_LINE)
    for error in check(node, KEYS["limits"], "the command line"):
        raise UsageError(error.message)
    return {limit_names()[key]: size(value) for key, value in limits.items()}
