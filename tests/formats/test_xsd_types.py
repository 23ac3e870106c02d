from collections.abc import Callable

import pytest

from integrationlint.model.element import Element

BuildXsd = Callable[..., Element]


def uses(element: Element) -> list[tuple[str, str]]:
    return [(use.role, use.key) for use in element.uses]


def only(build_xsd: BuildXsd, body: str) -> Element:
    (element,) = build_xsd(body).children
    return element


def test_an_outer_restriction_stands_for_the_inner_one(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:simpleType name="T"><xs:restriction><xs:simpleType><xs:restriction base="t:Code">
        <xs:maxLength value="9"/><xs:minLength value="2"/></xs:restriction></xs:simpleType>
        <xs:maxLength value="5"/></xs:restriction></xs:simpleType>""",
    )
    assert (element.facts["minLength"], element.facts["maxLength"]) == (2, 5)
    assert (element.facts["base"], element.facts["derivation"]) == ("{urn:t}Code", "restriction")
    assert "type" not in element.facts
    assert uses(element) == [("extends", "type:{urn:t}Code")]


def test_a_restricted_anonymous_list_is_still_an_array(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:simpleType name="T"><xs:restriction><xs:simpleType><xs:list itemType="t:Code"/></xs:simpleType>
        <xs:maxLength value="5"/></xs:restriction></xs:simpleType>""",
    )
    assert element.facts["type"] == ("array",)
    assert (element.facts["derivation"], element.facts["maxLength"]) == ("restriction", 5)
    (items,) = element.children
    assert (items.kind, uses(items)) == ("items", [("contains", "type:{urn:t}Code")])


def test_a_union_has_a_variant_per_member(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:simpleType name="T"><xs:union memberTypes="xs:date t:Code"><xs:simpleType>
        <xs:restriction base="xs:string"><xs:enumeration value="never"/></xs:restriction>
        </xs:simpleType></xs:union></xs:simpleType>""",
    )
    assert element.facts["derivation"] == "union"
    assert element.uses == []
    assert [(one.name, one.facts["composition"]) for one in element.children] == [
        ("date", "anyOf"),
        ("Code", "anyOf"),
        ("2", "anyOf"),
    ]
    assert [uses(one) for one in element.children] == [[], [("contains", "type:{urn:t}Code")], []]
    assert element.children[0].facts["format"] == "date"
    assert element.children[2].facts["enum"] == ("never",)


def test_nested_anonymous_unions_and_lists_are_built(build_xsd: BuildXsd) -> None:
    inner = '<xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>'
    element = only(build_xsd, f'<xs:simpleType name="T"><xs:union>{inner}{inner}</xs:union></xs:simpleType>')
    assert [[below.facts["base"] for below in one.children] for one in element.children] == [["xs:int"], ["xs:int"]]


@pytest.mark.parametrize("how", ["extension", "restriction"])
def test_complex_content_extends_its_base(build_xsd: BuildXsd, how: str) -> None:
    element = only(
        build_xsd,
        f"""<xs:complexType name="T"><xs:complexContent><xs:{how} base="t:B"><xs:all><xs:element name="a"/></xs:all>
        <xs:attribute name="b"/></xs:{how}></xs:complexContent></xs:complexType>""",
    )
    assert element.facts["type"] == ("object",)
    assert (element.facts["base"], element.facts["derivation"], element.facts["compositor"]) == ("{urn:t}B", how, "all")
    assert uses(element) == [("extends", "type:{urn:t}B")]
    assert [one.name for one in element.children] == ["a", "b"]


def test_restricting_anytype_uses_nothing(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:complexType name="T"><xs:complexContent><xs:restriction base="xs:anyType"/></xs:complexContent>
        </xs:complexType>""",
    )
    assert (element.facts["base"], element.uses) == ("xs:anyType", [])


def test_simple_content_has_the_type_of_its_base(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:complexType name="T"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit"/>
        </xs:extension></xs:simpleContent></xs:complexType>""",
    )
    assert (element.facts["type"], element.facts["base"]) == (("number",), "xs:decimal")
    assert "contentModel" not in element.facts


def test_restricted_simple_content_keeps_its_facets(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:complexType name="T"><xs:simpleContent><xs:restriction base="t:B"><xs:simpleType>
        <xs:restriction base="xs:token"/></xs:simpleType><xs:maxLength value="3"/></xs:restriction></xs:simpleContent>
        </xs:complexType>""",
    )
    assert (element.facts["base"], element.facts["maxLength"], element.facts["type"]) == ("{urn:t}B", 3, ("string",))
    assert uses(element) == [("extends", "type:{urn:t}B")]


@pytest.mark.parametrize(
    "body",
    [
        '<xs:complexType name="T" mixed="true"/>',
        '<xs:complexType name="T"><xs:complexContent mixed="1"/></xs:complexType>',
    ],
)
def test_mixed_content(build_xsd: BuildXsd, body: str) -> None:
    assert only(build_xsd, body).facts["mixed"] is True


def test_an_unknown_type_of_xml_schema_is_a_use_that_nothing_answers(build_xsd: BuildXsd) -> None:
    element = only(build_xsd, '<xs:element name="a" type="xs:strnig"/>')
    assert uses(element) == [("contains", "type:{http://www.w3.org/2001/XMLSchema}strnig")]


def test_attribute_groups_are_used_and_offer_fields(build_xsd: BuildXsd) -> None:
    element = only(
        build_xsd,
        """<xs:attributeGroup name="A"><xs:attribute name="a"/><xs:attributeGroup ref="t:B"/>
        <xs:anyAttribute/></xs:attributeGroup>""",
    )
    assert element.keys == ("attributeGroup:{urn:t}A",)
    assert uses(element) == [("contains", "attributeGroup:{urn:t}B")]
    assert [(one.kind, one.name) for one in element.children] == [("field", "a"), ("wildcard", "anyAttribute")]
