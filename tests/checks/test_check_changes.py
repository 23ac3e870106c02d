"""Rules over the life of what changed: notice, sunset, stability."""

from typing import Any

import pytest

from integrationlint.checks import changes
from integrationlint.model.change import Change
from integrationlint.model.document import Document
from integrationlint.model.element import Element

ROOT = Element("api", "", Document("a.yaml", "yaml", {}, ""))
TODAY = "2026-06-01"


def change(old: object = None, new: object = None, **facts: Any) -> Change:
    return Change("changed", "api", "x", ROOT, ROOT, old=old, new=new, facts=facts)


def words(problems: Any) -> list[str]:
    return [str(one.words["problem"]) for one in problems]


@pytest.mark.parametrize(
    ("sunset", "expected"),
    [
        (None, []),
        ("2026-05-31", []),
        ("2026-06-01", []),
        ("2026-06-02", ["its sunset is 2026-06-02"]),
        ("Wed, 03 Jun 2026 10:00:00 GMT", ["its sunset is 2026-06-03"]),
        ("soon", ["its sunset 'soon' is no date"]),
    ],
)
def test_nothing_goes_before_its_day(sunset: str | None, expected: list[str]) -> None:
    assert words(changes.removed_early(change(sunset=sunset), today=TODAY)) == expected


@pytest.mark.parametrize(
    ("facts", "days", "expected"),
    [
        ({}, 0, []),
        ({}, 30, ["no sunset is stated; the policy asks for 30 days"]),
        ({"sunset": "soon"}, 0, ["its sunset 'soon' is no date"]),
        ({"sunset": "2026-05-01"}, 0, ["2026-05-01 is past"]),
        ({"sunset": "2026-06-30"}, 30, ["its sunset 2026-06-30 leaves fewer than 30 days"]),
        ({"sunset": "2026-07-01"}, 30, []),
        ({"sunset": "2026-06-08", "stability": "beta"}, 30, []),
        ({"stability": "alpha"}, 30, []),
    ],
)
def test_a_deprecation_leaves_time(facts: dict[str, Any], days: int, expected: list[str]) -> None:
    found = changes.notice(change(None, True, **facts), today=TODAY, days=days, beta_days=7)
    assert words(found) == expected


def test_what_is_no_longer_deprecated_needs_no_notice() -> None:
    assert words(changes.notice(change(True, None), today=TODAY, days=30)) == []


@pytest.mark.parametrize(
    ("old", "new", "days", "expected"),
    [
        ("2027-01-01", None, None, ["was taken back"]),
        ("2027-01-01", "2027-02-01", None, []),
        ("2027-01-01", "2026-12-01", None, ["went from 2027-01-01 to 2026-12-01"]),
        ("2027-01-01", "2026-12-01", 30, []),
        ("2027-01-01", "2026-06-15", 30, ["went from 2027-01-01 to 2026-06-15"]),
        ("2027-01-01", "soon", None, ["'soon' is no date"]),
        ("soon", "2027-01-01", None, ["'soon' is no date"]),
        (None, "2027-01-01", None, []),
    ],
)
def test_an_announced_day_stays(old: object, new: object, days: int | None, expected: list[str]) -> None:
    assert words(changes.sunset_kept(change(old, new, deprecated=True), today=TODAY, days=days)) == expected
    assert words(changes.sunset_kept(change(old, new), today=TODAY, days=days)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "beta", ["it fell from stable to beta"]),
        ("alpha", "stable", []),
        ("draft", "alpha", []),
        ("alpha", "draft", ["it fell from alpha to draft"]),
        ("", "ga", ["'ga' is none of draft, alpha, beta, stable"]),
        ("ga", "", ["'ga' is none of draft, alpha, beta, stable"]),
    ],
)
def test_stability_does_not_fall(old: str, new: str, expected: list[str]) -> None:
    assert words(changes.stability_kept(change(old, new))) == expected
