"""Regular expressions of ECMA-262 (section 22.2.1 with annex B.1.2), the syntax of `pattern`, to a tree."""

import re
from dataclasses import dataclass
from typing import Final, NoReturn

LONGEST: Final = 5_000
DEEPEST: Final = 40

_QUANTIFIER: Final = re.compile(r"(?:([*+?])|\{(\d{1,9})(?:(,)(\d{0,9}))?\})\??")
_NO_LOWER: Final = re.compile(r"\{,\d+\}")
_ESCAPE: Final = re.compile(
    r"\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^{}]*\}|k<[^<>]*>|[1-9][0-9]{0,2}|.)",
    re.DOTALL,
)
_CLASS: Final = re.compile(r"\[\^?(?:[^\]\\]++|\\.)*+\]", re.DOTALL)
_OPEN: Final = re.compile(r"\((?:\?(:|=|!|<=|<!|<[A-Za-z_$][\w$]*>|[ims]*(?:-[ims]+)?:))?")
_RANGE: Final = re.compile(r"\\(?:u\{[^}]*\}|[pP]\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|.", re.DOTALL)
# What other dialects mean by these, ECMA-262 does not: it reads the letter itself.
_FOREIGN: Final = {"\\A": "^", "\\Z": "$", "\\z": "$", "\\Q": "", "\\E": "", "\\G": "", "\\K": "", "\\R": "", "\\X": ""}
_UNKNOWN_GROUPS: Final = {
    "(?P": "a named group is written (?<name>…)",
    "(?>": "there are no atomic groups",
    "(?#": "there are no comments",
}


class PatternError(ValueError):
    """The pattern is not one of ECMA-262; the text says why, for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An atom (the text of a character, class, escape or assertion, or a group), how often: `most` None is endless."""

    atom: "str | Group"
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, each a sequence of items. kind: empty where it captures, `:`, `=`, `!`, `<=`, `<!`, `<name>`."""

    kind: str
    branches: list[list[Item]]


def parse(pattern: str) -> Group:
    """The tree of a pattern. PatternError when it is malformed, or longer or deeper nested than the limits."""
    if len(pattern) > LONGEST:
        raise PatternError(f"it has more than {LONGEST} characters")
    stack = [Group("", [[]])]
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "|":
            stack[-1].branches.append([])
            at += 1
            continue
        if char == "(":
            at = _open(pattern, at, stack)
            continue
        if char == ")":
            if len(stack) == 1:
                _refuse("a ')' closes nothing", at)
            atom: str | Group = stack.pop()
            end = at + 1
        else:
            atom = _atom(pattern, at)
            end = at + len(atom)
        item, at = _repeated(pattern, end, atom)
        stack[-1].branches[-1].append(item)
    if len(stack) > 1:
        _refuse("a '(' is never closed", len(pattern))
    return stack[0]


def _open(pattern: str, at: int, stack: list[Group]) -> int:
    found = _OPEN.match(pattern, at)
    if found is None or (found[0] == "(" and pattern[at + 1 : at + 2] == "?"):
        start = pattern[at : at + 3]
        _refuse(f"'{start}' opens no group: {_UNKNOWN_GROUPS.get(start, 'there are no inline flags')}", at)
    if len(stack) > DEEPEST:
        _refuse(f"groups are nested deeper than {DEEPEST} levels", at)
    stack.append(Group(found[1] or "", [[]]))
    return found.end()


def _atom(pattern: str, at: int) -> str:
    char = pattern[at]
    if char == "\\":
        found = _ESCAPE.match(pattern, at)
        if found is None:
            _refuse("it ends with a backslash", at)
        if found[0] in _FOREIGN:
            instead = _FOREIGN[found[0]]
            _refuse(f"'{found[0]}' means the letter here{f': use {instead!r}' if instead else ''}", at)
        return found[0]
    if char == "[":
        found = _CLASS.match(pattern, at)
        if found is None:
            _refuse("a '[' is never closed", at)
        _check_class(found[0], at)
        return found[0]
    if char == "{" and _NO_LOWER.match(pattern, at):
        _refuse("a count without its lower number is read as text: write {0,…}", at)
    if char in "*+?" or (char == "{" and _QUANTIFIER.match(pattern, at)):
        _refuse(f"there is nothing to repeat before '{char}'", at)
    return char


def _check_class(text: str, at: int) -> None:
    if "[:" in text and re.search(r"\[:\^?[a-z]+:$", text[:-1]):
        _refuse("there are no POSIX classes such as [:alpha:]", at)
    members = _RANGE.findall(text[1:-1].removeprefix("^"))
    index = 0
    while index + 2 < len(members):
        first, dash, last = members[index : index + 3]
        if dash == "-" and len(first) == 1 == len(last) and first > last:
            _refuse(f"the range '{first}-{last}' is the wrong way round", at)
        # What ends a range begins no other.
        index += 3 if dash == "-" else 1


def _repeated(pattern: str, end: int, atom: str | Group) -> tuple[Item, int]:
    found = _QUANTIFIER.match(pattern, end)
    if found is None:
        return Item(atom), end
    if atom in ("^", "$", "\\b", "\\B") or (isinstance(atom, Group) and atom.kind in ("<=", "<!")):
        _refuse("an assertion cannot be repeated", end)
    if found[1]:
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[found[1]]
    else:
        least = int(found[2])
        most = (int(found[4]) if found[4] else None) if found[3] else least
    if most is not None and most < least:
        _refuse(f"'{found[0]}' has its numbers the wrong way round", end)
    return Item(atom, least, most), found.end()


def _refuse(message: str, at: int) -> NoReturn:
    raise PatternError(f"{message} (character {at + 1})")
