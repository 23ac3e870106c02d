"""One rule of a ruleset: what its keys mean, and what becomes of one that is wrong."""

import pytest

from integrationlint.spectral.aliases import expressions
from integrationlint.spectral.nouns import SEVERITIES, Then
from integrationlint.spectral.ruleset import told
from tests.spectral.rulesets import levels, read_files, ruleset


def test_all_keys_of_a_rule() -> None:
    found = ruleset(
        """\
rules:
  paths-kebab:
    description: Paths are in kebab case.
    message: "{{property}} is not"
    severity: hint
    given: [$.paths, $.info]
    then:
      - {field: "@key", function: pattern, functionOptions: {match: "^/[a-z-]+$"}}
      - function: truthy
    resolved: false
    formats: [oas3.1, json-schema-2020-12, asyncapi2, oas3.1]
    documentationUrl: https://example.com/kebab
    tags: [paths]
    type: style
    extensions: {a: 1}
    x-own: anything
"""
    ).rules["paths-kebab"]
    assert found.given == ("$.paths", "$.info")
    assert found.then == (Then("pattern", {"match": "^/[a-z-]+$"}, "@key"), Then("truthy"))
    assert found.severity is SEVERITIES["hint"]
    assert (found.description, found.message) == ("Paths are in kebab case.", "{{property}} is not")
    assert found.formats == ("oas3_1", "jsonSchemaDraft2020_12", "aas2")
    assert (found.resolved, found.recommended, found.enabled, found.skipped) == (False, True, True, "")
    assert found.url == "https://example.com/kebab"
    assert found.source == "./main.yaml"
    assert found.origin is not None
    assert (found.origin.path, found.origin.span.start) == ("main.yaml", (2, 3))


def test_what_a_rule_does_not_say() -> None:
    found = ruleset("rules: {a: {given: $.info, then: {function: truthy}}}").rules["a"]
    assert found.severity is SEVERITIES["warn"]
    assert found.formats == ()
    assert (found.resolved, found.enabled, found.url, found.message, found.description) == (True, True, "", "", "")


@pytest.mark.parametrize(("written", "name"), [("0", "error"), ("3", "hint"), ("-1", "off"), ("off", "off")])
def test_severities_by_number_and_name(written: str, name: str) -> None:
    assert levels(ruleset(f"rules: {{a: {{severity: {written}, given: $, then: {{function: truthy}}}}}}")) == {
        "a": name
    }


def test_formats_and_documentation_of_the_ruleset_are_those_of_its_rules() -> None:
    found = ruleset(
        """\
formats: [oas3]
documentationUrl: https://example.com/all
rules:
  plain: {given: $, then: {function: truthy}}
  own: {given: $, formats: [oas2], documentationUrl: "https://example.com/own", then: {function: truthy}}
"""
    )
    assert {name: (one.formats, one.url) for name, one in found.rules.items()} == {
        "plain": (("oas3",), "https://example.com/all#plain"),
        "own": (("oas2",), "https://example.com/own"),
    }
    assert found.formats_named() == {"oas2", "oas3"}


@pytest.mark.parametrize(
    ("rule", "line", "reason"),
    [
        (
            "{given: $, then: {function: truthy}, sevrity: 0}",
            2,
            "has the unknown key 'sevrity' (did you mean 'severity'?)",
        ),
        (
            "{given: $, then: {function: truthy}, severity: wran}",
            2,
            "has the unknown severity 'wran' (did you mean 'warn'?)",
        ),
        ("{given: $, then: {function: truthy}, severity: 4}", 2, "has the unknown severity 4 (one of error, warn,"),
        ("{then: {function: truthy}}", 2, "lacks 'given'"),
        ("{given: $}", 2, "lacks 'then'"),
        ("{given: $, then: {field: a}}", 2, "lacks 'function' in 'then'"),
        ("{given: [], then: {function: truthy}}", 2, "has no expression in 'given'"),
        ("{given: info, then: {function: truthy}}", 2, "has 'info' in 'given', which begins with neither '$' nor '#'"),
        ("{given: 1, then: {function: truthy}}", 2, "is wrong: 'given' takes a list, not 1"),
        (
            "{given: $, then: {function: truty}}",
            2,
            "calls the function 'truty', which nobody defines (did you mean 'truthy'?)",
        ),
        ("{given: $, then: {function: }}", 2, "is wrong: 'function' takes a text, not nothing"),
        ("{given: $, then: {function: pattern}}", 2, "gives the function pattern options that it does not take: "),
        (
            "{given: $, then: {function: truthy}, formats: [oas4]}",
            2,
            "is wrong: unknown format 'oas4' (did you mean 'oas",
        ),
        ("{given: $, then: {function: truthy}, formats: []}", 2, "is for no format"),
        ("{given: $, then: {function: truthy}, resolved: 1}", 2, "is wrong: 'resolved' takes true or false, not 1"),
        ("{given: '#Nme.x', then: {function: truthy}}", 2, "names the unknown alias 'Nme' (did you mean 'Name'?)"),
        ("{given: '#', then: {function: truthy}}", 2, "has '#' in 'given', where the name of an alias follows '#'"),
        ("{given: '#Loop', then: {function: truthy}}", 2, "has an alias that leads to itself: Loop -> Again -> Loop"),
        ("wran", 2, "has the unknown severity 'wran' (did you mean 'warn'?)"),
        ("0", 2, "takes a mapping, a severity by its name, true or false, not 0"),
        ("error", 2, "is not defined in anything that its ruleset extends"),
    ],
)
def test_a_rule_that_is_wrong_is_kept_with_the_reason_and_the_others_run(rule: str, line: int, reason: str) -> None:
    found = ruleset(
        f"""\
rules:
  wrong: {rule}
  right: {{given: $, then: {{function: truthy}}}}
aliases: {{Name: [$.name], Loop: ['#Again'], Again: ['#Loop']}}
"""
    )
    wrong = found.rules["wrong"]
    assert wrong.skipped.startswith(reason)
    assert wrong.origin is not None
    assert wrong.origin.span.start.line == line
    assert [one.id for one in found.running()] == ["right"]
    assert [one.id for one in found.unable()] == ["wrong"]


def test_an_expression_that_is_no_path_is_told() -> None:
    found = ruleset("rules: {a: {given: '$[?(@.', then: {function: truthy}}}").rules["a"]
    assert found.skipped.startswith("has '$[?(@.' in 'given', which is no JSONPath: ")


def test_a_function_in_javascript_is_named_and_one_that_is_known_here_runs() -> None:
    found = ruleset(
        """\
functions: [ownFunction, typedEnum, [oldFunction, {type: object}]]
functionsDir: ./js
rules:
  own: {given: $, then: {function: ownFunction}}
  old: {given: $, then: [{function: truthy}, {function: oldFunction}]}
  ours: {given: $, then: {function: typedEnum}}
"""
    )
    assert {name: one.skipped for name, one in found.rules.items()} == {
        "own": "calls the JavaScript function ownFunction",
        "old": "calls the JavaScript function oldFunction",
        "ours": "",
    }
    assert told(found.unable()) == (
        "rule own of main.yaml:4:26 does not run: it calls the JavaScript function ownFunction; see docs/spectral.md",
        "rule old of main.yaml:5:47 does not run: it calls the JavaScript function oldFunction; see docs/spectral.md",
    )


def test_functions_are_those_of_their_own_ruleset() -> None:
    found = ruleset(
        "extends: ./base.yaml\nrules: {a: {given: $, then: {function: own}}}",
        base="functions: [own]\nrules: {b: {given: $, then: {function: own}}}",
    )
    assert found.rules["a"].skipped == "calls the function 'own', which nobody defines"
    assert found.rules["b"].skipped == "calls the JavaScript function own"


def test_keys_that_other_linters_add_change_nothing() -> None:
    rule = "{id: a, category: {id: x}, howToFix: so, given: $, then: {function: truthy}}"
    assert ruleset(f"rules: {{a: {rule}}}").rules["a"].skipped == ""


def test_aliases_are_replaced_and_the_rest_follows() -> None:
    found = ruleset(
        """\
aliases:
  Paths: [$.paths, $.x-paths]
  Methods: ['#Paths[*][get,put]', '$.webhooks[*]']
rules:
  a: {given: ['#Methods.responses', $.info], then: {function: truthy}}
"""
    ).rules["a"]
    assert expressions(found, ()) == (
        "$.paths[*][get,put].responses",
        "$.x-paths[*][get,put].responses",
        "$.webhooks[*].responses",
        "$.info",
    )


def test_a_scoped_alias_means_the_last_target_with_a_format_of_the_document() -> None:
    found = ruleset(
        """\
aliases:
  Servers:
    description: Where it is
    targets:
      - {formats: [oas2], given: [$.host]}
      - {formats: [oas3], given: [$.servers]}
      - {formats: [oas3.1], given: [$.servers, $.x]}
      - {formats: [], given: [$.never]}
rules:
  a: {given: '#Servers[*]', then: {function: truthy}}
"""
    ).rules["a"]
    assert expressions(found, {"oas2"}) == ("$.host[*]",)
    assert expressions(found, {"oas3", "oas3_1"}) == ("$.servers[*]", "$.x[*]")
    assert expressions(found, {"aas2"}) == ()


def test_aliases_that_stand_for_too_much_are_refused() -> None:
    aliases = ", ".join(f"a{number}: ['#a{number + 1}', '#a{number + 1}']" for number in range(30))
    found = ruleset(f"aliases: {{{aliases}, a30: [$]}}\nrules: {{a: {{given: '#a0', then: {{function: truthy}}}}}}")
    assert found.rules["a"].skipped == "has aliases that stand for more than 1000 expressions"


def test_json_is_read_with_the_places_of_its_rules() -> None:
    found = read_files({"a.json": '{\n  "rules": {\n    "a": {"given": "$", "then": {"function": "nope"}}\n  }\n}'})
    rule = found.rules["a"]
    assert rule.origin is not None
    assert (rule.origin.path, rule.origin.span.start.line) == ("a.json", 3)


def test_merge_keys_are_merged_and_what_is_given_twice_is_told() -> None:
    found = ruleset(
        """\
x-base: &base {severity: error, given: $.info, then: {function: truthy}}
rules:
  a: {<<: *base, severity: info}
  b: {<<: [{description: first}, *base]}
  b: {<<: *base, description: last}
"""
    )
    assert levels(found) == {"a": "info", "b": "error"}
    assert found.rules["b"].description == "last"
    [note] = found.notes
    assert note.startswith("main.yaml:5:3: key 'b' is given twice, first in line 4")
