"""What is wrong with a YAML text, where, and what to do about it."""

import re
from typing import Final

from integrationlint.model.document import Fault
from integrationlint.parse.text import Lines

# What YAML 1.2.2 (section 5.1) does not allow in a stream, and libyaml refuses.
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# libyaml's words for what it met, and ours for the person who has to mend it.
_HINTS: Final = {
    "mapping values are not allowed": "a ':' is not expected here: quote a text that contains one, or mend the indent",
    "could not find expected ':'": "a key without ':', or a text that is not indented far enough",
    "block sequence entries are not allowed": "a list item is not expected here: mend the indentation",
    "did not find expected key": "a key is expected here: mend the indentation, or quote the text before it",
    "did not find expected '-' indicator": "a list item '- ' is expected here: mend the indentation",
    "did not find expected ',' or ']'": "',' or ']' is expected here: the list is not closed",
    "did not find expected ',' or '}'": "',' or '}' is expected here: the mapping is not closed",
    "did not find expected node content": "a value is expected here",
    "did not find expected <document start>": "nothing more is expected here: the document had ended before",
    "found undefined tag handle": "the tag has a prefix that no %TAG line defines",
    "found unknown escape character": "this is no escape of YAML: double the backslash, or use single quotes",
}


def explain(text: str, problem: str, at: int, context: str, begun: int | None) -> Fault:
    """What the parser met at an offset, in words that help; what it was reading had `begun` at another."""
    lines = Lines(text)
    if begun is not None and "quoted scalar" in context and "end of stream" in problem:
        return lines.fault("syntax", "the quote that opens here is never closed", begun)
    hint = next((hint for words, hint in _HINTS.items() if words in problem), "")
    if "cannot start any token" in problem:
        char = text[at : at + 1]
        hint = "a tab cannot indent: use spaces" if char == "\t" else f"a text cannot begin with {char!r}: quote it"
    detail = problem if begun is None else f"{problem}, {context} in line {lines.position(begun).line}"
    return lines.fault("syntax", f"{hint} ({detail})" if hint else detail, at)


def unprintable(text: str) -> Fault:
    """The first character that no YAML text may contain."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return Lines(text).fault("syntax", "this is no YAML text", 0)
    message = f"U+{ord(found[0]):04X} may not stand in YAML: remove it, or write it as an escape"
    return Lines(text).fault("syntax", message, found.start())
