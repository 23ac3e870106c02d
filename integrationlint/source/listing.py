"""Reads what Git's plumbing lists, and makes of it what a folder would show: the same files, the same omissions."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from integrationlint.model.limits import Limits
from integrationlint.source.snapshot import SKIPPED_FOLDERS, Filter, Reason, Skips, is_utf8

_LINK: Final = "120000"
_SUBMODULE: Final = "160000"
_LINKS: Final = 1_000  # that are followed in one listing
_HOPS: Final = 8


class Entry(NamedTuple):
    """A file as Git lists it: mode in octal, object id in hexadecimal, path, and the stage of a merge (0: merged)."""

    mode: str
    oid: str
    path: str
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """The blobs of all files by path, the paths that are wanted, and the notes on what is left out.

    `submodules` are folders, each with a slash at its end.
    """

    blobs: Mapping[str, str]
    paths: tuple[str, ...]
    notes: tuple[str, ...]
    submodules: tuple[str, ...] = ()


def of_tree(data: bytes) -> Iterator[Entry]:
    """The entries of `git ls-tree -r -z`: `MODE TYPE OID<TAB>PATH<NUL>`."""
    for record in _records(data):
        facts, _, path = record.partition("\t")
        mode, _, oid = facts.split(" ")
        yield Entry(mode, oid, path)


def of_index(data: bytes) -> Iterator[Entry]:
    """The entries of `git ls-files -s -z`: `MODE OID STAGE<TAB>PATH<NUL>`."""
    for record in _records(data):
        facts, _, path = record.partition("\t")
        mode, oid, stage = facts.split(" ")
        yield Entry(mode, oid, path, int(stage))


def names(data: bytes) -> Iterator[str]:
    """The paths of `git ls-files -z`."""
    return _records(data)


def _records(data: bytes) -> Iterator[str]:
    return (record for record in data.decode("utf-8", "surrogateescape").split("\0") if record)


def below(entries: Iterator[Entry], prefix: str) -> Iterator[Entry]:
    """The entries in the folder `prefix` (empty, or with a slash at its end), with paths relative to it."""
    if not prefix:
        return entries
    return (entry._replace(path=entry.path[len(prefix) :]) for entry in entries if entry.path.startswith(prefix))


def arrange(entries: Iterator[Entry], wanted: Filter, limits: Limits, read: Callable[[str], bytes]) -> Listing:
    """The files of a listing; `read` gives the content of a blob, which for a symbolic link is its target."""
    skips = Skips()
    blobs: dict[str, str] = {}
    links: dict[str, str] = {}
    submodules: list[str] = []
    for entry in entries:
        if entry.mode == _SUBMODULE:
            submodules.append(entry.path + "/")
            skips.add(Reason.SUBMODULE, entry.path + "/")
        elif entry.stage:
            if wanted(entry.path):
                skips.add(Reason.CONFLICT, entry.path)
        elif not is_utf8(entry.path):
            if wanted(entry.path):
                skips.add(Reason.NOT_UTF8, entry.path)
        elif entry.mode == _LINK:
            links[entry.path] = entry.oid
        else:
            blobs[entry.path] = entry.oid
    if links:
        blobs |= _followed(links, blobs, wanted, read, skips)
    return Listing(blobs, _chosen(blobs, wanted, limits, skips), skips.notes(), tuple(submodules))


def _chosen(blobs: Mapping[str, str], wanted: Filter, limits: Limits, skips: Skips) -> tuple[str, ...]:
    found: list[str] = []
    for path in blobs:
        if wanted(path) and SKIPPED_FOLDERS.isdisjoint(path.split("/")[:-1]):
            if path.count("/") > limits.depth:
                skips.add(Reason.TOO_DEEP, path)
            else:
                found.append(path)
    if len(found) > limits.files:
        found.sort(key=_place)
        skips.add(Reason.TOO_MANY, found[limits.files])
        del found[limits.files :]
    return tuple(sorted(found))


def _place(path: str) -> list[tuple[bool, str]]:
    """Sorts as a walk meets files, those of a folder before those of its folders: a limit cuts at the same place."""
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _followed(
    links: Mapping[str, str],
    blobs: Mapping[str, str],
    wanted: Filter,
    read: Callable[[str], bytes],
    skips: Skips,
) -> dict[str, str]:
    """The blobs that links inside the tree lead to, by the path of the link; the other links are noted."""
    targets = {path: read(oid).decode("utf-8", "replace") for path, oid in sorted(links.items())[:_LINKS]}
    folders = {folder for path in blobs for folder in _folders(path)}
    found: dict[str, str] = {}
    for path in links:
        target = follow(path, targets) or ""
        if target in blobs:
            found[path] = blobs[target]
        elif target in folders:
            skips.add(Reason.LINK_TO_FOLDER, path)
        elif wanted(path):
            skips.add(Reason.LINK_OUT, path)
    return found


def follow(path: str, targets: Mapping[str, str]) -> str | None:
    """Where a path leads through the symbolic links in `targets`; None out of the tree, in circles or too deep."""
    for _ in range(_HOPS):
        link = next((one for one in (*_folders(path), path) if one in targets), None)
        if link is None:
            return path
        path = posixpath.normpath(posixpath.join(posixpath.dirname(link), targets[link], path[len(link) + 1 :]))
        if path.startswith(("/", "../")) or path == ".." or path.count("/") > 100:
            return None
    return None


def _folders(path: str) -> Iterator[str]:
    """The folders above a path, from the outermost on."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)
