"""Work spread over processes comes to the same as work done in one."""

import os
from pathlib import Path

import pytest

from integrationlint.catalog import assembled
from integrationlint.engine.run import Outcome
from integrationlint.model.errors import ConfigError
from integrationlint.model.finding import Finding
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.report import Report, RunError
from integrationlint.model.rule import Related, Severity
from integrationlint.model.settings import Settings
from integrationlint.pipeline import lint as pipeline
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.pipeline.spread import processors, spread
from integrationlint.source.snapshot import Memory

ESTATE = Path(__file__).resolve().parents[2] / "examples/orders/good"
AT = Location("a.yaml", "/a\udcff", Span(Position(1, 2), Position(3, 4)))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")


def _all() -> tuple[Finding, ...]:
    related = (Related("see\n“there”", AT),)
    return tuple(Finding(f"r/{n}", Severity.INFO, f"message {n}", f"a.yaml#{n}", AT, related=related) for n in range(7))


def _work(share: int, shares: int, outcome: Outcome) -> None:
    outcome.findings.extend(_all()[share::shares])
    outcome.errors.append(RunError(f"share {share}", "r/x", "a.yaml"))
    outcome.not_applicable["r/y"] = outcome.not_applicable.get("r/y", 0) + 1


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_all_shares_come_back(jobs: int) -> None:
    outcome = Outcome()
    spread(_work, jobs, outcome)
    assert sorted(outcome.findings, key=lambda one: one.rule) == list(_all())
    assert sorted(one.message for one in outcome.errors) == [f"share {n}" for n in range(jobs)]
    assert outcome.not_applicable == {"r/y": jobs}


def test_the_share_of_a_process_that_fails_is_done_here() -> None:
    here = os.getpid()

    def work(share: int, shares: int, outcome: Outcome) -> None:
        if os.getpid() != here:
            os._exit(1)
        _work(share, shares, outcome)

    outcome = Outcome()
    spread(work, 2, outcome)
    assert len(outcome.findings) == len(_all())


def test_an_error_of_the_user_in_another_process_is_raised_here() -> None:
    def work(share: int, shares: int, outcome: Outcome) -> None:
        if share < shares - 1:
            raise ConfigError("wrong", AT)

    with pytest.raises(ConfigError):
        spread(work, 2, Outcome())


def test_the_report_does_not_depend_on_the_number_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processors() >= 1
    snapshot = Memory(
        {str(one.relative_to(ESTATE)): one.read_bytes() for one in sorted(ESTATE.rglob("*")) if one.is_file()}
    )
    paths = tuple(snapshot.paths())
    settings = Settings(extends=("all",), today="2026-01-01")

    def report(jobs: int) -> Report:
        return lint(snapshot, Scope(paths), assembled(), settings, jobs=jobs)

    monkeypatch.setattr(pipeline, "WORTH_IT", 0)
    assert report(1).findings
    assert report(3) == report(1)
