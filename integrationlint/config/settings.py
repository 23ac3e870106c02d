"""Checked nodes to Settings, and one configuration merged over another."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from integrationlint.config.nodes import Node
from integrationlint.config.schema import limit_names
from integrationlint.model.finding import Suppression
from integrationlint.model.limits import DEFAULT_LIMITS
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.rule import Severity
from integrationlint.model.settings import Consumer, Override, RuleSetting, Settings

_UNITS: Final = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_NOTHING: Final = Node({}, Location("", "", START_OF_FILE))


def from_node(node: Node, file: str) -> Settings:
    """The settings of one file whose nodes have passed `shape.check`; `extends` is as written, or the default."""
    said = node.entries
    settings = Settings(
        file=file,
        rules=_rules(said.get("rules", _NOTHING)),
        select=_texts(said.get("select")),
        overrides=tuple(_override(one) for one in _list(said.get("overrides"))),
        suppressions=tuple(_suppression(one) for one in _list(said.get("suppressions"))),
        consumers=tuple(_consumer(one) for one in _list(said.get("catalog"))),
        policy=_text(said.get("policy", _NOTHING), "from"),
        include=_texts(said.get("include")),
        exclude=_texts(said.get("exclude")),
        limits=replace(DEFAULT_LIMITS, **_limits(said.get("limits", _NOTHING))),
        baseline=_text(node, "baseline"),
        origins=_origins(said),
    )
    return replace(settings, extends=_texts(said["extends"])) if "extends" in said else settings


def _list(node: Node | None) -> list[Node]:
    return [] if node is None else node.items


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(one.text for one in _list(node))


def _text(node: Node, key: str) -> str:
    return node.entries[key].text if key in node.entries else ""


def _rules(node: Node) -> dict[str, RuleSetting]:
    return {name: _rule(one) for name, one in node.entries.items()}


def _rule(node: Node) -> RuleSetting:
    severity = node.text or _text(node, "severity")
    options = node.entries.get("with", _NOTHING)
    return RuleSetting(
        Severity(severity) if severity else None,
        options.plain(),
        node.named,
        {name: one.named for name, one in options.entries.items()},
    )


def _override(node: Node) -> Override:
    return Override(_texts(node.entries["files"]), _rules(node.entries["rules"]), node.place)


def _suppression(node: Node) -> Suppression:
    return Suppression(
        rule=_text(node, "rule"),
        at=_text(node, "at"),
        reason=_text(node, "reason").strip(),
        location=node.place,
        owner=_text(node, "owner"),
        ticket=_text(node, "ticket"),
        expires=_text(node, "expires"),
    )


def _consumer(node: Node) -> Consumer:
    uses = _texts(node.entries["uses"])
    return Consumer(_text(node, "consumer"), uses, _text(node, "owner"), _text(node, "criticality"), node.place)


def _limits(node: Node) -> dict[str, Any]:
    names = limit_names()
    return {names[key]: size(one.value) for key, one in node.entries.items()}


def size(value: Any) -> int:
    """A number as it is, a text such as `20MB` or `512 KiB` in bytes (IEC 80000-13: MB is 10**6, MiB is 2**20)."""
    if not isinstance(value, str):
        return int(value)
    number = value.rstrip().rstrip("bBiIkKmMgG")
    return int(number) * _UNITS[value.strip()[len(number) :].strip().lower()]


def _origins(said: Mapping[str, Node]) -> dict[str, Location]:
    origins = {key: one.named for key, one in said.items()}
    for key in ("extends", "select"):
        origins |= {f"{key}/{one.text}": one.place for one in _list(said.get(key))}
    origins |= {f"limits/{key}": one.named for key, one in said.get("limits", _NOTHING).entries.items()}
    return origins


def merge(below: Settings, above: Settings) -> Settings:
    """One configuration over another.

    What names single things is replaced when it is written above (`select`, `policy`, `include`, `exclude`,
    `baseline`, each limit); rules are merged by key, options by name; overrides, suppressions and the catalog add up.
    `extends`, `root` and `file` are those above.
    """
    limits = {field: getattr(above.limits, field) for key, field in limit_names().items() if _says(above, key)}
    return replace(
        above,
        rules=_merged_rules(below.rules, above.rules),
        select=above.select if "select" in above.origins else below.select,
        overrides=below.overrides + above.overrides,
        suppressions=below.suppressions + above.suppressions,
        consumers=below.consumers + above.consumers,
        policy=above.policy or below.policy,
        include=above.include if "include" in above.origins else below.include,
        exclude=above.exclude if "exclude" in above.origins else below.exclude,
        limits=replace(below.limits, **limits),
        baseline=above.baseline or below.baseline,
        origins={**below.origins, **above.origins},
    )


def _says(settings: Settings, limit: str) -> bool:
    return f"limits/{limit}" in settings.origins


def _merged_rules(below: Mapping[str, RuleSetting], above: Mapping[str, RuleSetting]) -> dict[str, RuleSetting]:
    # What is written above comes last, because the later of two keys that mean one rule wins.
    merged = {name: one for name, one in below.items() if name not in above}
    for name, one in above.items():
        base = below.get(name, RuleSetting())
        merged[name] = replace(
            one,
            severity=one.severity or base.severity,
            options={**base.options, **one.options},
            option_origins={**base.option_origins, **one.option_origins},
        )
    return merged
