"""Versions beside the worst that happened."""

from collections.abc import Callable

import pytest

from integrationlint.diff.versions import bump, version_changes
from integrationlint.model.change import Verdict
from integrationlint.workspace.workspace import Workspace

OpenSide = Callable[..., Workspace]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1.2.3", "2.0.0", "major"),
        ("1.2.3", "1.3.0", "minor"),
        ("1.2.3", "1.2.4", "patch"),
        ("1.2.3", "1.2.3", "none"),
        ("1.2.3", "1.2.2", "lower"),
        ("2.0.0", "1.9.9", "lower"),
        ("v1", "v2", "major"),
        ("v1", "1.1", "minor"),
        ("1.2", "1.2.0", "patch"),
        ("1.0.0-rc.1", "1.0.0", "patch"),
        ("1.0.0+a", "1.1.0+b", "minor"),
        ("2024-01-01", "2024-02-01", "patch"),
        ("1.0.0", "next", "other"),
        ("", "1.0.0", "other"),
        ("1.0.0", "", "other"),
        ("1.0.0\n", "1.1.0", "other"),
        ("9" * 5_000, "1", "other"),
        ("٣.٠", "4.0", "other"),
    ],
)
def test_bump(old: str, new: str, expected: str) -> None:
    assert bump(old, new) == expected


def versions(old: str, new: str, open_side: OpenSide, worst: dict[str, Verdict]) -> list[tuple[object, ...]]:
    sides = (
        open_side(f"openapi: 3.1.0\ninfo: {{title: A, version: {text}}}" if text else "openapi: 3.1.0")
        for text in (old, new)
    )
    before, after = (side.loaded["a.yaml"].root for side in sides)
    found = version_changes([(before, after), (before, None), (None, after)], worst)
    return [(one.old, one.new, *(one.facts or {}).values(), one.direction) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "worst", "expected"),
    [
        ("1.0.0", "1.0.0", Verdict.NONE, []),
        ("1.0.0", "1.0.0", Verdict.SAFE, [("1.0.0", "1.0.0", "none", "safe", False, "none")]),
        ("1.0.0", "1.1.0", Verdict.NONE, [("1.0.0", "1.1.0", "minor", "none", False, "none")]),
        ("1.0.0", "2.0.0", Verdict.BREAKING, [("1.0.0", "2.0.0", "major", "breaking", False, "none")]),
        ("0.1.0", "0.2.0", Verdict.BREAKING, [("0.1.0", "0.2.0", "minor", "breaking", True, "none")]),
        ("1.0", "1.1", Verdict.RISKY, [("1.0", "1.1", "minor", "risky", False, "none")]),
        ("", "", Verdict.BREAKING, []),
        ("1.0.0", "", Verdict.BREAKING, [("1.0.0", "", "other", "breaking", False, "none")]),
        ("[1]", "{a: 1}", Verdict.BREAKING, []),
        ("true", "1.0.0", Verdict.NONE, [("", "1.0.0", "other", "none", False, "none")]),
    ],
)
def test_versions_that_a_document_states(
    old: str, new: str, worst: Verdict, expected: list[tuple[object, ...]], open_side: OpenSide
) -> None:
    assert versions(old, new, open_side, {"a.yaml": worst}) == expected
