"""The words of a filter: names, numbers, strings, regular expressions and signs, from a place in the text on."""

import re
from typing import Any, Final, NamedTuple

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.javascript import UNDEFINED
from integrationlint.dialects.jsonpath.steps import PathError
from integrationlint.dialects.matching import javascript_pattern

_WORD: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<name>[A-Za-z_$@\u0080-\uffff][\w$@]*)
    |(?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<sign>===|!==|\*\*|==|!=|<=|>=|&&|\|\||\?\?|\?\.|~=|[-+*/%!~<>()\[\],.?:])""",
    re.VERBOSE | re.DOTALL,
)
_REGEX: Final = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([A-Za-z0-9]*)")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
_CONSTANTS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None, "undefined": UNDEFINED}
_OPERATORS: Final = ("in", "void", "typeof")


class Token(NamedTuple):
    """A word, what a value stands for, where it begins and ends. kind: name, value, sign or end."""

    kind: str
    text: str
    value: Any
    start: int
    end: int


def token(text: str, at: int, *, operand: bool) -> Token:
    """The word at or after a place; where an operand is due, `/` begins a regular expression."""
    while True:
        if operand and text[at : at + 1] == "/":
            return _regex(text, at)
        found = _WORD.match(text, at)
        if found is None:
            return _unreadable(text, at)
        if found.lastgroup != "space":
            return _word(found)
        at = found.end()


def _word(found: re.Match[str]) -> Token:
    text, kind = found[0], found.lastgroup
    value: Any = None
    if kind == "string":
        kind, value = "value", _ESCAPE.sub(_escaped, text[1:-1])
    elif kind == "number":
        kind, value = "value", _number(text)
    elif text in _CONSTANTS:
        kind, value = "value", _CONSTANTS[text]
    elif text in _OPERATORS:
        kind = "sign"
    return Token(str(kind), text, value, found.start(), found.end())


def _number(text: str) -> float:
    if text[:2] in ("0x", "0X"):
        return int(text, 16)
    return int(text) if text.isdecimal() and len(text) < 16 else float(text)


def _escaped(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    return chr(int(number, 16)) if number else _ESCAPES.get(found[3], found[3])


def _regex(text: str, at: int) -> Token:
    found = _REGEX.match(text, at)
    if found is None:
        raise PathError("a regular expression is never closed by '/'", at)
    try:
        pattern = javascript_pattern(found[1], found[2])
    except PatternError as error:
        raise PathError(f"the regular expression {found[0]} cannot be read: {error}", at) from None
    return Token("value", found[0], pattern, at, found.end())


def _unreadable(text: str, at: int) -> Token:
    if at >= len(text):
        return Token("end", "", None, at, at)
    if text[at] in "\"'":
        raise PathError("a string is never closed", at)
    hint = {"=": ": compare by '==' or '==='", "&": ": 'and' is '&&'", "|": ": 'or' is '||'"}.get(text[at], "")
    raise PathError(f"'{text[at]}' has no meaning in a filter{hint}", at)
