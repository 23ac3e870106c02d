"""Repairs become edits that do what they say, in the manner of the file, and nothing else."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.document import Document
from integrationlint.model.fix import Fix, Repair
from integrationlint.model.location import START_OF_FILE, Position, Span, child
from integrationlint.parse.edits import applied, placed
from integrationlint.parse.parsers import parse


def edited(name: str, text: str, *repairs: Repair, span: Span = START_OF_FILE) -> str | None:
    """The text with the repairs made; None where they cannot be."""
    document = parse(name, text.encode())
    assert document.value is not None, document.faults
    (fix,) = placed(document, [(Fix(repairs), span)])
    return None if fix is None else applied(text, fix.edits)


REQUIRED = Repair("insert", "/a/0/required", value=True, beside="in")
BLOCK = [
    ("a: 1\nb: 2\nc: 3\n", Repair("remove", "/b"), "a: 1\nc: 3\n"),
    ("a: 1\nb:\n  x: 1\n\n# of c\nc: 3\n", Repair("remove", "/b"), "a: 1\n\n# of c\nc: 3\n"),
    ("a: 1\r\nb: 2\r\n", Repair("remove", "/b"), "a: 1\r\n"),
    ("a: 1\nb: 2", Repair("remove", "/b"), "a: 1"),
    ("a: 1\r\nb: 2", Repair("remove", "/b"), "a: 1"),
    ("a: 1\nb:\n", Repair("remove", "/b"), "a: 1\n"),
    ("a:\n  b:\n    x: 1\nc: 1\n", Repair("remove", "/a/b"), "a: {}\nc: 1\n"),
    ("a: # of a\n  b: 1\n", Repair("remove", "/a/b"), "a: {} # of a\n"),
    ("a:\n- x\n", Repair("remove", "/a/0"), "a: []\n"),
    ("a:\n  - x\n  - y: 1\n    z: 2\n  - w\n", Repair("remove", "/a/1"), "a:\n  - x\n  - w\n"),
    ("a: |\n  x\n\nb: |\n  y\nc: 1\n", Repair("remove", "/b"), "a: |\n  x\n\nc: 1\n"),
    ("a:\n  - in: path # here\n    name: x\n", REQUIRED, "a:\n  - in: path # here\n    required: true\n    name: x\n"),
    ("a:\r\n- in: path", REQUIRED, "a:\r\n- in: path\r\n  required: true"),
    ("a: false # no\n", Repair("set", "/a", value=True), "a: true # no\n"),
    ("a: 'x-y'\n", Repair("set", "/a", "X-Y"), "a: 'X-Y'\n"),
    ('a: "x"\n', Repair("set", "/a", "X"), 'a: "X"\n'),
    ("a: x\n", Repair("set", "/a", "no"), 'a: "no"\n'),
    ("a:\n  etag:\n    x: 1\n", Repair("rename", "/a/etag", "ETag"), "a:\n  ETag:\n    x: 1\n"),
    ("a:\n  'etag': 1\n", Repair("rename", "/a/etag", "ETag"), "a:\n  'ETag': 1\n"),
]
FLOW = [
    ("{a: 1, b: 2}\n", Repair("remove", "/a"), "{b: 2}\n"),
    ("x: {a: 1, b: 2, c: 3}\n", Repair("remove", "/x/b"), "x: {a: 1, c: 3}\n"),
    ("x: [a, b]\n", Repair("remove", "/x/1"), "x: [a]\n"),
    ("x: [ a ]\n", Repair("remove", "/x/0"), "x: []\n"),
    ("x: [a, b, ]\n", Repair("remove", "/x/1"), "x: [a, ]\n"),
    ("a: [{in: path, name: x}]\n", REQUIRED, "a: [{in: path, required: true, name: x}]\n"),
    ("a:\n- {name: x, in: path}\n", REQUIRED, "a:\n- {name: x, in: path, required: true}\n"),
]
JSON = [
    ('{"a": 1, "b": 2}', Repair("remove", "/b"), '{"a": 1}'),
    ('{\n  "a": 1,\n  "b": {\n    "x": 1\n  }\n}\n', Repair("remove", "/b"), '{\n  "a": 1\n}\n'),
    ('{\n\t"a": 1,\n\t"b": 2\n}\n', Repair("remove", "/a"), '{\n\t"b": 2\n}\n'),
    ('{"a": [\n  1,\n  2,\n  3\n]}', Repair("remove", "/a/1"), '{"a": [\n  1,\n  3\n]}'),
    ('{"a": {\n  "b": 1\n}}', Repair("remove", "/a/b"), '{"a": {}}'),
    ('{"a":[{"in":"path"}]}', REQUIRED, '{"a":[{"in":"path","required":true}]}'),
    (
        '{"a": [{\n  "name": "x",\n  "in": "path"\n}]}',
        REQUIRED,
        '{"a": [{\n  "name": "x",\n  "in": "path",\n  "required": true\n}]}',
    ),
    ('{"a": [{"in": "path", "name": "x"}]}', REQUIRED, '{"a": [{"in": "path", "required": true, "name": "x"}]}'),
    ('{"a": false}', Repair("set", "/a", value=True), '{"a": true}'),
    ('{"a": "x"}', Repair("set", "/a", "é"), '{"a": "é"}'),
    ('{"etag": 1}', Repair("rename", "/etag", "ETag"), '{"ETag": 1}'),
]
XML = [
    ("<a>\n  <b/>\n  <b/>\n</a>\n", Repair("remove", "/a[1]/b[2]"), "<a>\n  <b/>\n</a>\n"),
    ("<a><b></b><c/></a>", Repair("remove", "/a[1]/b[1]"), "<a><c/></a>"),
]


@pytest.mark.parametrize(
    ("name", "text", "repair", "expected"),
    [("a.yaml", *one) for one in BLOCK + FLOW] + [("a.json", *one) for one in JSON] + [("a.xml", *one) for one in XML],
)
def test_the_manner_of_the_file_is_kept(name: str, text: str, repair: Repair, expected: str) -> None:
    assert edited(name, text, repair) == expected


@pytest.mark.parametrize(
    ("name", "text", "repair"),
    [
        ("a.yaml", "a: 1\nb: 2 # why\n", Repair("remove", "/b")),
        ("a.yaml", "a: 1\nb:\n  # why\n  x: 1\n", Repair("remove", "/b")),
        ("a.yaml", "x: [a, # why\n  b]\n", Repair("remove", "/x/1")),
        ("a.yaml", "- a: 1\n  b: 2\n", Repair("remove", "/0/a")),
        ("a.yaml", "a: 1\n", Repair("remove", "/a")),
        ("a.yaml", "a: &x\n  b: 1\nc: *x\n", Repair("remove", "/c/b")),
        ("a.yaml", "a: &x\n  b: 1\n  c: 1\nd:\n  <<: *x\n  e: 1\n", Repair("remove", "/d/b")),
        ("a.yaml", "a: |\n  x\n", Repair("set", "/a", "y")),
        ("a.yaml", "a: &x y\n", Repair("set", "/b", "y")),
        ("a.yaml", "? [\n", Repair("remove", "/a")),
        ("a.yaml", "a:\n- in: >\n    path\n", REQUIRED),
        ("a.xml", "<a><b><!-- why --></b></a>", Repair("remove", "/a[1]/b[1]")),
        ("a.xml", "<a b='1'/>", Repair("set", "/a[1]/@b", "2")),
        ("a.csv", "a,b\n1,2\n", Repair("remove", "/2/1")),
    ],
)
def test_what_would_take_more_away_is_left_alone(name: str, text: str, repair: Repair) -> None:
    document = parse(name, text.encode())
    assert list(placed(document, [(Fix((repair,)), START_OF_FILE)])) == [None]


def test_repairs_that_meet_are_none() -> None:
    assert edited("a.yaml", "{a: 1, b: 2, c: 3}\n", Repair("remove", "/a"), Repair("remove", "/b")) is None
    assert edited("a.yaml", "{a: 1, b: 2, c: 3}\n", Repair("remove", "/b"), Repair("remove", "/c")) == "{a: 1}\n"


@pytest.mark.parametrize(
    ("name", "line", "rule", "expected"),
    [
        ("a.yaml", "a: 1  # integrationlint: ignore[x] why", "x", "a: 1"),
        ("a.yaml", "a: 1  # integrationlint: ignore[x, y] why", "x", "a: 1  # integrationlint: ignore[y] why"),
        ("a.yaml", "a: 1  # integrationlint: ignore[x] why", "y", None),
        ("a.xml", "<a/> <!-- integrationlint: ignore[x] why -->", "x", "<a/>"),
        ("a.csv", "a,b # integrationlint: ignore[x] why", "x", None),
    ],
)
def test_an_exception_goes_from_its_comment(name: str, line: str, rule: str, expected: str | None) -> None:
    start = min(at for at in (line.find("#"), line.find("<!--")) if at >= 0)
    span = Span(Position(1, start + 1), Position(1, len(line) + 1))
    found = edited(name, line + "\n", Repair("forget", value=rule), span=span)
    assert found == (None if expected is None else expected + "\n")


def test_an_exception_on_a_line_of_its_own_goes_with_it() -> None:
    text = "# first\n# integrationlint: ignore[x] why\na: 1\n"
    span = Span(Position(2, 1), Position(2, 33))
    assert edited("a.yaml", text, Repair("forget", value="x"), span=span) == "# first\na: 1\n"


SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab: #'\"\n-", max_size=6)
NAMES = st.text("abc-/~ ", min_size=1, max_size=4)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)
TREES = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)


def pointers(value: Any, at: str = "") -> list[str]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for key, inner in members for one in (child(at, key), *pointers(inner, child(at, key)))]


def without(value: Any, pointer: str) -> Any:
    copy = json.loads(json.dumps(value))
    document = Document("", "json", copy, "")
    holder, _, last = pointer.rpartition("/")
    found: Any = document.at(holder)
    del found[int(last) if isinstance(found, list) else last.replace("~1", "/").replace("~0", "~")]
    return copy


@pytest.mark.parametrize("style", ["json", "indented json", "block", "flow", "mixed"])
@given(value=TREES, data=st.data())
def test_what_is_removed_is_gone_and_nothing_else(style: str, value: Any, data: st.DataObject) -> None:
    text, name = written(value, style, data)
    document = parse(name, text.encode())
    assert document.value == value
    pointer = data.draw(st.sampled_from(pointers(value)))
    (fix,) = placed(document, [(Fix((Repair("remove", pointer),)), START_OF_FILE)])
    if fix is None:
        return
    new = applied(text, fix.edits)
    assert parse(name, new.encode()).value == without(value, pointer)
    # All lines that no edit touches are there as they were, in order, and so is every comment.
    touched = {line for edit in fix.edits for line in range(edit.span.start.line, edit.span.end.line + 1)}
    kept = [line for number, line in enumerate(text.split("\n"), 1) if number not in touched]
    rest = iter(new.split("\n"))
    assert all(line in rest for line in kept)
    assert new.count("# why") == text.count("# why")


def written(value: Any, style: str, data: st.DataObject) -> tuple[str, str]:
    """A value as text, in YAML with comments on lines of their own, and the name of its file."""
    if style.endswith("json"):
        return json.dumps(value, indent=2 if style.startswith("indented") else None), "a.json"
    flow = {"block": False, "flow": True, "mixed": None}[style]
    text = yaml.safe_dump(value, default_flow_style=flow, sort_keys=False, width=10_000)
    if style != "flow" and "|" not in text and ">" not in text and '"' not in text and "'" not in text:
        lines = text.split("\n")
        for at in data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=3)):
            lines[at] = f"# why\n{lines[at]}"
        text = "\n".join(lines)
    return text, "a.yaml"
