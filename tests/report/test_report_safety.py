"""No text of an artifact acts on a terminal, a CI runner, a Markdown reader or a JSON reader (threats 10 to 12)."""

import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from itertools import product
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from integrationlint.model.report import Report
from integrationlint.report.reporters import REPORTERS, render

SGR = re.compile(r"\x1b\[[0-9;]+m")
# What .NET's comparison by culture does not see.
UNSEEN_BY_CULTURE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]")
COMMANDS = st.sampled_from([("lint", False), ("diff", False), ("lint", True), ("diff", True)])
ROOT = Path(__file__).parents[2]
RESULT = json.loads((ROOT / "templates" / "result.schema.json").read_text(encoding="utf-8"))
SARIF = json.loads((ROOT / "tests" / "data" / "sarif-2.1.0-subset.schema.json").read_text(encoding="utf-8"))


def github_obeys(line: str) -> bool:
    """GitHub runner, ActionCommand.TryParseV2 and TryParse: `::x::` at the trimmed start, `##[x]` anywhere."""
    line = UNSEEN_BY_CULTURE.sub("", line)
    trimmed = line.lstrip()
    if trimmed.startswith("::") and trimmed.find("::", 2) >= 0:
        return True
    prefix = line.find("##[")
    return prefix >= 0 and line.find("]", prefix) >= 0


def azure_obeys(line: str) -> bool:
    """Azure Pipelines agent, Command.TryParse: `##vso[x]` anywhere, older ones by culture."""
    line = UNSEEN_BY_CULTURE.sub("", line)
    prefix = line.lower().find("##vso[")
    return prefix >= 0 and line.find("]", prefix) >= 0


def teamcity_obeys(line: str) -> bool:
    """TeamCity service messages: `##teamcity[x]`, anywhere in newer versions."""
    prefix = line.lower().find("##teamcity[")
    return prefix >= 0 and line.find("]", prefix) >= 0


def lines_of(output: str) -> list[str]:
    """As runners read them: LF, CR and CRLF end a line."""
    return re.split("\r\n|\r|\n", output)


@pytest.mark.parametrize(
    "line", [" ::error::x", "a ##[error]x", "##\u200d[x]", "x ##vso[task.x]y", "##teamcity[x]", "\t::set-env name=x::y"]
)
def test_the_oracles_see_commands(line: str) -> None:
    assert github_obeys(line) or azure_obeys(line) or teamcity_obeys(line)


# Formats that are commands of a system themselves: `test_report_commands.py` reads them as that system does.
SPEAK = {"github": github_obeys, "azure": azure_obeys, "teamcity": teamcity_obeys}
OBEY = (github_obeys, azure_obeys, teamcity_obeys)


def obeyed(name: str, output: str) -> list[str]:
    """The lines that a system would take for a command, other than the one that the format is made for."""
    oracles = [one for one in OBEY if one is not SPEAK.get(name)]
    return [line for line in lines_of(output) if any(oracle(line) for oracle in oracles)]


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize(
    "text",
    [
        "::error::x",
        "a\n::error::x",
        "a\n \u200d::x::y",
        "##[error]x",
        "x##",
        "##vso[task.x]y",
        "a\r##teamcity[x]",
        "[x]",
    ],
)
def test_a_command_stays_text_wherever_it_stands(
    name: str, text: str, hostile_report: Callable[[str, str], Report]
) -> None:
    for command, color in product(("lint", "diff"), (False, True)):
        shown = render(name, hostile_report(text, command), color=color, show_suppressed=True, statistics=True)
        assert not obeyed(name, shown)
        # A section of GitLab's log is made of control characters.
        assert not re.search("section_(?:start|end):[0-9]+:[^\r]*\r\x1b", shown)


@pytest.mark.parametrize("name", REPORTERS)
@settings(max_examples=60)
@given(data=st.data(), how=COMMANDS)
def test_no_line_is_a_command(
    name: str,
    data: st.DataObject,
    texts: st.SearchStrategy[str],
    how: tuple[str, bool],
    hostile_report: Callable[[str, str], Report],
) -> None:
    command, color = how
    shown = render(name, hostile_report(data.draw(texts), command), color=color, show_suppressed=True, statistics=True)
    shown.encode()
    assert not obeyed(name, shown)
    assert not obeyed(name, SGR.sub("", shown))
    for line in lines_of(shown):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]", SGR.sub("", line))


@pytest.mark.parametrize(("name", "schema"), [("json", RESULT), ("sarif", SARIF)])
@settings(max_examples=60)
@given(data=st.data(), how=COMMANDS)
def test_structured_output_stays_valid(
    name: str,
    schema: dict[str, object],
    data: st.DataObject,
    texts: st.SearchStrategy[str],
    how: tuple[str, bool],
    hostile_report: Callable[[str, str], Report],
) -> None:
    result = json.loads(render(name, hostile_report(data.draw(texts), how[0])))
    jsonschema_rs.validator_for(schema).validate(result)


@pytest.mark.parametrize("name", ["markdown", "github-summary"])
@settings(max_examples=100)
@given(data=st.data(), how=COMMANDS)
def test_markdown_has_no_markup_of_its_subject(
    name: str,
    data: st.DataObject,
    texts: st.SearchStrategy[str],
    how: tuple[str, bool],
    hostile_report: Callable[[str, str], Report],
) -> None:
    shown = render(name, hostile_report(data.draw(texts), how[0]))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(shown)
    inline = [child for token in tokens for child in token.children or []]
    html = [one.content.strip() for one in tokens + inline if one.type.startswith("html")]
    ours = r"<details><summary>[0-9a-z:, ]+</summary>|</details>"
    assert all(re.fullmatch(ours, one) for one in html)
    assert not {one.type for one in inline} & {"link_open", "image", "s_open"}
    for token in tokens:
        prose = "".join(one.content if one.type == "text" else "\n" for one in token.children or [])
        assert not re.search(r"[@#](?=\w)|://", prose)
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len(headings) == sum(1 for line in shown.splitlines() if re.match("#{2,3} ", line))


def test_the_hostile_report_leaves_no_text_out(hostile_report: Callable[[str, str], Report]) -> None:
    report = hostile_report("HOSTILE", "diff")
    untouched = {"action", "direction", "command", "kind", "syntax", "valid"}

    def check(thing: object) -> None:
        if is_dataclass(thing):
            for one in fields(thing):
                value = getattr(thing, one.name)
                if type(value) is str and value and one.name not in untouched:
                    assert "HOSTILE" in value, one.name
                check(value)
        elif isinstance(thing, tuple):
            for part in thing:
                check(part)

    check(report)
