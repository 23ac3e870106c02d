"""`diff --rev-list` and `diff --tags`: which commit or tag broke what."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrationlint.pipeline import timeline as pipeline
from tests.cli.project import BREAKING, GOOD, Cli, Project

CONFIG = """\
extends: [recommended]
rules: {compat/version-bump-matches: off}
catalog: [{consumer: billing, uses: ["a.yaml#type:Order/field:id"], criticality: tier1}]
"""
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "orders"
SAFE = GOOD.replace("        note:", "        more: {type: string}\n        note:")
NUMBER = GOOD.replace("id: {type: string}", "id: {type: integer}")


@pytest.fixture
def history(repository: Project) -> Project:
    """Five commits: the start, one without a contract, a safe change, a break, and one that takes all of it back."""
    repository.write(".integrationlint.yaml", CONFIG)
    repository.commit(a=GOOD)
    repository.write("notes.txt", "nothing to see")
    repository.commit()
    repository.commit(a=SAFE)
    repository.commit(a=BREAKING)
    repository.commit(a=GOOD)
    return repository


@pytest.fixture
def released(repository: Project) -> Project:
    """A type that changes with v1.1 and back with v1.2, which is as v1.0 was; then v1.3, with that change again."""
    repository.write(".integrationlint.yaml", CONFIG)
    for tag, text in (("v1.0", GOOD), ("v1.1", NUMBER), ("v1.2", GOOD)):
        repository.commit(a=text)
        repository.git("tag", tag)
    return repository


def timeline(cli: Cli, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cli("diff", "--format", "json", *arguments).out)
    return found


def verdicts(found: dict[str, Any]) -> list[str]:
    return [one["verdict"] for one in found["entries"]]


def test_the_commits_of_a_span(cli: Cli, history: Project) -> None:
    found = timeline(cli, "--rev-list", "HEAD~4..HEAD")
    assert list(found) == ["schema", "tool", "command", "verdict", "summary", "entries", "notes"]
    assert (found["schema"], found["command"]) == ("integrationlint.timeline/1", "timeline")
    assert verdicts(found) == ["none", "safe", "breaking", "safe"]
    assert found["verdict"] == "breaking"
    assert found["summary"] == {"entries": 4, "breaking": 1, "risky": 0, "unknown": 0, "safe": 2, "none": 1}
    third = found["entries"][2]
    assert (third["base"]["revision"], third["head"]["revision"]) == (
        history.git("rev-parse", "HEAD~2"),
        history.git("rev-parse", "HEAD~1"),
    )
    assert third["summary"]["breaking"] == 1
    assert third["changes"][0]["address"] == "a.yaml#type:Order/field:id"
    assert [one["address"].rpartition("#")[2] for one in third["changes"][0]["impact"]][:1] == ["consumer:billing"]
    assert (third["date"], third["subject"], third["tag"], third["transitive"]) == (
        "2001-01-01T00:00:00+00:00",
        "x",
        None,
        None,
    )


@pytest.fixture
def linked(repository: Project) -> Project:
    """An estate of contract, schema, mapping and flows that refer to each other, changed piece by piece."""
    for version in ("good", "changed", "good"):
        shutil.copytree(EXAMPLES / version, repository.root, dirs_exist_ok=True)
        for piece in ("schemas", "mappings", "api", "flows", "."):
            repository.git("add", "--all", piece)
            repository.git("commit", "--quiet", "--allow-empty", "--message=x")
    (repository.root / "api" / "orders.yaml").rename(repository.root / "orders.yaml")
    repository.commit()
    return repository


def test_each_entry_says_what_diff_says(cli: Cli, linked: Project) -> None:
    entries = timeline(cli, "--rev-list", "HEAD")["entries"]
    assert len({entry["verdict"] for entry in entries}) > 2
    for entry in entries[1:]:
        alone = json.loads(cli("diff", "--format", "json", entry["base"]["revision"], entry["head"]["revision"]).out)
        changes = [{**one, "witness": None} for one in alone["changes"]]
        assert entry["changes"] == [one for one in changes if one["fact"] != "version"]


def test_the_whole_history_begins_with_nothing(cli: Cli, history: Project) -> None:
    found = timeline(cli, "--rev-list", "HEAD")
    assert verdicts(found) == ["none", "none", "safe", "breaking", "safe"]
    assert [one["base"] is None for one in found["entries"]] == [True, False, False, False, False]


def test_text(cli: Cli, history: Project) -> None:
    result = cli("diff", "--rev-list", "HEAD")
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines[0] == "BREAKING  5 commits: 1 breaking, 2 safe, 2 without a change"
    short = history.git("rev-parse", "HEAD~1")[:12]
    at = lines.index(f"  breaking {short}  2001-01-01  x")
    assert lines[at + 1].strip().startswith("1 breaking change")
    assert "a.yaml:15:5  field Order.id was removed" in lines[at + 2]
    assert "[compat/" in lines[at + 2]
    assert "dependents: " in lines[at + 3]
    assert "  …        1 commit without a change" in lines


def test_markdown_and_files(cli: Cli, history: Project) -> None:
    result = cli("diff", "--rev-list", "HEAD~2..HEAD", "--format", "markdown", "--format", "json=out.json")
    assert result.out.startswith("## integrationlint: breaking\n\n**2 commits: 1 breaking, 1 safe**\n")
    assert "  - **breaking** field Order\\.id was removed" in result.out
    assert json.loads((history.root / "out.json").read_text())["verdict"] == "breaking"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "breaks:tier1"], 1),
        (["--fail-on", "breaks:tier2"], 0),
        (["--exit-zero"], 0),
        (["-q", "--fail-on", "risky"], 1),
    ],
)
def test_the_worst_of_the_timeline_decides(cli: Cli, history: Project, options: list[str], code: int) -> None:
    assert cli("diff", "--rev-list", "HEAD", *options).code == code
    assert cli("diff", "--rev-list", "HEAD~3..HEAD~2", *options).code == 0


def test_a_version_need_not_rise_with_each_commit_but_with_each_tag(cli: Cli, history: Project) -> None:
    history.write(".integrationlint.yaml", "extends: [recommended]\n")
    history.git("tag", "v1.0", "HEAD~3")
    history.git("tag", "v1.1", "HEAD~2")
    assert timeline(cli, "--rev-list", "HEAD")["entries"][2]["findings"] == []
    found = timeline(cli, "--tags", "v*")["entries"][1]
    assert [one["rule"] for one in found["findings"]] == ["compat/version-bump-matches"]
    assert cli("diff", "--tags", "v*").code == 0


def test_what_cannot_be_read_is_told_once_and_fails_nobody(cli: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", CONFIG)
    repository.commit(a=GOOD)
    repository.commit(b="openapi: [")
    repository.commit(a=SAFE)
    result = cli("diff", "--rev-list", "HEAD", "--format", "json")
    assert result.code == 0
    assert [[one["rule"] for one in entry["findings"]] for entry in json.loads(result.out)["entries"]] == [
        [],
        ["any/parseable"],
        [],
    ]


def test_merges_count_as_a_whole(cli: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", CONFIG)
    repository.commit(a=GOOD)
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.commit(a=BREAKING)
    repository.commit(a=SAFE)
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message=merge", "branch")
    assert verdicts(timeline(cli, "--rev-list", "HEAD")) == ["none", "safe"]


# tags


def test_each_tag_is_compared_with_the_one_before_and_with_all(cli: Cli, released: Project) -> None:
    found = timeline(cli, "--tags", "*")
    assert [one["tag"] for one in found["entries"]] == ["v1.0", "v1.1", "v1.2"]
    assert verdicts(found) == ["none", "breaking", "breaking"]
    assert [one["transitive"]["older"] for one in found["entries"]] == [0, 1, 2]
    assert cli("diff", "--tags", "*").code == 1


def test_a_break_that_no_single_step_shows(cli: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", CONFIG)
    loose = GOOD.replace("        note: {type: string}\n", "")
    typed = GOOD.replace("note: {type: string}", "note: {type: integer}")
    for tag, text in (("v1.0", GOOD), ("v1.1", loose), ("v1.2", typed), ("v2.0", typed)):
        repository.commit(a=text)
        repository.git("tag", tag)
    found = timeline(cli, "--tags", "v*")["entries"]
    assert found[2]["verdict"] == "safe"
    assert found[2]["transitive"]["verdict"] == "breaking"
    assert found[2]["transitive"]["base"]["name"] == "v1.0"
    assert [one["address"] for one in found[2]["transitive"]["changes"]] == ["a.yaml#type:Order/field:note"]
    assert (found[3]["verdict"], found[3]["transitive"]) == (
        "none",
        {"verdict": "none", "older": 0, "base": None, "changes": []},
    )
    result = cli("diff", "--tags", "v*", "--rev-list", "v1.1..v1.2")
    assert (result.code, "breaking against" in result.out) == (0, False)
    result = cli("diff", "--tags", "v*", "--rev-list", "v1.2")
    assert result.code == 1
    assert "breaking against v1.0: 1 breaking change" in result.out
    assert "breaking against v1\\.0" in cli("diff", "--tags", "v*", "--format", "markdown").out


@pytest.mark.parametrize(
    ("tag", "other", "follows"),
    [
        ("v1.2.0", "v1.1.9", True),
        ("v1.2.0", "v1.2.0", True),
        ("v1.10", "v1.9", True),
        ("v1.0.1", "v1.1.0", False),
        ("v2.0", "v1.9", False),
        ("v1.2", "v1.1-rc.1", False),
        ("v1.2-rc.1", "v1.1", True),
        ("orders/v1.2", "billing/v1.1", False),
        ("orders-1.2", "orders-1.1", True),
        ("2027-02-01", "2027-01-01", True),
        ("v3", "v2", False),
        ("api3-1.1", "api3-1.0", True),
        ("green", "blue", True),
        ("green", "v1", False),
    ],
)
def test_which_tags_a_tag_must_stay_compatible_with(tag: str, other: str, *, follows: bool) -> None:
    assert pipeline.version(tag).follows(pipeline.version(other)) is follows


# how


def test_what_did_not_change_is_neither_read_nor_compared(
    cli: Cli, history: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    compared: list[str] = []

    def counted(name: str, into: list[str]) -> Callable[..., Any]:
        function = getattr(pipeline, name)

        def call(*arguments: Any, **more: Any) -> Any:
            into.append(str(arguments[1]))
            return function(*arguments, **more)

        return call

    monkeypatch.setattr(pipeline, "document_at", counted("document_at", parsed))
    monkeypatch.setattr(pipeline, "compared", counted("compared", compared))
    history.commit(b=SAFE)
    history.commit(b=SAFE)
    timeline(cli, "--rev-list", "HEAD")
    assert parsed == ["a.yaml"] * 3 + ["b.yaml"]  # GOOD, SAFE, BREAKING, and the new one
    assert len(compared) == 4


def test_memory_has_a_bound(cli: Cli, history: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = cli("diff", "--rev-list", "HEAD").out
    monkeypatch.setattr(pipeline, "_MOST_TEXT", 0)
    assert cli("diff", "--rev-list", "HEAD").out == expected


def test_files_that_are_referred_to_count(cli: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", CONFIG)
    repository.write("shared/types.schema", '{"Order": {"type": "object", "properties": {"id": {"type": "string"}}}}')
    repository.commit(a=GOOD.replace("#/components/schemas/Order", "shared/types.schema#/Order"))
    repository.write("shared/types.schema", '{"Order": {"type": "object", "properties": {"id": {"type": "integer"}}}}')
    repository.commit()
    assert verdicts(timeline(cli, "--rev-list", "HEAD~1..HEAD")) == ["breaking"]


def test_a_folder_of_a_repository(cli: Cli, repository: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("api/.integrationlint.yaml", CONFIG)
    repository.write("api/a.yaml", GOOD)
    repository.commit()
    repository.write("api/a.yaml", BREAKING)
    repository.commit(other=BREAKING)
    monkeypatch.chdir(repository.root / "api")
    found = timeline(cli, "--rev-list", "HEAD~1..HEAD")
    assert [one["file"] for one in found["entries"][0]["changes"]] == ["a.yaml"]


def test_the_policy_of_another_revision(cli: Cli, history: Project) -> None:
    history.write(".integrationlint.yaml", 'extends: [recommended]\nrules: {"compat/*": off}\n')
    found = timeline(cli, "--rev-list", "HEAD~2..HEAD", "--policy-from", "HEAD")
    assert verdicts(found) == ["breaking", "safe"]
    assert [note for note in found["notes"] if "rule compat/* is switched off" in note]


def test_subjects_are_harmless_and_keep_no_secret(cli: Cli, history: Project) -> None:
    subject = "\x1b[31m ##[error] | ` <b> password=hunter2hunter2 @team"
    history.write("a.yaml", SAFE)
    history.git("commit", "--quiet", "--all", f"--message={subject}")
    for name in ("text", "markdown", "json"):
        out = cli("diff", "--rev-list", "HEAD~1..HEAD", "--format", name).out
        assert [part for part in ("\x1b", "##[") if part in out] == []
        assert "hunter2hunter2" not in out
    assert "<b>" not in cli("diff", "--rev-list", "HEAD~1..HEAD", "--format", "markdown").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rev-list", "mian..HEAD"], "unknown revision 'mian' (did you mean 'main'?)"),
        (["--rev-list", "HEAD...main"], "write A..B"),
        (["--rev-list", "HEAD", "main"], "main: a history has no base and head"),
        (["--tags", "*", "--format", "sarif"], "there is no format 'sarif' (there are text, json, markdown)"),
    ],
)
def test_what_is_no_history(cli: Cli, history: Project, arguments: list[str], said: str) -> None:
    result = cli("diff", *arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert said in result.err


@pytest.mark.parametrize("arguments", [["--rev-list", "HEAD..HEAD"], ["--tags", "v*"]])
def test_nothing_to_compare(cli: Cli, history: Project, arguments: list[str]) -> None:
    result = cli("diff", *arguments)
    assert result.code == 3
    assert result.err.startswith("no input: no ")
    assert cli("diff", *arguments, "--allow-empty").code == 0


def test_a_shallow_clone(cli: Cli, history: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    history.git("clone", "--quiet", "--depth=2", f"file://{history.root}", "clone")
    monkeypatch.chdir(history.root / "clone")
    found = timeline(cli, "--rev-list", "HEAD")
    assert verdicts(found) == ["none", "safe"]
    assert "fetch-depth: 0" in found["notes"][0]
    assert "git fetch --unshallow" in cli("diff", "--rev-list", "HEAD~3..HEAD").err
