"""The dependency and lineage map as data: what is in it, and what uses what."""

from dataclasses import dataclass, field

from integrationlint.model.location import Location
from integrationlint.model.report import SnapshotInfo

# What a part is to its whole in a map that shows both; all other roles are those of uses.
PART = "contains"


@dataclass(frozen=True, slots=True)
class Node:
    """A document or an element.

    `name` and `detail` are for people, `format` is that of a document. `group` is what it is shown with: the folder of
    a document, the file of an element. `family` is contract, schema, mapping, flow, consumer or other. `distance`
    counts the edges from where the map begins, None where it begins nowhere.
    """

    address: str
    kind: str
    name: str
    detail: str
    group: str
    family: str
    location: Location
    format: str = ""
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Arc:
    """Uses of one role and tier between two nodes, by address; `pointer` is where the first of `count` is written."""

    source: str
    target: str
    role: str
    tier: str = "declared"
    pointer: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by file and place, arcs by their ends.

    `title` says what is shown. `unresolved` counts the places where something is named that no file read has.
    """

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    title: str = ""
    unresolved: int = 0
    snapshot: SnapshotInfo | None = None
    _by_address: dict[str, Node] = field(default_factory=dict, repr=False, compare=False)

    def node(self, address: str) -> Node:
        """The node of an address that is in the map."""
        if not self._by_address:
            self._by_address.update((one.address, one) for one in self.nodes)
        return self._by_address[address]
