"""GitHub Actions, Azure Pipelines and TeamCity read what was meant, and nothing more."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.model.report import Report
from integrationlint.report.azure import azure
from integrationlint.report.github import github
from integrationlint.report.sanitise import line
from integrationlint.report.teamcity import NAME, TEXT, teamcity

KINDS = st.sampled_from(["lint", "diff"])
Command = tuple[str, dict[str, str], str]


def lines_of(output: str) -> list[str]:
    found = re.split("\r\n|\r|\n", output)
    assert found.pop() == ""
    return found


def unescaped(text: str, table: dict[str, str]) -> str:
    """As the runner and the agent do it: one replacement after the other."""
    for escape, char in table.items():
        text = text.replace(escape, char)
    return text


def github_reads(text: str) -> Command | None:
    """GitHub runner, ActionCommand.TryParseV2."""
    text = text.lstrip()
    end = text.find("::", 2)
    if not text.startswith("::") or end < 0:
        return None
    name, _, rest = text[2:end].partition(" ")
    table = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    pairs = [one.partition("=") for one in rest.split(",") if one]
    properties = {key.strip(): unescaped(value, table) for key, _, value in pairs}
    return name, properties, unescaped(text[end + 2 :], {"%0D": "\r", "%0A": "\n", "%25": "%"})


def azure_reads(text: str) -> Command | None:
    """Azure Pipelines agent, Command.TryParse with percents decoded."""
    start = text.find("##vso[")
    end = text.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, rest = text[start + 6 : end].partition(" ")
    table = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}
    pairs = [one.partition("=") for one in rest.split(";") if one]
    return name, {key: unescaped(value, table) for key, _, value in pairs}, unescaped(text[end + 1 :], table)


def teamcity_reads(text: str) -> Command:
    """A service message of several attributes; values are escaped by a bar."""
    value = r"(?:[^|'\[\]\n\r]|\|[|'nr\[\]]|\|0x[0-9A-F]{4})*"
    found = re.fullmatch(rf"##teamcity\[(\w+)((?: \w+='{value}')*)\]", text)
    assert found, text
    units = {"|": "|", "'": "'", "[": "[", "]": "]", "n": "\n", "r": "\r"}

    def plain(escaped: str) -> str:
        chars = re.sub(r"\|(0x([0-9A-F]{4})|.)", lambda one: chr(int(one[2], 16)) if one[2] else units[one[1]], escaped)
        return chars.encode("utf-16", "surrogatepass").decode("utf-16")

    attributes = re.findall(rf"(\w+)='({value})'", found[2])
    return found[1], {name: plain(one) for name, one in attributes}, ""


@settings(max_examples=80)
@given(data=st.data(), kind=KINDS)
def test_github_reads_annotations_alone(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    text = data.draw(texts)
    commands = []
    for one in lines_of(github(hostile_report(text, kind))):
        command = github_reads(one)
        assert command is not None or one.startswith("integrationlint: ")
        commands += [command] if command else []
    assert commands
    for name, properties, message in commands:
        assert name in ("error", "warning", "notice")
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties.get("file", line(text or ".")) == line(text or ".")
        assert ("col" in properties) == ("endLine" in properties)
        assert message


@settings(max_examples=80)
@given(data=st.data(), kind=KINDS)
def test_azure_reads_issues_alone(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    text = data.draw(texts)
    for one in lines_of(azure(hostile_report(text, kind))):
        command = azure_reads(one)
        if command is None:
            assert one.startswith(("integrationlint: ", "info: "))
            continue
        name, properties, message = command
        assert name == "task.logissue"
        assert set(properties) <= {"type", "sourcepath", "linenumber", "columnnumber", "code"}
        assert properties["type"] in ("error", "warning")
        assert properties.get("sourcepath", line(text or ".")) == line(text or ".")
        assert message


@settings(max_examples=80)
@given(data=st.data(), kind=KINDS)
def test_teamcity_reads_inspections_alone(
    data: st.DataObject, kind: str, texts: st.SearchStrategy[str], hostile_report: Callable[[str, str], Report]
) -> None:
    shown = teamcity(hostile_report(data.draw(texts), kind))
    assert shown.isascii()
    types: set[str] = set()
    for name, attributes, _ in map(teamcity_reads, lines_of(shown)):
        if name == "inspectionType":
            assert set(attributes) == {"id", "name", "category", "description"}
            assert all(len(attributes[one]) <= NAME and attributes[one] for one in ("id", "name", "category"))
            assert attributes["id"] not in types
            types.add(attributes["id"])
        elif name == "inspection":
            assert set(attributes) - {"line"} == {"typeId", "message", "file", "SEVERITY"}
            assert attributes["typeId"] in types
            assert attributes["SEVERITY"] in ("INFO", "ERROR", "WARNING", "WEAK WARNING")
            assert max(len(attributes["message"]), len(attributes["file"])) <= TEXT
        else:
            assert name == "buildStatisticValue"


@pytest.mark.parametrize("text", ["100% of a:b, c;d]e", "it's |a| [b] \n \u00e9 \U0001f468"])
def test_texts_arrive_as_they_are(text: str, sample_lint: Report) -> None:
    report = replace(sample_lint, findings=(replace(sample_lint.findings[0], rule=text, message=text),), errors=())
    for reporter, reads in ((github, github_reads), (azure, azure_reads)):
        name, properties, message = reads(lines_of(reporter(report))[0]) or ("", {}, "")
        assert name
        assert line(text) in properties.values()
        assert message == line(text)
    inspections = [one for one in map(teamcity_reads, lines_of(teamcity(report))) if one[0] == "inspection"]
    assert inspections[0][1]["message"] == inspections[0][1]["typeId"] == line(text)


def test_the_gravest_come_first(sample_lint: Report) -> None:
    levels = [one[0] for one in map(github_reads, lines_of(github(sample_lint))) if one]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    types = [one[1]["type"] for one in map(azure_reads, lines_of(azure(sample_lint))) if one]
    assert types == sorted(types)


def test_more_than_are_shown_is_told(sample_lint: Report, sample_diff: Report) -> None:
    assert "integrationlint: GitHub shows 10 of 16 warnings in the pull request; this log has all of them." in github(
        sample_lint
    )
    assert "integrationlint: Azure Pipelines shows 10 of 16 warnings; this log has all of them." in azure(sample_lint)
    assert "this log has all" not in github(sample_diff) + azure(sample_diff)


def test_a_span_of_several_lines_is_placed_where_it_begins(sample_lint: Report) -> None:
    finding = sample_lint.findings[0]
    start = finding.location.span.start
    span = finding.location.span._replace(end=start._replace(line=start.line + 4))
    report = replace(
        sample_lint, findings=(replace(finding, location=finding.location._replace(span=span)),), errors=()
    )
    command = github_reads(lines_of(github(report))[0])
    assert command is not None
    assert command[1] == {"file": "broken.yaml", "line": "3", "title": "fault/syntax"}


def test_a_change_says_what_why_whom_and_what_to_do(sample_diff: Report) -> None:
    command = github_reads(lines_of(github(sample_diff))[0])
    assert command is not None
    level, properties, message = command
    assert (level, properties["title"]) == ("error", "compat/field-removed")
    for said in (
        "breaking: field Order.customerId was removed",
        "new messages do not fit old readers",
        "breaks: consumer billing (tier1), owner team-billing",
        "What to do: Deprecate it first.",
    ):
        assert said in message
