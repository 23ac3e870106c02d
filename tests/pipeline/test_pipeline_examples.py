"""The examples of a rule, run."""

from typing import Any

import pytest

from integrationlint.pipeline.examples import try_rule

TEXT = "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\npaths: {PATHS}\n"
TWO = TEXT.replace("PATHS", "/a: {}, /b: {}")
NONE = TEXT.replace("PATHS", "")


@pytest.mark.parametrize(
    ("example", "wrong"),
    [
        ({"good": NONE}, ""),
        ({"good": TWO}, "finds /paths/~1a, which it does not say; finds /paths/~1b, which it does not say"),
        ({"bad": TWO, "finds": ["/paths/~1a", "/paths/~1b"]}, ""),
        ({"bad": TWO, "finds": ["path:/a", "example.yaml#path:/b"]}, ""),
        ({"bad": TWO, "finds": ["example.yaml#/paths/~1a", "path:/b"]}, ""),
        ({"bad": TWO, "finds": ["/paths/~1a"]}, "finds /paths/~1b, which it does not say"),
        ({"bad": TWO, "finds": ["path:/a", "path:/b", "path:/c"]}, "does not find path:/c"),
        ({"bad": NONE, "finds": ["path:/a"]}, "does not find path:/a"),
        ({"files": {"x.yaml": TWO, "y.yaml": NONE}, "finds": ["x.yaml#path:/a", "x.yaml#path:/b"]}, ""),
        ({"good": '{"openapi": "3.1.0", "paths": {}}'}, ""),
        ({"good": "<a/>"}, ""),
    ],
)
def test_examples(example: dict[str, Any], wrong: str, make_rule: Any, make_catalog: Any) -> None:
    rule = make_rule("oas/path", "path", examples=[example])
    (tried,) = try_rule(rule, make_catalog(rule))
    assert (tried.rule, tried.number, tried.wrong) == ("oas/path", 1, wrong)


def test_examples_with_a_before_are_compared(make_rule: Any, make_catalog: Any) -> None:
    gone = {"before": TEXT.replace("PATHS", "/a: {get: {}}"), "files": {"a.yaml": NONE}, "finds": ["operation:GET /a"]}
    same = {"before": NONE, "files": {"a.yaml": NONE}}
    rule = make_rule("compat/gone", "change", when={"action": "removed"}, examples=[gone, same])
    assert [one.wrong for one in try_rule(rule, make_catalog(rule))] == ["", ""]


def test_an_example_has_its_own_options(make_rule: Any, make_catalog: Any) -> None:
    examples = [{"good": NONE, "with": {"value": "y"}}, {"good": NONE, "with": {"vale": "y"}}]
    rule = make_rule("oas/odd", "path", check="odd", examples=examples)
    first, second = try_rule(rule, make_catalog(rule))
    assert first.wrong == ""
    assert second.wrong == "oas/odd has no option 'vale' (did you mean 'value'?)"


def test_a_check_that_fails_is_wrong(make_rule: Any, make_catalog: Any) -> None:
    rule = make_rule("oas/broken", "path", check="broken", examples=[{"bad": TWO, "finds": ["path:/a"]}])
    (tried,) = try_rule(rule, make_catalog(rule))
    assert tried.wrong == "the check failed: RuntimeError: no"


def test_other_rules_do_not_run(make_rule: Any, make_catalog: Any) -> None:
    rule, other = make_rule("oas/path", "tag", examples=[{"good": TWO}]), make_rule("oas/other", "path")
    assert [one.wrong for one in try_rule(rule, make_catalog(rule, other))] == [""]
