import json
from collections.abc import Callable
from pathlib import Path

import pytest

from integrationlint.catalog import with_examples
from integrationlint.cli.rules_docs import index
from integrationlint.resources import folder
from tests.cli.project import Cli, Project

Golden = Callable[[Path, str], None]
RULE = """\
title: Fields are written large
why: Because we say so.
fix: Rename it.
each: field
check: naming.case
with: {style: pascal}
message: "field {value} is written small"
severity: info
concern: naming
refs: [{standard: acme, clause: "1.2"}]
examples:
  - good: |
      openapi: 3.1.0
      components: {schemas: {A: {type: object, properties: {Id: {type: string}}}}}
  - bad: |
      openapi: 3.1.0
      components: {schemas: {A: {type: object, properties: {id: {type: string}}}}}
    finds: ["/components/schemas/A/properties/id"]
"""


@pytest.fixture
def own(project: Project) -> Project:
    """A folder of rules of one's own, which the configuration extends."""
    project.write(".integrationlint.yaml", "extends: [./company/]\nrules: {oas/path-case: error}\n")
    project.write("company/acme/large.yaml", RULE)
    return project


# list


def rows(text: str) -> dict[str, str]:
    """The severities of a listing by rule."""
    return {line.split()[1]: line.split()[0] for line in text.splitlines()[1:]}


def test_list_gives_each_rule_and_what_the_configuration_makes_of_it(cli: Cli, own: Project) -> None:
    result = cli("rules", "list")
    found = rows(result.out)
    assert result.code == 0
    assert found["acme/large"] == "info"
    assert found["oas/path-case"] == "error"
    assert found["any/parseable"] == "off"
    assert result.err == f"{len(found)} of {len(found)} rules, 2 of them switched on\n"
    assert len(found) == 1 + len(list(folder("rules").rglob("*.yaml")))


def test_list_filters(cli: Cli, own: Project) -> None:
    assert set(rows(cli("rules", "list", "--standard", "acme").out)) == {"acme/large"}
    naming = set(rows(cli("rules", "list", "--concern", "naming").out))
    zalando = set(rows(cli("rules", "list", "--concern", "naming", "--preset", "zalando").out))
    assert {"acme/large", "oas/path-case"} <= naming
    assert "oas/path-case" in zalando
    assert "acme/large" not in zalando
    assert cli("rules", "list", "--standard", "acme", "--preset", "zalando").out == ""


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--standard", "zalndo", "no rule has the standard 'zalndo' (did you mean 'zalando'?)"),
        ("--preset", "strct", "no rule has the preset 'strct' (did you mean 'strict'?)"),
        ("--concern", "xx", "no rule has the concern 'xx' (there are "),
    ],
)
def test_list_knows_what_it_filters(cli: Cli, project: Project, option: str, value: str, said: str) -> None:
    result = cli("rules", "list", option, value)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_list_as_json(cli: Cli, own: Project) -> None:
    found = json.loads(cli("rules", "list", "--standard", "acme", "--format", "json").out)
    assert found == [
        {
            "id": "acme/large",
            "title": "Fields are written large",
            "why": "Because we say so.",
            "fix": "Rename it.",
            "severity": "info",
            "default_severity": "info",
            "concern": "naming",
            "each": ["field"],
            "formats": [],
            "check": "naming.case",
            "options": {"style": "pascal"},
            "presets": [],
            "refs": [{"standard": "acme", "clause": "1.2"}],
            "source": "./company/",
            "url": "",
        }
    ]


# new


def test_a_new_rule_is_right_from_the_start(cli: Cli, project: Project) -> None:
    result = cli("rules", "new", "acme/summary-present", "--title", 'Say "what": it does')
    assert (result.code, result.out) == (0, "rules/acme/summary-present.yaml\n")
    assert "add ./rules/ to 'extends'" in result.err
    assert cli("rules", "test", "rules").err == "1 rules, 2 examples: all as they say\n"
    project.write(".integrationlint.yaml", "extends: [./rules/]\n")
    project.write("a.yaml")
    assert "acme/summary-present" in cli("lint").out
    assert cli("explain", "acme/summary-present").out.startswith('acme/summary-present  Say "what": it does\n')


def test_a_new_rule_goes_where_the_others_are(cli: Cli, own: Project) -> None:
    result = cli("rules", "new", "acme/other")
    assert result.out == "company/acme/other.yaml\n"
    assert "extends" not in result.err


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("Acme/Rule", "cannot be the id of a rule"),
        ("acme", "cannot be the id of a rule"),
        ("../acme/rule", "cannot be the id of a rule"),
        ("oas/path-case", "there is a rule oas/path-case already"),
        ("acme/large", "there is a rule acme/large already"),
    ],
)
def test_ids_that_cannot_be(cli: Cli, own: Project, rule: str, said: str) -> None:
    before = sorted(own.root.rglob("*"))
    result = cli("rules", "new", rule)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert sorted(own.root.rglob("*")) == before


def test_a_new_rule_replaces_no_file(cli: Cli, project: Project) -> None:
    file = project.write("rules/acme/rule.yaml", "mine")
    assert cli("rules", "new", "acme/rule").code == 2
    assert file.read_text() == "mine"


# test


def test_own_rules_are_tried_with_the_built_in_ones(cli: Cli, own: Project) -> None:
    result = cli("rules", "test")
    built_in = len(list(folder("rules").rglob("*.yaml")))
    assert result.err.startswith(f"{built_in + 1} rules, ")
    assert "company/" not in result.out


def test_failures_say_which_example_and_what(cli: Cli, own: Project) -> None:
    own.write("company/acme/large.yaml", RULE.replace("properties/id", "properties/no"))
    own.write("company/acme/bare.yaml", RULE[: RULE.index("examples:")])
    result = cli("rules", "test", "company")
    assert result.code == 1
    assert result.out.splitlines() == [
        "company/acme/bare.yaml: has no bad example: show what it finds, and where ('finds')",
        "company/acme/bare.yaml: has no good example: show what it leaves alone",
        "company/acme/large.yaml: example 2 does not find /components/schemas/A/properties/no; "
        "finds /components/schemas/A/properties/id, which it does not say",
    ]
    assert result.err == "2 rules, 2 examples: 3 failed\n"


def test_what_cannot_be_tried(cli: Cli, own: Project) -> None:
    assert cli("rules", "test", "nowhere").err == "error: nowhere: no such folder\n"
    (own.root / "empty").mkdir()
    assert cli("rules", "test", "empty").code == 3
    own.write("company/acme/large.yaml", "title: [")
    result = cli("rules", "test", "company", "-q")
    assert result.code == 2
    assert result.err.startswith("error: company/acme/large.yaml:")


# docs


def test_the_index_is_printed(cli: Cli, own: Project) -> None:
    out = cli("rules", "docs").out
    assert out.startswith("# Rules\n")
    assert "| acme/large | Fields are written large | info | naming |  |" in out
    assert "| oas/path-case |" in out


def test_the_index_links_to_rules_that_lie_near(cli: Cli, own: Project) -> None:
    result = cli("rules", "docs", "--out", "docs")
    assert (result.code, result.out, result.err) == (0, "", "wrote rules.md to docs\n")
    text = (own.root / "docs/rules.md").read_text()
    assert "| [acme/large](../company/acme/large.yaml) |" in text
    assert "| oas/path-case |" in text


def test_pages(cli: Cli, own: Project) -> None:
    assert cli("rules", "docs", "--out", "docs", "--pages").code == 0
    assert "| [acme/large](rules/acme/large.md) |" in (own.root / "docs/rules.md").read_text()
    page = (own.root / "docs/rules/acme/large.md").read_text()
    assert page.startswith("# acme/large\n\n**Fields are written large**\n\nBecause we say so\\.\n")
    assert "| clauses | acme 1\\.2 |" in page
    assert "| style | one of camel, pascal, snake" in page
    assert "### Bad: finds `/components/schemas/A/properties/id`" in page
    assert "```text\nopenapi: 3.1.0\n" in page
    assert (own.root / "docs/rules/oas/path-case.md").is_file()


def test_nothing_in_a_rule_gets_out_of_its_page(cli: Cli, own: Project) -> None:
    evil = RULE.replace("Because we say so.", '"<script>alert(1)</script> | [x](javascript:y)"')
    own.write(
        "company/acme/large.yaml", evil.replace("      openapi: 3.1.0\n", "      ```\n      # openapi: 3.1.0\n", 1)
    )
    assert cli("rules", "docs", "--out", "docs", "--pages").code == 0
    page = (own.root / "docs/rules/acme/large.md").read_text()
    assert "<script>" not in page
    assert "](javascript" not in page
    assert "\n````text\n```\n" in page


def test_pages_need_a_folder(cli: Cli, own: Project) -> None:
    assert cli("rules", "docs", "--pages").err.startswith("error: --pages needs a folder")
    own.write("file", "")
    assert "cannot be made" in cli("rules", "docs", "--out", "file/docs").err


def test_the_index_of_this_repository_is_fresh(golden: Golden) -> None:
    root = Path(__file__).resolve().parents[2]
    rules = with_examples().rules
    golden(root / "docs" / "rules.md", index(rules, lambda rule: f"../rules/{rule.id}.yaml"))
