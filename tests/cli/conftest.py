"""The command line in this process, in a folder of its own, deaf to the machine it runs on."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from integrationlint.cli.main import run

# A document with one finding of oas/path-case, whatever other rules there are.
API = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /purchaseOrders:
    get:
      operationId: listOrders
      responses:
        "200":
          description: The orders
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Order"}
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string}
        note: {type: string}
"""
GOOD = API.replace("/purchaseOrders", "/purchase-orders")
# Only these rules, so that a new built-in rule changes no test.
CONFIG = "extends: []\nrules: {oas/path-case: warning, any/parseable: error}\n"
BREAKING = GOOD.replace("      required: [id]\n", "").replace("        id: {type: string}\n", "")


@dataclass(frozen=True)
class Result:
    """What a command line came to."""

    code: int
    out: str
    err: str


Cli = Callable[..., Result]


@dataclass(frozen=True)
class Project:
    """A folder, perhaps with a repository in it."""

    root: Path

    def write(self, path: str, text: str | bytes = API) -> Path:
        """A file, with the folders above it."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def git(self, *arguments: str) -> str:
        """The output of a git command."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, **files: str) -> str:
        """Write and commit everything; keywords are names without `.yaml`. The object id."""
        for name, text in files.items():
            self.write(f"{name}.yaml", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")


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
