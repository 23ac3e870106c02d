"""The files of a commit or of the index, read from Git's objects: nothing is checked out, no hook or filter runs.

The one door to Git, through GitPython's `Git.execute` with argument lists of our own: its porcelain and its command
builder turn values into options. Revisions become object ids before they are used, paths come only from Git.
"""

import contextlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrationlint.model.errors import InputError, RevisionError, did_you_mean
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.report import SnapshotInfo
from integrationlint.source import listing
from integrationlint.source.blob import differs
from integrationlint.source.file import real_folder, too_large, toplevel
from integrationlint.source.listing import Listing
from integrationlint.source.snapshot import Filter, Snapshot, everything

if TYPE_CHECKING:
    from git.cmd import Git

# No network, no prompt, no lock, no program that the configuration of the repository names.
_OPTIONS: Final = ("-c", "core.fsmonitor=false", "-c", "protocol.allow=never")
_ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_LINK_SIZE: Final = 4096
_REVISION_LENGTH: Final = 256
_NAMES: Final = 2_000  # of branches and tags among which to look for what was meant
_DEFAULT_BRANCHES: Final = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
_NO_GIT: Final = "git was not found; install it, or put it on the PATH"
_SHALLOW: Final = "this clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` where CI checks out"


class Blobs:
    """One `git cat-file --batch`, started at the first read, ended with this object. For one thread at a time."""

    __slots__ = ("_limit", "_place", "_process")

    def __init__(self, place: str, limit: int) -> None:
        """Blobs of the repository at `place`, of at most `limit` bytes."""
        self._place = place
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
            process = self._process = _start(self._place, "cat-file", "--batch")
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
        return Blobs, (self._place, self._limit)


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

    def notes(self) -> tuple[str, ...]:
        """What was left out that a user could expect, and why."""
        return self.listing.notes


def revision(root: str, rev: str, limits: Limits = DEFAULT_LIMITS, *, wanted: Filter = everything) -> Snapshot:
    """The files below `root` in the commit that `rev` names (gitrevisions(7)); RevisionError says what is wrong."""
    place, prefix = _repository(root)
    oid = _resolve(place, rev)
    entries = listing.of_tree(_output(place, "ls-tree", "-r", "-z", "--full-tree", oid))
    return _objects(place, SnapshotInfo("revision", oid, rev), listing.below(entries, prefix), limits, wanted)


def index(root: str, limits: Limits = DEFAULT_LIMITS, *, wanted: Filter = everything) -> Snapshot:
    """The files below `root` as they are staged for the next commit."""
    place, prefix = _repository(root)
    entries = listing.of_index(_output(place, "ls-files", "-s", "-z"))
    return _objects(place, SnapshotInfo("index"), listing.below(entries, prefix), limits, wanted)


def merge_base(root: str, rev: str | None = None) -> str:
    """The object id of the best common ancestor of HEAD and `rev`, or of HEAD and the default branch."""
    place, _ = _repository(root)
    other = _default_branch(place) if rev is None else _resolve(place, rev)
    status, output, error = _run(place, "merge-base", _resolve(place, "HEAD"), other)
    if status == 0:
        return output.decode("ascii").split()[0]
    if error:
        raise _failure(place, error)
    name = "the default branch" if rev is None else f"'{rev}'"
    advice = _SHALLOW if _is_shallow(place) else "their histories are unrelated; name a revision of this history"
    raise RevisionError(f"HEAD and {name} have no common ancestor here: {advice}")


def changed_since(
    root: str, rev: str, limits: Limits = DEFAULT_LIMITS, *, wanted: Filter = everything
) -> frozenset[str]:
    """The files below `root` that `rev` does not have as they are now: committed, staged, not staged or not tracked.

    A renamed file counts with its new path, a deleted one not at all. Files on disk are compared by content, without
    the help of Git, which would run the filters that the repository's configuration names.
    """
    place, prefix = _repository(root)
    real = real_folder(root)
    tree = _output(place, "ls-tree", "-r", "-z", "--full-tree", _resolve(place, rev))
    base = {entry.path: entry.oid for entry in listing.below(listing.of_tree(tree), prefix)}
    staged = listing.below(listing.of_index(_output(place, "ls-files", "-s", "-z")), prefix)
    now = {entry.path: entry.oid for entry in staged if wanted(entry.path)}
    changed = {path for path, oid in now.items() if oid != base.get(path) or differs(real, path, oid, limits.file_size)}
    for path in listing.names(_output(place, "ls-files", "-o", "--exclude-standard", "-z")):
        if path.startswith(prefix) and not path.endswith("/") and wanted(path[len(prefix) :]):
            changed.add(path[len(prefix) :])
    return frozenset(changed)


def _objects(
    place: str, info: SnapshotInfo, entries: Iterator[listing.Entry], limits: Limits, wanted: Filter
) -> Objects:
    links = Blobs(place, _LINK_SIZE)

    def target(oid: str) -> bytes:
        try:
            return links.read(oid, "")
        except InputError:
            return b""  # no link to anywhere

    return Objects(info, listing.arrange(entries, wanted, limits, target), Blobs(place, limits.file_size))


def _repository(root: str) -> tuple[str, str]:
    """Where to run Git, and the folder below it that is meant, empty or with a slash at its end."""
    place = real_folder(root)
    top = toplevel(place)
    if top is None or top == place:  # none: a bare repository, or Git will say what is wrong
        return place, ""
    return top, Path(place).relative_to(top).as_posix() + "/"


def _resolve(place: str, rev: str) -> str:
    """The object id of the commit that `rev` names."""
    if len(rev) > _REVISION_LENGTH or not rev.isprintable() or not rev.strip() or rev.startswith("-"):
        raise RevisionError(f"{rev[:40]!a} cannot be a revision; name a branch, a tag or a commit")
    status, output, error = _run(place, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    oid = output.decode("ascii", "replace").strip()
    if status == 0 and _OBJECT_ID.fullmatch(oid):
        return oid
    if status > 1 and error:
        raise _failure(place, error)
    raise _unknown(place, rev)


def _unknown(place: str, rev: str) -> RevisionError:
    names = ("refs/heads", "refs/tags", "refs/remotes")
    known = _output(place, "for-each-ref", f"--count={_NAMES}", "--format=%(refname:short)", *names)
    if _is_shallow(place):
        advice = _SHALLOW
    elif known:
        advice = "`git branch -a` and `git tag` list what there is"
    else:
        advice = "the repository has no commit yet"
    hint = did_you_mean(rev, known.decode("utf-8", "replace").splitlines())
    return RevisionError(f"unknown revision '{rev}'{hint}: {advice}")


def _default_branch(place: str) -> str:
    """The object id of the default branch as origin last told it, else of the local main or master."""
    lines = _output(place, "for-each-ref", "--format=%(refname) %(objectname)", *_DEFAULT_BRANCHES).decode("utf-8")
    known = dict(line.split(" ") for line in lines.splitlines())
    for name in _DEFAULT_BRANCHES:
        if name in known:
            return known[name]
    advice = f"{_SHALLOW}, or name the base revision" if _is_shallow(place) else "name the base revision"
    raise RevisionError(f"no default branch found (origin/HEAD, origin/main, origin/master, main, master): {advice}")


def _is_shallow(place: str) -> bool:
    return _output(place, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _output(place: str, *arguments: str) -> bytes:
    status, output, error = _run(place, *arguments)
    if status:
        raise _failure(place, error)
    return output


def _failure(place: str, error: str) -> RevisionError:
    if "dubious ownership" in error:
        trust = f"git config --global --add safe.directory {place}"
        return RevisionError(f"{place} belongs to another user, so Git does not read it; if you trust it: `{trust}`")
    if "not a git repository" in error:
        return RevisionError(f"{place} is not in a Git repository")
    return RevisionError(f"Git: {(error.splitlines() or ['failed without a word'])[0].removeprefix('fatal: ')}")


def _run(place: str, *arguments: str) -> tuple[int, bytes, str]:
    """Exit status, stdout and stderr of one Git command run in `place`; RevisionError where there is no Git."""
    try:
        from git.cmd import Git
        from git.exc import GitCommandNotFound
    except ImportError:  # GitPython runs git when it is imported
        raise RevisionError(_NO_GIT) from None
    try:
        return Git(Path(place)).execute(  # as a Path: in a string GitPython would expand `~` and `$NAME`
            [Git.GIT_PYTHON_GIT_EXECUTABLE or "git", *_OPTIONS, *arguments],
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            shell=False,
            env=_ENVIRONMENT,
        )
    except (OSError, GitCommandNotFound):
        raise RevisionError(_NO_GIT) from None


def _start(place: str, *arguments: str) -> "Git.AutoInterrupt":
    """One Git command that is left running; OSError where there is no Git (any more)."""
    from git.cmd import Git
    from git.exc import GitCommandNotFound

    command = [Git.GIT_PYTHON_GIT_EXECUTABLE or "git", *_OPTIONS, *arguments]
    try:
        return Git(Path(place)).execute(
            command, as_process=True, istream=subprocess.PIPE, shell=False, env=_ENVIRONMENT
        )
    except GitCommandNotFound as error:
        raise OSError(_NO_GIT) from error
