"""YAML to nodes, from libyaml's events and without recursion, by the rules of YAML 1.2."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from integrationlint.config.nodes import MAX_DEPTH, MAX_NODES, Node, Ruler, quoted, ruler
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import Location, Span, child
from integrationlint.model.scalars import WORDS, number

if TYPE_CHECKING:
    import yaml

LONGEST_NUMBER: Final = 100

_UNPRINTABLE: Final = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


@dataclass(slots=True)
class _Open:
    # A collection whose end has not come yet.
    pointer: str
    start: int
    value: "dict[str, Node] | list[Node]"
    anchor: str | None
    before: int
    height: int = 1
    name: str | None = None
    key: Location | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    # What an alias stands for, and what following it costs.
    node: Node
    count: int
    height: int


@dataclass(slots=True)
class _Reading:
    ruler: Ruler
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list)
    anchors: "dict[str, _Anchor]" = field(default_factory=dict)
    errors: list[ConfigError] = field(default_factory=list)
    count: int = 0
    documents: int = 0


def read_yaml(text: str, path: str) -> tuple[Node, list[ConfigError]]:
    """The nodes of a YAML text by the rules of YAML 1.2 (core schema, 10.3), and what is wrong but readable.

    Built from events without recursion. Aliases share nodes, and what they stand for is counted against the limit
    of nodes. ConfigError for a syntax error, several documents, or a limit.
    """
    reading = _Reading(ruler(text, path))
    for event in _events(text, reading.ruler):
        _STEPS.get(type(event).__name__, _ignore)(reading, event)
        if reading.count > MAX_NODES:
            raise ConfigError(f"more than {MAX_NODES} values: not a configuration", _place(reading, event))
    return reading.root or Node({}, reading.ruler.place("", 0, 0)), reading.errors


def _events(text: str, measure: Ruler) -> Iterator["yaml.Event"]:
    import yaml  # the configuration is on the start-up path, and often there is none

    bad = re.search(_UNPRINTABLE, text)
    if bad is not None:
        message = f"the character U+{ord(bad[0]):04X} is not allowed in YAML: remove it"
        raise ConfigError(message, measure.place("", bad.start(), bad.end()))
    try:
        yield from yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        index = min(mark.index, len(text)) if mark is not None else 0
        said = " ".join(filter(None, (error.context, error.problem)))
        raise ConfigError(f"not YAML: {said}", measure.place("", index, index)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two from PyYAML without libyaml
        said = " ".join(str(error).split())
        raise ConfigError(f"not YAML: {said}", measure.place("", 0, 0)) from None


def _place(reading: _Reading, event: Any, pointer: str = "") -> Location:
    return reading.ruler.place(pointer, event.start_mark.index, event.end_mark.index)


def _pointer(reading: _Reading) -> str:
    if not reading.stack:
        return ""
    above = reading.stack[-1]
    return child(above.pointer, len(above.value) if above.name is None else above.name)


def _attach(reading: _Reading, node: Node) -> None:
    if not reading.stack:
        reading.root = node
        return
    above = reading.stack[-1]
    if isinstance(above.value, list):
        above.value.append(node)
        return
    if above.name is None:
        _name(reading, above, node)
        return
    if above.key is not None:
        # Of two equal keys, which are an error, the first keeps its place and the last gives the value.
        first = above.value.get(above.name)
        above.value[above.name] = replace(node, key=above.key if first is None else first.key)
    above.name = None


def _name(reading: _Reading, above: _Open, node: Node) -> None:
    if not isinstance(node.value, str):
        reading.errors.append(ConfigError("a key is a plain word, not a value", node.place))
        above.name, above.key = "", None
        return
    above.name, above.key = node.value, node.place._replace(pointer=child(above.pointer, node.value))
    first = above.value[node.value] if isinstance(above.value, dict) and node.value in above.value else None
    if first is not None:
        line = first.named.span.start.line
        reading.errors.append(ConfigError(f"key {quoted(node.value)} is given twice, first in line {line}", above.key))


def _document(reading: _Reading, event: Any) -> None:
    reading.documents += 1
    if reading.documents > 1:
        raise ConfigError("a configuration is one YAML document: remove '---' and what follows", _place(reading, event))


def _open(reading: _Reading, event: Any) -> None:
    _refuse_tag(reading, event)
    _refuse_depth(len(reading.stack) + 1, _place(reading, event))
    value: dict[str, Node] | list[Node] = {} if type(event).__name__ == "MappingStartEvent" else []
    opened = _Open(_pointer(reading), event.start_mark.index, value, event.anchor, reading.count)
    reading.stack.append(opened)
    reading.count += 1


def _close(reading: _Reading, event: Any) -> None:
    done = reading.stack.pop()
    place = reading.ruler.place(done.pointer, done.start, event.end_mark.index)
    # A block collection ends where the next thing starts; it is shown to end with its last value.
    if done.value and event.start_mark.index == event.end_mark.index:
        last = next(reversed(done.value if isinstance(done.value, list) else done.value.values()))
        place = place._replace(span=Span(place.span.start, max(place.span.start, last.place.span.end)))
    node = Node(done.value, place)
    if done.anchor:
        reading.anchors[done.anchor] = _Anchor(node, reading.count - done.before, done.height)
    if reading.stack:
        reading.stack[-1].height = max(reading.stack[-1].height, done.height + 1)
    _attach(reading, node)


def _scalar(reading: _Reading, event: Any) -> None:
    _refuse_tag(reading, event)
    reading.count += 1
    above = reading.stack[-1] if reading.stack else None
    is_key = above is not None and isinstance(above.value, dict) and above.name is None
    # A key is always text: a name such as `404` or `on` is not a number or a truth value.
    value = core(event.value) if event.implicit[0] and not is_key else event.value
    node = Node(value, _place(reading, event, _pointer(reading)))
    if event.anchor:
        reading.anchors[event.anchor] = _Anchor(node, 1, 0)
    _attach(reading, node)


def _alias(reading: _Reading, event: Any) -> None:
    place = _place(reading, event, _pointer(reading))
    if event.anchor not in reading.anchors:
        raise ConfigError(f"alias *{event.anchor} stands for nothing written before it", place)
    known = reading.anchors[event.anchor]
    _refuse_depth(len(reading.stack) + known.height, place)
    if reading.stack:
        reading.stack[-1].height = max(reading.stack[-1].height, known.height + 1)
    reading.count += known.count
    _attach(reading, known.node)


def _refuse_depth(depth: int, place: Location) -> None:
    if depth > MAX_DEPTH:
        raise ConfigError(f"nested deeper than {MAX_DEPTH} levels: not a configuration", place)


def _refuse_tag(reading: _Reading, event: Any) -> None:
    if event.tag:
        reading.errors.append(ConfigError("tags (!name) are not used in a configuration", _place(reading, event)))


def _ignore(reading: _Reading, event: Any) -> None:
    pass


_STEPS: Final[Mapping[str, Callable[[_Reading, Any], None]]] = {
    "DocumentStartEvent": _document,
    "MappingStartEvent": _open,
    "SequenceStartEvent": _open,
    "MappingEndEvent": _close,
    "SequenceEndEvent": _close,
    "ScalarEvent": _scalar,
    "AliasEvent": _alias,
}


def core(text: str) -> object:
    """A plain scalar by the YAML 1.2 core schema (10.3.2): `off` and `2027-03-31` are text.

    Infinity, not-a-number and numbers of absurd length stay text: no setting takes them.
    """
    if text in WORDS:
        return WORDS[text]
    found = number(text) if len(text) <= LONGEST_NUMBER else None
    return text if found is None or not isfinite(found) else found
