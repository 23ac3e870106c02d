"""Options to the parameters of a check."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pytest

from integrationlint.engine.bind import bind, wants_links
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import Location, Position, Span

PLACE = Location("company.yaml", "/with", Span(Position(7, 3), Position(7, 9)))


def check(
    element: object,
    *,
    style: Literal["camel", "kebab"],
    most: int = 3,
    ratio: float = 0.5,
    names: tuple[str, ...] = (),
    flag: bool = False,
    table: Mapping[str, int] | None = None,
    either: int | str = 1,
) -> Iterator[Any]:
    yield (element, style, most, ratio, names, flag, table, either)


def linked(element: object, links: object, *, most: int = 1) -> Iterator[Any]:
    yield (element, links, most)


def test_options_are_converted_to_what_the_parameters_say() -> None:
    options = {"style": "camel", "ratio": 1, "names": ["a"], "flag": True, "table": {"a": 1}, "either": "x"}
    bound: Any = bind(check, options, "oas/x")
    assert list(bound("e")) == [("e", "camel", 3, 1.0, ("a",), True, {"a": 1}, "x")]


def dated(element: object, *, today: str, days: int = 0) -> Iterator[Any]:
    yield (element, today, days)


def test_the_day_of_the_run_goes_to_checks_that_ask_for_it_and_is_no_option() -> None:
    bound: Any = bind(dated, {"days": 2}, "oas/x", today="2026-05-01")
    assert list(bound("e")) == [("e", "2026-05-01", 2)]
    with pytest.raises(ConfigError, match="oas/x has no option 'today'"):
        bind(dated, {"today": "2020-01-01"}, "oas/x", today="2026-05-01")


def test_links_go_to_checks_that_ask_for_them() -> None:
    assert wants_links(linked)
    assert not wants_links(check)
    bound: Any = bind(linked, {}, "oas/x")
    assert list(bound("e", "links")) == [("e", "links", 1)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stile": "camel"}, "oas/x has no option 'stile' (did you mean 'style'?)"),
        ({}, "oas/x needs the option 'style'"),
        ({"style": "Camel"}, "oas/x: option 'style' cannot be 'Camel' (did you mean 'camel'?)"),
        ({"style": "zzz"}, "oas/x: option 'style' cannot be 'zzz' (one of camel, kebab)"),
        ({"style": "camel", "most": "3"}, "oas/x: option 'most' takes a whole number, not '3'"),
        ({"style": "camel", "most": True}, "oas/x: option 'most' takes a whole number, not True"),
        ({"style": "camel", "names": "a"}, "oas/x: option 'names' takes a list, not 'a'"),
        ({"style": "camel", "names": [1]}, "oas/x: option 'names' takes text, not 1"),
        ({"style": "camel", "flag": 1}, "oas/x: option 'flag' takes true or false, not 1"),
        ({"style": "camel", "table": []}, "oas/x: option 'table' takes a mapping, not a list"),
        ({"style": "camel", "either": []}, "oas/x: option 'either' takes text, not a list"),
    ],
)
def test_a_wrong_option_is_said_with_its_place(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        bind(check, options, "oas/x", PLACE)
    assert str(caught.value) == f"company.yaml:7:3: {message}"
