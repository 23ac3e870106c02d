"""The linked elements of one snapshot: what a use stands for, who uses an element, what a shape holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from integrationlint.model.document import ELSEWHERE
from integrationlint.model.element import Element, Use, normal_address
from integrationlint.model.links import Edge
from integrationlint.model.report import SnapshotInfo
from integrationlint.source.snapshot import Snapshot
from integrationlint.workspace.exchanges import Exchanges
from integrationlint.workspace.load import Loaded, target_of
from integrationlint.workspace.parts import Trail, follow_parts, inner, splits, steps_of
from integrationlint.workspace.shapes import LIBRARIES, Shapes


@dataclass(slots=True, eq=False)
class Workspace:
    """All elements of a snapshot; implements `model.links.Links`. Indexes are made when first asked for."""

    snapshot: Snapshot
    loaded: dict[str, Loaded]
    extra: tuple[Element, ...] = ()
    _keys: dict[str, list[Element]] | None = None
    _addresses: dict[str, Element] | None = None
    _users: dict[int, list[Edge]] | None = None
    _edges: dict[int, tuple[Edge, ...]] = field(default_factory=dict)
    _shapes: Shapes | None = None
    _exchanges: Exchanges | None = None

    @property
    def info(self) -> SnapshotInfo:
        """Which snapshot this is."""
        return self.snapshot.info

    def elements(self, *kinds: str) -> Iterator[Element]:
        """All elements of the kinds, by document path and in source order."""
        for one in self.loaded.values():
            for kind in kinds:
                yield from one.kinds.get(kind, ())
        for root in self.extra:
            yield from (element for element in root.walk() if element.kind in kinds)

    def roots(self) -> Iterator[Element]:
        """The root element of every document, and those that the configuration declares."""
        for one in self.loaded.values():
            yield one.root
        yield from self.extra

    def format(self, element: Element) -> str:
        """The name of the format of the element's document, empty for none."""
        loaded = self.loaded.get(element.document.path)
        return loaded.format if loaded is not None else ""

    def has_file(self, path: str) -> bool:
        """Whether the snapshot holds a file of that path, read or not, or knows that it lies elsewhere."""
        return path in self.loaded or self.snapshot.exists(path) or self.snapshot.is_foreign(path)

    def is_elsewhere(self, path: str) -> bool:
        """Whether the content lies elsewhere and nothing can be said of it: in a submodule, in Git LFS."""
        if path in self.loaded:
            return any(fault.code == ELSEWHERE for fault in self.loaded[path].document.faults)
        return self.snapshot.is_foreign(path)

    def find(self, address: str) -> Element | None:
        """The element of an address; parameter names in path templates do not count."""
        if self._addresses is None:
            self._addresses = {element.address: element for root in self.roots() for element in root.walk()}
        return self._addresses.get(address) or self._addresses.get(normal_address(address))

    def keyed(self, key: str, expects: str = "") -> tuple[Element, ...]:
        """The elements that answer to a use's key (without its path)."""
        kind, _, rest = key.partition(":")
        if kind == "address":
            found = self.find(rest)
            return (found,) if found is not None else ()
        if kind == "contract":
            return tuple(self.exchanges.contracts(rest))
        path, pointer = target_of(key)
        if kind in ("pointer", "file") and path in self.loaded:
            found = self.loaded[path].at(pointer, expects)
            return (found,) if found is not None else ()
        known = self._by_key().get(key)
        return tuple(known) if known else tuple(self._within(kind, rest, expects))

    def _within(self, kind: str, rest: str, expects: str) -> Iterator[Element]:
        """What a key names inside of what another key names: a place below an `$id`, a type that a file includes."""
        outer, mark, inner = rest.partition("#")
        if not mark:
            return
        if kind == "schema" and outer in self.loaded and self.loaded[outer].root.kind in LIBRARIES:
            found = self.fields(self.loaded[outer].root).get(inner)
            if found is not None and found.kind == "type":
                yield found
        for holder in self._by_key().get(f"id:{outer}" if kind == "id" else f"pointer:{outer}#", ()):
            if inner.startswith("/"):
                found = self.loaded[holder.document.path].at(holder.pointer + unquote(inner), expects)
                if found is not None:
                    yield found
            else:
                yield from self._by_key().get(f"anchor:{holder.document.path}#{inner}", ())

    def _by_key(self) -> dict[str, list[Element]]:
        if self._keys is None:
            self._keys = {}
            for root in self.roots():
                for element in root.walk():
                    for key in element.keys:
                        self._keys.setdefault(key, []).append(element)
                for element in root.of("type"):
                    for key in (f"schema:{root.document.path}#{element.name}", f"schema:{element.name}"):
                        self._keys.setdefault(key, []).append(element)
        return self._keys

    def resolve(self, source: Element, use: Use) -> tuple[Edge, ...]:
        """The edges that a use stands for, each at the field its path ends at; none when nothing has its key."""
        kind, _, rest = use.key.partition(":")
        if kind == "exchange":
            use, trails = self._exchanged(source, use, rest)
        else:
            starts = self.keyed(use.key, use.expects) or self._adopted(source, use.key)
            trails = [(start,) for start in starts] or (self._parts(rest) if kind == "address" else [])
            if kind == "address" and trails:
                use, trails = _as_called(use, trails)
        edges = [self._followed(source, use, trail) for trail in trails]
        best = min((edge.missing for edge in edges), default=0)
        return tuple(edge for edge in edges if edge.missing == best)

    def _exchanged(self, source: Element, use: Use, key: str) -> tuple[Use, list[Trail]]:
        """The parts of the operations that a request means, each with the operation; a guess where that is open."""
        request, _, part = key.partition("#")
        steps = steps_of(part) if part else []
        operations, sure = self.exchanges.operations(request, str(source.facts.get("provider") or ""))
        trails = [trail for one in operations for trail in follow_parts(self, self.shapes, one, steps)]
        if use.path:
            trails = [(*trail, *more) for trail in trails for more in inner(trail[-1])]
        return use if sure else replace(use, tier="inferred"), trails

    def _parts(self, address: str) -> list[Trail]:
        """What an address means that goes on from an element through its parts, or that is a whole document."""
        if "#" not in address:
            root = self.find(f"{address}#")
            return [(root,)] if root is not None else []
        for place, steps in splits(address):
            start = self.find(place)
            if start is not None:
                return follow_parts(self, self.shapes, start, steps)
        return []

    def _adopted(self, source: Element, key: str) -> tuple[Element, ...]:
        """Declarations without a namespace take that of the schema which includes them (XSD Part 1, section 4.2.1)."""
        kind, mark, name = key.partition(":{")
        if not mark:
            return ()
        included = self.shapes.included(source.root)
        found = self._by_key().get(f"{kind}:{name.partition('}')[2]}", ())
        return tuple(one for one in found if one.root in included)

    def _followed(self, source: Element, use: Use, passed: Trail) -> Edge:
        trail, missing = self.shapes.follow(passed[-1], use.path)
        return Edge(source, trail[-1], use, missing, (*passed[:-1], *trail[:-1]))

    def edges(self, element: Element) -> tuple[Edge, ...]:
        """All resolved uses of one element."""
        found = self._edges.get(id(element))
        if found is None:
            found = tuple(edge for use in element.uses for edge in self.resolve(element, use))
            self._edges[id(element)] = found
        return found

    def users(self, element: Element) -> tuple[Edge, ...]:
        """The edges that end at the element, or pass through it on their way to one of its fields."""
        if self._users is None:
            self._users = {}
            for root in self.roots():
                for source in root.walk():
                    if source.uses:
                        for edge in self.edges(source):
                            for target in (edge.target, *edge.through):
                                self._users.setdefault(id(target), []).append(edge)
        return tuple(self._users.get(id(element), ()))

    @property
    def exchanges(self) -> Exchanges:
        """The reader of requests over these links."""
        if self._exchanges is None:
            self._exchanges = Exchanges(self)
        return self._exchanges

    @property
    def shapes(self) -> Shapes:
        """The reader of shapes over these links."""
        if self._shapes is None:
            self._shapes = Shapes(self)
        return self._shapes

    def shape(self, element: Element) -> Element:
        """The element that says what the values are: itself, or the end of its `$ref` or type chain."""
        return self.shapes.end(element)

    def fields(self, element: Element) -> Mapping[str, Element]:
        """The fields of a shape by name, those of `allOf` parts, extended types and referenced types included."""
        return self.shapes.fields(element)


def _as_called(use: Use, trails: list[Trail]) -> tuple[Use, list[Trail]]:
    """Who uses a part of an operation calls it, and writes what is sent."""
    operation = trails[0][0].above("operation")
    sent = ("request", "parameter")
    if any(one.kind in sent or one.above(*sent) is not None for trail in trails for one in trail):
        use = replace(use, role="writes")
    return use, [(operation, *trail) for trail in trails] if operation is not None else trails
