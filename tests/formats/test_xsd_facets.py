from collections.abc import Callable

import pytest

from integrationlint.formats.xsd_facets import number
from integrationlint.model.element import Element

BuildXsd = Callable[..., Element]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<xs:length value="3"/>', {"minLength": 3, "maxLength": 3}),
        ('<xs:minLength value="1"/><xs:maxLength value=" 9 "/>', {"minLength": 1, "maxLength": 9}),
        ('<xs:maxLength value="many"/>', {}),
        ('<xs:minInclusive value="-1.5"/><xs:maxInclusive value="7"/>', {"minimum": -1.5, "maximum": 7}),
        ('<xs:minExclusive value="0"/><xs:maxExclusive value="1"/>', {"exclusiveMinimum": 0, "exclusiveMaximum": 1}),
        ('<xs:minInclusive value="2020-01-01"/>', {"minimum": "2020-01-01"}),
        ('<xs:totalDigits value="18"/><xs:fractionDigits value="5"/>', {"totalDigits": 18, "fractionDigits": 5}),
        ('<xs:whiteSpace value="collapse"/>', {"whiteSpace": "collapse"}),
        ('<xs:explicitTimezone value="required"/>', {"explicitTimezone": "required"}),
        ('<xs:pattern value="a|b"/><xs:pattern value="c"/>', {"pattern": "a|b|c"}),
        ('<xs:enumeration value="1"/><xs:enumeration value=" b"/>', {"enum": ("1", " b")}),
        ('<xs:assertion test="$value"/>', {"assertions": ("$value",)}),
        ('<xs:minLength/><xs:surprise value="1"/>', {}),
    ],
)
def test_facets_are_keywords(build_xsd: BuildXsd, body: str, expected: dict[str, object]) -> None:
    restriction = f'<xs:restriction base="xs:string">{body}</xs:restriction>'
    (element,) = build_xsd(f'<xs:simpleType name="T">{restriction}</xs:simpleType>').children
    of_the_type = {"base", "type", "derivation", "construct", "namespace"}
    assert {name: fact for name, fact in element.facts.items() if name not in of_the_type} == expected


def test_values_of_an_enumeration_keep_their_documentation(build_xsd: BuildXsd) -> None:
    note = "<xs:annotation><xs:documentation>One.</xs:documentation></xs:annotation>"
    (element,) = build_xsd(
        f"""<xs:simpleType name="T"><xs:restriction base="xs:string">
        <xs:enumeration value="0"/><xs:enumeration value="1">{note}</xs:enumeration></xs:restriction></xs:simpleType>"""
    ).children
    assert element.facts["enum"] == ("0", "1")
    assert element.facts["valueDescriptions"] == ("", "One.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("007", 7),
        ("+5", 5),
        ("12345678901234567890", 12345678901234567890),
        ("0.10", 0.1),
        (".5", 0.5),
        ("1E3", 1000.0),
        ("123456789012345678.5", "123456789012345678.5"),
        ("9" * 5000, "9" * 5000),
        ("INF", "INF"),
        (".", "."),
        ("1e999", "1e999"),
        ("", ""),
    ],
)
def test_numbers_are_exact_or_stay_text(text: str, expected: object) -> None:
    assert number(text) == expected
    assert type(number(text)) is type(expected)
