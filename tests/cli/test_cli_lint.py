import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrationlint.model.rule import Problem
from tests.cli.project import API, CONFIG, GOOD, Cli, Project

WARNING = "a.yaml:4:3: warning oas/path-case path segment 'purchaseOrders' is not in kebab case\n"


@pytest.fixture
def lint(cli: Cli) -> Cli:
    """`lint` with short output."""
    return lambda *arguments: cli("lint", "--format", "concise", *arguments)


# exit codes


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GOOD, [], 0),
        (API, [], 0),
        (API, ["--fail-on", "warning"], 1),
        (API, ["--fail-on", "info"], 1),
        (API, ["--fail-on", "warning", "--exit-zero"], 0),
        ("openapi: [", [], 1),
        ("openapi: [", ["--fail-on", "never"], 0),
        ("openapi: [", ["--exit-zero"], 0),
    ],
)
def test_exit_codes(lint: Cli, project: Project, text: str, options: list[str], code: int) -> None:
    project.write("a.yaml", text)
    assert lint(*options).code == code


def test_nothing_to_look_at(lint: Cli, project: Project) -> None:
    project.write("README.md", "# read me")
    result = lint()
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith(f"no input: nothing to lint in {project.root}; looked for files that end in .yaml, ")
    assert lint("--allow-empty").code == 0


def test_an_empty_folder(lint: Cli, project: Project) -> None:
    (project.root / "empty").mkdir()
    project.write("a.yaml")
    assert lint("empty").code == 3
    assert lint("empty", "--allow-empty").code == 0


def test_a_path_that_does_not_exist(lint: Cli, project: Project) -> None:
    result = lint("a.yaml")
    assert (result.code, result.out, result.err) == (2, "", "error: a.yaml: no such file or folder\n")
    assert lint("a.yaml", "--exit-zero", "--allow-empty").code == 2


def test_what_is_no_artifact_is_hinted_at(lint: Cli, project: Project) -> None:
    project.write("a.yaml", "a: 1\n")
    result = lint()
    assert (result.code, result.out) == (0, "")
    assert "no file was recognised" in result.err
    assert lint("-q").err == ""


# bad input


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.yaml", b"openapi: [3.1.0\n", "a.yaml:2:1: error any/parseable"),
        ("a.yaml", b"[" * 100_000, "nested deeper than the limit of 200 levels"),
        ("a.json", b"[" * 100_000, "nested deeper than the limit of 200 levels"),
        ("a.xml", b"<a>" * 100_000, "a.xml:1:"),
        (
            "a.yaml",
            b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)),
            "more than 2000000 values",
        ),
        (
            "a.xsd",
            b'<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]><s>&e;</s>',
            "the entity 'e' is declared here",
        ),
        ("a.yaml", bytes(range(256)), "this is a binary file, not text"),
        ("a.json", b'{"a": "\xff"}', "a.json:1:"),
        ("a.yaml", b"", ""),
    ],
    ids=["broken", "nested", "nested-json", "nested-xml", "aliases", "entity", "binary", "encoding", "nothing"],
)
def test_bad_input_is_a_finding_and_the_rest_goes_on(
    lint: Cli, project: Project, name: str, data: bytes, said: str
) -> None:
    project.write(name, data)
    project.write("good.yaml")
    result = lint()
    assert result.code == (1 if said else 0)
    assert said in result.out
    assert "good.yaml:4:3: warning oas/path-case" in result.out


def test_a_rule_that_fails_is_an_error_and_the_rest_goes_on(
    lint: Cli, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_element: object) -> Iterator[Problem]:
        raise ZeroDivisionError("none of that")
        yield Problem()

    broken.__module__ = "integrationlint.checks.naming"
    monkeypatch.setattr("integrationlint.checks.naming.broken", broken, raising=False)
    rule = "title: t\nwhy: w\nfix: f\neach: path\ncheck: naming.broken\nmessage: m\nseverity: error\nconcern: naming\n"
    project.write("own/acme/broken.yaml", rule)
    project.write(".integrationlint.yaml", "extends: [./own/]\nrules: {oas/path-case: warning}\n")
    project.write("a.yaml")
    result = lint("--exit-zero")
    assert result.code == 2
    assert WARNING in result.out
    assert "acme/broken" in result.out
    assert "ZeroDivisionError: none of that" in result.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: []\nrles: {}\n", ".integrationlint.yaml:2:1: unknown key 'rles' (did you mean 'rules'?)"),
        (
            "extends: []\nrules: {oas/path-cas: error}\n",
            "unknown rule 'oas/path-cas' (did you mean 'oas/path-case'?)",
        ),
        ("extends: []\nrules: {oas/path-case: eror}\n", ".integrationlint.yaml:2:24: "),
        (
            "extends: []\nrules: {oas/path-case: {with: {style: kebap}}}\n",
            "oas/path-case: option 'style' cannot be 'kebap' (did you mean 'kebab'?)",
        ),
        (
            "extends: []\nrules: {oas/path-case: {with: {styl: kebab}}}\n",
            "oas/path-case has no option 'styl' (did you mean 'style'?)",
        ),
        ("extends: [recomended]\n", "unknown preset 'recomended' (did you mean 'recommended'?)"),
        ("extends: [./nowhere/]\n", ".integrationlint.yaml:1:11: there is no file or folder './nowhere/' to extend"),
        ("extends: [\n", ".integrationlint.yaml:"),
        (
            "extends: [spectral:oass]\n",
            ".integrationlint.yaml:1:11: there is no ruleset 'spectral:oass' (did you mean 'spectral:oas'?)",
        ),
    ],
)
def test_a_wrong_configuration_is_told_with_its_place(lint: Cli, project: Project, text: str, said: str) -> None:
    project.write("a.yaml")
    project.write(".integrationlint.yaml", text)
    result = lint("--exit-zero")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: .integrationlint.yaml:")
    assert said in result.err


def test_all_mistakes_in_a_configuration_are_told_at_once(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "rles: {}\nselekt: []\n")
    assert lint().err.count("error: .integrationlint.yaml:") == 2


def test_a_misspelt_configuration_is_not_passed_over(lint: Cli, project: Project) -> None:
    (project.root / ".integrationlint.yaml").rename(project.root / ".integrationlint.yml")
    assert "rename it" in lint().err


# what is looked at


def test_paths_narrow_what_is_reported_and_not_what_is_read(lint: Cli, project: Project) -> None:
    project.write("api/a.yaml", API.replace("#/components/schemas/Order", "../types.yaml#/Order"))
    project.write("types.yaml", "Order: {type: object}\n")
    project.write("other.yaml")
    assert lint("api").out == f"api/{WARNING}"
    assert lint("api/a.yaml", "types.yaml").out == f"api/{WARNING}"


def test_the_folder_one_is_in_is_the_default(lint: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("api/a.yaml")
    project.write("other.yaml")
    monkeypatch.chdir(project.root / "api")
    assert lint().out == f"api/{WARNING}"


def test_loose_files_are_linted_alone(lint: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    monkeypatch.chdir(tmp_path)
    project.write("a.yaml", API.replace("#/components/schemas/Order", "b.yaml#/components/schemas/Order"))
    project.write("b.yaml")
    project.write("c.yaml", "broken: [")
    assert lint("a.yaml", "--select", "oas/path-case,schema/ref-resolves,any/parseable").out == WARNING


def test_several_loose_folders(lint: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("one/a.yaml", "two/a.yaml", "three/a.yaml"):
        project.write(name)
    assert lint("two", "one/a.yaml", "--select", "oas/path-case").out == f"one/{WARNING}two/{WARNING}"


def test_named_files_are_linted_even_when_they_are_excluded(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", CONFIG + "exclude: [legacy/**]\n")
    project.write("legacy/a.yaml")
    project.write("b.yaml", GOOD)
    assert lint().out == ""
    assert lint("legacy").code == 3
    assert lint("legacy/a.yaml").out == f"legacy/{WARNING}"
    assert lint("legacy/a.yaml", "--force-exclude").code == 3
    assert lint("legacy/a.yaml", "b.yaml", "--force-exclude").out == ""


def test_excluded_files_that_are_referred_to_are_read_and_not_reported_on(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", CONFIG + "exclude: [legacy/**]\n")
    project.write("legacy/a.yaml")
    project.write("b.yaml", GOOD.replace("#/components", "legacy/a.yaml#/components"))
    assert lint("--select", "oas/path-case,schema/ref-resolves").out == ""
    assert lint("legacy/a.yaml", "b.yaml", "--force-exclude").out == ""
    assert lint("legacy/a.yaml", "b.yaml").out == f"legacy/{WARNING}"


def test_excluded_files_of_the_index(lint: Cli, repository: Project) -> None:
    repository.write(".integrationlint.yaml", CONFIG + "exclude: [legacy/**]\n")
    repository.write("legacy/a.yaml")
    repository.commit(b=GOOD)
    for option in (["--staged"], ["--rev", "HEAD"]):
        assert lint(*option).out == ""
        assert lint(*option, "legacy/a.yaml").out == f"legacy/{WARNING}"
        assert lint(*option, "legacy/a.yaml", "--force-exclude").code == 3


def test_ignored_files(lint: Cli, repository: Project) -> None:
    repository.write(".gitignore", "generated/\n")
    repository.write("generated/a.yaml")
    assert lint().code == 3
    assert lint("generated/a.yaml").out == f"generated/{WARNING}"
    assert lint("generated/a.yaml", "--force-exclude").code == 3


def test_a_revision(lint: Cli, repository: Project) -> None:
    first = repository.commit(a=API)
    repository.commit(a=GOOD)
    assert lint().out == ""
    assert lint("--rev", first).out == WARNING
    assert lint("--rev", "HEAD~1", "a.yaml").out == WARNING
    (repository.root / "a.yaml").unlink()
    assert lint("--rev", "HEAD~1", "a.yaml").out == WARNING
    result = lint("--rev", "HEAD~1", "b.yaml")
    assert (result.code, result.err) == (2, "error: b.yaml: no such file or folder in HEAD~1\n")


def test_what_is_staged(lint: Cli, repository: Project) -> None:
    repository.commit(a=GOOD)
    repository.write("a.yaml")
    repository.git("add", "a.yaml")
    repository.write("a.yaml", GOOD)
    assert lint().out == ""
    assert lint("--staged").out == WARNING


def test_standard_input(lint: Cli, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def typed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    refers = API.replace("#/components/schemas/Order", "types.yaml#/Order")
    project.write("types.yaml", "Order: {type: object}\n")
    project.write("a.yaml", GOOD)
    typed(refers)
    assert lint("-", "--stdin-filename", "a.yaml").out == WARNING
    typed(refers)
    assert lint("-", "--stdin-filename", "new.yaml").out == WARNING.replace("a.yaml", "new.yaml")
    typed(API)
    assert lint("-").out == WARNING.replace("a.yaml", "stdin.yaml")
    typed("")
    assert lint("-").code == 0


def test_changed_files_only(lint: Cli, repository: Project) -> None:
    repository.commit(a=API, b=API)
    assert lint("--changed-since", "HEAD").code == 0
    repository.write("b.yaml", API + "# changed\n")
    repository.write("c.yaml")
    assert [line.partition(":")[0] for line in lint("--changed-since", "HEAD").out.splitlines()] == ["b.yaml", "c.yaml"]
    assert lint("--changed-since", "HEAD", "c.yaml").out == WARNING.replace("a.yaml", "c.yaml")


def test_new_findings_only(lint: Cli, cli: Cli, repository: Project) -> None:
    repository.commit(a=API)
    repository.write("a.yaml", "# moved down\n" + API.replace("components:", "  /newThings: {}\ncomponents:"))
    result = lint("--new-only", "HEAD", "--fail-on", "warning")
    assert result.out.count("\n") == 1
    assert "newThings" in result.out
    assert result.code == 1
    summary = json.loads(cli("lint", "--new-only", "HEAD", "--format", "json").out)["summary"]
    assert (summary["known"], summary["findings"]["warning"]) == (1, 1)


@pytest.mark.parametrize("option", ["--rev", "--changed-since", "--new-only", "--policy-from"])
def test_an_unknown_revision(lint: Cli, repository: Project, option: str) -> None:
    repository.commit(a=API)
    result = lint(option, "mian")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: unknown revision 'mian' (did you mean 'main'?)")


@pytest.mark.parametrize("option", ["--output=x", "-h", "a\nb"])
def test_what_cannot_be_a_revision(lint: Cli, repository: Project, option: str) -> None:
    repository.commit(a=API)
    assert "cannot be a revision" in lint(f"--rev={option}").err
    assert not (repository.root / "x").exists()


def test_a_folder_that_is_no_repository(lint: Cli, project: Project) -> None:
    project.write("a.yaml")
    for options in (["--rev", "HEAD"], ["--staged"], ["--changed-since", "HEAD"]):
        assert lint(*options).err == f"error: {project.root} is not in a Git repository\n"


def test_a_shallow_clone(lint: Cli, repository: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(a=API)
    repository.commit(a=GOOD)
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", "clone")
    monkeypatch.chdir(repository.root / "clone")
    result = lint("--rev", "HEAD~1")
    assert result.code == 2
    assert "fetch-depth: 0" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rev", "a", "--staged"], "--rev and --staged cannot be combined"),
        (["--rev", "a", "--changed-since", "b"], "--rev and --changed-since cannot be combined"),
        (["-", "--staged"], "--staged and - (standard input) cannot be combined"),
        (["-", "a.yaml"], "give no other path"),
        (["--stdin-filename", "a.yaml"], "give - as the path"),
    ],
)
def test_what_cannot_be_combined(lint: Cli, project: Project, arguments: list[str], said: str) -> None:
    result = lint(*arguments)
    assert result.code == 2
    assert said in result.err


# which rules


def test_selection(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: [strict]\n")
    project.write("a.yaml")
    assert lint("--select", "any/parseable").out == ""
    assert lint("--select", "any/parseable,oas/path-case").out == WARNING
    assert lint("--select", "any/parseable", "--select", "oas/path-case").out == WARNING
    assert lint("--select", "oas/path-cas").err == (
        "error: nothing is selected by 'oas/path-cas' (did you mean 'oas/path-case'?)\n"
    )


def test_no_configuration(lint: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "no: such: thing")
    project.write("a.yaml")
    assert lint().code == 2
    assert lint("--no-config", "--select", "oas/path-case").out == WARNING


def test_another_configuration(lint: Cli, project: Project) -> None:
    project.write("a.yaml")
    project.write("strict.yaml", "extends: []\nrules: {oas/path-case: error}\n")
    assert lint("--config", "strict.yaml").out == WARNING.replace("warning", "error")
    assert "there is no such configuration file" in lint("--config", "nowhere.yaml").err


def test_today(lint: Cli, project: Project) -> None:
    exception = "{rule: oas/path-case, at: a.yaml, reason: agreed, expires: 2030-01-31}"
    project.write(".integrationlint.yaml", CONFIG + f"suppressions: [{exception}]\n")
    project.write("a.yaml")
    assert lint("--today", "2030-01-31").out == ""
    assert lint("--today", "2030-02-01").out == WARNING
    assert "--today takes a date" in lint("--today", "tomorrow").err


# how it is told


def test_several_formats_from_one_run(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    (project.root / "out").mkdir()
    result = cli("lint", "--format", "json=out/a.json", "-f", "sarif=out/a.sarif", "-f", "concise")
    assert (result.out, result.err) == (WARNING, "")
    assert json.loads((project.root / "out/a.json").read_text())["findings"][0]["rule"] == "oas/path-case"
    assert json.loads((project.root / "out/a.sarif").read_text())["version"] == "2.1.0"
    assert sorted(one.name for one in (project.root / "out").iterdir()) == ["a.json", "a.sarif"]


def test_formats_in_files_leave_a_summary_on_stderr(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    result = cli("lint", "--format", "json=a.out")
    assert (result.out, result.err) == (
        "",
        "1 file, 1 document: 0 errors, 1 warning, 0 infos; 0 suppressed, 0 known; 0 not applicable\n",
    )
    assert cli("lint", "--format", "json=a.out", "-q").err == ""
    assert cli("lint", "--format", "json=a.out", "-v").err.count("wrote a.out (json)") == 1


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (["jsn"], "there is no format 'jsn' (did you mean 'json'?)"),
        (["json", "text"], "two formats go to stdout"),
        (["json=a", "text=a"], "two formats go to a"),
        (["json=no/a.json"], "no/a.json: cannot be written"),
    ],
)
def test_wrong_formats(cli: Cli, project: Project, formats: list[str], said: str) -> None:
    project.write("a.yaml")
    result = cli("lint", *(word for one in formats for word in ("--format", one)))
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_quiet_says_nothing_when_there_is_nothing_to_say(cli: Cli, project: Project) -> None:
    project.write("a.yaml", GOOD)
    assert cli("lint", "-q").out == ""
    assert json.loads(cli("lint", "-q", "--format", "json").out)["findings"] == []
    project.write("a.yaml")
    assert "oas/path-case" in cli("lint", "-q").out


def test_verbose_names_root_and_configuration(lint: Cli, project: Project) -> None:
    project.write("a.yaml")
    assert lint("-v").err == f"root: {project.root}; configuration: .integrationlint.yaml\n"


def test_statistics(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    project.write("b.yaml")
    assert "        2  oas/path-case\n" in cli("lint", "--statistics").out


def test_suppressed_findings_are_counted_and_shown_on_demand(cli: Cli, project: Project) -> None:
    project.write("a.yaml", API.replace("Orders:\n", "Orders:  # integrationlint: ignore[oas/path-case] old clients\n"))
    assert "1 suppressed" in cli("lint").out
    assert "old clients" not in cli("lint").out
    assert "old clients" in cli("lint", "--show-suppressed").out


@pytest.mark.parametrize(
    ("options", "variables", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"CLICOLOR_FORCE": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_color(
    cli: Cli,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    variables: dict[str, str],
    colored: bool,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    project.write("a.yaml")
    result = cli("lint", *options, "--format", "text", "--format", "text=a.txt")
    assert ("\x1b[" in result.out) is colored
    assert "\x1b" not in (project.root / "a.txt").read_text()


def test_names_that_are_not_utf_8(lint: Cli, project: Project) -> None:
    name = os.fsdecode(b"\xff.yaml")
    try:
        project.write(name)
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    project.write("a.yaml")
    assert lint().out == WARNING
    assert lint(name).code in (0, 2)


def test_hostile_names_do_nothing(cli: Cli, project: Project) -> None:
    name = "##[error]\x1b[2J.yaml"
    project.write(name, "a: [")
    for result in (cli("lint"), cli("lint", name), cli("lint", f"{name}x"), cli("detect", "-v")):
        assert "\x1b" not in result.out + result.err
        assert "##[" not in result.out + result.err


def test_timings_go_to_stderr_and_change_no_result(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    told = cli("lint", "--timings")
    assert " ms for " in told.err
    assert told.out == cli("lint").out
