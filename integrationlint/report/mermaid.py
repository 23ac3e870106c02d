"""A map as a Mermaid flowchart, and the one way for text into Mermaid (mermaid.js.org, version 11)."""

import re
from typing import Final

from integrationlint.model.graph import Graph, Node
from integrationlint.report.graph_view import arrows, groups, identity, shown, summary, words

# Letters, digits, blanks, slashes and commas stay, what joins two letters, and a colon before a blank; not the dot of
# `www.`, which makes a link, nor the colon of `wrap:`.
_MARKS: Final = re.compile(r"[^\w /,:._-]|(?<![^\W_])[._-]|[._-](?![^\W_])|(?<=www)\.|(?<=wrap):|:(?! )", re.IGNORECASE)
# An icon (`fa:fa-car`) and a line break (a backslash and an n): a blank without width between them keeps them apart.
_LATE: Final = re.compile(r"(:)(fa-)|(\\)(n)", re.IGNORECASE)
_SHAPES: Final = {
    "contract": ('(["', '"])'),
    "schema": ('["', '"]'),
    "mapping": ('[/"', '"/]'),
    "flow": ('[["', '"]]'),
    "consumer": ('("', '")'),
    "other": ('["', '"]'),
}


def escaped(text: str) -> str:
    """One line of Mermaid that is shown as the text: every mark that could mean something as an entity code (`#34;`).

    Entities are put in when the diagram has been read and its Markdown rendered: no directive (`%%{`), link, formula,
    tag or end of a statement (`;`) is ever seen. Icons and line breaks are looked for after that.
    """
    plain = _LATE.sub(_split, " ".join(shown(text).split()))
    return _MARKS.sub(lambda mark: f"#{ord(mark[0])};", plain) or "-"


def flowchart(graph: Graph) -> str:
    """The map as `flowchart LR`: a subgraph for each group, dashed arrows for what is inferred."""
    lines = [f"%% {escaped(graph.title)}: {escaped(summary(graph))}", "flowchart LR"]
    for group, nodes in groups(graph.nodes).items():
        lines.append(f'  subgraph {identity(group, "g")}["{escaped(group)}"]')
        lines += [f"    {_node(one)}" for one in nodes]
        lines.append("  end")
    for arrow in arrows(graph):
        line = "-.->" if arrow.guessed else "-->"
        label = escaped(f"{arrow.label}, inferred" if arrow.guessed else arrow.label)
        lines.append(f'  {identity(arrow.source.address)} {line}|"{label}"| {identity(arrow.target.address)}')
    return "\n".join((*lines, ""))


def _split(found: re.Match[str]) -> str:
    return f"{found[0][0]}\u200b{found[0][1:]}"


def _node(node: Node) -> str:
    opening, closing = _SHAPES[node.family]
    text = "<br/>".join(escaped(one) for one in words(node) if one) or "-"
    return f"{identity(node.address)}{opening}{text}{closing}"
