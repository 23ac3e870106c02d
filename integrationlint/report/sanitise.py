"""The one way out for untrusted text: nothing it says may act on a terminal, a CI runner or a Markdown reader."""

import re
from typing import Final

# What cannot be seen or moves what is seen: C0, DEL and C1 controls, fillers, bidirectional controls (Trojan Source,
# CVE-2021-42574), line and paragraph separators, byte order mark, noncharacters, lone surrogates, tag characters.
# Joiners (200C, 200D) and the variation selectors FE00-FE0F stay: Persian, Hindi and emoji are written with them.
_HIDDEN: Final = (
    "\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff"
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"
)
# As text: `re` compiles them when the first text needs it, and most never do.
_UNSEEN: Final = f"[\\x00-\\x1f{_HIDDEN}]"
_UNSEEN_IN_JSON: Final = f"[{_HIDDEN}]"
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

# Runners compare by culture (.NET IndexOf and StartsWith), which does not see joiners and variation selectors.
_SKIPPED: Final = "[\\u200c\\u200d\\ufe00-\\ufe0f]*"
# The end of a text may be an opening too: the colour that follows begins with an escape, unseen as well, and a `[`.
_OPENINGS: Final = "|".join(_SKIPPED.join((*word, r"(?:\[|\Z)")) for word in ("", "vso", "teamcity"))
_COMMAND: Final = f"(?i:#(?={_SKIPPED}#{_SKIPPED}(?:{_OPENINGS})))"
# The GitHub runner skips blanks before `::command::`, those of Unicode too (String.Trim).
_OPENING: Final = f"(?:\\s|{_SKIPPED[:-1]})*:(?={_SKIPPED}:)"
_PLAIN_START: Final = re.compile(r"[\w./~-]")

# What forges turn into links and notices on their own: @mention, #1, !1, $1, %1, ~1, &1, GH-1, https://, www.
_LINKED: Final = r"(?i:[@#!$%~&](?=\w)|:(?=//)|\bGH(?=-\d)|\bwww(?=\.))"
_SPACELESS: Final = "\u200b"
_MARKS: Final = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-.!|~$"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", _SPACELESS: "&#8203;"}
)
# The marks that mean something inside a line; `_` only where it could emphasise.
_INLINE: Final = r"[\\`*\[\]<>&~$|]|(?<!\w)_|_(?!\w)"
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Host, port, path and fragment; no user, no query.
_PAGE: Final = r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?(?:#[\w.~/-]*)?"
_TICKS: Final = re.compile("`+")


def visible(text: str) -> str:
    r"""The text on one line, with all that cannot be seen written out: `\n`, `\x1b`, `\u202e`, `\U000e0041`."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_UNSEEN, _escape, text)


def line(text: str) -> str:
    """One line of text that is safe anywhere but at the start of a line.

    Besides `visible`, it breaks the openings of CI commands that are obeyed anywhere in a line: `##[` (GitHub runner,
    ActionCommand.TryParse), `##vso[` (Azure Pipelines agent, Command.TryParse) and `##teamcity[`, each as `# #…`.
    """
    safe = visible(text)
    return re.sub(_COMMAND, "# ", safe) if "#" in safe else safe


def start(path: str) -> str:
    """A path that may begin a line: `./` goes in front unless it begins like an ordinary path.

    The GitHub runner obeys `::command::` at the start of a line, blanks skipped (ActionCommand.TryParseV2).
    """
    safe = line(path)
    return safe if _PLAIN_START.match(safe) else f"./{safe}"


def opening(text: str) -> str:
    """One line of text that may begin a line as it is, as in a block of code: `::` at its start becomes `: :`."""
    safe = line(text)
    found = re.match(_OPENING, safe) if "::" in re.sub(_SKIPPED, "", safe) else None
    return f"{safe[: found.end()]} {safe[found.end() :]}" if found else safe


def pieces(text: str) -> list[str]:
    """What `line` would show for each code point of the text; a tab is four blanks."""
    shown = ["    " if char == "\t" else visible(char) for char in text]
    for found in re.finditer(_COMMAND, text):
        shown[found.start()] = "# "
    return shown


def markdown_text(text: str) -> str:
    """One line of Markdown that renders as the text and as nothing else.

    CommonMark sections 2.4 (backslash escapes) and 2.5 (entities). Links that forges find in rendered text, where
    no escape counts, are ended by a zero-width space; the text itself holds none after `line`.
    """
    return re.sub(_LINKED, rf"\g<0>{_SPACELESS}", line(text)).translate(_MARKS)


def markdown_inline(text: str) -> str:
    """Markdown behind other words on its line: like `markdown_text`, but it reads well where it is shown as it is."""
    linked = re.sub(_LINKED, rf"\g<0>{_SPACELESS}", line(text))
    return re.sub(_INLINE, lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), linked)


def markdown_code(text: str) -> str:
    """A Markdown code span (CommonMark section 6.1), fenced longer than any run of backticks in the text.

    Not for table cells, where a `|` would end the span.
    """
    safe = line(text)
    if not safe.strip(" "):
        return "` `"
    fence = "`" * (_longest(safe) + 1)
    padding = " " if safe[0] in "` " or safe[-1] in "` " else ""
    return f"{fence}{padding}{safe}{padding}{fence}"


def markdown_block(lines: list[str]) -> list[str]:
    """A fenced Markdown code block (CommonMark section 4.5) of lines which are sanitised already."""
    fence = "`" * max(3, *(_longest(one) + 1 for one in lines))
    return [f"{fence}text", *map(opening, lines), fence]


def link(url: str) -> str:
    """The address of a web page if it may be linked, else nothing: https, and RFC 3986's characters alone."""
    return url if re.fullmatch(_PAGE, url, re.ASCII) else ""


def json_text(text: str) -> str:
    r"""Serialised JSON with all that cannot be seen, and CI commands, as `\u` escapes: the same value, in safe text.

    A lone surrogate has no place in UTF-8 (RFC 8259 section 8.1) and becomes the six characters of its escape.
    """
    return re.sub(_COMMAND, r"\\u0023", re.sub(_UNSEEN_IN_JSON, _json_escape, text))


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT:
        return _SHORT[char]
    code_point = ord(char)
    if code_point < 0x100:
        return f"\\x{code_point:02x}"
    return f"\\u{code_point:04x}" if code_point < 0x10000 else f"\\U{code_point:08x}"


def _json_escape(found: re.Match[str]) -> str:
    code_point = ord(found[0])
    if 0xD800 <= code_point <= 0xDFFF:
        return f"\\\\u{code_point:04x}"
    if code_point < 0x10000:
        return f"\\u{code_point:04x}"
    code_point -= 0x10000
    return f"\\u{0xD800 + (code_point >> 10):04x}\\u{0xDC00 + (code_point & 0x3FF):04x}"


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
