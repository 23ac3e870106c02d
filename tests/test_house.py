"""The laws of the house, as docs/ARCHITECTURE.md states them."""

import ast
import importlib
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrationlint.catalog import with_examples
from integrationlint.checks.checks import MODULES, find_check, names
from integrationlint.formats.formats import FORMATS, load_format
from integrationlint.model.vocabulary import KIND_GROUPS, KINDS
from integrationlint.report.reporters import REPORTERS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "integrationlint"
MODULE_FILES = sorted(PACKAGE.rglob("*.py"))
BANNED = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"}

# One door per third-party package: who may import it.
DOORS = {
    "typer": ("cli/",),
    "rich": ("report/text", "cli/"),
    "yaml": ("parse/yaml", "config", "resources"),
    "openapi_spec_validator": ("dialects/metaschemas",),
    "jsonschema": ("dialects/json_schema",),
    "jsonschema_rs": ("dialects/json_schema", "checks/schemas"),
    "xmlschema": ("dialects/xml_schema",),
    "lxml": ("dialects/xml_schema", "checks/xml_validity"),
    "git": ("source/revision",),
    "jinja2": ("resources",),
    "markupsafe": ("resources",),
    "graphql": ("parse/",),
    "sqlglot": ("parse/",),
    "gherkin": ("parse/",),
    "python_calamine": ("parse/table",),
    "xlsxwriter": ("report/xlsx",),
    "regex": ("dialects/matching",),
    "pathspec": ("source/worktree",),
    "platformdirs": ("resources",),
}


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring not counted."""
    end = function.end_lineno or function.lineno
    first = function.body[0]
    text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if text else 0
    return end - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", MODULE_FILES, ids=_name)
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 300
    assert path.stem not in BANNED
    docstring = ast.get_docstring(tree)
    assert docstring, "no docstring"
    long = [f"{one.name}: {_length(one)}" for one in _functions(tree) if _length(one) > 60]
    assert not long
    if path.name == "__init__.py" and path.parent != PACKAGE:
        assert len(tree.body) == 1, "an __init__ holds its docstring alone"


def test_modules_and_functions_are_small_on_the_whole() -> None:
    texts = [path.read_text(encoding="utf-8") for path in MODULE_FILES if path.name != "__init__.py"]
    lengths = [_length(one) for text in texts for one in _functions(ast.parse(text))]
    assert statistics.median(len(text.splitlines()) for text in texts) <= 150
    assert statistics.median(lengths) <= 10


@pytest.mark.parametrize("path", MODULE_FILES, ids=_name)
def test_each_package_has_one_door(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            doors = DOORS.get(module.partition(".")[0])
            assert doors is None or _name(path).startswith(doors), f"{module} is imported in {_name(path)}"


@pytest.mark.parametrize("path", MODULE_FILES, ids=_name)
def test_nothing_runs_text_as_code(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "compile", "__import__"), f"line {node.lineno}"
        if isinstance(node, ast.Import):
            assert not {one.name for one in node.names} & {"pickle", "marshal", "shelve", "socket", "urllib.request"}


def test_every_dependency_has_a_door() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[<>=~!;\[ ]", one)[0].lower() for one in project["dependencies"]}
    modules = {"pyyaml": "yaml", "gitpython": "git", "openapi-spec-validator": "openapi_spec_validator"}
    assert {modules.get(one, one.replace("-", "_")) for one in named} <= set(DOORS)


def test_import_contracts_hold() -> None:
    assert _contracts(ROOT).returncode == 0


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("checks/naming.py", "import integrationlint.report.view", "neighbours do not know each other"),
        ("model/rule.py", "import integrationlint.config.load", "neighbours do not know each other"),
        ("helpers_of_ours.py", "'''A room without a place.'''", "neighbours do not know each other"),
        ("model/location.py", "import yaml", "The model stands on the standard library"),
        ("engine/bind.py", "import integrationlint.engine.run", "No cycles anywhere"),
    ],
)
def test_a_violation_of_an_import_contract_fails(tmp_path: Path, file: str, line: str, broken: str) -> None:
    shutil.copytree(PACKAGE, tmp_path / "integrationlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    if broken == "No cycles anywhere":
        (tmp_path / "integrationlint/engine/bind.py").write_text('"""Broken."""\nimport integrationlint.diff.sets\n')
        (tmp_path / "integrationlint/diff/sets.py").write_text('"""Broken."""\nimport integrationlint.engine.bind\n')
    else:
        with (tmp_path / "integrationlint" / file).open("a", encoding="utf-8") as stream:
            stream.write(f"\n{line}\n")
    result = _contracts(tmp_path)
    assert result.returncode != 0
    assert broken in result.stdout
    assert "BROKEN" in result.stdout


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    command = [sys.executable, "-c", code.replace("lint_imports()", "lint_imports(no_cache=True)")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_check_is_used_by_a_rule() -> None:
    used = {rule.check for rule in with_examples().rules}
    offered = {f"{topic}.{name}" for topic in MODULES for name in names(topic)}
    assert offered == used
    for name in used:
        assert (find_check(name).__doc__ or "").strip(), f"{name} has no docstring"


def test_every_module_of_checks_is_listed() -> None:
    present = {path.stem for path in (PACKAGE / "checks").glob("*.py")} - {"__init__", "checks"}
    assert set(MODULES) <= present


def test_a_rule_is_named_by_its_path_and_its_check_takes_its_options() -> None:
    for rule in with_examples().rules:
        assert (ROOT / "rules" / f"{rule.id}.yaml").is_file()
        assert rule.title[0].isupper()
        assert not rule.title.endswith(".")
        assert rule.why.endswith(".")
        assert rule.fix.endswith(".")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_its_names_and_is_documented(name: str) -> None:
    module = load_format(name)
    assert module.NAME
    assert set(FORMATS[name]) == set(module.SYNTAXES)
    assert callable(module.recognise)
    assert callable(module.build)


@pytest.mark.parametrize("name", REPORTERS)
def test_every_reporter_has_golden_files(name: str) -> None:
    for command in ("lint", "diff"):
        assert (ROOT / f"tests/data/reports/{name}-{command}.golden").is_file()


def test_kind_groups_hold_kinds() -> None:
    for kinds in KIND_GROUPS.values():
        assert set(kinds) <= set(KINDS)


def test_every_module_imports_alone() -> None:
    for path in MODULE_FILES:
        dotted = str(path.relative_to(ROOT).with_suffix("")).replace("/", ".").removesuffix(".__init__")
        if not dotted.endswith("__main__"):
            importlib.import_module(dotted)


def test_no_path_of_a_machine_and_no_lock_file_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    assert not [one for one in listed if one.endswith((".lock", "package-lock.json", "yarn.lock"))]
    for one in listed:
        if one.endswith((".py", ".md", ".yaml", ".yml", ".toml", ".txt", "Makefile")) and (ROOT / one).is_file():
            text = (ROOT / one).read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"/(?:home|root)/\w+/|/work/\w+", text), one
