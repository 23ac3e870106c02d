"""The files of a folder, as they are on disk: what Git would ignore left out, links never followed out of it."""

import os
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrationlint.model.errors import ConfigError, InputError
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.report import SnapshotInfo
from integrationlint.source.file import inside, is_file, read_file, real_folder, toplevel
from integrationlint.source.snapshot import SKIPPED_FOLDERS, Filter, Reason, Skips, everything, is_utf8, nothing

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# pathspec matches by backtracking: a pattern with many wildcards takes exponential time on a name made for it.
_WILDCARDS: Final = 3
# A slash, escape or class name in brackets, a name of stars, a tab at the end: pathspec and Git disagree.
_ODD: Final = re.compile(r"(?<!\\)\[\]?[^\]]*(?:/|\\|\[:)|(?:^|/)!?\*{3,}(?:/|$)|\t *$")
_PATTERNS: Final = 2_000  # that apply to one folder, from all ignore files above it
_IGNORE_FILE_SIZE: Final = 1_000_000
_INFO: Final = SnapshotInfo("worktree")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A line of an ignore file. `cut` is how much of a path lies above the folder that the line is relative to."""

    cut: int
    hides: bool
    folders: bool
    regex: re.Pattern[str]


_Patterns = tuple[_Pattern, ...]  # the closest ignore file first, in each the last line first


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk below `root`, which is `top` (of a Git repository) or lies below it, or is in none (None)."""

    root: str
    top: str | None
    choose: Filter
    prune: Filter
    depth: int
    skips: Skips = field(default_factory=Skips)


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

    __slots__ = ("_limits", "_listed", "_notes", "_plain", "_root", "info")

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
        walk = _Walk(self._root, top, choose, prune, limits.depth)
        found = dict(islice(_files(walk), limits.files + 1))
        if len(found) > limits.files:
            walk.skips.add(Reason.TOO_MANY, found.popitem()[0])
        self._plain = frozenset(path for path, linked in found.items() if not linked)
        self._listed = tuple(sorted({*found, *(path for path in known if choose(path) and self.exists(path))}))
        self._notes = walk.skips.notes()

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

    def notes(self) -> tuple[str, ...]:
        """What was left out that a user could expect, and why."""
        return self._notes


def matcher(globs: Iterable[str]) -> Filter:
    """A filter of paths, from globs in gitignore syntax relative to the root; ConfigError for one that is not valid."""
    from pathspec import GitIgnoreSpec

    patterns = GitIgnoreSpec.from_lines(())
    for glob in globs:
        found = _compile(glob)
        if found is None:
            raise ConfigError(f"'{glob}' is not a valid glob, or has too many wildcards")
        patterns += found
    return patterns.match_file


def selection(include: Sequence[str], exclude: Sequence[str], wanted: Filter = everything) -> Filter:
    """The filter that `wanted`, `include` (where there is any) and `exclude` make together, for any snapshot."""
    if not include and not exclude:
        return wanted
    included = matcher(include) if include else everything
    excluded = matcher(exclude) if exclude else nothing
    return lambda path: wanted(path) and included(path) and not excluded(path)


def _files(walk: _Walk) -> Iterator[tuple[str, bool]]:
    """The files, and whether each is a link: folder by folder, by name, so that a limit always cuts at one place."""
    above, patterns = _patterns_above(walk)
    stack = [("", patterns)]
    while stack:
        prefix, patterns = stack.pop()
        kinds = _kinds(walk, prefix)
        if prefix and walk.top and ".git" in kinds:
            walk.skips.add(Reason.SUBMODULE, prefix)
            continue
        if ".gitignore" in kinds:
            patterns = _with_file(patterns, walk, f"{prefix}.gitignore", len(above) + len(prefix))
        folders: list[tuple[str, _Patterns]] = []
        for name, kind in kinds.items():
            path = prefix + name
            if kind == "folder":
                if _enters(walk, path, name) and not _ignored(patterns, above + path, folder=True):
                    folders.append((path + "/", patterns))
            elif kind == "linked folder":
                if name not in SKIPPED_FOLDERS and not _ignored(patterns, above + path):
                    walk.skips.add(Reason.LINK_TO_FOLDER, path)
            elif walk.choose(path) and not _ignored(patterns, above + path) and _readable(walk, path, kind):
                yield path, kind == "link"
        stack.extend(reversed(folders))


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
    try:
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        if entry.is_symlink():
            return "linked folder" if entry.is_dir() else "link"
        return "file" if entry.is_file(follow_symlinks=False) else "special"
    except OSError:  # a loop of links, or a file system that will not tell
        return "link" if Path(entry.path).is_symlink() else "special"


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


def _ignored(patterns: _Patterns, path: str, *, folder: bool = False) -> bool:
    """Whether the first pattern that matches hides the path.

    The folders above it have been asked before, so a match on one of them does not count: it fills the only group
    in pathspec's expressions, the slash behind that folder.
    """
    for pattern in patterns:
        if folder or not pattern.folders:
            match = pattern.regex.search(path[pattern.cut :] if pattern.cut else path)
            if match is not None and match.lastindex is None:
                return pattern.hides
    return False


def _patterns_above(walk: _Walk) -> tuple[str, _Patterns]:
    """The way from the top of the repository to the root, as a prefix, and the patterns of the folders above the root.

    None of them hold for a root that they hide: who names an ignored folder wants it read.
    """
    if walk.top is None:
        return "", ()
    names = Path(walk.root).relative_to(walk.top).parts
    above = "".join(f"{name}/" for name in names)
    patterns = _with_file((), walk, "../" * len(names) + ".git/info/exclude", 0)
    path = ""
    for up, name in zip(range(len(names), 0, -1), names, strict=True):
        patterns = _with_file(patterns, walk, "../" * up + ".gitignore", len(path))
        path += name
        if _ignored(patterns, path, folder=True):
            return above, ()
        path += "/"
    return above, patterns


def _with_file(patterns: _Patterns, walk: _Walk, name: str, cut: int) -> _Patterns:
    """The patterns behind those of a closer ignore file, which `name` leads to from the root."""
    place = Path(walk.root) / name
    try:
        text = read_file(str(place), name, _IGNORE_FILE_SIZE).decode("utf-8-sig", "surrogateescape")
    except InputError:
        if place.exists() or place.is_symlink():
            walk.skips.add(Reason.IGNORE_FILE, name)
        return patterns
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip() and not line.startswith("#")]
    if len(lines) + len(patterns) > _PATTERNS:
        walk.skips.add(Reason.IGNORE_FILE, name)
        return patterns
    closer: list[_Pattern] = []
    for line in lines:
        written = line if line.endswith("\\ ") else line.rstrip(" ")
        found = _compile(written.rstrip("/"))
        if found is None:
            walk.skips.add(Reason.IGNORE_PATTERN, f"{name}: {line}")
        else:
            closer.extend(
                _Pattern(cut, one.include, written.endswith("/"), one.regex)
                for one in found.patterns
                if one.include is not None and one.regex is not None
            )
    return (*reversed(closer), *patterns)


def _compile(glob: str) -> "GitIgnoreSpec | None":
    """A glob in gitignore syntax; None for one that is not valid, slow, or read in another way by Git."""
    from pathspec import GitIgnoreSpec

    names = glob.strip("/").split("/")
    slow = names[:-1].count("**") > _WILDCARDS - 1 or any(name.count("*") > _WILDCARDS for name in names)
    if slow or _ODD.search(glob):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # a bracket in a bracket means the same today and tomorrow
            return GitIgnoreSpec.from_lines([glob])
    except (ValueError, re.error):
        return None
