from collections.abc import Callable

import pytest

from integrationlint.model.element import Element

BuildXsd = Callable[..., Element]
DERIVING = "extension restriction"


def field(build_xsd: BuildXsd, declaration: str, attributes: str = "") -> Element:
    in_group = declaration if declaration.startswith("<xs:attribute") else f"<xs:sequence>{declaration}</xs:sequence>"
    body = f'<xs:complexType name="T">{in_group}</xs:complexType>'
    ((element,),) = [one.children for one in build_xsd(body, attributes).children]
    return element


@pytest.mark.parametrize(
    ("declaration", "attributes", "expected"),
    [
        ('<xs:element name="a"/>', "", ("unqualified", None)),
        ('<xs:element name="a"/>', 'elementFormDefault="qualified"', ("qualified", "urn:t")),
        ('<xs:element name="a" form="unqualified"/>', 'elementFormDefault="qualified"', ("unqualified", None)),
        ('<xs:element name="a" targetNamespace="urn:x"/>', "", ("qualified", "urn:x")),
        ('<xs:attribute name="a"/>', 'elementFormDefault="qualified"', ("unqualified", None)),
        ('<xs:attribute name="a"/>', 'attributeFormDefault="qualified"', ("qualified", "urn:t")),
        ('<xs:attribute name="a" form="qualified"/>', "", ("qualified", "urn:t")),
        ('<xs:element ref="t:a"/>', "", ("qualified", "urn:t")),
        ('<xs:element ref="a"/>', "", ("unqualified", None)),
        ('<xs:attribute ref="xml:lang"/>', "", ("qualified", "http://www.w3.org/XML/1998/namespace")),
    ],
)
def test_the_form_that_counts(
    build_xsd: BuildXsd, declaration: str, attributes: str, expected: tuple[str, str | None]
) -> None:
    facts = field(build_xsd, declaration, attributes).facts
    assert (facts["form"], facts.get("namespace")) == expected


@pytest.mark.parametrize(
    ("use", "required", "most"), [("", False, None), ('use="required"', True, None), ('use="prohibited"', False, 0)]
)
def test_attributes_are_required_by_their_use(build_xsd: BuildXsd, use: str, required: bool, most: int | None) -> None:
    facts = field(build_xsd, f'<xs:attribute name="a" {use}/>').facts
    assert (facts["attribute"], facts["required"], facts.get("maxOccurs")) == (True, required, most)


def test_a_reference_is_a_field_that_uses_the_global_declaration(build_xsd: BuildXsd) -> None:
    element = field(build_xsd, '<xs:element ref="t:Address" minOccurs="0"/>')
    assert (element.name, element.facts["required"]) == ("Address", False)
    assert "base" not in element.facts
    (use,) = element.uses
    assert (use.role, use.key, use.tier) == ("contains", "element:{urn:t}Address", "keyed")
    assert use.pointer == f"{element.pointer}/@ref"


def test_prefixes_are_those_in_scope_where_the_name_is_written(build_xsd: BuildXsd) -> None:
    (use,) = field(build_xsd, '<xs:element name="a" type="t:X" xmlns:t="urn:other"/>').uses
    assert use.key == "type:{urn:other}X"


def test_an_undeclared_prefix_stays_in_the_key(build_xsd: BuildXsd) -> None:
    element = field(build_xsd, '<xs:element name="a" type="nope:X"/>')
    assert [use.key for use in element.uses] == ["type:nope:X"]
    assert element.facts["base"] == "nope:X"


def test_values_and_nil(build_xsd: BuildXsd) -> None:
    facts = field(build_xsd, '<xs:element name="a" type="xs:int" default="007" nillable="1"/>').facts
    assert (facts["default"], facts["nullable"], facts["type"], facts["base"]) == ("007", True, ("integer",), "xs:int")
    assert field(build_xsd, '<xs:attribute name="a" fixed="x"/>').facts["fixed"] == "x"


def test_no_type_is_any_type(build_xsd: BuildXsd) -> None:
    assert field(build_xsd, '<xs:element name="a"/>').facts["base"] == "xs:anyType"
    assert field(build_xsd, '<xs:attribute name="a"/>').facts["base"] == "xs:anySimpleType"


def test_anonymous_types_belong_to_their_field(build_xsd: BuildXsd) -> None:
    element = field(
        build_xsd,
        """<xs:element name="a" maxOccurs="2"><xs:complexType mixed="true"><xs:sequence><xs:element name="b"/>
        </xs:sequence><xs:attribute name="c"/></xs:complexType></xs:element>""",
    )
    assert (element.facts["anonymous"], element.facts["type"]) == ("complexType", ("object",))
    assert (element.facts["maxOccurs"], element.facts["mixed"]) == (2, True)
    assert [one.address for one in element.children] == ["t.xsd#type:T/field:a/field:b", "t.xsd#type:T/field:a/field:c"]


@pytest.mark.parametrize(
    ("body", "attributes", "block", "final"),
    [
        ('<xs:element name="a"/>', "", None, None),
        ('<xs:element name="a" block="#all" final="#all"/>', "", DERIVING + " substitution", DERIVING),
        ('<xs:element name="a" block=""/>', 'blockDefault="#all"', None, None),
        ('<xs:complexType name="a"/>', 'blockDefault="substitution extension"', "extension", None),
        ('<xs:complexType name="a"/>', 'finalDefault="list restriction"', None, "restriction"),
        ('<xs:simpleType name="a"/>', 'finalDefault="#all"', None, "extension list restriction union"),
    ],
)
def test_block_and_final_are_spelled_out(
    build_xsd: BuildXsd, body: str, attributes: str, block: str | None, final: str | None
) -> None:
    (element,) = build_xsd(body, attributes).children
    assert element.facts.get("block") == (block and tuple(block.split()))
    assert element.facts.get("final") == (final and tuple(final.split()))


def test_members_of_a_substitution_group_extend_its_head(build_xsd: BuildXsd) -> None:
    (element,) = build_xsd('<xs:element name="a" substitutionGroup="t:head" abstract="true"/>').children
    assert (element.facts["substitutionGroup"], element.facts["abstract"]) == (("{urn:t}head",), True)
    assert "base" not in element.facts
    (use,) = element.uses
    assert (use.role, use.key) == ("extends", "element:{urn:t}head")
    assert use.pointer == "/schema[1]/element[1]/@substitutionGroup"


def test_identity_constraints_are_facts(build_xsd: BuildXsd) -> None:
    (element,) = build_xsd(
        """<xs:element name="a"><xs:unique name="u"><xs:selector xpath="b"/><xs:field xpath="@c"/></xs:unique>
        <xs:keyref name="r" refer="t:k"><xs:selector xpath="d"/></xs:keyref></xs:element>"""
    ).children
    assert element.facts["identity"] == (
        {"construct": "unique", "name": "u", "selector": "b", "fields": ("@c",)},
        {"construct": "keyref", "name": "r", "selector": "d", "fields": (), "refer": "{urn:t}k"},
    )


def test_wildcards(build_xsd: BuildXsd) -> None:
    facts = field(build_xsd, '<xs:any namespace=" ##local   urn:x " processContents="skip" minOccurs="0"/>').facts
    expected = {"attribute": False, "namespace": "##local urn:x", "processContents": "skip"}
    assert facts == {**expected, "minOccurs": 0, "maxOccurs": 1}
    (attributes,) = build_xsd(
        '<xs:attributeGroup name="A"><xs:anyAttribute notNamespace="urn:x"/></xs:attributeGroup>'
    ).children
    (facts,) = (one.facts for one in attributes.children)
    assert facts == {"attribute": True, "notNamespace": "urn:x", "processContents": "strict"}


def test_default_attributes_reach_every_complex_type(build_xsd: BuildXsd) -> None:
    root = build_xsd(
        '<xs:complexType name="A"/><xs:complexType name="B" defaultAttributesApply="false"/><xs:element name="c">'
        "<xs:complexType/></xs:element>",
        'defaultAttributes="t:D"',
    )
    found = {one.name: [use.key for use in one.uses] for one in root.children}
    assert found == {"A": ["attributeGroup:{urn:t}D"], "B": [], "c": ["attributeGroup:{urn:t}D"]}
