"""The effective configuration of a run, as data; `config` makes it from files and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from integrationlint.model.finding import Suppression
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.location import Location
from integrationlint.model.rule import Severity


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What the configuration says of one rule: a severity, options, or both. `origin` is where it is written."""

    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    origin: Location | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Rule settings for the files that match one of the globs."""

    files: tuple[str, ...]
    rules: Mapping[str, RuleSetting]
    origin: Location | None = None


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who uses what, where it cannot be inferred from the artifacts."""

    name: str
    uses: tuple[str, ...]
    owner: str = ""
    criticality: str = ""
    origin: Location | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective configuration. `extends` names presets, folders of rule files and Spectral rulesets, in order."""

    root: str = "."
    file: str = ""
    extends: tuple[str, ...] = ("recommended",)
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    policy: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    limits: Limits = DEFAULT_LIMITS
    baseline: str = ""
    today: str = ""
    origins: Mapping[str, Location] = field(default_factory=dict)
