"""What a change does to who uses the changed thing directly."""

from typing import Any

import pytest

from integrationlint.diff.harm import by_verdict, demands, milder, to_caller, to_user
from integrationlint.model.change import Change, Harm, Verdict
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.model.links import Edge

ROOT = Element("api", "", Document("a.yaml", "yaml", {}, ""))
FIELD = Element("field", "id", ROOT.document, parent=ROOT)
BREAKS, AT_RISK, UNAFFECTED = Harm.BREAKS, Harm.AT_RISK, Harm.UNAFFECTED


def change(action: str = "changed", fact: str = "maxLength", **more: Any) -> Change:
    told: dict[str, Any] = {"kind": "field", "before": FIELD, "after": FIELD, "direction": "both"}
    return Change(action=action, fact=fact, **{**told, **more})


def edge(role: str) -> Edge:
    return Edge(FIELD, FIELD, Use(role, "k"))


@pytest.mark.parametrize(
    ("verdict", "harm"),
    [("breaking", BREAKS), ("risky", AT_RISK), ("unknown", AT_RISK), ("safe", UNAFFECTED), ("none", UNAFFECTED)],
)
def test_by_verdict(verdict: str, harm: Harm) -> None:
    assert by_verdict(Verdict(verdict)) is harm


@pytest.mark.parametrize(
    ("made", "role", "harm"),
    [
        (change("removed", ""), "reads", BREAKS),
        (change("removed", ""), "writes", BREAKS),
        (change("removed", ""), "calls", BREAKS),
        (change(backward=True, forward=False), "reads", BREAKS),
        (change(backward=False, forward=True), "reads", UNAFFECTED),
        (change(backward=None, forward=None), "reads", AT_RISK),
        (change(backward=True, forward=False), "writes", UNAFFECTED),
        (change(backward=False, forward=True), "writes", BREAKS),
        (change(backward=None, forward=True), "writes", AT_RISK),
        (change(fact="required", backward=False, facts={"required": True}), "writes", UNAFFECTED),
        (change(fact="required", forward=False, facts={"required": False}), "reads", BREAKS),
        (change(backward=False, forward=False), "calls", BREAKS),
        (change(backward=True, forward=True), "publishes", BREAKS),
    ],
)
def test_users_by_field(made: Change, role: str, harm: Harm) -> None:
    assert to_user(made, BREAKS, edge(role)) is harm


@pytest.mark.parametrize(
    ("made", "harm"),
    [
        (change(kind="operation"), BREAKS),
        (change(kind="security-scheme"), BREAKS),
        (change(backward=False), AT_RISK),
        (change(fact="required", backward=False, facts={"required": True}), BREAKS),
        (change(fact="required", backward=False, facts={"required": True}, direction="response"), AT_RISK),
        (change("added", "", backward=False, facts={"required": True}, direction="request"), BREAKS),
        (change("added", "", backward=True, facts={"required": True}, direction="request"), AT_RISK),
        (change("removed", "", forward=False), AT_RISK),
    ],
)
def test_callers_of_the_whole(made: Change, harm: Harm) -> None:
    assert to_caller(made, BREAKS) is harm
    assert to_caller(made, AT_RISK) is AT_RISK
    assert to_caller(made, UNAFFECTED) is UNAFFECTED


def test_what_is_demanded() -> None:
    assert demands(change("added", "", facts={"required": True}))
    assert demands(change(fact="required", facts={"required": True}))
    assert not demands(change("added", "", facts={"required": False}))
    assert not demands(change(fact="maxLength", facts={"required": True}))
    assert not demands(change("removed", "", facts={"required": True}))


def test_the_milder_of_two() -> None:
    assert milder(BREAKS, AT_RISK) is AT_RISK
    assert milder(UNAFFECTED, BREAKS) is UNAFFECTED
