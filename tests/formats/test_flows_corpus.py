"""Real files: every one is built, those of other platforms are left alone."""

from collections import Counter
from pathlib import Path

import pytest

from integrationlint.formats.flows import mule, step_functions
from integrationlint.model.document import Document
from integrationlint.model.element import Element, State, Value
from integrationlint.parse.parsers import parse

CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus"
FLOWS = CORPUS / "flows"
MODULES = (step_functions, mule)
# What lies with the flows of the two platforms and is none, and why.
NO_FLOWS = {".tf": "Terraform, not read", ".properties": "settings of an application"}
NO_FLOW_NAMES = {"avioconsulting__application-types.xml": "the catalogue of types, of another namespace"}

pytestmark = pytest.mark.skipif(not FLOWS.is_dir(), reason="the corpus is not beside the checkout")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def read(path: Path) -> Document:
    return parse(path.name, path.read_bytes())


def trees(platform: str) -> dict[str, Element]:
    found = {}
    module = step_functions if platform == "stepfunctions" else mule
    for path in files(FLOWS / platform):
        if path.suffix not in NO_FLOWS and path.name not in NO_FLOW_NAMES:
            document = read(path)
            match = module.recognise(document)
            assert match is not None, path.name
            found[path.name] = module.build(document)
    return found


def kinds(roots: dict[str, Element]) -> Counter[object]:
    return Counter(one.facts["step"] for root in roots.values() for one in root.walk() if one.kind == "step")


def test_step_functions() -> None:
    roots = trees("stepfunctions")
    assert len(roots) == 11
    counted = kinds(roots)
    assert counted["other"] == 0
    assert counted["call"] >= 50
    assert sum(counted.values()) >= 98
    tasks = [
        one for root in roots.values() for one in root.walk() if str(one.facts.get("raw_type", "")).startswith("Task")
    ]
    written = [
        one for one in tasks if isinstance(one.facts["timeout"], Value) and one.facts["timeout"].state is State.EXPLICIT
    ]
    # In the whole collection 12 of 637 Task states have a timeout.
    assert 0 < len(written) < len(tasks) / 10


def test_mule() -> None:
    roots = trees("mulesoft")
    assert len(roots) == 17
    counted = kinds(roots)
    assert counted["other"] == 0
    assert sum(counted.values()) >= 90


def test_every_element_has_an_address_of_its_own() -> None:
    for platform in ("stepfunctions", "mulesoft"):
        for root in trees(platform).values():
            addresses = [one.address for one in root.walk()]
            assert len(addresses) == len(set(addresses))


def test_other_platforms_and_what_only_looks_like_a_flow_are_left_alone() -> None:
    ours = {"stepfunctions", "mulesoft"}
    others = [path for folder in FLOWS.iterdir() if folder.name not in ours for path in files(folder)]
    others += [path for name in ("contracts", "mappings", "openapi") for path in files(CORPUS / name)]
    assert len(others) > 100
    claimed: list[str] = []
    for path in others:
        if path.stat().st_size < 600_000 and path.suffix.lower() in (".json", ".yaml", ".yml", ".xml", ".xsd", ".wsdl"):
            document = read(path)
            claimed.extend(path.name for module in MODULES if module.recognise(document) is not None)
    assert claimed == []
