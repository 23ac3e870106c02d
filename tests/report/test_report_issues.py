"""The flat list of issues, and the JSON of services: what each of them asks of a report, transcribed."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from integrationlint.model.change import Verdict
from integrationlint.model.finding import Status
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.bitbucket import BATCH, MOST_ANNOTATIONS, bitbucket
from integrationlint.report.gitlab import gitlab
from integrationlint.report.issues import fewer, issues, sentences
from integrationlint.report.rdjson import rdjson
from integrationlint.report.sonar import sonar
from integrationlint.report.warnings_ng import warnings_ng

KINDS = st.sampled_from(["lint", "diff"])


def gitlab_accepts(found: Any) -> None:
    """GitLab: app/validators/json_schemas/codeclimate.json and code_climate.rb."""
    assert isinstance(found, list)
    for one in found:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(one[name], str) and one[name] for name in ("description", "check_name", "fingerprint"))
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert isinstance(one["location"]["path"], str)
        assert not one["location"]["path"].startswith("/")
        assert one["location"]["lines"]["begin"] >= 1
    assert len({one["fingerprint"] for one in found}) == len(found)


def sonar_accepts(found: Any) -> None:
    """SonarQube: ExternalIssueReportValidator, the format with rules; and the lists of its documentation."""
    assert set(found) == {"rules", "issues"}
    for rule in found["rules"]:
        assert all(rule[name] for name in ("id", "name", "engineId", "cleanCodeAttribute"))
        assert rule["cleanCodeAttribute"] in ("CONVENTIONAL", "IDENTIFIABLE", "TRUSTWORTHY", "MODULAR")
        assert rule["impacts"]
        for impact in rule["impacts"]:
            assert impact["softwareQuality"] in ("MAINTAINABILITY", "RELIABILITY", "SECURITY")
            assert impact["severity"] in ("HIGH", "MEDIUM", "LOW")
        assert "<" not in rule["description"]
    ids = [rule["id"] for rule in found["rules"]]
    assert len(set(ids)) == len(ids)
    for one in found["issues"]:
        assert set(one) == {"ruleId", "primaryLocation"}
        assert one["ruleId"] in ids
        assert one["primaryLocation"]["filePath"]
        assert one["primaryLocation"]["message"]
        # A column that is not in the file ends the analysis.
        assert set(one["primaryLocation"].get("textRange", {"startLine": 1})) == {"startLine"}


def jenkins_accepts(found: Any) -> None:
    """Jenkins: analysis-model, JsonBaseParser; message and description are HTML."""
    assert set(found) == {"_class", "issues"}
    for one in found["issues"]:
        assert all(isinstance(one[name], str) for name in ("fileName", "type", "category", "message", "fingerprint"))
        assert one["severity"] in ("ERROR", "HIGH", "NORMAL", "LOW")
        for start, end in (("lineStart", "lineEnd"), ("columnStart", "columnEnd")):
            assert one.get(start, 1) >= 1
            assert one.get(end, 1) >= 1
        assert one.get("lineStart", 1) <= one.get("lineEnd", 1)
        assert "<" not in one["message"]
        assert "<" not in one["description"].replace("<p>", "").replace("</p>", "")


def bitbucket_accepts(found: Any) -> None:
    """Bitbucket Cloud: reports and annotations of Code Insights."""
    report, batches = found["report"], found["annotations"]
    assert 0 < len(report["title"]) <= 450
    assert 0 < len(report["details"]) <= 2_000
    assert report["report_type"] in ("SECURITY", "COVERAGE", "TEST", "BUG")
    assert report["result"] in ("PASSED", "FAILED", "PENDING")
    assert len(report["data"]) <= 6
    assert all(one["type"] == "NUMBER" and isinstance(one["value"], int) for one in report["data"])
    assert all(0 < len(batch) <= 100 for batch in batches)
    annotations = [one for batch in batches for one in batch]
    assert len(annotations) <= 1_000
    for one in annotations:
        assert one["annotation_type"] in ("VULNERABILITY", "CODE_SMELL", "BUG")
        assert one["severity"] in ("CRITICAL", "HIGH", "MEDIUM", "LOW")
        assert 0 < len(one["summary"]) <= 450
        assert 0 < len(one["details"]) <= 2_000
        assert ("path" in one) == ("line" in one)
    assert len({one["external_id"] for one in annotations}) == len(annotations)


def reviewdog_accepts(found: Any) -> None:
    """reviewdog: reviewdog.proto; a message becomes a comment in Markdown."""
    assert set(found) == {"source", "diagnostics"}
    for one in found["diagnostics"]:
        assert set(one) == {"message", "location", "severity", "code"}
        assert one["severity"] in ("ERROR", "WARNING", "INFO")
        assert one["location"]["path"]
        span = one["location"].get("range", {"start": {"line": 1}})
        assert span["start"]["line"] >= 1
        assert ("column" in span["start"]) == ("end" in span)
        assert one["code"].get("url", "https://").startswith("https://")


ACCEPTED: dict[Callable[[Report], str], Callable[[Any], None]] = {
    gitlab: gitlab_accepts,
    sonar: sonar_accepts,
    warnings_ng: jenkins_accepts,
    bitbucket: bitbucket_accepts,
    rdjson: reviewdog_accepts,
}


@pytest.mark.parametrize("reporter", ACCEPTED)
@settings(max_examples=60)
@given(data=st.data(), kind=KINDS)
def test_services_accept_whatever_the_texts_are(
    reporter: Callable[[Report], str],
    data: st.DataObject,
    kind: str,
    texts: st.SearchStrategy[str],
    hostile_report: Callable[[str, str], Report],
) -> None:
    ACCEPTED[reporter](json.loads(reporter(hostile_report(data.draw(texts), kind))))


@pytest.mark.parametrize("reporter", ACCEPTED)
def test_services_accept_the_samples(
    reporter: Callable[[Report], str], sample_lint: Report, sample_diff: Report, empty_lint: Report
) -> None:
    for report in (sample_lint, sample_diff, empty_lint):
        ACCEPTED[reporter](json.loads(reporter(report)))


@settings(max_examples=100)
@given(data=st.data(), kind=KINDS)
def test_a_comment_of_reviewdog_is_text(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    for one in json.loads(rdjson(hostile_report(data.draw(texts), kind)))["diagnostics"]:
        # Where reviewdog puts it: behind words of its own on the same line.
        blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"reported by x {one['message']}")
        assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
        inline = blocks[1].children or []
        assert {token.type for token in inline} <= {"text", "softbreak", "hardbreak"}
        prose = "".join(token.content if token.type == "text" else "\n" for token in inline)
        assert not re.search(r"[@#!](?=\w)|://|\bwww\.", prose)


def test_only_what_matters_is_an_issue(sample_lint: Report, sample_diff: Report) -> None:
    found = issues(sample_diff)
    assert [(one.kind, one.verdict, one.severity) for one in found] == [
        ("change", "breaking", Severity.ERROR),
        ("change", "risky", Severity.WARNING),
        ("finding", "", Severity.WARNING),
    ]
    every = issues(sample_diff, everything=True)
    assert {one.verdict: one.status for one in every}["safe"] is Status.OPEN
    assert [one.reason for one in every if one.status is Status.SUPPRESSED] == ["nobody calls it (owner team-orders)"]
    kinds = [one.kind for one in issues(sample_lint)]
    assert kinds == ["failure", *["finding"] * 19, "note"]
    assert [one.reason for one in issues(sample_lint, everything=True) if one.status is Status.KNOWN] == [
        "it is in the baseline"
    ]


def test_unknown_warns(sample_diff: Report) -> None:
    change = replace(sample_diff.changes[0], verdict=Verdict.UNKNOWN)
    assert issues(replace(sample_diff, changes=(change,)))[0].severity is Severity.WARNING


def test_fingerprints_are_apart_and_keep_to_their_finding(sample_lint: Report) -> None:
    first = sample_lint.findings[0]
    twins = (first, first, replace(first, fingerprint=""), replace(first, fingerprint=""))
    marks = [one.fingerprint for one in issues(replace(sample_lint, findings=twins, errors=(), notes=()))]
    assert marks.count("aa00") == 1
    assert len(set(marks)) == 4
    assert marks == [one.fingerprint for one in issues(replace(sample_lint, findings=twins, errors=(), notes=()))]


def test_the_gravest_stay_and_a_note_says_so(sample_lint: Report) -> None:
    found = issues(sample_lint)
    kept = fewer(found, 4, "It")
    assert [one.severity for one in kept] == [Severity.ERROR] * 3 + [Severity.INFO]
    assert kept[-1].message == "It takes 4 entries: 18 of lesser weight are left out, other formats have them"
    assert fewer(found, len(found), "It") == found


def test_bitbucket_takes_a_thousand_in_batches(sample_lint: Report) -> None:
    first = sample_lint.findings[3]
    many = tuple(replace(first, fingerprint=f"{number:x}") for number in range(MOST_ANNOTATIONS + 50))
    found = json.loads(bitbucket(replace(sample_lint, findings=(*many, sample_lint.findings[0]))))
    bitbucket_accepts(found)
    assert [len(one) for one in found["annotations"]] == [BATCH] * 10
    flat = [one for batch in found["annotations"] for one in batch]
    assert flat[-1]["summary"].startswith("integrationlint/note: Bitbucket takes 1000 entries: 54 of lesser weight")
    assert any(one["summary"].startswith("fault/syntax: ") for one in flat)
    assert found["report"]["result"] == "FAILED"


def test_bitbucket_passes_without_an_error(sample_lint: Report) -> None:
    report = replace(sample_lint, findings=sample_lint.findings[3:], errors=())
    assert json.loads(bitbucket(report))["report"]["result"] == "PASSED"


def test_reviewdog_counts_bytes(sample_lint: Report) -> None:
    place = Location("a.yaml", "", Span(Position(7, 3), Position(7, 4)))
    finding = replace(sample_lint.findings[0], location=place, excerpt="a\U00010400b")
    (one,) = json.loads(rdjson(replace(sample_lint, findings=(finding,), errors=(), notes=())))["diagnostics"]
    assert one["location"]["range"] == {"start": {"line": 7, "column": 6}, "end": {"line": 7, "column": 7}}
    unseen = replace(sample_lint, findings=(replace(finding, excerpt=""),), errors=(), notes=())
    (one,) = json.loads(rdjson(unseen))["diagnostics"]
    assert one["location"]["range"] == {"start": {"line": 7}}


def test_the_rule_is_linked_where_it_has_a_page(sample_lint: Report) -> None:
    codes = {one["code"]["value"]: one["code"] for one in json.loads(rdjson(sample_lint))["diagnostics"]}
    assert codes["oas/path-case"]["url"] == "https://example.org/rules/oas/path-case"
    assert "url" not in codes["oas/field-case"]


def test_gitlab_shows_the_rule(sample_lint: Report) -> None:
    found = json.loads(gitlab(sample_lint))
    assert found[1]["description"] == "fault/syntax: mapping values are not allowed here"
    assert [one["severity"] for one in found if one["check_name"] == "integrationlint/note"] == ["info"]


def test_sentences_end() -> None:
    assert sentences(["one", "two.", "three"]) == "one. two. three"
    assert sentences([]) == ""
