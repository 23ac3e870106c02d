"""Rules in the path form."""

from typing import Any

import pytest

from integrationlint.checks.checks import find_check
from integrationlint.engine.load import load_rule
from integrationlint.engine.run import Outcome, run
from integrationlint.engine.select import Bound
from integrationlint.model.element import Element
from integrationlint.model.errors import ConfigError
from integrationlint.model.limits import DEFAULT_LIMITS
from integrationlint.model.rule import Rule, Severity
from integrationlint.parse.parsers import parse
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.workspace import Workspace

TEXT = b"""
info: {owner: team-a}
parts:
  - {name: First, size: 1}
  - {name: second}
  - [name]
"""


def _rule(**more: Any) -> Rule:
    data = {
        "id": "own/rule",
        "title": "t",
        "why": "w",
        "fix": "f",
        "each": "node",
        "at": "$.parts[*]",
        "check": "nodes.has",
        "with": {"members": ["size"]},
        "message": "{name} {problem}",
        "severity": "warning",
        "concern": "structure",
    }
    return load_rule({**data, **more}, "own/rule.yaml", "./own/")


def _found(*rules: Rule) -> list[tuple[str, str, int]]:
    document = parse("a.yaml", TEXT, DEFAULT_LIMITS)
    root = Element("document", "", document)
    bounds = [Bound(one, Severity.WARNING, one.options, find_check) for one in rules]
    outcome = Outcome()
    run(bounds, {"document": [root]}, Workspace(Memory({}), {}), outcome)
    assert not outcome.errors
    return [(one.location.pointer, one.message, one.location.span.start.line) for one in outcome.findings]


def test_a_rule_runs_over_what_its_path_finds() -> None:
    assert _found(_rule()) == [("/parts/1", "1 lacks 'size'", 5)]
    assert _found(_rule(**{"with": {"not_members": ["size"]}})) == [("/parts/0/size", "0 has 'size'", 4)]


def test_rules_over_texts_and_keys() -> None:
    lower = _rule(at="$.parts[*].name", check="nodes.matches", message="{value}", **{"with": {"pattern": "^[a-z]+$"}})
    keys = _rule(at="$.*~", check="nodes.matches", message="{value}", **{"with": {"not_pattern": "^p"}})
    assert _found(lower) == [("/parts/0/name", "First", 4)]
    assert [one[:2] for one in _found(keys)] == [("/parts", "parts")]


def test_the_facts_of_a_node_can_be_asked() -> None:
    assert not _found(
        _rule(at="$.info.owner", when={"value": "team-b"}, check="nodes.matches", **{"with": {"pattern": "x"}})
    )
    rule = _rule(
        at="$.info.owner", check="naming.case", message="{value}", **{"with": {"style": "camel", "fact": "value"}}
    )
    assert [one[1] for one in _found(rule)] == ["team-a"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"at": ""}, "'each: node' stands alone, with 'at: JSONPath'"),
        ({"each": "operation"}, "no other kind takes a path"),
        ({"each": ["node", "operation"]}, "stands alone"),
        ({"at": "$.a[?("}, "'at' is no JSONPath that can be read: "),
    ],
)
def test_wrong_paths_are_refused(more: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("(", r"\(")) as caught:
        _rule(**more)
    assert str(caught.value.location).find("own/rule.yaml") >= 0
