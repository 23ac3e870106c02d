import pytest

from tests.cli.project import API, Cli, Project

OWN_RULE = """\
title: Fields are written large
why: Because we say so.
fix: Rename it.
each: field
formats: openapi
when: {deprecated: false}
check: naming.case
with: {style: pascal}
message: "field {value} is written small"
severity: info
concern: naming
presets: {ours: {severity: error, with: {style: camel}}}
refs: [{standard: acme, clause: "1.2"}]
replaces: [acme/old-name]
examples:
  - good: |
      openapi: 3.1.0
  - bad: |
      openapi: 3.1.0
      info: {}
    finds: [/info]
    with: {style: snake}
"""


def test_a_built_in_rule(cli: Cli, project: Project) -> None:
    result = cli("explain", "oas/path-case")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("oas/path-case  ")
    assert "  severity  warning by default; here warning (.integrationlint.yaml:2:9)" in lines
    assert any(line.startswith("  options   style: one of camel, pascal, snake, kebab") for line in lines)
    assert any(line.startswith("  clauses   ") and "zalando 129" in line for line in lines)
    assert any(line.startswith("  bad: finds /paths/~1purchaseOrders") for line in lines)
    assert "    | openapi: 3.1.0" in lines


def test_an_own_rule(cli: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: [./own/]\n")
    project.write("own/acme/large.yaml", OWN_RULE)
    result = cli("explain", "acme/large")
    said = " ".join(result.out.split())
    for part in (
        "acme/large Fields are written large",
        "why Because we say so.",
        "fix Rename it.",
        "severity info by default; here info (.integrationlint.yaml)",
        "for field in openapi where deprecated is false",
        "check naming.case: The name, or the text of `fact`, is written in one case",
        "style: one of camel, pascal, snake, kebab",
        "allow: a list of text; here []",
        'presets ours (error, style: "camel")',
        "clauses acme 1.2",
        "source ./own/",
        "bad: finds /info (with style: snake) | openapi: 3.1.0 | info: {}",
    ):
        assert part in said
    assert cli("explain", "acme/old-name").out == result.out


def test_a_rule_that_is_off(cli: Cli, project: Project) -> None:
    project.write(".integrationlint.yaml", "extends: []\n")
    assert "here off (.integrationlint.yaml)" in cli("explain", "oas/path-case").out
    assert "here warning (the defaults)" in cli("explain", "oas/path-case", "--no-config").out


def test_a_rule_over_changes_shows_both_sides(cli: Cli, project: Project) -> None:
    out = cli("explain", "compat/operation-removed").out
    assert "    before: " in out
    assert "    after: " in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["oas/path-cas"], "there is no rule 'oas/path-cas' (did you mean 'oas/path-case'?)"),
        ([], "explain takes the id of a rule, or --at FILE:LINE"),
        (["oas/path-case", "--at", "a.yaml:1"], "explain takes the id of a rule, or --at FILE:LINE"),
        (["--at", "a.yaml"], "--at takes FILE:LINE, not 'a.yaml'"),
        (["--at", "b.yaml:1"], "b.yaml: no such file or folder"),
        (["--at", ".:1"], "--at takes a file"),
        (["--at", "a.yaml:999"], "a.yaml:999: no element is there; the file is openapi"),
    ],
)
def test_misuse(cli: Cli, project: Project, arguments: list[str], said: str) -> None:
    project.write("a.yaml")
    result = cli("explain", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_what_is_at_a_line(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    out = cli("explain", "--at", "a.yaml:4").out
    assert out.startswith("path /purchaseOrders\n  address  a.yaml#path:/purchaseOrders\n")
    assert '  fact     template: "/purchaseOrders"\n' in out
    assert "  found    oas/path-case\n" in out
    assert "  rule     oas/path-case: applies, warning: " in out
    assert "-v lists them" in out


def test_the_innermost_element_around_a_line(cli: Cli, project: Project) -> None:
    project.write("a.yaml")
    assert cli("explain", "--at", "a.yaml:16:3").out.startswith("type Order\n")


def test_why_a_rule_does_not_apply(cli: Cli, project: Project) -> None:
    project.write("own/acme/large.yaml", OWN_RULE)
    project.write("own/acme/tables.yaml", OWN_RULE.replace("formats: openapi", "formats: [xsd, wsdl]"))
    project.write(".integrationlint.yaml", "extends: [./own/]\n")
    project.write("a.yaml", API.replace("id: {type: string}", "id: {type: string, deprecated: true}"))
    out = cli("explain", "--at", "a.yaml:19", "-v").out
    assert "  rule     acme/large: does not apply: it is for field where deprecated is false\n" in out
    assert "  rule     acme/tables: does not apply: it is for xsd and wsdl\n" in out
    assert "  off      schema/" in out
    assert ": not switched on; it is in " in out


def test_secrets_are_not_told(cli: Cli, project: Project) -> None:
    secret = "AKIA" + "Z" * 16
    project.write("a.yaml", API.replace("id: {type: string}", f"id: {{type: string, default: {secret}}}"))
    out = cli("explain", "--at", "a.yaml:19").out
    assert "AKIA" in out
    assert secret not in out
