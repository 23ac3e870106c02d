"""The policy of another revision: its configuration, rules and baseline judge, and what would weaken them is told."""

import posixpath
from collections.abc import Iterator
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
from integrationlint.config.toml import read_toml
from integrationlint.engine.baseline import read as read_baseline
from integrationlint.model.errors import ConfigError
from integrationlint.model.settings import Settings
from integrationlint.source.revision import revision
from integrationlint.source.snapshot import Snapshot


def from_revision(site: Site, asked: Asked, own: Settings, rev: str) -> Policy:
    """The policy that `rev` had, with a note for every weakening in `own`, the settings of now."""
    tree = revision(site.root, rev)
    base = _settings(site, asked, tree)
    said = laid_over(base, site, asked)
    catalog = assembled_for(said) if asked.rulesets else _catalog(said, tree)
    path = baseline_path(said, site, asked)
    if asked.baseline:
        known = known_findings(said, site, path)
    else:
        known = read_baseline(tree.read(path).decode("utf-8", "replace"), path) if tree.exists(path) else {}
    finish(tree)
    return Policy(said, catalog, path, known, tuple(_notes(base, own, catalog, rev)))


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


def _notes(base: Settings, own: Settings, catalog: Catalog, rev: str) -> Iterator[str]:
    defaults = {rule.id: rule.severity for rule in catalog.rules}
    for one in weakenings(base, own, defaults):
        start = one.location.span.start if one.location else None
        where = f" ({one.location.path}:{start.line}:{start.column})" if one.location and start else ""
        yield f"the policy of {rev} applies, which this would weaken: {one.message}{where}"
