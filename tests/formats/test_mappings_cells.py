"""What single cells say: headers, types, flags, constants, value maps, operations, reads, schemas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats.mappings.labels import label_words, read_label
from integrationlint.formats.mappings.operations import expression_operation, expression_reads, stated_operation
from integrationlint.formats.mappings.schemas import file_key, narrow, read_schema
from integrationlint.formats.mappings.values import (
    read_classification,
    read_constant,
    read_flag,
    read_minimum,
    read_type,
    read_value_map,
)
from integrationlint.model.element import Declared

ANY = st.text(alphabet="aA1 '\"=:;,()[]{}#@./\\-_>|*\n", max_size=50) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "side", "role"),
    [
        ("Source Field", "source", "field"),
        ("source_column", "source", "field"),
        ("sourceXPath", "source", "field"),
        ("Sending element", "source", "field"),
        ("Atributo Origem", "source", "field"),
        ("Campo origem", "source", "field"),
        ("Quell-Feld", "source", "field"),
        ("From", "source", "field"),
        ("Mapped to", "target", "field"),
        ("Target Field Name", "target", "field"),
        ("Receiving element", "target", "field"),
        ("FHIR Attribute", "", "field"),
        ("Tabela Destino", "target", "object"),
        ("Target Schema", "target", "object"),
        ("Source System", "source", "system"),
        ("Source Data Type", "source", "type"),
        ("Data Type Mapping", "", "type"),
        ("Max Length", "", "length"),
        ("Target Field Length", "target", "length"),
        ("isRequired", "", "required"),
        ("NULL (S/N)", "", "nullable"),
        ("Nullable Column (Y/N)", "", "nullable"),
        ("Cardinality - Min", "", "minimum"),
        ("Transformation Logic", "", "expression"),
        ("Functional Mapping Rule", "", "expression"),
        ("Regra", "", "expression"),
        ("Condition (IF True)", "", "condition"),
        ("Default Value", "", "default"),
        ("Vocabulary Mapping\n(IS, ID)", "", "lookup"),
        ("Observação", "", "description"),
        ("Source Field Description", "source", "description"),
        ("PII", "", "classification"),
        ("Mapping Status", "", "status"),
        ("Valid from", "", None),
        ("Amount to pay", "", None),
        ("Customer", "", None),
        ("x" * 100, "", None),
        ("", "", None),
    ],
)
def test_headers_are_understood(text: str, side: str, role: str | None) -> None:
    label = read_label(text)
    if label is None or role is None:
        assert (label and label.role) == role
    else:
        assert (label.side, label.role) == (side, role)


def test_words_of_a_header() -> None:
    assert label_words("cdmFieldName") == ("cdm", "field", "name")
    assert label_words("Straße (lang)") == ("strasse",)
    assert label_words("(S/N)") == ("s", "n")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("VARCHAR2(64)",), Declared("varchar2", 64, raw="VARCHAR2(64)")),
        (("VARCHAR2(64 CHAR)",), Declared("varchar2", 64, raw="VARCHAR2(64 CHAR)")),
        (("decimal(10, 2)",), Declared("decimal", None, 10, 2, "decimal(10, 2)")),
        (("NUMBER(5)",), Declared("number", None, 5, None, "NUMBER(5)")),
        (("string[35]",), Declared("string", 35, raw="string[35]")),
        (("an..35",), Declared("an", 35, raw="an..35")),
        (("CHAR 10",), Declared("char", 10, raw="CHAR 10")),
        (("DEC 13,2",), Declared("dec", None, 13, 2, "DEC 13,2")),
        (("int 32",), Declared("int 32", raw="int 32")),
        (("xs:string",), Declared("string", raw="xs:string")),
        (("string", "40"), Declared("string", 40, raw="string")),
        (("number", "", "9", "3"), Declared("number", None, 9, 3, "number")),
        (("", "12"), Declared("", 12)),
        (("N/A",), None),
        (("",), None),
    ],
)
def test_types(cells: tuple[str, ...], expected: Declared | None) -> None:
    assert read_type(*cells) == expected


@pytest.mark.parametrize(
    ("text", "flag"), [("Y", True), ("m", True), ("Sim", True), ("O", False), ("x", True), ("maybe", None)]
)
def test_flags(text: str, flag: bool | None) -> None:
    assert read_flag(text) is flag


@pytest.mark.parametrize(("text", "flag"), [("0", False), ("1..*", True), ("[0..1]", False), ("-1", None), ("n", None)])
def test_minima(text: str, flag: bool | None) -> None:
    assert read_minimum(text) is flag


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("Is PII", "Y", "pii"), ("PII", "no", ""), ("Classification", "C3 secret", "C3 secret")],
)
def test_classification(name: str, text: str, expected: str) -> None:
    assert read_classification(name, text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'EUR'", "EUR"),
        ('"X"', "X"),
        ('="X"', "X"),
        ("''", ""),
        ("Constant: EUR", "EUR"),
        ("Hardcode to 'A'", "A"),
        ('set to "1"', "1"),
        ("fixed value EUR", "EUR"),
        ("10", "10"),
        ("-1.5", "-1.5"),
        ("Constant", None),
        ("customer.id", None),
        ("'a' + 'b'", None),
        ("always the same as above", None),
    ],
)
def test_constants(text: str, value: str | None) -> None:
    assert read_constant(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1;B=2", ({"A": "1", "B": "2"}, None)),
        ("A -> 1, B -> 2", ({"A": "1", "B": "2"}, None)),
        ("NEW: N\nPAID: P\nelse: X", ({"NEW": "N", "PAID": "P"}, "X")),
        ("'a;b'=1; c=2", ({"a;b": "1", "c": "2"}, None)),
        ("A=1;*=0", ({"A": "1"}, "0")),
        ("A=1", None),
        ("COUNTRY_CODES", None),
        ("if a = 1 then b", None),
        ("", None),
    ],
)
def test_value_maps(text: str, expected: object) -> None:
    assert read_value_map(text) == expected


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Direct", "copy"),
        ("1:1", "copy"),
        ("Direct mapping, no change", "copy"),
        ("source value", "copy"),
        ("Not mapped", "ignore"),
        ("not supported by target", "ignore"),
        ("Drop leading zeros", ""),
        ("drop", "ignore"),
        ("Constant", "constant"),
        ("Concatenate first and last name", "concat"),
        ("look up the country", "lookup"),
        ("for each line", "iterate"),
        ("Sum of the amounts", "aggregate"),
        ("something else", ""),
    ],
)
def test_stated_operations(text: str, operation: str) -> None:
    assert stated_operation(text) == operation


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("CONCAT(a, b)", "concat"),
        ("fn:string-join(a, ' ')", "function"),
        ("SUM(x)", "aggregate"),
        ("LEFT(x, 3)", "split"),
        ("=VLOOKUP(A1, B:C, 2)", "lookup"),
        ("IIF(a, b, c)", "conditional"),
        ("UPPER(x)", "function"),
        ("CASE WHEN a = 1 THEN 'x' ELSE 'y' END", "conditional"),
        ("if the order is paid then 'P'", "conditional"),
        ("a || b", "concat"),
        ("a * 100", "expression"),
        ("look at page 4", "expression"),
    ],
)
def test_operations_of_expressions(text: str, operation: str) -> None:
    assert expression_operation(text) == operation


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("CONCAT(source_table.first, ' ', source_table.last)", ["first", "last"]),
        ("CAST(created AS DATE)", ["created"]),
        ("CASE WHEN status = 'A' THEN amount ELSE 0 END", ["status", "amount"]),
        ("payload.order.id", ["order.id"]),
        ("a + b/c + a", ["a", "b.c"]),
        ("items[*].price * 2", ["items.price"]),
        ("Uppercase", []),
        ("If the order is paid (see wiki)", []),
        ("'a' || 'b'", []),
        ("", []),
        ("x(" * 2000, []),
    ],
)
def test_reads_of_expressions(text: str, reads: list[str]) -> None:
    assert [path.text for path in expression_reads(text)] == reads


@pytest.mark.parametrize(
    ("text", "key", "tier"),
    [
        ("orders.yaml#/components/schemas/Order", "pointer:maps/orders.yaml#/components/schemas/Order", "declared"),
        ("../api/orders.yaml#/a", "pointer:api/orders.yaml#/a", "declared"),
        ("/api/orders.yaml#/a", "pointer:api/orders.yaml#/a", "declared"),
        ("..\\api\\orders.yaml#Order", "schema:api/orders.yaml#Order", "declared"),
        ("sap.xsd#Order", "schema:maps/sap.xsd#Order", "declared"),
        ("sap.xsd#/Order", "schema:maps/sap.xsd#Order", "declared"),
        ("sap.xsd#{urn:sap}Order", "schema:maps/sap.xsd#Order", "declared"),
        ("orders.avsc", "pointer:maps/orders.avsc#", "declared"),
        ("`orders.json` v1.2", "pointer:maps/orders.json#", "declared"),
        ("#/definitions/A", "pointer:maps/m.csv#/definitions/A", "declared"),
        ("https://example.com/a.json#/A", "id:https://example.com/a.json#/A", "declared"),
        ("{urn:sap}Order", "element:{urn:sap}Order", "declared"),
        ("Order", "schema:Order", "inferred"),
        ("ns:Order", "schema:Order", "inferred"),
        ("Order@1.2", "schema:Order", "keyed"),
        ("Order v1.2", "schema:Order", "keyed"),
        ("SAP ECC production", "", "declared"),
    ],
)
def test_schemas(text: str, key: str, tier: str) -> None:
    schema = read_schema("maps/m.csv", text, "/1/1")
    assert schema is not None
    assert (schema.key, schema.tier if schema.key else "declared") == (key, tier)


def test_no_schema() -> None:
    assert read_schema("m.csv", "n/a", "") is None
    assert read_schema("m.csv", "x" * 2000, "") is None


def test_a_version_is_kept() -> None:
    schema = read_schema("m.csv", "sap.xsd#Order@2.1", "")
    assert schema
    assert (schema.version, schema.name, schema.text) == ("2.1", "Order", "sap.xsd#Order@2.1")


@pytest.mark.parametrize(
    ("whole", "own", "key", "front"),
    [
        ("sap.xsd", "Order", "schema:sap.xsd#Order", ""),
        ("sap.xsd#ORDERS05", "E1EDK01", "schema:sap.xsd#ORDERS05", "E1EDK01"),
        ("sap.xsd#Order", "Order", "schema:sap.xsd#Order", ""),
        ("sap.xsd#Order", "crm.xsd#Customer", "schema:crm.xsd#Customer", ""),
        ("", "Order", "schema:Order", ""),
        ("sap.xsd#Order", "", "schema:sap.xsd#Order", ""),
    ],
)
def test_objects_of_lines(whole: str, own: str, key: str, front: str) -> None:
    schema, step = narrow(read_schema("m.csv", whole, ""), read_schema("m.csv", own, ""))
    assert schema
    assert (schema.key, step) == (key, front)


def test_lookup_files() -> None:
    assert file_key("maps/m.csv", "codes/iso.csv") == "file:maps/codes/iso.csv"
    assert file_key("maps/m.csv", "/iso.csv") == "file:iso.csv"
    assert file_key("maps/m.csv", "COUNTRY") == ""
    assert file_key("maps/m.csv", "https://example.com/iso.csv") == ""


@given(ANY)
def test_any_cell_is_read(text: str) -> None:
    read_label(text)
    read_type(text, text, text, text)
    read_flag(text)
    read_minimum(text)
    read_constant(text)
    read_value_map(text)
    stated_operation(text)
    assert expression_operation(text)
    assert all(path.steps for path in expression_reads(text))
    schema = read_schema("a/b.csv", text, "/1/1")
    assert schema is None or schema.tier in ("declared", "keyed", "inferred")
    file_key("a/b.csv", text)
