import subprocess
import sys

import pytest

from integrationlint.model.limits import Limits
from integrationlint.parse.parsers import SUFFIXES, parse


@pytest.mark.parametrize(
    ("path", "data", "syntax"),
    [
        ("a.yaml", b"a: 1", "yaml"),
        ("b/A.YML", b"a: 1", "yaml"),
        ("a.yaml", b'{"a": 1}', "json"),
        ("a.yaml", b"{a: 1}", "yaml"),
        ("a.yaml", b"[a, b]", "yaml"),
        ("a.yaml", b"<<: {a: 1}", "yaml"),
        ("a.yaml", b"<b>x</b>: 1", "yaml"),
        ("a.yaml", b"<?xml version='1.0'?><a/>", "xml"),
        ("a.json", b"{}", "json"),
        ("a.asl.json", b"[]", "json"),
        ("a.avsc", b'"string"', "json"),
        ("a.xsd", b"\n <a/>", "xml"),
        ("a.jca", b"<a/>", "xml"),
        ("job_0.1.item", b"<a/>", "xml"),
        ("a.xml", b'{"a": 1}', "json"),
        ("a.template", b"a: 1", "yaml"),
        ("a.template", b'{"a": 1}', "json"),
        ("a.csv", b"{,}", "table"),
        ("a.tsv", b"a\tb", "table"),
        ("a", b"<a/>", "xml"),
        ("1-0-0", b'{"a": 1}', "json"),
        ("a.txt", b"a: 1", "text"),
        ("a.txt", b"", "text"),
        ("a.d/b", b"x", "text"),
    ],
)
def test_suffix_and_first_character_decide_on_the_syntax(path: str, data: bytes, syntax: str) -> None:
    document = parse(path, data)
    assert (document.path, document.syntax, document.faults) == (path, syntax, ())
    assert document.value is not None


def test_a_text_has_itself_as_its_value() -> None:
    assert parse("a.txt", b"x\n").value == "x\n"


def test_what_looks_like_json_and_is_no_yaml_either_is_a_fault_of_yaml() -> None:
    document = parse("a.yaml", b"{a: 1,")
    assert (document.syntax, document.value) == ("yaml", None)
    assert [fault.code for fault in document.faults] == ["syntax"]


def test_the_usual_suffixes_are_read() -> None:
    assert {".yaml", ".yml", ".json", ".xml", ".xsd", ".wsdl", ".xsl", ".csv", ".avsc", ".bpel"} <= SUFFIXES
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"PK\x03\x04 and so on", "unreadable", "ZIP archive"),
        (b"\x1f\x8b\x08\0", "unreadable", "gzip"),
        (b"%PDF-1.7", "unreadable", "PDF"),
        (b"a: \0\x01", "unreadable", "NUL"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", "elsewhere", "git lfs pull"),
        (b"a: \xff\xfe", "encoding", "0xFF"),
        (b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n", "merge-marker", "merge conflict"),
        (b"a: 1\r\n<<<<<<< HEAD\r\nb: 2\r\n=======\r\nb: 3\r\n>>>>>>> topic\r\n", "merge-marker", "merge conflict"),
        (b"a: " + b"x" * 1000, "limit", "1003 bytes"),
    ],
)
@pytest.mark.parametrize("path", ["a.yaml", "a.json", "a.xml", "a.csv", "a"])
def test_what_is_refused_before_parsing(path: str, data: bytes, code: str, words: str) -> None:
    document = parse(path, data, Limits(file_size=1000))
    assert document.value is None
    (fault,) = document.faults
    assert (fault.code, fault.fatal) == (code, True)
    assert words in fault.message


def test_a_conflict_has_its_place_and_an_underline_is_none() -> None:
    document = parse("a.yaml", b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n")
    assert document.faults[0].span == ((2, 1), (2, 8))
    assert parse("a.txt", b"Title\n=======\n<<<<<<< x\n>>>>>>> y\n").faults == ()


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html>\n<html></html>", b"\n<html lang='en'></html>", b"<!doctype HTML><p>"]
)
def test_a_web_page_is_no_artifact(data: bytes) -> None:
    document = parse("a.xml", data)
    assert document.value is None
    assert [fault.code for fault in document.faults] == ["unreadable"]


@pytest.mark.parametrize(
    ("path", "data", "absent"),
    [
        ("a.json", '{"a": 1}', ("yaml", "pyexpat", "csv")),
        ("a.yaml", "a: 1", ("pyexpat", "integrationlint.parse.json")),
        ("a.xml", "<a/>", ("yaml", "json")),
        ("a.csv", "a,b", ("yaml", "pyexpat", "json")),
    ],
)
def test_a_file_imports_its_own_parser_only(path: str, data: str, absent: tuple[str, ...]) -> None:
    code = (
        "import sys; from integrationlint.parse.parsers import parse;"
        f"assert parse({path!r}, {data.encode()!r}).value is not None;"
        f"print([name for name in {absent!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
