"""What the README shows is what the program prints; what it names exists."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from integrationlint.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (integrationlint [^\n]*)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example estate in a repository: the good version, then the changed one, as `make demo` makes it."""
    folder = tmp_path_factory.mktemp("estate")
    for version in ("good", "changed"):
        shutil.copytree(ROOT / "examples" / "orders" / version, folder, dirs_exist_ok=True)
        if version == "good":
            _git(folder, "init", "--quiet", "--initial-branch=main", ".")
        _git(folder, "add", "--all")
        _git(folder, "commit", "--quiet", "--message", version)
    return folder


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Demo", "-c", "user.email=demo@example.com", "-c", "commit.gpgsign=false")
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    subprocess.run(["git", *who, *arguments], cwd=folder, env=environment, check=True)


def test_the_console_blocks_are_true(
    estate: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) >= 4
    monkeypatch.setenv("NO_COLOR", "1")

    def printed(found: re.Match[str]) -> str:
        command = found[1].split()[1:]
        monkeypatch.chdir(estate if command[0] == "diff" else ROOT / "examples" / "orders" / "good")
        run([*command, *(("--config", ".integrationlint.yaml") if command[0] == "lint" else ())])
        return f"```console\n$ {found[1]}\n{capsys.readouterr().out}```"

    expected = BLOCK.sub(printed, text)
    if request.config.getoption("--golden"):
        README.write_text(expected, encoding="utf-8")
    assert expected == text or request.config.getoption("--golden"), "write it anew with pytest --golden, and read it"


def test_what_it_links_to_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "docs/ARCHITECTURE.md"])
def test_the_modules_it_names_exist(page: str) -> None:
    rooms = r"model|config|source|parse|formats|checks|engine|diff|report|workspace|pipeline|cli"
    for name in re.findall(rf"`((?:{rooms})/[\w/]*(?:\.py)?)`", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / "integrationlint" / name).exists(), name
