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
    """What the configuration says of one rule: a severity, options, or both.

    `origin` is where it is written, `option_origins` where each option is.
    """

    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    origin: Location | None = None
    option_origins: Mapping[str, Location] = field(default_factory=dict)


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
class Weakening:
    """One step down from the policy of a base to that of a head.

    kind: `severity`, `options`, `override`, `suppression`, `limit`, `extends`, `select`, `files`, `baseline`,
    `policy`, `catalog` or `rules`; subject: the rule, key or name it is about. `location` is in the head's file where
    the head says something, in the base's file where it fell silent, None where neither says anything.
    """

    kind: str
    subject: str
    message: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective configuration.

    `root` is the folder that globs, addresses and `baseline` are relative to, `file` the configuration file, empty
    without one. `extends` names presets and Spectral rulesets (`recommended`, `spectral:oas`) and, relative to `root`
    and always beginning with `./` or `../`, files and folders of rules (folders end in `/`), in order; other
    configuration files are merged already. In `rules` the later of two keys that mean one rule wins.
    `policy` is the revision whose configuration judges; where these are its settings, `weakened` is what those of now
    would allow beyond them. `today` is the ISO date that suppressions expire by.
    `origins` says where what is not a default was written, by key: `extends`, `extends/recommended`, `select`,
    `select/oas`, `policy`, `include`, `exclude`, `baseline`, `limits/file-size`, ….
    """

    root: str = "."
    file: str = ""
    extends: tuple[str, ...] = ("recommended",)
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    policy: str = ""
    weakened: tuple[Weakening, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    limits: Limits = DEFAULT_LIMITS
    baseline: str = ""
    today: str = ""
    origins: Mapping[str, Location] = field(default_factory=dict)

    @property
    def rulesets(self) -> tuple[str, ...]:
        """The Spectral rulesets among what is extended: shipped ones, and files that are no configuration."""
        return tuple(
            one
            for one in self.extends
            if one.startswith("spectral:") or (one.startswith(".") and not one.endswith("/"))
        )
