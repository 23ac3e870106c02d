"""The same files, configuration and version give the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from integrationlint.report.reporters import REPORTERS
from tests.cli.project import API, BREAKING, GOOD, Cli, Project

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "orders"


def outputs(arguments: list[str], cwd: Path, out: Path, **variables: str) -> dict[str, bytes]:
    """What a process of its own writes, by format."""
    out.mkdir(exist_ok=True)
    formats = [f"--format={name}={out / name}" for name in REPORTERS]
    program = [sys.executable, "-m", "integrationlint", *arguments, *formats, "--today", "2030-01-31"]
    done = subprocess.run(program, cwd=cwd, env={**os.environ, **variables}, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {name: (out / name).read_bytes() for name in REPORTERS}


@pytest.fixture
def estate(project: Project) -> Project:
    """Several files with several findings."""
    project.write(".integrationlint.yaml", "extends: [strict]\n")
    for name in ("c.yaml", "a.yaml", "sub/b.yaml"):
        project.write(name, API)
    return project


def test_hash_seeds_time_zones_and_locales(estate: Project, tmp_path: Path) -> None:
    first = outputs(["lint"], estate.root, tmp_path / "out", PYTHONHASHSEED="0", TZ="UTC")
    assert all(b"oas/path-case" in text for text in first.values())
    again = outputs(["lint"], estate.root, tmp_path / "out", PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    assert again == first


def test_the_folder_one_is_in(cli: Cli, estate: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cli("lint", "--format", "json").out
    monkeypatch.chdir(estate.root / "sub")
    assert cli("lint", "..", "--format", "json").out == first
    monkeypatch.chdir("/")
    assert cli("lint", estate.root, "--format", "json").out == first


def test_the_order_of_paths(cli: Cli, estate: Project) -> None:
    paths = ["sub", "c.yaml", "a.yaml"]
    assert cli("lint", *paths).out == cli("lint", *reversed(paths)).out


def test_where_the_project_lies(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = []
    for name in ("one", "another"):
        project = Project(tmp_path / name)
        project.write(".integrationlint.yaml", "extends: [strict]\n")
        project.write("old/a.yaml", GOOD)
        project.write("new/a.yaml", BREAKING)
        monkeypatch.chdir(project.root)
        outputs.append((cli("lint", "--format", "json").out, cli("diff", "old", "new", "--format", "json").out))
    assert outputs[0] == outputs[1]


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="not in a checkout")
def test_a_comparison(tmp_path: Path) -> None:
    first = outputs(["diff", "good", "changed"], EXAMPLES, tmp_path / "out", PYTHONHASHSEED="0")
    assert all(b"customerId" in text for text in first.values())
    assert outputs(["diff", "good", "changed"], EXAMPLES, tmp_path / "out", PYTHONHASHSEED="7") == first
