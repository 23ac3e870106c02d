"""Two snapshots to a report."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrationlint.catalog import assembled
from integrationlint.model.change import Verdict
from integrationlint.model.finding import Status, Suppression
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.report import Report
from integrationlint.model.settings import Consumer, Settings
from integrationlint.pipeline.diff import diff
from integrationlint.pipeline.lint import Scope
from integrationlint.report.json import json

ROOT = Path(__file__).resolve().parents[2]
CONFIG = Location("conf.yaml", "/suppressions/0", START_OF_FILE)


def api(paths: str = "", *, version: str = "1.0.0", more: str = "") -> str:
    return f"openapi: 3.1.0\ninfo: {{title: A, version: {version}}}\npaths:\n  /a: {{get: {{}}}}\n{paths}{more}"


GONE = api("  /b: {get: {}}\n"), api()


@pytest.fixture
def run(make_rule: Any, make_catalog: Any, given_files: Any) -> Callable[..., Report]:
    """`run(before, after, rules=None, scopes=None, **settings)`: compare with one rule over what is removed."""
    own = (make_rule("compat/gone", "change", when={"action": "removed"}, message="{what} was removed"),)

    def compared(before: Any, after: Any, rules: Any = own, reported: Any = None, **more: Any) -> Report:
        sides = [given_files({"a.yaml": one} if isinstance(one, str) else one) for one in (before, after)]
        settings = Settings(extends=("recommended",) if rules else (), **more)
        scopes = [Scope(scope.paths, reported) if reported else scope for _, scope in sides]
        return diff(sides[0][0], sides[1][0], (scopes[0], scopes[1]), make_catalog(*rules), settings)

    return compared


def test_a_change_is_told_with_both_sides(run: Any) -> None:
    report = run(*GONE)
    (change,) = report.changes
    assert (change.rule, change.verdict, change.message) == ("compat/gone", "breaking", "operation GET /b was removed")
    assert (change.address, change.kind, change.action) == ("a.yaml#operation:GET /b", "operation", "removed")
    assert (change.direction, change.backward, change.forward) == ("request", False, True)
    assert change.base.pointer == "/paths/~1b/get"
    assert (change.location.path, change.location.pointer) == ("a.yaml", "")
    assert report.verdict is Verdict.BREAKING
    (finding,) = report.findings
    assert (finding.rule, finding.fingerprint, finding.base) == ("compat/gone", change.fingerprint, change.base)
    assert (report.command, report.files, len(report.documents)) == ("diff", 1, 1)


def test_without_a_rule_the_facts_decide_and_nothing_is_a_finding(run: Any) -> None:
    report = run(*GONE, rules=())
    assert [(one.rule, one.verdict.value) for one in report.changes] == [("", "breaking")]
    assert report.verdict is Verdict.BREAKING
    assert report.findings == ()


@pytest.mark.parametrize("rule", ["compat/gone", "compat/*", "*"])
@pytest.mark.parametrize("at", ["a.yaml#operation:GET /b", "a.yaml#operation:*", "a.yaml", "FINGERPRINT"])
def test_a_suppressed_change_is_told_and_does_not_count(rule: str, at: str, run: Any) -> None:
    at = at.replace("FINGERPRINT", run(*GONE).changes[0].fingerprint)
    exception = Suppression(rule, at, "agreed", CONFIG, owner="team-a")
    report = run(*GONE, suppressions=(exception,))
    assert report.verdict is Verdict.NONE
    assert [one.suppression for one in report.changes] == [exception]
    assert [one.verdict.value for one in report.changes] == ["breaking"]
    assert [one.status for one in report.findings] == [Status.SUPPRESSED]


def test_what_no_rule_speaks_of_can_be_suppressed_too(run: Any) -> None:
    exception = Suppression("*", "a.yaml#operation:GET /b", "agreed", CONFIG)
    report = run(*GONE, rules=(), suppressions=(exception,))
    assert report.verdict is Verdict.NONE
    assert [one.suppression for one in report.changes] == [exception]
    assert report.findings == ()


def test_an_exception_that_has_expired_covers_nothing(run: Any) -> None:
    exception = Suppression("compat/gone", "a.yaml", "agreed", CONFIG, expires="2026-01-01")
    assert run(*GONE, suppressions=(exception,), today="2026-01-02").verdict is Verdict.BREAKING
    assert run(*GONE, suppressions=(exception,), today="2026-01-01").verdict is Verdict.NONE


def test_an_exception_in_the_head_is_one_where_the_change_is(run: Any) -> None:
    before = api(more="components: {schemas: {S: {maxLength: 9}}}\n")
    after = before.replace("{maxLength: 9}}}", "{maxLength: 5}}}  # integrationlint: ignore[*] agreed")
    (change,) = run(before, after, rules=()).changes
    assert change.suppression is not None
    assert change.suppression.reason == "agreed"


def test_the_worst_of_what_is_left_counts(run: Any, make_rule: Any) -> None:
    rules = (
        make_rule("compat/gone", "change", when={"action": "removed"}),
        make_rule("compat/told", "change", when={"fact": "deprecated"}, severity="warning"),
    )
    after = api().replace("{get: {}}", "{get: {deprecated: true}}")
    assert [one.verdict.value for one in run(GONE[0], after, rules=rules).changes] == ["breaking", "risky"]
    exception = Suppression("compat/gone", "a.yaml", "agreed", CONFIG)
    assert run(GONE[0], after, rules=rules, suppressions=(exception,)).verdict is Verdict.RISKY


def bump_rule(make_rule: Any) -> Any:
    return make_rule("compat/version", "change", when={"fact": "version"}, message="{old} to {new} for {worst}")


def test_a_version_that_does_not_fit_is_a_finding_and_no_change(run: Any, make_rule: Any) -> None:
    report = run(GONE[0], api(version="1.0.1"), rules=(bump_rule(make_rule),))
    assert [one.fact for one in report.changes] == [""]
    (finding,) = report.findings
    assert (finding.rule, finding.message) == ("compat/version", "1.0.0 to 1.0.1 for breaking")
    assert report.verdict is Verdict.BREAKING
    silent = run(GONE[0], api(version="2.0.0"), rules=())
    assert [(one.fact, one.verdict.value) for one in silent.changes] == [("", "breaking"), ("version", "safe")]


def test_what_a_file_of_parts_breaks_counts_for_the_contract(run: Any, make_rule: Any) -> None:
    more = "components: {schemas: {S: {$ref: parts/s.yaml}}}\n"
    used = api("  /s: {get: {responses: {'200': {content: {a/b: {schema: {$ref: parts/s.yaml}}}}}}}\n", more=more)
    sides = (
        {"a.yaml": used, "parts/s.yaml": "$ref: t.yaml\n", "parts/t.yaml": f"maxLength: {one}\n"} for one in (5, 9)
    )
    report = run(*sides, rules=(bump_rule(make_rule),))
    assert [(one.location.path, one.message) for one in report.findings] == [("a.yaml", "1.0.0 to 1.0.0 for breaking")]
    assert [one.location.path for one in report.changes] == ["parts/t.yaml"]


def test_what_is_gone_from_a_file_that_moved_is_where_the_rest_went(run: Any) -> None:
    schema = "components:\n  schemas:\n    S: {properties: {x: {}, y: {}}}\n"
    report = run({"a.yaml": api(more=schema)}, {"v1/b.yaml": api(more=schema.replace(", y: {}", ""))}, rules=())
    (change,) = report.changes
    assert (change.address, change.base.path) == ("a.yaml#type:S/field:y", "a.yaml")
    assert (change.location.path, change.location.pointer) == ("v1/b.yaml", "/components/schemas/S")


def test_the_same_thing_twice_is_known_apart(run: Any) -> None:
    body = "requestBody: {content: {a/b: {schema: SCHEMA}}}"
    inline = [body.replace("SCHEMA", f"{{type: string, maxLength: {length}}}") for length in (5, 6)]
    more = "components: {schemas: {S: {type: string, maxLength: LENGTH}}}\n"
    before = api(
        f"  /x: {{post: {{{inline[0]}}}}}\n  /y: {{post: {{{inline[1]}}}}}\n", more=more.replace("LENGTH", "9")
    )
    shared = body.replace("SCHEMA", "{$ref: '#/components/schemas/S'}")
    after = api(f"  /x: {{post: {{{shared}}}}}\n  /y: {{post: {{{shared}}}}}\n", more=more.replace("LENGTH", "4"))
    report = run(before, after, rules=())
    assert [one.address for one in report.changes] == ["a.yaml#type:S"] * 3
    assert len({one.fingerprint for one in report.changes}) == 3


def test_paths_narrow_what_is_reported(run: Any) -> None:
    sides = ({"a.yaml": one, "b.yaml": one} for one in GONE)
    report = run(*sides, reported=lambda path: path == "b.yaml")
    assert [one.address for one in report.changes] == ["b.yaml#operation:GET /b"]
    assert report.files == 1
    assert {one.file for one in report.documents} == {"b.yaml"}


def test_consumers_of_the_configuration_are_reached(run: Any) -> None:
    consumer = Consumer("portal", ("a.yaml#operation:GET /b",), "team-p", "tier1")
    (change,) = run(*GONE, consumers=(consumer,)).changes
    assert [(one.name, one.verdict.value, one.owner, one.criticality) for one in change.impact] == [
        ("portal", "breaks", "team-p", "tier1")
    ]


def test_an_empty_file_offers_nothing(run: Any) -> None:
    report = run(*({"a.yaml": one} for one in (GONE[0], "")))
    assert sorted(one.address for one in report.changes) == ["a.yaml#operation:GET /a", "a.yaml#operation:GET /b"]


def test_nothing_changed(run: Any) -> None:
    report = run(GONE[0], GONE[0])
    assert (report.changes, report.findings, report.verdict) == ((), (), Verdict.NONE)


def estate(name: str, given_files: Any) -> Any:
    folder = ROOT / "examples" / "orders" / name
    paths = sorted(path for path in folder.rglob("*.*") if path.is_file() and not path.name.startswith("."))
    return given_files({path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths})


def test_the_order_of_files_changes_nothing(given_files: Any) -> None:
    (base, there), (head, here) = (estate(name, given_files) for name in ("good", "changed"))
    catalog = assembled()
    first = diff(base, head, (there, here), catalog, Settings())
    second = diff(base, head, (Scope(there.paths[::-1]), Scope(here.paths[::-1])), catalog, Settings())
    assert first.changes
    assert json(first) == json(second)


@pytest.mark.slow
def test_the_result_does_not_depend_on_the_hash_seed() -> None:
    command = [sys.executable, "-m", "integrationlint", "diff", "good", "changed", "--format", "json", "--exit-zero"]
    texts = set()
    for seed in ("1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            command, cwd=ROOT / "examples" / "orders", env=environment, capture_output=True, text=True, check=False
        )
        assert '"command": "diff"' in run.stdout, run.stderr
        texts.add(run.stdout)
    assert len(texts) == 1
