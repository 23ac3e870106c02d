"""What the formats of a map share: stable names, arrows for arcs, groups, and how much text is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from integrationlint.model.graph import PART, Arc, Graph, Node
from integrationlint.report.redact import redact
from integrationlint.report.sanitise import line
from integrationlint.report.values import crop
from integrationlint.report.view import plural

_LONGEST: Final = 200
INFERRED: Final = "inferred"


@dataclass(frozen=True, slots=True)
class Arrow:
    """All arcs from one node to another, drawn as one; `guessed` when each of them is inferred."""

    source: Node
    target: Node
    arcs: tuple[Arc, ...]

    @property
    def guessed(self) -> bool:
        """Nothing but a guess says that the one uses the other."""
        return all(one.tier == INFERRED for one in self.arcs)

    @property
    def label(self) -> str:
        """The roles: `reads, writes`; that one contains the other as well goes without saying."""
        roles = dict.fromkeys(one.role for one in self.arcs)
        return ", ".join(one for one in roles if one != PART or len(roles) == 1)


def arrows(graph: Graph) -> list[Arrow]:
    """The arcs by their ends, in order."""
    ends: dict[tuple[str, str], list[Arc]] = {}
    for arc in graph.arcs:
        ends.setdefault((arc.source, arc.target), []).append(arc)
    return [Arrow(graph.node(source), graph.node(target), tuple(arcs)) for (source, target), arcs in ends.items()]


def groups(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """The nodes by group: groups in the order of their first node."""
    found: dict[str, list[Node]] = {}
    for one in nodes:
        found.setdefault(one.group, []).append(one)
    return found


def identity(address: str, prefix: str = "n") -> str:
    """A name for an address that every notation allows, and that stays when other things come and go."""
    return prefix + blake2b(address.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def shown(text: str, width: int = _LONGEST) -> str:
    """A text from a document on one line, without what cannot be seen, secrets masked, not longer than can be read."""
    return crop(line(redact(text)), width)


def words(node: Node) -> tuple[str, str]:
    """The two lines of a box, not sanitised: how a node is called; what it is, where that says more, how far away."""
    detail = node.detail if node.detail != node.name else ""
    away = f"{node.distance} away" if node.distance else ""
    return node.name, ", ".join(one for one in (detail, away) if one)


def summary(graph: Graph) -> str:
    """How much there is: `9 nodes, 11 edges, 1 of them inferred; 2 names lead to nothing that was read`."""
    guesses = sum(one.tier == INFERRED for one in graph.arcs)
    said = f"{plural(len(graph.nodes), 'node')}, {plural(len(graph.arcs), 'edge')}"
    said += f", {guesses} of them inferred" if guesses else ""
    if graph.unresolved:
        lead = "leads" if graph.unresolved == 1 else "lead"
        said += f"; {plural(graph.unresolved, 'name')} {lead} to nothing that was read"
    return said
