"""Witnesses of changes of XML Schema: the smallest document found that one side takes and the other refuses."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from integrationlint.diff.xsd_instances import Maker, Node, TooDeepError, written
from integrationlint.diff.xsd_routes import Route, followed, routes
from integrationlint.diff.xsd_schemas import Schemas
from integrationlint.diff.xsd_variations import variations
from integrationlint.model.change import Change, Witness
from integrationlint.model.element import Element

# What is wrong with a document: lines and messages, none for a valid one.
Faults = list[tuple[int, str]]
Validator = Callable[[str], Faults]
# `find(side, path, new)`: the validator of the schema in that document of base (0) or head (1), by XML Schema 1.0 or,
# `new`, 1.1; None where there is none.
Validators = Callable[[int, str, bool], Validator | None]

_SIDES: Final = ("base", "head")
_MOST_ROUTES: Final = 6
# Documents that are tried for one way, and for all of them.
_MOST_OF_ROUTE: Final = 150
_MOST_TRIED: Final = 400
_LONGEST: Final = 2_000


def xsd_witness(change: Change, schemas: tuple[Schemas, Schemas], find: Validators) -> Witness | None:
    """A document that proves the change, refused where the change is; None where none is found."""
    makers = (Maker(schemas[0]), Maker(schemas[1]))
    turns = iter(range(_MOST_TRIED))
    for side, kept in ((0, change.backward), (1, change.forward)):
        if kept is not True:
            for route, other in _routes(change, side, schemas):
                found = _tried((route, other), side, makers, find, turns)
                if found is not None:
                    return found
    return None


def _routes(change: Change, side: int, schemas: tuple[Schemas, Schemas]) -> Iterator[tuple[Route, Route | None]]:
    """The ways to what changed on one side, each with the same way on the other side."""
    own, there = (change.before, change.after) if side == 0 else (change.after, change.before)
    source = side if own is not None else 1 - side
    element = own or there
    if element is None:
        return
    for wanted in _wanted(element):
        for route in _found(element, wanted, schemas[source]):
            other = followed(route, schemas[1 - source])
            if source == side:
                yield route, other
            elif other is not None:
                yield other, route


def _wanted(element: Element) -> Iterator[set[int]]:
    """What is looked for: what changed itself, then what holds it."""
    if element.kind == "schema-document":
        yield {id(one) for one in element.of("type")}
        return
    yield {id(element)}
    if element.kind in ("field", "wildcard", "items", "variant") and element.parent is not None:
        yield {id(element.parent)}


def _found(element: Element, wanted: set[int], schemas: Schemas) -> list[Route]:
    """The ways from the global elements of the same document, else from those of any."""
    known = [one for one in schemas.elements.values() if one.facts.get("abstract") is not True]
    near = [one for one in known if one.document is element.document]
    return routes(near, wanted, schemas, _MOST_ROUTES) or routes(known, wanted, schemas, _MOST_ROUTES)


def _tried(
    both: tuple[Route, Route | None], side: int, makers: tuple[Maker, Maker], find: Validators, turns: Iterator[int]
) -> Witness | None:
    (route, other), maker, others = both, makers[side], makers[1 - side].schemas
    there = others.elements.get(route[0].name, route[0].declaration)
    paths = (route[0].declaration.document.path, there.document.path)
    pairs = ((find(side, paths[0], new), find(1 - side, paths[1], new)) for new in (False, True))
    mine, yours = next((pair for pair in pairs if None not in pair), (None, None))
    if mine is None or yours is None:
        return None
    for _, node in zip(turns, islice(_made(route, other, maker, others), _MOST_OF_ROUTE), strict=False):
        found = _judged(route, node, maker, (mine, yours))
        if found is not None:
            text, line, said = found
            return Witness(text, "xml", _SIDES[side], said, line)
    return None


def _made(route: Route, other: Route | None, maker: Maker, others: Schemas) -> Iterator[Node]:
    maker.made = 0
    try:
        for node in variations(route[-1], other[-1] if other is not None else None, maker, others):
            yield node
            maker.made = 0
    except TooDeepError:
        return


def _judged(route: Route, node: Node, maker: Maker, sides: tuple[Validator, Validator]) -> tuple[str, int, str] | None:
    """The text, and the refusal with its line, where one side takes the document and the other refuses this element."""
    try:
        document = written(inside(route, node, maker))
    except TooDeepError:
        return None
    if len(document.text) > _LONGEST or sides[0](document.text):
        return None
    first, last = document.lines[id(node)]
    faults = sides[1](document.text)
    return next(((document.text, line, said) for line, said in faults if first <= line <= last), None)


def inside(route: Route, node: Node, maker: Maker) -> Node:
    """The whole document around the element at the end of the way."""
    for stop in reversed(route[:-1]):
        holder = maker.smallest(stop.name, stop.declaration, kind=stop.kind)
        definition = stop.kind or maker.schemas.definition(stop.declaration)
        content, word = maker.content(definition), maker.word(definition, node.name)
        if content is None or word is None:
            raise TooDeepError
        holder.children = maker.children(word, content, 0)
        holder.children[word.index(node.name)] = node
        node = holder
    return node
