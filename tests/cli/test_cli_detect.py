import json

from tests.cli.project import API, Cli, Project


def test_table(cli: Cli, project: Project) -> None:
    project.write("api/a.yaml")
    project.write("notes.yaml", "a: 1\n")
    result = cli("detect")
    assert result.code == 0
    assert [line.split() for line in result.out.splitlines()] == [["api/a.yaml", "openapi", "3.1", "openapi:", "3.1.0"]]
    assert result.err == "1 of 2 files were not recognised; -v lists them\n"


def test_what_is_not_recognised(cli: Cli, project: Project) -> None:
    project.write("notes.yaml", "a: 1\n")
    project.write("broken.json", "{")
    lines = cli("detect", "-v").out.splitlines()
    assert [line.split()[:2] for line in lines] == [["broken.json", "-"], ["notes.yaml", "-"]]
    assert "no format that is known" in lines[1]


def test_json(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    project.write("b.yaml", b"\0")
    result = cli("detect", "--format", "json")
    found = json.loads(result.out)
    assert found["schema"] == "integrationlint.detect/1"
    assert found["documents"] == [
        {"file": "a.yaml", "format": "openapi", "version": "3.1", "evidence": "openapi: 3.1.0"}
    ]
    assert [one["file"] for one in found["unrecognised"]] == ["b.yaml"]


def test_paths_and_exclusions(cli: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "exclude: [legacy/**]\n")
    for name in ("legacy/a.yaml", "api/a.yaml", "b.yaml"):
        project.write(name, API)
    assert [line.split()[0] for line in cli("detect").out.splitlines()] == ["api/a.yaml", "b.yaml"]
    assert [line.split()[0] for line in cli("detect", "api").out.splitlines()] == ["api/a.yaml"]
    assert [line.split()[0] for line in cli("detect", "legacy", "--no-config").out.splitlines()] == ["a.yaml"]


def test_nothing(cli: Cli, project: Project) -> None:
    result = cli("detect")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("no input: ")
    assert cli("detect", "--allow-empty").code == 0
    assert cli("detect", "nowhere").code == 2
