"""Mappings against their schemas: what is said, and what is left alone because nobody can know it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Find = Callable[..., list[tuple[str, str]]]
HEAD = "# Source,s.yaml#/components/schemas/A\n# Target,s.yaml#/components/schemas/B\n"
COLUMNS = "Source Field,Target Field,Transformation,Default,Condition,Comments\n"
TEXT = {"type": "string"}


def estate(source: Any, target: Any, *rows: str, **more: Any) -> dict[str, str]:
    schemas = {"A": source, "B": target, **more}
    document = {"openapi": "3.1.0", "info": {"title": "S", "version": "1"}, "components": {"schemas": schemas}}
    return {"s.yaml": json.dumps(document), "m.csv": HEAD + COLUMNS + "".join(f"{row}\n" for row in rows)}


def shape(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


# Paths.


@pytest.mark.parametrize(
    "source",
    [
        {"type": "object"},
        {"type": "object", "additionalProperties": True, "properties": {"a": TEXT}},
        {"type": "object", "additionalProperties": {"type": "string"}, "properties": {"a": TEXT}},
        {"type": "object", "patternProperties": {"^x": TEXT}, "properties": {"a": TEXT}},
        {"allOf": [{"$ref": "elsewhere.yaml#/Order"}, shape(a=TEXT)]},
        {},
    ],
)
def test_paths_into_open_or_unknown_shapes_are_left_alone(find: Find, source: Any) -> None:
    assert find("map/source-path-exists", estate(source, shape(b=TEXT), "x,b,copy,,,")) == []


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (shape(a=TEXT), "a/b"),
        ({"oneOf": [shape(a=TEXT), shape(c=TEXT)]}, "b"),
        (shape(a={"type": "array", "items": shape(c=TEXT)}), "a[].d"),
        ({"allOf": [shape(a=TEXT), shape(c=TEXT)]}, "d"),
        ({"allOf": [{"$ref": "#/components/schemas/C"}]}, "d"),
    ],
)
def test_paths_that_lead_nowhere(find: Find, source: Any, path: str) -> None:
    files = estate(source, shape(b=TEXT), f"{path},b,copy,,,", C=shape(c=TEXT))
    assert [place for place, _ in find("map/source-path-exists", files)] == ["/4/1"]


@pytest.mark.parametrize("path", ["a", "c", "e.f"])
def test_paths_through_alternatives_and_parts(find: Find, path: str) -> None:
    source = {"allOf": [{"$ref": "#/components/schemas/C"}], "oneOf": [shape(a=TEXT), shape(e=shape(f=TEXT))]}
    assert find("map/source-path-exists", estate(source, shape(b=TEXT), f"{path},b,copy,,,", C=shape(c=TEXT))) == []


def test_a_schema_that_is_guessed_by_name_must_fit_first(find: Find) -> None:
    files = estate(shape(a=TEXT), shape(b=TEXT), "a,b,copy,,,")
    rows = COLUMNS + "x,b,copy,,,\ny,b,copy,,,\na,b,copy,,,\n"
    files["m.csv"] = "# Source,A\n# Target,B\n" + rows
    assert find("map/source-path-exists", files) == []
    files["m.csv"] = "# Source,A\n# Target,B\n" + COLUMNS + "x,b,copy,,,\na,b,copy,,,\na,b,copy,,,\n"
    assert len(find("map/source-path-exists", files)) == 1


def test_lines_that_leave_a_field_out_lead_nowhere_on_purpose(find: Find) -> None:
    assert find("map/source-path-exists", estate(shape(a=TEXT), shape(b=TEXT), "x,,ignore,,,")) == []


# What the target asks for.


@pytest.mark.parametrize(
    ("target", "rows", "missing"),
    [
        (shape("b", "c", b=TEXT, c=TEXT), ["a,b,copy,,,"], ["c"]),
        (shape("b", "c", b=TEXT, c={"type": "string", "default": "x"}), ["a,b,copy,,,"], []),
        (shape("b", "c", b=TEXT, c={"type": "string", "readOnly": True}), ["a,b,copy,,,"], []),
        (shape("b", b=TEXT, c=shape("d", d=TEXT)), ["a,b,copy,,,"], []),
        (shape("b", b=TEXT, c=shape("d", d=TEXT, e=TEXT)), ["a,b,copy,,,", "a,c.e,copy,,,"], ["c.d"]),
        (shape("b", b=TEXT, c=shape("d", d=TEXT)), ["a,b,copy,,,", "a,c,copy,,,"], []),
        (shape("b", b=TEXT, c=shape("d", d=shape("f", f=TEXT))), ["a,b,copy,,,", "a,c.d.f,copy,,,"], []),
        ({"allOf": [shape(b=TEXT, c=TEXT), {"required": ["c"]}]}, ["a,b,copy,,,"], ["c"]),
        ({**shape("b", b=TEXT), "oneOf": [shape("c", c=TEXT), shape("d", d=TEXT)]}, ["a,b,copy,,,"], []),
        (shape("b", "customer", b=TEXT, customer=TEXT), ["a,b,copy,,,", "a,custmer,copy,,,"], []),
        (shape("b", "x", b=TEXT, x={"type": "array", "items": shape("y", y=TEXT)}), ["a,b,copy,,,"], ["x"]),
    ],
)
def test_required_fields(find: Find, target: Any, rows: list[str], missing: list[str]) -> None:
    said = [message for _, message in find("map/required-target-covered", estate(shape(a=TEXT), target, *rows))]
    assert said == [f"nothing fills the required target '{name}'" for name in missing]


def test_a_mapping_that_is_not_complete_is_not_blamed(find: Find) -> None:
    files = estate(shape(a=TEXT), shape("b", "c", b=TEXT, c=TEXT), "a,b,copy,,,")
    files["m.csv"] = "# Coverage,partial\n" + files["m.csv"]
    assert find("map/required-target-covered", files) == []


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        ('<xs:element name="N" type="xs:string"/><xs:group ref="G"/>', ["X"]),
        ('<xs:element name="N" type="xs:string"/><xs:group ref="G" minOccurs="0"/>', []),
        ('<xs:element name="N" type="xs:string"/><xs:choice><xs:group ref="G"/><xs:element name="Z"/></xs:choice>', []),
        ('<xs:element name="N" type="xs:string"/><xs:element name="F" type="xs:string" fixed="1"/>', []),
        ('<xs:element name="N" type="xs:string"/><xs:element name="O" type="xs:string" minOccurs="0"/>', []),
    ],
)
def test_required_elements_of_an_xml_schema(find: Find, content: str, missing: list[str]) -> None:
    group = '<xs:group name="G"><xs:sequence><xs:element name="X" type="xs:string"/></xs:sequence></xs:group>'
    kind = f'<xs:complexType name="T"><xs:sequence>{content}</xs:sequence></xs:complexType>'
    urn = 'xmlns="urn:a" targetNamespace="urn:a"'
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {urn}><xs:element name="E" type="T"/>'
    files = {"t.xsd": f"{text}{kind}{group}</xs:schema>", "m.csv": f"# Target,t.xsd#E\n{COLUMNS}a,E/N,copy,,,\n"}
    said = [message for _, message in find("map/required-target-covered", files)]
    assert said == [f"nothing fills the required target '{name}'" for name in missing]


def test_what_a_restriction_leaves_out_is_not_required(find: Find) -> None:
    base = '<xs:element name="N" type="xs:string"/><xs:element name="X" type="xs:string"/>'
    body = (
        '<xs:element name="E" type="R"/>'
        f'<xs:complexType name="T"><xs:sequence>{base}</xs:sequence></xs:complexType>'
        '<xs:complexType name="R"><xs:complexContent><xs:restriction base="T"><xs:sequence>'
        '<xs:element name="N" type="xs:string"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>'
    )
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:a" targetNamespace="urn:a">'
    files = {"t.xsd": f"{head}{body}</xs:schema>", "m.csv": f"# Target,t.xsd#E\n{COLUMNS}a,E/N,copy,,,\n"}
    assert find("map/required-target-covered", files) == []


# One target, one line.


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (["a,b,copy,,,", "c,b,copy,,,"], 1),
        (["a,b,copy,,x = 1,", "c,b,copy,,x = 2,"], 0),
        (["a,b,copy,,x = 1,", "c,b,copy,,X  =  1,"], 1),
        (["a,b,copy,,x = 1,", "c,b,copy,,,"], 0),
        (["a,l[],copy,,,", "c,l[],copy,,,"], 0),
        (["l[].x,k[].y,copy,,,", "m[].x,k[].y,copy,,,"], 0),
        (["l[].x,k[].y,copy,,,", "l[].z,k[].y,copy,,,"], 1),
        (["a,b,concat,,,", "c,b,concat,,,"], 0),
        (["a,b,ignore,,,", "c,b,copy,,,"], 0),
    ],
)
def test_targets_that_are_written_twice(find: Find, rows: list[str], count: int) -> None:
    items = {"type": "array", "items": shape(x=TEXT, y=TEXT, z=TEXT)}
    fields = {"a": TEXT, "c": TEXT, "b": TEXT, "l": items, "m": items, "k": items}
    fields["l"] = items
    target = shape(b=TEXT, k=items, l={"type": "array", "items": TEXT})
    assert len(find("map/duplicate-target", estate(shape(**fields), target, *rows))) == count


@pytest.mark.parametrize(("target", "count"), [("cust_id", 1), ("Patient.name[1]", 0), ("extension: race", 0)])
def test_targets_without_a_schema_may_be_lists(find: Find, target: str, count: int) -> None:
    text = f"Source Field,Target Field,Transformation\na,{target},copy\nb,{target},copy\n"
    assert len(find("map/duplicate-target", {"m.csv": text})) == count


# Values.


@pytest.mark.parametrize(
    ("source", "target", "row", "count"),
    [
        ({"type": "integer"}, {"type": "number"}, "a,b,copy,,,", 0),
        ({"type": "number"}, {"type": "integer"}, "a,b,copy,,,", 1),
        ({"type": "string"}, {"type": "boolean"}, "a,b,copy,,,", 1),
        ({"type": "string"}, {"type": "boolean"}, "a,b,toBoolean(a),,,", 0),
        ({"type": "string", "format": "date"}, {"type": "string"}, "a,b,copy,,,", 0),
        ({"type": ["string", "integer"]}, {"type": "integer"}, "a,b,copy,,,", 0),
        ({}, {"type": "integer"}, "a,b,copy,,,", 0),
        ({"$ref": "#/components/schemas/C"}, {"type": "integer"}, "a,b,copy,,,", 1),
    ],
)
def test_conversions(find: Find, source: Any, target: Any, row: str, count: int) -> None:
    files = estate(shape(a=source), shape(b=target), row, C={"type": "string", "enum": ["x"]})
    assert len(find("map/type-conversion-explicit", files)) == count


@pytest.mark.parametrize(
    ("source", "target", "row", "count"),
    [
        ({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 5}, "a,b,copy,,,", 0),
        ({"type": "string", "maxLength": 6}, {"type": "string", "maxLength": 5}, "a,b,copy,,,", 1),
        ({"type": "string", "maxLength": 6}, {"type": "string", "maxLength": 5}, 'a,b,"substring(a, 0, 5)",,,', 0),
        ({"type": "string"}, {"type": "string", "maxLength": 5}, "a,b,copy,,,", 0),
        ({"type": "string", "enum": ["abcdef"]}, {"type": "string", "maxLength": 5}, "a,b,copy,,,", 1),
        ({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 5}, "a;a,b,concat,,,", 1),
        ({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 5}, "a,b,copy,unknown,,", 1),
        ({"type": "integer", "format": "int64"}, {"type": "integer", "format": "int32"}, "a,b,copy,,,", 1),
        (
            {"type": "integer", "format": "int64", "maximum": 9},
            {"type": "integer", "format": "int32"},
            "a,b,copy,,,",
            0,
        ),
        ({"type": "integer", "maximum": 100}, {"type": "integer", "maximum": 99}, "a,b,copy,,,", 1),
    ],
)
def test_losses(find: Find, source: Any, target: Any, row: str, count: int) -> None:
    assert len(find("map/loss-checked", estate(shape(a=source), shape(b=target), row))) == count


def test_claimed_types_count_where_there_is_no_schema(find: Find) -> None:
    text = "Source Field,Source Type,Target Field,Target Type,Transformation\na,VARCHAR2(40),b,VARCHAR(10),copy\n"
    assert len(find("map/loss-checked", {"m.csv": text})) == 1
    text = "Source Field,Source Type,Target Field,Target Type,Transformation\na,varchar,b,timestamp,copy\n"
    assert len(find("map/type-conversion-explicit", {"m.csv": text})) == 1
    text = 'Source Field,Source Type,Target Field,Target Type,Transformation\na,"number(12,4)",b,"number(12,2)",copy\n'
    assert len(find("map/loss-checked", {"m.csv": text})) == 1


@pytest.mark.parametrize(
    ("source", "target", "row", "count"),
    [
        (shape(a=TEXT), shape("b", b=TEXT), "a,b,copy,,,", 1),
        (shape("a", a=TEXT), shape("b", b=TEXT), "a,b,copy,,,", 0),
        (shape("a", a={"type": ["string", "null"]}), shape("b", b=TEXT), "a,b,copy,,,", 1),
        (shape("a", a={"type": ["string", "null"]}), shape("b", b={"type": ["string", "null"]}), "a,b,copy,,,", 0),
        (shape(a=TEXT), shape(b=TEXT), "a,b,copy,,,", 0),
        (shape(a=TEXT), shape("b", b=TEXT), "a,b,copy,x,,", 0),
        (shape(a=TEXT), shape("b", b=TEXT), "a,b,\"coalesce(a, '')\",,,", 0),
        (shape(a=TEXT), shape("b", b=TEXT), "a,b,copy,,a is there,", 0),
        (shape(o=shape("a", a=TEXT)), shape(p=shape("b", b=TEXT)), "o.a,p.b,copy,,,", 0),
        (shape(o=shape("a", a=TEXT)), shape("b", b=TEXT), "o.a,b,copy,,,", 1),
        (
            shape(o={"type": "array", "items": shape(a=TEXT)}),
            shape(p={"type": "array", "items": shape("b", b=TEXT)}),
            "o[].a,p[].b,copy,,,",
            1,
        ),
    ],
)
def test_what_may_be_missing(find: Find, source: Any, target: Any, row: str, count: int) -> None:
    assert len(find("map/null-handling", estate(source, target, row))) == count


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (["l.x,b,copy,,,"], 1),
        (["l[].x,b,copy,,,"], 1),
        (["l[0].x,b,copy,,,"], 0),
        (["l.x,b,sum(l.x),,,"], 0),
        (["l[].x,k[].x,copy,,,"], 0),
        (["l[].m[].x,k[].x,copy,,,"], 1),
        (["a,k.x,copy,,,"], 1),
        (["a,k[0].x,copy,,,"], 0),
        (["a,k.y,copy,,,", "l[].x,k[].x,copy,,,"], 0),
    ],
)
def test_lists_and_single_values(find: Find, rows: list[str], count: int) -> None:
    inner = {"type": "array", "items": shape(x=TEXT)}
    source = shape(a=TEXT, l={"type": "array", "items": shape(x=TEXT, m=inner)})
    target = shape(b=TEXT, k={"type": "array", "items": shape(x=TEXT, y=TEXT)})
    assert len(find("map/cardinality", estate(source, target, *rows))) == count


@pytest.mark.parametrize(
    ("source", "target", "row", "said"),
    [
        ({"enum": ["A", "B"]}, {}, "a,b,A=1;B=2,,,", ""),
        ({"enum": ["A", "B", "C"]}, {}, "a,b,A=1;B=2,,,", "'C' has no translation"),
        ({"enum": ["A", "B", "C"]}, {}, "a,b,A=1;B=2;*=3,,,", ""),
        ({"enum": ["A", "B", "C"]}, {}, "a,b,A=1;B=2,9,,", ""),
        ({"enum": ["A", "B"]}, {"enum": ["1"]}, "a,b,A=1;B=2,,,", "the translation '2' is no value of the target"),
        ({"type": "string"}, {}, "a,b,A=1;B=2,,,", "what becomes of any other value"),
        ({"enum": ["A", "B"]}, {"enum": ["A"]}, "a,b,copy,,,", "the target does not take 'B'"),
        ({"type": "string"}, {"enum": ["A"]}, ",b,'C',,,", "the constant 'C' is no value of the target"),
        ({"enum": ["A"]}, {"enum": ["A"]}, "a,b,copy,X,,", "the default 'X'"),
        ({"enum": [1, 2, None]}, {"enum": [1, 2]}, "a,b,copy,,,", ""),
    ],
)
def test_codes(find: Find, source: Any, target: Any, row: str, said: str) -> None:
    messages = [
        message for _, message in find("map/code-translation-complete", estate(shape(a=source), shape(b=target), row))
    ]
    assert (len(messages) == 1 and said in messages[0]) if said else messages == []


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("a,b,toDate(a),,,", 1),
        ("a,b,\"toDate(a, 'Europe/Berlin', 'yyyy-MM-dd')\",,,", 0),
        ("a,b,toDate(a),,,in UTC", 0),
        ("a,a2,toDate(a),,,", 0),
    ],
)
def test_moments(find: Find, row: str, count: int) -> None:
    moment = {"type": "string", "format": "date-time"}
    target = shape(b={"type": "string", "format": "date"}, a2=moment)
    assert len(find("map/datetime-and-unit", estate(shape(a=moment), target, row))) == count


# What people need.


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("a,b,a * 100,,,", 1),
        ("a,b,a * 100,,,percent to share", 0),
        ("a,b,trim(a),,,", 0),
        ("a,b,copy,,a = 'X',", 0),
        ("a,b,copy,,a = 'X' and b = 'Y' and c = 'Z' or d = 'W' or e = 'V',", 1),
        ("a,b,take the first one that is there,,,", 0),
    ],
)
def test_explanations(find: Find, row: str, count: int) -> None:
    assert len(find("map/rule-documented", {"m.csv": f"{COLUMNS}x,y,copy,,,\n{row}\n"})) == count


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("'EUR'", 0),
        ("'http://hl7.org/fhir/StructureDefinition/alternate-codes'", 0),
        ("'http://10.0.0.1/x'", 1),
        ("'https://erp.internal/x'", 1),
        ("'https://test.acme.example/x'", 1),
        ("'jdbc:oracle://db:1521/orders'", 1),
        ("'/opt/data/out'", 1),
        ("'C:\\data'", 1),
    ],
)
def test_constants_of_one_environment(find: Find, value: str, count: int) -> None:
    text = f"Source Field,Target Field,Transformation\nx,y,copy\n,uri,{value}\n"
    assert len(find("map/no-magic-constants", {"m.csv": text})) == count


def test_correlation_ids_are_carried_over(find: Find) -> None:
    source = shape("a", a=TEXT, **{"correlation-id": TEXT})
    assert len(find("map/key-preserved", estate(source, shape(b=TEXT), "a,b,copy,,,"))) == 1
    assert find("map/key-preserved", estate(source, shape(b=TEXT), "a,b,copy,,,", "correlation-id,b,copy,,,")) == []
    assert find("map/key-preserved", estate(source, shape(b=TEXT), "a,b,a & [correlation-id],,,")) == []


@pytest.mark.parametrize(
    ("classification", "target", "transformation", "count"),
    [
        ("confidential", "internal", "copy", 1),
        ("confidential", "confidential", "copy", 0),
        ("PII", "public", "copy", 1),
        ("confidential", "internal", "mask(a)", 0),
        ("", "public", "copy", 0),
        ("confidential", "", "copy", 0),
        ("whatever", "public", "copy", 0),
    ],
)
def test_classes(find: Find, classification: str, target: str, transformation: str, count: int) -> None:
    field = {"type": "string", "x-data-classification": target} if target else TEXT
    files = estate(shape(a=TEXT), shape(b=field))
    row = f"Source Field,Target Field,Transformation,Classification\na,b,{transformation},{classification}\n"
    assert len(find("map/classification-not-lowered", {**files, "m.csv": HEAD + row})) == count


@pytest.mark.parametrize(
    ("named", "count"),
    [
        ("s.yaml", 0),
        ("s.yaml#/components/schemas/A", 0),
        ("x.yaml#/A", 1),
        ("SAP ECC", 0),
        ("https://acme.test/a.yaml#/A", 0),
    ],
)
def test_contracts_that_are_there(find: Find, named: str, count: int) -> None:
    files = estate(shape(a=TEXT), shape(b=TEXT))
    files["m.csv"] = f"# Source,{named}\n{COLUMNS}a,b,copy,,,\n"
    assert len(find("map/schema-pinned", files)) == count


@pytest.mark.parametrize(
    ("row", "left"),
    [("a,b,copy,,,", ["c"]), ("c,,ignore,,,", ["a"]), ("c.d,,ignore,,,", ["a"]), ("c[0],,ignore,,,", ["a"])],
)
def test_what_is_left_out_on_purpose(find: Find, row: str, left: list[str]) -> None:
    source = shape(a=TEXT, c={"type": "array", "items": shape(d=TEXT)}, x=TEXT)
    said = [
        message
        for _, message in find("map/unmapped-source-declared", estate(source, shape(b=TEXT), row, "x,b,copy,,,"))
    ]
    assert said == [f"1 field of the source is neither mapped nor left out on purpose: {name}" for name in left]
