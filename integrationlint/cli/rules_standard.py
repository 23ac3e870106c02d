"""Which clauses of a standard rules speak for: what `rules list --standard` tells below its list."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from integrationlint.cli.table import table
from integrationlint.engine.standards import covering
from integrationlint.model.rule import Rule
from integrationlint.model.standard import Assessment, Clause, Standard
from integrationlint.report.sanitise import line

# How many rules of one clause are named; the list of rules above has them all.
NAMED: Final = 3
_BY: Final = {
    Assessment.AUTOMATED: "rules",
    Assessment.CHANGE: "rules on changes",
    Assessment.PARTLY: "rules in part",
    Assessment.ATTESTED: "people",
}
_LEGEND: Final = "(off): the configuration does not switch the rule on\n"

Found = Mapping[str, Sequence[Rule]]


def coverage(standard: Standard, rules: Iterable[Rule], running: Collection[str]) -> str:
    """A line for each clause with its rules, below the name of its chapter, and counts for each way of assessment."""
    found = covering(standard, rules)
    rows = [
        (one.id, one.level, _BY[one.assessment], one.title, _rules(one, found, running)) for one in standard.clauses
    ]
    head, *lines = table(rows, ("clause", "level", "told by", "what it asks", "rules")).splitlines()
    said = [head]
    chapter = ""
    for one, text in zip(standard.clauses, lines, strict=True):
        if one.chapter != chapter:
            chapter = one.chapter
            said += ["", line(chapter)]
        said.append(text)
    return (
        "\n".join(said) + f"\n\n{line(standard.title)}, {line(standard.version)}\n{_counts(standard, found, running)}"
    )


def _rules(clause: Clause, found: Found, running: Collection[str]) -> str:
    """The rules of a clause, those that run first; what could be told by rules and is not, is said."""
    rules = sorted(found[clause.id], key=lambda rule: rule.id not in running)
    if not rules:
        return "" if clause.assessment is Assessment.ATTESTED else "no rule yet"
    named = [rule.id if rule.id in running else f"{rule.id} (off)" for rule in rules[:NAMED]]
    more = len(rules) - NAMED
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def _counts(standard: Standard, found: Found, running: Collection[str]) -> str:
    rows = []
    for name, kinds in [*((said, (kind,)) for kind, said in _BY.items()), ("all", tuple(Assessment))]:
        clauses = [one for one in standard.clauses if one.assessment in kinds]
        with_rules = sum(bool(found[one.id]) for one in clauses)
        on = sum(any(rule.id in running for rule in found[one.id]) for one in clauses)
        if clauses:
            rows.append((name, f"{len(clauses):7}", f"{with_rules:10}", f"{on:19}"))
    return table(rows, ("told by", "clauses", "with rules", "with rules that run")) + _LEGEND
