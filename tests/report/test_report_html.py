"""The HTML page: no text becomes an element or an attribute, nothing is loaded, everybody can read it."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.model.report import Report
from integrationlint.report.html import html
from integrationlint.report.page import page

KINDS = st.sampled_from(["lint", "diff"])
# Elements and their attributes; what a value may be besides.
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "li", "span", "strong"),
    *("article", "section", "dl", "dt", "dd", "details", "summary", "div", "table", "caption", "thead", "tbody", "tr"),
    *("th", "td", "code", "pre", "a", "br"),
}
VALUES = {
    "lang": "en",
    "charset": "utf-8",
    "name": "viewport|color-scheme",
    "http-equiv": "Content-Security-Policy",
    "content": "width=device-width, initial-scale=1|light dark|default-src 'none'; style-src 'unsafe-inline'",
    "class": "about|counts|table|place|faint|badge [a-z-]+",
    "aria-label": "Counts",
    "aria-hidden": "true",
    "aria-labelledby": "r[0-9a-f]{16}",
    "id": "r[0-9a-f]{16}",
    "scope": "col",
    "href": r"#r[0-9a-f]{16}|https://\S+",
    "rel": "noreferrer",
    "open": "",
}
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page and refuses what is not ours."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only our elements and attributes, each attribute once."""
        assert tag in ELEMENTS
        assert len({name for name, _ in attrs}) == len(attrs)
        for name, value in attrs:
            assert re.fullmatch(VALUES[name], value or ""), (name, value)
            self.ids += [value or ""] if name == "id" else []
            self.targets |= {str(value)[1:]} if name == "href" and str(value).startswith("#") else set()
        self.open += [tag] if tag not in VOID else []

    def handle_endtag(self, tag: str) -> None:
        """Every element ends where it should."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What a person reads."""
        self.said += [data] if self.open and self.open[-1] != "style" else []

    def handle_comment(self, data: str) -> None:
        """There is none."""
        raise AssertionError(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert reader.targets <= set(reader.ids)
    return reader


@settings(max_examples=80)
@given(data=st.data(), kind=KINDS)
def test_texts_stay_texts(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    markup = st.sampled_from(
        ["<script>x</script>", '" onload="x', "'><img src=x>", "javascript:x", "</pre>", "{{ 7*7 }}"]
    )
    reader = read(html(hostile_report(data.draw(texts | markup), kind)))
    assert "49" not in reader.said


def test_all_that_is_there_is_told(sample_lint: Report, sample_diff: Report) -> None:
    said = "".join(read(html(sample_diff)).said)
    for one in (
        "1 breaking change, 1 risky change, 1 safe change",
        "from main (1a2b3c4d5e6f) to work tree",
        "field Order.customerId was removed",
        "new messages do not fit old readers",
        "consumer billing (tier1), owner team-billing",
        "field Order.customerId (removed) <- mapping orders-to-sap.csv:14 <- flow",
        "Deprecate it first.",
        "nobody calls it (owner team-orders)",
    ):
        assert one in said
    said = "".join(read(html(sample_lint)).said)
    for one in (
        "KeyError: 'name'",
        "2 symbolic links",
        "agreed with the data team",
        "zalando 129",
        "x,日本語,customerNo",
    ):
        assert one in said


def test_nothing_is_loaded_and_nothing_runs(sample_lint: Report) -> None:
    shown = html(sample_lint)
    assert not re.search(r"<script|\bsrc=|@import|url\(|<link|<iframe|\bon\w+=", shown)
    assert "default-src 'none'" in shown
    assert "prefers-color-scheme: dark" in shown


def test_an_empty_report_is_a_page(empty_lint: Report) -> None:
    assert "no findings" in "".join(read(html(empty_lint)).said)


def test_the_lightest_are_left_out_first(sample_lint: Report) -> None:
    shown = page(sample_lint, 3, "it")
    assert [row.weight for file in shown.files for row in file.rows] == ["error", "error", "warning"]
    assert shown.notes[-1] == "16 entries of lesser weight did not fit into it"


def test_suppressed_changes_weigh_nothing(sample_diff: Report) -> None:
    kept = page(replace(sample_diff, findings=()), 2, "it").changes
    assert [one.message for one in kept] == ["field Order.customerId was removed", "Status may now be held"]
