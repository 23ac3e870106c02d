"""What judges a run, in parts: the command line over the configuration, folders of rules, the baseline."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from integrationlint.catalog import Catalog, assembled
from integrationlint.cli.site import Site
from integrationlint.engine.baseline import Known
from integrationlint.engine.baseline import read as read_baseline
from integrationlint.model.errors import ConfigError, InputError, UsageError
from integrationlint.model.settings import Settings
from integrationlint.source.file import inside, read_file

BASELINE: Final = ".integrationlint-baseline.json"

Load = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says about the policy."""

    config: str = ""
    no_config: bool = False
    rulesets: Sequence[str] = ()
    select: Sequence[str] = ()
    policy_from: str = ""
    baseline: str = ""
    today: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The effective settings, the rules to choose from, and the findings known before.

    `baseline` is the path of the baseline, from the root.
    """

    settings: Settings
    catalog: Catalog
    baseline: str = BASELINE
    known: Mapping[str, Known] = field(default_factory=dict)


def laid_over(own: Settings, site: Site, asked: Asked) -> Settings:
    """The settings with the command line laid over them; today is the day of the clock unless it is said."""
    if asked.select or asked.rulesets:
        from integrationlint.cli.configuration import with_choice

        own = with_choice(own, site.root, asked.rulesets, asked.select)
    return replace(own, today=_day(asked.today))


def _day(today: str) -> str:
    if not today:
        return time.strftime("%Y-%m-%d")
    from datetime import date

    try:
        return date.fromisoformat(today).isoformat()
    except ValueError:
        raise UsageError(f"--today takes a date such as 2027-03-31, not {today!r}") from None


def rule_folders(said: Settings) -> list[tuple[str, Path]]:
    """The folders of rules that the settings extend, by their names there."""
    return [(name, Path(said.root) / name) for name in said.extends if name.endswith("/")]


def assembled_for(
    said: Settings, folders: Sequence[tuple[str, Path]] | None = None, load: Load | None = None
) -> Catalog:
    """The rules that the settings may choose from: the built-in ones, those of folders, those of Spectral rulesets.

    `folders` and `load`, which reads a file by its path from the root, take the place of what is on disk.
    """
    spectral = None
    if said.rulesets:
        from integrationlint.cli.policy_spectral import spectral_of

        spectral = spectral_of(said, load)
    return assembled(rule_folders(said) if folders is None else folders, spectral)


def baseline_path(said: Settings, site: Site, asked: Asked) -> str:
    """The path of the baseline, from the root where it lies below it."""
    if not asked.baseline:
        return said.baseline or BASELINE
    place = Path(os.path.abspath(asked.baseline))  # noqa: PTH100  resolve() would follow a link, which is refused later
    return place.relative_to(site.root).as_posix() if place.is_relative_to(site.root) else str(place)


def known_findings(said: Settings, site: Site, path: str) -> Mapping[str, Known]:
    """The entries of the baseline on disk. What was asked for must be there; the file with the usual name may be."""
    named = path != BASELINE or bool(said.baseline)
    place = path if Path(path).is_absolute() else inside(site.root, path)
    origin = said.origins.get("baseline") if said.baseline == path else None
    if place is None or not Path(place).is_file():
        if not named:
            return {}
        raise ConfigError(f"there is no baseline {path}: 'integrationlint baseline create' makes one", origin)
    try:
        data = read_file(place, path, said.limits.file_size)
    except InputError as error:
        raise ConfigError(error.message, origin) from None
    return read_baseline(data.decode("utf-8", "replace"), path)
