"""The command line in this process, in a folder of its own, deaf to the machine it runs on."""

import os
import sys
from pathlib import Path

import pytest

# So that `tests.cli.project` is found whether or not the checkout is installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from integrationlint.cli.main import run
from tests.cli.project import CONFIG, Cli, Project, Result


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def quiet_machine(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    for name in os.environ:
        if name.startswith(("GIT_", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR", "CLICOLOR")):
            monkeypatch.delenv(name)
    for name, value in {
        "INTEGRATIONLINT_CACHE_DIR": str(cache),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """`cli("lint", "x.yaml")`: exit code, stdout and stderr."""

    def called(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = run([str(one) for one in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return called


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A folder with a configuration, entered."""
    found = Project(tmp_path / "project")
    found.write(".integrationlint.yaml", CONFIG)
    monkeypatch.chdir(found.root)
    return found


@pytest.fixture
def repository(project: Project) -> Project:
    """The folder as a repository with the branch main and no commit."""
    project.git("-c", "init.defaultBranch=main", "init", "--quiet")
    return project
