import pytest

from integrationlint import __version__
from integrationlint.config.load import load
from integrationlint.parse.parsers import parse
from tests.cli.project import Cli, Project

FILES = (".integrationlint.yaml", ".pre-commit-config.yaml", ".github/workflows/integrationlint.yml")


@pytest.fixture
def bare(repository: Project) -> Project:
    """A repository without a configuration."""
    (repository.root / ".integrationlint.yaml").unlink()
    repository.write("api/a.yaml")
    repository.write("schemas/b.XSD", '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>')
    return repository


def test_it_writes_three_files_by_what_it_finds(cli: Cli, bare: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bare.root / "api")
    result = cli("init")
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        f"found in {bare.root}: 1 openapi, 1 xsd",
        *(f"wrote {name}" for name in FILES),
        "next: integrationlint lint",
    ]
    assert '# Found when this was written: "1 openapi, 1 xsd"' in (bare.root / FILES[0]).read_text()
    hooks = parse(FILES[1], (bare.root / FILES[1]).read_bytes()).value
    assert isinstance(hooks, dict)
    hook = hooks["repos"][0]["hooks"][0]
    assert hook["files"] == r"\.(xsd|yaml)$"
    assert hook["additional_dependencies"] == [f"integrationlint=={__version__}"]


def test_what_it_writes_is_right(cli: Cli, bare: Project) -> None:
    cli("init")
    for name in FILES:
        document = parse(name, (bare.root / name).read_bytes())
        assert (document.faults, document.syntax) == ((), "yaml")
    assert load((bare.root / FILES[0]).read_bytes()).extends == ("recommended",)
    assert cli("config", "validate").code == 0
    assert cli("lint").code in (0, 1)


def test_its_examples_of_settings_are_right(cli: Cli, bare: Project) -> None:
    cli("init")
    text = (bare.root / FILES[0]).read_text()
    lines = text[text.index("# rules:") :].splitlines()
    spoken = [line[2:] for line in lines if line.startswith(("# ", "#  ")) and not line.startswith("# Who")]
    found = load(("extends: [recommended]\n" + "\n".join(spoken)).encode())
    assert found.rules
    assert found.overrides
    assert found.suppressions
    assert found.consumers


def test_it_replaces_nothing_unasked(cli: Cli, bare: Project) -> None:
    for name in FILES:
        bare.write(name, "# mine\n")
    result = cli("init")
    assert result.code == 0
    assert [line.split()[0] for line in result.err.splitlines()[1:4]] == ["kept", "kept", "add"]
    assert result.out.startswith("repos:\n")
    assert all((bare.root / name).read_text() == "# mine\n" for name in FILES)
    assert cli("init", "--force").code == 0
    assert all((bare.root / name).read_text() != "# mine\n" for name in FILES)


def test_hooks_that_are_there_are_not_offered_again(cli: Cli, bare: Project) -> None:
    cli("init")
    assert cli("init").out == ""


def test_no_workflow_where_the_pipeline_is_elsewhere(cli: Cli, bare: Project) -> None:
    bare.write(".gitlab-ci.yml", "")
    assert "there is .gitlab-ci.yml" in cli("init").err
    assert not (bare.root / ".github").exists()
    bare.write(".github/CODEOWNERS", "")
    assert "wrote .github/workflows" in cli("init").err


def test_a_configuration_of_another_name_is_kept(cli: Cli, bare: Project) -> None:
    bare.write("pyproject.toml", "[tool.integrationlint]\nextends = []\n")
    for options in ([], ["--force"]):
        assert "kept  pyproject.toml" in cli("init", *options).err
        assert not (bare.root / ".integrationlint.yaml").exists()
    (bare.root / "pyproject.toml").unlink()
    bare.write("integrationlint.yaml", "extends: []\n")
    assert "kept  integrationlint.yaml" in cli("init").err


def test_nothing_found(cli: Cli, bare: Project) -> None:
    (bare.root / "api/a.yaml").write_text("a: 1\n")
    (bare.root / "schemas/b.XSD").unlink()
    assert "no artifact yet" in cli("init").err
