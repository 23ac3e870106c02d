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
    it is the work tree. `A..B` is A and B, `A...B` their merge base and B, as for `git diff`. InputError or UsageError
    for two things that cannot be compared.
    """
    hint = ""
    base, head, dots = _apart(base, head)
    there = [bool(one) and not dots and os.path.lexists(one) for one in (base, head)]
    if all(there):
        return _paths(base, head, asked)
    site = locate([], asked.config, no_config=asked.no_config)
    if not base:
        base, head = _pushed(site) or (_merge_base(site), head)
    elif dots == "...":
        base = _merge_base(site, base, head or "HEAD")
    elif not dots:
        hint = _moved_on(site, base, head or "HEAD")

    def opened(policy: Policy) -> tuple[View, View]:
        try:
            before = at_revision(site, policy, base)
            return before, at_revision(site, policy, head) if head else work_tree(site, policy)
        except RevisionError as error:
            raise _mistaken(base, head, there, error) from None

    both = next((one for one, exists in zip((base, head), there, strict=True) if exists), "")
    if both:
        hint = f"'{both}' is taken for a revision; to compare the file or folder, name two of them"
    return Sides(site, opened, hint=hint)


def _pushed(site: Site) -> tuple[str, str] | None:
    old, new = os.environ.get(_FROM, ""), os.environ.get(_TO, "")
    if not (old.strip("0") and new.strip("0") and toplevel(site.root)):
        return None
    return old, new


def _apart(base: str, head: str) -> tuple[str, str, str]:
    """Base, head and the dots that stood between them; `A...` is for the work tree, where it left A."""
    for dots in ("...", ".."):
        before, found, after = base.partition(dots)
        if found and before and not head and not os.path.lexists(base):
            return before, after, dots
    return base, head, ""


def _merge_base(site: Site, rev: str | None = None, head: str = "HEAD") -> str:
    from integrationlint.source.revision import merge_base

    return merge_base(site.root, rev, head)


def _moved_on(site: Site, base: str, head: str) -> str:
    """What to say when the base has commits that the head lacks: they would show as if the head took them back."""
    from integrationlint.source.revision import merge_base

    try:
        moved = merge_base(site.root, base, base) != merge_base(site.root, base, head)
    except RevisionError:  # told when the sides are opened, if it matters
        return ""
    since = f"{base}...{head if head != 'HEAD' else ''}"
    return f"{base} has commits that {head} does not have, and they count as undone; {since} leaves them out" * moved


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
