"""A map as JSON, for programs: `integrationlint.graph/1`."""

import json

from integrationlint.model.graph import Arc, Graph, Node
from integrationlint.report.redact import redact
from integrationlint.report.sanitise import json_text

SCHEMA = "integrationlint.graph/1"


def graph_json(graph: Graph) -> str:
    """The nodes, and the edges between their addresses.

    `count` is how many uses an edge stands for, `pointer` where the first is written in the file of `from`. Documents
    have a `format`. Where the map begins at an address, nodes have their `distance` from it, in edges. `unresolved`
    counts the places that name something which no file has.
    """
    said = {
        "schema": SCHEMA,
        "title": graph.title,
        "nodes": [_node(one) for one in graph.nodes],
        "edges": [_edge(one) for one in graph.arcs],
        "unresolved": graph.unresolved,
    }
    return json_text(json.dumps(said, ensure_ascii=False, indent=2)) + "\n"


def _node(node: Node) -> dict[str, object]:
    said: dict[str, object] = {"address": node.address, "kind": node.kind, "name": redact(node.name)}
    said |= {"file": node.location.path, "line": node.location.span.start.line}
    said |= {"format": node.format} if node.format else {}
    return said | ({"distance": node.distance} if node.distance is not None else {})


def _edge(arc: Arc) -> dict[str, object]:
    return {
        "from": arc.source,
        "to": arc.target,
        "role": arc.role,
        "tier": arc.tier,
        "pointer": arc.pointer,
        "count": arc.count,
    }
