"""Changes that are found more than once."""

from typing import Any

import pytest

from integrationlint.diff.comparison import ALIKE, CONTRARY, UNCLEAR, Comparison, joined, made
from integrationlint.model.document import Document
from integrationlint.model.element import Element

ROOT = Element("type", "T", Document("a.json", "json", {}, ""))
FIELD = Element("field", "a", ROOT.document, parent=ROOT, facts={"deprecated": True, "description": "D"})
LINKS: Any = None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("request", "request", "request"),
        ("request", "response", "both"),
        ("both", "request", "both"),
        ("none", "response", "response"),
        ("none", "none", "none"),
    ],
)
def test_directions(one: str, other: str, expected: str) -> None:
    assert joined(one, other) == joined(other, one) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((True, True), (False, True), (False, True)),
        ((True, None), (True, True), (True, None)),
        ((None, True), (False, True), (False, True)),
    ],
)
def test_the_worse_effect_counts(first: Any, second: Any, expected: Any) -> None:
    for effects in ((first, second), (second, first)):
        run = Comparison(LINKS, LINKS)
        for effect, direction in zip(effects, ("request", "response"), strict=True):
            run.report(made("removed", FIELD, None, direction, effect))
        (change,) = run.changes.values()
        assert ((change.backward, change.forward), change.direction) == (expected, "both")


@pytest.mark.parametrize(
    ("sense", "effect", "expected"),
    [
        (ALIKE, (True, False), (True, False)),
        (CONTRARY, (True, False), (False, True)),
        (CONTRARY, (None, None), (None, None)),
        (UNCLEAR, (True, False), (None, None)),
        (UNCLEAR, (True, True), (True, True)),
    ],
)
def test_effects_seen_from_outside(sense: int, effect: Any, expected: Any) -> None:
    run = Comparison(LINKS, LINKS, sense=sense)
    run.report(made("removed", FIELD, None, "request", effect))
    (change,) = run.changes.values()
    assert (change.backward, change.forward) == expected


def test_pairs_wait_once_for_each_direction_and_sense() -> None:
    run = Comparison(LINKS, LINKS, sense=CONTRARY)
    for direction in ("request", "request", "response"):
        run.compare(FIELD, FIELD, direction)
        run.compare(FIELD, FIELD, direction, CONTRARY)
    assert [(one.direction, one.sense) for one in run.pending] == [
        ("request", CONTRARY),
        ("request", ALIKE),
        ("response", CONTRARY),
        ("response", ALIKE),
    ]


def test_a_change_knows_what_rules_may_ask() -> None:
    change = made("changed", FIELD, FIELD, "both", (True, True), fact="default", old=1, new=2, facts={"default": True})
    assert change.facts == {"deprecated": True, "default": True}
    assert (change.kind, change.old, change.new) == ("field", 1, 2)
    with pytest.raises(ValueError, match="at least one side"):
        made("changed", None, None, "both", (True, True))
