import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrationlint.model.rule import Problem
from tests.cli.project import API, CONFIG, GOOD, Cli, Project

FILE = ".integrationlint-baseline.json"
TWO = API.replace("components:", "  /newThings: {}\ncomponents:")


def known(project: Project, name: str = FILE) -> list[str]:
    """The addresses of a baseline."""
    return [one["address"] for one in json.loads((project.root / name).read_text())["findings"]]


def test_create(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    project.write("b.yaml")
    result = cli("baseline", "create")
    assert (result.code, result.out, result.err) == (0, "", f"wrote {FILE}: 2 known\n")
    assert known(project) == ["a.yaml#path:/purchaseOrders", "b.yaml#path:/purchaseOrders"]
    assert cli("lint", "--fail-on", "info").code == 0


def test_create_covers_the_whole_root(cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("a.yaml")
    project.write("api/b.yaml")
    monkeypatch.chdir(project.root / "api")
    assert cli("baseline", "create").code == 0
    assert len(known(project)) == 2


def test_create_replaces_nothing_unasked(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    cli("baseline", "create")
    project.write("a.yaml", GOOD)
    result = cli("baseline", "create")
    assert result.code == 2
    assert "'baseline update' brings it up to date" in result.err
    assert len(known(project)) == 1
    assert cli("baseline", "create", "--force").code == 0
    assert known(project) == []


def test_create_leaves_suppressed_findings_out(cli: Cli, project: Project) -> None:
    exception = "{rule: oas/path-case, at: a.yaml, reason: agreed, expires: 2030-01-31}"
    project.write(".integrationlint.yaml", CONFIG + f"suppressions: [{exception}]\n")
    project.write("a.yaml")
    cli("baseline", "create", "--today", "2030-01-31")
    assert known(project) == []
    cli("baseline", "update", "--today", "2030-02-01")
    assert len(known(project)) == 1


def test_update_takes_what_is_new_and_forgets_what_is_gone(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    cli("baseline", "create")
    project.write("a.yaml", TWO.replace("/purchaseOrders", "/purchase-orders"))
    assert cli("baseline", "update").err == f"wrote {FILE}: 1 known, 1 forgotten\n"
    assert known(project) == ["a.yaml#path:/newThings"]


def test_prune_only_forgets(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    cli("baseline", "create")
    project.write("a.yaml", TWO)
    assert cli("baseline", "prune").err == f"{FILE}: 0 forgotten, 1 known\n"
    assert known(project) == ["a.yaml#path:/purchaseOrders"]
    project.write("a.yaml", GOOD)
    assert cli("baseline", "prune").err == f"{FILE}: 1 forgotten, 0 known\n"
    assert known(project) == []


def test_show(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    cli("baseline", "create")
    result = cli("baseline", "show")
    assert result.code == 0
    assert result.out.startswith("oas/path-case  a.yaml#path:/purchaseOrders  ")
    assert result.err == f"{FILE}: 1 known\n"


@pytest.mark.parametrize("command", ["update", "prune", "show"])
def test_there_must_be_one(cli: Cli, project: Project, command: str) -> None:
    project.write("a.yaml")
    result = cli("baseline", command)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: there is no baseline {FILE}: 'integrationlint baseline create' makes one\n"


def test_its_place_may_be_configured_or_said(
    cli: Cli, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(".integrationlint.yaml", CONFIG + "baseline: known/all.json\n")
    (project.root / "known").mkdir()
    project.write("api/a.yaml")
    assert cli("baseline", "create").code == 0
    assert len(known(project, "known/all.json")) == 1
    monkeypatch.chdir(project.root / "api")
    assert cli("baseline", "create", "--baseline", "own.json").code == 0
    assert len(known(project, "api/own.json")) == 1
    assert cli("baseline", "create", "--baseline", str(tmp_path / "own.json")).code == 0
    assert (tmp_path / "own.json").is_file()


def test_nothing_is_written_when_part_of_the_work_failed(
    cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_element: object, *, style: str = "", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
        raise ZeroDivisionError
        yield Problem()

    project.write("a.yaml")
    cli("baseline", "create")
    before = (project.root / FILE).read_bytes()
    broken.__module__ = "integrationlint.checks.naming"
    monkeypatch.setattr("integrationlint.checks.naming.path_case", broken)
    project.write(".integrationlint.yaml", "extends: []\nrules: {oas/path-case: warning}\n")
    for command in ("update", "prune"):
        result = cli("baseline", command)
        assert result.code == 2
        assert "nothing was written" in result.err
    assert (project.root / FILE).read_bytes() == before


def test_a_link_is_not_written_through(cli: Cli, project: Project, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    (project.root / FILE).symlink_to(target)
    project.write("a.yaml")
    assert cli("baseline", "create", "--force").code == 2
    assert target.read_text() == "mine"
