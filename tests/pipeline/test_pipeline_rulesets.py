"""A Spectral ruleset in a run: over which documents, and what it finds, as findings like all others."""

import json
from collections.abc import Iterable
from typing import Any

from integrationlint.catalog import assembled
from integrationlint.engine.baseline import Known
from integrationlint.model.finding import Status, Suppression
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.model.settings import RuleSetting, Settings
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.snapshot import Memory
from integrationlint.spectral.read import read

NAME = "./rules.yaml"
API = """openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    $ref: parts/a.yaml#/a
"""
PART = "a: {get: {summary: s, responses: {}}}\nb: {}\n"
CONFIG = Location("conf.yaml", "/suppressions/0", START_OF_FILE)


def rule(given: str, function: str = "falsy", **more: Any) -> dict[str, Any]:
    return {"given": given, "then": {"function": function}, **more}


RULES = {"title": rule("$.info.title"), "summary": rule("$.paths[*].get.summary", severity="error", formats=["oas3"])}


def linted(
    files: dict[str, str],
    *,
    rules: Any = None,
    named: Iterable[str] = (),
    only: Iterable[str] = (),
    known: Any = None,
    also: tuple[str, ...] = (),
    jobs: int = 1,
    ruleset: Any = None,
    **settings: Any,
) -> Report:
    text = json.dumps({"rules": RULES if rules is None else rules, **(ruleset or {})}).encode()
    spectral = read([NAME], lambda path: text if path.endswith("rules.yaml") else None)
    wanted = frozenset(only)
    scope = Scope(tuple(files), lambda path: not wanted or path in wanted, known, frozenset(named))
    snapshot = Memory({path: one.encode() for path, one in files.items()})
    catalog = assembled((), spectral)
    return lint(snapshot, scope, catalog, Settings(extends=(*also, NAME), **settings), jobs=jobs)


def shown(report: Report) -> list[str]:
    assert report.errors == ()
    return [f"{one.rule} {one.severity} {one.address}" for one in report.findings]


def test_findings_of_a_ruleset_are_findings() -> None:
    report = linted({"api.yaml": API, "parts/a.yaml": PART})
    assert shown(report) == ["title warning api.yaml#/info/title", "summary error parts/a.yaml#/a/get/summary"]
    first = report.findings[0]
    assert (first.location.pointer, first.location.span.start, first.excerpt) == (
        "/info/title",
        (2, 15),
        "info: {title: T, version: '1'}",
    )
    assert len({one.fingerprint for one in report.findings}) == 2
    assert "title" in report.rules
    assert [(one.file, one.format) for one in report.documents] == [("api.yaml", "openapi")]


def test_names_in_path_templates_do_not_count_in_addresses() -> None:
    api = API.replace("/a:\n    $ref: parts/a.yaml#/a", "/a/{id}:\n    get: {summary: s}")
    assert shown(linted({"api.yaml": api}))[1] == "summary error api.yaml#/paths/~1a~1{}/get/summary"


def test_what_a_part_does_wrong_is_told_with_the_contract_that_is_looked_at() -> None:
    files = {"api.yaml": API, "parts/a.yaml": PART}
    assert len(shown(linted(files, only=["api.yaml"]))) == 2
    assert shown(linted(files, only=["parts/a.yaml"])) == []


def test_it_is_found_once_whoever_refers_to_it() -> None:
    report = linted({"api.yaml": API, "other.yaml": API, "parts/a.yaml": PART})
    assert [one.rule for one in report.findings].count("summary") == 1


def test_other_files_are_looked_at_when_they_are_named() -> None:
    files = {"list.yaml": "info: {title: T}\n", "sheet.csv": "a,b\n"}
    plain = {"title": RULES["title"]}
    assert shown(linted(files, rules=plain)) == []
    assert shown(linted(files, rules=plain, named=files)) == ["title warning list.yaml#/info/title"]
    assert shown(linted(files, named=files)) == [
        "unrecognized-format warning list.yaml#",
        "title warning list.yaml#/info/title",
    ]


def test_schemas_are_looked_at_when_a_rule_is_for_them() -> None:
    files = {"schema.json": '{"$schema": "http://json-schema.org/draft-07/schema#", "title": "T"}'}
    assert shown(linted(files, rules={"t": rule("$.title")})) == []
    for name in ("json-schema", "json-schema-draft7"):
        found = linted(files, rules={"t": rule("$.title", formats=[name])})
        assert shown(found) == ["t warning schema.json#/title"]


def test_descriptions_that_no_format_of_ours_knows_are_documents() -> None:
    report = linted({"events.yaml": "asyncapi: 2.6.0\ninfo: {title: T}\n"})
    assert [(one.file, one.format, one.version) for one in report.documents] == [("events.yaml", "asyncapi", "2.6.0")]
    assert shown(report) == ["title warning events.yaml#/info/title"]


def test_settings_have_the_last_word() -> None:
    files = {"api.yaml": API, "parts/a.yaml": PART}
    rules = {"title": RuleSetting(Severity.INFO), "summary": RuleSetting(Severity.OFF)}
    given = {**Settings().rules, **rules}
    text = json.dumps({"rules": RULES}).encode()
    spectral = read([NAME], lambda path: text if path.endswith("rules.yaml") else None)
    snapshot = Memory({path: one.encode() for path, one in files.items()})
    settings = Settings(extends=(NAME,), rules=given)
    report = lint(snapshot, Scope(tuple(files)), assembled((), spectral), settings)
    assert shown(report) == ["title info api.yaml#/info/title"]
    assert shown(linted(files, select=("summary",))) == ["summary error parts/a.yaml#/a/get/summary"]


def test_a_rule_that_is_off_can_be_switched_on() -> None:
    rules = {"title": {**RULES["title"], "recommended": False}}
    assert shown(linted({"api.yaml": "openapi: 3.0.0\ninfo: {title: T}\n"}, rules=rules)) == []
    text = json.dumps({"extends": [[NAME, "recommended"]], "rules": {}}).encode()
    base = json.dumps({"rules": rules}).encode()
    spectral = read(["./top.yaml"], lambda path: text if path.endswith("top.yaml") else base)
    snapshot = Memory({"api.yaml": b"openapi: 3.0.0\ninfo: {title: T}\n"})
    settings = Settings(extends=("./top.yaml",), rules={"title": RuleSetting(Severity.ERROR)})
    report = lint(snapshot, Scope(("api.yaml",)), assembled((), spectral), settings)
    assert shown(report) == ["title error api.yaml#/info/title"]


def test_overrides_of_a_ruleset_hold_for_their_files() -> None:
    ruleset = {"overrides": [{"files": ["b.yaml"], "rules": {"title": "off"}}]}
    files = {"a.yaml": "openapi: 3.0.0\ninfo: {title: T}\n", "b.yaml": "openapi: 3.0.0\ninfo: {title: T}\n"}
    assert shown(linted(files, ruleset=ruleset)) == ["title warning a.yaml#/info/title"]
    switched_on = {"overrides": [{"files": ["b.yaml"], "rules": {"title": "error"}}]}
    report = linted(files, rules={"title": {**RULES["title"], "severity": "off"}}, ruleset=switched_on)
    assert shown(report) == ["title error b.yaml#/info/title"]


def test_exceptions_hold_where_they_are_written() -> None:
    api = API.replace("'1'}", "'1'}  # integrationlint: ignore[title] agreed")
    part = "a:\n  x-integrationlint-ignore: {summary: agreed too}\n  get: {summary: s}\n"
    report = linted({"api.yaml": api, "parts/a.yaml": part}, only=["api.yaml"])
    assert [(one.rule, one.status) for one in report.findings] == [
        ("title", Status.SUPPRESSED),
        ("summary", Status.SUPPRESSED),
    ]
    central = Suppression("summary", "parts/a.yaml#/a", "said", CONFIG)
    report = linted({"api.yaml": API, "parts/a.yaml": PART}, suppressions=(central,))
    assert [one.status for one in report.findings] == [Status.OPEN, Status.SUPPRESSED]


def test_exceptions_in_members_serve_our_own_rules_and_those_of_the_ruleset() -> None:
    api = """openapi: 3.1.0
info: {title: T, version: 1.0.0}
paths:
  /a:
    get:
      x-integrationlint-ignore: {oas/operation-summary: ours, no-get: theirs}
      responses: {}
"""
    report = linted({"api.yaml": api}, rules={"no-get": rule("$.paths[*].get")}, also=("recommended",))
    states = {one.rule: one.status for one in report.findings}
    assert states["oas/operation-summary"] == states["no-get"] == Status.SUPPRESSED
    assert "any/suppression-unused" not in states


def test_what_was_known_before_stays_known() -> None:
    files = {"api.yaml": API, "parts/a.yaml": PART}
    before = linted(files).findings[0]
    known = {before.fingerprint: Known(before.fingerprint, before.rule, before.address)}
    moved = {**files, "api.yaml": "# a comment\n" + API}
    report = linted(moved, known=known)
    assert [one.status for one in report.findings] == [Status.KNOWN, Status.OPEN]


def test_our_own_rules_are_not_repeated() -> None:
    api = "openapi: 3.1.0\ninfo: {title: T}\npaths: {/a: {get: {responses: {200: {$ref: '#/no'}}}}}\n"
    alone = {one.rule for one in linted({"api.yaml": api}).findings}
    assert {"invalid-ref", "parser"} <= alone
    both = {one.rule for one in linted({"api.yaml": api}, also=("recommended",)).findings}
    assert {"schema/ref-resolves", "parser", "title"} <= both
    assert "invalid-ref" not in both


def test_a_contract_that_cannot_be_read_is_told() -> None:
    (only,) = linted({"api.yaml": "openapi: 3.0.0\ninfo: [\n", "else.yaml": "a: [\n"}).findings
    assert (only.rule, only.severity, only.location.path) == ("parser", Severity.ERROR, "api.yaml")


def test_references_to_urls_are_counted() -> None:
    api = "openapi: 3.0.0\nx: {$ref: 'https://example.com/a.json'}\ny: [{$ref: 'urn:x'}]\n"
    report = linted({"api.yaml": api})
    assert shown(report) == []
    assert [note for note in report.notes if note.endswith("nothing is fetched: 2")]


def test_several_processes_find_the_same() -> None:
    long = "x: " + "y" * 1_100_000 + "\n"
    files = {"api.yaml": API + long, "parts/a.yaml": PART}
    one, two = linted(files), linted(files, jobs=2)
    assert one.findings == two.findings
    assert len(one.findings) == 2
