"""What the reporters of a timeline make of it."""

import json
from dataclasses import replace

import pytest

from integrationlint.model.change import Verdict
from integrationlint.model.report import Report, RunError, SnapshotInfo
from integrationlint.model.timeline import Entry, Point, Timeline
from integrationlint.report.markdown import MOST_CHARACTERS
from integrationlint.report.timelines import TIMELINES, render_timeline

HOSTILE = "\x1b]0;x\x07 ::error::x ##[error] <script> `|` \u202e password=hunter2hunter2 \n# y"


def point(number: int, subject: str = "x", tag: str = "") -> Point:
    return Point(f"{number:040x}", f"{number:040x}", f"{number - 1:040x}", "2027-01-31T00:00:00Z", subject, tag)


def entry(number: int, report: Report | None, subject: str = "x", tag: str = "") -> Entry:
    base = SnapshotInfo("revision", f"{number - 1:040x}", f"v{number - 1}")
    return Entry(point(number, subject, tag), base, replace(report, base=base) if report else None)


@pytest.fixture
def timeline(sample_diff: Report) -> Timeline:
    """A commit without a change, one that breaks, and a tag that only an older one shows to break."""
    broken = replace(sample_diff, errors=(RunError("too deep", file="a.yaml", kind="limit"),))
    late = replace(
        entry(3, None, tag="v3"), furthest=replace(sample_diff, base=SnapshotInfo("revision", "0" * 40, "v1"))
    )
    return Timeline("1.0", (entry(1, None), entry(2, broken, HOSTILE), late), ("a note",))


def test_the_worst_is_that_of_all(timeline: Timeline, sample_diff: Report) -> None:
    assert timeline.verdict is sample_diff.verdict is Verdict.BREAKING
    assert [one.verdict for one in timeline.entries] == [Verdict.NONE, Verdict.BREAKING, Verdict.NONE]
    assert [one.transitive for one in timeline.entries] == [Verdict.NONE, Verdict.BREAKING, Verdict.BREAKING]
    assert Timeline("1.0", ()).verdict is Verdict.NONE


@pytest.mark.parametrize("name", TIMELINES)
def test_hostile_subjects_are_harmless(name: str, timeline: Timeline) -> None:
    said = render_timeline(name, timeline)
    assert not [part for part in ("\x1b", "\x07", "\u202e", "##[", "hunter2hunter2") if part in said]
    assert not [line for line in said.splitlines() if line.lstrip().startswith(("::", "# y"))]
    if name == "markdown":
        assert "<script>" not in said


def test_all_that_is_there_is_told(timeline: Timeline) -> None:
    text, markdown = (render_timeline(name, timeline) for name in ("text", "markdown"))
    for said in (text, markdown.replace("\\", "")):
        assert "too deep" in said
        assert "breaking against v1: " in said
        assert "1 commit without a change" in said
        assert "a note" in said
    assert "\x1b[1;31mBREAKING\x1b[0m" in render_timeline("text", timeline, color=True)


def test_json(timeline: Timeline) -> None:
    found = json.loads(render_timeline("json", timeline))
    assert [one["verdict"] for one in found["entries"]] == ["none", "breaking", "none"]
    assert found["entries"][1]["errors"][0]["message"] == "too deep"
    assert found["entries"][2]["transitive"]["base"]["name"] == "v1"
    assert found["entries"][2]["transitive"]["changes"] == found["entries"][1]["changes"]
    assert found["notes"] == ["a note"]


def test_markdown_fits_into_a_comment_and_the_gravest_stay(timeline: Timeline, sample_diff: Report) -> None:
    calm = replace(sample_diff, changes=(), verdict=Verdict.NONE, findings=())
    long = [entry(number, calm, "y" * 100, f"v{number}") for number in range(1_000)]
    said = render_timeline("markdown", Timeline("1.0", (timeline.entries[1], *long)))
    assert len(said) <= MOST_CHARACTERS
    assert "- **breaking** `" in said
    assert "`v999`" in said
    assert "`v1`" not in said
    assert "did not fit" in said
