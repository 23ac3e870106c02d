"""When a run fails: exit codes, and what `--fail-on` takes."""

from collections.abc import Callable, Iterable
from typing import Final

from integrationlint.model.change import Dependent, Harm, Verdict
from integrationlint.model.errors import UsageError, did_you_mean
from integrationlint.model.finding import Status
from integrationlint.model.report import Report
from integrationlint.model.rule import Severity

PASSED: Final = 0
FAILED: Final = 1
BROKEN: Final = 2
EMPTY: Final = 3
INTERRUPTED: Final = 130

NEVER: Final = "never"
_SEVERITIES: Final = tuple(one.value for one in Severity if one is not Severity.OFF)
# Which severity of finding fails along with a verdict: a version that does not fit is no change, but no good either.
_VERDICTS: Final = {
    Verdict.BREAKING.value: Severity.ERROR,
    Verdict.RISKY.value: Severity.WARNING,
    Verdict.UNKNOWN.value: Severity.WARNING,
    Verdict.SAFE.value: Severity.INFO,
}
_HARMS: Final = tuple(one.value for one in (Harm.BREAKS, Harm.AT_RISK))

Gate = Callable[[Report], bool]


def lint_gate(level: str) -> Gate:
    """Whether a report has an open finding at or above a severity. UsageError for what is none."""
    if level == NEVER:
        return lambda _report: False
    _known(level, (*_SEVERITIES, NEVER))
    return lambda report: _found(report, Severity(level))


def diff_gate(levels: Iterable[str]) -> Gate:
    """Whether a comparison fails by one of the levels.

    `breaking`, `risky`, `unknown`, `safe`: the worst verdict is that or worse, or a finding is as severe. `breaks`,
    `at-risk`: some dependent fares so or worse; `breaks:tier1`: one of that criticality does. UsageError for others.
    """
    gates = [_diff_gate(one) for level in levels for one in level.split(",") if one]
    return lambda report: any(gate(report) for gate in gates)


def _diff_gate(level: str) -> Gate:
    name, colon, criticality = level.partition(":")
    if level == NEVER:
        return lambda _report: False
    if name in _HARMS and bool(colon) == bool(criticality):
        return lambda report: any(_suffers(one, Harm(name), criticality) for one in _dependents(report))
    _known(level, (*_VERDICTS, *_HARMS, NEVER))
    worst = Verdict(level)
    return lambda report: report.verdict.rank >= worst.rank or _found(report, _VERDICTS[level])


def _known(level: str, allowed: tuple[str, ...]) -> None:
    if level not in allowed:
        hint = did_you_mean(level, allowed) or f" (it takes {', '.join(allowed)})"
        raise UsageError(f"--fail-on cannot be '{level}'{hint}")


def _found(report: Report, least: Severity) -> bool:
    return any(one.status is Status.OPEN and one.severity.rank >= least.rank for one in report.findings)


def _dependents(report: Report) -> Iterable[Dependent]:
    return (one for change in report.changes if change.suppression is None for one in change.impact)


def _suffers(one: Dependent, harm: Harm, criticality: str) -> bool:
    worse = one.verdict is Harm.BREAKS or (harm is Harm.AT_RISK and one.verdict is Harm.AT_RISK)
    return worse and criticality in ("", one.criticality)


def code(report: Report, gate: Gate, *, exit_zero: bool = False) -> int:
    """The exit code of a run that had something to look at; failures to do the work count more than findings."""
    if report.errors:
        return BROKEN
    return FAILED if not exit_zero and gate(report) else PASSED
