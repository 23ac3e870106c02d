"""References replaced by what they name: one tree whose parts are shared by all that refer to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote

from integrationlint.model.document import Document
from integrationlint.model.location import child, unescaped
from integrationlint.spectral.circles import Node, circular
from integrationlint.spectral.nouns import Path
from integrationlint.spectral.references import File, Load, References, Target, named


class Origin(NamedTuple):
    """Where something is written."""

    document: Document
    path: Path


class Missing(NamedTuple):
    """A reference to nothing: where it is written, why nothing is there, and how many others fail for that reason."""

    at: Origin
    reason: str
    others: int


# By the identity of a container of resolved trees, and the key in it: what stands there instead of a reference.
Hops = Mapping[int, Mapping[str | int, Origin]]


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """A document with its references replaced: `root` is its resolved tree.

    Containers below which no reference is replaced are those of the documents themselves. The tree is written from
    `start` on, and where `hops` say below. `references` are the places that something in it refers to: `FILE#/path`,
    `#/path` in the document itself, names as they are, neither escaped nor encoded. `unknown` counts the references
    to URLs, of which nobody knows what they name.
    """

    document: Document
    root: Any
    start: Origin
    hops: Hops = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    references: frozenset[str] = frozenset()
    unknown: int = 0


@dataclass(slots=True, eq=False)
class Resolver:
    """Resolves documents, and whatever they refer to only once."""

    load: Load
    references: References = field(init=False)
    copies: dict[int, Any] = field(default_factory=dict)
    hops: dict[int, dict[str | int, Origin]] = field(default_factory=dict)
    roots: dict[str, Target] = field(default_factory=dict)
    ends: dict[Node, Target] = field(default_factory=dict)
    made: dict[str, Resolved] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Nothing is read yet."""
        self.references = References(self.load)

    def resolved(self, document: Document) -> Resolved:
        """A document with its references replaced, in all the documents it leads to.

        Circular references stay as they are, and so do those that name nothing.
        """
        if document.path not in self.made:
            self._replace(self.references.closure(document))
            self.made[document.path] = self._resolved(document)
        return self.made[document.path]

    def _resolved(self, document: Document) -> Resolved:
        file = self.references.file(document.path)
        if file is None or not file.holders:
            return Resolved(document, document.value, Origin(document, ()))
        top = self.roots.get(document.path, Target(file, 0, (), document.value))
        reached = _reached(file)
        start = Origin(top.file.document, top.path)
        unknown = sum(one.missing.get(number) == "" for one, number in reached)
        missing, places = _missing(reached), _places(reached, document)
        return Resolved(document, self._value(top), start, self.hops, missing, places, unknown)

    def _replace(self, files: list[File]) -> None:
        left = circular(files)
        for file in files:
            replaced = [number for number in file.targets if (file, number) not in left]
            self.ends.update(((file, number), file.targets[number]) for number in replaced)
            self._copy(file, replaced)
        for file in files:
            for number in file.targets:
                if (file, number) not in left:
                    self._put(file, number)

    def _copy(self, file: File, numbers: Iterable[int]) -> None:
        """Makes a copy of each container below which something is replaced, and puts each into the one around it."""
        copies, holders, parents = self.copies, file.holders, file.parents
        done = bytearray(len(holders))
        for number in numbers:
            inner, at = -1, parents[number]
            while at >= 0:
                raw = holders[at]
                copy = copies.get(id(raw))
                if copy is None:
                    copy = copies[id(raw)] = raw.copy()
                if inner >= 0:
                    copy[file.keys[inner]] = copies[id(holders[inner])]
                if done[at]:
                    break
                done[at] = 1
                inner, at = at, parents[at]

    def _put(self, file: File, number: int) -> None:
        target = self._end(file.targets[number])
        parent = file.parents[number]
        if parent < 0:
            self.roots[file.document.path] = target
            return
        copy, key = self.copies[id(file.holders[parent])], file.keys[number]
        copy[key] = self._value(target)
        self.hops.setdefault(id(copy), {})[key] = Origin(target.file.document, target.path)

    def _value(self, target: Target) -> Any:
        return self.copies.get(id(target.value), target.value) if target.number >= 0 else target.value

    def _end(self, target: Target) -> Target:
        """What is at the end of a chain of references; from then on it is one step away."""
        seen: dict[Node, None] = {}
        while (node := (target.file, target.number)) in self.ends and node not in seen:
            seen[node] = None
            target = self.ends[node]
        self.ends.update(dict.fromkeys(seen, target))
        return target


def _reached(file: File) -> list[Node]:
    """The references of a document, and those in what they lead to in others."""
    found: dict[Node, None] = dict.fromkeys((file, number) for number in file.refs)
    waiting, seen = list(found), set[Node]()
    while waiting:
        one, number = waiting.pop()
        target = one.targets.get(number)
        if target is None or target.file is file or target.number < 0:
            continue
        inner = _inside(target, seen)
        waiting += [node for node in inner if node not in found]
        found |= dict.fromkeys(inner)
    return list(found)


def _inside(target: Target, seen: set[Node]) -> list[Node]:
    """The references in a container, and in those in it; what was seen before is left out."""
    file, found, waiting = target.file, list[Node](), [target.number]
    while waiting:
        number = waiting.pop()
        if (file, number) not in seen:
            seen.add((file, number))
            found += [(file, ref) for ref in file.nesting().refs.get(number, ())]
            waiting += file.nesting().parts.get(number, ())
    return found


def _missing(reached: Iterable[Node]) -> tuple[Missing, ...]:
    """Each place that is not there once, at the first reference to it."""
    found: dict[tuple[str, str], list[Origin]] = {}
    for file, number in reached:
        reason = file.missing.get(number)
        if reason:
            path, _ = named(file.document.path, file.holders[number]["$ref"])
            found.setdefault((path, reason), []).append(Origin(file.document, (*file.path(number), "$ref")))
    return tuple(
        Missing(min(places, key=_place), _told(reason, path, places), len(places) - 1)
        for (path, reason), places in found.items()
    )


def _place(origin: Origin) -> tuple[str, Any]:
    pointer = ""
    for step in origin.path:
        pointer = child(pointer, step)
    return origin.document.path, origin.document.span(pointer)


def _told(reason: str, path: str, places: Iterable[Origin]) -> str:
    elsewhere = path not in reason and any(one.document.path != path for one in places)
    return f"{reason} in '{path}'" if elsewhere else reason


def _places(reached: Iterable[Node], root: Document) -> frozenset[str]:
    """All places that are referred to, but not those that only refer to themselves."""
    found: set[str] = set()
    for file, number in reached:
        target = file.targets.get(number)
        if target is not None and target.file is file and target.number in file.above(number):
            continue
        path, fragment = named(file.document.path, file.holders[number]["$ref"])
        found.add(("" if path == root.path else path) + "#" + unescaped(unquote(fragment)))
    return frozenset(found)
