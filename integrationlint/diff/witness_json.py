"""Witnesses of changes of schemas in JSON: the smallest message found that one side may send and the other refuses."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from integrationlint.diff.comparison import BOTH, REQUEST, RESPONSE
from integrationlint.diff.json_faults import Fault, blamed, words
from integrationlint.diff.json_instances import Maker
from integrationlint.diff.json_lowered import Lowered
from integrationlint.diff.json_merged import NoInstanceError, merged
from integrationlint.diff.json_messages import Message, messages
from integrationlint.diff.json_routes import UNDECLARED, Path, Route, routes
from integrationlint.diff.json_values import Side, values
from integrationlint.diff.json_written import readings, shown
from integrationlint.model.change import Change, Witness
from integrationlint.model.element import Element
from integrationlint.model.links import Links

# What is wrong with a value: none for a valid one, None where nobody can tell.
Validator = Callable[[Any], Sequence[tuple[str, str, Path]] | None]
# `compile_(schemas, number)`: the validator of the schema of that number; None where there is none.
Compile = Callable[[Mapping[str, Any], str], Validator | None]

_SIDES: Final = ("base", "head")
_WAYS: Final = ((REQUEST, 0), (RESPONSE, 1))
_TURNS: Final = ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (2, 2))
_MOST_ROUTES: Final = 4
_MOST_MADE: Final = 10_000
_MOST_TRIED: Final = 250
_LONGEST: Final = 2_000


class Exchange(NamedTuple):
    """A message made ready: the side that sends it (0 is base), both sides' schemas and validators, sender first."""

    message: Message
    sender: int
    lowered: tuple[Lowered, Lowered]
    numbers: tuple[str, str]
    validators: tuple[Validator, Validator]


class Witnesses:
    """Finds witnesses between two snapshots; each message is made ready once."""

    def __init__(self, links: tuple[Links, Links], roots: Iterable[tuple[Element, Element]], compile_: Compile) -> None:
        """Take both sides, the pairs of documents that are compared, and what compiles schemas."""
        self._links = links
        self._compile = compile_
        self._known: dict[tuple[int, int], Exchange | None] = {}
        self._messages: tuple[dict[int, list[Message]], ...] = ({}, {})
        for pair in roots:
            for message in messages(pair, links):
                for side in (0, 1):
                    self._messages[side].setdefault(id(message.schemas[side]), []).append(message)

    def of(self, change: Change) -> Witness | None:
        """A message that proves the change, refused where the change is; None where none is found."""
        for direction, sender in _WAYS:
            kept = (change.backward, change.forward)[sender]
            if kept is True or change.direction not in (direction, BOTH):
                continue
            for message, route, has_it in self._routes(change, direction, sender):
                ready = self._ready(message, sender)
                found = _proved(change, ready, route, has_it=has_it) if ready is not None else None
                if found is not None:
                    return found
        return None

    def _routes(self, change: Change, direction: str, sender: int) -> Iterator[tuple[Message, Route, bool]]:
        """The ways to what changed, on the sender's side where it is there."""
        own, there = (change.before, change.after)[:: 1 - 2 * sender]
        side, element = (sender, own) if own is not None else (1 - sender, there)
        tried = 0
        for route in routes(element, self._messages[side], self._links[side]) if element is not None else ():
            for message in self._messages[side][id(route.root)]:
                if message.direction in (direction, BOTH) and tried < _MOST_ROUTES:
                    tried += 1
                    yield message, route, own is not None

    def _ready(self, message: Message, sender: int) -> Exchange | None:
        key = (id(message), sender)
        if key not in self._known:
            self._known[key] = prepared(message, sender, self._links, self._compile)
        return self._known[key]


def prepared(message: Message, sender: int, links: tuple[Links, Links], compile_: Compile) -> Exchange | None:
    """A message as the one side (0 is base) may send it and the other takes it; None where a side has no schema."""
    direction, other = _WAYS[sender][0], 1 - sender
    lowered = Lowered(links[sender], direction, strict=True), Lowered(links[other], direction, strict=False)
    numbers = lowered[0].add(message.schemas[sender]), lowered[1].add(message.schemas[other])
    first, second = (compile_(one.schemas, number) for one, number in zip(lowered, numbers, strict=True))
    if first is None or second is None or not all(one.is_sound for one in lowered):
        return None
    return Exchange(message, sender, lowered, numbers, (first, second))


def _proved(change: Change, ready: Exchange, route: Route, *, has_it: bool) -> Witness | None:
    """The smallest of the messages made that the sender's side allows, and the other refuses for this change."""
    by_name = change.kind == "field" and (not change.fact or change.fact in ("required", "readOnly", "writeOnly"))
    path = route.path[:-1] if by_name else route.path
    forced = frozenset(ready.lowered[0].number(one) for one in route.through) if has_it else frozenset[str]()
    found = documents(ready, path, forced)
    if change.fact == "additionalProperties":
        found |= documents(ready, (*path, UNDECLARED), forced)
    for text, document in sorted(found.items(), key=lambda one: _size(one[0])):
        if len(text) > _LONGEST or ready.validators[0](document) != []:
            continue
        faults = refusal(ready, document)
        fault = blamed(faults, change, route) if faults else None
        if fault is not None:
            lines, line = shown(document, fault.path)
            return Witness(lines, "json", _SIDES[ready.sender], words(fault, ready.message.label), line)
    return None


def _size(text: str) -> tuple[int, str]:
    """The order in which messages are tried; an empty text is harder to read than a letter."""
    return len(text) + 2 * text.count('""'), text


def refusal(ready: Exchange, document: Any) -> list[Fault]:
    """Why the receiver refuses a document, however it reads what is written as text; nothing where it need not."""
    found = [ready.validators[1](one) for one in (readings(document) if ready.message.written else [document])]
    return [Fault(*one) for one in found[0] or ()] if all(found) else []


def documents(ready: Exchange, path: Path, forced: frozenset[str]) -> dict[str, Any]:
    """Messages by their text, made of values on which both sides may differ at a place."""
    found: dict[str, Any] = {}
    makers = Maker(ready.lowered[0].schemas, _MOST_MADE), Maker(ready.lowered[1].schemas, _MOST_MADE)
    root, other = ({"$ref": f"#/$defs/{number}"} for number in ready.numbers)
    for mine, yours in _TURNS:
        try:
            here = merged(makers[0].there(root, path, forced, mine), makers[0].schemas, forced, mine)
            there = merged(makers[1].there(other, path, frozenset(), yours), makers[1].schemas, turn=yours)
        except NoInstanceError:
            continue
        for value in values((Side(here, makers[0]), Side(there, makers[1]))):
            _add(found, partial(makers[0].inside, root, path, value, forced, mine))
            if len(found) > _MOST_TRIED:
                return found
    return found


def _add(found: dict[str, Any], make: Callable[[], Any]) -> None:
    try:
        document = make()
        found.setdefault(json.dumps(document, ensure_ascii=False, allow_nan=False), document)
    except (NoInstanceError, TypeError, ValueError):
        return
