"""Requests as they are made, to operations: `GET /orders/42` is one of `GET /orders/{}`, in a provider's contract."""

import re
from collections.abc import Iterator
from posixpath import basename
from typing import Any, Final

from integrationlint.model.element import Element
from integrationlint.model.links import Links

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# What people add to the name of a service or leave out.
_GENERIC: Final = frozenset("api apis app backend provider rest server service services svc web ws".split())
_END: Final = "\0"
_Node = dict[str, Any]


class Exchanges:
    """The operations of a workspace by the requests that they answer, and the contracts by the names of providers."""

    __slots__ = ("_contracts", "_known", "_links", "_tree")

    def __init__(self, links: Links) -> None:
        self._links = links
        self._tree: _Node | None = None
        self._known: dict[str, list[Element]] = {}
        self._contracts: dict[str, dict[Element, None]] | None = None

    def contracts(self, name: str) -> list[Element]:
        """The contracts that a name may mean, by title, file, or the entities that a catalog connects with them."""
        if self._contracts is None:
            self._contracts = {}
            for said, api in _names(self._links):
                self._contracts.setdefault(normal_name(said), {})[api] = None
        return list(self._contracts.get(normal_name(name), ()))

    def operations(self, request: str, provider: str) -> tuple[list[Element], bool]:
        """The operations that answer `METHOD PATH`, in each contract the most literal, and whether that is certain.

        A provider that is known by its name answers alone; otherwise several contracts leave it open.
        """
        found = self._known.get(request)
        if found is None:
            found = self._known[request] = list(self._answering(request))
        named = self.contracts(provider)
        if named:
            return [one for one in found if one.root in named or one.root.kind != "api"], True
        return found, len(found) < 2

    def _answering(self, request: str) -> Iterator[Element]:
        method, _, path = request.partition(" ")
        nodes = [self._routes().get(method, {})]
        for segment in (part for part in path.split("/") if part):
            nodes = [below for node in nodes for below in _below(node, segment)]
        seen: set[str] = set()
        for operation in (one for node in nodes for one in node.get(_END, ())):
            if operation.document.path not in seen:
                seen.add(operation.document.path)
                yield operation

    def _routes(self) -> _Node:
        """The paths of all operations: method, then segments one below the other; those with placeholders last."""
        if self._tree is None:
            self._tree = {}
            for operation in self._links.elements("operation"):
                for key in operation.keys:
                    method, _, path = key.removeprefix("http:").partition(" ")
                    if key.startswith("http:"):
                        node = self._tree.setdefault(method, {})
                        for segment in (part for part in path.split("/") if part):
                            node = node.setdefault(segment, {})
                        node.setdefault(_END, []).append(operation)
        return self._tree


def normal_name(name: str) -> str:
    """The name of a service as it is compared: `Orders API`, `order-service` and `OrdersApi` are one."""
    words = [word.lower() for word in _WORD.findall(name)]
    while len(words) > 1 and words[-1] in _GENERIC:
        words.pop()
    return "".join(word.removesuffix("s") for word in words) or name


def _names(links: Links) -> Iterator[tuple[str, Element]]:
    """The contracts by each name that they have: their own, those of their entities and of who provides them."""
    for api in links.elements("api"):
        yield str(api.facts.get("title") or ""), api
        yield basename(api.document.path).partition(".")[0], api
    providers: dict[str, list[str]] = {}
    for component in links.elements("component"):
        for use in component.uses:
            if use.role == "publishes":
                providers.setdefault(use.key, []).append(component.name)
    for entity in links.elements("api-entity"):
        defined = [use for use in entity.uses if use.tier == "declared" and use.role == "contains"]
        names = [entity.name, *(name for key in entity.keys for name in providers.get(key, ()))]
        for edge in (edge for use in defined for edge in links.resolve(entity, use)):
            yield from ((name, edge.target) for name in names)


def _below(node: _Node, segment: str) -> Iterator[_Node]:
    """Where a segment of a path leads, the most literal first."""
    if segment in node:
        yield node[segment]
    for template, below in node.items():
        if "{}" in template and template not in ("{}", segment) and _fits(segment, template):
            yield below
    if "{}" in node and segment != "{}":
        yield node["{}"]


def _fits(segment: str, template: str) -> bool:
    first, *between, last = template.split("{}")
    if not (segment.startswith(first) and segment.endswith(last) and len(segment) > len(first) + len(last)):
        return False
    at = len(first)
    for part in between:
        at = segment.find(part, at + 1)
        if at < 0:
            return False
        at += len(part)
    return at < len(segment) - len(last)
