"""Texts: markup that runs, marks that are left, characters that hide."""

from collections.abc import Callable
from json import dumps

import pytest

Find = Callable[..., list[tuple[str, str]]]


def described(text: str) -> str:
    return dumps({"openapi": "3.1.0", "info": {"title": "t", "version": "1", "description": text}}, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=x>",
        "<iframe src='x'>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "eval (x)",
    ],
)
def test_markup_that_runs(text: str, find: Find) -> None:
    assert [at for at, _ in find("oas/no-unsafe-markdown", described(text))] == ["/info/description"]


@pytest.mark.parametrize(
    "text",
    [
        "a <b>bold</b> word",
        "`<script>` in code",
        "```\n<script>\n```",
        "a description: of onboarding = good",
        "the retrieval(s)",
    ],
)
def test_markup_that_does_not(text: str, find: Find) -> None:
    assert find("oas/no-unsafe-markdown", described(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("TODO", 1), ("Lorem ipsum dolor", 1), ("todo lists", 0), ("TODOS", 0), ("(XXX) XXX-XXXX", 0), ("X-TODO-1", 0)],
)
def test_marks_of_what_is_to_be_written(text: str, found: int, find: Find) -> None:
    assert len(find("any/todo-left", described(text))) == found


@pytest.mark.parametrize(
    ("name", "found"), [("Größe", 0), ("имя", 0), ("nаme", 1), ("na\u200bme", 1), ("name", 0), ("价格", 0)]
)
def test_names_that_are_not_what_they_seem(name: str, found: int, find: Find) -> None:
    whole = {"openapi": "3.1.0", "components": {"schemas": {"A": {"properties": {name: {"type": "string"}}}}}}
    assert len(find("any/no-hidden-characters", dumps(whole, ensure_ascii=False))) == found


@pytest.mark.parametrize(
    ("prolog", "found"),
    [
        ("<?xml version='1.0'?>\n<!-- a --><!DOCTYPE a SYSTEM 'a.dtd'>", 1),
        ("<!DOCTYPE a [\n]>", 1),
        ("<!DOCTYPE POWERMART SYSTEM 'powrmart.dtd'>", 0),
        ("<!-- <!DOCTYPE a> -->", 0),
        ("", 0),
    ],
)
def test_document_types(prolog: str, found: int, find: Find) -> None:
    assert len(find("any/xml-no-doctype", {"a.xml": f"{prolog}<a><![CDATA[<!DOCTYPE html>]]></a>"})) == found


def test_xml_may_state_its_encoding(find: Find) -> None:
    assert find("any/utf8-no-bom", {"a.xml": "<?xml version='1.0' encoding='windows-1252'?><a/>"}) == []
