"""Every `$ref` of the documents that refer to each other, and the place that each one names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from integrationlint.model.document import Document
from integrationlint.model.location import unescaped
from integrationlint.spectral.nouns import Path

# Gives the document of a path from the root of the snapshot, or of a URL; None where there is none to be had.
Load = Callable[[str], Document | None]

# A place may be reached through other references; more of them than this are a circle.
_LONGEST_CHAIN: Final = 100


class Nesting(NamedTuple):
    """How the containers that something refers to stand in each other.

    `around` gives for each container the number of the closest one that it is or stands in, -1 for none; `refs` and
    `parts` the references and further ones that are closest to one.
    """

    around: list[int]
    refs: dict[int, list[int]]
    parts: dict[int, list[int]]


@dataclass(slots=True, eq=False)
class File:
    """A document taken apart: its containers, each with the number and the key of where it stands in another.

    `refs` are the numbers of the containers that are references, in no order that says anything.
    `targets` and `missing` say what each of these refers to, or why to nothing, '' where nobody can know. `referred`
    are the containers that something refers to so far.
    """

    document: Document
    holders: list[Any]
    parents: list[int]
    keys: list[str | int]
    refs: list[int]
    numbers: dict[int, int]
    targets: "dict[int, Target]" = field(default_factory=dict)
    missing: dict[int, str] = field(default_factory=dict)
    referred: set[int] = field(default_factory=set)
    _nesting: tuple[int, Nesting] | None = None

    def path(self, number: int) -> Path:
        """The path of a container."""
        found: list[str | int] = []
        while number > 0:
            found.append(self.keys[number])
            number = self.parents[number]
        return tuple(reversed(found))

    def nesting(self) -> Nesting:
        """How the containers that are referred to stand in each other."""
        if self._nesting is None or self._nesting[0] != len(self.referred):
            self._nesting = len(self.referred), self._nested()
        return self._nesting[1]

    def _nested(self) -> Nesting:
        found = Nesting([], {}, {})
        around, referred = found.around, self.referred
        for number, parent in enumerate(self.parents):  # what is around a container has a lower number
            outer = around[parent] if parent >= 0 else -1
            if number in referred:
                around.append(number)
                found.parts.setdefault(outer, []).append(number)
            else:
                around.append(outer)
        for number in self.refs:
            found.refs.setdefault(around[number], []).append(number)
        return found

    def above(self, number: int) -> Iterator[int]:
        """The containers that something refers to among a container and those it stands in, innermost first."""
        around = self.nesting().around
        at = around[number]
        while at >= 0:
            yield at
            parent = self.parents[at]
            at = around[parent] if parent >= 0 else -1


class Target(NamedTuple):
    """What a reference names: the number of the container, -1 for what is none, and the value."""

    file: File
    number: int
    path: Path
    value: Any


def taken_apart(document: Document) -> File:
    """The containers of a document and the references in it; what stands beside a `$ref` does not count."""
    holders: list[Any] = [document.value] if isinstance(document.value, dict | list) else []
    parents, refs = [-1], list[int]()
    keys: list[str | int] = [""]
    add, add_parent, add_key = holders.append, parents.append, keys.append
    for number, here in enumerate(holders):
        if type(here) is dict:
            if "$ref" in here and type(here["$ref"]) is str:
                refs.append(number)
                continue
            members: Any = here.items()
        else:
            members = enumerate(here)
        for key, value in members:
            if type(value) is dict or type(value) is list:
                add(value)
                add_parent(number)
                add_key(key)
    numbers = dict(zip(map(id, holders), range(len(holders)), strict=True))
    return File(document, holders, parents, keys, refs, numbers)


class References:
    """The documents so far, each taken apart once, and what their references name."""

    def __init__(self, load: Load) -> None:
        """Take where documents come from."""
        self._load = load
        self._files: dict[str, File | None] = {}
        self._found: dict[tuple[str, str], Target | str] = {}

    def closure(self, document: Document) -> list[File]:
        """The document, and all that it leads to, as far as they are new: with the targets of their references."""
        if document.path in self._files:
            return []
        new = [self._add(document)]
        for file in new:
            for number in file.refs:
                path, _ = named(file.document.path, file.holders[number]["$ref"])
                if path not in self._files:
                    other = self._load(path)
                    self._files[path] = None
                    if other is not None:
                        new.append(self._add(other))
        for file in new:
            self._look_up(file)
        return new

    def file(self, path: str) -> File | None:
        """The document of a path, if it is one of those so far."""
        return self._files.get(path)

    def _add(self, document: Document) -> File:
        file = self._files[document.path] = taken_apart(document)
        return file

    def _look_up(self, file: File) -> None:
        here = file.document.path
        for number in file.refs:
            found = self._target(here, file.holders[number]["$ref"])
            if isinstance(found, str):
                file.missing[number] = found
            else:
                file.targets[number] = found
                if found.number >= 0:
                    found.file.referred.add(found.number)

    def _target(self, here: str, text: str) -> Target | str:
        """What a reference names, or why there is nothing; no reason where that cannot be known without a network."""
        path, fragment = named(here, text)
        key = (path, fragment)
        if key not in self._found:
            self._found[key] = self._find(path, fragment)
        return self._found[key]

    def _find(self, path: str, fragment: str) -> Target | str:
        file = self._files.get(path)
        if file is None:
            return "" if is_url(path) else f"'{path}' cannot be read: there is no such file"
        if fragment and not fragment.startswith("/"):
            return f"'#{fragment}' is no JSON pointer"
        steps = [unescaped(unquote(step)) for step in fragment.split("/")[1:]]
        return self._walk(file, steps) or f"'#{fragment}' does not exist"

    def _walk(self, file: File, steps: list[str]) -> Target | None:
        """The place at the end of the steps, which may lead through other references."""
        waiting, chain = list(reversed(steps)), 0
        here, path = file.document.value, []
        while waiting:
            step = waiting.pop()
            child = _member(here, step)
            if child is not None:
                key, here = child
                path.append(key)
                continue
            if not isinstance(here, dict) or not isinstance(here.get("$ref"), str) or chain == _LONGEST_CHAIN:
                return None
            chain += 1
            next_path, fragment = named(file.document.path, here["$ref"])
            other = self._files.get(next_path)
            if other is None or (fragment and not fragment.startswith("/")):
                return None
            file, here, path = other, other.document.value, []
            waiting += [step, *(unescaped(unquote(one)) for one in reversed(fragment.split("/")[1:]))]
        return Target(file, file.numbers.get(id(here), -1), tuple(path), here)


def _member(value: Any, step: str) -> tuple[str | int, Any] | None:
    if isinstance(value, dict) and step in value:
        return step, value[step]
    if isinstance(value, list) and step.isdecimal() and len(step) < 10 and int(step) < len(value):
        return int(step), value[int(step)]
    return None


def named(here: str, text: str) -> tuple[str, str]:
    """The path (or URL) and the fragment that a reference written in the document at `here` names (RFC 3986)."""
    before, _, fragment = text.partition("#")
    if not before:
        return here, fragment
    if is_url(before) or is_url(here):
        return urljoin(here, before), fragment
    return normpath(join(dirname(here), unquote(before).lstrip("/"))), fragment


def is_url(path: str) -> bool:
    """Whether this is no path of a file: it has a scheme."""
    try:
        return "://" in path or bool(urlsplit(path).scheme)
    except ValueError:
        return True
