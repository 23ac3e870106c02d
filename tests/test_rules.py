"""Every example of every rule: the only test a rule needs."""

import pytest

from integrationlint.catalog import Catalog, with_examples
from integrationlint.model.rule import Rule
from integrationlint.pipeline.examples import try_rule

CATALOG: Catalog = with_examples()


@pytest.mark.parametrize("rule", CATALOG.rules, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    wrong = [f"example {tried.number}: {tried.wrong}" for tried in try_rule(rule, CATALOG) if tried.wrong]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("rule", CATALOG.rules, ids=lambda rule: rule.id)
def test_a_rule_has_a_good_and_a_bad_example_and_a_preset(rule: Rule) -> None:
    assert any(example.finds for example in rule.examples), "no bad example"
    assert any(not example.finds for example in rule.examples), "no good example"
    assert rule.presets, "in no preset, so nobody runs it"
