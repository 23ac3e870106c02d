"""Order, groups, counts and words."""

from dataclasses import replace

import pytest

from integrationlint.model.change import Harm, Verdict, Witness
from integrationlint.model.finding import Suppression
from integrationlint.model.report import Report, SnapshotInfo
from integrationlint.model.rule import Severity
from integrationlint.report import view


def test_counts_of_lint(sample_lint: Report) -> None:
    said = view.counts(sample_lint)
    assert said.severities == {Severity.ERROR: 2, Severity.WARNING: 16, Severity.INFO: 1}
    assert (said.files, said.documents, said.suppressed, said.known, said.not_applicable) == (4, 2, 1, 1, 14)


def test_counts_of_diff(sample_diff: Report) -> None:
    said = view.counts(sample_diff)
    assert said.verdicts == {Verdict.BREAKING: 1, Verdict.RISKY: 1, Verdict.UNKNOWN: 0, Verdict.SAFE: 1}
    assert said.suppressed == 1


def test_a_rule_that_could_not_run_at_all_counts(sample_lint: Report) -> None:
    report = replace(sample_lint, not_applicable={"a/b": 0, "c/d": 3})
    assert view.counts(report).not_applicable == 4


def test_summary(sample_lint: Report) -> None:
    assert view.summary(sample_lint) == (
        "4 files, 2 documents: 2 errors, 16 warnings, 1 info; 1 suppressed, 1 known; 14 not applicable"
    )


def test_four_of_a_rule_in_a_file_are_one_group(sample_lint: Report) -> None:
    files = dict(view.by_file(view.findings(sample_lint)))
    assert list(files) == ["broken.yaml", "maps/orders to sap.csv", "orders.yaml"]
    assert [(one.rule, len(one.findings), one.repeated) for one in files["orders.yaml"]] == [
        ("oas/path-case", 1, False),
        ("oas/summary", 1, False),
        ("oas/field-case", 15, True),
    ]


def test_a_group_that_says_one_thing_has_a_message(sample_lint: Report) -> None:
    findings = tuple(replace(one, message="the same") for one in sample_lint.findings if one.rule == "oas/field-case")
    ((_, (group,)),) = view.by_file(view.findings(replace(sample_lint, findings=findings)))
    assert group.message == "the same"


def test_changes_worst_first_and_suppressed_last(sample_diff: Report) -> None:
    assert [one.fingerprint for one in view.changes(sample_diff)] == ["1a2b", "3c4d", "5e6f", "7a8b"]


def test_dependents_by_harm_nearest_first(sample_diff: Report) -> None:
    found = view.dependents(sample_diff.changes[0])
    assert [one.name for one in found[Harm.BREAKS]] == ["14", "billing"]
    assert view.impact_words(sample_diff.changes[0]) == "4 dependents: 2 break, 1 at risk, 1 unaffected"
    assert view.impact_words(sample_diff.changes[1]) == ""


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (SnapshotInfo("worktree"), "work tree"),
        (SnapshotInfo("revision", "1a2b3c4d5e6f7890", "main"), "main (1a2b3c4d5e6f)"),
        (SnapshotInfo("revision", "1a2b3c4d5e6f7890", "1a2b3c4"), "1a2b3c4"),
        (SnapshotInfo("revision", "1a2b3c4d5e6f7890"), "1a2b3c4d5e6f"),
        (SnapshotInfo("folder", label="old"), "old"),
        (SnapshotInfo("memory"), "memory"),
        (None, "nothing"),
    ],
)
def test_side(snapshot: SnapshotInfo | None, words: str) -> None:
    assert view.side(snapshot) == words


@pytest.mark.parametrize(
    ("backward", "forward", "direction", "words"),
    [
        (True, True, "both", "request and response; messages fit both ways"),
        (False, True, "request", "request; old messages do not fit new readers"),
        (None, False, "none", "not part of a message; old messages may not fit new readers, "
         "new messages do not fit old readers"),
    ],
)  # fmt: skip
def test_compatibility_words(
    backward: bool | None, forward: bool | None, direction: str, words: str, sample_diff: Report
) -> None:
    change = replace(sample_diff.changes[0], backward=backward, forward=forward, direction=direction)
    assert view.compatibility_words(change) == words


def test_exception(sample_lint: Report) -> None:
    written = next(one.suppression for one in sample_lint.findings if one.suppression)
    assert view.exception(written) == "agreed with the data team (owner team-orders, ticket INT-482, until 2027-03-31)"
    bare = Suppression("a/b", "x", "", written.location)
    assert view.exception(bare) == "no reason given"


def test_the_place_in_the_base_is_a_related_place(sample_lint: Report) -> None:
    finding = replace(sample_lint.findings[1], base=sample_lint.findings[0].location)
    assert [one.message for one in view.related(finding)] == ["before the change", "type Order is declared here"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (0, [*(f"<l{one}/>" for one in range(1, 13)), "…"]),
        (2, [*(f"<l{one}/>" for one in range(1, 13)), "…"]),
        (15, ["…", *(f"<l{one}/>" for one in range(10, 22)), "…"]),
        (30, ["…", *(f"<l{one}/>" for one in range(19, 31))]),
    ],
)
def test_of_a_long_witness_what_is_around_the_refused_line(line: int, shown: list[str]) -> None:
    text = "".join(f"<l{one}/>\n" for one in range(1, 31))
    assert view.witness_lines(Witness(text, "xml", "base", "no", line)) == shown


def test_a_witness_in_words() -> None:
    witness = Witness("<a/>\n<b/>", "xml", "head", "b is not expected")
    assert view.witness_words(witness) == "for example, valid now and refused before: b is not expected"
    assert view.witness_lines(witness) == ["<a/>", "<b/>"]
