"""Filters: JavaScript's operators, members and methods on the value, its key and its surroundings."""

from typing import Any

import pytest

from integrationlint.dialects.jsonpath.select import compiled, select

ITEMS: dict[str, Any] = {
    "text": "Hello",
    "empty": "",
    "zero": 0,
    "seven": 7,
    "yes": True,
    "nothing": None,
    "list": ["a", "b"],
    "none": [],
    "object": {"type": "string", "format": "date", "size": 10, "deep": {"er": "x"}, "x-own": "1"},
    "array": {"type": ["string", "null"], "enum": ["a"], "size": "10"},
    "200": {"type": "integer", "default": None},
}


def keys(filter: str, root: Any = None) -> list[str]:
    """The keys of the items for which a filter holds."""
    return [str(one.path[-1]) for one in select([compiled(f"$[?({filter})]")], ITEMS if root is None else root)]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("@", "text seven yes list none object array 200"),
        ("!@", "empty zero nothing"),
        ("@ == null", "nothing"),
        ("@ === 0", "zero"),
        ("@ == 0", "empty zero none"),
        ("@ === 'Hello'", "text"),
        ('@ != "Hello" && @string()', "empty"),
        ("@ == true", "yes"),
        ("@ > 1", "seven"),
        ("@ >= 0 && @ <= 7 && @number()", "zero seven"),
        ("@object()", "list none object array 200"),
        ("@array()", "list none"),
        ("@string() || @boolean()", "text empty yes"),
        ("@null()", "nothing"),
        ("@integer()", "zero seven"),
        ("@scalar() && @", "text seven yes"),
        ("@.length > 1", "text list"),
        ("@.length", "text list"),
        ("@[0] == 'a'", "list"),
        ("@[0] == 'H'", "text"),
        ("typeof @ == 'number'", "zero seven"),
        ("void 0", ""),
        ("true", "text empty zero seven yes nothing list none object array 200"),
        ("@ + 1 == 8", "seven"),
        ("@ - 1 == 6 || @ % 4 == 3", "seven"),
        ("-@ == -7", "seven"),
        ("@ * 2 === 14 && @ / 2 === 3.5", "seven"),
        ("@ ? @ == 7 : @ === 0", "zero seven"),
        ("(@ || 'x') == 'x'", "empty zero nothing"),
        ("(@ ?? 'x') == 'x'", "nothing"),
        ("@ in ['Hello', 7]", "text seven"),
        ("@.toLowerCase && @.toLowerCase() == 'hello'", "text"),
    ],
)
def test_values(filter: str, expected: str) -> None:
    assert keys(filter) == expected.split()


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("@.type", "object array 200"),
        ("@ && @.type", "object array 200"),
        ("@.type == 'string'", "object"),
        ("@.type === 'string'", "object"),
        ("'string' === @.type", "object"),
        ("@.type == 'string,null'", "array"),
        ("@.type != 'string' && @.type", "array 200"),
        ("@.type && @.type.constructor.name === 'Array'", "array"),
        ("@ && @.type && @.type.constructor.name === \"Array\" && @.type.includes('null')", "array"),
        ("@.type.constructor.name === 'String'", "object 200"),
        ("@.size == 10", "object array"),
        ("@.size === 10", "object"),
        ("@.size > 9", "object array"),
        ("@['x-own'] == 1", "object"),
        ("@.x_own !== void 0", ""),
        ("@['x-own'] !== undefined", "object"),
        ("@.default === null", "200"),
        ("@.default !== void 0", "200"),
        ("@.default != null", ""),
        ("@.deep.er == 'x'", "object"),
        ("@.deep?.er == 'x'", "object"),
        ("@?.default === null", "200"),
        ("@.type && !@.enum", "object 200"),
        ("@.type in ['integer', 'string']", "object 200"),
        ("@.enum || @.format", "object array"),
        ("(@.enum || @.format) && (@.type || @.none)", "object array"),
        ("@ && (@.enum && @.enum.length === 1 || @.default === null)", "array 200"),
        ("@.hasOwnProperty && @.hasOwnProperty('format')", "object"),
        ("@.type == @.format", "text empty zero seven yes list none"),
        ("!!@.enum", "array"),
        ("!(@.type || @.length)", "empty zero seven yes none"),
    ],
)
def test_members(filter: str, expected: str) -> None:
    assert keys(filter) == expected.split()


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("@property === 'zero'", "zero"),
        ("@property == 'zero' || @property === 'yes'", "zero yes"),
        ("@property in ['zero', '200', 'no']", "zero 200"),
        ("@property == 200", "200"),
        ("@property === 200", ""),
        ("@property === '200'", "200"),
        ("@property >= 200 && @property < 300", "200"),
        ("@property != 'zero' && @ === 0", ""),
        ("@property !== 'object' && @.type", "array 200"),
        ("@property.match(/^.es$/)", "yes"),
        ("@property.match('es$')", "yes"),
        ("/^(zero|seven)$/.test(@property)", "zero seven"),
        ("/^ZERO$/i.test(@property)", "zero"),
        ("!/[a-z]/.test(@property)", "200"),
        ("@property ~= '^z'", "zero"),
        ("@property[0] == '2'", "200"),
        ("@property.length == 3", "yes 200"),
        ("@property.startsWith('e') && @property.endsWith('y')", "empty"),
        ("@property && @property.match && @property.match(/^o/)", "object"),
        ("@path == \"$['zero']\"", "zero"),
        ("!@path.match(/[a-z]']$/)", "200"),
    ],
)
def test_keys(filter: str, expected: str) -> None:
    assert keys(filter) == expected.split()


def test_keys_of_lists_are_numbers() -> None:
    root = ["a", "b", "c"]
    assert keys("@property == '1'", root) == ["1"]
    assert keys("@property === 1", root) == ["1"]
    assert keys("@property === '1'", root) == []
    assert keys("@property !== '1'", root) == ["0", "1", "2"]
    assert keys("@property == ''", root) == ["0"], "an empty text is zero to JavaScript"
    assert keys("@property.match(/[02]/)", root) == ["0", "2"]
    assert keys("@index > 0", root) == ["1", "2"]
    assert keys("@path == '$[1]'", root) == ["1"]


def test_surroundings() -> None:
    root = {"limit": 3, "box": {"open": True, "items": [{"size": 2}, {"size": 5}]}}

    def found(filter: str) -> list[int | str]:
        return [one.path[-1] for one in select([compiled(f"$.box.items[?({filter})]")], root)]

    assert found("@.size > @root.limit") == [1]
    assert found("@parent.open") == [0, 1]
    assert found("@parentProperty === 'items' && @.size == 2") == [0]
    assert [one.path for one in select([compiled("$[?(@parent || @parentProperty)]")], root)] == []


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (r"/^\/v\d+\/.*$/.test(@property)", ["/v1/orders"]),
        (r"@property.match(/{[^}]+}/)", ["/a/{id}"]),
        (r"/({[a-z]+})$/i.test(@property)", ["/a/{id}"]),
        (r"!@property.match(/[)'\]]/)", ["/v1/orders", "/a/{id}"]),
        (r"@property.match(/\/openapi\.(json)|(yaml)/)", []),
        (r"@property.match(/]/)", ["it's)]"]),
    ],
)
def test_regular_expressions_may_hold_any_sign(filter: str, expected: list[str]) -> None:
    assert keys(filter, {"/v1/orders": 1, "/a/{id}": 2, "it's)]": 3}) == expected


def test_what_javascript_would_throw_is_no_match() -> None:
    root = {"null": None, "number": 5, "good": {"in": "query", "name": {"first": 1}}}
    assert keys("@.in == 'query'", root) == ["good"]
    assert keys("@.name.first", root) == ["good"]
    assert keys("@.in.match(/q/)", root) == ["good"]
    assert keys("!@.in", root) == ["number"]
    assert keys("@.missing.match(/q/) || true", root) == []
    assert keys("@.in()", root) == []


def test_a_filter_asked_at_any_depth() -> None:
    root = {"a": {"enum": [1], "type": "x"}, "b": [{"enum": {}, "c": {"enum": [2], "type": "y"}}], "enum": 3}

    def found(expression: str) -> list[str]:
        return [" ".join(map(str, one.path)) for one in select([compiled(expression)], root)]

    assert found("$..[?(@ && @.enum && @.type)]") == ["a", "b 0 c"]
    assert found("$..[?(@.enum)].c.type") == ["b 0 c type"]
    assert found("$..[?(@property === 'enum' && @.length)]") == ["a enum", "b 0 c enum"]
    assert found("$..[?(@property !== 'a' && @ != null && @.enum && @.enum.constructor.name === 'Array')]") == ["b 0 c"]
    assert found("$..[?(@ === 'y')]^") == ["b 0 c"]
    assert found("$.[?(@.type=='x')].type") == ["a type"]
    assert found("$..[?(@.enum)][?(@.enum)].type") == ["b 0 c type"]


def test_filters_that_differ_only_by_the_type_of_a_literal_are_not_mixed_up() -> None:
    root = {"one": {"a": 1}, "true": {"a": True}, "text": {"a": "1"}}
    filters = ["@.a === 1", "@.a === true", "@.a === '1'"]
    found = [(one.number, one.path[0]) for one in select([compiled(f"$[?({one})]") for one in filters], root)]
    assert sorted(found) == [(0, "one"), (1, "true"), (2, "text")]


def test_a_pattern_that_takes_too_long_is_no_match() -> None:
    assert keys("/^(a+)+$/.test(@property)", {"a" * 40 + "!": 1, "aaa": 2}) == ["aaa"]
