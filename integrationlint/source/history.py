"""The commits and tags of a history in order, as Git's plumbing lists them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final

from integrationlint.model.errors import RevisionError
from integrationlint.model.timeline import Point
from integrationlint.source.revision_git import SHALLOW, is_shallow, output, repository, resolve

MOST_POINTS: Final = 1_000
# One line for each commit: ids, tree, parents, date, and the subject, which may hold anything but a line end.
_FORMAT: Final = "--format=%H%x09%T%x09%P%x09%cI%x09%s"
_DIGITS: Final = re.compile(r"(\d+)")

History = tuple[list[Point], tuple[str, ...]]


def commits(root: str, span: str, most: int = MOST_POINTS) -> History:
    """The commits of `A..B`, or of all the history of `B`, the oldest first; of merges, the first parent is followed.

    At most the newest `most`. Beside them, notes on what is not there. RevisionError for what is no such span.
    """
    place, _ = repository(root)
    options = ("--first-parent", "--reverse", f"--max-count={most + 1}")
    found = [point for point, _ in _listed(place, *options, *_ends(place, span))]
    notes = [*_cut(place, found)]
    if len(found) > most:
        notes.append(f"only the newest {most} commits of {span} are compared")
    return found[-most:], tuple(notes)


def tags(root: str, glob: str, span: str = "HEAD", most: int = MOST_POINTS) -> History:
    """The tags of `A..B`, or of all the history of `B`, whose names match the glob, the oldest first.

    Each comes after its predecessor: the first tag that is met when first parents are followed, else the start of the
    span. At most the newest `most`. Beside them, notes on what is not there.
    """
    place, _ = repository(root)
    ends = _ends(place, span)
    start = next((one.removeprefix("^") for one in ends if one.startswith("^")), "")
    named = _tags(place, glob, ends[0])
    # With the commits that carry no tag left out, and parents rewritten to those that are left (git-rev-list(1)).
    listed = list(_listed(place, "--simplify-by-decoration", "--date-order", "--reverse", *ends))
    known = {point.revision: (point, parents) for point, parents in listed}
    found: list[Point] = []
    for point, parents in listed:
        before = _predecessor(parents[:1], known, named) or start
        for tag in named.get(point.revision, ()):
            found.append(replace(point, tag=tag, before=before))
            before = point.revision
    notes = [*_cut(place, [point for point, _ in listed])]
    if len(found) > most:
        notes.append(f"only the newest {most} tags are compared")
    return found[-most:], tuple(notes)


def _ends(place: str, span: str) -> tuple[str, ...]:
    """`A..B` as the object ids of B and, with a `^` before it, of A; either may be left out and is HEAD then."""
    if "..." in span:
        raise RevisionError(f"'{span}' is no line of commits: write A..B for those of B that A does not have")
    start, dots, end = span.partition("..")
    if not dots:
        return (resolve(place, span),)
    return resolve(place, end or "HEAD"), f"^{resolve(place, start or 'HEAD')}"


def _listed(place: str, *arguments: str) -> Iterator[tuple[Point, list[str]]]:
    """The commits of `git rev-list`, each with its parents."""
    lines = output(place, "rev-list", _FORMAT, "--encoding=UTF-8", *arguments, "--").decode("utf-8", "replace")
    for line in lines.split("\n"):
        oid, _, rest = line.partition("\t")
        if rest:
            tree, parents, date, subject = rest.split("\t", 3)
            first, *others = parents.split(" ")
            yield Point(oid, tree, first, date, subject), [first, *others] if first else []


def _tags(place: str, glob: str, head: str) -> Mapping[str, list[str]]:
    """The names of the tags in the history of `head` by the commits that they are of, those of one commit in order."""
    form = "--format=%(objectname) %(*objectname) %(refname)"
    lines = output(place, "for-each-ref", f"--merged={head}", form, "refs/tags").decode("utf-8", "replace")
    found: dict[str, list[str]] = {}
    for line in lines.split("\n"):
        own, _, rest = line.partition(" ")
        peeled, _, name = rest.partition(" ")
        name = name.removeprefix("refs/tags/")
        if name and fnmatchcase(name, glob):
            found.setdefault(peeled or own, []).append(name)
    return {oid: sorted(names, key=natural) for oid, names in found.items()}


def natural(name: str) -> list[tuple[int, int, str]]:
    """Sorts names as people count: `v1.9` before `v1.10`."""
    return [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in _DIGITS.split(name[:200]) if one]


def _predecessor(
    parents: list[str], known: Mapping[str, tuple[Point, list[str]]], named: Mapping[str, list[str]]
) -> str:
    while parents and parents[0] not in named:
        if parents[0] not in known:
            return ""
        parents = known[parents[0]][1]
    return parents[0] if parents else ""


def _cut(place: str, points: Iterable[Point]) -> Iterator[str]:
    if any(not point.before for point in points) and is_shallow(place):
        yield f"the older part of the history is not here, for {SHALLOW}"
