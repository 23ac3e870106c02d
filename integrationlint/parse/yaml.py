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
from integrationlint.parse.composer import Composer
from integrationlint.parse.places import Places
from integrationlint.parse.scalars import NOT_TEXT
from integrationlint.parse.text import RefusedError
from integrationlint.parse.yaml_faults import explain, unprintable

HAS_LIBYAML: Final = yaml.__with_libyaml__
# PyYAML types an event's marks as optional; those that a parser makes always have them.
Event = Any

# What libyaml and PyYAML take for line ends (YAML 1.1); YAML 1.2.2 (section 5.4) and editors do not.
_OLD_LINE_ENDS: Final = "\x85\u2028\u2029"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    """Read a text as YAML; the document has the value None and a fatal fault where that is impossible.

    The value is that of the first document in the text; more of them are a fault `multiple-documents`. In the catalogs
    of Backstage each document is an entity: the value is a list of them where there are several.
    """
    composer = Composer(text, limits)
    try:
        compose(events(text), composer, limits)
        layout = composer.layout()
    except RefusedError as refused:
        fault = refused.fault
    except yaml.MarkedYAMLError as error:
        fault = _explain(error, text)
    except yaml.YAMLError:
        fault = unprintable(text)
    else:
        places = Places(text, lambda: layout)
        return Document(path, "yaml", layout.root, text, places, tuple(composer.faults), encoding)
    return Document(path, "yaml", None, text, faults=(*composer.faults, fault), encoding=encoding)


def events(text: str, *, libyaml: bool = HAS_LIBYAML) -> Iterator[Event]:
    """The events of a text from libyaml, or from PyYAML's own, slower parser; they may raise YAMLError."""
    stand_ins = _stand_ins(text)
    if stand_ins:
        text = text.translate({ord(old): new for old, new in stand_ins.items()})
    parser = yaml.CSafeLoader(text) if libyaml else yaml.SafeLoader(text)
    found: Iterator[Event] = iter(parser.get_event, None)
    if stand_ins:
        found = _restored(found, {ord(new): old for old, new in stand_ins.items()})
    return found if libyaml else _checked(found)


def compose(events: Iterator[Event], composer: Composer, limits: Limits) -> None:
    """Hand the nodes of the documents that are read to the composer, which may refuse them."""
    scalars = composer.scalars
    items, places = composer.items, composer.places
    event: Event = None
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
        elif kind is DocumentStartEvent and not composer.document(event.start_mark.index, event.end_mark.index):
            return
    if type(event) is not StreamEndEvent:
        composer.refuse("limit", f"more than {limits.nodes} values", event.start_mark.index)


def _scalar(event: Event, composer: Composer) -> None:
    start, end = event.start_mark.index, event.end_mark.index
    composer.scalar(event.value, start, end, plain=event.style in (None, ""), tag=event.tag, anchor=event.anchor)


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
        if isinstance(event, ScalarEvent) and _SURROGATE.search(event.value):
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem="found invalid escape", problem_mark=mark)
        yield event


def _explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    at = len(text) if mark is None else mark.index
    return explain(text, error.problem or "", at, error.context or "", None if begun is None else begun.index)
