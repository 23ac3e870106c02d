"""The cases of oasdiff's own tests, where they lie beside the checkout: the same verdicts under `like-oasdiff`.

A case names the checks that it looks at (`family`) and what they find; a case that is not `exact` names a part of it.
What we say otherwise is listed below, each with its reason. `pytest -s` prints all of it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from integrationlint.catalog import Catalog, assembled
from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.diff.impact import Side, impact
from integrationlint.diff.versions import version_changes
from integrationlint.engine.judge import Judged, judge
from integrationlint.engine.select import chosen
from integrationlint.model.change import Verdict
from integrationlint.model.settings import RuleSetting, Settings
from integrationlint.pipeline.changes import sides, worst_by_file
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load
from integrationlint.workspace.workspace import Workspace
from tests.diff.oasdiff_ids import ids

FOLDER: Final = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "oasdiff"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FOLDER.is_dir(), reason="the cases are not here")]

TODAY: Final = "2026-11-20"
# What a case says, and the verdicts of ours that mean the same.
MEANT: Final = {
    "breaking": ("breaking",),
    "potentially-breaking": ("risky",),
    "potentially-breaking-or-worse": ("risky", "breaking"),
    "non-breaking": ("safe", "none"),
    "compatible": ("safe", "none"),
    "no-change": ("safe", "none"),
    "changes-present": ("safe", "risky", "breaking"),
}
READ_ONLY: Final = "a read-only field is no part of requests; oasdiff says so in its other checks, and not in this one"
NO_MESSAGE: Final = "the part of allOf says what the others say: no message changes, so there is nothing to tell"
# Whose verdict is another one than ours.
DISAGREED: Final = {
    "check_breaking_test.go::TestBreaking_AddPattern": READ_ONLY,
    "check_breaking_test.go::TestBreaking_AddPatternRecursive": READ_ONLY,
    "check_breaking_test.go::TestBreaking_ModifyPattern": READ_ONLY,
    "check_breaking_test.go::TestBreaking_RequestPropertyAllOfRemoved": NO_MESSAGE,
    "check_request_property_all_of_updated_test.go::TestRequestPropertyAllOfRemoved": NO_MESSAGE,
    "check_response_property_type_changed_test.go::TestResponseBodyTypeLooselyTypedCompatible": (
        "an object in XML is no text: oasdiff takes every value outside of JSON for one"
    ),
    "check_sub_schema_traversal_test.go::TestNotSubSchemaTraversalModifiedProperty": (
        "what is forbidden became narrower, so more is allowed: oasdiff reads what is below `not` like the rest"
    ),
}
# Ids that no change of ours stands for, in cases where the verdict is the same.
UNMATCHED: Final = {
    "check_request_property_all_of_updated_test.go::TestRequestPropertyAllOfAdded_AnnotationOnly_EmitsInfo": NO_MESSAGE,
    (
        "check_request_property_all_of_updated_test.go"
        "::TestRequestPropertyAllOfAdded_AnnotationOnly_AtProperty_EmitsInfo"
    ): NO_MESSAGE,
}
# Cases whose files lack what they are about: the change that the Go test makes in memory was not written down.
FLAWED: Final = ("check_response_property_became_optional_test.go::TestResponseWriteOnlyPropertyBecameOptionalCheck",)
VERSIONS: Final = ("api-major-version-not-bumped", "api-version-not-bumped", "api-version-decreased")
# Versions on which oasdiff and SemVer, as we read it, differ.
OTHER_VERSIONS: Final[dict[str, str]] = {}


class Outcome(NamedTuple):
    """What came of one case."""

    judged: list[Judged]
    base: Side
    head: Side


@cache
def cases() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))["cases"])


@cache
def files() -> Mapping[str, bytes]:
    return {
        one.relative_to(FOLDER).as_posix(): _dated(one.read_bytes())
        for folder in ("data", "mutated")
        for one in (FOLDER / folder).rglob("*")
        if one.is_file()
    }


def _dated(text: bytes) -> bytes:
    def day(found: re.Match[bytes]) -> bytes:
        return (date.fromisoformat(TODAY) + timedelta(days=int(found[1]))).isoformat().encode()

    return re.sub(rb"\{\{TODAY([+-]\d+)\}\}", day, text)


@cache
def catalog() -> Catalog:
    return assembled()


def settings(case: Mapping[str, Any]) -> Settings:
    days = (case.get("config") or {}).get("Deprecation")
    options = {"days": days["stable"], "beta_days": days["beta"]} if days else {}
    rules = ("compat/deprecation-notice", "compat/sunset-kept")
    said = {name: RuleSetting(options=options) for name in rules} if days else {}
    return Settings(extends=("like-oasdiff",), today=TODAY, rules=said)


def opened(path: str) -> Workspace:
    snapshot = Memory(files())
    return Workspace(snapshot, load(snapshot, [path]))


@cache
def outcome(number: int) -> Outcome:
    case = cases()[number]
    before, after = opened(case["base"]), opened(case["revision"])
    roots = [{path: side.loaded[path].root} for side, path in ((before, case["base"]), (after, case["revision"]))]
    bounds = chosen(catalog().rules, settings(case), catalog().check)
    pairs, errors = paired(*roots), []  # type: ignore[var-annotated]
    judged = judge(compare(before, after, pairs, errors), bounds, after, errors)
    worst = worst_by_file(judged, sides(before, after, pairs))
    judged += judge(version_changes(pairs, worst), bounds, after, errors)
    assert errors == [], case["id"]
    return Outcome(judged, Side(before), Side(after))


def looked_at(case: Mapping[str, Any], judged: list[Judged]) -> Iterator[Verdict]:
    """The verdicts on what the case looks at."""
    family = case["family"]
    if not case["exact"] and case["expected"]:
        family = [one["id"] for one in case["expected"]]
    for one in judged:
        for direction, verdict in one.sides.items():
            if family is None or not ids(one.change, direction).isdisjoint(family):
                yield verdict


def verdict(case: Mapping[str, Any], judged: list[Judged]) -> str:
    return str(max(looked_at(case, judged), key=lambda one: one.rank, default=Verdict.NONE))


def matched(expected: Mapping[str, Any], found: Outcome) -> bool:
    """Whether a change of ours stands for the id, at its operation."""
    fitting = [
        one for one in found.judged if any(expected["id"] in ids(one.change, direction) for direction in one.sides)
    ]
    if "operation" not in expected:
        return bool(fitting)
    template = re.sub(r"\{[^}]*\}", "{}", expected["path"])
    return any(f"{expected['operation']} {template}" in operations(one, found) for one in fitting)


def operations(judged: Judged, found: Outcome) -> set[str]:
    """The operations that a change is in, or that have what it is in; those of all where it is in none."""
    change = judged.change
    own = change.element if change.element.kind == "operation" else change.element.above("operation")
    reached = impact(change, dict.fromkeys(judged.sides, Verdict.BREAKING), found.base, found.head)
    return {own.name if own is not None else "", *(one.name for one in reached if one.kind == "operation")}


def test_verdicts_agree() -> None:
    asked = [
        (number, case)
        for number, case in enumerate(cases())
        if case["verdict"] in MEANT and case["id"] not in FLAWED and not case.get("versioning_policy")
    ]
    other = {}
    for number, case in asked:
        ours = verdict(case, outcome(number).judged)
        if ours not in MEANT[case["verdict"]]:
            other[case["id"]] = f"{ours}, oasdiff {case['verdict']}"
    for name, what in other.items():
        print(f"{name}: {what}\n    {DISAGREED.get(name, 'not explained')}")  # noqa: T201
    assert other.keys() == DISAGREED.keys()
    assert len(other) <= 0.02 * len(asked)


def test_ids_are_matched() -> None:
    missed: dict[str, list[str]] = {}
    total = 0
    for number, case in enumerate(cases()):
        for expected in case["expected"]:
            total += 1
            if not matched(expected, outcome(number)):
                missed.setdefault(case["id"], []).append(expected["id"])
    missed = {name: what for name, what in missed.items() if name not in FLAWED}
    for name, what in missed.items():
        print(f"{name}: {', '.join(what)}")  # noqa: T201
    assert missed.keys() <= DISAGREED.keys() | UNMATCHED.keys()
    assert sum(map(len, missed.values())) <= 0.05 * total


def test_versions_are_judged_alike() -> None:
    wrong = {}
    for number, case in enumerate(cases()):
        if case.get("versioning_policy"):
            expected = any(one["id"] in VERSIONS for one in case["expected"])
            bound = [one.bound for one in outcome(number).judged if one.change.fact == "version"]
            if expected is not any(one is not None for one in bound):
                wrong[case["id"]] = f"oasdiff: {expected}"
    assert wrong.keys() == OTHER_VERSIONS.keys(), wrong
