r"""A pattern of ECMA-262 written so that the `regex` package reads the same: `\d`, `$`, `.`, `{` and more differ."""

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|c([A-Za-z])|k<([^<>]*)>|([pP]\{[^{}]*\})|(.))"
    r"|\[\^?(?:[^\]\\]|\\.)*\]|\(\?<(?![=!])|\{\d{1,9}(?:,\d{0,9})?\}|.",
    re.DOTALL,
)
_SPACE: Final = r"\t\n\x0b\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WORD: Final = "A-Za-z0-9_"
_CLASSES: Final = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": f"[{_WORD}]",
    "W": f"[^{_WORD}]",
    "s": f"[{_SPACE}]",
    "S": f"[^{_SPACE}]",
    "b": f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    "B": f"(?:(?<=[{_WORD}])(?=[{_WORD}])|(?<![{_WORD}])(?![{_WORD}]))",
}
# What stands for a class inside of brackets; what is all but something has to be spelt out there.
_MEMBERS: Final = {
    "d": "0-9",
    "w": _WORD,
    "s": _SPACE,
    "D": r"\x00-\x2f\x3a-\U0010ffff",
    "W": r"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\U0010ffff",
    "S": r"\x00-\x08\x0e-\x1f\x21-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff"
    r"\u3001-\ufefe\uff00-\U0010ffff",
    "b": r"\x08",
}
_CONTROLS: Final = {"t": r"\t", "n": r"\n", "v": r"\x0b", "f": r"\f", "r": r"\r", "0": r"\x00"}
_PLAIN: Final = {"(": "(", ")": ")", "|": "|", "*": "*", "+": "+", "?": "?", "^": "^"}


def translated(pattern: str, flags: str = "") -> str:
    """The same pattern for the `regex` package, to be compiled with the flags I, M and S where `flags` has i, m, s."""
    return "".join(_outside(found, flags) for found in _TOKEN.finditer(pattern))


def _outside(found: re.Match[str], flags: str) -> str:
    text = found[0]
    if text[0] == "[" and len(text) > 1:
        return _brackets(text)
    if text[0] == "\\" and len(text) > 1:
        return _escape(found)
    if text == "(?<":
        return "(?P<"
    if text == "$":
        return r"(?=[\n\r\u2028\u2029]|\Z)" if "m" in flags else r"\Z"
    if text == ".":
        return "." if "s" in flags else r"[^\n\r\u2028\u2029]"
    return _PLAIN.get(text) or (text if len(text) > 1 else re.escape(text))


def _escape(found: re.Match[str]) -> str:
    name, char = found[5], found[7]
    if name is not None:
        return f"(?P={name})"
    if char is None:
        return _character(found)
    if char in _CLASSES:
        return _CLASSES[char]
    if char in _CONTROLS:
        return _CONTROLS[char]
    return f"\\{char}" if char.isdigit() else re.escape(char)


def _character(found: re.Match[str]) -> str:
    """An escape that names a character by number, or a Unicode property, which is written alike."""
    number = found[1] or found[2] or found[3]
    if number is not None:
        return f"\\U{min(int(number, 16), 0x10FFFF):08x}"
    return f"\\x{ord(found[4]) % 32:02x}" if found[4] is not None else found[0]


def _brackets(text: str) -> str:
    body = text[1:-1]
    if body in ("", "^"):
        return r"[\x00-\U0010ffff]" if body else r"(?!)"
    start = "^" if body[0] == "^" else ""
    return f"[{start}{''.join(_ranges(list(_TOKEN.finditer(_split(body[len(start) :])))))}]"


def _ranges(members: list[re.Match[str]]) -> Iterator[str]:
    """The members of brackets one after the other; a dash that makes no range is only a dash (annex B.1.4)."""
    at = 0
    while at < len(members):
        three = members[at : at + 3]
        is_range = len(three) == 3 and three[1][0] == "-"
        if is_range and not any(one[7] in _MEMBERS and one[7] != "b" for one in (three[0], three[2])):
            yield f"{_member(three[0])}-{_member(three[2])}"
        else:
            yield from (_member(one) for one in (three if is_range else three[:1]))
        at += 3 if is_range else 1


def _split(body: str) -> str:
    """The inside of brackets so that no character in it opens a group or brackets again."""
    return re.sub(r"\\.|[\[({]", lambda one: one[0] if len(one[0]) > 1 else "\\" + one[0], body, flags=re.DOTALL)


def _member(found: re.Match[str]) -> str:
    text, char = found[0], found[7]
    if len(text) == 1:
        return re.escape(text)
    if char is None:
        return text if found[5] is not None else _character(found)
    if char in _MEMBERS:
        return _MEMBERS[char]
    return _CONTROLS.get(char) or re.escape(char)
