"""What the tests of maps share: nodes, names that try to be more than names, and what may be written of them."""

from pathlib import Path

from hypothesis import strategies as st

from integrationlint.model.graph import Node
from integrationlint.model.location import Location, Position, Span
from tests.report.conftest import TEXTS

GOLDEN = Path(__file__).parents[1] / "data" / "graphs"
# The same pieces as elsewhere, and what means something to Mermaid, DOT and SVG.
MARKS = [
    '"];',
    '"]',
    "%%{init: {}}%%",
    "end",
    "click x",
    "\\N",
    '\\"',
    "&quot;",
    "#quot;",
    "#35;",
    "<br/>",
    "--> y",
    "{{",
]
HOSTILE = TEXTS | st.lists(
    st.sampled_from([*MARKS, "wrap: x", "    x", "1) x", "a_b_", "fa:fa-car", "\\n", "' onload=x", "</svg>"])
).map("".join)


def node(address: str, name: str = "", distance: int | None = None, family: str = "contract", group: str = "") -> Node:
    path, _, rest = address.partition("#")
    place = Location(path, "", Span(Position(3, 1), Position(3, 2)))
    kind = rest.partition(":")[0] or "document"
    return Node(address, kind, name or address, kind, group or path, family, place, "", distance)


# A text in Mermaid: words, what stands between them, and entities.
SAFE = r"(?:-|(?:[^\W_](?:[_.-][^\W_])*|[ /,]|: |#\d+;|(?<=[^\W_])[_.-](?=[^\W_]))+)"
