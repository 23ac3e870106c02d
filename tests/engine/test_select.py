"""Which rules run, and how severe they are."""

from dataclasses import replace
from typing import Any

import pytest

from integrationlint.checks.checks import find_check
from integrationlint.engine.load import load_rule
from integrationlint.engine.select import chosen, planned, predicate, selects
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.rule import Rule, Severity
from integrationlint.model.settings import Override, RuleSetting, Settings

PLACE = Location("c.yaml", "", Span(Position(4, 3), Position(4, 9)))


def rule(rule_id: str, **more: Any) -> Rule:
    data = {"title": "T", "why": "W.", "fix": "F.", "each": "path", "check": "naming.path_case", "message": "m"}
    return load_rule({"id": rule_id, **data, "severity": "warning", "concern": "naming", **more}, "r.yaml")


RULES = (
    rule("oas/a", presets={"recommended": {}, "zalando": {"severity": "error", "with": {"style": "snake"}}}),
    rule("oas/b", presets={"strict": {}}, refs=[{"standard": "zalando", "clause": "1"}], replaces=["oas/old-b"]),
    rule("flow/c", presets={"recommended": {}}, concern="reliability"),
)


def run(**settings: Any) -> dict[str, str]:
    return {one.rule.id: str(one.severity) for one in chosen(RULES, Settings(**settings), find_check)}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {"oas/a": "warning", "flow/c": "warning"}),
        ({"extends": ("strict",)}, {"oas/b": "warning"}),
        ({"extends": ("all",)}, {"oas/a": "warning", "oas/b": "warning", "flow/c": "warning"}),
        ({"extends": ("recommended", "zalando")}, {"oas/a": "error", "flow/c": "warning"}),
        ({"select": ("oas",)}, {"oas/a": "warning", "oas/b": "warning"}),
        ({"select": ("oas/b", "concern:reliability")}, {"oas/b": "warning", "flow/c": "warning"}),
        ({"select": ("standard:zalando",)}, {"oas/b": "warning"}),
        ({"select": ("preset:strict",)}, {"oas/b": "warning"}),
        ({"rules": {"oas/a": RuleSetting(Severity.OFF)}}, {"flow/c": "warning"}),
        (
            {"rules": {"*": RuleSetting(Severity.INFO)}, "extends": ()},
            dict.fromkeys(("flow/c", "oas/a", "oas/b"), "info"),
        ),
        ({"rules": {"oas/b": RuleSetting()}}, {"oas/a": "warning", "oas/b": "warning", "flow/c": "warning"}),
        ({"rules": {"oas/old-b": RuleSetting(Severity.ERROR)}, "extends": ()}, {"oas/b": "error"}),
    ],
)
def test_rules_are_chosen_by_preset_selector_and_setting(settings: dict[str, Any], expected: dict[str, str]) -> None:
    assert run(**settings) == expected


def test_options_come_from_the_rule_then_presets_then_settings() -> None:
    said = {"oas/a": RuleSetting(options={"allow": ["x"]}, origin=PLACE)}
    settings = Settings(extends=("recommended", "zalando"), rules=said)
    bound = next(one for one in chosen(RULES, settings, find_check) if one.rule.id == "oas/a")
    assert bound.options == {"style": "snake", "allow": ["x"]}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"rules": {"oas/aa": RuleSetting(origin=PLACE)}}, "c.yaml:4:3: unknown rule 'oas/aa' (did you mean 'oas/a'?)"),
        ({"extends": ("recomended",)}, "unknown preset 'recomended' (did you mean 'recommended'?)"),
        ({"select": ("concern:nameing",)}, "nothing is selected by 'concern:nameing' (did you mean 'concern:naming'?)"),
        ({"rules": {"oas/a": RuleSetting(options={"stile": "x"}, origin=PLACE)}},
         "c.yaml:4:3: oas/a has no option 'stile' (did you mean 'style'?)"),
    ],
)  # fmt: skip
def test_unknown_names_are_errors_with_a_suggestion(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        run(**settings)
    assert str(caught.value) == message


def test_overrides_apply_to_the_files_they_name() -> None:
    overrides = (
        Override(("legacy/**",), {"oas/a": RuleSetting(Severity.OFF)}),
        Override(("legacy/flows/*",), {"flow/c": RuleSetting(Severity.ERROR)}),
    )
    plan = planned(RULES, Settings(overrides=overrides), find_check)
    assert [one.rule.id for one in plan.for_file("legacy/a.yaml")] == ["flow/c"]
    assert [str(one.severity) for one in plan.for_file("legacy/flows/x")] == ["error"]
    assert [one.rule.id for one in plan.for_file("new/a.yaml")] == ["flow/c", "oas/a"]


def test_an_override_switches_a_rule_on_and_a_selection_narrows_it() -> None:
    overrides = (Override(("strict/**",), {"oas/b": RuleSetting(Severity.ERROR)}),)
    plan = planned(RULES, Settings(overrides=overrides), find_check)
    assert [one.rule.id for one in plan.for_file("strict/a.yaml")] == ["flow/c", "oas/a", "oas/b"]
    assert {one.rule.id for one in plan.used} == {"flow/c", "oas/a", "oas/b"}
    plan = planned(RULES, Settings(overrides=overrides, select=("flow",)), find_check)
    assert [one.rule.id for one in plan.for_file("strict/a.yaml")] == ["flow/c"]


def test_a_selection_narrows_the_rules_that_are_set() -> None:
    assert run(select=("flow",), rules={"oas/a": RuleSetting(Severity.ERROR)}) == {"flow/c": "warning"}


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ({"deprecated": False}, {}, True),
        ({"deprecated": False}, {"deprecated": True}, False),
        ({"deprecated": None}, {"deprecated": False}, True),
        ({"method": ["GET", "HEAD"]}, {"method": "HEAD"}, True),
        ({"method": ["GET", "HEAD"]}, {"method": "PUT"}, False),
        ({"type": "string"}, {"type": ("string", "number")}, True),
        ({"type": "string"}, {"type": ()}, False),
        ({"minimum": 1}, {"minimum": True}, False),
        ({"minimum": 1}, {"minimum": 1.0}, True),
        ({"a": "x", "b": "y"}, {"a": "x", "b": "z"}, False),
    ],
)
def test_when_compares_for_equality_and_membership(when: Any, facts: Any, expected: bool) -> None:
    test = predicate(when)
    assert test is not None
    assert test(facts) is expected


def test_no_condition_needs_no_test() -> None:
    assert predicate({}) is None


def test_a_replaced_name_selects_its_successor() -> None:
    assert not selects("oas/old-b", replace(RULES[1], replaces=()))
