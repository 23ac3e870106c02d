"""The whole corpus, where it lies beside the checkout: no crash, everything recognised, every position true."""

import json
from collections import Counter
from pathlib import Path

import pytest

from integrationlint.catalog import assembled
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.finding import Finding
from integrationlint.model.location import Span, text_lines, tokens
from integrationlint.model.report import Report
from integrationlint.model.settings import Settings
from integrationlint.parse.parsers import parse
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.worktree import Worktree

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")]

FOLDERS = {
    "openapi/": "openapi",
    "contracts/xsd/": "xsd",
    "flows/stepfunctions/": "step-functions",
    "flows/mulesoft/": "mule",
    "mappings/mapping-csv/": "mapping",
    "mappings/mapping-json/": "mapping",
}
# How many findings of one rule in one file are looked at.
EACH = 4
# Files that lie there and are something else, and what they are.
OTHERS = {
    "-WSDL2.wsdl": "WSDL 2.0",
    ".wsdl": "WSDL",
    "UBL-2.5-catalog.xml": "an OASIS XML catalog",
    "application-types.xml": "Mule's schema hints (mule/types), no flow",
    ".properties": "Java properties",
    ".tf": "Terraform",
    ".md": "Markdown",
}


@pytest.fixture(scope="module")
def report() -> Report:
    snapshot = Worktree(str(CORPUS))
    return lint(snapshot, Scope(snapshot.paths()), assembled(), Settings(extends=("all",)))


def test_no_rule_fails(report: Report) -> None:
    assert report.errors == ()
    assert report.files > 1_000


def test_every_file_is_taken_for_what_its_folder_says(report: Report) -> None:
    formats = {one.file: one.format for one in report.documents}
    for path in Worktree(str(CORPUS)).paths():
        wanted = next((name for folder, name in FOLDERS.items() if path.startswith(folder)), None)
        if wanted is not None and not any(path.endswith(suffix) for suffix in OTHERS):
            assert formats.get(path, "").startswith(wanted), path
        if path.startswith("flows/") and not path.startswith(("flows/stepfunctions/", "flows/mulesoft/")):
            assert formats.get(path) not in ("step-functions", "mule"), path
        if not path.startswith("mappings/mapping-"):
            assert not formats.get(path, "").startswith("mapping"), path


def test_the_text_at_every_finding_is_what_its_pointer_names(report: Report) -> None:
    read: dict[str, Document] = {}
    seen: Counter[tuple[str, str]] = Counter()
    checked = 0
    for finding in report.findings:
        path = finding.location.path
        seen[path, finding.rule] += 1
        if seen[path, finding.rule] > EACH:
            continue
        if path not in read:
            read[path] = parse(path, (CORPUS / path).read_bytes())
        document = read[path]
        if document.value is not None and not finding.address.partition("#")[2].startswith("fault:"):
            checked += _is_true(document, finding)
    assert checked > 1_000


def _is_true(document: Document, finding: Finding) -> bool:
    pointer, span = finding.location.pointer, finding.location.span
    if not pointer:
        return False
    text = _text(document, span)
    try:
        value = document.at(pointer)
    except KeyError:
        return False  # something that should be there and is not: its closest ancestor is marked
    if document.syntax == "table":
        assert text.strip('"').replace('""', '"').strip() == str(value).strip(), (finding.address, text, value)
    elif isinstance(document.value, XmlNode):
        assert _names_xml(text, pointer, value), (finding.address, text)
    else:
        assert _names_json(text, span.start.column, pointer, value), (document.path, pointer, text)
    return True


def _text(document: Document, span: Span) -> str:
    lines = text_lines(document.text)[span.start.line - 1 : span.end.line]
    if len(lines) == 1:
        return lines[0][span.start.column - 1 : span.end.column - 1]
    return "\n".join([lines[0][span.start.column - 1 :], *lines[1:-1], lines[-1][: span.end.column - 1]])


def _names_xml(text: str, pointer: str, value: object) -> bool:
    last = pointer.rpartition("/")[2]
    if last.startswith("@"):
        return isinstance(value, str) and (
            value in text or text.rpartition(":")[2] == last[1:].rpartition("}")[2] or "&" in text
        )
    return text.rpartition(":")[2] == last.partition("[")[0]


def _names_json(text: str, column: int, pointer: str, value: object) -> bool:
    token = tokens(pointer)[-1]
    # The first line of a block is indented as the others are.
    block = " " * (column - 1) + text
    found = parse("x.yaml", block.encode("utf-8", "surrogatepass")).value
    if isinstance(value, dict | list):
        return found == value or str(found) == token or _quoted(text) == token or text[:1] in "&*"
    return found == value or str(found) == token or _quoted(text) == token or text[:1] in "|>&*!"


def _quoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text
