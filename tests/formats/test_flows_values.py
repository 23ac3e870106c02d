import pytest

from integrationlint.formats.flows.defaults import DEFAULTS, default, or_default
from integrationlint.formats.flows.values import (
    duration,
    explicit,
    flag,
    is_expression,
    milliseconds,
    move,
    number,
    text,
)
from integrationlint.model.element import ABSENT, Retry, State, Value


@pytest.mark.parametrize(
    ("written", "unit", "expected"),
    [
        ("30", "s", 30_000),
        ("30", "ms", 30),
        ("2", "MINUTES", 120_000),
        ("0", "s", 0),
        ("-1", "s", -1),
        ("1.5", "s", 1500),
        ("5 min", "ms", 300_000),
        ("30s", "ms", 30_000),
        ("PT1M30S", "ms", 90_000),
        ("P1DT2H", "ms", 93_600_000),
        ("P2W", "ms", 1_209_600_000),
        ("0.12:00:00", "ms", 43_200_000),
        ("1.02:03:04", "ms", 93_784_000),
        ("P", "ms", None),
        ("PT", "ms", None),
        ("", "ms", None),
        ("soon", "ms", None),
        ("30", "fortnights", None),
        ("5 parsecs", "ms", None),
        ("-5", "ms", None),
        ("9" * 5000, "ms", None),
    ],
)
def test_durations_are_milliseconds(written: str, unit: str, expected: int | None) -> None:
    assert milliseconds(written, unit) == expected


@pytest.mark.parametrize("written", ["${timeout}", "#[vars.t]", "#{t}", "{% $t %}", "{{t}}", "soon", [], {}, True])
def test_what_is_no_duration_is_not_known(written: object) -> None:
    found = duration(written, "/t", "s")
    assert (found.state, found.value, found.pointer) == (State.EXPRESSION, None, "/t")


def test_nothing_written_is_absent() -> None:
    assert duration(None) == text(None) == number(None) == flag(None) == ABSENT


def test_a_number_keeps_its_text() -> None:
    assert number("3", "/n") == Value(State.EXPLICIT, 3, "3", "/n")
    assert number("-1").value == -1
    assert number(2.5).value == 2.5
    assert number(float("nan")).state is State.EXPRESSION
    assert number(True).state is State.EXPRESSION
    assert number("${n}") == Value(State.EXPRESSION, None, "${n}")


@pytest.mark.parametrize(
    ("written", "expected"), [(True, True), ("false", False), (" TRUE ", True), ("${x}", None), (1, None)]
)
def test_flags(written: object, expected: bool | None) -> None:
    assert flag(written).value is expected


def test_a_function_of_the_platform_is_an_expression_that_people_can_read() -> None:
    assert text({"Ref": "Queue"}) == Value(State.EXPRESSION, None, "Ref Queue")
    assert text({"Fn::GetAtt": ["Queue", "Arn"]}).raw == "Fn::GetAtt Queue.Arn"
    assert text(["a"]).raw == ""
    assert text(12).value == "12"


def test_expressions_are_seen() -> None:
    assert is_expression("https://${host}/x")
    assert not is_expression("{orderId} $ #")


def test_a_default_has_a_source_and_gives_way_to_what_is_written() -> None:
    found = default("asl", "MaxAttempts")
    assert (found.state, found.value) == (State.DEFAULT, 3)
    assert found.cite
    assert found.known
    written = explicit(7)
    assert or_default(written, "asl", "MaxAttempts") is written
    assert or_default(ABSENT, "asl", "MaxAttempts") == found


def test_every_default_says_where_it_is_from() -> None:
    assert all(cite for _, cite in DEFAULTS.values())


def test_everything_written_in_a_text_moves_to_it() -> None:
    retry = Retry(explicit(1, "/a/b"), delay=ABSENT)
    moved = move({"x": (explicit(2, "/c"), retry), "y": "z", "d": default("asl", "MaxAttempts")}, "/text")
    assert moved == {
        "x": (explicit(2, "/text"), Retry(explicit(1, "/text"), delay=ABSENT)),
        "y": "z",
        "d": default("asl", "MaxAttempts"),
    }
