"""Schema documents: validity, namespaces, versions, names, constructs, values."""

from collections.abc import Callable
from pathlib import Path

import pytest

from integrationlint.checks.xml_validity import faults
from integrationlint.dialects.xsd_weight import is_heavy
from integrationlint.model.document import XmlNode
from integrationlint.parse.parsers import parse

Find = Callable[..., list[tuple[str, str]]]
XS = "http://www.w3.org/2001/XMLSchema"
URN = "urn:example:a"
CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus/contracts/xsd"


def schema(body: str, more: str = "", target: str = URN) -> str:
    own = f' xmlns="{target}" targetNamespace="{target}"' if target else ""
    return f'<xs:schema xmlns:xs="{XS}"{own} {more}>{body}</xs:schema>'


def found(find: Find, rule: str, text: str | dict[str, str], **options: object) -> list[tuple[str, str]]:
    return find(rule, {"a.xsd": text} if isinstance(text, str) else text, **options)


# Validity.


@pytest.mark.parametrize(
    ("body", "pointer", "said"),
    [
        ('<xs:element name="E" type="xs:strng"/>', "/schema[1]/element[1]/@type", "XML Schema has no type 'strng'"),
        ('<xs:element name="E" type="p:T"/>', "/schema[1]/element[1]/@type", "prefix of 'p:T' is not declared"),
        (
            '<xs:element name="E" type="OrderTyp"/><xs:complexType name="OrderType"/>',
            "/schema[1]/element[1]/@type",
            "there is no type 'OrderTyp' (did you mean 'OrderType'?)",
        ),
        ('<xs:complexType name="T"/><xs:simpleType name="T"><xs:list itemType="xs:int"/></xs:simpleType>', "", "twice"),
        ('<xs:element name="E" foo="1"/>', "/schema[1]/element[1]", "'foo' is not allowed"),
        ("<xs:elment/>", "/schema[1]/elment[1]", "'elment' must not be here in 'xs:schema'"),
        (
            '<xs:complexType name="T"><xs:complexContent><xs:extension base="T"/></xs:complexContent></xs:complexType>',
            "/schema[1]/complexType[1]",
            "is built on itself",
        ),
        ('<xs:complexType name="T"><xs:group ref="g"/></xs:complexType>', "", "there is no group 'g'"),
        ('<xs:complexType name="T"><xs:attributeGroup ref="g"/></xs:complexType>', "", "no attribute group 'g'"),
        ('<xs:include schemaLocation="b.xsd"/>', "/schema[1]/include[1]/@schemaLocation", "there is no file 'b.xsd'"),
    ],
)
def test_what_makes_a_schema_invalid(find: Find, body: str, pointer: str, said: str) -> None:
    problems = found(find, "xsd/valid-schema", schema(body))
    assert any(said in message and pointer in (place, "") for place, message in problems), problems


def test_places_are_right_where_the_schema_namespace_has_no_prefix() -> None:
    text = f'<schema xmlns="{XS}"><element name="a"/><simpleType name="U"><restriction base="string">'
    document = parse("a.xsd", f'{text}<pattern value="[a-"/></restriction></simpleType></schema>'.encode())
    assert [pointer for pointer, _ in faults(document)] == ["/schema[1]/simpleType[1]/restriction[1]/pattern[1]"]


@pytest.mark.parametrize(
    "text",
    [
        schema('<xs:import namespace="urn:b"/><xs:element name="E" xmlns:b="urn:b" type="b:T"/>'),
        schema('<xs:include schemaLocation="https://acme.test/b.xsd"/><xs:element name="E" type="T"/>'),
        f'<!DOCTYPE x [<!ENTITY a "b">]>{schema("<xs:nothing/>")}',
        schema('<xs:complexType name="T"><xs:sequence/><xs:assert test="true()"/></xs:complexType>'),
        schema('<xs:element name="E" xmlns:xml="http://www.w3.org/XML/1998/namespace" type="xs:string"/>'),
    ],
)
def test_what_cannot_be_known_is_not_called_invalid(find: Find, text: str) -> None:
    assert found(find, "xsd/valid-schema", text) == []


def test_components_of_included_and_including_files_are_found(find: Find) -> None:
    files = {
        "a.xsd": schema('<xs:include schemaLocation="b.xsd"/><xs:element name="E" type="T"/>'),
        "b.xsd": schema('<xs:complexType name="T"><xs:sequence><xs:element ref="E"/></xs:sequence></xs:complexType>'),
    }
    assert found(find, "xsd/valid-schema", files) == []


def test_a_reference_into_a_namespace_that_is_not_imported(find: Find) -> None:
    files = {
        "a.xsd": schema('<xs:element name="E" xmlns:b="urn:example:b" type="b:T"/>'),
        "b.xsd": schema('<xs:complexType name="T"/>', target="urn:example:b"),
        "c.xsd": schema(
            '<xs:import namespace="urn:example:b" schemaLocation="b.xsd"/>'
            '<xs:element name="E" xmlns:b="urn:example:b" type="b:Tt"/>'
        ),
    }
    said = [message for _, message in found(find, "xsd/valid-schema", files)]
    assert said == ["'b.xsd' has no type 'Tt' (did you mean 'T'?)"] or len(said) == 1


@pytest.mark.parametrize(
    "body",
    [
        "".join(
            f'<xs:group name="g{n}"><xs:sequence><xs:group ref="g{n + 1}"/><xs:group ref="g{n + 1}"/></xs:sequence>'
            "</xs:group>"
            for n in range(30)
        )
        + '<xs:group name="g30"><xs:sequence/></xs:group>',
        "".join(
            f'<xs:complexType name="t{n}"><xs:complexContent><xs:extension base="t{n + 1}"/></xs:complexContent>'
            "</xs:complexType>"
            for n in range(300)
        )
        + '<xs:complexType name="t300"/>',
        '<xs:complexType name="t"><xs:sequence>'
        + "".join(f'<xs:element name="e{n}" minOccurs="0"/>' for n in range(900))
        + "</xs:sequence></xs:complexType>",
    ],
)
def test_schemas_that_would_cost_too_much_are_not_compiled(body: str) -> None:
    document = parse("a.xsd", schema(body).encode())
    assert isinstance(document.value, XmlNode)
    assert is_heavy(document.value)
    assert list(faults(document)) == []


@pytest.mark.parametrize("pattern", ["(" * 60 + "a" + ")*" * 60, "(((a{999}){999}){999})", "a" * 500 + "["])
def test_patterns_that_would_cost_too_much_are_left_out(pattern: str) -> None:
    body = f'<xs:simpleType name="T"><xs:restriction base="xs:string"><xs:pattern value="{pattern}"/>'
    document = parse("a.xsd", schema(f"{body}</xs:restriction></xs:simpleType>").encode())
    assert list(faults(document)) == []


# Documents.


@pytest.mark.parametrize(
    ("target", "version", "count"),
    [
        ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "2.5", 0),
        ("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", "", 0),
        ("http://acme.test/orders/v1", "", 0),
        ("http://acme.test/orders/v1/", "1.4", 0),
        ("http://acme.test/niem/5.0/", "5.0.1", 0),
        ("http://acme.test/2024-05/orders", "1", 0),
        ("http://acme.test/orders", "1.0", 0),
        ("http://acme.test/orders", "", 1),
        ("http://acme.test/orders/v2", "1.9", 1),
        ("http://acme.test/orders/v2", "draft", 0),
    ],
)
def test_versions_in_namespace_and_attribute(find: Find, target: str, version: str, count: int) -> None:
    more = f'version="{version}"' if version else ""
    assert len(found(find, "xsd/namespace-version", schema('<xs:element name="E"/>', more, target))) == count


def test_a_schema_that_only_imports_needs_no_namespace(find: Find) -> None:
    body = '<xs:import namespace="urn:b" schemaLocation="b.xsd"/>'
    assert found(find, "xsd/target-namespace", schema(body, target="")) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<xs:element name="E" xmlns:b="urn:b" type="b:T"/>', 0),
        ('<xs:complexType name="T"><xs:sequence><xs:any namespace="urn:b"/></xs:sequence></xs:complexType>', 0),
        (
            '<xs:element xmlns:b="urn:b" name="E"><xs:key name="k"><xs:selector xpath="b:x"/><xs:field xpath="@i"/>'
            "</xs:key></xs:element>",
            0,
        ),
        ('<xs:element name="E" type="xs:string"/>', 1),
        ("", 0),
    ],
)
def test_what_counts_as_use_of_an_import(find: Find, body: str, count: int) -> None:
    text = schema(f'<xs:import namespace="urn:b" schemaLocation="b.xsd"/>{body}', 'xmlns:b="urn:b"')
    assert len(found(find, "xsd/import-complete", text)) == count


def test_forms_only_matter_where_a_local_name_is_declared(find: Find) -> None:
    reference = '<xs:complexType name="T"><xs:sequence><xs:element ref="E"/></xs:sequence></xs:complexType>'
    assert found(find, "xsd/form-default", schema(reference)) == []
    local = reference.replace('ref="E"', 'name="E" type="xs:string"')
    assert len(found(find, "xsd/form-default", schema(local))) == 1


# Names and constructs.


def test_names_without_a_usual_case_are_left_alone(find: Find) -> None:
    names = ["Order", "Note", "party_name", "cityName", "postal-code", "Land"]
    text = schema("".join(f'<xs:element name="{name}"/>' for name in names))
    assert found(find, "xsd/name-case", text) == []


def test_endings_are_told_for_complex_and_simple_types_apart(find: Find) -> None:
    complex_types = "".join(f'<xs:complexType name="Thing{n}Structure"/>' for n in "ABCDEFGHIJ")
    simple = '<xs:simpleType name="ColourEnumeration"><xs:restriction base="xs:string"/></xs:simpleType>'
    assert found(find, "xsd/type-suffix", schema(complex_types + simple)) == []
    odd = '<xs:complexType name="Odd"/>'
    assert len(found(find, "xsd/type-suffix", schema(complex_types + odd))) == 1


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<xs:element name="Head" abstract="true"/>', 0),
        ('<xs:element name="E" substitutionGroup="Head"/><xs:element name="Head" type="xs:string"/>', 0),
        (
            '<xs:complexType name="T"><xs:complexContent><xs:restriction base="xs:anyType"/></xs:complexContent>'
            "</xs:complexType>",
            0,
        ),
        ('<xs:element name="E"/>', 1),
        ('<xs:complexType name="T"><xs:attribute name="a"/></xs:complexType>', 1),
    ],
)
def test_declarations_that_take_anything(find: Find, body: str, count: int) -> None:
    assert len(found(find, "xsd/no-wildcards", schema(body))) == count


# Values.


@pytest.mark.parametrize(
    ("declared", "count"),
    [
        ('<xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction>', 0),
        ('<xs:restriction base="xs:string"><xs:pattern value="[a-z]{3}"/></xs:restriction>', 0),
        ('<xs:restriction base="xs:string"><xs:enumeration value="a"/></xs:restriction>', 0),
        ('<xs:restriction base="Inner"/>', 0),
        ('<xs:restriction base="xs:int"/>', 0),
        ('<xs:restriction base="xs:string"><xs:whiteSpace value="collapse"/></xs:restriction>', 1),
        ('<xs:restriction base="xs:normalizedString"/>', 1),
    ],
)
def test_texts_are_bounded_along_the_chain_of_types(find: Find, declared: str, count: int) -> None:
    inner = '<xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction>'
    types = f'<xs:simpleType name="T">{declared}</xs:simpleType><xs:simpleType name="Inner">{inner}</xs:simpleType>'
    assert len(found(find, "xsd/string-bounded", schema(f'<xs:element name="E" type="T"/>{types}'))) == count


@pytest.mark.parametrize(
    ("pattern", "count"), [("^a", 1), ("a$", 1), (r"a\$", 0), ("[^a]", 0), ("a^b", 0), (r"\^a", 0), ("$", 1)]
)
def test_anchors_in_patterns(find: Find, pattern: str, count: int) -> None:
    inner = f'<xs:restriction base="xs:string"><xs:pattern value="{pattern}"/></xs:restriction>'
    text = schema(f'<xs:element name="E"><xs:simpleType>{inner}</xs:simpleType></xs:element>')
    assert len(found(find, "xsd/pattern-anchors", text)) == count


def test_a_pattern_is_reported_once_at_the_declaration_that_has_it(find: Find) -> None:
    inner = '<xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="^a$"/></xs:restriction></xs:simpleType>'
    field = f'<xs:sequence><xs:element name="F">{inner}</xs:element></xs:sequence>'
    text = schema(f'<xs:element name="E"><xs:complexType>{field}</xs:complexType></xs:element>')
    assert len(found(find, "xsd/pattern-anchors", text)) == 1


@pytest.mark.parametrize(("name", "count"), [("TotalAmount", 1), ("amount", 1), ("Tantamount", 0), ("TaxRate", 1)])
def test_amounts_are_told_by_whole_words(find: Find, name: str, count: int) -> None:
    assert len(found(find, "xsd/decimal-facets", schema(f'<xs:element name="{name}" type="xs:float"/>'))) == count


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus lies beside the checkout")
@pytest.mark.parametrize("folder", sorted(one.name for one in CORPUS.glob("*")))
def test_real_schemas_are_valid(find: Find, folder: str) -> None:
    files = {str(one.relative_to(CORPUS)): one.read_text("utf-8-sig") for one in (CORPUS / folder).rglob("*.xsd")}
    assert found(find, "xsd/valid-schema", files) == []
