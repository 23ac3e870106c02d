"""Finds the configuration of a folder and reads it from disk, never from outside the repository."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrationlint.model.errors import ConfigError
from integrationlint.model.limits import CONFIGURATION_SIZE
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.settings import Settings

# The readers are imported when there is something to read: many runs have no configuration.
if TYPE_CHECKING:
    from integrationlint.config.load import Read

_TABLE: Final = b"integrationlint"
# In the order in which they are preferred.
NAMES: Final = (".integrationlint.yaml", "integrationlint.yaml", "pyproject.toml")
_MISSPELT: Final = (".integrationlint.yml", "integrationlint.yml")


def find(start: Path, stop: Path | None = None) -> Path | None:
    """The closest configuration at or above the folder `start`; None when there is none.

    The search ends with the folder `stop`, by default the top of the Git work tree, else the root of the file system.
    A pyproject.toml counts when it has a table [tool.integrationlint]. ConfigError for a name that would be ignored.
    """
    here = Path(os.path.abspath(start))  # noqa: PTH100  resolve() would follow links, and leave the tree the user is in
    last = None if stop is None else Path(os.path.abspath(stop))  # noqa: PTH100  as above
    for folder in (here, *here.parents):
        for name in NAMES:
            file = folder / name
            if _is_file(file) and (name != NAMES[-1] or _has_table(file)):
                return file
        for name in _MISSPELT:
            if _is_file(folder / name):
                place = Location(str(folder / name), "", START_OF_FILE)
                raise ConfigError(f"is not read: rename it to {name.replace('.yml', '.yaml')}", place)
        if folder == last or (last is None and _is_top(folder)):
            return None
    return None


def _is_file(path: Path) -> bool:
    # A folder above may be one that we may not look into.
    try:
        return path.is_file()
    except OSError:
        return False


def _is_top(folder: Path) -> bool:
    try:
        return (folder / ".git").exists()
    except OSError:
        return False


def _has_table(file: Path) -> bool:
    try:
        data = _bytes(file)
    except OSError:
        return False
    if _TABLE not in data:
        return False
    from integrationlint.config.nodes import decode
    from integrationlint.config.toml import read_toml

    return read_toml(decode(data, str(file)), str(file)) is not None


def top_level(start: Path) -> Path:
    """The top of the Git work tree that holds the folder `start`, or the folder itself where there is none."""
    here = Path(os.path.abspath(start))  # noqa: PTH100  resolve() would follow links
    return next((one for one in (here, *here.parents) if _is_top(one)), here)


def load_file(file: Path, root: Path | None = None) -> Settings:
    """The settings of a configuration file on disk.

    `root` is what globs and addresses are relative to, by default the folder of the file. What it extends may lie
    anywhere in its Git work tree, or in its folder where there is none, links followed. ConfigError as by `load`.
    """
    folder = file.parent
    path = _from(root or folder, file)
    place = Location(path, "", START_OF_FILE)
    read = reader(root or folder, top_level(folder))
    try:
        data = read(path)
    except PermissionError:
        raise ConfigError("lies outside the repository, or may not be read", place) from None
    except OSError:
        data = None
    if data is None:
        raise ConfigError("there is no such configuration file", place)
    from integrationlint.config.load import load

    return replace(load(data, path, read), root=str(root or folder), file=str(file))


def _from(root: Path, file: Path) -> str:
    try:
        return Path(os.path.relpath(file, root)).as_posix()
    except ValueError:  # on another drive of Windows
        return file.as_posix()


def reader(root: Path, top: Path) -> "Read":
    """Reads files by their paths from `root`, from nowhere outside the folder `top`, links followed."""
    bound = os.path.realpath(top)

    def read(path: str) -> bytes | None:
        real = Path(os.path.realpath(root / path))
        if not real.is_relative_to(bound):
            raise PermissionError(path)
        return None if real.is_dir() else _bytes(real)

    return read


def _bytes(file: Path) -> bytes:
    # A device or a pipe is no file; one byte more than allowed is enough to see that there are too many.
    if not file.is_file():
        raise FileNotFoundError(str(file))
    with file.open("rb") as stream:
        return stream.read(CONFIGURATION_SIZE + 1)
