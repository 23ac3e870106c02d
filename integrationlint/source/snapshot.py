"""What can be linted: anything that lists and reads files, with notes on what it left out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from integrationlint.model.errors import InputError
from integrationlint.model.report import SnapshotInfo

# Folders which hold what others wrote: version control, installed packages, caches. No snapshot lists their files.
SKIPPED_FOLDERS: Final = frozenset(
    [".git", ".hg", ".svn", ".bzr", ".jj", "node_modules", ".venv", "venv", "__pycache__", ".terraform"]
)
_NAMED = 5  # how many paths a note names before it only counts

Filter = Callable[[str], bool]  # of paths


class Reason(StrEnum):
    """Why a file is not listed: the same words in every snapshot, each the start of a note."""

    SUBMODULE = "not read, repository inside the repository (submodule)"
    ELSEWHERE = "not read, pointer of Git LFS whose content is not here (git lfs pull fetches it)"
    LINK_TO_FOLDER = "not read, symbolic link to a folder"
    LINK_OUT = "not read, symbolic link that leads out of the folder or nowhere"
    SPECIAL = "not read, special file (pipe, socket or device)"
    CLOSED = "not read, folder that cannot be opened"
    CONFLICT = "not read, with conflicts of a merge"
    NOT_UTF8 = "not read, name that is not UTF-8"
    TOO_DEEP = "not read, nested deeper than limits.depth allows"
    TOO_MANY = "not read, nor what follows, for there are more files than limits.files allows"
    IGNORE_FILE = "not applied, ignore file that cannot be read or has too many patterns"
    IGNORE_PATTERN = "not applied, pattern of an ignore file that is not valid or beyond our means"


class Snapshot(Protocol):
    """A tree of files at one moment: the work tree, a revision, the index, memory."""

    @property
    def info(self) -> SnapshotInfo:
        """Which snapshot it is."""
        ...

    def paths(self) -> tuple[str, ...]:
        """The files to look at: posix paths relative to the root, sorted, in UTF-8."""
        ...

    def read(self, path: str) -> bytes:
        """The content of any file under the root, listed or not; InputError says why it cannot be read."""
        ...

    def exists(self, path: str) -> bool:
        """Whether a file of that path is there, listed or not."""
        ...

    def is_foreign(self, path: str) -> bool:
        """Whether the path lies in a repository inside the repository (submodule), whose files are no part of this."""
        ...

    def notes(self) -> tuple[str, ...]:
        """What `paths` left out that a user could expect there, and why: one line for each reason."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """A snapshot of files that only exist here: examples, tests, standard input."""

    files: Mapping[str, bytes]
    info: SnapshotInfo = field(default_factory=lambda: SnapshotInfo("memory"))

    def paths(self) -> tuple[str, ...]:
        """All files, sorted."""
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        """The content; InputError where there is no such file."""
        try:
            return self.files[path]
        except KeyError:
            raise InputError(f"{path}: no such file") from None

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        return path in self.files

    def is_foreign(self, path: str) -> bool:  # noqa: ARG002  the shape of a snapshot
        """There is no other repository."""
        return False

    def notes(self) -> tuple[str, ...]:
        """Nothing is ever left out."""
        return ()


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A snapshot in which some files have other content, as an editor holds it, with notes of its own."""

    below: Snapshot
    files: Mapping[str, bytes]
    info: SnapshotInfo
    more: tuple[str, ...] = ()

    def paths(self) -> tuple[str, ...]:
        """The files to look at, sorted."""
        return tuple(sorted({*self.below.paths(), *self.files}))

    def read(self, path: str) -> bytes:
        """The content of a file."""
        return self.files[path] if path in self.files else self.below.read(path)

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        return path in self.files or self.below.exists(path)

    def is_foreign(self, path: str) -> bool:
        """Whether the path lies in a repository inside the repository."""
        return self.below.is_foreign(path)

    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return (*self.more, *self.below.notes())


@dataclass(frozen=True, slots=True)
class Fenced:
    """A snapshot without what lies in other repositories, of which `foreign` may know more than it does itself."""

    below: Snapshot
    foreign: Filter

    @property
    def info(self) -> SnapshotInfo:
        """Which snapshot it is."""
        return self.below.info

    def paths(self) -> tuple[str, ...]:
        """The files to look at, sorted."""
        return self.below.paths()

    def read(self, path: str) -> bytes:
        """The content of a file; InputError for one of another repository."""
        if self.foreign(path):
            raise InputError(f"{path}: lies in another repository (submodule)")
        return self.below.read(path)

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        return not self.foreign(path) and self.below.exists(path)

    def is_foreign(self, path: str) -> bool:
        """Whether the path lies in a repository inside the repository."""
        return self.foreign(path)

    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return self.below.notes()


class Skips:
    """What a listing leaves out, collected by reason."""

    __slots__ = ("_paths",)

    def __init__(self) -> None:
        """Nothing is left out yet."""
        self._paths: dict[Reason, set[str]] = {}

    def add(self, reason: Reason, path: str) -> None:
        """Leave `path` out; what is not UTF-8 in a name is escaped."""
        self._paths.setdefault(reason, set()).add(path.encode("utf-8", "backslashreplace").decode("utf-8"))

    def notes(self) -> tuple[str, ...]:
        """A line for each reason, sorted: `REASON: a.yaml, b.yaml and 3 more`."""
        return tuple(f"{reason}: {_some(paths)}" for reason, paths in sorted(self._paths.items()))


def _some(paths: Iterable[str]) -> str:
    names = sorted(paths)
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def everything(_path: str) -> bool:
    """The filter that wants every file."""
    return True


def nothing(_path: str) -> bool:
    """The filter that wants no file."""
    return False


def is_utf8(name: str) -> bool:
    """Whether a name from the file system can be written in a report; others hold surrogates (PEP 383)."""
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False
