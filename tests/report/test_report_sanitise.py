"""Untrusted text becomes harmless, and stays readable."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from integrationlint.report import sanitise


def markdown_of(source: str) -> list[tuple[str, str]]:
    """The inline tokens of one paragraph: type and content."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    assert [one.type for one in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    return [(one.type, one.content) for one in blocks[1].children or []]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 日本語 and \U0001f468\u200d\U0001f469", "plain words, 日本語 and \U0001f468\u200d\U0001f469"),
        ("a\tb\r\nc", "a\\tb\\r\\nc"),
        ("\x1b[31m\x7f\x9b", "\\x1b[31m\\x7f\\x9b"),
        ("abc\u202edef\u2066", "abc\\u202edef\\u2066"),
        ("\ud800 \U000e0041 \ufeff", "\\ud800 \\U000e0041 \\ufeff"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert sanitise.visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("say ##[error]no", "say # #[error]no"),
        ("###[x]", "## #[x]"),
        ("##vso[task.setvariable variable=x]y", "# #vso[task.setvariable variable=x]y"),
        ("##TEAMCITY[x]", "# #TEAMCITY[x]"),
        ("## heading, #[1], ##vsomething", "## heading, #[1], ##vsomething"),
        ("#\u200d#[x]", "# \u200d#[x]"),
        # A colour begins with a control character, which is not seen, and a bracket.
        ("x##", "x# #"),
        ("x##VSO\u200d", "x# #VSO\u200d"),
    ],
)
def test_line_breaks_commands_and_nothing_else(text: str, shown: str) -> None:
    assert sanitise.line(text) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("orders.yaml", "orders.yaml"),
        ("../x", "../x"),
        ("日本.yaml", "日本.yaml"),
        ("::error::x.yaml", "./::error::x.yaml"),
        ("  ::error::x", "./  ::error::x"),
        ("\u200d::error::x", "./\u200d::error::x"),
        ("", "./"),
    ],
)
def test_start(path: str, shown: str) -> None:
    assert sanitise.start(path) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", ": :error::x"),
        (" \u3000\u200d::x::", " \u3000\u200d: :x::"),
        (":::x", ": ::x"),
        ("a::b", "a::b"),
        (": :x", ": :x"),
        ("##[x]", "# #[x]"),
    ],
)
def test_opening(text: str, shown: str) -> None:
    assert sanitise.opening(text) == shown


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org:8443/a/b.html#c", True),
        ("http://example.org/", False),
        ("javascript:alert(1)", False),
        ("https://user@example.org/", False),
        ('https://example.org/"x', False),
        ("https://example.org/\n", False),
    ],
)
def test_link(url: str, linked: bool) -> None:
    assert sanitise.link(url) == (url if linked else "")


@given(data=st.data())
def test_markdown_inline_renders_as_the_text(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    tokens = markdown_of(f"a {sanitise.markdown_inline(text)} z")
    assert {kind for kind, _ in tokens} <= {"text"}
    rendered = "".join(content for _, content in tokens).replace("\u200b", "")
    assert rendered == f"a {sanitise.line(text)} z"
    assert "order_field_1" in sanitise.markdown_inline("order_field_1 (new)")


@given(data=st.data())
def test_line_is_one_printable_line(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    shown = sanitise.line(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufeff]", shown)
    assert not re.search(r"##(\[|vso\[|teamcity\[)", shown, re.IGNORECASE)


@given(data=st.data())
def test_pieces_are_the_line_code_point_by_code_point(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    pieces = sanitise.pieces(text)
    assert len(pieces) == len(text)
    assert "".join(pieces).replace("    ", "") == sanitise.line(text).replace("\\t", "").replace("    ", "")


@given(data=st.data())
def test_markdown_text_renders_as_the_text(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    tokens = markdown_of(f"a{sanitise.markdown_text(text)}z")
    assert {kind for kind, _ in tokens} <= {"text"}
    rendered = "".join(content for _, content in tokens)
    assert rendered.replace("\u200b", "") == f"a{sanitise.line(text)}z"
    assert not re.search(r"[@#!](?=\w)|://|\bwww\.", rendered[1:-1])


@given(data=st.data())
def test_markdown_code_renders_as_the_text(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    tokens = [one for one in markdown_of(f"a {sanitise.markdown_code(text)} z") if one[0] != "text"]
    assert tokens == [("code_inline", sanitise.line(text) if sanitise.line(text).strip(" ") else " ")]


@given(data=st.data())
def test_markdown_block_holds_its_lines(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    lines = [f"1 | {sanitise.line(text)}" for text in data.draw(st.lists(texts, min_size=1, max_size=3))]
    blocks = MarkdownIt("commonmark").parse("\n".join(sanitise.markdown_block(lines)))
    assert [(one.type, one.content) for one in blocks] == [("fence", "\n".join(lines) + "\n")]


@given(data=st.data())
def test_json_text_keeps_the_value(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    written = sanitise.json_text(json.dumps({"a": text}, ensure_ascii=False, indent=2))
    shown = re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)
    assert json.loads(written) == {"a": shown}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", written)
    assert not re.search(r"##(\[|vso\[|teamcity\[)", written, re.IGNORECASE)
    written.encode()
