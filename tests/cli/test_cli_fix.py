"""`lint --fix` writes what it should and where it may; `lint --diff` shows the same and writes nothing."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.project import Cli, Project

BAD = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  "/orders/{id}":
    parameters:
      - name: id # the key
        in: path
        schema: {type: string, enum: [a, b, a]}
    get:
      description: Reads an order
"""
FIXED = BAD.replace("in: path\n", "in: path\n        required: true\n").replace("[a, b, a]", "[a, b]")
RULES = "extends: []\nrules: {oas/path-params-required: error, schema/enum-unique: error, oas/path-case: error}\n"
DIFF = """\
--- a/a.yaml
+++ b/a.yaml
@@ -5,6 +5,7 @@
     parameters:
       - name: id # the key
         in: path
-        schema: {type: string, enum: [a, b, a]}
+        required: true
+        schema: {type: string, enum: [a, b]}
     get:
       description: Reads an order
"""


@pytest.fixture
def lint(cli: Cli, project: Project) -> Cli:
    """`lint` with short output, in a project with three rules."""
    project.write(".integrationlint.yaml", RULES)
    return lambda *arguments: cli("lint", *arguments)


def test_fixes_are_written_and_the_rest_is_reported(lint: Cli, project: Project) -> None:
    a = project.write("a.yaml", BAD.replace("/orders/", "/myOrders/"))
    a.chmod(0o640)
    result = lint("--fix", "--format", "concise")
    assert a.read_text() == FIXED.replace("/orders/", "/myOrders/")
    assert a.stat().st_mode & 0o777 == 0o640
    assert result.code == 1
    assert result.out.startswith("a.yaml:4:3: error oas/path-case ")
    assert len(result.out.splitlines()) == 1
    assert result.err == "fixed 2 findings in 1 file\n"
    again = lint("--fix", "--format", "concise")
    assert (again.out, again.err) == (result.out, "fixed 0 findings in 0 files\n")


def test_when_all_is_fixed_the_run_passes(lint: Cli, project: Project) -> None:
    a = project.write("a.yaml", BAD)
    result = lint("--fix", "-q")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert a.read_text() == FIXED


def test_a_diff_changes_nothing(lint: Cli, project: Project) -> None:
    a = project.write("a.yaml", BAD)
    result = lint("--diff")
    assert (result.code, result.out) == (1, DIFF)
    assert result.err.startswith("--fix would fix 2 findings in 1 file\n1 file, 1 document: 2 errors")
    assert a.read_text() == BAD
    assert lint("--diff", "--exit-zero").code == 0
    assert lint("--diff", "--fail-on", "never").code == 1
    (project.root / "d").write_text(result.out)
    subprocess.run(["git", "apply", "d"], cwd=project.root, check=True)
    assert a.read_text() == FIXED
    done = lint("--diff")
    assert (done.code, done.out) == (0, "")


def test_a_diff_counts_findings_that_no_fix_helps(lint: Cli, project: Project) -> None:
    project.write("a.yaml", FIXED.replace("/orders/", "/myOrders/"))
    assert (lint("--diff").code, lint("--diff").out) == (1, "")
    assert lint("--diff", "--fail-on", "never").code == 0


def test_a_diff_of_standard_input(lint: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("b.yaml", BAD)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert lint("-", "--stdin-filename", "a.yaml", "--diff").out == DIFF
    assert not (project.root / "a.yaml").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fix", "--diff"], "--fix and --diff cannot be combined"),
        (["--fix", "--rev", "HEAD"], "--fix and --rev cannot be combined"),
        (["--fix", "--staged"], "--fix and --staged cannot be combined"),
        (["--fix", "-"], "--fix and - (standard input) cannot be combined"),
        (["--diff", "--format", "json"], "--diff goes to stdout: give the format a file, as in --format json=FILE"),
    ],
)
def test_what_cannot_be_combined(lint: Cli, project: Project, options: list[str], said: str) -> None:
    project.write("a.yaml", BAD)
    result = lint(*options)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_only_what_is_reported_on_is_fixed(lint: Cli, project: Project) -> None:
    a, b = project.write("a.yaml", BAD), project.write("b.yaml", BAD)
    assert lint("--fix", "a.yaml").code == 0
    assert (a.read_text(), b.read_text()) == (FIXED, BAD)


def test_known_and_suppressed_findings_are_left_alone(lint: Cli, cli: Cli, project: Project) -> None:
    a = project.write("a.yaml", BAD)
    cli("baseline", "create")
    assert lint("--fix").code == 0
    assert a.read_text() == BAD


def test_links_are_left_alone(lint: Cli, project: Project) -> None:
    target = project.write("kept/a.yml", BAD)
    (project.root / "b.yaml").symlink_to("kept/a.yml")
    result = lint("--fix", "b.yaml", "--format", "concise")
    assert result.code == 1
    assert target.read_text() == BAD
    assert (project.root / "b.yaml").is_symlink()
    assert "b.yaml: not fixed, for a symbolic link leads to the file: " in result.err


def test_a_file_that_changes_meanwhile_is_left_alone(
    lint: Cli, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    import integrationlint.cli.fix as module

    a = project.write("a.yaml", BAD)
    original = module.write

    def later(*arguments: object) -> None:
        a.write_text("new\n")
        original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write", later)
    result = lint("--fix")
    assert result.code == 2
    assert "a.yaml: has changed while it was fixed" in result.err
    assert a.read_text() == "new\n"


def test_text_of_a_file_does_nothing_to_a_terminal(lint: Cli, project: Project) -> None:
    project.write("a.yaml", BAD.replace("Reads an order", "Reads \u202e an\u2028order").replace("# the key", "#\t\x85"))
    out = lint("--diff").out
    assert r"Reads \u202e an\u2028order" in out
    assert "#\t\\x85" in out


def test_tools_are_told_what_can_be_fixed(lint: Cli, project: Project) -> None:
    project.write("a.yaml", BAD.replace("/orders/", "/myOrders/"))
    found = json.loads(lint("--format", "json").out)["findings"]
    assert {one["rule"]: one.get("fixable") for one in found} == {
        "oas/path-case": None,
        "oas/path-params-required": True,
        "schema/enum-unique": True,
    }
    results = json.loads(lint("--format", "sarif").out)["runs"][0]["results"]
    fixes = {one["ruleId"]: one["fixes"] for one in results if "fixes" in one}
    assert fixes["schema/enum-unique"] == [
        {
            "description": {"text": "Remove the value, or write what was meant."},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a.yaml"},
                    "replacements": [
                        {"deletedRegion": {"startLine": 8, "startColumn": 43, "endLine": 8, "endColumn": 46}}
                    ],
                }
            ],
        }
    ]
    (change,) = fixes["oas/path-params-required"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "\n        required: true"}


def test_fixes_cost_nothing_where_nobody_asks_for_them(project: Project) -> None:
    project.write("a.yaml", BAD)
    program = [sys.executable, "-X", "importtime", "-m", "integrationlint", "lint", "--no-config", "--exit-zero"]
    done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert "integrationlint.parse.edits" not in done.stderr
    assert "integrationlint.pipeline.fix" not in done.stderr
