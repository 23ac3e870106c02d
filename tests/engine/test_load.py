"""Rule files to rules: what is wrong is said with file and line."""

from typing import Any

import pytest

from integrationlint.engine.load import load_rule
from integrationlint.model.errors import ConfigError

GOOD: dict[str, Any] = {
    "id": "own/one",
    "title": "One",
    "why": "Because.",
    "fix": "Mend it.",
    "each": "shape",
    "check": "naming.case",
    "with": {"style": "camel"},
    "message": "{value}",
    "severity": "warning",
    "concern": "naming",
    "_lines": {
        "title": 1,
        "each": 5,
        "when": 6,
        "severity": 9,
        "concern": 10,
        "presets": 11,
        "examples": 12,
        "chek": 7,
    },
}


def test_a_rule_is_read_with_its_group_of_kinds_spelled_out() -> None:
    rule = load_rule(
        {**GOOD, "presets": {"recommended": {}}, "refs": [{"standard": "zalando", "clause": 129}]}, "r.yaml"
    )
    assert rule.each == ("type", "schema", "field", "items", "variant")
    assert rule.refs[0].clause == "129"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"chek": "x"}, "r.yaml:7:1: unknown key 'chek' (did you mean 'check'?)"),
        ({"title": ""}, "r.yaml:1:1: the rule needs the key 'title'"),
        ({"each": "operaton"}, "r.yaml:5:1: unknown kind of element 'operaton' (did you mean 'operation'?)"),
        ({"each": 5}, "r.yaml:5:1: 'each' takes a name or a list of names"),
        ({"severity": "eror"}, "r.yaml:9:1: unknown severity 'eror' (did you mean 'error'?)"),
        ({"concern": "nameing"}, "r.yaml:10:1: unknown concern 'nameing' (did you mean 'naming'?)"),
        ({"each": "field", "when": {"requird": True}},
         "r.yaml:6:1: field has no fact 'requird' (did you mean 'required'?)"),
        ({"when": []}, "r.yaml:6:1: 'when' takes a mapping"),
        ({"presets": {"recommended": {"sevrity": "error"}}},
         "r.yaml:11:1: unknown key of a preset 'sevrity' (did you mean 'severity'?)"),
        ({"examples": [{"god": "x"}]}, "r.yaml:12:1: unknown key of an example 'god' (did you mean 'good'?)"),
        ({"examples": ["x"]}, "r.yaml:12:1: an example takes good: or bad: with a text, or files:"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_said_with_its_line(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_rule({**GOOD, **changed}, "r.yaml")
    assert str(caught.value) == message


def test_a_rule_over_changes_may_ask_for_the_facts_of_changes() -> None:
    rule = load_rule({**GOOD, "each": "change", "when": {"action": "removed"}}, "r.yaml")
    assert rule.when == {"action": "removed"}
