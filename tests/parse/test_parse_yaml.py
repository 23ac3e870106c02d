from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.model.document import Document
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.location import Position, Span
from integrationlint.parse import yaml as parser

Cut = Callable[[Document, Span], str]


def read(text: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    return parser.parse("a.yaml", text, "utf-8", limits)


def codes(document: Document) -> list[tuple[str, bool]]:
    return [(fault.code, fault.fatal) for fault in document.faults]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [x, {c: d}]\ne:\n- f\n-\n", {"a": 1, "b": ["x", {"c": "d"}], "e": ["f", None]}),
        ("country: NO\nmode: 010\n", {"country": "NO", "mode": 10}),
        ("a: '1'\nb: \"\\x41\\n\"\nc: 'it''s'\n", {"a": "1", "b": "A\n", "c": "it's"}),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
        ("a: [x, b: c]\n", {"a": ["x", {"b": "c"}]}),
        ("{a, b: , c: ''}\n", {"a": None, "b": None, "c": ""}),
        (
            "200: a\ntrue: b\n~: c\n1.5: d\n.inf: e\n0x10: f\n",
            dict(zip(["200", "true", "null", "1.5", ".inf", "16"], "abcdef", strict=True)),
        ),
        ("? a b\n: 1\n? |\n  block\n: 2\n", {"a b": 1, "block\n": 2}),
        ("text\n", "text"),
        ("--- [1]\n...\n", [1]),
        ("%YAML 1.2\n---\na: 1\n", {"a": 1}),
        ("", None),
        ("# only a comment\n", None),
        ("---\n# nothing\n---\na: 1\n", {"a": 1}),
        ("a: x\u2028y\nb: |\n  l\u2028m\n  n\x85o\n", {"a": "x\u2028y", "b": "l\u2028m\nn\x85o\n"}),
        ("a: x\rb: y\r\nc: z", {"a": "x", "b": "y", "c": "z"}),
        ("a: '<<'\n'<<': {b: 1}\nc: [<<]\n", {"a": "<<", "<<": {"b": 1}, "c": ["<<"]}),
    ],
)
def test_values_follow_yaml_1_2(text: str, value: object) -> None:
    document = read(text)
    assert (document.value, document.faults, document.syntax) == (value, (), "yaml")
    assert repr(document.value) == repr(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 1}}),
        ("- &x 1\n- &x 2\n- *x\n", [1, 2, 2]),
        ("- &x [&x 1, *x]\n- *x\n", [[1, 1], 1]),
        ("- &x 'k'\n- {*x : v}\n", ["k", {"k": "v"}]),
        ("a: &b {x: 1, y: 2}\nc: {y: 3, <<: *b}\n", {"a": {"x": 1, "y": 2}, "c": {"y": 3, "x": 1}}),
        (
            "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: [{x: 9}, *b]}\n",
            {"a": {"x": 1}, "b": {"y": 2, "x": 1}, "c": {"x": 9, "y": 2}},
        ),
        ("a: {<<: {x: 1}, <<: {y: 2}}\n", {"a": {"x": 1, "y": 2}}),
    ],
)
def test_anchors_aliases_and_merge_keys(text: str, value: object) -> None:
    document = read(text)
    assert (document.value, document.faults) == (value, ())


def test_an_alias_is_the_same_object_and_not_a_copy() -> None:
    value: Any = read("a: &x [1]\nb: *x\n").value
    assert value["a"] is value["b"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Sub 'x ${y}'", {"Fn::Sub": "x ${y}"}),
        ("!Ref 12", {"Ref": "12"}),
        ("!Condition c", {"Condition": "c"}),
        ("!GetAtt a.b.c", {"Fn::GetAtt": ["a", "b.c"]}),
        ("!GetAtt [a, b]", {"Fn::GetAtt": ["a", "b"]}),
        ("!If [c, !Ref a, {k: !Sub b}]", {"Fn::If": ["c", {"Ref": "a"}, {"k": {"Fn::Sub": "b"}}]}),
        ("!Sub\n- ${a}\n- a: 1\n", {"Fn::Sub": ["${a}", {"a": 1}]}),
        ("[&x !Ref a, *x]", [{"Ref": "a"}, {"Ref": "a"}]),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!<tag:yaml.org,2002:str> 12", "12"),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!python/object/apply:os.system [echo]", ["echo"]),
        ("!own 12", 12),
        ("!own '12'", "12"),
        ("!own {a: 1}", {"a": 1}),
    ],
)
def test_tags(text: str, value: object) -> None:
    document = read(text)
    assert (document.value, document.faults) == (value, ())


@pytest.mark.parametrize(
    ("text", "pointer", "key", "value"),
    [
        ("a: 1\n", "", "a: 1", "a: 1"),
        ("a: 1\n", "/a", "a", "1"),
        ("'a b' :  'c''d' # e\n", "/a b", "'a b'", "'c''d'"),
        ("a:\n  - x\n  -   y\n\n\nb: 1\n", "/a", "a", "- x\n  -   y"),
        ("a:\n- x\n- y\nb: 1\n", "/a", "a", "- x\n- y"),
        ("a:\n- x\n-   y z  \n", "/a/1", "y z", "y z"),
        ("a:\n  b:\n    c: d # e\n# f\ng: h\n", "/a", "a", "b:\n    c: d"),
        ("a: |\n  x\n\n  y  \n\n\nb: 1\n", "/a", "a", "|\n  x\n\n  y"),
        ("a: x\n  y\nb: 1\n", "/a", "a", "x\n  y"),
        ("a:\nb: 1\n", "/a", "a", ""),
        ("a: {b: [1, 2 ], c}\n", "/a", "a", "{b: [1, 2 ], c}"),
        ("a: {b: [1, 2 ], c}\n", "/a/b", "b", "[1, 2 ]"),
        ("a: {b: [1, 2 ], c}\n", "/a/b/1", "2", "2"),
        ("a: [b: c, d]\n", "/a/0", "b: c", "b: c"),
        ("a: é😀\nb: {é: 😀}\n", "/b/é", "é", "😀"),
        ("a: 1\na: 2\n", "/a", "a", "2"),
        ("x: &b {y: 1}\nz:\n  <<: *b\n", "/z/y", "y", "1"),
        ("x: &b {y: 1}\nz:\n  <<: [*b, {y: 2, w: 3}]\n", "/z/w", "w", "3"),
        ("x: &b {y: 1}\nz: *b\n", "/z", "z", "*b"),
        ("x: &b {y: 1}\nz: *b\n", "/z/y", "y", "1"),
        ("x: &b # c\n  y: 1\n", "/x", "x", "y: 1"),
        ("x: &b !!str y\n", "/x", "x", "y"),
        ("x: &b\n", "/x", "x", ""),
        ("x: !Sub 'y'\n", "/x", "x", "!Sub 'y'"),
        ("x: !Sub 'y'\n", "/x/Fn::Sub", "!Sub", "'y'"),
        ("x: &a !If\n  - c\n  - !Ref d\n", "/x/Fn::If", "!If", "- c\n  - !Ref d"),
        ("x: &a !If\n  - c\n  - !Ref d\n", "/x/Fn::If/1/Ref", "!Ref", "d"),
        ("x: !GetAtt a.b\n", "/x/Fn::GetAtt/1", "a.b", "a.b"),
        ("200: a\n", "/200", "200", "a"),
        ("~: a\n", "/null", "~", "a"),
        ("a/b~c: d\n", "/a~1b~0c", "a/b~c", "d"),
        ("a: x\u2028y\nb: z\n", "/b", "b", "z"),
        ("---\n...\n---\na: b\n", "/a", "a", "b"),
    ],
)
def test_places(cut: Cut, text: str, pointer: str, key: str, value: str) -> None:
    document = read(text)
    document.at(pointer)
    assert cut(document, document.span(pointer, key=True)) == key
    assert cut(document, document.span(pointer, key=False)) == value
    written = read(text.replace("\n", "\r\n"))
    assert cut(written, written.span(pointer, key=False)) == value.replace("\n", "\r\n")


def test_what_is_not_written_has_the_place_of_what_holds_it() -> None:
    document = read("a:\n  b: [1]\n")
    assert document.span("/a/b/7/c") == document.span("/a/b") == Span(Position(2, 3), Position(2, 4))
    assert document.span("/a/" + "9" * 5000) == document.span("/a")
    assert read("").span("/a") == Span(Position(1, 1), Position(1, 1))


@pytest.mark.parametrize(
    ("text", "code", "start", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1), "'a' is written twice"),
        ("{1: a, '1': b}\n", "duplicate-key", (1, 8), "'1' is written twice"),
        ("a: 1\n---\nb: 2\n", "multiple-documents", (2, 1), "only the first"),
        ("<<: 3\na: 1\n", "syntax", (1, 5), "merge key"),
        ("a: !!int x\n", "syntax", (1, 10), "read as text"),
    ],
)
def test_what_is_told_and_read_all_the_same(text: str, code: str, start: tuple[int, int], words: str) -> None:
    document = read(text)
    assert document.value is not None
    assert codes(document) == [(code, False)]
    assert document.faults[0].span.start == start
    assert words in document.faults[0].message


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("a: b: c\n", (1, 5), "quote a text that contains one"),
        ("a:\n\tb: 1\n", (2, 1), "a tab cannot indent"),
        ("a: 'x\nb: 2\n", (1, 4), "never closed"),
        ('a: "x\nb: 2\n', (1, 4), "never closed"),
        ("a: [1, 2\nb: 3\n", (2, 2), "',' or ']' is expected"),
        ("a: {x: 1\nb: 3\n", (2, 2), "',' or '}' is expected"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "mend the indentation"),
        ("- a\nb: 1\n", (2, 1), "list item"),
        ("a: @x\n", (1, 4), "cannot begin with '@'"),
        ('a: "\\d"\n', (1, 5), "double the backslash"),
        ('a: "\\ud800"\n', (1, 7), "Unicode"),
        ("a: 1\nb\nc: 2\n", (3, 1), "without ':'"),
        ("a: x\x01y\n", (1, 5), "U+0001"),
        ("a: !u!x 1\n", (1, 4), "%TAG"),
        ("a: }", (1, 4), "a value is expected"),
        ("a: *b\n", (1, 4), "no anchor &b"),
        ("? [a]\n: b\n", (1, 3), "cannot be a key"),
        ("{a: b}}\n", (1, 7), "had ended before"),
        ("%YAML 2.0\n---\na: 1\n", (1, 1), "incompatible"),
    ],
)
def test_syntax_faults_say_where_and_what_to_do(text: str, start: tuple[int, int], words: str) -> None:
    document = read(text)
    assert document.value is None
    assert codes(document) == [("syntax", True)]
    assert document.faults[0].span.start == start
    assert words in document.faults[0].message


@pytest.mark.parametrize(
    ("text", "limits", "start"),
    [
        ("a: &x [*x]\n", Limits(), (1, 8)),
        ("a: &x\n  b: {<<: *x}\n", Limits(), (2, 11)),
        ("a: {b: {c: 1}}\n", Limits(depth=2), (1, 8)),
        ("a:\n  b:\n    c: 1\n", Limits(depth=2), (3, 5)),
        ("!If [!If [1]]\n", Limits(depth=3), (1, 6)),
        ("a: &x [[1]]\nb: [*x]\n", Limits(depth=3), (2, 5)),
        ("a: &x [1, 2]\nb: [*x, *x, *x]\n", Limits(nodes=7), (2, 13)),
        ("a: [1, 2, 3]\n", Limits(nodes=2), (1, 12)),
        ("- 1\n" * 40, Limits(nodes=10), (35, 3)),
        ("a: &x 1\nb: [*x, *x]\n", Limits(aliases=1), (2, 9)),
        ("a: 123456\n", Limits(digits=5), (1, 4)),
    ],
)
def test_limits_are_faults(text: str, limits: Limits, start: tuple[int, int]) -> None:
    document = read(text, limits)
    assert document.value is None
    assert codes(document) == [("limit", True)]
    assert document.faults[0].span.start == start


def test_what_just_fits_is_read() -> None:
    limits = Limits(depth=3, nodes=9, aliases=3, digits=4)
    document = read("a: &x [1234]\nb: [*x, *x, *x]\n", limits)
    assert (document.value, document.faults) == ({"a": [1234], "b": [[1234]] * 3}, ())
