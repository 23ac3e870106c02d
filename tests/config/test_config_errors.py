"""What a configuration says wrong, and the line that the person who wrote it gets to read."""

import pytest

from integrationlint.config.load import MAX_ERRORS, load
from integrationlint.model.errors import ConfigError

FILE = ".integrationlint.yaml"


def complaints(text: str | bytes, path: str = FILE) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ConfigError) as caught:
        load(data, path)
    return [str(caught.value), *getattr(caught.value, "__notes__", ())]


SEVERITIES = "error, warning, info or off"
WRONG = [
    ("selct: [oas]", "1:1: unknown key 'selct' (did you mean 'select'?)"),
    ("extend: recommended", "1:1: unknown key 'extend' (did you mean 'extends'?)"),
    ("# first\nsupressions: []", "2:1: unknown key 'supressions' (did you mean 'suppressions'?)"),
    (
        "xyz: 1",
        "1:1: unknown key 'xyz' (known: extends, rules, select, overrides, suppressions, catalog, policy, limits,"
        " baseline, include, exclude)",
    ),
    ("rules: [a]", "1:8: 'rules' takes a mapping of rules, not a list"),
    ("rules:", "1:1: 'rules' takes a mapping of rules, not nothing"),
    ("rules:\n  a/b: eror", f"2:8: 'a/b' takes {SEVERITIES}, not 'eror' (did you mean 'error'?)"),
    ("rules:\n  a/b: warn", f"2:8: 'a/b' takes {SEVERITIES}, not 'warn' (did you mean 'warning'?)"),
    ("rules:\n  a/b: hint", f"2:8: 'a/b' takes {SEVERITIES}, not 'hint'"),
    ("rules: {a/b: false}", f"1:14: 'a/b' takes {SEVERITIES}, or a mapping with 'severity' and 'with', not false"),
    ("rules: {a/b: {sevrity: off}}", "1:15: unknown key 'sevrity' (did you mean 'severity'?)"),
    ("rules: {a/b: {with: 3}}", "1:21: 'with' takes a mapping of options, not 3"),
    ("select: 3", "1:9: 'select' takes text or a list of texts, not 3"),
    ("select: [oas, '']", "1:15: an entry of 'select' takes text, not ''"),
    ("overrides: {}", "1:12: 'overrides' takes a list, not a mapping"),
    ("overrides:\n  - files: a", "2:5: an entry of 'overrides' lacks 'rules': it takes a value"),
    ("overrides:\n  - {files: a, rules: {b: of}}", f"2:27: 'b' takes {SEVERITIES}, not 'of' (did you mean 'off'?)"),
    (
        "suppressions:\n  - {rule: a, at: b}",
        "2:5: an entry of 'suppressions' lacks 'reason': why this exception is right, for those who read it later",
    ),
    ("suppressions: [{rule: a, at: b, reason: ' '}]", "1:41: 'reason' takes a reason in words, not ' '"),
    (
        "suppressions: [{rule: a, at: b, reason: c, ticket: 482}]",
        "1:52: 'ticket' takes text, not 482 (put it in quotes)",
    ),
    (
        "suppressions: [{rule: a, at: b, reason: c, expires: 2027-02-31}]",
        "1:53: 'expires' takes a date such as 2027-03-31, not '2027-02-31'",
    ),
    (
        "suppressions: [{rule: a, at: b, reason: c, expires: 31.3.2027}]",
        "1:53: 'expires' takes a date such as 2027-03-31, not '31.3.2027'",
    ),
    ("catalog: [{uses: [a]}]", "1:11: an entry of 'catalog' lacks 'consumer': the name of who uses it"),
    ("policy: origin/main", "1:9: 'policy' takes a mapping with 'from', not 'origin/main'"),
    ("policy: {from: --help}", "1:16: 'from' takes a revision, not '--help'"),
    ("limits: {depth: 5000}", "1:17: 'depth' takes a whole number from 1 to 256, not 5000"),
    ("limits: {nodes: 0}", "1:17: 'nodes' takes a whole number from 1 up, not 0"),
    ("limits: {nodes: 1.5}", "1:17: 'nodes' takes a whole number from 1 up, not 1.5"),
    ("limits: {file-size: 20XB}", "1:21: 'file-size' takes a size such as 20MB, not '20XB'"),
    ("limits: {file-size: true}", "1:21: 'file-size' takes a number of bytes or a size such as 20MB, not true"),
    ("limits: {fil-size: 1}", "1:10: unknown key 'fil-size' (did you mean 'file-size'?)"),
    ("baseline: [a]", "1:11: 'baseline' takes the path of a file, not a list"),
    (
        "baseline: ../b.json",
        "1:1: baseline must lie inside the folder of the configuration, not at '../b.json'",
    ),
    (
        "extends: [recommended, https://example.com/x.yaml]",
        "1:24: 'extends' takes paths relative to the configuration, with forward slashes,"
        " not 'https://example.com/x.yaml'",
    ),
    (
        "extends: /etc/x.yaml",
        "1:10: 'extends' takes paths relative to the configuration, with forward slashes, not '/etc/x.yaml'",
    ),
    ("- a", "1:1: the configuration takes a mapping of settings, not a list"),
    ("text", "1:1: the configuration takes a mapping of settings, not 'text'"),
    ("select: [a]\n\nselect: [b]", "3:1: key 'select' is given twice, first in line 1"),
    ("? [a]\n: b", "1:3: a key is a plain word, not a value"),
    ("select: !!str a", "1:9: tags (!name) are not used in a configuration"),
    ("select: *a", "1:9: alias *a stands for nothing written before it"),
    ("select: [a]\n---\nselect: [b]", "2:1: a configuration is one YAML document: remove '---' and what follows"),
    ("a: b: c", "1:5: not YAML: mapping values are not allowed in this context"),
    ("select: [\n  a", "2:4: not YAML: while parsing a flow sequence did not find expected ',' or ']'"),
    ("select:\n- 'x\x07'", "2:5: the character U+0007 is not allowed in YAML: remove it"),
    ("[" * 101, "1:101: nested deeper than 100 levels: not a configuration"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_one_mistake_is_one_line_at_its_place(text: str, expected: str) -> None:
    assert complaints(text) == [f"{FILE}:{expected}"]


def test_all_mistakes_are_told_together_in_the_order_of_the_file() -> None:
    text = "selct: [a]\nrules:\n  a/b: eror\nlimits: {depth: x}\nselct: [b]\n"
    assert [one.split(": ")[0] for one in complaints(text)] == [f"{FILE}:{at}" for at in ("1:1", "3:8", "4:17", "5:1")]


def test_more_mistakes_than_anybody_reads_are_counted() -> None:
    found = complaints("\n".join(f"x{number}: 1" for number in range(5000)))
    assert len(found) == MAX_ERRORS + 2
    assert found[-1] == f"and {MAX_ERRORS - 1} more"


@pytest.mark.parametrize("text", ["\ufeffselct: a", "selct: a", "\r\nselct: a", "select: ['\u2028x']\nselct: a"])
def test_lines_and_columns_are_those_an_editor_shows(text: str) -> None:
    line = 1 + text.count("\n")
    assert complaints(text)[0].startswith(f"{FILE}:{line}:1: unknown key 'selct'")


def test_columns_count_code_points() -> None:
    assert complaints("rules: {'é😀/b': eror}")[0].startswith(f"{FILE}:1:17: 'é😀/b' takes")


def test_words_of_the_file_are_printed_without_their_control_characters() -> None:
    found = complaints('"a\\e[2J\\u202e": 1\nselect: "' + "x" * 500 + '"\nrules: "y' + "z" * 500 + '"')
    assert all(character.isprintable() for line in found for character in line)
    assert max(map(len, found)) < 300


def test_what_is_not_utf8_is_said_with_its_place() -> None:
    assert complaints("select:\n - é".encode("latin-1")) == [f"{FILE}:2:4: not UTF-8: save the file as UTF-8"]


def test_a_huge_file_is_refused() -> None:
    assert complaints(b"#" * 1_000_001) == [f"{FILE}:1:1: larger than 1000000 bytes: not a configuration"]
