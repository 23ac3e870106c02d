"""Which way a shape travels: what an API receives, and what it sends."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from integrationlint.model.element import Element
from integrationlint.model.links import Links

_WAYS = frozenset({"contains", "extends"})


@dataclass(frozen=True, slots=True)
class Reach:
    """The elements, by identity, that messages in each direction are made of."""

    received: frozenset[int]
    sent: frozenset[int]


def received(element: Element, links: Links) -> bool:
    """Whether the element is part of what an operation of the snapshot receives: a parameter or a request."""
    return id(element) in _kept(links).received


def sent(element: Element, links: Links) -> bool:
    """Whether the element is part of what an operation of the snapshot sends: a response, or a message of a webhook."""
    return id(element) in _kept(links).sent


def _kept(links: Any) -> Reach:
    return reach(links)


@lru_cache(maxsize=1)
def reach(links: Links) -> Reach:
    """What is received and sent in a whole snapshot, given as its `Links`; kept for the one that was asked about last.

    A field that is `readOnly` is not received, one that is `writeOnly` not sent (OAS 3.0.4 section 4.7.24.1).
    """
    received: list[Element] = []
    sent: list[Element] = []
    for operation in links.elements("operation"):
        to, back = (received, sent) if operation.facts.get("direction") == "in" else (sent, received)
        path = operation.parent.children if operation.parent is not None else []
        to.extend(one for one in (*path, *operation.children) if one.kind in ("parameter", "request"))
        back.extend(one for one in operation.children if one.kind == "response")
    return Reach(_parts(received, links, "readOnly"), _parts(sent, links, "writeOnly"))


def _parts(starts: Iterable[Element], links: Links, never: str) -> frozenset[int]:
    """Everything below the elements, references followed, but what is marked with the fact `never`."""
    seen: set[int] = set()
    stack = list(starts)
    while stack:
        element = stack.pop()
        if id(element) in seen or element.facts.get(never) is True:
            continue
        seen.add(id(element))
        stack.extend(element.children)
        if element.uses:
            stack.extend(edge.target for edge in links.edges(element) if edge.use.role in _WAYS)
    return frozenset(seen)
