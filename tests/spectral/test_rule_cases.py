"""Spectral's own cases for its rules, where they are at hand: a document each, and what a rule finds in it."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from integrationlint.model.document import Document
from integrationlint.model.errors import ConfigError
from integrationlint.model.report import RunError
from integrationlint.parse.parsers import parse
from integrationlint.spectral.read import read
from integrationlint.spectral.resolve import Resolver
from integrationlint.spectral.ruleset import Ruleset
from integrationlint.spectral.run import run

CASES = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "spectral" / "cases.json"
pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="Spectral's cases are not here")

Found = Counter[tuple[str, ...]]


@cache
def _ruleset(name: str, rule: str) -> Ruleset:
    text = json.dumps({"extends": [[f"spectral:{name}", "off"]], "rules": {rule: True}})
    return read(["./ruleset.yaml"], lambda path: text.encode() if path.endswith("ruleset.yaml") else None)


def _documents(case: dict[str, Any]) -> dict[str, Document]:
    main = case["document"]
    path = main.get("source", "document.json") if case["fmt"] == "Document" else "document.json"
    texts = {name: json.dumps(value) for name, value in case.get("mocks", {}).items()}
    texts[path] = main["__input"] if case["fmt"] == "Document" else json.dumps(main)
    documents = {name: parse(name, text.encode()) for name, text in texts.items()}
    return {"": documents[path], **documents}


def _found(case: dict[str, Any]) -> Found | str:
    try:
        ruleset = _ruleset(case["file"].split("/")[3], case["rule"])
    except ConfigError as error:
        return str(error)
    documents = _documents(case)
    errors: list[RunError] = []
    results = run(documents[""], ruleset, ruleset.running(), Resolver(documents.get), errors)
    return "; ".join(one.message for one in errors) or Counter(tuple(map(str, one.path)) for one in results)


def _agrees(found: Found | str, errors: list[dict[str, Any]]) -> bool:
    """Whether the paths are those expected; some cases only say how many there are."""
    expected = Counter(tuple(map(str, one["path"])) for one in errors if "path" in one)
    return isinstance(found, Counter) and expected <= found and found.total() == len(errors)


def test_rules_find_what_their_cases_say() -> None:
    cases = [one for one in json.loads(CASES.read_text("utf-8")) if one["kind"] == "rule"]
    failed = []
    for case in cases:
        found = _found(case)
        if not _agrees(found, case["errors"]):
            failed.append(f"{case['rule']}: {case['name']}\n  expected {case['errors']}\n  found {found}")
    assert len(cases) > 300
    assert len(failed) <= len(cases) / 100, "\n".join(failed)
