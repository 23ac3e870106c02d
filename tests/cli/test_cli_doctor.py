import subprocess
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from integrationlint import __version__
from tests.cli.project import Cli


def rows(text: str) -> dict[str, list[str]]:
    """The lines by the name of what was looked at: the mark and the first word of the value."""
    return {words[1]: [words[0], words[2]] for words in (line.split() for line in text.splitlines())}


def test_a_sound_installation(cli: Cli, cache: Path) -> None:
    result = cli("doctor")
    found = rows(result.out)
    assert (result.code, result.err) == (0, "")
    assert found["integrationlint"] == ["ok", __version__]
    assert found["cache"] == ["ok", str(cache)]
    assert {"python", "git", "encoding", "typer", "pyyaml", "lxml", "expat", "libyaml", "rules"} <= found.keys()
    assert "limit file-size         20000000" in result.out


def test_quiet_names_only_what_is_worth_it(cli: Cli) -> None:
    assert all(line.startswith(("note", "wrong")) for line in cli("doctor", "-q").out.splitlines())


def test_a_missing_package(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "lxml":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr("integrationlint.cli.doctor.version", version)
    result = cli("doctor")
    assert result.code == 2
    assert "pip install 'lxml" in result.out


def test_without_git(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrationlint.cli.doctor.which", lambda _name: None)
    result = cli("doctor", "-q")
    assert result.code == 0
    assert "note" in result.out
    assert "not found" in result.out


def test_with_a_git_that_does_not_answer(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 10)

    monkeypatch.setattr("integrationlint.cli.doctor.subprocess.run", broken)
    assert "does not answer" in cli("doctor").out


def test_a_cache_that_cannot_be_written(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("INTEGRATIONLINT_CACHE_DIR", str(file / "cache"))
    result = cli("doctor")
    assert result.code == 0
    assert "every run starts from the beginning" in result.out


def test_without_having_been_installed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("integrationlint.cli.doctor.requires", requires)
    assert rows(cli("doctor").out)["packages"] == ["note", "unknown"]
