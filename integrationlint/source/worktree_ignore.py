"""Patterns of files: those of ignore files, which mean what they mean to Git, and the globs of the configuration."""

import os
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrationlint.model.errors import ConfigError, InputError
from integrationlint.source.file import read_file
from integrationlint.source.snapshot import Filter, Reason, Skips, everything, nothing

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# pathspec matches by backtracking: a pattern with many wildcards takes exponential time on a name made for it.
_WILDCARDS: Final = 3
# A slash, escape or class name in brackets, a name of stars, a tab at the end: pathspec and Git disagree.
_ODD: Final = re.compile(r"(?<!\\)\[\]?[^\]]*(?:/|\\|\[:)|(?:^|/)!?\*{3,}(?:/|$)|\t *$")
_PATTERNS: Final = 2_000  # that apply to one folder, from all ignore files above it
_IGNORE_FILE_SIZE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of an ignore file. `cut` is how much of a path lies above the folder that the line is relative to."""

    cut: int
    hides: bool
    folders: bool
    regex: re.Pattern[str]


Patterns = tuple[Pattern, ...]  # the closest ignore file first, in each the last line first


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


def ignored(patterns: Patterns, path: str, *, folder: bool = False) -> bool:
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


def patterns_above(root: str, top: str | None, skips: Skips) -> tuple[str, Patterns]:
    """The way from the top of the repository to the root, as a prefix, and the patterns of the folders above the root.

    None of them hold for a root that they hide: who names an ignored folder wants it read.
    """
    if top is None:
        return "", ()
    names = Path(root).relative_to(top).parts
    above = "".join(f"{name}/" for name in names)
    patterns = with_file((), root, "../" * len(names) + ".git/info/exclude", 0, skips)
    path = ""
    for up, name in zip(range(len(names), 0, -1), names, strict=True):
        patterns = with_file(patterns, root, "../" * up + ".gitignore", len(path), skips)
        path += name
        if ignored(patterns, path, folder=True):
            return above, ()
        path += "/"
    return above, patterns


def with_file(patterns: Patterns, root: str, name: str, cut: int, skips: Skips) -> Patterns:
    """The patterns behind those of a closer ignore file, which `name` leads to from the root.

    In a name outside ASCII `?` and brackets stand for one character, for Git one byte. Lines that are not applied are
    noted: their files are listed.
    """
    place = f"{root}/{name}"
    try:
        text = read_file(place, name, _IGNORE_FILE_SIZE).decode("utf-8-sig", "surrogateescape")
    except InputError:
        if os.path.lexists(place):
            skips.add(Reason.IGNORE_FILE, name)
        return patterns
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip() and not line.startswith("#")]
    if len(lines) + len(patterns) > _PATTERNS:
        skips.add(Reason.IGNORE_FILE, name)
        return patterns
    closer: list[Pattern] = []
    for line in lines:
        written = line if line.endswith("\\ ") else line.rstrip(" ")
        found = _compile(written.rstrip("/"))
        if found is None:
            skips.add(Reason.IGNORE_PATTERN, f"{name}: {line}")
        else:
            closer.extend(
                Pattern(cut, one.include, written.endswith("/"), one.regex)
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
