import json

import pytest

from tests.cli.project import API, CONFIG, GOOD, Cli, Project

WARNING = "a.yaml:4:3: warning oas/path-case path segment 'purchaseOrders' is not in kebab case\n"
OWN_RULE = """\
title: Nothing is called note
why: w
fix: f
each: field
check: naming.case
with: {style: pascal}
message: "field {value} is written small"
severity: info
concern: naming
"""


@pytest.fixture
def lint(cli: Cli) -> Cli:
    """`lint` with short output."""
    return lambda *arguments: cli("lint", "--format", "concise", *arguments)


# rulesets


def test_a_ruleset_replaces_what_the_configuration_extends(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: [./own/]\n")
    project.write("own/acme/small.yaml", OWN_RULE)
    project.write("other/acme/big.yaml", OWN_RULE.replace("pascal", "camel").replace("small", "big"))
    project.write("a.yaml")
    assert [line.split()[2] for line in lint().out.splitlines()] == ["acme/small", "acme/small"]
    assert lint("--ruleset", "./other/").out == ""
    assert "acme/small" not in lint("--ruleset", "recommended").out
    both = lint("--ruleset", "other/", "--ruleset", "zalando").out
    assert "error oas/path-case" in both


def test_a_ruleset_may_be_a_configuration(lint: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(".integrationlint.yaml", "extends: [recommended]\n")
    project.write("api/a.yaml")
    project.write("company/base.yaml", "extends: [./own/]\nrules: {oas/path-case: error}\n")
    project.write("company/own/acme/small.yaml", OWN_RULE)
    monkeypatch.chdir(project.root / "api")
    found = [line.split()[1:3] for line in lint("--ruleset", "../company/base.yaml").out.splitlines()]
    assert found == [["error", "oas/path-case"], ["info", "acme/small"], ["info", "acme/small"]]


def test_own_rules_of_the_configuration_go_on_with_a_ruleset(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: [strict]\nrules: {oas/path-case: error}\n")
    project.write("minimal.yaml", "extends: []\nrules: {oas/path-case: info}\n")
    project.write("a.yaml")
    assert lint("--ruleset", "minimal.yaml").out == WARNING.replace("warning", "error")


@pytest.mark.parametrize(
    ("ruleset", "said"),
    [
        ("recomended", "unknown preset 'recomended' (did you mean 'recommended'?)"),
        ("nowhere.yaml", "there is no file or folder 'nowhere.yaml' to extend"),
        ("spectral:async", "there is no ruleset 'spectral:async' (did you mean 'spectral:asyncapi'?)"),
        (".spectral.js", "./.spectral.js is JavaScript, which is never run: docs/spectral.md says how to move"),
    ],
)
def test_a_wrong_ruleset(lint: Cli, project: Project, ruleset: str, said: str) -> None:
    project.write(".spectral.js", "export default {}\n")
    project.write("a.yaml")
    result = lint("--ruleset", ruleset)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "1:1" not in result.err


def test_a_rule_file_that_is_wrong_is_told_with_its_place(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: [./own/]\n")
    project.write("own/acme/small.yaml", OWN_RULE.replace("each: field", "each: fild"))
    project.write("a.yaml")
    assert lint().err.startswith("error: own/acme/small.yaml:4:1: unknown kind of element 'fild'")


# baseline


def test_the_baseline_with_the_usual_name_is_used(lint: Cli, cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    assert cli("baseline", "create").code == 0
    assert lint("--fail-on", "warning").out == ""
    summary = json.loads(cli("lint", "--format", "json").out)["summary"]
    assert (summary["files"], summary["known"]) == (1, 1)


def test_another_baseline(lint: Cli, cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("api/a.yaml")
    assert cli("baseline", "create", "--baseline", "known.json").code == 0
    assert lint().out == f"api/{WARNING}"
    assert lint("--baseline", "known.json").out == ""
    monkeypatch.chdir(project.root / "api")
    assert lint("--baseline", "../known.json").out == ""
    project.write(".integrationlint.yaml", CONFIG + "baseline: known.json\n")
    assert lint().out == ""


def test_a_baseline_that_is_not_there(lint: Cli, project: Project) -> None:
    project.write("a.yaml")
    assert lint("--baseline", "known.json").err.startswith("error: there is no baseline known.json: ")
    project.write(".integrationlint.yaml", CONFIG + "baseline: known.json\n")
    assert lint().err.startswith("error: .integrationlint.yaml:3:1: there is no baseline known.json")


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9}', "[" * 100_000, "\0"])
def test_a_baseline_that_is_none(lint: Cli, project: Project, text: str) -> None:
    project.write("a.yaml")
    project.write(".integrationlint-baseline.json", text)
    result = lint()
    assert result.code == 2
    assert result.err.startswith("error: .integrationlint-baseline.json:1:1: ")


def test_a_baseline_that_is_no_file(lint: Cli, project: Project) -> None:
    project.write("a.yaml")
    (project.root / "known.json").mkdir()
    assert lint("--baseline", "known.json").code == 2


# the policy of another revision


@pytest.fixture
def guarded(repository: Project) -> Project:
    """A repository whose first commit has the policy that counts, and a configuration that asks for it."""
    repository.write(".integrationlint.yaml", CONFIG + "policy: {from: main}\n")
    repository.commit(a=GOOD)
    repository.git("checkout", "--quiet", "-b", "branch")
    return repository


def test_the_policy_of_the_base_counts_and_its_weakening_is_told(lint: Cli, cli: Cli, guarded: Project) -> None:
    guarded.write(".integrationlint.yaml", 'extends: []\nrules: {"oas/*": off}\npolicy: {from: main}\n')
    guarded.write("a.yaml")
    assert lint().out == WARNING
    notes = json.loads(cli("lint", "--format", "json").out)["notes"]
    assert any(
        note.startswith("the policy of main applies, which this would weaken: rule oas/path-case") for note in notes
    )
    assert any("(.integrationlint.yaml:2:9)" in note for note in notes)


def test_suppressions_and_baselines_of_the_head_do_not_count(lint: Cli, cli: Cli, guarded: Project) -> None:
    exception = "{rule: oas/path-case, at: a.yaml, reason: because}"
    guarded.write(".integrationlint.yaml", CONFIG + f"policy: {{from: main}}\nsuppressions: [{exception}]\n")
    guarded.write("a.yaml")
    assert cli("baseline", "create").code == 0
    assert lint().out == WARNING
    assert "is suppressed: because" in cli("lint").out


def test_the_command_line_may_ask_for_it_too(lint: Cli, guarded: Project) -> None:
    (guarded.root / ".integrationlint.yaml").unlink()
    guarded.write("a.yaml")
    assert WARNING in lint("--policy-from", "main").out


def test_rules_and_extended_files_come_from_the_base_as_well(lint: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", "extends: [./own/, ./base.yaml]\npolicy: {from: main}\n")
    repository.write("base.yaml", CONFIG)
    repository.write("own/acme/small.yaml", OWN_RULE)
    repository.commit(a=API)
    repository.write("base.yaml", "extends: []\n")
    (repository.root / "own/acme/small.yaml").unlink()
    repository.git("checkout", "--quiet", "-b", "branch")
    found = {line.split()[2] for line in lint().out.splitlines()}
    assert found == {"acme/small", "oas/path-case"}


def test_a_base_without_a_configuration_has_the_defaults(lint: Cli, repository: Project) -> None:
    (repository.root / ".integrationlint.yaml").unlink()
    repository.commit(a=API)
    repository.write(".integrationlint.yaml", "extends: []\nrules: {oas/path-case: off}\n")
    assert WARNING in lint("--policy-from", "HEAD").out


def test_a_configuration_from_elsewhere_has_no_revision(lint: Cli, guarded: Project) -> None:
    outside = Project(guarded.root.parent).write("company.yaml", "extends: []\n")
    result = lint("--config", outside, "--policy-from", "main")
    assert result.code == 2
    assert "no revision of that has it" in result.err


@pytest.fixture
def weakened(guarded: Project) -> Project:
    """A branch that has everything by which it would weaken the policy of main."""
    guarded.git("checkout", "--quiet", "main")
    guarded.write(".integrationlint.yaml", "extends: [recommended, ./own/]\npolicy: {from: main}\nexclude: [x]\n")
    guarded.write("own/one.yaml", OWN_RULE)
    guarded.write(".integrationlint-baseline.json", KNOWN % "a")
    guarded.commit()
    guarded.git("checkout", "--quiet", "-B", "branch")
    guarded.write(
        ".integrationlint.yaml", "extends: [recommended]\npolicy: {from: main}\nrules: {any/parseable: off}\n"
    )
    guarded.write("own/one.yaml", "title: Something else\n")
    guarded.write(".integrationlint-baseline.json", KNOWN % "b")
    return guarded


KNOWN = '{"version": 1, "findings": [{"address": "a", "rule": "b", "fingerprint": "%s"}]}'
WEAKER = {
    (".integrationlint.yaml:3", "rule any/parseable is switched off"),
    (".integrationlint.yaml:1", "./own/ is no longer extended"),
    ("own/one.yaml:1", "the rules in own/one.yaml are changed: see that they still ask as much"),
    (
        ".integrationlint-baseline.json:1",
        "findings that .integrationlint-baseline.json takes for known, and did not before: 1",
    ),
}


@pytest.mark.parametrize("command", [["lint"], ["lint", "--new-only", "main"], ["diff", "main"]])
def test_each_weakening_is_a_finding_at_its_place(cli: Cli, weakened: Project, command: list[str]) -> None:
    found = json.loads(cli(*command, "--format", "json").out)["findings"]
    ours = [one for one in found if one["rule"] == "any/policy-weakened"]
    said = "this would weaken the policy of main, which judges here: "
    assert {(f"{one['file']}:{one['start']['line']}", one["message"].removeprefix(said)) for one in ours} == WEAKER
    assert {(one["severity"], one["status"]) for one in ours} == {("warning", "open")}


def test_weakenings_never_enter_a_baseline(cli: Cli, weakened: Project) -> None:
    assert cli("baseline", "create", "--force").code == 0
    assert "policy-weakened" not in (weakened.root / ".integrationlint-baseline.json").read_text()


def test_weakenings_are_notes_where_no_rule_speaks_of_them(cli: Cli, weakened: Project) -> None:
    notes = json.loads(cli("lint", "--select", "oas", "--format", "json").out)["notes"]
    assert len([one for one in notes if one.startswith("the policy of main applies, which this would weaken: ")]) == 4
    assert "the policy of main applies, which this would weaken: rule any/parseable" in cli("config", "show").err


def test_a_command_line_is_where_the_policy_comes_from(cli: Cli, weakened: Project) -> None:
    assert "policy" in cli("config", "show", "--policy-from", "main").out
    rows = [one.split() for one in cli("config", "show", "--policy-from", "main").out.splitlines()]
    assert ["policy", "command", "line", '"main"'] in rows
