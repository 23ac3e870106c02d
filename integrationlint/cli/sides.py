"""The two sides of a comparison: revisions, or files and folders on disk."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.renamed import Renamed, Renaming
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import View, at_revision, given_only, work_tree
from integrationlint.model.errors import InputError, RevisionError, UsageError
from integrationlint.model.report import SnapshotInfo
from integrationlint.pipeline.lint import Scope
from integrationlint.source.file import toplevel

# What pre-commit says of a push (pre-commit.com, "pre-commit during push").
_FROM: Final = "PRE_COMMIT_FROM_REF"
_TO: Final = "PRE_COMMIT_TO_REF"


@dataclass(frozen=True, slots=True)
class Sides:
    """Where the head is, how both sides are opened under a policy, and what should be said of the choice.

    `names` says how the files of the base are called in the comparison, where they are called differently.
    """

    site: Site
    open: Callable[[Policy], tuple[View, View]]
    names: Renaming | None = None
    hint: str = ""


def sides(base: str, head: str, asked: Asked) -> Sides:
    """What is compared: two paths where both exist, else revisions.

    Without a base it is what pre-commit is about to push, else the merge base with the default branch; without a head
    it is the work tree. InputError or UsageError for two things that cannot be compared.
    """
    there = [bool(one) and os.path.lexists(one) for one in (base, head)]
    if all(there):
        return _paths(base, head, asked)
    site = locate([], asked.config, no_config=asked.no_config)
    if not base:
        base, head = _pushed(site) or (_merge_base(site), head)

    def opened(policy: Policy) -> tuple[View, View]:
        try:
            before = at_revision(site, policy, base)
            return before, at_revision(site, policy, head) if head else work_tree(site, policy)
        except RevisionError as error:
            raise _mistaken(base, head, there, error) from None

    both = next((one for one, exists in zip((base, head), there, strict=True) if exists), "")
    hint = f"'{both}' is taken for a revision; to compare the file or folder, name two of them" if both else ""
    return Sides(site, opened, hint=hint)


def _pushed(site: Site) -> tuple[str, str] | None:
    old, new = os.environ.get(_FROM, ""), os.environ.get(_TO, "")
    if not (old.strip("0") and new.strip("0") and toplevel(site.root)):
        return None
    return old, new


def _merge_base(site: Site) -> str:
    from integrationlint.source.revision import merge_base

    return merge_base(site.root)


def _mistaken(base: str, head: str, there: list[bool], error: RevisionError) -> Exception:
    """Of a path and something that is neither path nor revision, the latter is the mistake."""
    if not any(there):
        return error if toplevel(".") else InputError(f"{base or head}: no such file or folder, and {error}")
    if there[0] and not head:
        return UsageError(f"{base} is no revision; name the file or folder to compare it with as well")
    missing = head if there[0] else base
    return InputError(f"{missing}: no such file or folder, and not a revision to compare with ({error})")


def _paths(base: str, head: str, asked: Asked) -> Sides:
    if Path(base).is_dir() != Path(head).is_dir():
        raise UsageError(f"{base} and {head} cannot be compared: one is a folder, the other a file")
    site = locate([head], asked.config, no_config=asked.no_config)
    there = locate([base], no_config=asked.no_config)
    names = Renaming(there.given[0], site.given[0], is_file=not Path(head).is_dir())
    kind = "file" if names.is_file else "folder"

    def opened(policy: Policy) -> tuple[View, View]:
        before = given_only(there, policy, SnapshotInfo(kind, label=base), names.there)
        old = before if names.old == names.new else Renamed(before, names)
        new = given_only(site, policy, SnapshotInfo(kind, label=head))
        return (old, Scope(old.paths())), (new, Scope(new.paths()))

    return Sides(site, opened, None if names.old == names.new else names, _ambiguous(base, head))


def _ambiguous(base: str, head: str) -> str:
    """What to say when both are paths and revisions; only plain names of folders are likely to be."""
    top = toplevel(".")
    if top is None or not all(Path(one).is_dir() and one == Path(one).name for one in (base, head)):
        return ""
    from integrationlint.source.revision import revision

    try:
        for one in (base, head):
            revision(top, one)
    except RevisionError:
        return ""
    return f"'{base}' and '{head}' are revisions as well; the folders are compared (refs/heads/{base} is the branch)"
