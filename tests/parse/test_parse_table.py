from collections.abc import Callable

import pytest

from integrationlint.model.document import Document, Row, Table
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.location import Span
from integrationlint.parse import table as parser

Cut = Callable[[Document, Span], str]


def read(text: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    return parser.parse("a.csv", text, "utf-8", limits)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ()),
        ("\n\n", ()),
        ("a,b\n1,2\n", (Row(1, ("a", "b")), Row(2, ("1", "2")))),
        ("a,b\r\n1,2", (Row(1, ("a", "b")), Row(2, ("1", "2")))),
        ("a,b\r1,2\r", (Row(1, ("a", "b")), Row(2, ("1", "2")))),
        ("a\n\nb\n", (Row(1, ("a",)), Row(3, ("b",)))),
        ("a,\n,\n", (Row(1, ("a", "")), Row(2, ("", "")))),
        ('"a,""b""\nc",d\n"",e\n', (Row(1, ('a,"b"\nc', "d")), Row(2, ("", "e")))),
        ('a "b" c,"d"e\n', (Row(1, ('a "b" c', "de")),)),
        ("a;b\n1,5;2,5\n", (Row(1, ("a", "b")), Row(2, ("1,5", "2,5")))),
        ("a\tb, c\n", (Row(1, ("a\tb", " c")),)),
        ("a\tb\nc\td, e\n", (Row(1, ("a", "b")), Row(2, ("c", "d, e")))),
        ("a|b\n", (Row(1, ("a", "b")),)),
        ("Orders; draft\na,b\nc,d\n", (Row(1, ("Orders; draft",)), Row(2, ("a", "b")), Row(3, ("c", "d")))),
        ('a,"x;y;z"\nb,"x;y;z"\n', (Row(1, ("a", "x;y;z")), Row(2, ("b", "x;y;z")))),
        ("sep=;\na,x;b\n", (Row(2, ("a,x", "b")),)),
    ],
)
def test_rows_keep_their_numbers_and_the_separator_is_what_most_lines_have(text: str, rows: tuple[Row, ...]) -> None:
    document = read(text)
    assert (document.syntax, document.value, document.faults) == ("table", (Table("", rows),), ())


@pytest.mark.parametrize(
    ("pointer", "written"),
    [
        ("/1/1", "é😀"),
        ("/1/2", '"b ""c""\r\nd"'),
        ("/1/3", ""),
        ("/3/2", "f g"),
        ("/3", "e,f g"),
        ("/1", 'é😀,"b ""c""\r\nd",'),
    ],
)
def test_places(cut: Cut, pointer: str, written: str) -> None:
    document = read('é😀,"b ""c""\r\nd",\r\n\r\ne,f g\r\n')
    assert cut(document, document.span(pointer)) == written
    document.at(pointer)


@pytest.mark.parametrize("pointer", ["/2/1", "/1/9", "/9/1", "/0/1", "/1/0/3", "/a/b", "/1/" + "9" * 5000])
def test_what_is_not_there_has_no_value_and_the_place_of_what_holds_it(pointer: str) -> None:
    document = read("a,b\n\nc,d\n")
    assert document.span(pointer) in {document.span("/1"), document.span("")}
    with pytest.raises(KeyError):
        document.at(pointer)


@pytest.mark.parametrize(
    ("text", "limits", "code", "start"),
    [
        ('a,b\nc,"d\ne,f\n', Limits(), "syntax", (2, 3)),
        ("a,b\nc,d\n", Limits(nodes=3), "limit", (2, 1)),
    ],
)
def test_faults(text: str, limits: Limits, code: str, start: tuple[int, int]) -> None:
    document = read(text, limits)
    assert document.value is None
    assert [(fault.code, fault.fatal, fault.span.start) for fault in document.faults] == [(code, True, start)]
