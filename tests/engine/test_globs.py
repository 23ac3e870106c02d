"""Globs over paths."""

import pytest

from integrationlint.engine.globs import matcher


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("legacy/**", ["legacy/a", "legacy/a/b.yaml"], ["legacy", "x/legacy/a"]),
        ("legacy/", ["legacy/a/b"], ["legacyx/a"]),
        ("*.yaml", ["a.yaml", "x/y/a.yaml"], ["a.yml", "a.yaml/x"]),
        ("./api/*.yaml", ["api/a.yaml"], ["api/x/a.yaml", "a.yaml"]),
        ("**/v1/*.json", ["v1/a.json", "x/y/v1/a.json"], ["xv1/a.json"]),
        ("a?c/x", ["abc/x"], ["a/c/x", "abbc/x"]),
        ("a+(b)[c].yaml", ["a+(b)[c].yaml"], ["aab.yaml"]),
    ],
)
def test_globs(glob: str, yes: list[str], no: list[str]) -> None:
    matches = matcher([glob])
    assert all(map(matches, yes))
    assert not any(map(matches, no))
