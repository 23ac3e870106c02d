"""Rules over changes to verdicts."""

from typing import Any

import pytest

from integrationlint.engine.judge import judge
from integrationlint.engine.load import load_rule
from integrationlint.engine.select import Bound
from integrationlint.model.change import Change, Verdict
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.report import RunError
from integrationlint.model.rule import Problem

ROOT = Element("api", "", Document("a.yaml", "yaml", {}, ""))
FIELD = Element("field", "id", ROOT.document, "/id", parent=Element("type", "Order", ROOT.document, parent=ROOT))


class NoLinks:
    def format(self, _: Element) -> str:
        return "openapi"


LINKS: Any = NoLinks()


def rule(rule_id: str, severity: str, when: dict[str, Any], check: Any = lambda _: [Problem()], **more: Any) -> Bound:
    data = {
        "title": "T",
        "why": "W.",
        "fix": "F.",
        "each": "change",
        "check": check if isinstance(check, str) else "c.c",
        "message": "{what}: {old} to {new}",
    }
    made = load_rule(
        {"id": rule_id, **data, "severity": severity, "concern": "compatibility", "when": when, **more}, "r"
    )
    return Bound(made, made.severity, {}, lambda _: (lambda _: [Problem()]) if isinstance(check, str) else check)


def change(**more: Any) -> Change:
    told: dict[str, Any] = {"action": "changed", "kind": "field", "fact": "enum", "before": FIELD, "after": FIELD}
    return Change(**{**told, **more})


@pytest.mark.parametrize(
    ("direction", "backward", "forward", "expected"),
    [
        ("request", False, True, "breaking"),
        ("request", True, False, "safe"),
        ("response", True, False, "breaking"),
        ("response", False, True, "safe"),
        ("both", True, False, "breaking"),
        ("both", True, True, "safe"),
        ("request", None, True, "unknown"),
        ("both", True, None, "unknown"),
        ("none", False, False, "safe"),
    ],
)
def test_without_a_rule_the_facts_decide(direction: str, backward: Any, forward: Any, expected: str) -> None:
    (judged,) = judge([change(direction=direction, backward=backward, forward=forward)], [], LINKS, [])
    assert judged.verdict == expected
    assert judged.bound is None


def test_the_most_specific_rule_gives_the_verdict() -> None:
    rules = [
        rule("compat/any", "error", {"direction": "response"}),
        rule("compat/enum", "warning", {"direction": "response", "fact": "enum"}),
    ]
    (judged,) = judge([change(direction="response", forward=False, old=["a"], new=None)], rules, LINKS, [])
    assert judged.verdict is Verdict.RISKY
    assert judged.message == "field Order.id: a to not set"


def test_a_change_in_both_directions_is_judged_in_each_and_the_worse_counts() -> None:
    rules = [
        rule("compat/in", "info", {"direction": "request"}),
        rule("compat/out", "error", {"direction": "response"}),
    ]
    (judged,) = judge([change(direction="both")], rules, LINKS, [])
    assert (judged.verdict, judged.change.direction) == (Verdict.BREAKING, "both")


def test_what_cannot_be_decided_stays_unknown_unless_a_rule_says_worse() -> None:
    told = [rule("compat/told", "info", {"fact": "enum"})]
    (judged,) = judge([change(direction="request", backward=None)], told, LINKS, [])
    assert judged.verdict is Verdict.UNKNOWN


def test_a_rule_that_asks_for_what_cannot_be_decided_decides() -> None:
    told = [rule("compat/told", "info", {"fact": "enum", "backward": "unknown"})]
    (judged,) = judge([change(direction="request", backward=None)], told, LINKS, [])
    assert judged.verdict is Verdict.SAFE


def test_an_exemption_goes_before_all_others() -> None:
    rules = [
        rule("compat/enum", "error", {"direction": "request", "fact": "enum"}),
        rule("compat/draft", "info", {"stability": "draft"}, check="changes.exempt"),
    ]
    (judged,) = judge([change(direction="request", backward=None, facts={"stability": "draft"})], rules, LINKS, [])
    assert (judged.verdict, judged.bound) == (Verdict.SAFE, rules[1])


def test_a_rule_that_fails_is_an_error_and_the_next_one_speaks() -> None:
    def broken(_: Change) -> Any:
        raise RuntimeError("no")

    errors: list[RunError] = []
    rules = [
        rule("compat/b", "info", {"fact": "enum", "kind": "field"}, broken),
        rule("compat/a", "warning", {"fact": "enum"}),
    ]
    (judged,) = judge([change(direction="request")], rules, LINKS, errors)
    assert judged.bound is not None
    assert judged.bound.rule.id == "compat/a"
    assert [(one.rule, one.message) for one in errors] == [("compat/b", "RuntimeError: no")]


def test_a_rule_of_another_format_is_silent() -> None:
    (judged,) = judge([change(direction="request")], [rule("compat/x", "error", {}, formats=["xsd"])], LINKS, [])
    assert judged.bound is None
