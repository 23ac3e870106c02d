import json
from pathlib import Path

import pytest

from tests.cli.project import API, BREAKING, GOOD, Cli, Project, Result

CONFIG = """\
extends: [recommended]
rules: {compat/version-bump-matches: off}
catalog:
  - {consumer: billing, uses: ["a.yaml#type:Order/field:id"], criticality: tier1}
  - {consumer: portal, uses: ["a.yaml#type:Order/field:note"], criticality: tier2}
"""
SAFE = GOOD.replace("        note:", "        more: {type: string}\n        note:")


@pytest.fixture
def changed(repository: Project) -> Project:
    """A repository in whose last commit a field is gone that billing reads."""
    repository.write(".integrationlint.yaml", CONFIG)
    repository.commit(a=GOOD)
    repository.commit(a=BREAKING)
    return repository


def told(result: Result) -> tuple[str, list[str]]:
    """The verdict of a JSON result, and the addresses of its changes, versions of documents left out."""
    found = json.loads(result.out)
    return found["verdict"], [one["address"] for one in found["changes"] if not one["address"].endswith("#")]


@pytest.fixture
def diff(cli: Cli) -> Cli:
    """`diff` as JSON."""
    return lambda *arguments: cli("diff", "--format", "json", *arguments)


GONE = ("breaking", ["a.yaml#type:Order/field:id"])


# what is compared


def test_two_revisions(diff: Cli, changed: Project) -> None:
    result = diff("HEAD~1", "HEAD")
    assert result.code == 1
    assert told(result) == GONE
    found = json.loads(result.out)
    assert (found["base"]["kind"], found["head"]["kind"]) == ("revision", "revision")


def test_a_revision_and_the_work_tree(diff: Cli, changed: Project) -> None:
    assert told(diff("HEAD~1")) == GONE
    changed.write("a.yaml", GOOD)
    assert told(diff("HEAD~1")) == ("none", [])
    assert json.loads(diff("HEAD").out)["head"]["kind"] == "worktree"


def test_the_base_is_where_the_branch_left_the_default_branch(diff: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", CONFIG)
    repository.commit(a=GOOD)
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.commit(a=BREAKING)
    repository.git("checkout", "--quiet", "main")
    repository.commit(b=GOOD)
    repository.git("checkout", "--quiet", "branch")
    assert told(diff()) == GONE


def test_the_base_is_what_is_being_pushed(diff: Cli, changed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", changed.git("rev-parse", "HEAD~1"))
    monkeypatch.setenv("PRE_COMMIT_TO_REF", changed.git("rev-parse", "HEAD"))
    changed.write("a.yaml", GOOD)
    assert told(diff()) == GONE
    assert told(diff("HEAD"))[0] == "safe"
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "0" * 40)
    assert told(diff())[0] == "safe"


def test_two_folders(diff: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    project.write("old/a.yaml", GOOD)
    project.write("new/a.yaml", BREAKING)
    project.write("new/.integrationlint.yaml", CONFIG)
    monkeypatch.chdir(tmp_path)
    result = diff("old", "new")
    assert told(result) == GONE
    found = json.loads(result.out)["changes"][0]
    assert [one["address"].rpartition("#")[2] for one in found["impact"]][:1] == ["consumer:billing"]
    assert told(diff("new", "old"))[0] == "safe"


def test_two_folders_below_one_configuration_pair_by_name(diff: Cli, project: Project) -> None:
    refers = GOOD.replace("#/components/schemas/Order", "types.yaml#/Order")
    shape = "Order:\n  type: object\n  required: [id]\n  properties: {id: {type: string}, up: {$ref: ../up.yaml}}\n"
    project.write(".integrationlint.yaml", CONFIG.replace("a.yaml", "v2/a.yaml"))
    project.write("up.yaml", "type: string\n")
    for folder in ("v1", "v2"):
        project.write(f"{folder}/a.yaml", refers)
        project.write(f"{folder}/types.yaml", shape)
    assert told(diff("v1", "v2")) == ("none", [])
    project.write("v2/types.yaml", "Order:\n  type: object\n  properties: {up: {$ref: ../up.yaml}}\n")
    result = diff("v1", "v2")
    assert told(result)[0] == "breaking"
    found = json.loads(result.out)["changes"][0]
    assert (found["file"], found["base"]["file"]) == ("v2/types.yaml", "v1/types.yaml")


def test_two_files_of_different_names(diff: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    project.write("old.yaml", GOOD.replace("title: Orders", "title: Orders of old"))
    project.write("new.yaml", BREAKING)
    monkeypatch.chdir(tmp_path)
    result = diff("old.yaml", "new.yaml")
    assert told(result) == ("breaking", ["new.yaml#type:Order/field:id"])
    found = json.loads(result.out)["changes"][0]
    assert (found["file"], found["base"]["file"]) == ("new.yaml", "old.yaml")


def test_two_files_in_different_places_meet_the_consumers(diff: Cli, project: Project, tmp_path: Path) -> None:
    project.write(".integrationlint.yaml", CONFIG)
    project.write("a.yaml", BREAKING)
    project.write("unrelated.yaml", API)
    old = Project(tmp_path).write("elsewhere/before.yaml", GOOD)
    result = diff(old, "a.yaml")
    assert told(result) == GONE
    found = json.loads(result.out)["changes"][0]
    assert found["base"]["file"] == "before.yaml"
    assert "consumer:billing" in [one["address"].rpartition("#")[2] for one in found["impact"]]


def test_paths_win_over_revisions_and_say_so(cli: Cli, changed: Project) -> None:
    changed.git("branch", "old", "HEAD~1")
    changed.git("branch", "new")
    for name in ("old", "new"):
        changed.write(f"{name}/a.yaml", GOOD)
    result = cli("diff", "old", "new")
    assert result.code == 0
    assert "are revisions as well" in result.err
    assert cli("diff", "old", "new", "-q").err == ""
    assert cli("diff", "refs/heads/old", "refs/heads/new").code == 1
    assert cli("diff", "./old", "./new").err == ""


def test_one_path_alone_is_a_revision(cli: Cli, changed: Project) -> None:
    changed.git("branch", "old", "HEAD~1")
    changed.write("old/b.yaml", GOOD)
    result = cli("diff", "old", "HEAD")
    assert result.code == 1
    assert "'old' is taken for a revision" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mian"], "unknown revision 'mian' (did you mean 'main'?)"),
        (["main", "mian"], "unknown revision 'mian' (did you mean 'main'?)"),
        (["a.yaml"], "a.yaml is no revision; name the file or folder to compare it with as well"),
        (["a.yaml", "b.yaml"], "b.yaml: no such file or folder, and not a revision to compare with"),
        (["b.yaml", "a.yaml"], "b.yaml: no such file or folder, and not a revision to compare with"),
        (["a.yaml", "."], "cannot be compared: one is a folder, the other a file"),
        (["--", "-x"], "cannot be a revision"),
        (["main", "--fail-on", "braeking"], "--fail-on cannot be 'braeking' (did you mean 'breaking'?)"),
    ],
)
def test_what_cannot_be_compared(cli: Cli, changed: Project, arguments: list[str], said: str) -> None:
    result = cli("diff", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("\n") == 1


def test_a_folder_that_is_no_repository(cli: Cli, project: Project) -> None:
    assert cli("diff").err == f"error: {project.root} is not in a Git repository\n"
    assert cli("diff", "main").err == (
        f"error: main: no such file or folder, and {project.root} is not in a Git repository\n"
    )


def test_a_shallow_clone(cli: Cli, changed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    changed.git("clone", "--quiet", "--depth=1", f"file://{changed.root}", "clone")
    monkeypatch.chdir(changed.root / "clone")
    result = cli("diff", "HEAD~1")
    assert result.code == 2
    assert "fetch-depth: 0" in result.err


def test_nothing_to_look_at(cli: Cli, project: Project) -> None:
    for name in ("one", "two"):
        (project.root / name).mkdir()
    result = cli("diff", "one", "two")
    assert result.code == 3
    assert result.err == "no input: neither side has a file to compare\n"
    assert cli("diff", "one", "two", "--allow-empty").code == 0


# whether it fails


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "breaking"], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "breaks"], 1),
        (["--fail-on", "breaks:tier1"], 1),
        (["--fail-on", "breaks:tier3"], 0),
        (["--fail-on", "breaks:tier3,breaks:tier1"], 1),
        (["--exit-zero"], 0),
    ],
)
def test_exit_codes(diff: Cli, changed: Project, options: list[str], code: int) -> None:
    assert diff("HEAD~1", *options).code == code


def test_a_change_that_breaks_nobody_passes(diff: Cli, changed: Project) -> None:
    changed.commit(a=SAFE)
    result = diff("HEAD~2")
    assert (result.code, told(result)[0]) == (0, "safe")
    assert diff("HEAD~2", "--fail-on", "safe").code == 1


def test_a_version_that_does_not_fit_fails(diff: Cli, changed: Project) -> None:
    changed.write(".integrationlint.yaml", "extends: [recommended]\n")
    changed.write("a.yaml", SAFE.replace("1.0.0", "0.9.0"))
    result = diff("HEAD~1")
    rules = [one["rule"] for one in json.loads(result.out)["findings"] if one["severity"] == "error"]
    assert (result.code, bool(rules)) in ((1, True), (0, False))


def test_an_approved_change_passes(diff: Cli, changed: Project) -> None:
    address = "a.yaml#type:Order/field:id"
    exception = f'suppressions: [{{rule: "compat/*", at: "{address}", reason: agreed with billing}}]\n'
    changed.write(".integrationlint.yaml", CONFIG + exception)
    result = diff("HEAD~1")
    assert (result.code, told(result)[1]) == (0, [])
    assert json.loads(result.out)["exceptions"]


# how it is judged


def test_the_configuration_is_that_of_the_work_tree(diff: Cli, changed: Project) -> None:
    changed.write(".integrationlint.yaml", 'extends: []\nrules: {"compat/*": off}\n')
    assert json.loads(diff("HEAD~1", "HEAD").out)["findings"] == []
    guarded = diff("HEAD~1", "HEAD", "--policy-from", "HEAD")
    assert told(guarded) == GONE
    weakened = [one for one in json.loads(guarded.out)["findings"] if one["rule"] == "any/policy-weakened"]
    assert {(one["file"], one["severity"]) for one in weakened} == {(".integrationlint.yaml", "warning")}
    assert any("rule compat/* is switched off" in one["message"] for one in weakened)


def test_rulesets(diff: Cli, changed: Project) -> None:
    changed.write("none.yaml", "extends: []\n")
    assert json.loads(diff("HEAD~1", "--ruleset", "none.yaml").out)["changes"][0]["rule"] == ""


def test_text_names_the_sides_and_the_consumers(cli: Cli, changed: Project) -> None:
    out = cli("diff", "HEAD~1").out
    assert out.startswith("BREAKING  1 breaking change")
    assert "; HEAD~1 (" in out
    assert "consumer billing (tier1)" in out


def test_verbose(cli: Cli, changed: Project) -> None:
    assert cli("diff", "HEAD", "-v").err == f"root: {changed.root}; configuration: .integrationlint.yaml\n"
