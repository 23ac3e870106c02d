"""The policy of another revision: its configuration, rules and baseline judge, and what would weaken them is told."""

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from integrationlint.catalog import Catalog
from integrationlint.cli.configuration import without_base
from integrationlint.cli.policy import (
    Asked,
    Policy,
    assembled_for,
    baseline_path,
    known_findings,
    laid_over,
    rule_folders,
)
from integrationlint.cli.site import Site
from integrationlint.cli.snapshots import finish
from integrationlint.config.files import NAMES
from integrationlint.config.load import Read, load
from integrationlint.config.nodes import decode
from integrationlint.config.policy import weakenings
from integrationlint.config.show import COMMAND_LINE
from integrationlint.config.toml import read_toml
from integrationlint.engine.baseline import Known
from integrationlint.engine.baseline import read as read_baseline
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.settings import Settings, Weakening
from integrationlint.source.file import inside, is_file, read_file
from integrationlint.source.revision import revision
from integrationlint.source.snapshot import Snapshot


def from_revision(site: Site, asked: Asked, own: Settings, rev: str) -> Policy:
    """The policy that `rev` had, with every weakening in `own`, the settings of now."""
    tree = revision(site.root, rev)
    base = _settings(site, asked, tree)
    said = laid_over(base, site, asked)
    catalog = assembled_for(said) if asked.rulesets else _catalog(said, tree)
    path = baseline_path(said, site, asked)
    if asked.baseline:
        known = known_findings(said, site, path)
    else:
        known = read_baseline(tree.read(path).decode("utf-8", "replace"), path) if tree.exists(path) else {}
    defaults = {rule.id: rule.severity for rule in catalog.rules}
    weaker = [*(_of_now(one, own) for one in weakenings(base, own, defaults)), *_other_rules(said, site, tree)]
    if not asked.baseline:
        weaker += _more_known(own, site, asked, known)
    finish(tree)
    origins = {**said.origins, "policy": COMMAND_LINE} if asked.policy_from else said.origins
    said = replace(said, policy=rev, weakened=tuple(weaker), origins=origins)
    return Policy(said, catalog, path, known)


def _of_now(one: Weakening, own: Settings) -> Weakening:
    """The weakening with a place in the configuration of now: where that fell silent, its start."""
    rules = [*own.rules.values(), *(rule for over in own.overrides for rule in over.rules.values())]
    said = {rule.origin for rule in rules} | {*own.origins.values()}
    said |= {exception.location for exception in own.suppressions} | {consumer.origin for consumer in own.consumers}
    if one.location in said or not own.file:
        return one
    return replace(one, location=Location(own.file, "", START_OF_FILE))


def _more_known(own: Settings, site: Site, asked: Asked, known: Mapping[str, Known]) -> Iterator[Weakening]:
    """Findings that the baseline of now takes for known, and that of the revision does not."""
    path = baseline_path(own, site, asked)
    try:
        more = len(known_findings(own, site, path).keys() - known.keys())
    except ConfigError:  # not the one that judges
        return
    if more:
        place = Location(path, "", START_OF_FILE)
        yield Weakening("baseline", path, f"findings that {path} takes for known, and did not before: {more}", place)


def _other_rules(said: Settings, site: Site, tree: Snapshot) -> Iterator[Weakening]:
    """Files of rules that are no longer as they are in the revision."""
    names = [one for one in said.extends if one.startswith(".")]
    for path in tree.paths():
        if any(path == posixpath.normpath(one) or path.startswith(f"{posixpath.normpath(one)}/") for one in names):
            place = inside(site.root, path)
            now = None if place is None or not is_file(place) else read_file(place, path, said.limits.file_size)
            if now != tree.read(path):
                words = (
                    f"the rules in {path} are {'gone' if now is None else 'changed: see that they still ask as much'}"
                )
                yield Weakening("rules", path, words, Location(path, "", START_OF_FILE))


def _settings(site: Site, asked: Asked, tree: Snapshot) -> Settings:
    path = _config_path(site, tree)
    if path is None:
        return Settings(root=site.root)
    data = tree.read(path)
    if asked.rulesets:
        return replace(without_base(data, path), root=site.root)
    return replace(load(data, path, _reader(tree)), root=site.root)


def _config_path(site: Site, tree: Snapshot) -> str | None:
    """The path of the configuration in the revision; at the root it may have had another of its names then."""
    names: tuple[str, ...] = NAMES
    if site.config is not None:
        if not site.config.is_relative_to(site.root):
            raise ConfigError(f"{site.config} lies outside {site.root}, so no revision of that has it")
        path = site.config.relative_to(site.root).as_posix()
        if "/" in path:
            return path
        names = (path, *names)
    for name in names:
        if tree.exists(name):
            data = tree.read(name)
            if not name.endswith(".toml") or read_toml(decode(data, name), name) is not None:
                return name
    return None


def _reader(tree: Snapshot) -> Read:
    def read(path: str) -> bytes | None:
        if tree.exists(path):
            return tree.read(path)
        if any(one.startswith(f"{path}/") for one in tree.paths()):
            return None
        raise FileNotFoundError(path)

    return read


def _catalog(said: Settings, tree: Snapshot) -> Catalog:
    # Rules are compiled from files, so those of the revision are put in files for as long as that takes.
    with ExitStack() as stack:
        folders = []
        for name, _ in rule_folders(said):
            copy = Path(stack.enter_context(TemporaryDirectory(prefix="integrationlint-")))
            above = f"{posixpath.normpath(name)}/"
            for path in tree.paths():
                if path.startswith(above) and path.endswith(".yaml"):
                    place = copy / path.removeprefix(above)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(tree.read(path))
            folders.append((name, copy))
        return assembled_for(said, folders, _reader(tree))
