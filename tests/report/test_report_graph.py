"""Maps: golden files of every format, and no text in a document becomes markup, a directive or an attribute."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from integrationlint.model.graph import Arc, Graph, Node
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.report import SnapshotInfo
from integrationlint.report.graph_view import identity, shown
from integrationlint.report.graphs import GRAPHS, render_graph
from tests.report.maps import GOLDEN, HOSTILE, SAFE, node

SUFFIXES = {"mermaid": "mmd", "dot": "dot", "html": "html", "json": "json"}


def sample() -> Graph:
    nodes = (
        node(".integrationlint.yaml#consumer:billing", "billing", None, "consumer", "consumers"),
        node("api/orders.yaml#operation:GET /orders/{}", "GET /orders/{id}"),
        node("api/orders.yaml#type:Order/field:id", "Order.id", None, "schema"),
        node("flows/sync.json#flow:sync", 'sync "all" [1]', None, "flow"),
        node("maps/a;b.csv#line:7", "line <7>", None, "mapping"),
        node("alone.xsd#", "nobody's", None, "other"),
    )
    one, two, three, four, five, _ = (one.address for one in nodes)
    arcs = (
        Arc(one, two, "reads", "declared", "/catalog/0"),
        Arc(two, three, "contains", "declared", "/paths/~1orders", 2),
        Arc(three, four, "calls", "inferred", "/x"),
        Arc(four, two, "calls", "inferred", "/States/Call"),
        Arc(four, five, "reads", "keyed", "/States/Map"),
        Arc(five, three, "contains", "declared", "/7"),
        Arc(five, three, "reads", "declared", "/7/1"),
    )
    return Graph(nodes, arcs, "Who uses whom", 3, SnapshotInfo("revision", "1a2b3c4d5e6f7081", "main"))


@pytest.mark.parametrize("name", GRAPHS)
def test_prints_the_golden_map(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"map.{SUFFIXES[name]}", render_graph(name, sample()))


@pytest.mark.parametrize("name", GRAPHS)
def test_an_empty_map_is_no_trouble(name: str) -> None:
    assert render_graph(name, Graph((), (), "Nothing")).endswith("\n")


def hostile(text: str) -> Graph:
    """The text wherever an artifact could have put it."""
    address = f"{text}#"
    place = Location(text, text, Span(Position(1, 1), Position(1, 1)))
    nodes = (
        Node(address, "document", text, text, text, "flow", place, text, 0),
        Node(f"{text}#x", "field", f"{text}x", f"{text}y", f"{text}/", "schema", place, "", 1),
        Node(f"{text}#z", "consumer", text, text, "consumers", "consumer", place),
    )
    arcs = (Arc(address, f"{text}#x", "reads", "inferred", text), Arc(f"{text}#x", address, "writes", "keyed", text))
    return Graph(nodes, arcs, f"What {text} uses", 1, SnapshotInfo("revision", text, text))


LABEL = rf"{SAFE}(?:<br/>{SAFE})?"
STATEMENTS = re.compile(
    rf"%% {SAFE}|flowchart LR|  end|  subgraph g[0-9a-f]{{16}}\[\"{LABEL}\"\]"
    rf"|    n[0-9a-f]{{16}}(?:\[\[\"{LABEL}\"\]\]|\[\"{LABEL}\"\]|\(\"{LABEL}\"\))"
    rf"|  n[0-9a-f]{{16}} (?:-->|-\.->)\|\"{LABEL}\"\| n[0-9a-f]{{16}}"
)


@given(HOSTILE)
def test_no_text_breaks_mermaid(text: str) -> None:
    lines = render_graph("mermaid", hostile(text)).split("\n")
    assert lines.pop() == ""
    assert len(lines) == 2 + 3 * 3 + 2
    for one in lines:
        assert STATEMENTS.fullmatch(one), one
    said = next(one for one in lines if identity(f"{text}#x") in one)
    label = said.partition('"')[2].partition("<br/>")[0]
    decoded = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label).replace("\u200b", "")
    assert decoded == " ".join(shown(f"{text}x").split())
    assert not re.search(r":fa-|\\\\n", label)


DOT = re.compile(
    r"(?:digraph|subgraph|graph|node|edge|map|rankdir|fontname|fontsize|label|tooltip|shape|style|[a-z]+_?[0-9a-f]{16}"
    r'|LR|\d+|dashed|rounded|oval|box|component)|->|[\[\]{}=,;]|"(?:[^"\\\n]|\\.)*"|\s+'
)


@given(HOSTILE)
def test_no_text_breaks_dot(text: str) -> None:
    written = render_graph("dot", hostile(text))
    at, depth, texts = 0, 0, []
    while at < len(written):
        token = DOT.match(written, at)
        assert token, written[at : at + 80]
        depth += token[0] in "[{"
        depth -= token[0] in "]}"
        texts += [token[0][1:-1]] if token[0].startswith('"') else []
        at = token.end()
    assert depth == 0
    assert all(set(re.findall(r"\\(.)", one)) <= {"\\", '"', "n"} for one in texts)
    assert all(re.sub("&amp;", "", one).count("&") == 0 for one in texts)


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


# Geometry is all that a text may change.
ATTRIBUTES = frozenset({"x", "y", "width", "height", "viewbox", "d"})


def shape(page: Page) -> set[tuple[str, tuple[tuple[str, str | None], ...]]]:
    return {
        (tag, tuple((name, None if name in ATTRIBUTES else value) for name, value in attrs)) for tag, attrs in page.tags
    }


@given(HOSTILE)
def test_no_text_breaks_html(text: str) -> None:
    page, plain = Page(render_graph("html", hostile(text))), Page(render_graph("html", hostile("orders")))
    assert not page.open
    assert shape(page) == shape(plain)
    for tag, attrs in page.tags:
        assert tag not in ("script", "a", "img", "image", "iframe", "link", "use", "foreignobject", "object")
        for name, value in attrs:
            assert name in ATTRIBUTES or not name.startswith(("on", "href", "src")), name
            assert name not in ATTRIBUTES or re.fullmatch(r"[MCLz0-9 .-]+", value or ""), value
    assert shown(f"{text}#x") in page.texts


def test_html_is_one_file_that_loads_nothing() -> None:
    written = render_graph("html", sample())
    assert "default-src 'none'" in written
    assert set(re.findall(r"(?:https?:)?//[^\s\"<]+", written)) == {"http://www.w3.org/2000/svg"}
    assert set(re.findall(r"url\(([^)]*)\)", written)) == {"#map-head"}
    assert "@import" not in written


def test_html_can_be_read_without_seeing_the_drawing() -> None:
    page = Page(render_graph("html", sample()))
    (drawing,) = [dict(attrs) for tag, attrs in page.tags if tag == "svg"]
    ids = {dict(attrs)["id"] for _, attrs in page.tags if "id" in dict(attrs)}
    assert drawing["role"] == "img"
    assert set((drawing["aria-labelledby"] or "").split()) <= ids
    assert sum(tag == "tr" for tag, _ in page.tags) == 1 + len(sample().arcs)
    assert "nobody's (document)" in "".join(page.texts)


@given(HOSTILE)
def test_json_holds_every_text(text: str) -> None:
    found = json.loads(render_graph("json", hostile(text)))
    assert [one["role"] for one in found["edges"]] == ["reads", "writes"]
    assert {one["from"] for one in found["edges"]} <= {one["address"] for one in found["nodes"]}


def test_names_stay_when_other_things_come_and_go() -> None:
    whole = sample()
    part = Graph(whole.nodes[:2], whole.arcs[:1], whole.title)
    written = render_graph("mermaid", part).splitlines()[2:]
    assert set(written) <= set(render_graph("mermaid", whole).splitlines())
