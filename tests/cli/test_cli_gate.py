import pytest

from integrationlint.cli.gate import code, diff_gate, lint_gate
from integrationlint.model.change import Dependent, Harm, Verdict
from integrationlint.model.errors import UsageError
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.report import JudgedChange, Report, RunError, SnapshotInfo
from integrationlint.model.rule import Severity

PLACE = Location("a.yaml", "", START_OF_FILE)


def finding(severity: str, status: str = "open") -> Finding:
    return Finding("a/b", Severity(severity), "", "", PLACE, status=Status(status))


def report(*findings: Finding, verdict: str = "none", changes: tuple[JudgedChange, ...] = ()) -> Report:
    return Report(
        "1", "diff", SnapshotInfo("memory"), findings=findings, verdict=Verdict(verdict), changes=changes, files=1
    )


def change(harm: str, criticality: str = "", *, approved: bool = False) -> JudgedChange:
    return JudgedChange(
        *("", "", "", "", "", "", None, None, "", True, True, Verdict.BREAKING, ""),
        location=PLACE,
        impact=(Dependent("", "", "", Harm(harm), (), criticality=criticality),),
        suppression=Suppression("", "", "", PLACE) if approved else None,
    )


@pytest.mark.parametrize(
    ("level", "severity", "fails"),
    [
        ("error", "error", True),
        ("error", "warning", False),
        ("warning", "error", True),
        ("warning", "warning", True),
        ("warning", "info", False),
        ("info", "info", True),
        ("never", "error", False),
    ],
)
def test_findings(level: str, severity: str, fails: bool) -> None:
    assert lint_gate(level)(report(finding(severity))) is fails


@pytest.mark.parametrize("status", ["suppressed", "known"])
def test_only_open_findings_count(status: str) -> None:
    assert not lint_gate("info")(report(finding("error", status)))
    assert not diff_gate(["breaking"])(report(finding("error", status)))


@pytest.mark.parametrize(
    ("level", "verdict", "fails"),
    [
        ("breaking", "breaking", True),
        ("breaking", "risky", False),
        ("risky", "breaking", True),
        ("risky", "risky", True),
        ("risky", "unknown", False),
        ("unknown", "unknown", True),
        ("unknown", "safe", False),
        ("safe", "safe", True),
        ("safe", "none", False),
        ("never", "breaking", False),
        ("breaks", "breaking", False),
    ],
)
def test_verdicts(level: str, verdict: str, fails: bool) -> None:
    assert diff_gate([level])(report(verdict=verdict)) is fails


@pytest.mark.parametrize(
    ("level", "suffers", "fails"),
    [
        ("breaks", change("breaks"), True),
        ("breaks", change("at-risk"), False),
        ("breaks", change("breaks", approved=True), False),
        ("at-risk", change("at-risk"), True),
        ("at-risk", change("breaks"), True),
        ("at-risk", change("unaffected"), False),
        ("breaks:tier1", change("breaks", "tier1"), True),
        ("breaks:tier1", change("breaks", "tier2"), False),
        ("breaks:tier1", change("at-risk", "tier1"), False),
    ],
)
def test_dependents(level: str, suffers: JudgedChange, fails: bool) -> None:
    assert diff_gate([level])(report(changes=(suffers,))) is fails


def test_one_level_of_several_is_enough() -> None:
    gate = diff_gate(["breaks:tier1,risky", "never"])
    assert gate(report(verdict="risky"))
    assert gate(report(changes=(change("breaks", "tier1"),)))
    assert not gate(report(verdict="safe"))


def test_a_finding_that_is_no_change_fails_as_its_severity_does() -> None:
    assert diff_gate(["breaking"])(report(finding("error")))
    assert not diff_gate(["breaking"])(report(finding("warning")))
    assert diff_gate(["risky"])(report(finding("warning")))


@pytest.mark.parametrize(("level", "said"), [("eror", "'error'"), ("fatal", "it takes error, warning, info, never")])
def test_unknown_severity(level: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        lint_gate(level)


@pytest.mark.parametrize("level", ["breakin", "breaks:", "risky:tier1", "error"])
def test_unknown_level(level: str) -> None:
    with pytest.raises(UsageError, match="--fail-on cannot be"):
        diff_gate([level])


def test_failures_to_do_the_work_count_more_than_anything() -> None:
    broken = Report("1", "lint", SnapshotInfo("memory"), errors=(RunError("x"),))
    assert code(broken, lint_gate("never"), exit_zero=True) == 2
    assert code(report(finding("error")), lint_gate("error"), exit_zero=True) == 0
    assert code(report(finding("error")), lint_gate("error")) == 1
    assert code(report(), lint_gate("info")) == 0
