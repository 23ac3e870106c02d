"""The points of a history, each compared with the one before; tags also with the older ones of their major version."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from posixpath import splitext
from typing import Final, NamedTuple

from integrationlint import __version__
from integrationlint.catalog import Catalog
from integrationlint.engine.select import Bound, chosen
from integrationlint.model.report import Report, SnapshotInfo
from integrationlint.model.settings import Settings
from integrationlint.model.timeline import Entry, Point, Timeline
from integrationlint.model.vocabulary import KIND_GROUPS
from integrationlint.parse.parsers import SUFFIXES
from integrationlint.pipeline.diff import compared
from integrationlint.pipeline.lint import Scope, open_workspace
from integrationlint.pipeline.touched import Uses, uses
from integrationlint.pipeline.weakened import notes_on
from integrationlint.source.revision import Objects
from integrationlint.workspace.load import Made, document_at, made_of
from integrationlint.workspace.workspace import Workspace

MOST_OLDER: Final = 50  # tags that one is compared with
_MOST_TEXT: Final = 16_000_000  # characters of the documents that are kept
_DOTTED: Final = re.compile(r"(.*?)(\d{1,9})((?:\.\d{1,9})+)([-+].*)?", re.DOTALL)
_PREVIEW: Final = re.compile(r"-[\d.]*[A-Za-z]")
_PLAIN: Final = re.compile(r"(|.*?\D)(\d{1,9})()([-+].*)?", re.DOTALL)

_PARTIES: Final = frozenset(KIND_GROUPS["party"])
Opening = Callable[[str], tuple[Objects, Scope]]


class _Opened(NamedTuple):
    """A snapshot that was read: the object ids of its files, and which of those that it loaded use which."""

    workspace: Workspace
    scope: Scope
    blobs: frozenset[tuple[str, str]]
    uses: Uses


@dataclass(slots=True)
class _Memory:
    """What was read, the latest use last; the oldest goes when there is too much."""

    open: Opening
    settings: Settings
    bounds: Sequence[Bound]
    trees: dict[str, str]
    opened: dict[str, _Opened] = field(default_factory=dict)
    made: dict[tuple[str, str], Made] = field(default_factory=dict)
    findings: set[str] = field(default_factory=set)


class Version(NamedTuple):
    """The version that a tag names: what stands before the numbers, the numbers, and whether it is a pre-release."""

    prefix: str
    numbers: tuple[int, ...]
    preview: bool

    def follows(self, other: "Version") -> bool:
        """Whether this must stay compatible with the other: a release, not newer, of the same major version."""
        same = self.prefix == other.prefix and self.numbers[:1] == other.numbers[:1]
        return same and not other.preview and other.numbers <= self.numbers


def timeline(
    points: Sequence[Point], open_: Opening, catalog: Catalog, settings: Settings, notes: Iterable[str] = ()
) -> Timeline:
    """Compare each point with the one before it, under one policy; `open_` gives the files of an object id.

    A snapshot is read once, a file once for each content that it had; where no file that matters changed, nothing is
    compared at all. Tags that several points have in common are compared with the older ones of their major version.
    """
    bounds = chosen(catalog.rules, settings, catalog.check)
    memory = _Memory(open_, replace(settings, weakened=()), bounds, {point.revision: point.tree for point in points})
    names = {point.revision: point.name for point in points}
    entries = []
    for number, point in enumerate(points):
        entry = _entry(point, memory, names)
        entries.append(_with_older(entry, points[:number], memory) if point.tag else _with_news(entry, memory))
    return Timeline(__version__, tuple(entries), (*notes_on(settings), *notes, *_told(entries)))


def _told(entries: Sequence[Entry]) -> Iterator[str]:
    """What the comparisons note, once, and what was left out for its number."""
    reports = (one.report for one in entries if one.report is not None)
    yield from dict.fromkeys(re.sub("^(?:base|head): ", "", note) for one in reports for note in one.notes)
    cut = [one.point.tag for one in entries if one.older > MOST_OLDER]
    if cut:
        yield f"compared with the newest {MOST_OLDER} of their older tags only: {cut[0]} and {len(cut) - 1} after it"


def _entry(point: Point, memory: _Memory, names: dict[str, str]) -> Entry:
    if not point.before:
        return Entry(point, None)
    base = SnapshotInfo("revision", point.before, names.get(point.before, point.before[:12]))
    before, after = _pair(point.before, point.revision, memory)
    if before is after:
        return Entry(point, base)
    return Entry(point, base, _report(before, after, base, point, memory))


def _report(before: _Opened, after: _Opened, base: SnapshotInfo, point: Point, memory: _Memory) -> Report:
    scopes = before.scope, after.scope
    sides, both = (before.workspace, after.workspace), (before.uses, after.uses)
    found = compared(*sides, scopes, memory.bounds, memory.settings, released=bool(point.tag), both_uses=both)
    return replace(found, base=base, snapshot=SnapshotInfo("revision", point.revision, point.name))


def _with_news(entry: Entry, memory: _Memory) -> Entry:
    """The entry of a commit without the findings that the one before had: what cannot be read is told once."""
    if entry.report is None:
        return entry
    known, memory.findings = memory.findings, {one.fingerprint for one in entry.report.findings}
    news = tuple(one for one in entry.report.findings if one.fingerprint not in known)
    return replace(entry, report=replace(entry.report, findings=news))


def _with_older(entry: Entry, points: Sequence[Point], memory: _Memory) -> Entry:
    """The entry of a tag with the worst comparison with older tags, where that is worse than with the one before."""
    point = entry.point
    older = _older(point, points)
    furthest: Report | None = None
    done: list[_Opened] = []
    for one in older[:MOST_OLDER]:
        before, after = _pair(one.revision, point.revision, memory)
        if one.revision == point.before or any(before is other for other in (after, *done)):
            continue
        done.append(before)
        report = _report(before, after, SnapshotInfo("revision", one.revision, one.name), point, memory)
        if report.verdict.rank > max(entry.verdict.rank, furthest.verdict.rank if furthest else 0):
            furthest = report
    return replace(entry, furthest=furthest, older=len(older))


def _older(point: Point, points: Sequence[Point]) -> list[Point]:
    """The tags before that a tag must stay compatible with, the newest first."""
    mine = version(point.tag)
    return [one for one in reversed(points) if mine.follows(version(one.tag))]


def version(tag: str) -> Version:
    """The version in the name of a tag (`v1.2.0`, `orders-2.1`, `api/v3-rc.1`); no numbers where there is none."""
    found = _DOTTED.fullmatch(tag) or _PLAIN.fullmatch(tag)
    if found is None:
        return Version("", (), preview=False)
    numbers = tuple(int(one) for one in f"{found[2]}{found[3]}".split("."))
    return Version(found[1], numbers, preview=_PREVIEW.match(found[4] or "") is not None)


def _pair(before: str, after: str, memory: _Memory) -> tuple[_Opened, _Opened]:
    """Two snapshots; the same one twice where nothing that matters differs."""
    first = _open(before, memory)
    return first, _open(after, memory, first)


def _open(revision: str, memory: _Memory, like: _Opened | None = None) -> _Opened:
    key = memory.trees.get(revision, revision)
    found = memory.opened.pop(key, None) or _read(revision, memory, like)
    memory.opened[key] = found
    _forget(memory)
    return found


def _read(revision: str, memory: _Memory, like: _Opened | None) -> _Opened:
    snapshot, scope = memory.open(revision)
    blobs = frozenset(snapshot.listing.blobs.items())
    if like is not None and not _matters(like, blobs):
        return like
    workspace = open_workspace(snapshot, scope.paths, memory.settings, partial(_made, memory, snapshot))
    return _Opened(workspace, scope, blobs, uses(workspace))


def _matters(like: _Opened, blobs: frozenset[tuple[str, str]]) -> bool:
    """Whether a file differs that could be an artifact, or that one refers to."""
    loaded = like.workspace.loaded
    return any(path in loaded or splitext(path)[1].lower() in ("", *SUFFIXES) for path, _ in like.blobs ^ blobs)


def _made(memory: _Memory, snapshot: Objects, path: str) -> Made:
    key = path, snapshot.listing.blobs.get(path, "")
    found = memory.made.pop(key, None) or made_of(document_at(snapshot, path, memory.settings.limits))
    memory.made[key] = found
    # Parties take facts from those of the same name (workspace.parties), so each snapshot has its own.
    return made_of(found[0].document) if _PARTIES & found[0].kinds.keys() else found


def _forget(memory: _Memory) -> None:
    """Let go of what was used longest ago, but never of the two snapshots that are being compared."""
    held, seen = 0, set[int]()
    kept: dict[str, _Opened] = {}
    for key, one in reversed(memory.opened.items()):
        documents = {id(each.document): len(each.document.text) for each in one.workspace.loaded.values()}
        held += sum(size for mark, size in documents.items() if mark not in seen)
        seen |= documents.keys()
        if len(kept) >= 2 and (held > _MOST_TEXT or len(kept) > MOST_OLDER):
            break
        kept[key] = one
    if len(kept) < len(memory.opened):
        memory.opened = dict(reversed(kept.items()))
        memory.made = {
            mark: one for mark, one in memory.made.items() if any(mark in each.blobs for each in kept.values())
        }
