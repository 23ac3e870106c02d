"""Days, deprecation, stability: what the examples of the rules leave open."""

import pytest

from integrationlint.checks.lifecycle import not_deprecated, ordered, passed, stability
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from tests.checks.conftest import Find

HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


def element(**extensions: object) -> Element:
    return Element(
        "operation", "GET /a", Document("a.yaml", "yaml", {}, str(extensions)), facts={"extensions": extensions}
    )


@pytest.mark.parametrize(
    "written",
    ["2026-06-30", "2026-06-30T23:59:59Z", "Tue, 30 Jun 2026 23:59:59 GMT", "@1782864000", " 2026-06-30 "],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    one = element(**{"x-sunset": written})
    assert not list(passed(one, today="2026-06-30"))
    assert [problem.words["day"] for problem in passed(one, today="2026-07-02")] in (["2026-06-30"], ["2026-07-01"])


@pytest.mark.parametrize("written", ["soon", "2026-13-01", "30.06.2026", 20260630, None, ["2026-06-30"], "@x"])
def test_what_is_no_day_never_passes(written: object) -> None:
    assert not list(passed(element(**{"x-sunset": written}), today="2099-01-01"))


def test_without_a_day_of_the_run_nothing_has_passed() -> None:
    assert not list(passed(element(**{"x-sunset": "2000-01-01"}), today=""))


def test_grace_is_counted_in_days() -> None:
    one = element(**{"x-sunset": "2026-02-27"})
    assert not list(passed(one, today="2026-03-01", grace_days=2))
    assert list(passed(one, today="2026-03-02", grace_days=2))
    assert list(passed(element(**{"x-sunset": "2026-02-30"}), today="2026-03-02", grace_days=2))


def test_a_sunset_on_the_day_of_the_deprecation_is_in_order() -> None:
    assert not list(ordered(element(**{"x-sunset": "2026-06-30", "x-deprecation": "2026-06-30"})))
    assert not list(ordered(element(**{"x-sunset": "2026-06-30", "x-deprecation": True})))
    assert list(ordered(element(**{"x-sunset": "2026-06-29", "x-deprecation": "@1782864000"})))


def test_what_goes_may_use_what_goes(find: Find) -> None:
    text = HEAD + (
        "paths: {}\ncomponents:\n  schemas:\n    Line: {deprecated: true}\n"
        "    Order: {deprecated: true, type: array, items: {$ref: '#/components/schemas/Line'}}\n"
    )
    assert find("any/uses-deprecated", text) == []
    assert len(find("any/uses-deprecated", text.replace("Order: {deprecated: true, ", "Order: {"))) == 1


def test_an_element_without_uses_uses_nothing_deprecated() -> None:
    assert not list(not_deprecated(element(), None))  # type: ignore[arg-type]


@pytest.mark.parametrize(("version", "found"), [("1.0.0", 0), ("1.0.0-beta.1", 1), ("2024-05-01-preview", 1)])
def test_a_stable_mark_and_an_unstable_version_disagree(version: str, found: int) -> None:
    facts: dict[str, object] = {"version": version, "extensions": {"x-stability-level": "stable"}}
    api = Element("api", "", Document("a.yaml", "yaml", {}, ""), facts=facts)
    problems = stability(
        api,
        None,  # type: ignore[arg-type]
        names=("x-stability-level",),
        values=("stable", "beta"),
        unstable=("beta",),
    )
    assert len(list(problems)) == found
