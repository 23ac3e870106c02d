"""Messages of rules filled in, and what `field` selects."""

from typing import Any

import pytest

from integrationlint.spectral.field import segments, targets
from integrationlint.spectral.message import fill, printed, printed_path, property_name
from integrationlint.spectral.nouns import UNDEFINED


def filled(template: str, value: Any = "v", name: str = "title") -> str:
    return fill(template, error="wrong", description="What", path="#/info", property=name, value=value)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("plain {x}", "plain {x}"),
        ("{{error}}: {{description}} {{path}} {{property}} {{value}}", "wrong: What #/info title v"),
        ("{{ error }}|{{nothing}}", "|"),
        ('#{{print("property")}}is bad', '"title" property is bad'),
        ("#{{print('value')}}", '"v"'),
        ('#{{print("error")}}/#{{print("nothing")}}/', "wrong//"),
        ('#{{ "a" + property + 1 }}', "atitle1"),
        ("#{{property.toUpperCase()}}", "TITLE"),
        ('#{{concat("x", path)}}', "x#/info"),
        ("#{{unknown}}#{{1 +}}#{{print(}}#{{process}}", ""),
        ("{{error", "{{error"),
    ],
)
def test_templates(template: str, message: str) -> None:
    assert filled(template) == message


def test_the_document_as_a_whole_has_no_name() -> None:
    assert filled('#{{print("property")}}must exist', name="") == "The document must exist"


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        ({}, "[object Object]", "Object{}"),
        ([1, None, "a"], "1,,a", "Array[]"),
        (None, "null", "null"),
        (True, "true", "true"),
        (2.0, "2", "2"),
        ('a"b', 'a"b', '"a\\"b"'),
        (UNDEFINED, "undefined", "undefined"),
    ],
)
def test_values(value: Any, text: str, shown: str) -> None:
    assert filled("{{value}}", value) == text
    assert printed(value) == shown


def test_deep_values_and_expressions_end() -> None:
    deep: list[Any] = []
    for _ in range(500):
        deep = [deep]
    assert filled("{{value}}", deep) == ""
    assert filled("#{{" + "print(" * 50 + "1" + ")" * 50 + "}}") == ""


@pytest.mark.parametrize(
    ("path", "pointer"),
    [((), "#"), (("paths", "/pets/{id}", 0), "#/paths/~1pets~1%7Bid%7D/0"), (("$ref", "a b"), "#/%24ref/a%20b")],
)
def test_paths(path: tuple[str | int, ...], pointer: str) -> None:
    assert printed_path(path) == pointer


@pytest.mark.parametrize(
    ("at", "asked", "name"),
    [
        ((), (), ""),
        (("info",), ("info",), "info"),
        (("info", "contact"), ("info", "contact", "email"), "contact.email"),
        ((), ("info", "title"), "title"),
        (("tags", 0), ("tags", 0, "description"), "[0].description"),
        (("paths", "/a"), ("paths", "/a", "get", "x y"), "/a.get['x y']"),
    ],
)
def test_the_name_of_what_is_missing(at: Any, asked: Any, name: str) -> None:
    assert property_name(at, asked) == name


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("a.b[0]['c.d']", ("a", "b", "0", "c.d")),
        ('["a"].b', ("a", "b")),
        (".a", ("", "a")),
        ("a..b", ("a", "", "b")),
        ("x-y", ("x-y",)),
        (r"['it\'s']", ("it's",)),
    ],
)
def test_paths_of_lodash(field: str, path: tuple[str, ...]) -> None:
    assert segments(field) == path


VALUE = {"a": {"b": [{"c": 1}]}, "a.b": "direct", "list": ["x", "y"], "n": None}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("", [((), VALUE)]),
        ("a", [(("a",), VALUE["a"])]),
        ("a.b[0].c", [(("a", "b", 0, "c"), 1)]),
        ("a.b", [(("a", "b"), "direct")]),
        ("a.x.y", [(("a", "x", "y"), UNDEFINED)]),
        ("n.x", [(("n", "x"), UNDEFINED)]),
        ("list.length", [(("list", "length"), 2)]),
        ("list.5", [(("list", 5), UNDEFINED)]),
        ("@key", [((key,), key) for key in VALUE]),
        ("$.list[*]", [(("list", 0), "x"), (("list", 1), "y")]),
        ("$.nothing", [((), UNDEFINED)]),
    ],
)
def test_fields(field: str, expected: list[Any]) -> None:
    assert list(targets(VALUE, field)) == expected


def test_keys_of_lists_and_of_nothing() -> None:
    assert list(targets(["x"], "@key")) == [((0,), "0")]
    assert list(targets({}, "@key")) == [((), UNDEFINED)]


@pytest.mark.parametrize("value", ["text", 3, None, True])
def test_primitives_have_no_fields(value: Any) -> None:
    assert list(targets(value, "length")) == [((), value)]
