"""The formats of a map, a line each; what one needs is imported when it is asked for."""

from importlib import import_module
from typing import Final

from integrationlint.model.graph import Graph
from integrationlint.model.sequence import Sequence

MERMAID: Final = "mermaid"
# What Mermaid draws before it gives up, unless it is told otherwise (configuration maxEdges).
MOST_EDGES: Final = 500
# Functions from a map to text.
GRAPHS: Final = {
    MERMAID: "mermaid:flowchart",
    "dot": "dot:dot",
    "html": "graph_html:graph_html",
    "json": "graph_json:graph_json",
}


def render_graph(name: str, graph: Graph) -> str:
    """The map in one of `GRAPHS`."""
    return _written(GRAPHS[name], graph)


def render_sequence(sequence: Sequence) -> str:
    """What a flow does, as a Mermaid diagram."""
    return _written("mermaid_sequence:sequence_diagram", sequence)


def _written(place: str, what: Graph | Sequence) -> str:
    module, _, function = place.partition(":")
    return str(getattr(import_module(f"integrationlint.report.{module}"), function)(what))
