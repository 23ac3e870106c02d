"""Every step down from one policy to another is reported, and nothing that became stricter."""

import pytest

from integrationlint.config.load import load
from integrationlint.config.policy import weakenings
from integrationlint.model.rule import Severity

DEFAULTS = {"a/b": Severity.WARNING, "a/c": Severity.INFO}
S = "suppressions: [{rule: a, at: b, reason: why%s}]"

CASES = [
    ("rules: {a/b: error}", "rules: {a/b: warning}", ["severity: rule a/b falls from error to warning @1:9"]),
    ("rules: {a/b: error}", "rules: {a/b: off}", ["severity: rule a/b is switched off @1:9"]),
    ("rules: {a/b: error}", "{}", ["severity: rule a/b falls from error to warning @1:9"]),
    ("{}", "rules: {a/b: off}", ["severity: rule a/b is switched off @1:9"]),
    ("{}", "rules: {a/c: info}", []),
    ("{}", "rules: {a/b: error}", []),
    ("{}", "rules: {'x/*': warning}", ["severity: rule x/* falls from error to warning @1:9"]),
    ("rules: {a/b: off}", "{}", []),
    (
        "rules: {a/b: error}",
        "rules: {a/b: error, 'a/*': off}",
        ["severity: rule a/b is switched off @1:21", "severity: rule a/* is switched off @1:21"],
    ),
    (
        "rules: {'a/*': off, a/b: error}",
        "rules: {a/b: error, 'a/*': off}",
        ["severity: rule a/b is switched off @1:21"],
    ),
    (
        "rules: {a/b: {with: {max: 1}}}",
        "rules: {a/b: {with: {max: 9}}}",
        ["options: the options of rule a/b changed: see that it still asks as much @1:9"],
    ),
    (
        "{}",
        "overrides: [{files: [x, y], rules: {a/b: off}}]",
        ["override: rule a/b is switched off for x @1:37", "override: rule a/b is switched off for y @1:37"],
    ),
    ("overrides: [{files: x, rules: {a/b: off}}]", "overrides: [{files: x, rules: {a/b: off}}]", []),
    ("overrides: [{files: x, rules: {a/b: off}}]", "{}", []),
    (
        "overrides: [{files: x, rules: {a/b: error}}]",
        "{}",
        ["override: rule a/b falls from error to warning for x @1:32"],
    ),
    (
        "{}",
        "overrides: [{files: x, rules: {a/b: {with: {m: 1}}}}]",
        ["override: the options of rule a/b change for x @1:32"],
    ),
    ("{}", S % "", ["suppression: a at b is suppressed: why @1:16"]),
    (S % "", S % "!", []),
    (
        S % ", expires: 2027-01-01",
        S % "",
        ["suppression: the suppression of a at b no longer expires (before: 2027-01-01) @1:16"],
    ),
    (
        S % ", expires: 2027-01-01",
        S % ", expires: 2027-01-02",
        ["suppression: the suppression of a at b expires on 2027-01-02, not on 2027-01-01 @1:16"],
    ),
    (S % "", S % ", expires: 2027-01-01", []),
    (S % "", "{}", []),
    ("{}", "limits: {depth: 201}", ["limit: limit depth is widened from 200 to 201 @1:10"]),
    ("limits: {depth: 20}", "{}", ["limit: limit depth is widened from 20 to 200 @1:10"]),
    ("{}", "limits: {depth: 199}", []),
    ("extends: [a, b]", "extends: [b, c]", ["extends: a is no longer extended @1:1"]),
    ("{}", "extends: []", ["extends: recommended is no longer extended @1:1"]),
    ("{}", "select: [oas]", ["select: only oas is selected, no longer all @1:1"]),
    ("select: [oas, flow]", "select: [oas]", ["select: flow is no longer selected @1:1"]),
    ("select: [oas]", "{}", []),
    ("{}", "exclude: [x]", ["files: files x are no longer read @1:1"]),
    ("{}", "include: [x, y]", ["files: only files x, y are read, no longer all @1:1"]),
    ("include: [x, y]", "include: [x]", ["files: files y are no longer read @1:1"]),
    ("include: [x]", "{}", []),
    ("{}", "baseline: b.json", ["baseline: the findings in b.json count as known @1:1"]),
    (
        "baseline: a.json",
        "baseline: b.json",
        ["baseline: the findings in b.json count as known, no longer a.json @1:1"],
    ),
    ("baseline: a.json", "{}", []),
    ("policy: {from: main}", "{}", ["policy: the policy is taken from the revision itself, no longer main @1:1"]),
    ("{}", "policy: {from: main}", []),
    ("catalog: [{consumer: c, uses: [x]}]", "{}", ["catalog: consumer c is no longer declared @1:11"]),
    (
        "catalog: [{consumer: c, uses: [x, y], criticality: tier1}]",
        "catalog: [{consumer: c, uses: [x]}]",
        [
            "catalog: consumer c no longer declares that it uses y @1:11",
            "catalog: the criticality of consumer c is not said, no longer tier1 @1:11",
        ],
    ),
    ("{}", "catalog: [{consumer: c, uses: [x]}]", []),
]


@pytest.mark.parametrize(("base", "head", "expected"), CASES)
def test_a_weakening_is_told_with_its_place(base: str, head: str, expected: list[str]) -> None:
    found = weakenings(load(base.encode()), load(head.encode()), DEFAULTS)
    told = []
    for one in found:
        assert one.location is not None
        told.append(f"{one.kind}: {one.message} @{one.location.span.start.line}:{one.location.span.start.column}")
    assert told == expected


@pytest.mark.parametrize("text", sorted({text for base, head, _ in CASES for text in (base, head)}))
def test_nothing_is_weaker_than_itself(text: str) -> None:
    assert weakenings(load(text.encode()), load(text.encode())) == ()


def test_many_globs_end_soon() -> None:
    def many(word: str) -> bytes:
        return ("rules: {" + ", ".join(f"'{number}*': {word}" for number in range(1000)) + "}").encode()

    assert len(weakenings(load(many("error")), load(many("off")))) == 1000
