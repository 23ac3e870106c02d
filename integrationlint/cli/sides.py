"""The two sides of a comparison: revisions, or files and folders on disk."""

import os
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import View, at_revision, given_only, work_tree
from integrationlint.model.errors import InputError, RevisionError, UsageError
from integrationlint.model.location import Location
from integrationlint.model.report import Report, SnapshotInfo
from integrationlint.pipeline.lint import Scope
from integrationlint.source.file import toplevel
from integrationlint.source.snapshot import Snapshot

_FROM, _TO = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"


@dataclass(frozen=True, slots=True)
class Sides:
    """Where the head is, how both sides are opened under a policy, and what should be said of the choice."""

    site: Site
    open: Callable[[Policy], tuple[View, View]]
    renamed: "Renaming | None" = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What the base calls `old`, a file or a folder, is looked at as if it were `new`, so that both sides pair."""

    old: str
    new: str
    is_file: bool

    def back(self, path: str) -> str | None:
        """The path in the base of what the comparison calls `path`; None for what cannot be there."""
        if path == self.new:
            return self.old
        old, new = (posixpath.dirname(one) if self.is_file else one for one in (self.old, self.new))
        if not new or path.startswith(f"{new}/"):
            return posixpath.join(old, path[len(new) + 1 if new else 0 :])
        return path if old else None

    def there(self, path: str) -> str:
        """The path in the comparison of what the base calls `path`."""
        if path == self.old:
            return self.new
        old, new = (posixpath.dirname(one) if self.is_file else one for one in (self.old, self.new))
        inside = not old or path.startswith(f"{old}/")
        return posixpath.join(new, path[len(old) + 1 if old else 0 :]) if inside else path
