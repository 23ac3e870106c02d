from collections.abc import Callable

import pytest

from integrationlint.model.document import Document, XmlNode
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.location import Span
from integrationlint.parse import xml as parser
from integrationlint.parse.parsers import parse

Cut = Callable[[Document, Span], str]

XML = "http://www.w3.org/XML/1998/namespace"


def read(text: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    return parser.parse("a.xml", text, "utf-8", limits)


def root(document: Document) -> XmlNode:
    assert isinstance(document.value, XmlNode), document.faults
    return document.value


def test_names_are_resolved_and_prefixes_kept() -> None:
    text = '<a xmlns="urn:a" xmlns:p="urn:p" p:x="p:q" y="1"><p:b/><c xmlns=""/><d xmlns:p="urn:z"><e/></d></a>'
    node = root(read(text))
    assert (node.name, node.local, node.namespace) == ("{urn:a}a", "a", "urn:a")
    assert node.attributes == {"{urn:p}x": "p:q", "y": "1"}
    assert node.namespaces == {"": "urn:a", "p": "urn:p", "xml": XML}
    b, c, d = node.children
    assert [one.name for one in (b, c, d, *d.children)] == ["{urn:p}b", "c", "{urn:a}d", "{urn:a}e"]
    assert b.namespaces is node.namespaces
    assert c.namespaces[""] == ""
    assert d.children[0].namespaces == {"": "urn:a", "p": "urn:z", "xml": XML}


def test_a_repeated_declaration_costs_nothing() -> None:
    node = root(read('<a xmlns:p="urn:p"><b xmlns:p="urn:p"/></a>'))
    assert node.children[0].namespaces is node.namespaces


def test_pointers_count_siblings_of_the_same_name() -> None:
    node = root(read('<a xmlns:p="u"><b/><c/><p:b/><b><c/></b></a>'))
    assert [one.pointer for one in node.children] == ["/a[1]/b[1]", "/a[1]/c[1]", "/a[1]/b[2]", "/a[1]/b[3]"]
    assert node.children[3].children[0].pointer == "/a[1]/b[3]/c[1]"


def test_text_is_joined_from_text_references_and_cdata() -> None:
    assert root(read("<a>x &amp;&#233;<b>y</b><![CDATA[<z>]]></a>")).text == "x &é<z>"


@pytest.mark.parametrize(
    ("pointer", "key", "value"),
    [
        ("/a[1]", "p:a", "<p:a xmlns:p='urn:p/q'\r\n\tp:x = \"1>2\"\n y='é😀'>t<b  />u<b></b >\n</p:a>"),
        ("/a[1]/@{urn:p/q}x", "p:x", '"1>2"'),
        ("/a[1]/@y", "y", "'é😀'"),
        ("/a[1]/@xmlns:p", "xmlns:p", "'urn:p/q'"),
        ("/a[1]/b[1]", "b", "<b  />"),
        ("/a[1]/b[2]", "b", "<b></b >"),
    ],
)
def test_places(cut: Cut, pointer: str, key: str, value: str) -> None:
    element = "<p:a xmlns:p='urn:p/q'\r\n\tp:x = \"1>2\"\n y='é😀'>t<b  />u<b></b >\n</p:a>"
    document = read(f"<?xml version='1.0'?>\n<!-- 😀 <p:a> --> {element}\n")
    assert cut(document, document.span(pointer, key=True)) == key
    assert cut(document, document.span(pointer, key=False)) == value


def test_an_element_is_marked_at_its_name_and_an_attribute_at_its_value(cut: Cut) -> None:
    document = read("<a>\n  <b x='1'/>\n</a>")
    assert cut(document, document.span("/a[1]/b[1]")) == "b"
    assert cut(document, document.span("/a[1]/b[1]/@x")) == "'1'"
    assert document.span("/a[1]/b[1]/@y") == document.span("/a[1]/b[1]") == document.span("/a[1]/b[1]/c[7]")
    assert (root(document).children[0].line, root(document).children[0].column) == (2, 3)


def test_a_doctype_is_accepted_and_never_fetched() -> None:
    document = read('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>x</a>')
    assert (root(document).text, document.faults) == ("x", ())


def test_entities_of_the_dtd_are_told() -> None:
    document = read("<!DOCTYPE a SYSTEM 'a.dtd'><a b='&gt;&#49;&nbsp;2' c='&apos;'>x&nbsp;y</a>")
    node = root(document)
    assert (node.text, node.attributes) == ("x&nbsp;y", {"b": ">12", "c": "'"})
    told = [(fault.code, fault.fatal, fault.span.start.column) for fault in document.faults]
    assert told == [("unsafe", False, 43), ("unsafe", False, 64)]


@pytest.mark.parametrize(
    "declaration",
    [
        'a "ha"',
        'a SYSTEM "file:///etc/hostname"',
        'a PUBLIC "x" "http://127.0.0.1:9/"',
        '% a SYSTEM "a.dtd"',
        '% a "x"',
    ],
)
def test_entities_are_refused_where_they_are_declared(declaration: str) -> None:
    document = read(f"<!DOCTYPE r [\n <!ENTITY {declaration}>\n]><r>&a;</r>")
    assert document.value is None
    assert [(fault.code, fault.fatal, fault.span.start.line) for fault in document.faults] == [("unsafe", True, 2)]


def test_attributes_that_only_the_doctype_states_are_left_out() -> None:
    document = read('<!DOCTYPE a [<!ATTLIST a x CDATA "1" y CDATA #IMPLIED>]><a y="2"/>')
    assert (root(document).attributes, document.faults) == ({"y": "2"}, ())


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("", (1, 1), "holds no element"),
        ("<!-- c -->", (1, 11), "holds no element"),
        ("<a>\n <b>\n</a>", (3, 3), "<b> of line 2 is still open"),
        ("<a>\n <b>", (2, 5), "<b> of line 2 is still open"),
        ("<a>x & y</a>", (1, 6), "&amp;"),
        ("<a>x < y</a>", (1, 6), "&lt;"),
        ("<a x='<'/>", (1, 7), "&lt;"),
        ("<a x=1/>", (1, 6), "not well-formed"),
        ("<a>é😀\x01</a>", (1, 6), "U+0001"),
        ("<a>&nbsp;</a>", (1, 4), "&#160;"),
        ("<a/><b/>", (1, 5), "root element"),
        ("<p:a/>", (1, 1), "xmlns:"),
        ("<a x='1' x='2'/>", (1, 10), "twice"),
        ("\n<?xml version='1.0'?><a/>", (2, 1), "very first"),
        ("<a><b x='1</b></a>", (1, 11), "not closed"),
        ("<a><![CDATA[x</a>", (1, 18), "never closed"),
    ],
)
def test_faults_say_where_and_what_to_do(text: str, start: tuple[int, int], words: str) -> None:
    document = read(text)
    assert document.value is None
    (fault,) = document.faults
    assert (fault.code, fault.fatal) == ("syntax", True)
    assert words in fault.message
    assert fault.span.start == start


@pytest.mark.parametrize(
    ("text", "limits", "start"),
    [
        ("<a><b><c/></b></a>", Limits(depth=2), (1, 7)),
        ("<a><b/><b x='1'/></a>", Limits(nodes=3), (1, 8)),
        ("<a><b" + "b" * 600 + "/></a>", Limits(nodes=4), (1, 4)),
        ("<a xmlns:p='1' xmlns:q='2'><b xmlns:r='1'/><b xmlns:r='2'/></a>", Limits(nodes=7), (1, 44)),
        ("<!DOCTYPE a [<!ATTLIST a" + "".join(f" x{n} CDATA #IMPLIED" for n in range(101)) + ">]><a/>", Limits(), None),
    ],
)
def test_limits_are_faults(text: str, limits: Limits, start: tuple[int, int] | None) -> None:
    document = read(text, limits)
    assert document.value is None
    assert [(fault.code, fault.fatal) for fault in document.faults] == [("limit", True)]
    assert start is None or document.faults[0].span.start == start


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8"),
        ("<?xml version='1.0' encoding='utf-16'?>", "utf-16"),
        ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16-le"),
        ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16-be"),
        ("<?xml version='1.0' encoding='windows-1252'?>", "cp1252"),
        ("<?xml version='1.0' encoding='ISO-8859-15'?>", "iso8859-15"),
        ("<?xml version='1.1' encoding='ISO-8859-1'?>", "latin-1"),
    ],
)
def test_every_encoding_gives_the_same_tree_and_places(cut: Cut, declaration: str, codec: str) -> None:
    document = parse("a.xml", f"{declaration}<a x='é'>ü</a>".encode(codec))
    assert document.faults == ()
    assert (root(document).attributes, root(document).text) == ({"x": "é"}, "ü")
    assert cut(document, document.span("/a[1]/@x")) == "'é'"
