"""The files of a run: which snapshot it reads, which of its files, and which of these it reports on."""

import posixpath
import sys
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from integrationlint.cli.policy import Policy
from integrationlint.cli.site import Site
from integrationlint.model.errors import InputError
from integrationlint.model.report import SnapshotInfo
from integrationlint.model.settings import Settings
from integrationlint.parse.parsers import SUFFIXES
from integrationlint.pipeline.lint import Scope
from integrationlint.source.snapshot import Memory, Overlaid, Snapshot
from integrationlint.source.worktree import Worktree
from integrationlint.source.worktree_ignore import selection

if TYPE_CHECKING:
    from integrationlint.source.revision import Objects

View = tuple[Snapshot, Scope]


def finish(*snapshots: Snapshot) -> None:
    """End the Git processes that snapshots of revisions read from, for nobody collects garbage while this runs."""
    for one in snapshots:
        store = getattr(one, "store", None)
        if store is not None:
            store.close()


def interesting(policy: Policy) -> Callable[[str], bool]:
    """The files that are worth reading: those with a suffix that a parser knows, without our own two."""
    ours = (policy.baseline, policy.settings.file)
    return lambda path: posixpath.splitext(path)[1].lower() in SUFFIXES and path not in ours


def work_tree(site: Site, policy: Policy, *, force_exclude: bool = False) -> View:
    """The files on disk. A file that is named is looked at even when it is excluded, unless `force_exclude`."""
    settings = policy.settings
    named = {one for one in site.given if one and not site.place(one).is_dir()}
    if site.loose and site.given != ("",):
        snapshot = given_only(site, policy, SnapshotInfo("folder"))
    else:
        info = SnapshotInfo("folder" if site.loose else "worktree")
        include, exclude = settings.include, settings.exclude
        snapshot = Worktree(site.root, settings.limits, include, exclude, wanted=interesting(policy), info=info)
    listed = set(snapshot.paths())
    if force_exclude:
        listed -= {one for one in named if not _chosen(policy)(one)}
        named &= listed
    return snapshot, _scope(site, policy, listed | named, named)


def _scope(site: Site, policy: Policy, paths: AbstractSet[str], named: AbstractSet[str]) -> Scope:
    """What was given is reported on; of what is read only because it is referred to, what no glob left out."""
    covers, wanted, listed = site.covers(), interesting(policy), frozenset(paths)
    reported = lambda path: covers(path) and (path in listed or not wanted(path))  # noqa: E731
    return Scope(tuple(sorted(paths)), reported, policy.known, frozenset(named))


def given_only(site: Site, policy: Policy, info: SnapshotInfo, known_as: Callable[[str], str] = str) -> Snapshot:
    """A snapshot that lists what was given, and nothing beside it; anything below the root may be read.

    `known_as` gives the path by which the settings know a file.
    """
    limits, wanted = policy.settings.limits, _chosen(policy)
    found, notes = set[str](), set[str]()
    for one in site.given:
        if site.place(one).is_dir():
            below = Worktree(str(site.place(one)), limits, wanted=_in(one, lambda path: wanted(known_as(path))))
            found.update(posixpath.join(one, path) for path in below.paths())
            notes.update(below.notes())
        else:
            found.add(one)
    tree = Worktree(site.root, limits, only=found, info=info) if found else Memory({}, info)
    return Overlaid(tree, {}, info, tuple(sorted(notes)))


def _in(folder: str, wanted: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda path: wanted(posixpath.join(folder, path))


def at_revision(site: Site, policy: Policy, rev: str, *, force_exclude: bool = False) -> View:
    """The files of a revision; InputError where it does not have what was given."""
    from integrationlint.source.revision import revision

    snapshot = revision(site.root, rev, policy.settings.limits, wanted=_chosen(policy))
    return _recorded(site, policy, snapshot, rev, force_exclude=force_exclude)


def of_history(site: Site, policy: Policy) -> tuple[Callable[[str], "tuple[Objects, Scope]"], Callable[[], None]]:
    """How the files of many revisions are opened, all with one process of Git, and how that is ended."""
    from integrationlint.source.revision import blobs, revision

    limits, wanted, store = policy.settings.limits, _chosen(policy), blobs(site.root, policy.settings.limits)

    def opened(rev: str) -> "tuple[Objects, Scope]":
        snapshot = revision(site.root, rev, limits, wanted=wanted, store=store)
        return snapshot, _scope(site, policy, set(snapshot.paths()), frozenset())

    return opened, store.close


def staged(site: Site, policy: Policy, *, force_exclude: bool = False) -> View:
    """The files that are staged for the next commit; InputError where what was given is not among them."""
    from integrationlint.source.revision import index

    snapshot = index(site.root, policy.settings.limits, wanted=_chosen(policy))
    return _recorded(site, policy, snapshot, "the index", force_exclude=force_exclude)


def _chosen(policy: Policy) -> Callable[[str], bool]:
    return selection(policy.settings.include, policy.settings.exclude, interesting(policy))


def _recorded(site: Site, policy: Policy, snapshot: Snapshot, name: str, *, force_exclude: bool) -> View:
    listed = snapshot.paths()
    named = {one for one in site.given if one and snapshot.exists(one)}
    for one in site.given:
        known = not one or one in named or any(path.startswith(f"{one}/") for path in listed)
        if not known and not site.place(one).is_dir():
            raise InputError(f"{one}: no such file or folder in {name}")
    return snapshot, _scope(site, policy, {*listed} if force_exclude else {*listed, *named}, named)


def from_stdin(site: Site, policy: Policy) -> View:
    """The work tree with the one given file as it comes from standard input; only that file is reported on."""
    path, limits = site.given[0], policy.settings.limits
    data = sys.stdin.buffer.read(limits.file_size + 1)
    info = SnapshotInfo("worktree")
    below: Snapshot = Memory({}, info)
    if not site.loose:
        below = work_tree(replace(site, given=("",)), policy)[0]
    snapshot = Overlaid(below, {path: data}, info)
    return snapshot, Scope(snapshot.paths(), site.covers(), policy.known, frozenset([path]))


def changed(site: Site, settings: Settings, rev: str, view: View) -> View:
    """The view narrowed to the files that `rev` does not have as they are now."""
    from integrationlint.source.revision import changed_since

    snapshot, scope = view
    files, covers = changed_since(site.root, rev, settings.limits), scope.reported
    return snapshot, replace(scope, reported=lambda path: path in files and covers(path))
