"""A real Git repository in a temporary folder, deaf to the configuration of the machine."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "a", "EMAIL": "a@example.org", "DATE": "2001-01-01T00:00:00Z"}.items()
}


@pytest.fixture(autouse=True)
def deaf_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git without the user's configuration, for the tests and for what they test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **IDENTITY}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """`git(*arguments, data=b"", cwd=...)`: the output of a git command, by default in the repository."""

    def run(*arguments: str, data: bytes = b"", cwd: Path = tmp_path / "repository") -> str:
        done = subprocess.run(["git", *arguments], cwd=cwd, input=data, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    return run


@pytest.fixture
def repository(tmp_path: Path, git: Callable[..., str]) -> Path:
    """The folder of a new repository with the branch main."""
    found = tmp_path / "repository"
    found.mkdir()
    git("-c", "init.defaultBranch=main", "init", "--quiet")
    return found


@pytest.fixture
def write(repository: Path) -> Callable[..., Path]:
    """`write(path, text)`: a file in the repository, with the folders above it."""

    def put(path: str, text: str = "a: 1\n") -> Path:
        place = repository / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        return place

    return put


@pytest.fixture
def commit(git: Callable[..., str], write: Callable[..., Path]) -> Callable[..., str]:
    """`commit({path: text})`: writes, then commits all that is there; the object id."""

    def put(files: dict[str, str] | None = None) -> str:
        for path, text in (files or {}).items():
            write(path, text)
        git("add", "--all", "--force")
        git("commit", "--quiet", "--allow-empty", "--message=x")
        return git("rev-parse", "HEAD")

    return put
