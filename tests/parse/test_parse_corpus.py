"""Real files: every one is read or refused without an exception, and its places say what is written there."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from integrationlint.model.document import Document, Table, XmlNode
from integrationlint.model.location import Span, child
from integrationlint.parse.parsers import parse

Cut = Callable[[Document, Span], str]

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
SAMPLE = 200

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files lies beside a full checkout only"),
]


@pytest.mark.parametrize(
    "folder", sorted(one.name for one in CORPUS.iterdir() if one.is_dir()) if CORPUS.is_dir() else []
)
def test_real_files_are_read_and_their_places_are_right(folder: str, cut: Cut) -> None:
    count = 0
    for path in sorted((CORPUS / folder).rglob("*")):
        if path.is_file():
            document = parse(path.name, path.read_bytes())
            fatal = any(fault.fatal for fault in document.faults)
            assert (document.value is None) == fatal or document.syntax in ("yaml", "json"), path
            count += check(document, cut)
    assert count > 500


def check(document: Document, cut: Cut) -> int:
    """How many places were looked at."""
    value = document.value
    if isinstance(value, XmlNode):
        places = list(elements(value))
        for node in places[:: len(places) // SAMPLE + 1]:
            check_element(document, node, cut)
        return len(places)
    if isinstance(value, tuple):
        return sum(check_table(document, table, cut) for table in value)
    if document.syntax == "text" or value is None:
        return 0
    found = list(members(value))
    for pointer, name, here in found[:: len(found) // SAMPLE + 1]:
        check_value(document, pointer, name, here, cut)
    return len(found)


def members(value: object) -> Iterator[tuple[str, str | None, object]]:
    stack: list[tuple[str, str | None, object]] = [("", None, value)]
    while stack:
        pointer, name, here = stack.pop()
        yield pointer, name, here
        if isinstance(here, dict):
            stack += [(child(pointer, key), key, one) for key, one in here.items()]
        elif isinstance(here, list):
            stack += [(child(pointer, number), None, one) for number, one in enumerate(here)]


def check_value(document: Document, pointer: str, name: str | None, value: object, cut: Cut) -> None:
    where = (document.path, pointer)
    written = cut(document, document.span(pointer, key=False))
    assert document.at(pointer) is value
    if name is not None:
        key = cut(document, document.span(pointer, key=True))
        assert key.startswith("!") or str(read(key)) in (name, "None"), where
    # Aliases and block texts mean nothing without what is around them; what is behind a tag is an argument.
    if isinstance(value, dict | list) or written.startswith(("*", "|", ">")) or "/Fn::GetAtt/" in pointer:
        return
    assert read(written) == value or (isinstance(value, str) and str(value) == written), where


def read(text: str) -> object:
    return parse("a.yaml", text.encode()).value


def elements(root: XmlNode) -> Iterator[XmlNode]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack += node.children


def check_element(document: Document, node: XmlNode, cut: Cut) -> None:
    where = (document.path, node.pointer)
    assert document.at(node.pointer) is node
    name = cut(document, document.span(node.pointer))
    assert name.rpartition(":")[2] == node.local, where
    written = cut(document, document.span(node.pointer, key=False))
    assert re.match(rf"<{re.escape(name)}[\s/>]", written), where
    assert re.search(rf"(/>|</{re.escape(name)}\s*>)\Z", written), where
    for attribute, value in node.attributes.items():
        text = cut(document, document.span(f"{node.pointer}/@{attribute}"))
        assert unescape(re.sub(r"\r\n|[\t\r\n]", " ", text[1:-1])) == value, where


def check_table(document: Document, table: Table, cut: Cut) -> int:
    for row in table.rows[:: len(table.rows) // SAMPLE + 1]:
        for column, cell in enumerate(row.cells, 1):
            text = cut(document, document.span(f"/{row.number}/{column}"))
            assert (text[1:-1].replace('""', '"') if text.startswith('"') else text) == cell
    return len(table.rows)
