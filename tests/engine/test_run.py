"""Rules over elements to findings."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrationlint.engine.load import load_rule
from integrationlint.engine.run import Outcome, run, settle
from integrationlint.engine.select import Bound
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.errors import ConfigError
from integrationlint.model.rule import Problem
from integrationlint.parse.parsers import parse

LINKS: Any = None
FACTS: dict[str, dict[str, object]] = {"/a": {"summary": "x"}, "/b": {}}


def bound(check: Callable[..., Any], **rule: Any) -> Bound:
    data = {"title": "T", "why": "W.", "fix": "F.", "each": "path", "check": "own.check", "message": "{name} {v}"}
    made = load_rule({"id": "own/rule", **data, "severity": "error", "concern": "naming", **rule}, "r.yaml")
    return Bound(made, made.severity, made.options, lambda _: check)


def paths() -> list[Element]:
    document = parse("a.yaml", b"paths:\n  /a: {summary: x}\n  /b: {}\n")
    root = Element("api", "", document)
    return [Element("path", name, document, f"/paths/~1{name[1:]}", parent=root, facts=facts)
            for name, facts in FACTS.items()]  # fmt: skip


def found(*bounds: Bound) -> Outcome:
    outcome = Outcome()
    run(bounds, {"path": paths()}, LINKS, outcome)
    return outcome


def test_a_problem_becomes_a_finding_with_place_message_and_address() -> None:
    def check(element: Element) -> Iterator[Problem]:
        yield Problem({"v": "bad"})
        if element.name == "/a":
            yield Problem({"v": "text"}, at=f"{element.pointer}/summary")

    findings = settle(found(bound(check)).findings)
    assert [(one.message, one.address, one.location.pointer, one.location.span.start) for one in findings] == [
        ("/a bad", "a.yaml#path:/a", "/paths/~1a", (2, 3)),
        ("/a text", "a.yaml#path:/a", "/paths/~1a/summary", (2, 17)),
        ("/b bad", "a.yaml#path:/b", "/paths/~1b", (3, 3)),
    ]


def test_when_narrows_what_is_checked() -> None:
    findings = found(bound(lambda _: [Problem()], when={"summary": "x"})).findings
    assert [one.address for one in findings] == ["a.yaml#path:/a"]


def test_a_check_that_raises_is_an_error_of_its_rule_and_the_rest_goes_on() -> None:
    def broken(element: Element) -> Iterator[Problem]:
        yield Problem()
        raise KeyError(element.name)

    outcome = found(bound(broken), bound(lambda _: [Problem({"v": 1})]))
    assert [(one.rule, one.message, one.file) for one in outcome.errors] == [("own/rule", "KeyError: '/a'", "a.yaml")]
    assert len(outcome.findings) == 3


def test_an_error_of_the_users_is_passed_on() -> None:
    def wrong(_: Element) -> Iterator[Problem]:
        raise ConfigError("the list of names is not there")

    with pytest.raises(ConfigError):
        found(bound(wrong))


def test_what_a_platform_cannot_say_is_not_applicable_and_counted() -> None:
    document = Document("f.json", "json", {}, "")
    flow = Element("flow", "f", document, parent=Element("document", "", document), facts={"caps": ("step.retry",)})
    step = Element("step", "s", document, parent=flow)
    outcome = Outcome()
    bounds = [bound(lambda _: [Problem()], each="step", needs=[need]) for need in ("step.timeout", "step.retry")]
    run(bounds, {"step": [step]}, LINKS, outcome)
    assert outcome.not_applicable == {"own/rule": 1}
    assert len(outcome.findings) == 1


def test_fingerprints_do_not_depend_on_lines_and_tell_findings_apart() -> None:
    def marks(text: bytes) -> list[str]:
        document = parse("a.yaml", text)
        element = Element("path", "/a", document, "/a", parent=Element("api", "", document))
        outcome = Outcome()
        both = bound(lambda _: [Problem({"v": 1}), Problem({"v": 2}), Problem({"v": 3}, at="/a/b")])
        run([both], {"path": [element]}, LINKS, outcome)
        return [one.fingerprint for one in settle(outcome.findings)]

    first = marks(b"a: {b: 1}\n")
    assert len(set(first)) == 3
    assert marks(b"\n# moved\n\na: {b: 1}\n") == first


def test_the_same_finding_is_told_once() -> None:
    outcome = found(bound(lambda _: [Problem({"v": 1}), Problem({"v": 1})]))
    assert len(settle(outcome.findings)) == 2
