"""Written exceptions."""

from typing import Any

import pytest

from integrationlint.engine.suppress import apply, covers, extension, inline
from integrationlint.model.element import Element
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import START_OF_FILE, Location, Position, Span
from integrationlint.model.rule import Severity
from integrationlint.parse.parsers import parse


def finding(rule: str = "oas/a", address: str = "a.yaml#operation:GET /a", line: int = 3) -> Finding:
    span = Span(Position(line, 1), Position(line, 5))
    return Finding(rule, Severity.ERROR, "m", address, Location("a.yaml", "/x", span), fingerprint="f1")


def central(rule: str = "oas/a", at: str = "a.yaml#operation:GET /a", **more: Any) -> Suppression:
    return Suppression(rule, at, "agreed", Location("c.yaml", "", START_OF_FILE), **more)


@pytest.mark.parametrize(
    ("rule", "at", "expected"),
    [
        ("oas/a", "a.yaml#operation:GET /a", True),
        ("oas/*", "a.yaml#operation:GET /a", True),
        ("*", "a.yaml", True),
        ("oas/a", "f1", True),
        ("oas/a", "a.yaml#operation:*", True),
        ("oas/b", "a.yaml#operation:GET /a", False),
        ("oas/a", "b.yaml", False),
        ("oas/a", "a.yaml#operation:GET /ab", False),
        ("oas/a", "a.yaml#operation:GET", False),
    ],
)
def test_what_a_suppression_covers(rule: str, at: str, expected: bool) -> None:
    assert covers(central(rule, at), finding()) is expected


def test_a_suppression_covers_what_lies_below_its_address() -> None:
    assert covers(central(), finding(address="a.yaml#operation:GET /a/response:200"))


def test_names_in_path_templates_do_not_count() -> None:
    assert covers(central(at="a.yaml#operation:GET /a/{id}"), finding(address="a.yaml#operation:GET /a/{}"))


def test_suppressed_findings_stay_and_unused_and_expired_exceptions_are_told() -> None:
    living, unused = central(expires="2026-12-31"), central(rule="oas/z")
    expired = central(rule="oas/b", expires="2026-01-01")
    settled = apply([finding(), finding("oas/b")], [living, unused, expired], "2026-06-01")
    assert [(one.rule, one.status) for one in settled.findings] == [
        ("oas/a", Status.SUPPRESSED),
        ("oas/b", Status.OPEN),
    ]
    assert settled.findings[0].suppression == living
    assert settled.unused == (unused,)
    assert settled.expired == (expired,)


def test_the_last_day_still_counts() -> None:
    settled = apply([finding()], [central(expires="2026-06-01")], "2026-06-01")
    assert settled.findings[0].status is Status.SUPPRESSED


def test_locked_rules_cannot_be_silenced() -> None:
    settled = apply([finding()], [central()], "", frozenset({"oas/a"}))
    assert settled.findings[0].status is Status.OPEN


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.yaml", "a: 1\nb: 2 # integrationlint: ignore[oas/a] agreed\nc: 3\n", [(2, "oas/a", "agreed")]),
        ("a.yaml", "# integrationlint: ignore[a/b, a/c] two\n\nb: 2\n", [(3, "a/b", "two"), (3, "a/c", "two")]),
        ("a.xml", "<a>\n  <!-- integrationlint: ignore[xsd/a] old -->\n  <b/>\n</a>", [(3, "xsd/a", "old")]),
        ("a.yaml", "a: 'integrationlint: ignore[oas/a] not a comment'\n", []),
    ],
)  # fmt: skip
def test_comments(name: str, text: str, lines: list[tuple[int, str, str]]) -> None:
    found = inline(parse(name, text.encode()))
    assert [(int(one.at.rpartition(":")[2]), one.rule, one.reason) for one in found] == lines


def test_a_comment_covers_its_line_only() -> None:
    (comment,) = inline(parse("a.yaml", b"a: 1\nb: 2\nc: 3 # integrationlint: ignore[oas/a] why\n"))
    assert covers(comment, finding(line=3))
    assert not covers(comment, finding(line=2))


def test_an_extension_covers_its_element() -> None:
    text = b'{"p": {"x-integrationlint-ignore": {"oas/a": "because", "oas/b": null}}}'
    document = parse("a.json", text)
    value: Any = document.value
    element = Element(
        "path", "/p", document, "/p", parent=Element("api", "", document), facts={"extensions": value["p"]}
    )
    found = extension(element)
    assert [(one.rule, one.reason, one.at) for one in found] == [
        ("oas/a", "because", "a.json#path:/p"),
        ("oas/b", "", "a.json#path:/p"),
    ]
    assert text.decode()[found[0].location.span.start.column - 1 :].startswith('"oas/a"')
