"""One snapshot to a report."""

from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.engine.baseline import read, write
from integrationlint.model.errors import ConfigError
from integrationlint.model.finding import Status, Suppression
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.model.settings import Consumer, Override, RuleSetting, Settings
from integrationlint.pipeline.lint import Scope, consumers, lint

API = "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\npaths:\n  /a: {}\n  /b: {}\n"
CONFIG = Location("conf.yaml", "/suppressions/0", START_OF_FILE)


def shown(report: Report) -> list[str]:
    return [f"{one.rule} {one.address} {one.status}" for one in report.findings]


@pytest.fixture
def run(make_rule: Any, make_catalog: Any, given_files: Any) -> Callable[..., Report]:
    """`run(files, scope=None, **settings)`: lint with a rule over paths and one over suppressions."""
    rules = (
        make_rule("oas/path", "path"),
        make_rule("any/exception", "suppression", message="{rule} {state}", severity="info"),
        make_rule("compat/gone", "change"),
    )

    def linted(files: Any, scope: Scope | None = None, rules: Any = rules, settings: Any = None, **more: Any) -> Report:
        snapshot, everything = given_files({"a.yaml": files} if isinstance(files, str) else files)
        return lint(snapshot, scope or everything, make_catalog(*rules), Settings(rules=settings or {}, **more))

    return linted


def test_findings_come_by_place_with_their_line(run: Any) -> None:
    report = run(API)
    assert shown(report) == ["oas/path a.yaml#path:/a open", "oas/path a.yaml#path:/b open"]
    assert [one.excerpt for one in report.findings] == ["  /a: {}", "  /b: {}"]
    assert [one.location.span.start for one in report.findings] == [(4, 3), (5, 3)]
    assert (report.command, report.files, report.errors) == ("lint", 1, ())
    assert [(one.file, one.format, one.version) for one in report.documents] == [("a.yaml", "openapi", "3.1")]
    assert list(report.rules) == ["any/exception", "compat/gone", "oas/path"]
    assert len({one.fingerprint for one in report.findings}) == 2


def test_a_comment_on_the_line_or_above_it_is_an_exception(run: Any) -> None:
    report = run(
        API.replace("  /a: {}", "  /a: {}  # integrationlint: ignore[oas/path] agreed").replace(
            "  /b: {}", "  # integrationlint: ignore[oas/*] agreed too\n  /b: {}"
        )
    )
    assert [one.status for one in report.findings if one.rule == "oas/path"] == [Status.SUPPRESSED] * 2
    assert [one.suppression.reason for one in report.findings if one.suppression] == ["agreed", "agreed too"]
    told = [one.message for one in report.findings if one.rule == "any/exception"]
    assert told == ["oas/path used", "oas/* used"]


def test_an_exception_where_there_are_no_comments(run: Any) -> None:
    text = '{"openapi": "3.1.0", "paths": {"/a": {"x-integrationlint-ignore": {"oas/path": "agreed"}}, "/b": {}}}'
    report = run({"a.json": text})
    statuses = {one.address: one.status.value for one in report.findings if one.rule == "oas/path"}
    assert statuses == {"a.json#path:/a": "suppressed", "a.json#path:/b": "open"}


def central(rule: str, at: str, **more: Any) -> Suppression:
    return Suppression(rule, at, "agreed", CONFIG, **more)


@pytest.mark.parametrize(
    ("exception", "statuses", "state"),
    [
        (central("oas/path", "a.yaml#path:/a"), ["suppressed", "open"], "used"),
        (central("oas/path", "a.yaml"), ["suppressed", "suppressed"], "used"),
        (central("oas/path", "a.yaml#path:/z"), ["open", "open"], "unused"),
        (central("oas/path", "a.yaml#path:/a", expires="2026-01-01"), ["open", "open"], "expired"),
        (central("oas/path", "a.yaml#path:/a", expires="2026-06-01"), ["suppressed", "open"], "used"),
        (central("oas/nobody", "a.yaml#path:/a"), ["open", "open"], "unused"),
        # What changes do is not seen here: an exception for them is neither used nor unused.
        (central("compat/gone", "a.yaml#path:/a"), ["open", "open"], "used"),
    ],
)
def test_exceptions_of_the_configuration(exception: Suppression, statuses: list[str], state: str, run: Any) -> None:
    report = run(API, suppressions=(exception,), today="2026-05-31")
    assert [one.status.value for one in report.findings if one.rule == "oas/path"] == statuses
    (told,) = [one for one in report.findings if one.rule == "any/exception"]
    assert told.message == f"{exception.rule} {state}"
    assert told.location.path == "conf.yaml"
    assert report.suppressions == (exception,)


def test_what_is_not_reported_on_is_read_all_the_same(run: Any) -> None:
    files = {
        "a.yaml": f"{API}components: {{schemas: {{S: {{$ref: 'parts/s.yaml'}}}}}}\n",
        "b.yaml": API,
        "parts/s.yaml": "type: object  # integrationlint: ignore[oas/path] unused, but not reported on\n",
    }
    scope = Scope(("a.yaml", "b.yaml"), lambda path: path == "a.yaml")
    elsewhere = central("oas/path", "b.yaml#path:/z")
    report = run(files, scope, suppressions=(elsewhere,))
    assert shown(report) == [
        "oas/path a.yaml#path:/a open",
        "oas/path a.yaml#path:/b open",
        "any/exception conf.yaml#suppression:oas/path at b.yaml#path:/z open",
    ]
    assert report.findings[-1].message == "oas/path used"
    assert report.files == 1
    assert [one.file for one in report.documents] == ["a.yaml"]


def test_what_was_known_before_does_not_count(run: Any) -> None:
    first = run(API.replace("  /b: {}\n", ""))
    known = read(write(first.findings), "baseline.json")
    scope = Scope(("a.yaml",), known=known)
    assert shown(run(API, scope)) == ["oas/path a.yaml#path:/a known", "oas/path a.yaml#path:/b open"]
    moved = run(f"# One line more.\n{API}", scope)
    assert shown(moved) == ["oas/path a.yaml#path:/a known", "oas/path a.yaml#path:/b open"]


def test_overrides_are_for_their_files(run: Any) -> None:
    override = Override(("legacy/**",), {"oas/path": RuleSetting(Severity.OFF)})
    report = run({"a.yaml": API, "legacy/b.yaml": API}, overrides=(override,))
    assert {one.location.path for one in report.findings} == {"a.yaml"}
    softer = Override(("legacy/**",), {"oas/*": RuleSetting(Severity.INFO)})
    report = run({"a.yaml": API, "legacy/b.yaml": API}, overrides=(softer,))
    assert {(one.location.path, one.severity.value) for one in report.findings} == {
        ("a.yaml", "error"),
        ("legacy/b.yaml", "info"),
    }


def test_the_order_of_files_changes_nothing(run: Any) -> None:
    files = {f"{name}.yaml": API for name in "abc"}
    there, back = run(files), run(dict(reversed(files.items())))
    assert there == back
    assert [one.location.path for one in there.findings] == ["a.yaml"] * 2 + ["b.yaml"] * 2 + ["c.yaml"] * 2


def test_a_rule_that_fails_is_an_error_and_the_others_go_on(run: Any, make_rule: Any) -> None:
    report = run(API, rules=(make_rule("oas/broken", "path", check="broken"), make_rule("oas/path", "path")))
    assert len(report.findings) == 2
    assert [(one.rule, one.message, one.file) for one in report.errors] == [
        ("oas/broken", "RuntimeError: no", "a.yaml")
    ]


def test_options_are_checked_where_they_are_written(run: Any, make_rule: Any) -> None:
    rules = (make_rule("oas/odd", "path", check="odd", message="{value}"),)
    assert {one.message for one in run(API, rules=rules).findings} == {"x"}
    place = Location("conf.yaml", "/rules/oas~1odd", START_OF_FILE)
    with pytest.raises(ConfigError) as caught:
        run(API, rules=rules, settings={"oas/odd": RuleSetting(options={"vale": "y"}, origin=place)})
    assert str(caught.value) == "conf.yaml:1:1: oas/odd has no option 'vale' (did you mean 'value'?)"


def test_a_rule_is_for_its_formats(run: Any, make_rule: Any) -> None:
    rules = tuple(make_rule(f"{name}/a", "path", formats=[name]) for name in ("xsd", "openapi"))
    assert {one.rule for one in run(API, rules=rules).findings} == {"openapi/a"}


def test_consumers_of_the_configuration_are_told_apart() -> None:
    both = tuple(Consumer(name, ("a.yaml#operation:GET /a/{id}",), "team", "tier1") for name in ("x", "x"))
    (root,) = consumers(Settings(file="conf.yaml", consumers=both))
    assert [one.address for one in root.children] == ["conf.yaml#consumer:x", "conf.yaml#consumer:x~2"]
    assert [one.uses[0].key for one in root.children] == ["address:a.yaml#operation:GET /a/{}"] * 2
    assert [one.facts for one in root.children] == [{"owner": "team", "criticality": "tier1"}] * 2
    assert consumers(Settings()) == ()


def test_nothing_to_read_is_an_empty_report(run: Any) -> None:
    report = run({})
    assert (report.files, report.findings, report.documents) == (0, (), ())
