import os
import subprocess
import sys
from pathlib import Path

import pytest

from integrationlint import __version__
from integrationlint.cli import main
from integrationlint.cli.main import COMMANDS, run
from integrationlint.model.errors import ConfigError
from tests.cli.project import Cli, Project


def test_version(cli: Cli) -> None:
    result = cli("--version")
    assert (result.code, result.out) == (0, f"integrationlint {__version__}\n")


def test_no_command_prints_the_help_and_is_a_misuse(cli: Cli) -> None:
    result = cli()
    assert result.code == 2
    assert all(f"  {name} " in result.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(cli: Cli, command: str) -> None:
    result = cli(command, "-h")
    assert (result.code, result.err) == (0, "")
    assert f"integrationlint {command}" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lnt"], "No such command 'lnt'. Did you mean 'lint'?"),
        (["lint", "--formt", "json"], "No such option: --formt (did you mean --format?)"),
        (["lint", "--color", "blue"], "'blue' is not one of 'auto', 'always', 'never'"),
        (["lint", "--rev"], "--rev"),
        (["rules", "lst"], "No such command 'lst'. Did you mean 'list'?"),
        (["rules", "new"], "ID"),
    ],
)
def test_a_misused_command_line_is_one_line(cli: Cli, arguments: list[str], said: str) -> None:
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1
    assert said in result.err


def test_an_unexpected_error_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "_register", lambda *_: 1 / 0)
    result = cli("lint")
    assert result.code == 2
    said = "internal error: ZeroDivisionError: division by zero - please report this; -v shows where it happened\n"
    assert result.err == said


def test_its_traceback_is_shown_on_demand_and_never_at_the_start_of_a_line(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("::error::\x1b[31m\nno")

    monkeypatch.setattr(main, "_register", broken)
    result = cli("lint", "-v")
    assert result.code == 2
    assert "Traceback" in result.err
    assert "\x1b" not in result.err
    assert all(line.startswith(("internal error: ", "  ")) for line in result.err.splitlines())


def test_an_interrupt_is_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_register", interrupted)
    assert cli("lint").code == 130


def test_an_interrupt_inside_a_command_is_130(cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("integrationlint.cli.lint.run", interrupted)
    assert cli("lint").code == 130


def test_every_error_of_a_configuration_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        error = ConfigError("one")
        error.add_note("two")
        raise error

    monkeypatch.setattr(main, "_register", wrong)
    assert cli("lint").err == "error: one\nerror: two\n"


def test_a_reader_that_goes_away_is_no_error(project: Project) -> None:
    project.write("a.yaml")
    program = [sys.executable, "-m", "integrationlint", "lint", "--format", "json"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(program, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(project: Project) -> None:
    project.write("a.yaml")
    with Path("/dev/full").open("wb") as full:
        program = [sys.executable, "-m", "integrationlint", "lint"]
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"error: standard output cannot be written (No space left on device)\n"


def test_the_exit_code_is_that_of_the_process(project: Project) -> None:
    program = [sys.executable, "-m", "integrationlint", "lint", "nowhere.yaml"]
    done = subprocess.run(program, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error: nowhere.yaml: no such file or folder\n"


def test_run_takes_any_sequence(project: Project) -> None:
    assert run(("config", "validate", "-q")) == 0
