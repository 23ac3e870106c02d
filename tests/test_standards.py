"""The listed standards: every file loads, every clause that a rule names is there, and the wording is our own."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from integrationlint.catalog import standards, with_examples
from integrationlint.engine.standards import covering
from integrationlint.model.rule import Rule
from integrationlint.model.standard import Assessment, Standard
from integrationlint.resources import folder

STANDARDS = standards()
RULES = with_examples().rules
PUBLISHED = Path(__file__).resolve().parents[1].parent / "shared" / "reference" / "standards-clauses.json"
# The editions that are listed whole, and how many clauses they have.
WHOLE = {"zalando": 144, "azure": 207, "nl": 36, "owasp": 10}
LONGEST = 100

each = pytest.mark.parametrize("standard", STANDARDS.values(), ids=lambda one: one.name)


def test_every_file_is_a_standard() -> None:
    assert set(STANDARDS) == {file.stem for file in folder("standards").glob("*.yaml")}
    assert {"zalando", "azure", "nl", "owasp", "pci-dss", "gdpr", "hipaa", "aip"} <= set(STANDARDS)


@pytest.mark.parametrize(("name", "count"), WHOLE.items())
def test_what_is_listed_whole_has_all_its_clauses(name: str, count: int) -> None:
    assert len(STANDARDS[name].clauses) == count


@each
def test_clauses_are_told_apart_and_said_in_a_line(standard: Standard) -> None:
    assert [one for one, count in Counter(one.id for one in standard.clauses).items() if count > 1] == []
    assert [one.id for one in standard.clauses if len(one.title) > LONGEST or "\n" in one.title] == []
    assert [one.id for one in standard.clauses if one.title.endswith(".") or one.title[0].isspace()] == []


@each
def test_a_chapter_is_not_interrupted(standard: Standard) -> None:
    chapters = [one.chapter for one in standard.clauses]
    starts = [now for before, now in zip(["", *chapters], chapters, strict=False) if now != before]
    assert len(starts) == len(set(starts))


@each
def test_rules_name_clauses_that_are_listed(standard: Standard) -> None:
    listed = {one.id for one in standard.clauses}
    wrong = [
        f"{rule.id}: {ref.clause}"
        for rule in RULES
        for ref in rule.refs
        if ref.standard == standard.name and ref.clause not in listed
    ]
    assert wrong == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_a_clause_once(rule: Rule) -> None:
    assert len(rule.refs) == len(set(rule.refs))


@each
def test_what_rules_could_tell_is_counted(standard: Standard) -> None:
    found = covering(standard, RULES)
    could = [one.id for one in standard.clauses if one.assessment is not Assessment.ATTESTED]
    without = [one for one in could if not found[one]]
    # Shown by `pytest -s`: what is still to be written.
    sys.stdout.write(f"\n{standard.name}: {len(could)} clauses for rules, {len(without)} without: {without}\n")
    assert len(without) < len(could)


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published titles are not here")
def test_titles_are_worded_by_ourselves() -> None:
    published = {one["title"].strip().casefold() for one in json.loads(PUBLISHED.read_text("utf-8")) if one["title"]}
    copied = [
        f"{standard.name} {one.id}"
        for standard in STANDARDS.values()
        for one in standard.clauses
        if one.title.casefold() in published
    ]
    assert copied == []
