"""The files of a folder, as they are on disk: what Git would ignore left out, links never followed out of it."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from integrationlint.model.errors import InputError
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.report import SnapshotInfo
from integrationlint.source.file import inside, is_file, read_file, real_folder, toplevel
from integrationlint.source.snapshot import SKIPPED_FOLDERS, Filter, Reason, Skips, everything, is_utf8, nothing
from integrationlint.source.worktree_ignore import Patterns, ignored, matcher, patterns_above, selection, with_file

_INFO: Final = SnapshotInfo("worktree")


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk below `root`, which is `top` (of a Git repository) or lies below it, or is in none (None).

    `modules` are the folders that `.gitmodules` names, `foreign` those that are met and are other repositories.
    """

    root: str
    top: str | None
    choose: Filter
    prune: Filter
    depth: int
    modules: frozenset[str] = frozenset()
    skips: Skips = field(default_factory=Skips)
    foreign: list[str] = field(default_factory=list)


class Worktree:
    """A folder as a snapshot; `info` says whether it stands for a work tree, a plain folder or a single file.

    Honours every `.gitignore` from the top of the repository down (gitignore(5): the closest file decides, a `!`
    line takes back, nothing below an ignored folder comes back) and `.git/info/exclude`; not the user's own
    `core.excludesFile`, which would make two machines disagree. Not listed either: `SKIPPED_FOLDERS`, repositories
    inside the repository, links out of the folder, special files. Symbolic links to files inside are listed.

    include, exclude: globs in gitignore syntax, relative to the root. only: lists these files and no others, ignored
    or not. known: paths that no ignore file hides, because Git tracks them. wanted: the caller's filter.
    InputError where the root or one of `only` does not exist, ConfigError for a glob that is not valid.
    """

    __slots__ = ("_foreign", "_limits", "_listed", "_notes", "_plain", "_root", "info")

    def __init__(
        self,
        root: str,
        limits: Limits = DEFAULT_LIMITS,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        *,
        only: Collection[str] = (),
        known: Collection[str] = (),
        wanted: Filter = everything,
        info: SnapshotInfo = _INFO,
    ) -> None:
        """Walk the folder once."""
        self.info = info
        self._root = real_folder(root)
        self._limits = limits
        self._plain: frozenset[str] = frozenset()
        self._notes: tuple[str, ...] = ()
        self._foreign: tuple[str, ...] = ()
        if only:
            self._listed = tuple(sorted(set(only)))
            missing = next((path for path in self._listed if not self.exists(path)), None)
            if missing is not None:
                raise InputError(f"{missing}: no such file in {root}")
            return
        top = toplevel(self._root)
        choose = selection(include, exclude, wanted)
        # An excluded folder is entered only where a later `!` glob may take back some of its files.
        prune = nothing if not exclude or any(glob.startswith("!") for glob in exclude) else matcher(exclude)
        walk = _Walk(self._root, top, choose, prune, limits.depth, _modules(self._root, top, limits))
        found = dict(islice(_files(walk), limits.files + 1))
        if len(found) > limits.files:
            walk.skips.add(Reason.TOO_MANY, found.popitem()[0])
        self._plain = frozenset(path for path, linked in found.items() if not linked)
        self._listed = tuple(sorted({*found, *(path for path in known if choose(path) and self.exists(path))}))
        self._notes = walk.skips.notes()
        self._foreign = tuple(walk.foreign)

    def paths(self) -> tuple[str, ...]:
        """The files to look at, sorted."""
        return self._listed

    def read(self, path: str) -> bytes:
        """The content of any file under the root; InputError for none, a link out of it, or one over the limit."""
        place = f"{self._root}/{path}" if path in self._plain else inside(self._root, path)
        if place is None:
            raise InputError(f"{path}: lies outside the folder that is linted")
        return read_file(place, path, self._limits.file_size)

    def exists(self, path: str) -> bool:
        """Whether a regular file is there, ignored or not."""
        return is_file(inside(self._root, path))

    def is_foreign(self, path: str) -> bool:
        """Whether the path lies in a repository inside the repository that was met."""
        return path.startswith(self._foreign) if self._foreign else False

    def notes(self) -> tuple[str, ...]:
        """What was left out that a user could expect, and why."""
        return self._notes


def _files(walk: _Walk) -> Iterator[tuple[str, bool]]:
    """The files, and whether each is a link: folder by folder, by name, so that a limit always cuts at one place."""
    above, patterns = patterns_above(walk.root, walk.top, walk.skips)
    stack = [("", patterns)]
    while stack:
        prefix, patterns = stack.pop()
        kinds = _kinds(walk, prefix)
        if prefix and walk.top and (".git" in kinds or (not kinds and prefix in walk.modules)):
            walk.skips.add(Reason.SUBMODULE, prefix)
            walk.foreign.append(prefix)
            continue
        if ".gitignore" in kinds:
            patterns = with_file(patterns, walk.root, f"{prefix}.gitignore", len(above) + len(prefix), walk.skips)
        folders: list[tuple[str, Patterns]] = []
        for name, kind in kinds.items():
            path = prefix + name
            if kind == "folder":
                if _enters(walk, path, name) and not ignored(patterns, above + path, folder=True):
                    folders.append((path + "/", patterns))
            elif kind == "linked folder":
                if name not in SKIPPED_FOLDERS and not ignored(patterns, above + path):
                    walk.skips.add(Reason.LINK_TO_FOLDER, path)
            elif walk.choose(path) and not ignored(patterns, above + path) and _readable(walk, path, kind):
                yield path, kind == "link"
        stack.extend(reversed(folders))


def _modules(root: str, top: str | None, limits: Limits) -> frozenset[str]:
    """The folders below the root that `.gitmodules` names (gitmodules(5)), each with a slash at its end.

    Only an empty one is believed to be a submodule that is not checked out: a name alone hides no file.
    """
    place = inside(top, ".gitmodules") if top is not None else None
    if top is None or place is None or not is_file(place):
        return frozenset()
    try:
        text = read_file(place, ".gitmodules", limits.file_size).decode("utf-8", "replace")
    except InputError:
        return frozenset()
    prefix = root.removeprefix(top).replace(os.sep, "/").strip("/")
    said = (line.partition("=") for line in text.splitlines())
    paths = (value.strip().strip('"').rstrip("/") + "/" for name, _, value in said if name.strip() == "path")
    above = f"{prefix}/" if prefix else ""
    return frozenset(path.removeprefix(above) for path in paths if path.startswith(above))


def _kinds(walk: _Walk, prefix: str) -> dict[str, str]:
    """What is in a folder, by name in order."""
    try:
        with os.scandir(f"{walk.root}/{prefix}") as listing:
            return dict(sorted((entry.name, _kind(entry)) for entry in listing))
    except OSError:
        walk.skips.add(Reason.CLOSED, prefix or ".")
        return {}


def _kind(entry: "os.DirEntry[str]") -> str:
    """`folder`, `file`, `link`, `linked folder` or `special`."""
    link = False
    try:
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        link = entry.is_symlink()
        if link:
            return "linked folder" if entry.is_dir() else "link"
        return "file" if entry.is_file(follow_symlinks=False) else "special"
    except OSError:  # a loop of links, or a file system that will not tell
        return "link" if link else "special"


def _enters(walk: _Walk, path: str, name: str) -> bool:
    if name in SKIPPED_FOLDERS or walk.prune(path + "/"):
        return False
    if not is_utf8(name):
        walk.skips.add(Reason.NOT_UTF8, path)
        return False
    if path.count("/") >= walk.depth:
        walk.skips.add(Reason.TOO_DEEP, path)
        return False
    return True


def _readable(walk: _Walk, path: str, kind: str) -> bool:
    """Whether it is a file with a proper name or a link to a file inside the root; where not, a note says so."""
    if not is_utf8(path):
        reason = Reason.NOT_UTF8
    elif kind == "special":
        reason = Reason.SPECIAL
    elif kind == "link" and not is_file(inside(walk.root, path)):
        reason = Reason.LINK_OUT
    else:
        return True
    walk.skips.add(reason, path)
    return False
