"""Mapping tables: golden element trees of our own fixtures, what is no mapping, any table at all."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats.mappings import table
from integrationlint.model.document import Document, Row, Table
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[1] / "data" / "formats" / "mappings"
TABLES = sorted(DATA.glob("*.csv"))


def read(path: Path, name: str | None = None) -> Document:
    return parse(name or f"maps/{path.name}", path.read_bytes())


def made(*lines: str) -> Element:
    document = parse("maps/made.csv", "\n".join(lines).encode())
    assert table.recognise(document)
    return table.build(document)


def line(root: Element, name: str) -> Element:
    return next(one for one in root.children if one.name == name)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_golden_trees(
    path: Path, golden: "Callable[[Path, str], None]", render_elements: "Callable[[Element], str]"
) -> None:
    document = read(path)
    match = table.recognise(document)
    assert match
    golden(path.with_suffix(".csv.golden"), f"{match.evidence}\n{render_elements(table.build(document))}")


@pytest.mark.parametrize("path", sorted((DATA / "not").glob("*.csv")), ids=lambda path: path.stem)
def test_what_is_no_mapping(path: Path) -> None:
    assert table.recognise(read(path)) is None


@pytest.mark.parametrize(
    "block",
    [
        "# source: api.yaml#/A\n# target: sap.xsd#B",
        "# Source,api.yaml#/A\n# Target,sap.xsd#B",
        "Source Schema: api.yaml#/A\nTarget Schema: sap.xsd#B",
        "Source:,api.yaml#/A,Target:,sap.xsd#B",
        "Source System,Shop,,\nSource File,api.yaml#/A\nTarget System,ERP\nTarget Structure,sap.xsd#B",
    ],
)
def test_title_blocks_name_the_schemas(block: str) -> None:
    root = made(block, "source_field,target_field", "a.b,C/D")
    assert (root.facts["source"], root.facts["target"]) == ("api.yaml#/A", "sap.xsd#B")
    assert [(use.role, use.key) for use in root.uses] == [
        ("contains", "pointer:maps/api.yaml#/A"),
        ("contains", "schema:maps/sap.xsd#B"),
    ]
    only = root.children[0]
    assert [(use.role, use.key, use.path) for use in only.uses] == [
        ("reads", "pointer:maps/api.yaml#/A", ("a", "b")),
        ("writes", "schema:maps/sap.xsd#B", ("C", "D")),
    ]
    assert all(use.tier == "declared" for use in only.uses)


def test_pointers_name_the_cells() -> None:
    root = made("# source: A", "source_field,target_field,rule", "a,,b + c", "a,D,")
    assert [use.pointer for use in root.uses] == ["/1/1"]
    first, second = root.children
    assert (first.pointer, second.pointer) == ("/3/1", "/4/2")
    assert [(use.path, use.tier, use.pointer) for use in first.uses] == [
        (("a",), "inferred", "/3/1"),
        (("b",), "inferred", "/3/3"),
        (("c",), "inferred", "/3/3"),
    ]


def test_inside_a_loop_a_bare_name_may_be_of_the_item_or_of_the_message() -> None:
    root = made("# source: api.yaml#/A", "source_field,target_field,rule", "lines[].qty,T,qty * price")
    assert [use.path for use in root.children[0].uses] == [("lines", "qty"), ("price",), ("lines", "price")]


def test_numbers_are_lines_of_the_file() -> None:
    root = made("source_field,target_field,comment", 'a,A,"two\nlines"', "", "b,B,", "# remark,,", "c,C,")
    assert [one.facts["number"] for one in root.children] == [2, 5, 7]


def test_equal_targets_get_numbered_addresses() -> None:
    root = made("source_field,target_field", "a,T", "b,T", ",U")
    assert [one.address for one in root.children] == [
        "maps/made.csv#line:T",
        "maps/made.csv#line:T~2",
        "maps/made.csv#line:U",
    ]


def test_rows_that_are_no_lines() -> None:
    root = made(
        "source_field,target_field,rule,default",
        "Customer data,,,",
        "a,A,,",
        ",,,",
        "# remark,,,",
        "source_field,target_field,rule,default",
        "n/a,-,upper(x),",
        "order.open,,,",
        "Filter conditions,,,",
        "b,B,,",
    )
    assert [one.name for one in root.children] == ["A", "order.open"]


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ("a,T,,,,", {"operation": "copy", "source": "a"}),
        (",T,,,EUR,", {"operation": "constant", "default": "EUR"}),
        (",T,'X',,,", {"operation": "constant", "expression": "X"}),
        ("'X',T,,,,", {"operation": "constant", "expression": "X"}),
        ("f(a),T,,,,", {"operation": "function", "expression": "f(a)"}),
        ("a; b,T,,,,", {"operation": "unknown", "sources": ("a", "b")}),
        ("a; b,T,concatenate,,,", {"operation": "concat"}),
        ("a,T,input.a,,,", {"operation": "copy"}),
        ("a,T,A=1;B=2,,,", {"operation": "lookup"}),
        ("a,T,,a > 1,,", {"operation": "copy", "condition": "a > 1"}),
        ("a,T,TBD,,,", {"operation": "unknown", "status": "tbd"}),
        ("a,TBD,,,,", {"operation": "unknown", "status": "tbd"}),
        ("a,,not mapped,,,", {"operation": "ignore"}),
        ("a,T,,,,ISO", {"operation": "lookup", "lookup": "ISO"}),
        (",T,,,,", {"operation": "unknown"}),
    ],
)
def test_operations(row: str, facts: dict[str, object]) -> None:
    root = made("source_field,target_field,rule,condition,default,lookup", row)
    found = root.children[0].facts
    assert {name: found.get(name) for name in facts} == facts


def test_an_ignored_line_uses_nothing() -> None:
    root = made("# source: A", "source_field,target_field,rule", "a,,not mapped")
    assert root.children[0].uses == []


@pytest.mark.parametrize(
    ("header", "cell", "required"),
    [
        ("Required", "Y", True),
        ("Required", "1..n", True),
        ("Nullable", "Y", False),
        ("Target Nullable", "N", True),
        ("Cardinality", "0..1", False),
        ("Min Occurs", "1", True),
        ("Source Required", "Y", None),
        ("Required", "", None),
    ],
)
def test_required_is_that_of_the_target(header: str, cell: str, required: bool | None) -> None:
    root = made(f"source_field,target_field,{header}", f"a,T,{cell}")
    assert root.children[0].facts.get("required") is required
    beside = made(f"source_field,{header},target_field", f"a,{cell},T")
    assert beside.children[0].facts.get("required") is required


def test_coverage_says_how_much_could_be_read() -> None:
    assert made("source_field,target_field", "a,T").facts["coverage"] == "complete"
    assert made("source_field,target_field", "a,T/*").facts["coverage"] == "partial"
    assert made("source_field,target_field", "a,see page 4 of the other document").facts["coverage"] == "partial"
    assert made("# coverage: partial", "source_field,target_field", "a,T").facts["coverage"] == "partial"
    assert made("source_field,target_field").facts["coverage"] == "empty"


def test_several_sheets_are_one_mapping() -> None:
    cover = Table("Cover", (Row(1, ("Source", "api.yaml#/A")), Row(2, ("Version", "3"))))
    codes = Table(
        "Status", (Row(1, ("Source Code", "Target Code", "When")), Row(2, ("N", "NEW")), Row(3, ("N", "OLD")))
    )
    lines = Table("Lines", (Row(1, ("Source Field", "Target Field")), Row(2, ("a", "T"))))
    root = table.build(Document("m.xlsx", "table", (cover, lines, codes), ""))
    assert (root.facts["source"], root.facts["version"]) == ("api.yaml#/A", "3")
    assert [one.kind for one in root.children] == ["line", "lookup"]
    assert line(root, "Status").facts["entries"] == {"N": "NEW"}


def test_the_name_is_offered_as_a_key() -> None:
    root = made("Interface,Orders to SAP", "source_field,target_field", "a,T")
    assert root.keys == ("mapping:Orders to SAP", "mapping:made")


CELL = st.sampled_from(
    """Source Field|Target Field|Source|Target|from|to|Field|Type|Rule|Condition|Default|Required|Source Table|Code|PII
    |# source: a.xsd#B|Source Schema: X|Target,b.yaml#/x|.a|..b|...c|a.b[]|//x|a/*|N/A|tbd|'x'|A=1;B=2|f(a, b)|a; b|10
    |Joins|{u}N|Header|backbone|not mapped|CHAR(3)|Y|0..1""".split("|")
) | st.text(max_size=12)


@given(st.lists(st.lists(CELL, max_size=7), max_size=12))
def test_any_table_is_read(cells: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(cells)
    document = parse("a/b.csv", stream.getvalue().encode("utf-8", "replace"))
    check_tree(document, table.build(document))
    assert table.recognise(document) is None or table.build(document).facts["coverage"]


@given(st.lists(st.lists(CELL, max_size=6), min_size=1, max_size=8))
def test_any_rows_below_a_header_are_read(cells: list[list[str]]) -> None:
    header = Row(1, ("Source Table", "Source Field", "Target Field", "Rule", "Default", "Lookup"))
    body = [Row(number, tuple(one)) for number, one in enumerate(cells, 2) if one]
    document = Document("a/b.csv", "table", (Table("", (header, *body)),), "")
    assert table.recognise(document)
    check_tree(document, table.build(document))


def check_tree(document: Document, root: Element) -> None:
    numbers = {row.number for one in document.value for row in one.rows} if isinstance(document.value, tuple) else set()
    addresses = [one.address for one in root.walk()]
    assert len(set(addresses)) == len(addresses)
    for element in root.walk():
        pointers = [element.pointer, *(use.pointer for use in element.uses)]
        assert all(not one or int(one.split("/")[1]) in numbers for one in pointers)
