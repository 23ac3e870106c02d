"""Spectral rulesets from the command line and the configuration: their rules are rules like all others."""

import json
from pathlib import Path

import pytest

from tests.cli.project import GOOD, Cli, Project

RULESET = """\
extends: [[spectral:oas, off]]
functions: [ownFunction]
rules:
  operation-tags: error
  info-contact: true
  own-title:
    description: The title is long enough.
    message: "{{property}} is short"
    documentationUrl: https://example.com/own-title
    severity: hint
    given: $.info.title
    then: {function: length, functionOptions: {min: 20}}
  own-script: {given: $, then: {function: ownFunction}}
"""
NOTE = (
    "note: rule own-script of .spectral.yaml:13:33 does not run: it calls the JavaScript function ownFunction;"
    " see docs/spectral.md"
)


@pytest.fixture
def lint(cli: Cli) -> Cli:
    return lambda *arguments: cli("lint", *arguments)


@pytest.fixture
def project_with_ruleset(project: Project) -> Project:
    project.write(".integrationlint.yaml", "extends: [./.spectral.yaml]\n")
    project.write(".spectral.yaml", RULESET)
    project.write("a.yaml", GOOD)
    return project


def found(out: str) -> list[tuple[str, str, str, int]]:
    """Rule, severity, message and line of each finding of a JSON result."""
    return [(one["rule"], one["severity"], one["message"], one["start"]["line"]) for one in json.loads(out)["findings"]]


@pytest.mark.parametrize("ruleset", [".spectral.yaml", "./.spectral.yaml", "sub/../.spectral.yaml"])
def test_a_ruleset_by_its_path_runs_alone(lint: Cli, project_with_ruleset: Project, ruleset: str) -> None:
    project_with_ruleset.write("sub/x.txt", "")
    result = lint("--ruleset", ruleset, "--format", "json")
    assert found(result.out) == [
        ("info-contact", "warning", 'Info object must have "contact" object.', 2),
        ("own-title", "info", "title is short", 2),
        ("operation-tags", "error", 'Operation must have non-empty "tags" array.', 5),
    ]
    assert result.code == 1


def test_a_shipped_ruleset_by_its_name(lint: Cli, project: Project) -> None:
    project.write("a.yaml", GOOD)
    rules = {one[0] for one in found(lint("--ruleset", "spectral:oas", "--format", "json").out)}
    assert {"info-contact", "operation-tags", "oas3-api-servers"} <= rules
    assert not any("/" in rule for rule in rules)


def test_of_several_rulesets_the_last_one_wins(lint: Cli, project: Project) -> None:
    project.write("a.yaml", GOOD)
    project.write("off.yaml", "extends: [[spectral:oas, off]]\n")
    project.write("one.yaml", "extends: [[spectral:oas, off]]\nrules: {operation-tags: info}\n")
    both = ["--ruleset", "spectral:oas", "--ruleset"]
    assert found(lint(*both, "off.yaml", "--format", "json").out) == []
    assert [one[:2] for one in found(lint(*both, "one.yaml", "--format", "json").out)] == [("operation-tags", "info")]


def test_a_ruleset_beside_our_own_rules(lint: Cli, project_with_ruleset: Project) -> None:
    project_with_ruleset.write(
        ".integrationlint.yaml", "extends: [./.spectral.yaml, spectral:oas]\nrules: {oas/path-case: error}\n"
    )
    project_with_ruleset.write("a.yaml")
    rules = {one[0]: one[1] for one in found(lint("--format", "json").out)}
    assert rules["oas/path-case"] == "error"
    assert rules["own-title"] == "info"
    assert rules["operation-tags"] == "warning"


def test_settings_decide_over_the_ruleset(lint: Cli, project_with_ruleset: Project) -> None:
    project_with_ruleset.write(
        ".integrationlint.yaml",
        """\
extends: [./.spectral.yaml]
rules: {operation-tags: info, info-contact: off, own-*: error, info-license: warning}
overrides: [{files: b.yaml, rules: {own-title: off}}]
""",
    )
    project_with_ruleset.write("b.yaml", GOOD)
    result = lint("--format", "json")
    assert [one[:2] for one in found(result.out)] == [
        ("info-license", "warning"),
        ("own-title", "error"),
        ("operation-tags", "info"),
        ("info-license", "warning"),
        ("operation-tags", "info"),
    ]


def test_selection_and_suppression_take_the_ids_of_the_ruleset(lint: Cli, project_with_ruleset: Project) -> None:
    assert [one[0] for one in found(lint("--select", "own-title", "--format", "json").out)] == ["own-title"]
    project_with_ruleset.write(
        ".integrationlint.yaml",
        """\
extends: [./.spectral.yaml]
suppressions: [{rule: own-title, at: "a.yaml#*", reason: It is short, owner: us}]
""",
    )
    assert "own-title" not in lint("--format", "concise").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: [spectral:oas]\nrules: {operation-tag: off}\n", ":2:9: unknown rule 'operation-tag' (did you mean"),
        (
            "extends: [spectral:oas]\nrules: {operation-tags: {with: {min: 1}}}\n",
            ":2:9: operation-tags has no option 'min' (it has none)",
        ),
        ("extends: [spectral:asynapi]\n", ":1:11: there is no ruleset 'spectral:asynapi' (did you mean"),
        ("extends: [recommended, ./.spectral.js]\n", ":1:24: ./.spectral.js is JavaScript, which is never run"),
        ("extends: [./gone.spectral.yaml]\n", ":1:11: there is no file or folder './gone.spectral.yaml' to extend"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(lint: Cli, project: Project, text: str, said: str) -> None:
    project.write(".spectral.js", "export default {}\n")
    project.write(".integrationlint.yaml", text)
    project.write("a.yaml", GOOD)
    result = lint()
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: .integrationlint.yaml{said}")


def test_a_ruleset_that_is_wrong_is_told_with_its_place(lint: Cli, project_with_ruleset: Project) -> None:
    project_with_ruleset.write(".spectral.yaml", "extends: spectral:oas\nruls: {}\n")
    result = lint()
    assert (result.code, result.out) == (2, "")
    assert result.err == "error: .spectral.yaml:2:1: unknown key 'ruls' (did you mean 'rules'?)\n"


def test_rules_that_cannot_run_are_told_and_the_others_run(lint: Cli, project_with_ruleset: Project) -> None:
    result = lint()
    assert NOTE in result.out + result.err
    assert "own-title" in result.out
    project_with_ruleset.write(".integrationlint.yaml", "extends: [./.spectral.yaml]\nrules: {own-script: off}\n")
    result = lint()
    assert "own-script" not in result.out + result.err


def test_a_ruleset_that_extends_nothing_that_can_be_read(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: [./.spectral.yaml]\n")
    project.write(".spectral.yaml", "extends: '@acme/rules'\nrules: {theirs: error}\n")
    project.write("a.yaml", GOOD)
    result = lint()
    assert result.code == 0
    assert "'@acme/rules' is a package of npm, which is not fetched, so its rules do not run" in result.out + result.err


def test_the_policy_of_another_revision_has_its_rulesets(lint: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", "extends: [./rules/.spectral.yaml]\n")
    repository.write("rules/.spectral.yaml", "extends: ../base.yaml\nrules: {operation-tags: error}\n")
    repository.write("base.yaml", "extends: [[spectral:oas, off]]\n")
    repository.write("a.yaml", GOOD)
    repository.git("add", "-A")
    repository.git("commit", "-qm", "policy")
    repository.write("base.yaml", "extends: spectral:oas\n")
    repository.write("rules/.spectral.yaml", "extends: ../base.yaml\nrules: {operation-tags: off}\n")
    result = lint("--policy-from", "HEAD", "--format", "json")
    assert [one[:2] for one in found(result.out)] == [("operation-tags", "error")]


def test_explain_and_list_know_them(cli: Cli, project_with_ruleset: Project) -> None:
    said = cli("explain", "own-title").out
    assert "own-title  The title is long enough." in said
    assert "info by default; here info (.integrationlint.yaml)" in said
    assert "source    ./.spectral.yaml" in said
    assert "more      https://example.com/own-title" in said
    assert "It does not run here: it calls the JavaScript function ownFunction." in cli("explain", "own-script").out
    rows = [line.split() for line in cli("rules", "list").out.splitlines()]
    assert ["error", "operation-tags"] in [row[:2] for row in rows]
    assert ["off", "contact-properties"] in [row[:2] for row in rows]


def test_init_extends_the_ruleset_that_is_there(cli: Cli, repository: Project) -> None:
    (repository.root / ".integrationlint.yaml").unlink()
    repository.write(".spectral.yml", "extends: spectral:oas\n")
    repository.write(".spectral.js", "export default {}\n")
    said = cli("init").err.splitlines()
    assert "extends your Spectral ruleset .spectral.yml" in said
    assert ".spectral.js is JavaScript, which is never run: docs/spectral.md says how to move its rules" in said
    assert 'extends: [recommended, "./.spectral.yml"]' in (repository.root / ".integrationlint.yaml").read_text()
    assert cli("config", "validate").code == 0


def test_the_page_says_what_is_true(cli: Cli, lint: Cli, project_with_ruleset: Project) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "spectral.md").read_text()
    first, rule, second = (block.partition("```")[0] for block in page.split("```yaml\n")[1:])
    project_with_ruleset.write("company/acme/schema-names.yaml", rule)
    assert cli("rules", "test", "company").code == 0
    for config, expected in ((first, ("info-contact", "error")), (second, ("acme/schema-names", "error"))):
        project_with_ruleset.write(".integrationlint.yaml", config)
        rules = {one[0]: one[1] for one in found(lint("--format", "json").out)}
        assert expected in rules.items()
    assert "operation-tags" in rules


@pytest.mark.parametrize("arguments", [(), ("--ruleset", ".spectral.yaml")])
def test_nothing_outside_the_repository_is_read(lint: Cli, repository: Project, arguments: tuple[str, ...]) -> None:
    (repository.root.parent / "outside.yaml").write_text("secret: 1\n")
    (repository.root / "link.yaml").symlink_to(repository.root.parent / "outside.yaml")
    repository.write(".integrationlint.yaml", "extends: [./.spectral.yaml]\n")
    repository.write("a.yaml", GOOD)
    for name in ("../outside.yaml", "./link.yaml"):
        repository.write(".spectral.yaml", f"extends: {name}\n")
        result = lint(*arguments)
        assert (result.code, result.out) == (2, "")
        assert f"'{name}' lies outside the repository, or may not be read" in result.err


def test_a_ruleset_of_another_repository_is_read_where_the_command_line_names_it(
    lint: Cli, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / ".git").mkdir()
    (other / "rules").mkdir()
    (other / "rules" / ".spectral.yaml").write_text("extends: ../base.yaml\n")
    (other / "base.yaml").write_text("extends: [[spectral:oas, off]]\nrules: {info-contact: error}\n")
    project.write("a.yaml", GOOD)
    result = lint("--ruleset", str(other / "rules" / ".spectral.yaml"), "--format", "json")
    assert [one[:2] for one in found(result.out)] == [("info-contact", "error")]
