"""The corpus: every published mapping specification is taken for one, and nothing else is."""

from pathlib import Path

import pytest

from integrationlint.formats.formats import load_format
from integrationlint.model.element import Element
from integrationlint.parse.parsers import SUFFIXES, parse

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
SPECIFICATIONS = ("mappings/mapping-csv/", "mappings/mapping-json/")
# Tables of codes: they map values, not fields, and become lookups.
CODES = ("Concept_Map", ".harmonization.json")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")


def built(path: Path) -> Element | None:
    found = parse(path.relative_to(CORPUS).as_posix(), path.read_bytes())
    for module in (load_format("mappings.table"), load_format("mappings.document")):
        if found.syntax in module.SYNTAXES and module.recognise(found):
            return module.build(found)
    return None


def test_specifications_and_nothing_else_are_mappings() -> None:
    paths = [
        path for path in CORPUS.rglob("*") if path.suffix.lower() in SUFFIXES - {".xml", ".xsd"} and path.is_file()
    ]
    taken = {path.relative_to(CORPUS).as_posix() for path in paths if built(path)}
    expected = {path.relative_to(CORPUS).as_posix() for path in paths}
    assert taken == {path for path in expected if path.startswith(SPECIFICATIONS)}
    assert len(taken) == 12


def test_no_specification_is_read_as_nothing() -> None:
    for folder in SPECIFICATIONS:
        for path in sorted((CORPUS / folder).iterdir()):
            root = built(path)
            assert root
            kind = "lookup" if any(word in path.name for word in CODES) else "line"
            assert {one.kind for one in root.children} == {kind}, path.name
            assert root.facts["coverage"] in ("complete", "partial")
