from collections.abc import Callable

import pytest

from integrationlint.formats.xsd_names import NAMESPACE, builtin, clark, documentation, expand, tag
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element

BuildXsd = Callable[..., Element]


def node(name: str, namespaces: dict[str, str], attributes: dict[str, str] | None = None) -> XmlNode:
    return XmlNode(name, attributes or {}, [], namespaces, "", 1, 1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [(f"{{{NAMESPACE}}}element", "element"), ("element", ""), ("{urn:x}element", ""), ("", "")],
)
def test_only_elements_of_xml_schema_have_a_tag(name: str, expected: str) -> None:
    assert tag(node(name, {})) == expected


@pytest.mark.parametrize(
    ("qname", "expected"),
    [
        ("p:a", "{urn:p}a"),
        ("a", "{urn:d}a"),
        ("xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"),
        ("q:a", "q:a"),
        ("", "{urn:d}"),
    ],
)
def test_qnames_by_the_prefixes_in_scope(qname: str, expected: str) -> None:
    assert expand(node("x", {"": "urn:d", "p": "urn:p"}), qname) == expected


@pytest.mark.parametrize("namespaces", [{}, {"": ""}])
def test_without_a_default_namespace_a_bare_name_has_none(namespaces: dict[str, str]) -> None:
    assert expand(node("x", namespaces), "a") == "a"


def test_clark_names() -> None:
    assert (clark("urn:x", "a"), clark("", "a")) == ("{urn:x}a", "a")


def test_builtin_types() -> None:
    assert builtin(f"{{{NAMESPACE}}}int") == "int"
    assert builtin(f"{{{NAMESPACE}}}annotated") == ""
    assert builtin("int") == ""


def test_documentation_is_joined_with_its_languages(build_xsd: BuildXsd) -> None:
    (element,) = build_xsd(
        """<xs:simpleType name="T"><xs:annotation><xs:documentation xml:lang="en"> One
        <p>two</p></xs:documentation><xs:documentation> </xs:documentation><xs:appinfo>no</xs:appinfo></xs:annotation>
        <xs:annotation><xs:documentation>drei</xs:documentation></xs:annotation></xs:simpleType>"""
    ).children
    assert element.facts["description"] == "One two\ndrei"
    assert element.facts["languages"] == ("en", "")


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"{urn:n}deprecated": "true"}, {"deprecated": True}),
        ({"{urn:n}deprecated": "false"}, {}),
        ({"deprecated": "true"}, {}),
    ],
)
def test_deprecation_of_another_vocabulary_counts(attributes: dict[str, str], expected: dict[str, object]) -> None:
    assert documentation(node("x", {}, attributes)) == expected
