"""Markdown fits into a comment and renders as meant."""

from dataclasses import replace

from markdown_it import MarkdownIt

from integrationlint.model.report import Report
from integrationlint.model.rule import Severity
from integrationlint.report.markdown import MOST_CHARACTERS, markdown


def test_details_fold_the_impact(sample_diff: Report) -> None:
    html = MarkdownIt("commonmark").enable("table").render(markdown(sample_diff))
    assert html.count("<details>") == html.count("</details>") == 1
    assert "<summary>4 dependents: 2 break, 1 at risk, 1 unaffected</summary>" in html
    assert "<strong>breaks</strong> consumer billing (tier1), owner team-billing" in html
    assert "<table>" in html


def test_too_much_leaves_the_gravest_and_says_so(sample_lint: Report) -> None:
    first = sample_lint.findings[2]
    many = [
        replace(first, location=first.location._replace(path=f"f{number:05}.yaml"), severity=Severity.INFO)
        for number in range(2_000)
    ]
    last = replace(first, location=first.location._replace(path="z.yaml"), severity=Severity.ERROR)
    shown = markdown(replace(sample_lint, findings=(*many, last)))
    assert MOST_CHARACTERS - 2_000 < len(shown) <= MOST_CHARACTERS
    assert "`z.yaml`" in shown
    assert shown.endswith("of lesser weight did not fit into a comment; the whole report has them._\n")
    assert "Part of the work could not be done" in shown


def test_a_hint_is_given_once(sample_lint: Report) -> None:
    assert markdown(sample_lint).count("_How to mend it:_ Rename the segment") == 1


def test_no_change(sample_diff: Report) -> None:
    shown = markdown(replace(sample_diff, changes=(), findings=(), verdict=sample_diff.verdict.NONE))
    assert shown.startswith("## integrationlint: no change\n\n**no change that means something to a reader**, `main")
