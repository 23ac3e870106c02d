from collections.abc import Callable

import pytest

from integrationlint.model.document import Document
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.location import Span
from integrationlint.parse import json as parser

Cut = Callable[[Document, Span], str]


def read(text: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    return parser.parse("a.json", text, "utf-8", limits)


def test_values_keep_their_order() -> None:
    document = read('{"b": [1, 2.5, true, null, "x"], "a": {}}\n')
    assert (document.syntax, document.faults) == ("json", ())
    assert document.value == {"b": [1, 2.5, True, None, "x"], "a": {}}
    assert list(document.value) == ["b", "a"]


@pytest.mark.parametrize(
    ("pointer", "key", "value"),
    [
        ("", '{"a" : [1, "\\u00e9" ],\r\n "b": {"a/b~c": -1.5e3}, "a b": ""}', None),
        ("/a", '"a"', '[1, "\\u00e9" ]'),
        ("/a/0", "1", "1"),
        ("/a/1", '"\\u00e9"', '"\\u00e9"'),
        ("/b/a~1b~0c", '"a/b~c"', "-1.5e3"),
        ("/a b", '"a b"', '""'),
    ],
)
def test_places(cut: Cut, pointer: str, key: str, value: str | None) -> None:
    document = read(' {"a" : [1, "\\u00e9" ],\r\n "b": {"a/b~c": -1.5e3}, "a b": ""}\r\n')
    assert cut(document, document.span(pointer, key=True)) == key
    assert cut(document, document.span(pointer, key=False)) == (value if value is not None else key)


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("", (1, 1), "empty"),
        ("  \n", (1, 1), "empty"),
        ('{"a": 1', (1, 8), "the file ends here"),
        ('{"a": 1,}', (1, 9), "no comma after the last item"),
        ("[1, ]", (1, 5), "no comma after the last item"),
        ('{\n  // c\n  "a": 1}', (2, 3), "no comments"),
        ('{"a": /* c */ 1}', (1, 7), "no comments"),
        ("# c\n{}", (1, 1), "no comments"),
        ("{'a': 1}", (1, 2), "double quotes"),
        ("{a: 1}", (1, 2), "a name in double quotes"),
        ('{"a" 1}', (1, 6), "':' is expected"),
        ('{"a": 1 "b": 2}', (1, 9), "',' or a closing bracket"),
        ('{"a": }', (1, 7), "a value is expected"),
        ('{"a": x}', (1, 7), "a value is expected"),
        ("{} {}", (1, 4), "nothing may follow"),
        ('{"a": "b}', (1, 7), "never closed"),
        ('{"a": "b\n"}', (1, 9), "escape"),
        ('{"a": "\\d"}', (1, 8), "double the backslash"),
        ('{"a": "\\u12"}', (1, 9), "hexadecimal"),
        ('{"a": NaN}', (1, 7), "NaN is no number of JSON"),
        ('["NaN", {"Infinity": -Infinity}]', (1, 22), "-Infinity is no number"),
        ("[" * 300 + "]]]", (1, 201), "limit"),
        ('{"a" 1, ' + "[" * 300, (1, 6), "':' is expected"),
    ],
)
def test_faults_say_where_and_what_to_do(text: str, start: tuple[int, int], words: str) -> None:
    document = read(text)
    assert document.value is None
    (fault,) = document.faults
    assert (fault.code, fault.fatal) == ("limit" if words == "limit" else "syntax", True)
    assert words in fault.message
    assert fault.span.start == start


def test_duplicate_keys_are_told_and_the_last_one_counts(cut: Cut) -> None:
    document = read('{"a": {"b": 1, "\\u0062": {"c": 1, "c": 2}}, "a": 3, "d": 4}')
    assert document.value == {"a": 3, "d": 4}
    assert [(fault.code, fault.fatal) for fault in document.faults] == [("duplicate-key", False)] * 3
    assert [cut(document, fault.span) for fault in document.faults] == ['"\\u0062"', '"c"', '"a"']
    assert cut(document, document.span("/a")) == "3"


def test_numbers_beyond_a_double_and_halves_of_characters_are_told(cut: Cut) -> None:
    document = read('{"a": 1e999, "\\ud83d": "\\ud83d\\ude00 \\\\ud800 \\uDE00", "e": [-1E400, 1e-999]}')
    assert document.value == {"a": float("inf"), "\ufffd": "😀 \\ud800 \ufffd", "e": [float("-inf"), 0.0]}
    told = [(fault.code, fault.fatal, cut(document, fault.span)) for fault in document.faults]
    assert told == [
        ("limit", False, "1e999"),
        ("encoding", False, "\\ud83d"),
        ("encoding", False, "\\uDE00"),
        ("limit", False, "-1E400"),
    ]
    assert cut(document, document.span("/\ufffd", key=True)) == '"\\ud83d"'


@pytest.mark.parametrize(
    ("text", "limits", "start"),
    [
        ('{"a": [{}]}', Limits(depth=2), (1, 8)),
        ("[1, 2, 3]", Limits(nodes=2), (1, 1)),
        ('{"a": 123456}', Limits(digits=5), (1, 7)),
        ("[0.123456]", Limits(digits=5), (1, 2)),
        ('["999999", 12345, 123456]', Limits(digits=5), (1, 19)),
        ("[1" + "0" * 5000 + "]", Limits(digits=10_000), (1, 1)),
    ],
)
def test_limits_are_faults(text: str, limits: Limits, start: tuple[int, int]) -> None:
    document = read(text, limits)
    assert document.value is None
    assert [(fault.code, fault.fatal) for fault in document.faults] == [("limit", True)]
    assert document.faults[0].span.start == start


def test_what_just_fits_is_read() -> None:
    document = read('{"a": ["[[[,,,", "123456", 12345]}', Limits(depth=2, nodes=5, digits=5))
    assert (document.value, document.faults) == ({"a": ["[[[,,,", "123456", 12345]}, ())
