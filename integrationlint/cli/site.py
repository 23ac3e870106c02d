"""Where a run takes place: the root that paths are relative to, its configuration, and what was asked for."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from integrationlint.config.files import find
from integrationlint.model.errors import InputError, UsageError
from integrationlint.source.file import toplevel


@dataclass(frozen=True, slots=True)
class Site:
    """The root folder (a real path), the configuration file, and the paths given, relative to the root in posix form.

    `given` holds an empty path for the root itself. A `loose` site has neither configuration nor repository: what lies
    beside the given paths is nobody's business.
    """

    root: str
    config: Path | None = None
    given: tuple[str, ...] = ("",)
    loose: bool = False

    def covers(self) -> Callable[[str], bool]:
        """Whether a path from the root is one of those given, or lies below one."""
        if "" in self.given:
            return lambda _path: True
        names, folders = frozenset(self.given), tuple(f"{one}/" for one in self.given)
        return lambda path: path in names or path.startswith(folders)

    def place(self, path: str) -> Path:
        """Where a path from the root is on disk."""
        return Path(self.root) / path


def locate(paths: Sequence[str], config: str = "", *, no_config: bool = False, on_disk: bool = True) -> Site:
    """The site of the paths, by default the current folder.

    The root is the folder of the configuration found at or above the first path, else the top of its Git work tree,
    else the folder that all paths have in common. A configuration that is named lends its content, not its folder.
    InputError for a path that does not exist (`on_disk`), UsageError for one that lies outside the root.
    """
    places = [_real(path) for path in paths or ["."]]
    if on_disk:
        for path, place in zip(paths, places, strict=False):
            if not os.path.lexists(place):
                raise InputError(f"{path}: no such file or folder")
    start = _folder(places[0])
    found = None if no_config else find(Path(start))
    named = None if no_config or not config else Path(os.path.realpath(config))
    if found is not None and named in (None, found):
        return Site(str(found.parent), found, _relative(paths, places, str(found.parent)))
    top = toplevel(start)
    root = top or _common(places)
    return Site(root, named, _relative(paths, places, root), loose=top is None)


def _real(path: str) -> str:
    # A folder that is named is entered, through links as well; a file keeps its name, which says what it is.
    place = os.path.abspath(path)  # noqa: PTH100  resolve() would follow the last link
    if Path(place).is_dir():
        return os.path.realpath(place)
    folder, name = os.path.split(place)
    return str(Path(os.path.realpath(folder)) / name)


def _folder(place: str) -> str:
    folder = Path(place)
    while not folder.is_dir() and folder.parent != folder:
        folder = folder.parent
    return str(folder)


def _common(places: Sequence[str]) -> str:
    try:
        return os.path.commonpath([_folder(place) for place in places])
    except ValueError:
        raise UsageError("the paths lie on different drives: lint them one by one") from None


def _relative(paths: Sequence[str], places: Sequence[str], root: str) -> tuple[str, ...]:
    found = []
    for path, place in zip(paths or ["."], places, strict=True):
        one = Path(place)
        if not one.is_relative_to(root):
            raise UsageError(f"{path} is not below {root}, to which the first path belongs: lint it by itself")
        found.append("" if place == root else one.relative_to(root).as_posix())
    return tuple(dict.fromkeys(found))
