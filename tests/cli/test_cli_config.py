import json
from pathlib import Path

import pytest

from tests.cli.project import Cli, Project

CONFIG = """\
extends: [recommended]
rules:
  oas/path-case: {severity: error, with: {style: snake}}
limits: {depth: 50}
"""


@pytest.fixture(autouse=True)
def configured(project: Project) -> None:
    project.write(".integrationlint.yaml", CONFIG)


def test_show(cli: Cli, project: Project) -> None:
    result = cli("config", "show")
    lines = [line.split(maxsplit=2) for line in result.out.splitlines()]
    assert result.code == 0
    assert ["extends", ".integrationlint.yaml:1:11", '"recommended"'] in lines
    assert [
        "rules/oas/path-case",
        ".integrationlint.yaml:3:3",
        '{"severity": "error", "with": {"style": "snake"}}',
    ] in lines
    assert ["limits/depth", ".integrationlint.yaml:4:10", "50"] in lines
    assert ["limits/nodes", "default", "2000000"] in lines
    assert result.err == f"root: {project.root}; configuration: .integrationlint.yaml\n"


def test_show_what_the_command_line_says(cli: Cli, project: Project) -> None:
    lines = [line.split() for line in cli("config", "show", "--ruleset", "strict", "--select", "oas").out.splitlines()]
    assert ["extends", "command", "line", '"strict"'] in lines
    assert ["select", "command", "line", '"oas"'] in lines


def test_show_as_json(cli: Cli, project: Project) -> None:
    found = json.loads(cli("config", "show", "--format", "json").out)
    assert (found["root"], found["file"]) == (str(project.root), ".integrationlint.yaml")
    assert {"key": "limits/depth", "value": 50, "origin": ".integrationlint.yaml:4:10"} in found["settings"]


def test_show_without_a_configuration(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = cli("config", "show")
    assert result.err == f"root: {tmp_path}; configuration: none, the defaults apply\n"
    assert 'default                     "recommended"' not in result.out
    assert any(line.split() == ["extends", "default", '"recommended"'] for line in result.out.splitlines())


def test_validate(cli: Cli, project: Project) -> None:
    result = cli("config", "validate")
    assert result.code == 0
    assert result.out.startswith(".integrationlint.yaml: valid, ")
    assert cli("config", "validate", "-q").out == ""


@pytest.mark.parametrize(
    "text",
    [
        "extends: [strct]\n",
        "rles: {}\n",
        "rules: {oas/path-case: {with: {style: kebap}}}\n",
        "select: [flw]\n",
        "baseline: nowhere.json\n",
        "overrides: [{files: a/**, rules: {oas/no-such: off}}]\n",
        "overrides: [{files: a/**, rules: {oas/path-case: {with: {styl: snake}}}}]\n",
        "[",
    ],
)
def test_validate_finds_what_is_wrong(cli: Cli, project: Project, text: str) -> None:
    project.write(".integrationlint.yaml", text)
    result = cli("config", "validate")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: .integrationlint.yaml:")


def test_schema(cli: Cli, project: Project) -> None:
    found = json.loads(cli("config", "schema").out)
    assert found["$id"] == "urn:integrationlint:configuration:1"
    assert {"extends", "rules", "catalog"} <= found["properties"].keys()


def test_schema_of_the_result(cli: Cli, project: Project) -> None:
    found = json.loads(cli("config", "schema", "--result").out)
    assert found["title"] == "integrationlint.result/1"
