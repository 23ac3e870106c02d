"""A map as one HTML file: a drawing and the table of its edges, without a script, without anything to load."""

from integrationlint import __version__
from integrationlint.model.graph import Arc, Graph
from integrationlint.report.drawing import drawing
from integrationlint.report.graph_view import shown
from integrationlint.report.view import side
from integrationlint.resources import render


def graph_html(graph: Graph) -> str:
    """The page."""
    drawn = drawing(graph)
    alone = [{"name": shown(one.name), "detail": shown(one.detail)} for one in drawn.alone]
    return render(
        "graph.html.j2",
        drawing=drawn,
        edges=[_row(graph, one) for one in graph.arcs],
        alone=alone,
        snapshot=shown(side(graph.snapshot)) if graph.snapshot is not None else "",
        version=__version__,
    )


def _row(graph: Graph, arc: Arc) -> dict[str, object]:
    return {
        "source": shown(arc.source),
        "target": shown(arc.target),
        "role": arc.role,
        "tier": arc.tier,
        "count": arc.count,
        "place": shown(f"{graph.node(arc.source).location.path} {arc.pointer}".strip()),
    }
