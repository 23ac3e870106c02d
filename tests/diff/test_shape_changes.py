"""Changes between shapes: (old schema, new schema, what is told)."""

from collections.abc import Callable

import pytest

Told = Callable[..., list[str]]

TYPES = """
    Id: {type: string, maxLength: 10}
    Wide: {type: string, maxLength: 20}
    A: {type: object, required: [a], properties: {a: {type: string}}}
    B: {type: object, properties: {b: {type: string}}}
    AgainA: {type: object, required: [a], properties: {a: {type: string}}}
    Closed: {type: object, additionalProperties: false, properties: {a: {type: string}}}
    Old: {type: string, deprecated: true}
    Secret: {type: string, readOnly: true}
    Loop: {type: object, properties: {next: {$ref: '#/components/schemas/Loop'}, n: {type: string}}}
    Loop2: {type: object, properties: {next: {$ref: '#/components/schemas/Loop'}, n: {type: string, maxLength: 3}}}
    Knot: {$ref: '#/components/schemas/Knot'}
    Two: {allOf: [{$ref: '#/components/schemas/Two'}, {type: object}]}
"""


def contract(schema: str, direction: str, version: str = "3.1.0") -> str:
    schema = schema.replace("#", "#/components/schemas/")
    used = schema if direction != "both" else "{$ref: '#/components/schemas/Shared'}"
    content = f"{{application/json: {{schema: {used}}}}}"
    body = f"requestBody: {{content: {content}}}" if direction != "response" else "x-none: 1"
    answer = f"{{description: ok, content: {content}}}" if direction != "request" else "{description: ok}"
    return (
        f"openapi: {version}\ninfo: {{title: A, version: 1.0.0}}\n"
        f"paths:\n  /a:\n    post:\n      {body}\n      responses: {{'200': {answer}}}\n"
        f"components:\n  schemas:{TYPES}    Shared: {schema if direction == 'both' else '{}'}\n"
    )


AT = {"request": "operation:POST /a/request/media:application/json/schema"}
AT["response"] = "operation:POST /a/response:200/media:application/json/schema"

# Old schema, new schema, and for each change: place below the schema, what changed, direction (as asked), effect.
FACTS = [
    ("{const: a}", "{enum: [a]}", []),
    ("{const: a}", "{enum: [a, b]}", [" enum wider"]),
    ("{minLength: 0}", "{}", []),
    ("{allOf: [{pattern: a}, {pattern: b}]}", "{allOf: [{pattern: a}, {pattern: c}]}", ["/variant:1 pattern unknown"]),
    ("{allOf: [{enum: [a, b]}, {enum: [b, c]}]}", "{enum: [b]}", []),
    ("{contains: {type: string}}", "{contains: {type: string}, minContains: 2}", [" minContains narrower"]),
    ("{contains: {type: string}, minContains: 1}", "{contains: {type: string}}", []),
    ("{dependentRequired: {a: [b]}}", "{dependentRequired: {a: [b, c]}}", [" dependentRequired narrower"]),
    ("{dependencies: {a: [b]}}", "{dependentRequired: {a: [b]}}", []),
    ("{contentMediaType: a/b}", "{contentMediaType: c/d}", [" contentMediaType other"]),
    ("{x-extensible-enum: [a]}", "{x-extensible-enum: [b]}", [" extensibleEnum other"]),
    ("{discriminator: {propertyName: a}}", "{discriminator: {propertyName: b}}", [" discriminator same"]),
    ("{x-sunset: '2027-01-01'}", "{x-sunset: '2028-01-01'}", [" sunset same"]),
    ("{}", "{}", []),
    ("{type: string}", "{type: string, description: Text, title: Name, example: x, x-own: 1}", []),
    ("{type: string}", "{type: integer}", [" type other"]),
    ("{type: integer}", "{type: number}", [" type wider"]),
    ("{type: string}", "{}", [" type wider"]),
    ("{type: [string, integer]}", "{type: [integer, string]}", []),
    ("{type: string}", "{type: [string, 'null']}", [" nullable wider"]),
    ("{type: 'null'}", "{type: ['null']}", []),
    ("{type: 'null'}", "{type: [string, 'null']}", [" type wider"]),
    ("{maxLength: 5}", "{maxLength: 10}", [" maxLength wider"]),
    ("{maxLength: 5}", "{maxLength: 5.0}", []),
    ("{}", "{minLength: 1}", [" minLength narrower"]),
    ("{maximum: 10}", "{exclusiveMaximum: 10}", [" exclusiveMaximum narrower"]),
    ("{maximum: 10}", "{exclusiveMaximum: 11}", [" exclusiveMaximum wider"]),
    ("{type: integer, maximum: 10}", "{type: integer, exclusiveMaximum: 11}", []),
    ("{type: integer, exclusiveMinimum: 0}", "{type: integer, minimum: 1}", []),
    ("{type: integer, exclusiveMinimum: 0}", "{type: integer, minimum: 2}", [" minimum narrower"]),
    ("{exclusiveMinimum: 0}", "{minimum: 0}", [" exclusiveMinimum wider"]),
    ("{maximum: 5, exclusiveMaximum: 4}", "{exclusiveMaximum: 4}", []),
    ("{maximum: 3, exclusiveMaximum: 4}", "{maximum: 3}", []),
    ("{maximum: x}", "{exclusiveMaximum: y}", [" exclusiveMaximum unknown"]),
    ("{maximum: 5, exclusiveMaximum: true}", "{exclusiveMaximum: 5}", []),
    ("{enum: [a, b]}", "{enum: [b, a]}", []),
    ("{enum: [a, b]}", "{enum: [b]}", [" enum narrower"]),
    ("{enum: [1]}", "{enum: [true]}", [" enum other"]),
    ("{enum: [1]}", "{enum: [1.0]}", []),
    ("{enum: [{a: 1, b: 2}]}", "{enum: [{b: 2, a: 1}]}", []),
    ("{const: 1}", "{const: 2}", [" const other"]),
    ("{pattern: a}", "{pattern: b}", [" pattern unknown"]),
    ("{default: 1}", "{default: true}", [" default same"]),
    ("{default: 1}", "{default: 1.0}", []),
    ("{default: {a: 1, b: 2}}", "{default: {b: 2, a: 1}}", []),
    ("{}", "{deprecated: true}", [" deprecated same"]),
    ("{deprecated: false}", "{}", []),
    ("{uniqueItems: false}", "{}", []),
    ("true", "{}", []),
    ("{}", "false", [" not narrower"]),
    ("{format: int32}", "{format: int64}", [" format wider"]),
]


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize(("old", "new", "changes"), FACTS)
def test_facts(direction: str, old: str, new: str, changes: list[str], told: Told) -> None:
    assert told(contract(old, direction), contract(new, direction)) == _expected(direction, changes)


def _expected(direction: str, changes: list[str]) -> list[str]:
    found = []
    for one in changes:
        *place, effect = one.split(" ")
        where = place.pop(0) if len(place) > 1 else ""
        found.append(f"{AT[direction]}{where} {place[0]} {direction} {effect}")
    return found


# Fields: what is refused, and what is missed, depends on whether others are allowed and whether it was required.
FIELDS = [
    ("{properties: {a: {}}}", "{}", ["/field:a removed same"]),
    ("{properties: {a: {}}, required: [a]}", "{}", ["/field:a removed wider"]),
    (
        "{properties: {a: {}}, additionalProperties: false}",
        "{additionalProperties: false}",
        ["/field:a removed narrower"],
    ),
    (
        "{properties: {a: {}}, required: [a], additionalProperties: false}",
        "{additionalProperties: false}",
        ["/field:a removed other"],
    ),
    ("{}", "{properties: {a: {}}}", ["/field:a added same"]),
    ("{}", "{properties: {a: {}}, required: [a]}", ["/field:a added narrower"]),
    ("{additionalProperties: false}", "{properties: {a: {}}, additionalProperties: false}", ["/field:a added wider"]),
    ("{properties: {a: {}}}", "{properties: {a: {}}, required: [a]}", ["/field:a required narrower"]),
    ("{required: [a]}", "{required: [a], properties: {a: {}}}", ["/field:a added same"]),
    ("{required: [a]}", "{properties: {a: {}}}", ["/field:a added wider"]),
    ("{properties: {a: {}}}", "{required: [a]}", ["/field:a removed narrower"]),
    ("{required: [a]}", "{required: [b, a]}", [" requires narrower"]),
    ("{required: [a]}", "{required: [b]}", [" requires other"]),
    ("{properties: {a: {type: string}}}", "{properties: {a: {type: integer}}}", ["/field:a type other"]),
    ("{properties: {'': {type: string}}}", "{properties: {'': {type: integer}}}", ["/field type other"]),
    ("{properties: {'@a': {}, a: {}}}", "{properties: {a: {}}}", ["/field:@a removed same"]),
    ("{}", "{additionalProperties: false}", [" additionalProperties narrower"]),
    ("{}", "{additionalProperties: {}}", []),
    ("{additionalProperties: true}", "{additionalProperties: {type: string}}", [" additionalProperties narrower"]),
    (
        "{additionalProperties: {type: string}}",
        "{additionalProperties: {type: integer}}",
        ["/items:* type other"],
    ),
    ("{unevaluatedProperties: false}", "{additionalProperties: false}", []),
    ("{additionalProperties: true, unevaluatedProperties: false}", "{unevaluatedProperties: false}", []),
    ("{type: array, items: {type: string}}", "{type: array, items: {type: integer}}", ["/items type other"]),
    ("{type: array}", "{type: array, items: {type: integer}}", ["/items added narrower"]),
    ("{type: array, items: {}}", "{type: array}", []),
    ("{type: string}", "{type: array, items: {type: string}}", [" type other"]),
    ("{prefixItems: [{type: string}]}", "{prefixItems: [{type: string}, {type: string}]}", ["/items:1 added narrower"]),
    ("{patternProperties: {^a: {type: string}}}", "{}", ["/items:^a removed wider"]),
    ("{properties: {a: {$ref: '#Id'}}}", "{properties: {a: {$ref: '#Wide'}}}", ["@type:Wide maxLength wider"]),
    ("{properties: {a: {type: string, maxLength: 10}}}", "{properties: {a: {$ref: '#Id'}}}", []),
    ("{$ref: '#A'}", "{$ref: '#AgainA'}", []),
    ("{type: object, required: [a], properties: {a: {type: string}}}", "{$ref: '#A'}", []),
    ("{$ref: '#Id', description: x}", "{$ref: '#Id'}", []),
    ("{$ref: '#Wide', maxLength: 10}", "{$ref: '#Id'}", []),
    ("{$ref: '#Loop'}", "{$ref: '#Loop2'}", ["@type:Loop2/field:n maxLength narrower"]),
    ("{$ref: '#Knot'}", "{$ref: '#Two'}", ["@type:Two/variant:1 type narrower"]),
]


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize(("old", "new", "changes"), FIELDS)
def test_fields_and_items(direction: str, old: str, new: str, changes: list[str], told: Told) -> None:
    expected = [one.replace(f"{AT[direction]}@", "") for one in _expected(direction, changes)]
    assert told(contract(old, direction), contract(new, direction)) == expected


PARTS = [
    (
        "{allOf: [{properties: {a: {type: string}}}, {properties: {a: {maxLength: 5}}}]}",
        "{allOf: [{properties: {a: {type: string}}}, {properties: {a: {maxLength: 3}}}]}",
        ["/variant:1/field:a maxLength narrower"],
    ),
    (
        "{allOf: [{items: {type: string}}, {items: {maxLength: 5}}]}",
        "{type: array, items: {type: string, maxLength: 5}}",
        [" type narrower"],
    ),
    (
        "{}",
        "{if: {minLength: 1}, then: {maxLength: 3}}",
        ["/variant:if added narrower", "/variant:then added narrower"],
    ),
    ("{contentSchema: {type: string}}", "{contentSchema: {}}", ["/variant:contentSchema type wider"]),
    ("{contentSchema: {type: string}}", "{}", ["/variant:contentSchema removed wider"]),
    ("{dependencies: {x: {required: [y]}}}", "{dependentSchemas: {x: {required: [y]}}}", []),
    (
        "{items: {type: string}}",
        "{items: {type: string}, prefixItems: [{type: integer}]}",
        ["/items:0 added other"],
    ),
    (
        "{items: {type: string}}",
        "{items: {type: string}, prefixItems: [{type: string, maxLength: 3}]}",
        ["/items:0 added unknown"],
    ),
    (
        "{type: object, properties: {a: {type: string}}}",
        "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: string}]}",
        ["/variant:1 added wider"],
    ),
    # allOf
    (
        "{allOf: [{$ref: '#A'}, {$ref: '#B'}]}",
        "{type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}",
        [],
    ),
    ("{allOf: [{$ref: '#B'}, {$ref: '#A'}]}", "{allOf: [{$ref: '#A'}, {$ref: '#B'}]}", []),
    ("{allOf: [{$ref: '#A'}]}", "{$ref: '#A'}", []),
    ("{allOf: [{properties: {x: {}}}, {required: [x]}]}", "{required: [x], properties: {x: {}}}", []),
    ("{allOf: [{maxLength: 5}, {maxLength: 10}]}", "{maxLength: 5}", []),
    ("{maxLength: 10, allOf: [{maxLength: 5}]}", "{maxLength: 5}", []),
    ("{allOf: [{minimum: 5}, {minimum: 10}]}", "{minimum: 10}", []),
    ("{allOf: [{enum: [a, b]}, {enum: [b]}]}", "{enum: [b]}", []),
    ("{allOf: [{type: [string, integer]}, {type: string}]}", "{type: string}", []),
    ("{allOf: [{type: number}, {type: integer}]}", "{type: integer}", []),
    ("{allOf: [{additionalProperties: true}, {additionalProperties: false}]}", "{additionalProperties: false}", []),
    ("{allOf: [{deprecated: false}, {deprecated: true}]}", "{deprecated: true}", []),
    ("{allOf: [{allOf: [{allOf: [{type: string}]}]}]}", "{type: string}", []),
    ("{allOf: [{type: object}], maxProperties: 5}", "{type: object, maxProperties: 6}", [" maxProperties wider"]),
    ("{allOf: [{type: object}]}", "{allOf: [{type: object}, {required: [x]}]}", [" requires narrower"]),
    ("{allOf: [{$ref: '#A'}, {$ref: '#B'}]}", "{allOf: [{$ref: '#A'}]}", ["@type:B/field:b removed same"]),
    # null
    ("{type: [string, 'null']}", "{oneOf: [{type: string}, {type: 'null'}]}", []),
    ("{anyOf: [{$ref: '#A'}, {const: null}]}", "{oneOf: [{enum: [null]}, {$ref: '#A'}]}", []),
    ("{oneOf: [{type: 'null'}, {$ref: '#A'}]}", "{$ref: '#A'}", [" nullable narrower"]),
    (
        "{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}",
        "{oneOf: [{$ref: '#A'}, {$ref: '#B'}, {type: 'null'}]}",
        [" nullable wider"],
    ),
    # choices
    ("{oneOf: [{$ref: '#A'}]}", "{$ref: '#A'}", []),
    ("{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", "{oneOf: [{$ref: '#B'}, {$ref: '#A'}]}", []),
    ("{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", "{oneOf: [{$ref: '#AgainA'}, {$ref: '#B'}]}", []),
    (
        "{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}",
        "{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {$ref: '#B'}]}",
        [],
    ),
    ("{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", "{oneOf: [{$ref: '#A'}]}", ["/variant:B removed narrower"]),
    ("{oneOf: [{$ref: '#A'}]}", "{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", ["/variant:B added wider"]),
    ("{$ref: '#A'}", "{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", [" composition narrower?", "/variant:B added wider"]),
    ("{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", "{$ref: '#A'}", [" composition wider?", "/variant:B removed narrower"]),
    (
        "{oneOf: [{$ref: '#A'}, {$ref: '#B'}], maxProperties: 3}",
        "{$ref: '#A'}",
        [
            "/variant:A removed wider",
            "/variant:B removed wider",
            " maxProperties wider",
            "@type:A type narrower",
            "@type:A/field:a added narrower",
        ],
    ),
    ("{oneOf: [{$ref: '#A'}, {$ref: '#B'}]}", "{anyOf: [{$ref: '#A'}, {$ref: '#B'}]}", [" composition wider"]),
    ("{oneOf: [{type: string}, {type: integer}]}", "{type: [integer, string]}", []),
    ("{anyOf: [{type: string}, {type: [integer, boolean]}]}", "{type: [string, integer]}", [" type narrower"]),
    (
        "{oneOf: [{title: X, maxLength: 1}, {title: Y}]}",
        "{oneOf: [{title: Y}, {title: X, maxLength: 2}]}",
        ["/variant:1 maxLength wider"],
    ),
    (
        "{oneOf: [{type: string, maxLength: 1}, {type: object}]}",
        "{oneOf: [{type: object}, {type: string, maxLength: 2}]}",
        ["/variant:1 maxLength wider"],
    ),
    (
        "{oneOf: [{type: object, properties: {x: {}}}, {type: array}]}",
        "{oneOf: [{type: object, properties: {x: {}, y: {}}}, {type: array}]}",
        ["/variant:0/field:y added same"],
    ),
    ("{anyOf: [{title: X}, {title: Y}]}", "{}", ["/variant:0 removed wider", "/variant:1 removed wider"]),
    # conditions
    ("{not: {maxLength: 5}}", "{not: {maxLength: 10}}", ["/variant:not maxLength narrower"]),
    ("{not: {not: {maxLength: 5}}}", "{not: {not: {maxLength: 10}}}", ["/variant:not/variant:not maxLength wider"]),
    ("{}", "{not: {type: string}}", ["/variant:not added narrower"]),
    (
        "{if: {maxLength: 5}, then: {minLength: 1}}",
        "{if: {maxLength: 6}, then: {minLength: 2}}",
        ["/variant:if maxLength unknown", "/variant:then minLength narrower"],
    ),
    ("{if: {maxLength: 5}, then: {minLength: 1}}", "{then: {minLength: 1}}", ["/variant:if removed wider"]),
    ("{dependentSchemas: {x: {required: [y]}}}", "{dependentSchemas: {}}", ["/variant:x removed wider"]),
    (
        "{dependentSchemas: {x: {maxProperties: 1}}}",
        "{dependentSchemas: {x: {maxProperties: 2}}}",
        ["/variant:x maxProperties wider"],
    ),
    (
        "{propertyNames: {maxLength: 3}}",
        "{propertyNames: {maxLength: 2}}",
        ["/variant:propertyNames maxLength narrower"],
    ),
    ("{contains: {type: string}}", "{contains: {type: integer}}", ["/items:contains type other"]),
]


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize(("old", "new", "changes"), PARTS)
def test_parts(direction: str, old: str, new: str, changes: list[str], told: Told) -> None:
    expected = sorted(one.replace(f"{AT[direction]}@", "") for one in _expected(direction, changes))
    assert sorted(told(contract(old, direction), contract(new, direction))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{type: string, nullable: true}", "{type: [string, 'null']}"),
        ("{type: string, nullable: true}", "{oneOf: [{type: string}, {type: 'null'}]}"),
        ("{nullable: true, allOf: [{$ref: '#A'}]}", "{anyOf: [{$ref: '#A'}, {type: 'null'}]}"),
        ("{minimum: 5, exclusiveMinimum: true}", "{exclusiveMinimum: 5}"),
        ("{$ref: '#A', maxProperties: 1}", "{$ref: '#A'}"),
    ],
)
def test_the_same_schema_in_3_0_and_3_1(old: str, new: str, told: Told) -> None:
    before, after = contract(old, "both", "3.0.3"), contract(new, "both", "3.1.0")
    assert told(before, after) == []
    assert told(after, before) == []


def effects(lines: list[str]) -> list[str]:
    return sorted(line.partition("field:a ")[2] for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "asked", "expected"),
    [
        ("{}", "{readOnly: true}", "both", ["readOnly both same"]),
        ("{readOnly: true, type: string}", "{readOnly: true, type: integer}", "request", ["type none other"]),
        ("{readOnly: true, type: string}", "{readOnly: true, type: integer}", "response", ["type response other"]),
        ("{readOnly: true, type: string}", "{readOnly: true, type: integer}", "both", ["type response other"]),
        ("{writeOnly: true, type: string}", "{writeOnly: true, type: integer}", "both", ["type request other"]),
        (
            "{writeOnly: true, type: string}",
            "{readOnly: true, type: integer}",
            "request",
            ["readOnly request same", "type none other", "writeOnly request same"],
        ),
        ("{$ref: '#Secret', maxLength: 5}", "{$ref: '#Secret', maxLength: 6}", "both", ["maxLength response wider"]),
        ("{type: string}", "{type: integer}", "both", ["type both other"]),
        ("{readOnly: true}", "", "request", ["removed none same"]),
        ("{readOnly: true}", "", "both", ["removed response same"]),
        ("", "{writeOnly: true}", "both", ["added request same"]),
        ("", "{}", "both", ["added both same"]),
    ],
)
def test_directions_of_fields(old: str, new: str, asked: str, expected: list[str], told: Told) -> None:
    """A read-only field is sent, never received; a write-only one the other way round."""
    before, after = (f"{{properties: {{{f'a: {side}' if side else ''}}}}}" for side in (old, new))
    lines = told(contract(before, asked), contract(after, asked))
    assert sorted(line.partition("field:a ")[2] for line in lines) == expected
