"""The law of places: what a span cuts out of the text reads as what the pointer names."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from html import unescape
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import yaml
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.document import Document, XmlNode
from integrationlint.model.location import Span, child
from integrationlint.parse.parsers import parse

Cut = Callable[[Document, Span], str]

# Letters of one to four bytes, both kinds of quotes, what pointers escape, and what the syntaxes take for signs.
LETTERS = "aZ é😀~/'\"\\:#-,[]{}&*!|>%@`?<=;0.\t\n\ufeff"
names = st.text(LETTERS, max_size=6)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(LETTERS + "\u2028", max_size=10)
)


def trees(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
    )


def members(value: object) -> Iterator[tuple[str, str | None, object]]:
    """Every value in the tree with its pointer and, in a dict, its name."""
    stack: list[tuple[str, str | None, object]] = [("", None, value)]
    while stack:
        pointer, name, here = stack.pop()
        yield pointer, name, here
        if isinstance(here, dict):
            stack += [(child(pointer, key), key, one) for key, one in here.items()]
        elif isinstance(here, list):
            stack += [(child(pointer, number), None, one) for number, one in enumerate(here)]


def check(document: Document, value: object, cut: Cut, read: Callable[[str], object], *, quoted: bool = False) -> None:
    assert document.faults == ()
    assert document.value == value
    for pointer, name, here in members(value):
        assert document.at(pointer) == here
        span = document.span(pointer, key=False)
        text = cut(document, span)
        if name is not None:
            key = document.span(pointer, key=True)
            assert read(cut(document, key)) == name
            assert key.end <= span.start
        if text.startswith(("{", "[")) or not isinstance(here, dict | list):
            # A dumper that quotes everything puts a tag before what is no text; the span begins behind it.
            assert read(text) == here or (quoted and not isinstance(here, str))
        if pointer:
            outer = document.span(pointer.rpartition("/")[0], key=False)
            assert outer.start <= span.start <= span.end <= outer.end


@given(value=trees(scalars), indent=st.sampled_from([None, 0, 2, "\t"]), ascii=st.booleans(), crlf=st.booleans())
def test_json(cut: Cut, value: object, indent: int | str | None, ascii: bool, crlf: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    document = parse("a.json", (text.replace("\n", "\r\n") if crlf else text).encode())
    check(document, value, cut, json.loads)


@given(
    # PyYAML writes U+2028 as YAML 1.1 has it, a line end. A key of YAML that looks like a number becomes its JSON name.
    value=trees(scalars.filter(lambda value: "\u2028" not in str(value))),
    flow=st.sampled_from([True, False, None]),
    style=st.sampled_from([None, '"', "'"]),
    indent=st.integers(2, 5),
    width=st.sampled_from([20, 80, 1000]),
    crlf=st.booleans(),
)
def test_yaml(
    *, cut: Cut, value: object, flow: bool | None, style: str | None, indent: int, width: int, crlf: bool
) -> None:
    text = yaml.safe_dump(
        value, default_flow_style=flow, default_style=style, allow_unicode=True, indent=indent, width=width
    )
    document = parse("a.yaml", (text.replace("\n", "\r\n") if crlf else text).encode())
    check(document, value, cut, lambda written: parse("a.yaml", written.encode()).value, quoted=style is not None)


letters = st.text("aZé😀<>&'\" \t/=", max_size=8)
tags = st.sampled_from(["a", "b", "é", "p:a", "p:c"])
attributes = st.dictionaries(st.sampled_from(["x", "y", "p:x", "é"]), letters, max_size=3)
gaps = st.sampled_from([" ", "\n", "\r\n\t", "  "])
elements: st.SearchStrategy[object] = st.recursive(
    st.tuples(tags, attributes, gaps, st.just([])),
    lambda inner: st.tuples(tags, attributes, gaps, st.lists(inner | letters, max_size=4)),
    max_leaves=10,
)


def markup(element: object) -> str:
    if isinstance(element, str):
        return escape(element)
    assert isinstance(element, tuple)
    tag, attributes, gap, content = element
    start = f"<{tag}{''.join(f'{gap}{name} ={gap}{quoteattr(value)}' for name, value in attributes.items())}{gap}"
    return f"{start}>{''.join(map(markup, content))}</{tag}{gap}>" if content else f"{start}/>"


@given(element=elements, comment=st.sampled_from(["", "<!-- <a x='1'> -->\n", "<?p <a>?>\r\n"]))
def test_xml(cut: Cut, element: object, comment: str) -> None:
    document = parse("a.xml", f'{comment}<r xmlns:p="urn:p">{markup(element)}{comment}</r>'.encode())
    assert document.faults == ()
    root = document.value
    assert isinstance(root, XmlNode)
    stack = [root]
    while stack:
        node = stack.pop()
        stack += node.children
        assert document.at(node.pointer) is node
        written = cut(document, document.span(node.pointer, key=False))
        name = cut(document, document.span(node.pointer))
        assert name.rpartition(":")[2] == node.local
        assert written.startswith(f"<{name}")
        again = parse("b.xml", f'<r xmlns:p="urn:p">{written}</r>'.encode()).value
        assert isinstance(again, XmlNode)
        assert tree(again.children[0]) == tree(node)
        for attribute, value in node.attributes.items():
            pointer = f"{node.pointer}/@{attribute}"
            assert document.at(pointer) == value
            assert cut(document, document.span(pointer, key=True)).rpartition(":")[2] == attribute.rpartition("}")[2]
            text = cut(document, document.span(pointer))
            assert text[0] == text[-1]
            # White space in an attribute is a space (XML 1.0 section 3.3.3), unless written as a number.
            assert unescape(text[1:-1].replace("\t", " ")) == value


def tree(node: XmlNode) -> tuple[object, ...]:
    return node.name, node.attributes, node.text, [tree(one) for one in node.children]


@given(
    rows=st.lists(st.lists(st.text('aé😀 "\n\r,;\t|0', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5),
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    always=st.booleans(),
)
def test_table(cut: Cut, rows: list[list[str]], separator: str, end: str, always: bool) -> None:
    buffer = io.StringIO()
    # Python's writer forgets the quotes around a lone CR.
    quoting: Literal[0, 1] = csv.QUOTE_ALL if always or "\\r" in str(rows) else csv.QUOTE_MINIMAL
    csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting).writerows([[*"abcde"], *rows])
    document = parse("a.csv", buffer.getvalue().encode())
    assert isinstance(document.value, tuple)
    (table,) = document.value
    assert [list(row.cells) for row in table.rows[1:]] == rows
    for number, row in enumerate(rows, 2):
        for column, cell in enumerate(row, 1):
            pointer = f"/{number}/{column}"
            assert document.at(pointer) == cell
            text = cut(document, document.span(pointer))
            assert (text[1:-1].replace('""', '"') if text.startswith('"') else text) == cell


def test_what_stands_beside_duplicate_keys_keeps_its_place(cut: Cut) -> None:
    text = "[" + ", ".join(['{"a": {"x": 1, "x": 2, "y": 3}, "a": 4}', '{"y": 5, "x": {"x": 6}}'] * 50) + "]"
    for path in ("a.json", "a.yaml"):
        document = parse(path, text.encode() if path == "a.json" else text.replace('"', "'").encode())
        assert (document.syntax, len(document.faults)) == (path[2:], 100)
        for number in range(0, 100, 2):
            pointers = [f"/{number}/a", f"/{number + 1}/y", f"/{number + 1}/x/x"]
            assert [cut(document, document.span(pointer)) for pointer in pointers] == ["4", "5", "6"]
            assert [cut(document, document.span(pointer, key=True))[1] for pointer in pointers] == ["a", "y", "x"]
