"""Two places, one name: what the base calls `v1/api.yaml` is compared as if it were the head's `v2/api.yaml`."""

import posixpath
from dataclasses import dataclass, replace

from integrationlint.model.errors import InputError
from integrationlint.model.location import Location
from integrationlint.model.report import Report, SnapshotInfo
from integrationlint.source.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Renaming:
    """From the paths of the base to those of the head: a file or folder, and with a file the folder around it."""

    old: str
    new: str
    is_file: bool

    @property
    def _folders(self) -> tuple[str, str]:
        if not self.is_file:
            return self.old, self.new
        return posixpath.dirname(self.old), posixpath.dirname(self.new)

    def there(self, path: str) -> str:
        """The name in the comparison of what the base calls `path`."""
        old, new = self._folders
        if path == self.old:
            return self.new
        return _moved(path, old, new) or path

    def back(self, path: str) -> str | None:
        """The path in the base of what the comparison calls `path`; None for what cannot be there."""
        old, new = self._folders
        if path == self.new:
            return self.old
        return _moved(path, new, old) or (path if old else None)


def _moved(path: str, source: str, target: str) -> str | None:
    if source and not path.startswith(f"{source}/"):
        return None
    return posixpath.join(target, path[len(source) + 1 :] if source else path)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A snapshot under other names."""

    below: Snapshot
    names: Renaming

    @property
    def info(self) -> SnapshotInfo:
        """Which snapshot it is."""
        return self.below.info

    def paths(self) -> tuple[str, ...]:
        """The files to look at, sorted."""
        return tuple(sorted(self.names.there(path) for path in self.below.paths()))

    def read(self, path: str) -> bytes:
        """The content of a file; InputError where there is none."""
        place = self.names.back(path)
        if place is None:
            raise InputError(f"{path}: no such file")
        return self.below.read(place)

    def exists(self, path: str) -> bool:
        """Whether the file is there."""
        place = self.names.back(path)
        return place is not None and self.below.exists(place)

    def is_foreign(self, path: str) -> bool:
        """Whether the path lies in a repository inside the repository."""
        place = self.names.back(path)
        return place is not None and self.below.is_foreign(place)

    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return self.below.notes()


def with_own_names(report: Report, names: Renaming) -> Report:
    """The report with the places in the base named as the base does."""

    def own(place: Location | None) -> Location | None:
        return place and place._replace(path=names.back(place.path) or place.path)

    return replace(
        report,
        findings=tuple(replace(one, base=own(one.base)) for one in report.findings),
        changes=tuple(replace(one, base=own(one.base)) for one in report.changes),
    )
