"""The configuration file of a site, and what the command line chooses instead; imported only where there is either."""

import json
import os
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from integrationlint.config.files import load_file, reader
from integrationlint.config.load import load, read_node
from integrationlint.config.settings import from_node
from integrationlint.config.show import COMMAND_LINE, with_overrides
from integrationlint.model.settings import Settings


def from_file(file: Path, root: str, *, alone: bool) -> Settings:
    """The settings of a configuration file, its path relative to the root; `alone`: without what it extends."""
    found = load_file(file, Path(root))
    path = _relative(str(file), root)
    return replace(without_base(file.read_bytes(), path) if alone else found, root=root, file=path)


def without_base(data: bytes, path: str) -> Settings:
    """What a valid configuration file says itself, without what it extends."""
    return from_node(read_node(data, path)[0], path)


def with_choice(own: Settings, root: str, rulesets: Sequence[str], select: Sequence[str]) -> Settings:
    """The settings with other rulesets and a selection (names separated by commas) from the command line."""
    said = with_overrides(own, select=[name for one in select for name in one.split(",") if name])
    if not rulesets:
        return said
    entries = [_entry(name, root) for name in rulesets]
    read = reader(Path(root), Path(Path(root).anchor))
    chosen = load(json.dumps({"extends": entries}).encode(), COMMAND_LINE.path, read)
    places = {"extends": COMMAND_LINE, **{f"extends/{name}": COMMAND_LINE for name in chosen.extends}}
    rules = {**chosen.rules, **said.rules}
    return replace(said, extends=chosen.extends, rules=rules, origins={**said.origins, **places})


def _entry(name: str, root: str) -> str:
    # As it would be written in a configuration at the root: paths are relative to it, names are names.
    if not Path(name).exists() or ("/" not in name and os.sep not in name and not Path(name).suffix):
        return name
    path = _relative(os.path.realpath(name), root)
    return path if path.startswith("..") else f"./{path}"


def _relative(place: str, root: str) -> str:
    return posixpath.join(*Path(os.path.relpath(place, root)).parts)
