"""Two snapshots to changes: schema documents, what nobody uses, whole files, order."""

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[..., list[str]]
XS = "http://www.w3.org/2001/XMLSchema"


def xsd(body: str, attributes: str = 'targetNamespace="urn:t" xmlns:t="urn:t" elementFormDefault="qualified"') -> str:
    return f'<xs:schema xmlns:xs="{XS}" {attributes}>{body}</xs:schema>'


def typed(content: str, more: str = "") -> str:
    return f'<xs:complexType name="T" {more}>{content}</xs:complexType>'


def sequence(*fields: str) -> str:
    return f"<xs:sequence>{''.join(fields)}</xs:sequence>"


A, B, OPTIONAL = '<xs:element name="a"/>', '<xs:element name="b"/>', '<xs:element name="b" minOccurs="0"/>'
CODE = '<xs:attribute name="code"/>'


def simple(facets: str, base: str = "string") -> str:
    return f'<xs:simpleType name="S"><xs:restriction base="xs:{base}">{facets}</xs:restriction></xs:simpleType>'


RENAMED = typed(sequence(A)).replace('"T"', '"U"')
SCHEMAS = [
    (typed(sequence(A)), typed(sequence(A, OPTIONAL)), ["type:T/field:b added both wider"]),
    (typed(sequence(A)), typed(sequence(A, B)), ["type:T/field:b added both other"]),
    (typed(sequence(A, OPTIONAL)), typed(sequence(A)), ["type:T/field:b removed both narrower"]),
    (typed(sequence(A, OPTIONAL)), typed(sequence(A, B)), ["type:T/field:b required both narrower"]),
    (
        typed(sequence('<xs:element name="a" minOccurs="1" maxOccurs="2"/>')),
        typed(sequence('<xs:element name="a" minOccurs="2" maxOccurs="unbounded"/>')),
        ["type:T/field:a maxOccurs both wider", "type:T/field:a minOccurs both narrower"],
    ),
    (typed(CODE), typed('<xs:attribute name="code" use="required"/>'), ["type:T/field:code required both narrower"]),
    (typed(CODE), typed('<xs:attribute name="code" use="prohibited"/>'), ["type:T/field:code removed both narrower"]),
    (typed(""), typed('<xs:attribute name="code" use="prohibited"/>'), []),
    (
        typed(CODE),
        typed(sequence('<xs:element name="code" minOccurs="0"/>')),
        ["type:T/field:code added both wider", "type:T/field:code removed both narrower"],
    ),
    (
        typed(sequence(A)),
        typed(sequence('<xs:element name="a" form="unqualified"/>')),
        ["type:T/field:a form both other"],
    ),
    (
        typed(sequence('<xs:element name="a" type="xs:int"/>')),
        typed(sequence('<xs:element name="a" type="xs:long"/>')),
        ["type:T/field:a base both wider"],
    ),
    (
        typed(sequence('<xs:element name="a" nillable="false"/>')),
        typed(sequence('<xs:element name="a" nillable="true"/>')),
        ["type:T/field:a nullable both wider"],
    ),
    (typed("", ""), typed("", 'abstract="true"'), ["type:T abstract both narrower"]),
    (typed("", ""), typed("", 'mixed="true"'), ["type:T mixed both wider"]),
    (
        typed(sequence('<xs:any namespace="##other"/>')),
        typed(sequence('<xs:any processContents="lax"/>')),
        ["type:T/wildcard:any namespace both wider", "type:T/wildcard:any processContents both wider"],
    ),
    (typed(sequence(A, '<xs:any maxOccurs="3"/>')), typed(sequence(A)), ["type:T/wildcard:any removed both other"]),
    (typed(""), typed("<xs:anyAttribute/>"), ["type:T/wildcard:anyAttribute added both wider"]),
    (
        typed('<xs:anyAttribute namespace="urn:a"/>'),
        typed('<xs:anyAttribute namespace="urn:b"/>'),
        ["type:T/wildcard:anyAttribute namespace both other"],
    ),
    (simple('<xs:maxLength value="5"/>'), simple('<xs:maxLength value="9"/>'), ["type:S maxLength both wider"]),
    (
        simple('<xs:length value="5"/>'),
        simple('<xs:length value="6"/>'),
        ["type:S maxLength both wider", "type:S minLength both narrower"],
    ),
    (
        simple('<xs:enumeration value="a"/>'),
        simple('<xs:enumeration value="a"/><xs:enumeration value="b"/>'),
        ["type:S enum both wider"],
    ),
    (simple('<xs:maxInclusive value="9"/>', "int"), simple('<xs:maxExclusive value="10"/>', "int"), []),
    (
        simple('<xs:maxInclusive value="9"/>', "decimal"),
        simple('<xs:maxExclusive value="9"/>', "decimal"),
        ["type:S exclusiveMaximum both narrower"],
    ),
    (simple("", "int"), simple("", "string"), ["type:S base both wider"]),
    (simple("", "date"), simple("", "dateTime"), ["type:S base both other"]),
    ('<xs:element name="E" type="xs:string"/>', "", ["type:E removed request narrower"]),
    ("", '<xs:element name="E" type="xs:string"/>', ["type:E added request wider"]),
    (
        '<xs:element name="H"/>',
        '<xs:element name="H"/><xs:element name="E" substitutionGroup="t:H"/>',
        ["type:E added both wider"],
    ),
    (typed(""), "", ["type:T removed request same"]),
    # What changes no document.
    (typed(sequence(A, B)), typed(f"<xs:sequence>{sequence(A)}{B}</xs:sequence>"), []),
    (
        typed(sequence(A)),
        typed(f"<xs:annotation><xs:documentation>x</xs:documentation></xs:annotation>{sequence(A)}"),
        [],
    ),
    (
        f'<xs:element name="E"><xs:complexType>{sequence(A)}</xs:complexType></xs:element>',
        f'<xs:element name="E" type="t:T"/>{typed(sequence(A))}',
        ["type:T added request same"],
    ),
    (
        f'<xs:element name="E" type="t:T"/>{typed(sequence(A))}',
        f'<xs:element name="E" type="t:U"/>{RENAMED}',
        ["type:T removed request same", "type:U added request same"],
    ),
    (
        f'{typed(sequence(A, B))}<xs:group name="G">{sequence(A)}</xs:group>',
        f'{typed(sequence("""<xs:group ref="t:G"/>""", B))}<xs:group name="G">{sequence(A)}</xs:group>',
        [],
    ),
    (
        f'{typed(CODE)}<xs:attributeGroup name="G">{CODE}</xs:attributeGroup>',
        f'{typed("""<xs:attributeGroup ref="t:G"/>""")}<xs:attributeGroup name="G">{CODE}</xs:attributeGroup>',
        [],
    ),
]


@pytest.mark.parametrize(("old", "new", "changes"), SCHEMAS)
def test_schema_documents(old: str, new: str, changes: list[str], told: Told) -> None:
    assert sorted(told({"a.xsd": xsd(old)}, {"a.xsd": xsd(new)})) == changes


def test_a_change_of_a_shared_type_is_told_once(told: Told) -> None:
    body = '<xs:element name="E" type="t:T"/><xs:element name="F" type="t:T"/>'
    old, new = xsd(body + typed(sequence(A))), xsd(body + typed(sequence(A, OPTIONAL)))
    assert told({"a.xsd": old}, {"a.xsd": new}) == ["type:T/field:b added both wider"]


def derived(how: str, *fields: str) -> str:
    content = f'<xs:{how} base="t:T">{sequence(*fields)}</xs:{how}>'
    return f'<xs:complexType name="D"><xs:complexContent>{content}</xs:complexContent></xs:complexType>'


def test_derived_types(told: Told) -> None:
    base = typed(sequence(A, OPTIONAL))
    extended, restricted = (
        xsd(base + derived(how, *fields)) for how, fields in (("extension", ()), ("restriction", (A,)))
    )
    assert told({"a.xsd": extended}, {"a.xsd": restricted}) == ["type:T/field:b removed both narrower"]
    wider = xsd(typed(sequence(A, OPTIONAL, '<xs:element name="c" minOccurs="0"/>')) + derived("restriction", A))
    assert told({"a.xsd": restricted}, {"a.xsd": wider}) == ["type:T/field:c added both wider"]
    abstract = xsd(typed(sequence(A, OPTIONAL), 'abstract="true"') + derived("extension"))
    assert told({"a.xsd": extended}, {"a.xsd": abstract}) == ["type:T abstract both narrower"]


def test_declarations_that_move_to_an_included_file_stay_what_they_are(told: Told) -> None:
    element, types = '<xs:element name="E" type="t:T"/>', typed(sequence(A))
    whole = {"a.xsd": xsd(element + types)}
    parts = {"a.xsd": xsd(f'<xs:include schemaLocation="b.xsd"/>{types}'), "b.xsd": xsd(element)}
    assert told(whole, parts) == []
    assert told(parts, whole) == []
    changed = parts | {"b.xsd": xsd(element.replace("t:T", "xs:string"))}
    assert told(whole, changed) == ["type:E type both other", "type:T/field:a removed both other"] or told(
        whole, changed
    )


API = "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\n"
UNUSED = f"{API}components: {{schemas: {{Order: {{type: object, properties: {{id: {{type: TYPE}}}}}}}}}}\n"


def test_schemas_that_no_message_uses_are_told_and_break_nobody(told: Told) -> None:
    sides = (UNUSED.replace("TYPE", one) for one in ("string", "integer"))
    assert told(*sides) == ["type:Order/field:id type none other"]


@pytest.mark.parametrize(
    "user",
    [
        {"m.csv": "# Source,a.yaml#/components/schemas/Order\nSource Field,Target Field\nid,A\n"},
        {"m.csv": "# Source,a.yaml#/components/schemas/Order\nSource Field,Target Field\nnote,A\n"},
        {
            "s.json": '{"$schema": "https://json-schema.org/draft/2020-12/schema",'
            ' "$ref": "a.yaml#/components/schemas/Order"}'
        },
    ],
)
def test_schemas_that_are_used_from_outside_are_contracts(user: dict[str, str], told: Told) -> None:
    sides = ({"a.yaml": UNUSED.replace("TYPE", one), **user} for one in ("string", "integer"))
    assert told(*sides) == ["type:Order/field:id type both other"]


def test_a_library_of_schemas_is_a_contract_of_its_own(told: Told) -> None:
    text = (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",'
        ' "$defs": {"Line": {"properties": {"sku": {"type": "TYPE"}}}}}'
    )
    sides = ({"s.json": text.replace("TYPE", one)} for one in ("string", "integer"))
    assert told(*sides) == ["type:Line/field:sku type both other"]


OFFERED = f"{API}paths: {{/a: {{get: {{}}}}}}"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.yaml": OFFERED}, ["operation:GET /a added request wider"]),
        (
            {"a.xsd": xsd(f'<xs:element name="E"/>{typed("")}')},
            ["type:E added request wider", "type:T added request same"],
        ),
        ({"s.json": '{"$schema": "https://json-schema.org/draft/2020-12/schema"}'}, [" added request wider"]),
        ({"x.yaml": "nothing: known"}, []),
    ],
)
def test_documents_that_came_or_went(files: dict[str, str], expected: list[str], told: Told) -> None:
    assert told({}, files) == expected
    gone = [one.replace("added", "removed").replace("wider", "narrower") for one in expected]
    assert told(files, {}) == gone


def test_a_document_that_is_something_else_now(told: Told) -> None:
    assert told({"a.yaml": OFFERED}, {"a.yaml": "$schema: http://json-schema.org/schema"}) == [
        " added request wider",
        "operation:GET /a removed request narrower",
    ]


def test_a_moved_file_is_no_change(told: Told) -> None:
    api = f"{OFFERED}\ncomponents: {{schemas: {{A: {{$ref: SCHEMAS/b.yaml}}}}}}"
    sides = (
        {f"{folder}a.yaml": api.replace("SCHEMAS", schemas), f"{folder}{schemas}/b.yaml": "type: string"}
        for folder, schemas in (("", "schemas"), ("api/", "models"))
    )
    assert told(*sides) == []


def test_changes_come_in_a_fixed_order_and_each_once(compared: Any) -> None:
    text = (
        f"{API}paths: {{/a: {{post: {{requestBody: BODY, responses: {{'200': BODY}}}}}}}}\n"
        "components: {schemas: {S: {maxLength: 1, minLength: 1, pattern: a, format: x}}}\n"
    ).replace("BODY", "{content: {a/b: {schema: {$ref: '#/components/schemas/S'}}}}")
    changed = text.replace("maxLength: 1, minLength: 1, pattern: a, format: x", "format: y, pattern: b, minLength: 2")
    found = compared(text, changed)
    assert [change.fact for change in found] == ["format", "maxLength", "minLength", "pattern"]
    assert {change.direction for change in found} == {"both"}
