"""Rules over documents: which run, what they look at, what they say, and where."""

import json
from typing import Any

import pytest

from integrationlint.model.report import RunError
from integrationlint.parse.parsers import parse
from integrationlint.spectral.diagnostics import Result
from integrationlint.spectral.functions import functions
from integrationlint.spectral.read import read
from integrationlint.spectral.resolve import Resolver
from integrationlint.spectral.ruleset import Ruleset
from integrationlint.spectral.run import examine, run

API = """openapi: 3.0.3
info: {title: T}
paths:
  /a:
    get: {parameters: [{$ref: '#/components/parameters/P'}]}
    put: {parameters: [{$ref: 'common.yaml#/Q'}]}
components:
  parameters:
    P: {name: p, in: query}
"""
COMMON = "Q: {name: q, in: query, schema: {$ref: '#/S'}}\nS: {type: string}\n"


def ruleset(rules: dict[str, Any], **more: Any) -> Ruleset:
    text = json.dumps({"rules": rules, **more}).encode()
    return read(["./rules.yaml"], lambda path: text if path.endswith("rules.yaml") else None)


def found(
    rules: dict[str, Any], files: dict[str, str], errors: list[RunError] | None = None, **more: Any
) -> list[Result]:
    documents = {path: parse(path, text.encode()) for path, text in files.items()}
    first, chosen = next(iter(documents)), ruleset(rules, **more)
    here = chosen.for_file(first)
    broken: list[RunError] = [] if errors is None else errors
    results = run(documents[first], here, here.running(), Resolver(documents.get), broken)
    assert errors is not None or not broken
    return results


def places(results: list[Result]) -> list[tuple[str, str]]:
    return [(one.document.path, "/".join(map(str, one.path))) for one in results]


def rule(given: Any, function: str = "falsy", **more: Any) -> dict[str, Any]:
    then: dict[str, Any] = {"function": function}
    then |= {key: more.pop(key) for key in ("field", "functionOptions") if key in more}
    return {"given": given, "then": then, **more}


def test_what_is_found_in_a_reference_is_told_where_it_is_written_and_once() -> None:
    parameters = rule("$.paths[*][*].parameters[*].name", message="{{property}} at {{path}}: {{value}}")
    api = API.replace("get: {", "delete: {parameters: [{$ref: '#/components/parameters/P'}]}\n    get: {")
    results = found({"r": parameters}, {"a.yaml": api, "common.yaml": COMMON})
    assert places(results) == [("a.yaml", "components/parameters/P/name"), ("common.yaml", "Q/name")]
    assert results[0].message == "name at #/components/parameters/P/name: p"
    assert (results[0].span.start, results[1].span.start) == ((10, 15), (1, 11))


def test_a_rule_over_the_document_as_written_sees_references() -> None:
    results = found({"r": rule("$..['$ref']", resolved=False)}, {"a.yaml": API, "common.yaml": COMMON})
    assert places(results) == [
        ("a.yaml", "paths//a/get/parameters/0/$ref"),
        ("a.yaml", "paths//a/put/parameters/0/$ref"),
    ]


def test_a_missing_field_is_told_at_what_should_have_it() -> None:
    described = rule("$.info", "truthy", field="contact.email", message="{{property}}|{{error}}")
    (only,) = found({"r": described}, {"a.yaml": API})
    assert (only.path, only.span.start) == (("info",), (2, 6))
    assert only.message == 'info.contact.email|"info.contact.email" property must be truthy'


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({}, '"title" property must be falsy'),
        ({"description": "No titles"}, "No titles"),
        (
            {"description": "No titles", "message": " {{description}}: {{error}} "},
            'No titles: "title" property must be falsy',
        ),
    ],
)
def test_the_message_is_that_of_the_rule_else_its_description_else_that_of_the_function(
    more: dict[str, str], message: str
) -> None:
    (only,) = found({"r": rule("$.info.title", **more)}, {"a.yaml": API})
    assert only.message == message


def test_only_rules_for_a_format_of_the_document_run() -> None:
    rules = {one: rule("$.info.title", formats=[one]) for one in ("oas2", "oas3", "oas3_0", "oas3_1")}
    assert [one.code for one in found(rules, {"a.yaml": API})] == ["oas3", "oas3_0"]


def test_an_alias_with_targets_depends_on_the_format() -> None:
    aliases = {
        "Text": {
            "targets": [
                {"formats": ["oas2"], "given": ["$.swagger"]},
                {"formats": ["oas3"], "given": ["$.info.title", "$.openapi"]},
            ]
        }
    }
    results = found({"r": rule("#Text")}, {"a.yaml": API}, aliases=aliases)
    assert sorted(places(results)) == [("a.yaml", "info/title"), ("a.yaml", "openapi")]


def test_several_functions_and_expressions_are_all_asked() -> None:
    both = {"given": ["$.info.title", "$.openapi"], "then": [{"function": "falsy"}, {"function": "undefined"}]}
    assert len(found({"r": both}, {"a.yaml": API})) == 4


def test_a_document_that_is_a_list_or_a_scalar_is_one_too() -> None:
    assert places(found({"r": rule("$[*]")}, {"a.yaml": "[1, 2]"})) == [("a.yaml", "0"), ("a.yaml", "1")]
    assert places(found({"r": rule("$")}, {"a.yaml": "text"})) == [("a.yaml", "")]


def test_a_rule_that_fails_is_told_once_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(value: Any, options: Any, context: Any) -> Any:
        raise ZeroDivisionError("no")

    known = functions.find
    monkeypatch.setattr("integrationlint.spectral.run.find", lambda name: broken if name == "defined" else known(name))
    errors: list[RunError] = []
    rules = {"bad": rule(["$.info.title", "$.openapi"], "defined"), "good": rule("$.info.title")}
    results = found(rules, {"a.yaml": API}, errors)
    assert [one.code for one in results] == ["good"]
    assert [(one.rule, one.file, one.message) for one in errors] == [("bad", "a.yaml", "ZeroDivisionError: no")]


def test_an_override_for_a_place_changes_how_severe_it_is() -> None:
    overrides = [{"files": ["*.yaml#/info"], "rules": {"r": "info"}}, {"files": ["*#/paths"], "rules": {"r": "off"}}]
    text = "info: {x: 1}\npaths: {x: 1}\nz: {x: 1}\n"
    results = found({"r": rule("$[*].x")}, {"a.yaml": text}, overrides=overrides)
    assert {one.path[0]: one.severity.name for one in results} == {"info": "info", "z": "warn"}


def _examined(text: str, files: dict[str, str] | None = None, **more: Any) -> list[Result]:
    documents = {path: parse(path, one.encode()) for path, one in {"a.yaml": text, **(files or {})}.items()}
    here = ruleset({"r": rule("$", formats=["oas3"])}, **more)
    return examine(documents["a.yaml"], here, here.running(), Resolver(documents.get))


def test_references_to_nothing_are_told() -> None:
    text = "openapi: 3.0.0\nx: {$ref: '#/no'}\ny: {$ref: 'c.yaml'}\n"
    results = _examined(text, {"c.yaml": "z: {$ref: no.yaml}\n"})
    assert sorted((one.code, *place) for one, place in zip(results, places(results), strict=True)) == [
        ("invalid-ref", "a.yaml", "x/$ref"),
        ("invalid-ref", "c.yaml", "z/$ref"),
    ]
    assert {one.severity.name for one in results} == {"error"}


def test_keys_that_are_no_text_or_come_twice_are_told_unless_the_ruleset_says_otherwise() -> None:
    text = "openapi: 3.0.0\nr: {200: a, '201': b, true: c, null: d}\ns: 1\ns: 2\n"
    results = _examined(text)
    assert [(one.code, "/".join(map(str, one.path)), one.message, *one.span.start) for one in results] == [
        ("parser", "s", "Duplicate key: s", 4, 1),
        ("parser", "r/200", "Mapping key must be a string scalar rather than number", 2, 5),
        ("parser", "r/true", "Mapping key must be a string scalar rather than boolean", 2, 23),
        ("parser", "r/null", "Mapping key must be a string scalar rather than null", 2, 32),
    ]
    lenient = _examined(text, parserOptions={"duplicateKeys": "hint", "incompatibleValues": "off"})
    assert [(one.path, one.severity.name) for one in lenient] == [(("s",), "hint")]


def test_what_cannot_be_read_and_what_is_in_no_format() -> None:
    (broken,) = _examined("openapi: [3\n")
    assert (broken.code, broken.severity.name) == ("parser", "error")
    (other,) = _examined("swagger: '2.0'\n")
    assert (other.code, other.severity.name, other.span.start) == ("unrecognized-format", "warn", (1, 1))
