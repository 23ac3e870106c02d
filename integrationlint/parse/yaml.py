"""YAML 1.2 to plain values from libyaml's events, with the offsets of everything, in one loop that keeps the limits."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from integrationlint.model.document import Document, Fault
from integrationlint.model.limits import Limits
from integrationlint.parse.composer import Composer, RefusedError
from integrationlint.parse.places import Places
from integrationlint.parse.scalars import NOT_TEXT
from integrationlint.parse.text import Lines

HAS_LIBYAML: Final = yaml.__with_libyaml__
# PyYAML types an event's marks as optional; those that a parser makes always have them.
Event = Any

# What libyaml and PyYAML take for line ends (YAML 1.1); YAML 1.2.2 (section 5.4) and editors do not.
_OLD_LINE_ENDS: Final = "\x85\u2028\u2029"
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
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


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    """Read a text as YAML; the document has the value None and a fatal fault where that is impossible.

    The value is that of the first document in the text; more of them are a fault `multiple-documents`.
    """
    composer = Composer(text, limits)
    try:
        compose(events(text), composer, limits)
    except RefusedError as refused:
        fault = refused.fault
    except yaml.YAMLError as error:
        fault = _fault(error, text)
    else:
        layout = composer.layout()
        places = Places(text, lambda: layout)
        return Document(path, "yaml", layout.root, text, places, tuple(composer.faults), encoding)
    return Document(path, "yaml", None, text, faults=(*composer.faults, fault), encoding=encoding)


def events(text: str, *, libyaml: bool = HAS_LIBYAML) -> Iterator[Event]:
    """The events of a text from libyaml, or from PyYAML's own, slower parser; they may raise YAMLError."""
    stand_ins = _stand_ins(text)
    if stand_ins:
        text = text.translate(str.maketrans(stand_ins))
    found = iter(_parser(text, libyaml=libyaml).get_event, None)
    if stand_ins:
        return _restored(found, str.maketrans({new: old for old, new in stand_ins.items()}))
    return found if libyaml else _checked(found)


def compose(events: Iterator[Event], composer: Composer, limits: Limits) -> None:
    """Hand the nodes of the first document to the composer, which may refuse them."""
    scalars = composer.scalars
    items, places = composer.items, composer.places
    event: Event = None
    try:
        # Every value comes with at most two more events: its key, its end.
        for event in islice(events, 3 * limits.nodes + 8):
            kind = type(event)
            if kind is ScalarEvent:
                if event.tag is None and event.anchor is None:
                    value = event.value
                    if event.implicit[0] and value[:1] in NOT_TEXT:
                        value = scalars[value]
                    items.append(value)
                    places.append(event.start_mark.index)
                    places.append(event.end_mark.index)
                else:
                    _scalar(event, composer)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                items, places = composer.open(event.start_mark.index, event.tag, event.anchor)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                start, end = event.start_mark.index, event.end_mark.index
                items, places = composer.close(start, end, mapping=kind is MappingEndEvent)
            elif kind is AliasEvent:
                composer.alias(event.anchor, event.start_mark.index, event.end_mark.index)
            elif kind is DocumentStartEvent and items:
                message = "a second document begins here: only the first one is read"
                composer.note("multiple-documents", message, event.start_mark.index, event.end_mark.index)
                return
    except ValueError as error:
        composer.refuse("limit", str(error), event.start_mark.index, event.end_mark.index)
    if type(event) is not StreamEndEvent:
        composer.refuse("limit", f"more than {limits.nodes} values", event.start_mark.index)


def _scalar(event: Event, composer: Composer) -> None:
    start, end = event.start_mark.index, event.end_mark.index
    composer.scalar(event.value, start, end, plain=event.style in (None, ""), tag=event.tag, anchor=event.anchor)


def _parser(text: str, *, libyaml: bool) -> Any:  # noqa: ANN401 - two unrelated classes with the same method
    if libyaml:
        from yaml.cyaml import CParser  # noqa: PLC0415 - it exists only where libyaml does

        return CParser(text)
    return yaml.SafeLoader(text)


def _stand_ins(text: str) -> dict[str, str]:
    """For each character that the parser would take for a line end: one that the text does not use."""
    found = [char for char in _OLD_LINE_ENDS if char in text]
    if not found:
        return {}
    free = (char for char in map(chr, range(0xE000, 0xF900)) if char not in text)
    return dict(zip(found, free, strict=False))


def _restored(events: Iterator[Event], table: dict[int, str]) -> Iterator[Event]:
    for event in events:
        if type(event) is ScalarEvent:
            event.value = event.value.translate(table)
        yield event


def _checked(events: Iterator[Event]) -> Iterator[Event]:
    """PyYAML's own parser accepts escapes for surrogates, which no text can hold; libyaml does not."""
    for event in events:
        if type(event) is ScalarEvent and _SURROGATE.search(event.value):
            problem = "found invalid Unicode character escape code"
            raise yaml.scanner.ScannerError(None, None, problem, event.start_mark)
        yield event


def _fault(error: yaml.YAMLError, text: str) -> Fault:
    """What the parser met, in words that help, at its place."""
    lines = Lines(text)
    unprintable = _UNPRINTABLE.search(text)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        at = unprintable.start() if unprintable else 0
        char = f"U+{ord(text[at]):04X}" if unprintable else "a character"
        return lines.fault("syntax", f"{char} may not stand in YAML: remove it, or write it as an escape", at)
    problem, context = error.problem or "", error.context or ""
    at = error.problem_mark.index
    began = ""
    if error.context_mark is not None:
        if "quoted scalar" in context and "unexpected end" in problem or "document indicator" in problem:
            return lines.fault("syntax", "the quote that opens here is never closed", error.context_mark.index)
        place = lines.position(error.context_mark.index)
        began = f", {context} in line {place.line}"
    hint = next((hint for words, hint in _HINTS.items() if words in problem), "")
    if "cannot start any token" in problem:
        hint = _start_hint(text[at : at + 1])
    return lines.fault("syntax", f"{hint} ({problem}{began})" if hint else f"{problem}{began}", at)


def _start_hint(char: str) -> str:
    if char == "\t":
        return "a tab cannot indent: use spaces"
    return f"a text cannot begin with {char!r}: put it in quotes"
