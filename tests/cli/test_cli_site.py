from pathlib import Path

import pytest

from integrationlint.cli.site import Site, locate
from integrationlint.model.errors import InputError, UsageError
from tests.cli.project import Project


def test_the_root_is_the_folder_of_the_configuration(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("api/a.yaml")
    monkeypatch.chdir(project.root / "api")
    found = locate(["a.yaml"])
    assert found == Site(str(project.root), project.root / ".integrationlint.yaml", ("api/a.yaml",))
    assert locate([]).given == ("api",)


def test_else_the_top_of_the_repository(repository: Project) -> None:
    (repository.root / ".integrationlint.yaml").unlink()
    repository.write("api/a.yaml")
    assert locate(["api"]) == Site(str(repository.root), None, ("api",))


def test_else_what_the_paths_have_in_common(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("one/a.yaml")
    project.write("two/b.yaml")
    found = locate([str(tmp_path / "one/a.yaml"), str(tmp_path / "two")])
    assert found == Site(str(tmp_path), None, ("one/a.yaml", "two"), loose=True)
    assert locate([str(tmp_path / "one/a.yaml")]).root == str(tmp_path / "one")


def test_a_configuration_that_is_named_lends_its_content_only(project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path).write("company.yaml", "extends: [strict]\n")
    project.write("api/a.yaml")
    assert locate(["api"], str(other)) == Site(str(project.root / "api"), other, loose=True)
    own = project.root / ".integrationlint.yaml"
    assert locate(["api"], str(own)) == Site(str(project.root), own, ("api",))


def test_without_configuration(project: Project) -> None:
    assert locate([], no_config=True) == Site(str(project.root), None, loose=True)


def test_what_does_not_exist(project: Project) -> None:
    with pytest.raises(InputError, match=r"^no\.yaml: no such file or folder$"):
        locate(["no.yaml"])
    with pytest.raises(InputError):
        locate(["a\0b"])
    assert locate(["sub/no.yaml"], on_disk=False).given == ("sub/no.yaml",)


def test_what_lies_outside(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not below"):
        locate([".", str(tmp_path)])


def test_links(project: Project, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project.root)
    target = project.write("api/a.yaml")
    (project.root / "linked.yaml").symlink_to(target)
    assert locate([str(tmp_path / "link")]).root == str(project.root)
    assert locate(["linked.yaml"]).given == ("linked.yaml",)


@pytest.mark.parametrize(
    ("given", "covered", "others"),
    [
        (("",), ["a.yaml", "b/c.yaml"], []),
        (("b",), ["b/c.yaml", "b"], ["a.yaml", "bc/d.yaml"]),
        (("a.yaml",), ["a.yaml"], ["a.yaml.json", "b/a.yaml"]),
    ],
)
def test_what_is_covered(given: tuple[str, ...], covered: list[str], others: list[str]) -> None:
    covers = Site("/", given=given).covers()
    assert all(map(covers, covered))
    assert not any(map(covers, others))
