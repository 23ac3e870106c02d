import json

import pytest

from tests.cli.project import API, CONFIG, GOOD, Cli, Project

EXCEPTIONS = """\
suppressions:
  - {rule: oas/path-case, at: a.yaml, reason: agreed, owner: team-a, ticket: T-1, expires: 2030-01-31}
  - {rule: oas/path-case, at: b.yaml, reason: forgotten}
"""


@pytest.fixture
def excepted(project: Project) -> Project:
    """One file with an exception in the configuration, one that needs none, one with a comment."""
    project.write(".integrationlint.yaml", CONFIG + EXCEPTIONS)
    project.write("a.yaml")
    project.write("b.yaml", GOOD)
    project.write("c.yaml", API.replace("Orders:\n", "Orders:  # integrationlint: ignore[oas/path-case] old\n"))
    return project


def test_every_exception_with_its_state(cli: Cli, excepted: Project) -> None:
    result = cli("suppressions", "list", "--today", "2030-01-31")
    assert result.code == 0
    assert [line.split() for line in result.out.splitlines()] == [
        ["state", "rule", "at", "until", "owner", "ticket", "written", "reason"],
        ["used", "oas/path-case", "a.yaml", "2030-01-31", "team-a", "T-1", ".integrationlint.yaml:4:5", "agreed"],
        ["unused", "oas/path-case", "b.yaml", "-", "-", "-", ".integrationlint.yaml:5:5", "forgotten"],
        ["used", "oas/path-case", "c.yaml:4", "-", "-", "-", "c.yaml:4:21", "old"],
    ]
    assert result.err == "3 exceptions, 0 expired\n"


def test_the_expired_ones(cli: Cli, excepted: Project) -> None:
    assert cli("suppressions", "list", "--expired", "--today", "2030-01-31").out == ""
    result = cli("suppressions", "list", "--expired", "--today", "2030-02-01")
    assert [line.split()[0] for line in result.out.splitlines()] == ["state", "expired"]
    assert result.err == "3 exceptions, 1 expired\n"


def test_json(cli: Cli, excepted: Project) -> None:
    found = json.loads(cli("suppressions", "list", "--format", "json", "--today", "2030-02-01").out)
    assert found[0] == {
        "state": "expired",
        "rule": "oas/path-case",
        "at": "a.yaml",
        "reason": "agreed",
        "owner": "team-a",
        "ticket": "T-1",
        "expires": "2030-01-31",
        "inline": False,
        "file": ".integrationlint.yaml",
        "start": {"line": 4, "column": 5},
    }
    assert [one["inline"] for one in found] == [False, False, True]


def test_none(cli: Cli, project: Project) -> None:
    result = cli("suppressions", "list")
    assert (result.code, result.out, result.err) == (0, "", "0 exceptions, 0 expired\n")


RULES = "extends: []\nrules: {oas/path-case: warning, any/suppression-unused: warning}\n"


@pytest.mark.parametrize(
    ("exception", "paths", "said"),
    [
        ("{rule: oas/path-case, at: b.yaml, reason: r}", [], True),
        ("{rule: oas/path-case, at: b.yaml, reason: r}", ["b.yaml"], True),
        ("{rule: oas/path-case, at: b.yaml, reason: r}", ["a.yaml"], False),
        ("{rule: oas/path-case, at: gone.yaml, reason: r}", [], True),
        ("{rule: oas/path-case, at: gone.yaml, reason: r}", ["a.yaml"], False),
        ("{rule: compat/operation-removed, at: b.yaml, reason: r}", [], False),
        ('{rule: "compat/*", at: b.yaml, reason: r}', [], False),
        ('{rule: "*", at: b.yaml, reason: r}', [], True),
        ("{rule: no/such-rule, at: b.yaml, reason: r}", [], True),
    ],
)
def test_an_exception_is_called_unused_only_where_that_can_be_told(
    cli: Cli, project: Project, exception: str, paths: list[str], said: bool
) -> None:
    project.write(".integrationlint.yaml", f"{RULES}suppressions: [{exception}]\n")
    project.write("a.yaml", GOOD)
    project.write("b.yaml", GOOD)
    assert ("any/suppression-unused" in cli("lint", "--format", "concise", *paths).out) is said
