"""Field paths as mapping specifications write them: XPath, JSONPath, dotted, with or without decorations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from integrationlint.formats.mappings.memory import remembered

# What people write where nothing is known or wanted.
MISSING: Final = frozenset(["", "n/a", "na", "n.a.", "n.a", "-", "--", "---", "–", "—", "none", "nil", "."])
PENDING: Final = frozenset(["tbd", "t.b.d.", "tba", "tbc", "todo", "to do", "?", "??", "???", "open"])

# Names of the message itself, in front of its fields: Mule, Camel, Workato, hand-written specifications.
MESSAGES: Final = frozenset(["$", "payload", "body", "msg"])
LONGEST: Final = 500
DEEPEST: Final = 100

_LONGEST_EMPTY: Final = max(map(len, MISSING | PENDING))
_OPEN: Final = {"(": ")", "[": "]", "{": "}"}
_ENCLOSING = re.compile(r"['\"()\[\]{}]")
_WRAPPED = re.compile(r"(?:\$\{|\{\{|#\[)\s*([^{}]*?)\s*(?:\}\}|\}|\])$")
_PREFIX = re.compile(r"(?:child::|attribute::)?(?:\{[^}]*\}|[A-Za-z_][\w.-]*:(?=[A-Za-z_*@]))?")
_NODE_TEST = re.compile(r"(?:text|node|data|current)\(\)$")
_PROSE = re.compile(r"[()=<>\"!,;*+|&]|\S+(?:\s+\S+){4}")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*$")


@dataclass(frozen=True, slots=True)
class FieldPath:
    """A path from the root of a message.

    `labels` are the steps with their selectors (`contact[type='home']`, `name[1]`): another selector is another
    place. `repeated` counts the leading steps up to the last array mark (0: none). `known` counts those before a
    wildcard or a descendant step, which only an evaluation could follow; all of them when there is none.
    """

    steps: tuple[str, ...]
    labels: tuple[str, ...]
    repeated: int
    known: int

    @property
    def text(self) -> str:
        """The normalised text: names and selectors, joined by dots."""
        return ".".join(self.labels)

    @property
    def exact(self) -> bool:
        """Whether each step names one field."""
        return self.known == len(self.steps)

    @property
    def loop(self) -> str:
        """The path that is repeated, empty where nothing says so."""
        return ".".join(self.labels[: self.repeated])

    def below(self, outer: "FieldPath | None") -> "FieldPath":
        """The path from the root when this one is written relative to another."""
        if outer is None:
            return self
        depth = len(outer.steps)
        if depth > DEEPEST:
            return FieldPath(self.steps, self.labels, self.repeated, 0)
        repeated = depth + self.repeated if self.repeated else outer.repeated
        known = depth + self.known if outer.exact else outer.known
        return FieldPath(outer.steps + self.steps, outer.labels + self.labels, repeated, known)


def is_missing(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, `N/A`, or that it is still open."""
    text = text.strip()
    return len(text) <= _LONGEST_EMPTY and (text.casefold() in MISSING or text.casefold() in PENDING)


def is_pending(text: str) -> bool:
    """Whether a cell says that it is still to be decided: `TBD`, `todo`, `?`."""
    text = text.strip()
    return len(text) <= _LONGEST_EMPTY and text.casefold() in PENDING


def split_outside(text: str, marks: str) -> Iterator[tuple[str, str]]:
    """The pieces between marks that stand outside brackets and quotes, each with the mark in front of it ('' first).

    A quote that is never closed, or stands inside a word, is an ordinary character; behind a bracket that is never
    closed nothing is split.
    """
    if not _ENCLOSING.search(text):
        start, mark = 0, ""
        for found in re.finditer(f"[{re.escape(marks)}]", text):
            yield mark, text[start : found.start()]
            start, mark = found.end(), found[0]
        yield mark, text[start:]
        return
    yield from _split_slowly(text, marks)


def _split_slowly(text: str, marks: str) -> Iterator[tuple[str, str]]:
    start, mark, quote = 0, "", ""
    closing: list[str] = []
    for index, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"" and not (index and text[index - 1].isalnum()):
            quote = sign if text.find(sign, index + 1) > 0 else ""
        elif sign in _OPEN:
            closing.append(_OPEN[sign])
        elif closing:
            if sign == closing[-1]:
                closing.pop()
        elif sign in marks:
            yield mark, text[start:index]
            start, mark = index + 1, sign
    yield mark, text[start:]


@remembered
def read_paths(text: str) -> tuple[FieldPath, ...]:
    """The paths of a cell that may name several (`first; last`, one per line, `a + b`); none if any is not a path."""
    if len(text) > LONGEST:
        return ()
    paths = []
    for _, piece in split_outside(text, ";,\n|+&"):
        path = read_path(piece)
        if path is not None:
            paths.append(path)
        elif piece.strip():
            return ()
    return tuple(paths)


@remembered
def read_path(text: str) -> FieldPath | None:
    """The path that a cell names; None for nothing, a literal, an expression or a sentence.

    Dropped: `$`, a leading `/`, `payload.` and its like, namespace prefixes, the `@` of attributes. Kept beside the
    steps: `[]` and `[*]`, indices, predicates. `/` separates where it occurs, `.` and `@` otherwise.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    wrapped = _WRAPPED.match(text)
    if wrapped:
        text = wrapped[1]
    if is_missing(text) or _NUMBER.match(text) or text[0] in "'\"=":
        return None
    slashed = "/" in text and any(mark == "/" for mark, _ in split_outside(text, "/"))
    reader = _Reader(slashed=slashed)
    for mark, piece in split_outside(text, "/@" if slashed else ".@"):
        if not reader.take(mark, piece.strip()):
            return None
    return reader.result()


class _Reader:
    """Collects the steps of one path."""

    def __init__(self, *, slashed: bool) -> None:
        self.slashed = slashed
        self.steps: list[str] = []
        self.labels: list[str] = []
        self.repeated = 0
        self.known: int | None = None
        self.gap = 0

    def take(self, mark: str, piece: str) -> bool:
        """Add a piece; False when it cannot be part of a path."""
        if not piece:
            # Nothing between two marks is a descendant step (`//id`, `$..id`), save before the mark of an attribute.
            self.gap += mark != ""
            return True
        if self.gap > (mark == "@"):
            self._stop()
        self.gap = 0
        if piece == ".":
            return True
        if piece == "..":
            self._rise()
            return True
        return _NODE_TEST.match(piece) is not None or self._step(piece)

    def _step(self, piece: str) -> bool:
        prefix = _PREFIX.match(piece)
        rest = piece[prefix.end() :] if prefix else piece
        name = rest.partition("[")[0].strip()
        if name in ("*", "**"):
            self._star(name)
        elif _PROSE.search(name):
            return False
        elif name:
            self._add(name)
        for inside in _brackets(rest) if "[" in rest else ():
            self._bracket(inside)
        return True

    def _rise(self) -> None:
        if self.steps:
            self.steps.pop()
            self.labels.pop()
        else:
            self._stop()

    def _star(self, name: str) -> None:
        if name == "*" and not self.slashed:
            self.repeated = len(self.steps)
        else:
            self._stop()
            self._add(name)

    def _add(self, name: str) -> None:
        self.steps.append(name)
        self.labels.append(name)

    def _bracket(self, inside: str) -> None:
        if inside in ("", "*"):
            self.repeated = len(self.steps)
        elif inside[0] in "'\"" and inside[-1] == inside[0] and len(inside) > 2:
            self._add(inside[1:-1])
        elif self.labels:
            self.labels[-1] += f"[{inside}]"

    def _stop(self) -> None:
        if self.known is None:
            self.known = len(self.steps)

    def result(self) -> FieldPath | None:
        """The path, without the name of the message in front of it."""
        steps = self.steps
        known = len(steps) if self.known is None else min(self.known, len(steps))
        skip = 0
        while skip < len(steps) - 1 and steps[skip] in MESSAGES:
            skip += 1
        if not steps or steps == ["$"]:
            return None
        return FieldPath(
            tuple(steps[skip:]), tuple(self.labels[skip:]), max(self.repeated - skip, 0), max(known - skip, 0)
        )


def _brackets(text: str) -> Iterator[str]:
    """What stands in each top-level pair of square brackets."""
    depth, start = 0, 0
    for index, sign in enumerate(text):
        if sign == "[":
            depth += 1
            start = index + 1 if depth == 1 else start
        elif sign == "]" and depth:
            depth -= 1
            if depth == 0:
                yield text[start:index].strip()
