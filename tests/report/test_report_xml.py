"""JUnit, Checkstyle and Confluence: well-formed whatever the texts, and as their readers want them."""

from collections.abc import Callable
from dataclasses import replace
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from integrationlint.model.report import Report
from integrationlint.report.checkstyle import checkstyle
from integrationlint.report.confluence import confluence
from integrationlint.report.junit import junit
from integrationlint.report.sanitise import line

KINDS = st.sampled_from(["lint", "diff"])
# Children in their order, with what they may hold, and attributes: the schema of Jenkins (junit-4.xsd), transcribed.
# `?` is at most one, `*` any number; an attribute with `!` has to be there.
JUNIT = {
    "testsuites": (["testsuite*"], {"name", "time", "tests", "failures", "disabled", "errors"}),
    "testsuite": (
        ["properties?", "testcase*", "system-out?", "system-err?"],
        {
            "name!",
            "tests!",
            "failures",
            "errors",
            "time",
            "disabled",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
        },
    ),
    "testcase": (
        ["skipped?", "error*", "failure*", "system-out*", "system-err*"],
        {"name!", "assertions", "time", "classname", "status"},
    ),
    "failure": ([], {"type", "message"}),
    "error": ([], {"type", "message"}),
    "skipped": ([], set()),
    "system-out": ([], set()),
}
TEXT = {"failure", "error", "skipped", "system-out"}
# What Confluence's storage format may hold of ours.
STORAGE = {
    *("p", "strong", "table", "tbody", "tr", "th", "td", "h2", "h3", "ul", "li", "code", "pre", "br", "a"),
    *("ac:structured-macro", "ac:parameter", "ac:rich-text-body"),
}
AC = "urn:ac"


def parsed(text: str) -> "etree._Element":
    """The root, by a parser that refuses characters which XML does not have; expat has to agree."""
    expat.ParserCreate().Parse(text.encode(), True)
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def storage(text: str) -> "etree._Element":
    return parsed(f'<page xmlns:ac="{AC}">{text}</page>')


def strict(root: "etree._Element") -> None:
    """Assert what the schema asserts."""
    assert root.tag == "testsuites"
    for node in root.iter():
        children, attributes = JUNIT[str(node.tag)]
        names = {one.rstrip("!") for one in attributes}
        assert set(node.attrib) <= names, node.tag
        assert {one[:-1] for one in attributes if one.endswith("!")} <= set(node.attrib)
        order = [one[:-1] for one in children]
        found = [order.index(str(one.tag)) for one in node]
        assert found == sorted(found), node.tag
        for one in children:
            assert one.endswith("*") or len(node.findall(one[:-1])) <= 1
        assert str(node.tag) in TEXT or not (node.text or "").strip()
        assert not (node.tail or "").strip()


def counted(root: "etree._Element") -> None:
    for one in (root, *root):
        cases = list(one.iter("testcase"))
        assert int(one.attrib["tests"]) == len(cases) > 0
        assert int(one.attrib["failures"]) == sum(case.find("failure") is not None for case in cases)
        assert int(one.attrib["errors"]) == sum(case.find("error") is not None for case in cases)


@settings(max_examples=60)
@given(data=st.data(), kind=KINDS)
def test_junit_is_what_the_strict_schema_says(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    root = parsed(junit(hostile_report(data.draw(texts), kind)))
    strict(root)
    counted(root)
    names = [(one.attrib["classname"], one.attrib["name"]) for one in root.iter("testcase")]
    assert len(names) == len(set(names))


def test_junit_of_the_samples(sample_lint: Report, sample_diff: Report, empty_lint: Report) -> None:
    for report in (sample_lint, sample_diff, empty_lint):
        root = parsed(junit(report))
        strict(root)
        counted(root)
    (suite,) = root
    assert suite[0].attrib["name"] == "lint went through"


def test_junit_says_how_each_went(sample_diff: Report, sample_lint: Report) -> None:
    cases = {one.attrib["name"]: one for one in parsed(junit(sample_diff)).iter("testcase")}
    broken = cases["compat/field-removed schema:Order/field:customerId"].find("failure")
    assert broken is not None
    assert broken.attrib["type"] == "breaking"
    assert "What to do: Deprecate it first." in str(broken.text)
    assert "breaks: consumer billing (tier1), owner team-billing" in str(broken.text)
    assert cases["compat/field-added schema:Order/field:note"].find("failure") is None
    excepted = cases["compat/field-removed schema:Legacy/field:id"].find("skipped")
    assert excepted is not None
    assert "nobody calls it (owner team-orders)" in str(excepted.text)
    assert len(cases["no findings"]) == 0
    lint = parsed(junit(sample_lint))
    (error,) = lint.iter("error")
    assert "KeyError: 'name'" in error.attrib["message"]
    assert any("note: 2 symbolic links" in str(one.text) for one in lint.iter("system-out"))


def test_names_of_cases_do_not_hold_lines(sample_lint: Report) -> None:
    moved = tuple(
        replace(one, location=one.location._replace(span=sample_lint.findings[0].location.span))
        for one in sample_lint.findings
    )
    names = [[one.attrib["name"] for one in parsed(junit(report)).iter("testcase")]
             for report in (sample_lint, replace(sample_lint, findings=moved))]  # fmt: skip
    assert sorted(names[0]) == sorted(names[1])


@settings(max_examples=60)
@given(data=st.data(), kind=KINDS)
def test_checkstyle_holds_files_and_errors(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    text = data.draw(texts)
    root = parsed(checkstyle(hostile_report(text, kind)))
    assert root.tag == "checkstyle"
    assert list(root.attrib) == ["version"]
    for file in root.iter("file"):
        assert list(file.attrib) == ["name"]
        assert file.attrib["name"] in ("", line(text or "."), line(text))
        for error in file:
            assert error.tag == "error"
            assert set(error.attrib) - {"line", "column"} == {"severity", "message", "source"}
            assert error.attrib["severity"] in ("ignore", "info", "warning", "error")
            assert str(error.attrib["source"]).startswith("integrationlint.")
            assert int(error.attrib.get("line", 1)) >= 1
    assert {str(one.tag) for one in root if isinstance(one.tag, str)} == {"file"}


@settings(max_examples=60)
@given(data=st.data(), kind=KINDS)
def test_confluence_holds_our_elements_alone(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    root = storage(confluence(hostile_report(data.draw(texts), kind)))
    macros = set()
    for node in root.iterdescendants():
        assert str(node.tag).replace(f"{{{AC}}}", "ac:") in STORAGE
        for name, value in node.attrib.items():
            assert name in (f"{{{AC}}}name", "href")
            assert name != "href" or str(value).startswith("https://")
        if node.tag == f"{{{AC}}}structured-macro":
            macros.add(node.attrib[f"{{{AC}}}name"])
    assert macros <= {"status", "toc", "expand"}


def test_confluence_folds_the_impact(sample_diff: Report) -> None:
    root = storage(confluence(sample_diff))
    (fold,) = (one for one in root.iter(f"{{{AC}}}structured-macro") if one.attrib[f"{{{AC}}}name"] == "expand")
    said = "".join(str(one) for one in fold.itertext())
    assert "consumer billing (tier1), owner team-billing" in said
    assert "BREAKS" in said


def test_confluence_leaves_out_the_lightest_and_says_so(sample_lint: Report) -> None:
    first = sample_lint.findings[3]
    many = tuple(replace(first, message=f"m{number}") for number in range(1_100))
    shown = confluence(replace(sample_lint, findings=(*many, sample_lint.findings[0])))
    assert "101 entries of lesser weight did not fit into a page" in shown
    assert "mapping values are not allowed here" in shown


@pytest.mark.parametrize("reporter", [junit, checkstyle])
def test_characters_that_xml_does_not_have_are_written_out(
    reporter: Callable[[Report], str], sample_lint: Report
) -> None:
    finding = replace(sample_lint.findings[0], message="a\x00b\x1bc\ufffed\ud800e]]>f")
    shown = reporter(replace(sample_lint, findings=(finding,)))
    parsed(shown)
    assert "a\\x00b\\x1bc\\ufffed\\ud800e]]&gt;f" in shown
