"""Findings known before."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.engine.baseline import gone, mark, read, write
from integrationlint.model.errors import ConfigError
from integrationlint.model.finding import Finding, Status
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.rule import Severity


def finding(address: str, mark_: str, status: Status = Status.OPEN) -> Finding:
    return Finding("oas/a", Severity.ERROR, "m", address, Location("a", "", START_OF_FILE), mark_, status=status)


@given(st.lists(st.tuples(st.text(), st.text(min_size=1)), unique_by=lambda one: one[1]))
def test_what_is_written_is_read_and_marks_the_same_findings(pairs: list[tuple[str, str]]) -> None:
    findings = [finding(address, print_) for address, print_ in pairs]
    text = write(findings)
    json.loads(text)
    known = read(text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"), "b.json")
    assert all(one.status is Status.KNOWN for one in mark(findings, known))
    assert gone(findings, known) == ()
    assert write(reversed(findings)) == text


def test_one_entry_a_line_so_that_it_merges() -> None:
    text = write([finding("b", "2"), finding("a", "1"), finding("c", "3", Status.SUPPRESSED)])
    assert text.splitlines()[1:3] == [
        '  {"address": "a", "rule": "oas/a", "fingerprint": "1"},',
        '  {"address": "b", "rule": "oas/a", "fingerprint": "2"}',
    ]
    assert len(text.splitlines()) == 4


def test_a_suppressed_finding_stays_suppressed_and_what_is_gone_is_told() -> None:
    known = read(write([finding("a", "1"), finding("b", "2")]), "b.json")
    marked = mark([finding("a", "1", Status.SUPPRESSED)], known)
    assert marked[0].status is Status.SUPPRESSED
    assert [one.address for one in gone(marked, known)] == ["b"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 9, "findings": []}', "[" * 100_000])
def test_another_file_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^b\.json:1:1: "):
        read(text, "b.json")
