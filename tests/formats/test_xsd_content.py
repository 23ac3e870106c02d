from collections.abc import Callable

import pytest

from integrationlint.formats.xsd_content import occurs, times
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element

BuildXsd = Callable[..., Element]


def bounds(element: Element) -> dict[str, tuple[object, ...]]:
    facts = ("minOccurs", "maxOccurs", "required", "choice")
    return {one.name: tuple(one.facts.get(name) for name in facts) for one in element.children}


def complex_type(build_xsd: BuildXsd, body: str) -> Element:
    (element,) = build_xsd(f'<xs:complexType name="T">{body}</xs:complexType>').children
    return element


def test_bounds_are_products_along_the_groups(build_xsd: BuildXsd) -> None:
    found = complex_type(
        build_xsd,
        """<xs:sequence maxOccurs="2"><xs:element name="a" minOccurs="2" maxOccurs="3"/>
        <xs:sequence minOccurs="0"><xs:element name="b"/></xs:sequence>
        <xs:sequence maxOccurs="unbounded"><xs:element name="c" maxOccurs="0" minOccurs="0"/><xs:any/></xs:sequence>
        </xs:sequence>""",
    )
    assert bounds(found) == {
        "a": (2, 6, True, None),
        "b": (0, 2, False, None),
        "c": (0, 0, False, None),
        "any": (1, "unbounded", None, None),
    }


def test_the_content_model_keeps_the_bounds_as_written(build_xsd: BuildXsd) -> None:
    found = complex_type(
        build_xsd,
        """<xs:sequence minOccurs="0"><xs:annotation/><xs:element name="a" maxOccurs="3"/>
        <xs:group ref="t:G" maxOccurs="unbounded"/><xs:choice><xs:any/><xs:element name="b"/></xs:choice></xs:sequence>
        <xs:attribute name="c"/>""",
    )
    assert found.facts["contentModel"] == [
        "sequence",
        0,
        1,
        [[0, 1, 3], ["group:{urn:t}G", 1, "unbounded"], ["choice", 1, 1, [[1, 1, 1], [2, 1, 1]]]],
    ]
    assert found.facts["compositor"] == "sequence"
    assert [one.name for one in found.children] == ["a", "any", "b", "c"]


def test_a_branch_of_a_choice_is_not_required(build_xsd: BuildXsd) -> None:
    found = complex_type(
        build_xsd,
        """<xs:choice><xs:element name="a"/><xs:sequence><xs:element name="b"/>
        <xs:choice maxOccurs="4"><xs:element name="c"/><xs:element name="d"/></xs:choice></xs:sequence></xs:choice>""",
    )
    assert bounds(found) == {
        "a": (0, 1, False, "1"),
        "b": (0, 1, False, "1"),
        "c": (0, 4, False, "1.2"),
        "d": (0, 4, False, "1.2"),
    }


def test_a_choice_of_one_branch_requires_it(build_xsd: BuildXsd) -> None:
    found = complex_type(build_xsd, '<xs:choice><xs:annotation/><xs:element name="a"/></xs:choice>')
    assert bounds(found) == {"a": (1, 1, True, "1")}


def test_choices_side_by_side_have_ids_of_their_own(build_xsd: BuildXsd) -> None:
    choice = '<xs:choice><xs:element name="{}"/><xs:element name="{}"/></xs:choice>'
    found = complex_type(build_xsd, f"<xs:sequence>{choice.format('a', 'b')}{choice.format('c', 'd')}</xs:sequence>")
    assert [one.facts["choice"] for one in found.children] == ["1", "1", "2", "2"]


def test_a_group_as_the_whole_content_has_no_compositor_here(build_xsd: BuildXsd) -> None:
    found = complex_type(build_xsd, '<xs:group ref="t:G" minOccurs="0"/>')
    assert found.facts["contentModel"] == ["group:{urn:t}G", 0, 1]
    assert "compositor" not in found.facts
    assert [(use.role, use.key, use.pointer) for use in found.uses] == [
        ("contains", "group:{urn:t}G", "/schema[1]/complexType[1]/group[1]/@ref")
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("0", "5", (0, 5)),
        (" 2 ", " unbounded ", (2, "unbounded")),
        ("", "", (1, 1)),
        ("-1", "many", (1, 1)),
        ("٣", "1.5", (1, 1)),
        ("9" * 10_000, "9" * 12, (1_000_000_000, 1_000_000_000)),
    ],
)
def test_odd_bounds_are_read_as_one(low: str, high: str, expected: tuple[object, object]) -> None:
    assert occurs(XmlNode("element", {"minOccurs": low, "maxOccurs": high}, [], {}, "", 1, 1)) == expected


def test_products_of_bounds() -> None:
    assert times(2, 3) == 6
    assert times("unbounded", 3) == "unbounded"
    assert times(0, "unbounded") == 0
    assert times(1_000_000_000, 1_000_000_000) == 1_000_000_000
