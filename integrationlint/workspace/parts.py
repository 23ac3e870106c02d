"""From an element on through its parts, references followed: `response:200`, `parameter:query:limit`, `field:id`.

That is how people write addresses: what lies between (media types, schemas, references) is not said.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.workspace.shapes import Shapes

Trail = tuple[Element, ...]
_JOINT: Final = re.compile(r"/(?=(?:response|parameter|header|media|field):|request(?:/|$))")
_EXCHANGED: Final = ("request", "response")
_SHARED: Final = ("request", "response", "parameter", "header")
_LONGEST_CHAIN: Final = 50


def splits(address: str) -> Iterator[tuple[str, list[str]]]:
    """Each way to read an address as one of an element and steps from there, the longest element first."""
    joints = [found.start() for found in _JOINT.finditer(address)]
    for number in range(len(joints) - 1, -1, -1):
        starts = [joint + 1 for joint in joints[number:]]
        ends = [*joints[number + 1 :], len(address)]
        yield address[: joints[number]], [address[start:end] for start, end in zip(starts, ends, strict=True)]


def steps_of(part: str) -> list[str]:
    """The steps that are written one behind the other: `response:200/header:Location`."""
    return _JOINT.split(part)


def follow_parts(links: Links, shapes: Shapes, start: Element, steps: Iterable[str]) -> list[Trail]:
    """The elements passed from a start along steps, the start first: a trail for each way that leads to the end."""
    trails = [_referred(links, start)]
    for step in steps:
        kind, _, name = step.partition(":")
        trails = [(*trail, *more) for trail in trails for more in _parts(links, shapes, trail[-1], kind, name)]
    return trails


def inner(element: Element) -> list[Trail]:
    """On to where the fields of an element are: to each media type of a request or response, else nowhere."""
    media: list[Trail] = [(one,) for one in element.of("media")] if element.kind in _EXCHANGED else []
    return media or [()]


def _parts(links: Links, shapes: Shapes, holder: Element, kind: str, name: str) -> Iterator[Trail]:
    if kind == "field":
        yield from _field(shapes, holder, name)
    elif kind == "parameter":
        yield from _parameters(links, holder, name)
    elif kind == "response":
        yield from _response(links, holder, name)
    elif kind == "request":
        yield from _request(links, holder)
    else:
        referred = (_referred(links, one) for one in holder.of(kind))
        yield from (one for one in referred if one[0].name.lower() == name.lower())


def _field(shapes: Shapes, holder: Element, name: str) -> Iterator[Trail]:
    for more in inner(holder):
        trail, missing = shapes.follow((holder, *more)[-1], [name])
        if not missing:
            yield (*more, *trail[1:])


def _request(links: Links, operation: Element) -> Iterator[Trail]:
    """The body, which Swagger 2.0 may refer to among the parameters."""
    referred = (_referred(links, one) for one in operation.children if one.kind in ("request", "parameter"))
    return (one for one in referred if one[-1].kind == "request")


def _parameters(links: Links, operation: Element, name: str) -> Iterator[Trail]:
    """The parameters of an operation and its path by `IN:NAME`; with an empty name, all of that place."""
    place, _, label = name.partition(":")
    label = label.lower() if place == "header" else label  # RFC 9110 section 5.1
    seen: set[str] = set()
    for holder in (operation, operation.parent):
        for one in holder.of("parameter") if holder is not None else ():
            trail = _referred(links, one)
            known = trail[-1].name
            where, _, called = known.partition(":")
            called = called.lower() if where == "header" else called
            if where == place and label in ("", called) and known not in seen:
                seen.add(known)
                yield trail


def _response(links: Links, operation: Element, status: str) -> Iterator[Trail]:
    """The response of a status: its own, that of its class, the default one (OAS 3.1.1 section 4.8.16)."""
    known = {one.name.upper(): one for one in operation.of("response")}
    found = known.get(status.upper()) or known.get(f"{status[:1]}XX") or known.get("DEFAULT")
    if found is not None:
        yield _referred(links, found)


def _referred(links: Links, element: Element) -> Trail:
    """The element and, where it refers to a shared one, that and those between."""
    trail = [element]
    for _ in range(_LONGEST_CHAIN):
        targets = (edge.target for edge in links.edges(trail[-1]) if edge.use.role == "contains")
        found = next((one for one in targets if one.kind in _SHARED and one not in trail), None)
        if found is None:
            break
        trail.append(found)
    return tuple(trail)
