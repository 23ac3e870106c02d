"""The files of a commit or of the index, read from Git's objects: nothing is checked out, no hook or filter runs.

How Git is run is said in `revision_git.py`.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from integrationlint.model.errors import InputError, RevisionError
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.report import SnapshotInfo
from integrationlint.source import listing
from integrationlint.source.blob import differs
from integrationlint.source.file import real_folder, too_large
from integrationlint.source.listing import Listing
from integrationlint.source.revision_git import SHALLOW, failure, is_shallow, output, repository, resolve, run, start
from integrationlint.source.snapshot import Filter, everything

if TYPE_CHECKING:
    from git.cmd import Git

_LINK_SIZE: Final = 4096
_DEFAULT_BRANCHES: Final = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)


class Blobs:
    """One `git cat-file --batch`, started at the first read, ended with this object. For one thread at a time."""

    __slots__ = ("_limit", "_process", "place")

    def __init__(self, place: str, limit: int) -> None:
        """Blobs of the repository at `place`, of at most `limit` bytes."""
        self.place = place
        self._limit = limit
        self._process: Git.AutoInterrupt | None = None

    def read(self, oid: str, name: str) -> bytes:
        """The content of a blob; InputError, which names it `name`, for one that is missing or too large."""
        try:
            return self._answer(oid, name)
        except InputError:
            self.close()  # the rest of the answer, and what Git wrote on stderr, go with the process
            raise
        except (OSError, ValueError):
            self.close()
            raise InputError(f"{name}: Git stopped while it was read") from None

    def _answer(self, oid: str, name: str) -> bytes:
        process = self._process
        if process is None:
            process = self._process = start(self.place, "cat-file", "--batch")
        process.stdin.write(oid.encode("ascii") + b"\n")
        process.stdin.flush()
        header = process.stdout.readline().split()  # OID TYPE SIZE, or OID `missing`
        if len(header) != 3 or header[1] != b"blob":
            raise InputError(f"{name}: its content is missing from the repository (a partial or damaged clone)")
        size = int(header[2])
        if size > self._limit:
            raise too_large(name, size, self._limit)
        data: bytes = process.stdout.read(size)
        if len(data) != size or process.stdout.read(1) != b"\n":
            raise InputError(f"{name}: Git stopped while it was read")
        return data

    def close(self) -> None:
        """End the process; the next read starts another."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout, process.stderr):
                with contextlib.suppress(OSError):
                    stream.close()
        # With this last reference GitPython ends the process, and waits for it.

    def __reduce__(self) -> tuple[type["Blobs"], tuple[str, int]]:
        """A copy in another process starts its own."""
        return Blobs, (self.place, self._limit)


@dataclass(frozen=True, slots=True)
class Objects:
    """A snapshot of blobs: the tree of a commit, or the index."""

    info: SnapshotInfo
    listing: Listing
    store: Blobs

    def paths(self) -> tuple[str, ...]:
        """The files to look at, sorted."""
        return self.listing.paths

    def read(self, path: str) -> bytes:
        """The content; InputError where there is no such file, or it is too large or missing from a partial clone."""
        oid = self.listing.blobs.get(path)
        if oid is None:
            raise InputError(f"{path}: no such file in {self.info.label or 'the index'}")
        return self.store.read(oid, path)

    def exists(self, path: str) -> bool:
        """Whether the file is there, wanted or not."""
        return path in self.listing.blobs

    def is_foreign(self, path: str) -> bool:
        """Whether the path lies in a submodule."""
        return path.startswith(self.listing.submodules) if self.listing.submodules else False

    def notes(self) -> tuple[str, ...]:
        """What was left out that a user could expect, and why."""
        return self.listing.notes


def blobs(root: str, limits: Limits = DEFAULT_LIMITS) -> Blobs:
    """The blobs of the repository of `root`, for several snapshots of it."""
    return Blobs(repository(root)[0], limits.file_size)


def revision(
    root: str, rev: str, limits: Limits = DEFAULT_LIMITS, *, wanted: Filter = everything, store: Blobs | None = None
) -> Objects:
    """The files below `root` in the commit that `rev` names (gitrevisions(7)); RevisionError says what is wrong."""
    place, prefix = repository(root)
    oid = resolve(place, rev)
    entries = listing.of_tree(output(place, "ls-tree", "-r", "-z", "--full-tree", oid))
    store = store or Blobs(place, limits.file_size)
    return _objects(store, SnapshotInfo("revision", oid, rev), listing.below(entries, prefix), limits, wanted)


def index(root: str, limits: Limits = DEFAULT_LIMITS, *, wanted: Filter = everything) -> Objects:
    """The files below `root` as they are staged for the next commit."""
    place, prefix = repository(root)
    entries = listing.of_index(output(place, "ls-files", "-s", "-z"))
    store = Blobs(place, limits.file_size)
    return _objects(store, SnapshotInfo("index"), listing.below(entries, prefix), limits, wanted)


def merge_base(root: str, rev: str | None = None, head: str = "HEAD") -> str:
    """The object id of the best common ancestor of `head` and `rev`, or of `head` and the default branch."""
    place, _ = repository(root)
    other = _default_branch(place) if rev is None else resolve(place, rev)
    status, answer, error = run(place, "merge-base", resolve(place, head), other)
    if status == 0:
        return answer.decode("ascii").split()[0]
    if error:
        raise failure(place, error)
    name = "the default branch" if rev is None else f"'{rev}'"
    advice = SHALLOW if is_shallow(place) else "their histories are unrelated; name a revision of this history"
    raise RevisionError(f"{head} and {name} have no common ancestor here: {advice}")


def changed_since(
    root: str, rev: str, limits: Limits = DEFAULT_LIMITS, *, wanted: Filter = everything
) -> frozenset[str]:
    """The files below `root` that `rev` does not have as they are now: committed, staged, not staged or not tracked.

    A renamed file counts with its new path, a deleted one not at all. Files on disk are compared by content, without
    the help of Git, which would run the filters that the repository's configuration names.
    """
    place, prefix = repository(root)
    real = real_folder(root)
    tree = output(place, "ls-tree", "-r", "-z", "--full-tree", resolve(place, rev))
    base = {entry.path: entry.oid for entry in listing.below(listing.of_tree(tree), prefix)}
    staged = listing.below(listing.of_index(output(place, "ls-files", "-s", "-z")), prefix)
    now = {entry.path: entry.oid for entry in staged if wanted(entry.path)}
    changed = {path for path, oid in now.items() if oid != base.get(path) or differs(real, path, oid, limits.file_size)}
    for path in listing.names(output(place, "ls-files", "-o", "--exclude-standard", "-z")):
        if path.startswith(prefix) and not path.endswith("/") and wanted(path[len(prefix) :]):
            changed.add(path[len(prefix) :])
    return frozenset(changed)


def _objects(
    store: Blobs, info: SnapshotInfo, entries: Iterator[listing.Entry], limits: Limits, wanted: Filter
) -> Objects:
    links = Blobs(store.place, _LINK_SIZE)

    def target(oid: str) -> bytes:
        try:
            return links.read(oid, "")
        except InputError:
            return b""  # no link to anywhere

    return Objects(info, listing.arrange(entries, wanted, limits, target), store)


def _default_branch(place: str) -> str:
    """The object id of the default branch as origin last told it, else of the local main or master."""
    lines = output(place, "for-each-ref", "--format=%(refname) %(objectname)", *_DEFAULT_BRANCHES).decode("utf-8")
    known = dict(line.split(" ") for line in lines.splitlines())
    for name in _DEFAULT_BRANCHES:
        if name in known:
            return known[name]
    advice = f"{SHALLOW}, or name the base revision" if is_shallow(place) else "name the base revision"
    raise RevisionError(f"no default branch found (origin/HEAD, origin/main, origin/master, main, master): {advice}")
