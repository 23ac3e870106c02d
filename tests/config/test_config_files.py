"""The closest configuration is found, and nothing outside the repository is opened."""

import os
from pathlib import Path

import pytest

from integrationlint.config.files import find, load_file, reader, top_level
from integrationlint.config.load import load
from integrationlint.model.errors import ConfigError
from integrationlint.model.rule import Severity

TABLE = "[tool.integrationlint]\nselect = 'oas'\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "services" / "orders").mkdir(parents=True)
    (tmp_path / ".integrationlint.yaml").write_text("select: outside")
    return tmp_path / "repo"


def test_the_closest_file_wins_and_the_search_ends_at_the_top_of_the_repository(tree: Path) -> None:
    deep = tree / "services" / "orders"
    assert find(deep) is None
    (tree / "pyproject.toml").write_text("[project]\nname = 'integrationlint'\n")
    assert find(deep) is None
    (tree / "pyproject.toml").write_text(TABLE)
    assert find(deep) == tree / "pyproject.toml"
    (tree / "integrationlint.yaml").write_text("")
    assert find(deep) == tree / "integrationlint.yaml"
    (tree / ".integrationlint.yaml").write_text("")
    assert find(deep) == tree / ".integrationlint.yaml"
    (tree / "services" / "pyproject.toml").write_text(TABLE)
    assert find(deep) == tree / "services" / "pyproject.toml"
    assert find(deep, stop=deep) is None
    assert find(tree) == tree / ".integrationlint.yaml"


def test_a_work_tree_whose_git_is_a_file_is_a_top_too(tree: Path) -> None:
    (tree / "services" / ".git").write_text("gitdir: elsewhere")
    assert top_level(tree / "services" / "orders") == tree / "services"
    (tree / "integrationlint.yaml").write_text("")
    assert find(tree / "services" / "orders") is None


def test_without_git_the_search_goes_up_to_the_stop(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "integrationlint.yaml").write_text("")
    assert find(below, stop=tmp_path) == tmp_path / "integrationlint.yaml"
    assert find(below, stop=tmp_path / "a") is None
    assert top_level(below) == below


def test_a_name_that_would_be_ignored_is_an_error(tree: Path) -> None:
    (tree / "integrationlint.yml").write_text("")
    with pytest.raises(ConfigError, match=r"is not read: rename it to integrationlint\.yaml"):
        find(tree)


def test_a_file_is_loaded_with_what_it_extends(tree: Path) -> None:
    (tree / "company").mkdir()
    (tree / "company" / "base.yaml").write_text("rules: {a/b: off}")
    (tree / "rules").mkdir()
    file = tree / "services" / "integrationlint.yaml"
    file.write_text("extends: [../company/base.yaml, ../rules]")
    found = load_file(file)
    assert found.rules["a/b"].severity is Severity.OFF
    assert found.rules["a/b"].origin is not None
    assert found.rules["a/b"].origin.path == "../company/base.yaml"
    assert found.extends == ("recommended", "../rules/")
    assert (found.root, found.file) == (str(file.parent), str(file))


def test_an_explicit_file_may_have_its_globs_elsewhere(tree: Path) -> None:
    (tree / "ci").mkdir()
    (tree / "ci" / "strict.yaml").write_text("extends: [./rules/]\nselct: a")
    with pytest.raises(ConfigError) as caught:
        load_file(tree / "ci" / "strict.yaml", tree)
    assert str(caught.value) == "ci/strict.yaml:2:1: unknown key 'selct' (did you mean 'select'?)"
    (tree / "ci" / "rules").mkdir()
    (tree / "ci" / "strict.yaml").write_text("extends: [./rules/]")
    found = load_file(tree / "ci" / "strict.yaml", tree)
    assert (found.root, found.extends) == (str(tree), ("./ci/rules/",))


@pytest.mark.parametrize("entry", ["../../secret.yaml", "../../", "./link.yaml", "./linked/secret.yaml", "./linked/"])
def test_nothing_outside_the_repository_is_extended(tree: Path, entry: str) -> None:
    secret = tree.parent / "secret.yaml"
    secret.write_text("rules: {a: off}")
    folder = tree / "services"
    (folder / "link.yaml").symlink_to(secret)
    (folder / "linked").symlink_to(tree.parent)
    file = folder / "integrationlint.yaml"
    file.write_text(f"extends: {entry}")
    with pytest.raises(ConfigError, match=r"^integrationlint\.yaml:1:10: '.*' lies outside the repository"):
        load_file(file)


def test_a_configuration_that_is_a_link_to_the_outside_is_refused(tree: Path) -> None:
    (tree / ".integrationlint.yaml").symlink_to(tree.parent / ".integrationlint.yaml")
    with pytest.raises(ConfigError, match="lies outside the repository"):
        load_file(tree / ".integrationlint.yaml")


def test_what_is_no_file_is_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe.yaml")
    (tree / "loop.yaml").symlink_to(tree / "loop.yaml")
    for name in ("pipe.yaml", "loop.yaml", "missing.yaml", "x" * 300 + ".yaml"):
        (tree / ".integrationlint.yaml").write_text(f"extends: ./{name}")
        with pytest.raises(ConfigError):
            load_file(tree / ".integrationlint.yaml")
    with pytest.raises(ConfigError, match=r"services:1:1: there is no such configuration file"):
        load_file(tree / "services")


def test_a_reader_tells_files_from_folders(tree: Path) -> None:
    (tree / "a.yaml").write_bytes(b"x")
    read = reader(tree / "services", tree)
    assert read("../a.yaml") == b"x"
    assert read("..") is None
    with pytest.raises(PermissionError):
        read("../..")
    with pytest.raises(FileNotFoundError):
        read("a.yaml")


def test_only_what_is_extended_is_read() -> None:
    read: list[str] = []

    def reading(path: str) -> bytes | None:
        read.append(path)
        return b"rules: {a: off}"

    load(b"extends: [recommended, ./x.yaml]\nbaseline: other.json\nexclude: ./y.yaml", "integrationlint.yaml", reading)
    assert read == ["x.yaml"]
