"""Changes between mappings and between flows."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.diff.trees import plain
from integrationlint.model.element import ABSENT, Declared, Retry, State, Value

Told = Callable[..., list[str]]

HEAD = "# Title,Orders\n# Version,VERSION\n# Source,a.yaml#/Order\n# Target,b.xsd#Doc\n"
COLUMNS = "Source Field,Target Field,Required,Transformation,Default,Comments\n"


def mapping(*rows: str, version: str = "1.0.0") -> dict[str, str]:
    return {"m.csv": HEAD.replace("VERSION", version) + COLUMNS + "".join(f"{row}\n" for row in rows)}


ROW = "a,A,Y,copy,,Note"


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ((ROW,), (ROW,), []),
        ((ROW,), ("a,A,Y,copy,,Another note",), []),
        ((ROW, "b,B,N,copy,,"), ("b,B,N,copy,,", ROW), []),
        ((ROW, "b,B,N,copy,,"), (ROW,), ["line:B removed none same"]),
        ((ROW,), (ROW, "b,B,N,copy,,"), ["line:B added none same"]),
        ((ROW,), ("b,A,Y,copy,,Note",), ["line:A source none same"]),
        ((ROW,), ("a,Z,Y,copy,,Note",), ["line:A removed none same", "line:Z added none same"]),
        ((ROW,), ("a,A,N,copy,,Note",), ["line:A required none same"]),
        ((ROW,), ("a,A,Y,copy,x,Note",), ["line:A default none same"]),
        (("a;b,A,Y,concat(a;b),,",), ("a;c,A,Y,concat(a;b),,",), ["line:A sources none same"]),
        (("a,A,Y,copy,,", "b,A,Y,copy,,"), ("a,A,Y,copy,,",), ["line:A~2 removed none same"]),
    ],
)
def test_mappings(old: tuple[str, ...], new: tuple[str, ...], changes: list[str], told: Told) -> None:
    assert told(mapping(*old), mapping(*new)) == changes


def test_what_a_removed_line_was_required_for_is_told(compared: Any) -> None:
    (change,) = compared(mapping(ROW, "b,B,Y,copy,,"), mapping(ROW))
    assert change.facts == {"required": True}


def test_the_version_of_a_mapping_is_told_elsewhere(told: Told) -> None:
    assert told(mapping(ROW), mapping(ROW, version="2.0.0")) == []


def machine(states: dict[str, Any], start: str = "A") -> dict[str, str]:
    return {"f.asl.json": json.dumps({"StartAt": start, "States": states})}


def task(**more: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True, **more}


RETRY = [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 3}]
CATCH = [{"ErrorEquals": ["States.ALL"], "Next": "B"}]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({"A": task()}, {"A": task(Comment="Why.")}, []),
        ({"A": task(), "B": task()}, {"B": task(), "A": task()}, []),
        ({"A": task(), "B": task()}, {"A": task()}, ["flow:f/step:B removed none same"]),
        ({"A": task()}, {"A": task(), "B": task()}, ["flow:f/step:B added none same"]),
        ({"A": task(TimeoutSeconds=5)}, {"A": task(TimeoutSeconds=6)}, ["flow:f/step:A timeout none same"]),
        ({"A": task(Retry=RETRY)}, {"A": task()}, ["flow:f/step:A retry none same"]),
        (
            {"A": task(Catch=CATCH), "B": task()},
            {"A": task(), "B": task()},
            ["flow:f/step:A/handler:any removed none same"],
        ),
    ],
)
def test_flows(old: dict[str, Any], new: dict[str, Any], changes: list[str], told: Told) -> None:
    assert told(machine(old), machine(new)) == changes


def test_what_came_or_went_is_one_change(told: Told) -> None:
    inner = {"StartAt": "X", "States": {"X": task(), "Y": task()}}
    whole = {"A": task(), "B": {"Type": "Parallel", "Branches": [inner], "End": True}}
    assert told(machine({"A": task()}), machine(whole)) == ["flow:f/step:B added none same"]


def test_a_document_that_came_or_went(told: Told) -> None:
    both = {**mapping(ROW), **machine({"A": task()})}
    assert told({}, both) == ["flow:f added none same", " added none same"]
    assert told(both, {}) == ["flow:f removed none same", " removed none same"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value(State.EXPLICIT, 5, "PT5S", "/a", "cited"), 5),
        (Value(State.DEFAULT, 5), 5),
        (Value(State.EXPRESSION, None, "#[x]"), "#[x]"),
        (Value(State.EXTERNAL, None, ""), None),
        (ABSENT, None),
        (Value(State.EXPLICIT, Declared("string", 5)), {"base": "string", "length": 5}),
        (Retry(Value(State.EXPLICIT, 3), on=("A",)), {"attempts": 3, "on": ["A"], "scope": "step"}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (((1, 2), [3]), [[1, 2], [3]]),
        ({"a": Value(State.EXPLICIT, 1)}, {"a": 1}),
        ("text", "text"),
        (None, None),
        (False, False),
    ],
)
def test_facts_without_where_they_are_written(value: object, expected: object) -> None:
    assert plain(value) == expected
