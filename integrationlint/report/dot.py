"""A map in the DOT language (graphviz.org/doc/info/lang.html)."""

from typing import Final

from integrationlint.model.graph import Graph, Node
from integrationlint.report.graph_view import arrows, groups, identity, shown, summary, words

_SHAPES: Final = {
    "contract": "box, style=rounded",
    "schema": "box",
    "mapping": "hexagon",
    "flow": "component",
    "consumer": "oval",
    "other": "plaintext",
}
# In a quoted string a backslash begins an escape (`\N` is the name of the node) and an ampersand an entity.
_MARKS: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})


def dot(graph: Graph) -> str:
    """The map as a digraph: a cluster for each group, dashed edges for what is inferred."""
    lines = [
        "digraph map {",
        f'  graph [rankdir=LR, label={_quoted(f"{graph.title}: {summary(graph)}")}, fontname="sans-serif"];',
        '  node [fontname="sans-serif", fontsize=11];',
        '  edge [fontname="sans-serif", fontsize=9];',
    ]
    for group, nodes in groups(graph.nodes).items():
        lines += [f"  subgraph {identity(group, 'cluster_')} {{", f"    label={_quoted(group)};"]
        lines += [f"    {_node(one)}" for one in nodes]
        lines.append("  }")
    for arrow in arrows(graph):
        style = ", style=dashed" if arrow.guessed else ""
        ends = f"{identity(arrow.source.address)} -> {identity(arrow.target.address)}"
        lines.append(f"  {ends} [label={_quoted(arrow.label)}{style}];")
    return "\n".join((*lines, "}", ""))


def _node(node: Node) -> str:
    said = f"label={_quoted(*words(node))}, tooltip={_quoted(node.address)}, shape={_SHAPES[node.family]}"
    return f"{identity(node.address)} [{said}];"


def _quoted(*texts: str) -> str:
    return '"' + "\\n".join(shown(one).translate(_MARKS) for one in texts if one) + '"'
