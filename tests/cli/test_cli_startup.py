"""Every process is new, so what a command imports is paid each time."""

import subprocess
import sys

import pytest

from tests.cli.project import API, Project

HEAVY = frozenset(
    "git jinja2 jsonschema jsonschema_rs xmlschema openapi_spec_validator rich lxml graphql platformdirs regex"
    " concurrent.futures multiprocessing asyncio pydantic markupsafe importlib.metadata".split()
)


def imported(*arguments: str) -> set[str]:
    """The modules that a command line imports."""
    program = [sys.executable, "-X", "importtime", "-m", "integrationlint", *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("format", ["text", "concise", "json", "sarif", "markdown"])
def test_lint_of_a_small_contract_imports_what_that_needs(project: Project, format: str) -> None:
    project.write("a.yaml", API)
    found = imported("lint", "a.yaml", "--select", "oas/path-case", "--format", format)
    assert not found & HEAVY
    others = {name.rpartition(".")[2] for name in found if name.startswith("integrationlint.cli.")}
    assert not others & {"diff", "detect", "explain", "rules", "baseline", "init", "config", "doctor", "suppressions"}
    assert not any(name.startswith("integrationlint.diff") for name in found)
    assert not any(name.startswith("integrationlint.source.revision") for name in found)


def test_json_needs_no_yaml(project: Project) -> None:
    (project.root / ".integrationlint.yaml").unlink()
    project.write("a.json", '{"openapi": "3.1.0", "paths": {}}')
    assert "yaml" not in imported("lint", "a.json", "--select", "oas/path-case")


def test_the_version_needs_next_to_nothing() -> None:
    found = imported("--version")
    assert not any(name.startswith(("integrationlint.pipeline", "integrationlint.workspace")) for name in found)
