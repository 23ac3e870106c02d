"""What `rules list --standard` tells of a standard: its clauses, the rules for each, and how many are covered."""

from integrationlint.catalog import standards
from integrationlint.cli.rules_standard import coverage
from integrationlint.model.rule import Reference, Rule, Severity
from integrationlint.model.standard import Assessment, Clause, Standard
from tests.cli.project import Cli, Project

ACME = Standard(
    "acme",
    "ACME rules for APIs",
    "2",
    "https://acme.test/rules",
    (
        Clause("1.1", "must", Assessment.AUTOMATED, "Names are short", "names"),
        Clause("1.2", "should", Assessment.PARTLY, "Names are good", "names"),
        Clause("2.1", "must", Assessment.CHANGE, "Names stay", "changes"),
        Clause("2.2", "may", Assessment.ATTESTED, "Somebody likes the names", "changes"),
    ),
)


def rule(name: str, *clauses: str, standard: str = "acme") -> Rule:
    return Rule(
        id=name,
        title=name,
        why="because",
        fix="mend it",
        each=("field",),
        check="naming.case",
        message="{value}",
        severity=Severity.WARNING,
        concern="naming",
        refs=tuple(Reference(standard, clause) for clause in clauses),
    )


def test_each_clause_has_a_line_below_its_chapter() -> None:
    rules = [rule("own/short", "1.1", "2.1"), rule("own/off", "1.1"), rule("other/short", "1.2", standard="other")]
    assert coverage(ACME, rules, {"own/short"}) == (
        "clause  level   told by           what it asks              rules\n"
        "\n"
        "names\n"
        "1.1     must    rules             Names are short           own/short, own/off (off)\n"
        "1.2     should  rules in part     Names are good            no rule yet\n"
        "\n"
        "changes\n"
        "2.1     must    rules on changes  Names stay                own/short\n"
        "2.2     may     people            Somebody likes the names\n"
        "\n"
        "ACME rules for APIs, 2\n"
        "told by           clauses  with rules  with rules that run\n"
        "rules                   1           1                    1\n"
        "rules on changes        1           1                    1\n"
        "rules in part           1           0                    0\n"
        "people                  1           0                    0\n"
        "all                     4           2                    2\n"
        "(off): the configuration does not switch the rule on\n"
    )


def test_of_many_rules_those_that_run_are_named_first_and_the_rest_is_counted() -> None:
    rules = [rule(f"own/rule-{number}", "1.1") for number in range(1, 6)]
    said = coverage(ACME, rules, {"own/rule-5"})
    assert "own/rule-5, own/rule-1 (off), own/rule-2 (off) and 2 more\n" in said


def test_kinds_of_assessment_that_a_standard_does_not_have_are_not_counted() -> None:
    one = Standard("acme", "ACME", "2", "https://acme.test", ACME.clauses[:1])
    said = coverage(one, (), ())
    assert "people" not in said
    assert "all            1           0                    0\n" in said


def test_list_tells_the_coverage_of_every_standard_that_is_listed(cli: Cli, project: Project) -> None:
    assert standards()
    for name, standard in standards().items():
        result = cli("rules", "list", "--standard", name)
        assert result.code == 0
        below = result.out[result.out.index("\nclause ") :].splitlines()
        told = [line.split("  ")[0].strip() for line in below if line]
        assert [one.id for one in standard.clauses] == [one for one in told if one in {c.id for c in standard.clauses}]
        assert f"{standard.title}, {standard.version}" in below


def test_list_of_a_standard_without_a_list_of_clauses_is_the_rules_alone(cli: Cli, project: Project) -> None:
    result = cli("rules", "list", "--standard", "rfc9457")
    assert result.code == 0
    assert "told by" not in result.out
