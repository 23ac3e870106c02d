"""Which document of the head is which of the base: by what a document says it is, and by where it lies."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from posixpath import basename
from typing import Final

from integrationlint.model.element import Element

Pair = tuple[Element | None, Element | None]
Mark = Callable[[Element], str]

_MAJOR: Final = re.compile(r"[vV]?(\d{1,9})(?:[.+-].*)?", re.ASCII | re.DOTALL)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
# By what else two documents are compared when no name tells: the names of what they offer or hold.
_PARTS: Final = ("operation", "type", "field", "line", "flow", "step")
_MOST_PARTS: Final = 2_000
_MOST_STRAYS: Final = 100
_LIKE: Final = 0.5


@dataclass(slots=True)
class _Strays:
    """What has no partner yet, by path; `settled` are the pairs, `titles` how often a side has each title."""

    old: dict[str, Element]
    new: dict[str, Element]
    titles: tuple[Counter[str], Counter[str]]
    settled: list[Pair] = field(default_factory=list)

    def settle(self, old: str, new: str) -> None:
        """The document at `old` is the one at `new`."""
        self.settled.append((self.old.pop(old), self.new.pop(new)))


def paired(base: Mapping[str, Element], head: Mapping[str, Element]) -> list[Pair]:
    """The root elements of both sides in pairs, by path: of files that stayed, moved, went and came.

    What stayed at its path in its lineage is the same. Of the rest, content and lineage tell what moved; then what is
    still at its path is taken for the same, whatever became of it; then title, file name and parts tell.
    """
    both = _Strays(dict(base), dict(head), (_titles(base), _titles(head)))
    for path in base.keys() & head.keys():
        if lineage(base[path]) == lineage(head[path]):
            both.settle(path, path)
    for mark in (_content, _lineage_and_file, lineage):
        _by(both, mark)
    for path in both.old.keys() & both.new.keys():
        both.settle(path, path)
    for mark in (identity, _file):
        _by(both, mark)
    _by_parts(both)
    if (len(both.old), len(both.new)) == (1, 1):
        _by(both, _kind)
    rest = [*((root, None) for root in both.old.values()), *((None, root) for root in both.new.values())]
    return sorted([*both.settled, *rest], key=_path)


def _path(pair: Pair) -> tuple[str, bool]:
    """The path in the head, else that in the base."""
    old, new = pair
    one = new or old
    return (one.document.path if one is not None else "", new is None)


def _titles(roots: Mapping[str, Element]) -> Counter[str]:
    return Counter(identity(root) for root in roots.values())


def _by(both: _Strays, mark: Mark) -> None:
    """Pair what alone on its side has a mark; an empty mark is none."""
    mine, yours = _unique(both.old, mark), _unique(both.new, mark)
    for one in sorted(mine.keys() & yours.keys()):
        if not _are_siblings(both, mine[one], yours[one]):
            both.settle(mine[one], yours[one])


def _unique(roots: Mapping[str, Element], mark: Mark) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for path, root in roots.items():
        found.setdefault(mark(root), []).append(path)
    return {mark: paths[0] for mark, paths in found.items() if mark and len(paths) == 1}


def _are_siblings(both: _Strays, old: str, new: str) -> bool:
    """Whether they are two versions of one thing that is kept in several, side by side: one went, another came."""
    before, after = both.old[old], both.new[new]
    title = identity(before)
    if not title or title != identity(after) or lineage(before) == lineage(after):
        return False
    return any(titles[title] > 1 for titles in both.titles)


def _by_parts(both: _Strays) -> None:
    """Pair what holds mostly the same, the most alike first."""
    if max(len(both.old), len(both.new)) > _MOST_STRAYS:
        return
    mine, yours = ({path: _parts(root) for path, root in side.items()} for side in (both.old, both.new))
    found = sorted(
        (-_likeness(parts, others), old, new)
        for old, parts in mine.items()
        for new, others in yours.items()
        if both.old[old].kind == both.new[new].kind and not _are_siblings(both, old, new)
    )
    for likeness, old, new in found:
        if -likeness >= _LIKE and old in both.old and new in both.new:
            both.settle(old, new)


def _parts(root: Element) -> frozenset[str]:
    return frozenset(_named(root.walk()))


def _named(elements: Iterable[Element]) -> Iterator[str]:
    for count, one in enumerate(elements):
        if count > _MOST_PARTS:
            return
        if one.kind in _PARTS and one.name:
            yield one.address.partition("#")[2]


def _likeness(mine: frozenset[str], yours: frozenset[str]) -> float:
    """How much of two sets is in both (Jaccard index)."""
    return len(mine & yours) / len(mine | yours) if mine and yours else 0.0


def _content(root: Element) -> str:
    text = root.document.text
    return f"{root.kind} {sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}" if text.strip() else ""


def _kind(root: Element) -> str:
    return root.kind if root.kind != "document" else ""


def _file(root: Element) -> str:
    return f"{root.kind} {basename(root.document.path)}"


def _lineage_and_file(root: Element) -> str:
    said = lineage(root)
    return f"{said} {basename(root.document.path)}" if said else ""


def lineage(root: Element) -> str:
    """The identity with the major version, within which a contract promises to stay compatible; empty for nothing.

    A version that is a day (`2027-03-31`) has a lineage of its own. Only contracts are kept in several versions.
    """
    said = identity(root)
    version = str(root.facts.get("version") or "").strip() if root.kind == "api" else ""
    found = None if _DAY.match(version) else _MAJOR.fullmatch(version)
    return f"{said} {found[1] if found else version}".rstrip() if said else ""


def identity(root: Element) -> str:
    """What a document says it is, wherever it lies: title, namespace, or the names of its flows; empty for nothing."""
    said = root.facts.get("namespace") or _id(root) or root.facts.get("title") or root.facts.get("id")
    names = [str(said)] if said else sorted(one.name for one in root.of("flow"))
    text = " ".join(names)
    return f"{root.kind} {text}" if text else ""


def _id(root: Element) -> str:
    """The `$id` of a JSON Schema, by which others refer to it."""
    keys = root.keys if root.kind == "type" else ()
    return next((key.removeprefix("id:") for key in keys if key.startswith("id:")), "")
