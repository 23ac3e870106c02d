"""Variations of one element of an example: what a change of its declaration may have made valid or invalid."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from integrationlint.diff.shapes import canonical
from integrationlint.diff.xsd_attributes import Attributes, attributes
from integrationlint.diff.xsd_content import leaves, occurrences
from integrationlint.diff.xsd_inclusion import Content, missing_word, read
from integrationlint.diff.xsd_instances import Maker, Node
from integrationlint.diff.xsd_routes import Stop
from integrationlint.diff.xsd_schemas import Name, Schemas, is_any, is_complex
from integrationlint.diff.xsd_texts import texts
from integrationlint.diff.xsd_wildcards import Wildcard, representatives
from integrationlint.model.element import Element

_MOST_NAMES: Final = 12
# Values that conditions between several elements or attributes tell apart.
_TRIED: Final = ("0", "5", "-1", "a", "", "2020-01-01")
_ODD: Final = Node(("", "any"))


def variations(stop: Stop, other: Stop | None, maker: Maker, others: Schemas) -> Iterator[Node]:
    """The element in its smallest form, then with other content, attributes, values, types. May raise TooDeepError."""
    yield _plain(stop, maker)
    definition = _definition(stop, maker.schemas)
    theirs = _definition(other, others) if other is not None else None
    if is_complex(definition):
        yield from _contents(stop, definition, theirs, (maker, others))
    else:
        yield from _texts(stop, other, maker, others)
    yield from _attributed(stop, definition, theirs, (maker, others))
    yield from _odd(stop, maker)
    yield from _typed(stop, maker)
    yield from _full(stop, definition, maker)


def _plain(stop: Stop, maker: Maker) -> Node:
    return maker.smallest(stop.name, stop.declaration, kind=stop.kind)


def _definition(stop: Stop, schemas: Schemas) -> Element:
    return stop.kind or schemas.definition(stop.declaration)


def _contents(stop: Stop, definition: Element, theirs: Element | None, sides: tuple[Maker, Schemas]) -> Iterator[Node]:
    """With the children that the other side does not take in this way, then with each that may be there."""
    maker, others = sides
    mine = maker.content(definition)
    yours = read(theirs, others) if theirs is not None else None
    if mine is None:
        return
    first = missing_word(mine, yours) if yours is not None else None
    words = [first] if first is not None else []
    words += [word for name in _names(mine, yours) if (word := maker.word(definition, name)) is not None]
    for word in dict.fromkeys(words):
        node = _plain(stop, maker)
        node.children = maker.children(word, mine, 0)
        yield node
        for place, child in enumerate(node.children):
            if not child.children and not child.text and child.kind is None:
                filled = Node(child.name, child.attributes, children=[_ODD])
                yield Node(
                    node.name, node.attributes, kind=node.kind,
                    children=[*node.children[:place], filled, *node.children[place + 1 :]],
                )  # fmt: skip


def _names(mine: Content, yours: Content | None) -> list[Name]:
    """The names that the contents tell apart, those that nobody declares included."""
    found: dict[Name, None] = {}
    for side in (mine, yours):
        for leaf in leaves(side.particle) if side is not None else ():
            if isinstance(leaf.what, Element):
                found |= dict.fromkeys(side.schemas.taken(leaf.what) if side is not None else ())
    cards = [leaf.what for leaf in leaves(mine.particle) if isinstance(leaf.what, Wildcard)]
    if cards:
        found |= dict.fromkeys(representatives(cards, [*found, *mine.schemas.elements]))
        found |= dict.fromkeys(islice(mine.schemas.elements, _MOST_NAMES))
    return list(islice(found, 3 * _MOST_NAMES))


def _texts(stop: Stop, other: Stop | None, maker: Maker, others: Schemas) -> Iterator[Node]:
    mine = canonical(stop.kind or stop.declaration, maker.schemas.links)
    yours = canonical(other.kind or other.declaration, others.links) if other is not None else None
    for text in texts(mine, yours, maker.schemas.links):
        node = _plain(stop, maker)
        node.text = text
        yield node


def _attributed(
    stop: Stop, definition: Element, theirs: Element | None, sides: tuple[Maker, Schemas]
) -> Iterator[Node]:
    """With each attribute that may be there, in each of the values that the sides may tell apart."""
    maker, others = sides
    mine = maker.attributes(definition)
    yours = attributes(theirs, others) if theirs is not None else None
    for name, one in mine.declared.items():
        other = yours.declared.get(name) if yours is not None else None
        links = maker.schemas.links
        known = canonical(other, others.links) if other is not None else None
        for text in texts(canonical(one, links), known, links):
            node = _plain(stop, maker)
            node.attributes[name] = text
            yield node
    for name in _free_attributes(mine, yours):
        node = _plain(stop, maker)
        node.attributes[name] = "a"
        yield node


def _free_attributes(mine: Attributes, yours: Attributes | None) -> Iterator[Name]:
    if mine.card is None:
        return
    known = yours.declared if yours is not None else {}
    cards = [mine.card, *([yours.card] if yours is not None and yours.card is not None else [])]
    for name in (*known, *representatives(cards, [*mine.declared, *known])):
        if mine.card.takes(name) and name not in mine.declared:
            yield name


def _odd(stop: Stop, maker: Maker) -> Iterator[Node]:
    """Nil, empty, with text between the elements."""
    node = _plain(stop, maker)
    yield Node(node.name, node.attributes, kind=node.kind, nil=True)
    yield Node(node.name, node.attributes, kind=node.kind)
    yield Node(node.name, node.attributes, "a", node.children, kind=node.kind)


def _typed(stop: Stop, maker: Maker) -> Iterator[Node]:
    for kind in maker.schemas.derived(maker.schemas.definition(stop.declaration)) if stop.kind is None else ():
        yield maker.smallest(stop.name, stop.declaration, kind=kind)


def _full(stop: Stop, definition: Element, maker: Maker) -> Iterator[Node]:
    """With all that may be there, twice where that is allowed: alike, different, and each value by turns.

    Identity constraints and assertions are about several elements at once.
    """
    node = _all_of(stop, definition, maker)
    if node is None:
        return
    yield node
    inner = [one for one in islice(node.walk(), 1, None) if not one.children]
    places = [(one, name) for one in (node, *inner) for name in one.attributes]
    for place, (one, name) in enumerate(places):
        one.attributes[name] = f"{place + 1}"
    for place, one in enumerate(inner):
        one.text = f"{place + 1}" if one.text else ""
    yield node
    for one, text in chain.from_iterable(((one, text) for text in _TRIED) for one in inner[:_MOST_NAMES]):
        before, one.text = one.text, text
        yield node
        one.text = before
    for (one, name), text in ((place, text) for place in places[:_MOST_NAMES] for text in _TRIED):
        known, one.attributes[name] = one.attributes[name], text
        yield node
        one.attributes[name] = known
    for one, name in places[:_MOST_NAMES]:
        known = one.attributes.pop(name)
        yield node
        one.attributes[name] = known


def _all_of(stop: Stop, definition: Element, maker: Maker) -> Node | None:
    content = maker.content(definition) if is_complex(definition) and not is_any(definition) else None
    if content is None:
        return None
    node = _plain(stop, maker)
    word: list[Name] = []
    for what, low, high in occurrences(content.particle):
        if isinstance(what, Element):
            names = list(maker.schemas.taken(what))[:1]
            word += names * (2 if high is None or high > 1 else max(low, 1))
    node.children = maker.children(tuple(word[: 3 * _MOST_NAMES]), content, 0)
    declared = maker.attributes(definition).declared
    node.attributes = {name: maker.text(one) for name, one in declared.items()}
    for child in node.children:
        _fill_attributes(child, content, maker)
    return node


def _fill_attributes(child: Node, content: Content, maker: Maker) -> None:
    for leaf in leaves(content.particle):
        if isinstance(leaf.what, Element) and (one := maker.schemas.taken(leaf.what).get(child.name)) is not None:
            found = maker.attributes(maker.schemas.definition(one)).declared
            child.attributes = {name: maker.text(declared) for name, declared in found.items()}
            return
