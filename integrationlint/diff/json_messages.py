"""The messages of a contract on both sides: what is sent, which way, and the schemas that say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from integrationlint.diff.comparison import BOTH, REQUEST, RESPONSE
from integrationlint.diff.messages import schema_of, target
from integrationlint.diff.operations import Exchange, exchanges
from integrationlint.diff.parameters import old_body, parameters
from integrationlint.model.element import Element
from integrationlint.model.links import Links


@dataclass(frozen=True, slots=True)
class Message:
    """A body in JSON, or the value of a parameter or header, which is `written` as text.

    `label` says which one it is, for people: `request of POST /orders`. `direction` is that of changes.
    """

    label: str
    direction: str
    schemas: tuple[Element, Element]
    written: bool = False


_Both = tuple[Links, Links]
_BODIES: Final = (REQUEST, RESPONSE)


def messages(roots: tuple[Element, Element], links: _Both) -> Iterator[Message]:
    """The messages that both sides of a document know: of an API, or the values of a JSON Schema."""
    if roots[0].kind == "type":
        yield Message("", BOTH, roots)
    if roots[0].kind != "api" or roots[1].kind != "api":
        return
    old, new = exchanges(roots[0], links[0]), exchanges(roots[1], links[1])
    for name, exchange in old.items():
        if name in new:
            yield from _of_operation((exchange, new[name]), links)


def _of_operation(both: tuple[Exchange, Exchange], links: _Both) -> Iterator[Message]:
    operations = both[0].operation, both[1].operation
    sent, received = _BODIES if operations[0].facts.get("direction") != "out" else _BODIES[::-1]
    name = operations[0].name
    old, new = (parameters(one.operation, one.template, side) for one, side in zip(both, links, strict=True))
    for key, before in old.items():
        if key in new:
            place, _, own = before.name.partition(":")
            yield from _values(f"{place} parameter {own} of {name}", sent, (before, new[key]), links)
    bodies = _body(operations[0], links[0]), _body(operations[1], links[1])
    yield from _contents(f"request of {name}", sent, bodies, links)
    answers = _answers(operations[0], links[0]), _answers(operations[1], links[1])
    for status, response in answers[0].items():
        if status in answers[1]:
            pair = response, answers[1][status]
            yield from _contents(f"response {status} of {name}", received, pair, links)
            heads = _headers(pair[0], links[0]), _headers(pair[1], links[1])
            for key, header in heads[0].items():
                if key in heads[1]:
                    label = f"header {header.name} of response {status} of {name}"
                    yield from _values(label, received, (header, heads[1][key]), links)


def _answers(operation: Element, links: Links) -> dict[str, Element]:
    return {one.name.upper(): target(one, links) for one in operation.of("response")}


def _headers(response: Element, links: Links) -> dict[str, Element]:
    return {one.name.lower(): target(one, links) for one in response.of("header")}


def _body(operation: Element, links: Links) -> Element | None:
    for holder in (operation, operation.parent):
        for one in holder.children if holder is not None else ():
            found = target(one, links) if one.kind == "request" else old_body(one, links)
            if found is not None:
                return found
    return None


def _contents(
    label: str, direction: str, pair: tuple[Element | None, Element | None], links: _Both
) -> Iterator[Message]:
    """The bodies in JSON, each pair of schemas once."""
    if pair[0] is None or pair[1] is None:
        return
    old, new = _media(pair[0]), _media(pair[1])
    seen: set[tuple[int, int]] = set()
    for name, before in old.items():
        schemas = schema_of(before, links[0]), schema_of(new[name], links[1]) if name in new else None
        if schemas[0] is not None and schemas[1] is not None and (id(schemas[0]), id(schemas[1])) not in seen:
            seen.add((id(schemas[0]), id(schemas[1])))
            yield Message(label, direction, (schemas[0], schemas[1]))


def _media(holder: Element) -> Mapping[str, Element]:
    names = ((one.name.lower().partition(";")[0].strip(), one) for one in holder.of("media"))
    return {name: one for name, one in names if name.endswith("json") or name in ("*/*", "application/*")}


def _values(label: str, direction: str, pair: tuple[Element, Element], links: _Both) -> Iterator[Message]:
    if any(_media(one) for one in pair):
        yield from _contents(label, direction, pair, links)
        return
    old, new = schema_of(pair[0], links[0]), schema_of(pair[1], links[1])
    if old is not None and new is not None:
        yield Message(label, direction, (old, new), written=True)
