"""Spectral's own cases for its core functions, where they are at hand: an input, options, and what is found."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from integrationlint.parse.parsers import parse
from integrationlint.spectral.field import targets
from integrationlint.spectral.functions.functions import check_options, find
from integrationlint.spectral.message import fill, printed_path, property_name
from integrationlint.spectral.nouns import UNDEFINED, Context, SpectralRule

CASES = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "spectral" / "cases.json"
pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="Spectral's cases are not here")

# Cases whose input was not recorded as it is in the test: an array was spread, of which its first item is left.
MISRECORDED = {("length", "greater than max", "1"), ("falsy", "given truthy", "null")}


def _cases() -> list[dict[str, Any]]:
    return [one for one in json.loads(CASES.read_text(encoding="utf-8")) if one["kind"] == "function"]


def _found(case: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    root = UNDEFINED if case["inputUndefined"] else case["input"]
    if isinstance(root, dict) and set(root) == {"__input"}:
        root = parse("input.yaml", root["__input"].encode()).value
    options = case["opts"]
    if isinstance(options, dict):
        patterns = {key: one["$regex"] for key, one in options.items() if isinstance(one, dict) and "$regex" in one}
        options = {**options, **patterns}
    assert check_options(case["fn"], options) == ""
    function = find(case["fn"])
    assert function is not None
    rule = SpectralRule("rule", ("$",), ())
    field = case.get("rule", {}).get("then", {}).get("field", "")
    for path, value in targets(root, field):
        for message, place in function(value, options, Context(path, root, root, frozenset(), rule)):
            asked = path if place is None else place
            at, reached = _closest(root, asked)
            known = {"path": printed_path(at), "property": property_name(at, asked), "value": reached}
            yield fill(message, error="", description="", **known), [str(one) for one in at]


def _closest(value: Any, path: tuple[str | int, ...]) -> tuple[tuple[str | int, ...], Any]:
    for index, segment in enumerate(path):
        try:
            value = value[segment]
        except (LookupError, TypeError):
            return path[:index], value
    return path, value


def _is_as_expected(case: dict[str, Any]) -> bool:
    expected = case["expected"]
    if isinstance(expected, dict):
        expected = [{"message": text, "path": path} for text, path in _found({**case, **expected["__rec"]})]
    found = list(_found(case))
    if case["matcher"] == "toHaveLength":
        return len(found) == int(expected)
    return len(found) == len(expected) and all(
        _is_said(one["message"], message) and list(map(str, one["path"])) == path
        for one, (message, path) in zip(expected, found, strict=True)
    )


def _is_said(expected: Any, message: str) -> bool:
    if isinstance(expected, dict):
        return re.search(expected["$re"].strip("/"), message) is not None
    return bool(expected == message)


def _is_misrecorded(case: dict[str, Any]) -> bool:
    value = json.dumps(case.get("input"))
    return any(case["fn"] == fn and part in case["name"] and value == given for fn, part, given in MISRECORDED)


def test_the_functions_find_what_spectral_finds() -> None:
    cases = _cases()
    assert len(cases) >= 219
    misrecorded = [one for one in cases if _is_misrecorded(one)]
    assert len(misrecorded) == len(MISRECORDED)
    wrong = [one for one in cases if not _is_misrecorded(one) and not _is_as_expected(one)]
    assert [(one["fn"], one["name"], one.get("input"), one["opts"]) for one in wrong] == []
