"""Texts: what they must not contain, wherever they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.location import Position, Span, child
from integrationlint.model.rule import Problem

_TEXTS: Final = ("title", "summary", "description")
# Markdown is shown as HTML (CommonMark section 6.6): these run, or load, what a stranger wrote.
_UNSAFE: Final = re.compile(
    r"<(?:script|iframe|object|embed|applet)\b|<[a-z][^<>]{0,200}\bon[a-z]{3,20}\s*=|(?:javascript|vbscript)\s*:"
    r"|data:text/html|\beval\s*\(",
    re.IGNORECASE,
)
# What Markdown shows as it is: code between backticks or fences (CommonMark sections 4.5 and 6.1).
_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
# What tells in a search of megabytes that one of these may be there at all: plain characters come first in each.
_SUSPECTS: Final = (
    re.compile(r"<(?:[sS][cC][rR]|[iI][fF][rR]|[oO][bB][jJ]|[eE][mM][bB]|[aA][pP][pP])"),
    re.compile(r" on(?:error|load|click|mouse|focus)[a-z]*\s*="),
    re.compile(r"cript\s*:"),
    re.compile(r"data:text/html"),
    re.compile(r"eval\s*\("),
)
# CVE-2021-42574: these change the order in which a text is shown, without a trace on the screen.
_REORDERING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff"
_LATIN: Final = re.compile("[A-Za-z]")
_LOOK_ALIKE: Final = re.compile("[\u0370-\u03ff\u0400-\u052f\uff21-\uff5a]")
# What may stand before the root element (XML 1.0 section 2.8).
_DOCTYPE: Final = re.compile(r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+)*+<!DOCTYPE\s+(\S+)", re.DOTALL)
_LINE_END: Final = re.compile(r"\r\n?|\n")
_AS_UTF_8: Final = (Repair("utf-8"),)


def safe_markdown(element: Element) -> Iterable[Problem]:
    """No title, summary or description holds markup that runs or loads something where it is shown."""
    if element.parent is not None:
        return ()
    text = element.document.text
    return _unsafe(element) if any(mark.search(text) for mark in _SUSPECTS) else ()


def _unsafe(root: Element) -> Iterator[Problem]:
    for element, at, text in _written(root):
        found = _UNSAFE.search(_CODE.sub("", text))
        if found is not None:
            yield Problem({"value": found[0]}, element=element, at=at, key=False)


def _written(root: Element) -> Iterator[tuple[Element, str, str]]:
    for element in root.walk():
        facts = element.facts
        for name in _TEXTS:
            text = facts.get(name)
            if isinstance(text, str) and text:
                yield element, _place(element, name), text


def _place(element: Element, name: str) -> str:
    return child("/info" if element.kind == "api" else element.pointer, name)


def finished(
    element: Element, *, words: tuple[str, ...] = ("TODO", "FIXME", "TBD", "lorem ipsum")
) -> Iterable[Problem]:
    """No title, summary or description still holds a mark of what is to be written.

    Case counts, but a phrase may begin with a capital.
    """
    if element.parent is not None:
        return ()
    text = element.document.text
    # A search finds plain text faster than `in` does.
    there = [word for word in words if any(re.search(re.escape(one), text) for one in _forms(word))]
    return _unfinished(element, there) if there else ()


def _unfinished(root: Element, words: list[str]) -> Iterator[Problem]:
    forms = "|".join(re.escape(form) for word in words for form in _forms(word))
    pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")
    for element, at, text in _written(root):
        found = pattern.search(text)
        if found is not None:
            yield Problem({"value": found[0]}, element=element, at=at, key=False)


def _forms(word: str) -> tuple[str, ...]:
    return (word, word.capitalize()) if " " in word else (word,)


def avoided(element: Element, *, words: Mapping[str, str]) -> Iterable[Problem]:
    """No title, summary or description holds a word of the list; `words` maps each to what to write instead."""
    if element.parent is not None or not words:
        return ()
    there = _held(element.document.text, words)
    return _avoided(element, there, words) if there else ()


def _held(text: str, words: Iterable[str]) -> list[str]:
    """The words that are somewhere in a text, in any case."""
    plain = text.encode("utf-8", "surrogatepass").lower()  # ten times as fast as in code points; lowers ASCII alone
    other = "" if all(word.isascii() for word in words) else text.lower()
    return [word for word in words if (word.lower().encode() in plain if word.isascii() else word.lower() in other)]


def _avoided(root: Element, there: list[str], words: Mapping[str, str]) -> Iterator[Problem]:
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, there)) + r")\b", re.IGNORECASE)
    instead = {word.lower(): one for word, one in words.items()}
    for element, at, text in _written(root):
        found = pattern.search(text)
        if found is not None:
            words_ = {"value": found[0], "instead": instead[found[0].lower()]}
            yield Problem(words_, element=element, at=at, key=False)


def visible(element: Element) -> Iterable[Problem]:
    """No text reorders what is shown, and no name holds characters that cannot be seen or told from others."""
    if element.parent is not None or element.document.text.isascii():
        return ()
    return _hidden(element)


def _hidden(root: Element) -> Iterator[Problem]:
    text = root.document.text
    for char in _REORDERING:
        at = text.find(char)
        if at >= 0:
            problem = f"U+{ord(char):04X} changes the order in which the text around it is shown"
            yield Problem({"problem": problem}, element=_at(root, at, at + 1))
    for element in root.walk():
        name = element.name
        if name.isascii():
            continue
        if any(char in name for char in _INVISIBLE):
            yield Problem({"problem": f"the name {name!a} holds characters that cannot be seen"}, element=element)
        elif _LOOK_ALIKE.search(name) and _LATIN.search(name):
            problem = f"the name '{name}' mixes Latin letters with others that look the same: {name!a}"
            yield Problem({"problem": problem}, element=element)


def _at(root: Element, start: int, end: int) -> Element:
    """A place in the text that no pointer names."""
    text = root.document.text
    before = _LINE_END.split(text[:start])
    line, column = len(before), len(before[-1]) + 1
    return Element(
        "document", "", root.document, span=Span(Position(line, column), Position(line, column + end - start))
    )


def no_doctype(element: Element, *, allow: tuple[str, ...] = ()) -> Iterable[Problem]:
    """An XML document has no DOCTYPE, which is how entities are declared (CWE-611, CWE-776).

    `allow` names the root elements of documents whose tool always writes one.
    """
    document = element.document
    if element.parent is not None or document.syntax != "xml" or document.value is None:
        return ()
    found = _DOCTYPE.match(document.text[:20_000])
    if found is None or found[1].rstrip("[>") in allow:
        return ()
    return (Problem(element=_at(element, found[0].index("<!DOCTYPE"), found.end())),)


def encoded(element: Element, *, line_end: str = "") -> Iterator[Problem]:
    """A document is UTF-8 without a byte order mark; with `line_end` (`lf`, `crlf`) its lines end in that way.

    An XML document may say otherwise: it states its encoding (XML 1.0 section 4.3.3).
    """
    document = element.document
    if element.parent is not None or document.value is None:
        return
    if document.syntax == "xml":
        pass
    elif document.encoding == "utf-8-sig":
        yield Problem({"problem": "the file begins with a byte order mark"}, at="", repairs=_AS_UTF_8)
    elif document.encoding not in ("utf-8", "ascii"):
        yield Problem({"problem": f"the file is encoded in {document.encoding}"}, at="", repairs=_AS_UTF_8)
    crlf = bool(line_end) and "\r\n" in document.text
    if (line_end == "lf" and crlf) or (line_end == "crlf" and not crlf and "\n" in document.text):
        repairs = (Repair("lf" if line_end == "lf" else "crlf"),)
        yield Problem({"problem": f"the lines do not end in {line_end.upper()}"}, at="", repairs=repairs)
