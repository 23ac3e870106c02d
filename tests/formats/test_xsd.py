from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.formats import xsd
from integrationlint.formats.formats import FORMATS
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

BuildXsd = Callable[..., Element]
XS = "http://www.w3.org/2001/XMLSchema"
DATA = Path(__file__).resolve().parents[1] / "data" / "formats" / "xsd"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def read(name: str) -> Document:
    return parse(f"orders/{name}", (DATA / name).read_bytes())


def named(root: Element, address: str) -> Element:
    return next(one for one in root.walk() if one.address == address)


@pytest.mark.parametrize("name", ["orders", "invoices"])
def test_golden_tree(name: str, render_elements: Callable[[Element], str], golden: Callable[[Path, str], None]) -> None:
    golden(DATA / f"{name}.elements", render_elements(xsd.build(read(f"{name}.xsd"))))


def test_is_a_known_format_of_xml() -> None:
    assert FORMATS[xsd.NAME] == xsd.SYNTAXES


@pytest.mark.parametrize(("name", "version"), [("orders.xsd", "1.0"), ("invoices.xsd", "1.1")])
def test_recognises_the_version(name: str, version: str) -> None:
    match = xsd.recognise(read(name))
    assert match is not None
    assert (match.kind, match.version) == ("xsd", version)
    assert XS in match.evidence


@pytest.mark.parametrize(
    "text",
    [
        "<schema/>",
        "<schema xmlns='urn:other'/>",
        f"<x:element xmlns:x='{XS}'/>",
        "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>",
    ],
)
def test_leaves_other_documents_alone(text: str) -> None:
    assert xsd.recognise(parse("a.xsd", text.encode())) is None


def test_evidence_of_1_1_names_the_construct() -> None:
    text = f"<s:schema xmlns:s='{XS}'><s:complexType name='T'><s:assert test='true()'/></s:complexType></s:schema>"
    match = xsd.recognise(parse("a.xsd", text.encode()))
    assert match is not None
    assert (match.version, match.evidence.rpartition(", ")[2]) == (
        "1.1",
        "assert at /schema[1]/complexType[1]/assert[1]",
    )


def test_a_document_without_a_tree_builds_an_empty_schema_document() -> None:
    root = xsd.build(Document("a.xsd", "xml", None, ""))
    assert (root.kind, root.children) == ("schema-document", [])


def test_addresses_name_types_and_fields() -> None:
    order = named(xsd.build(read("orders.xsd")), "orders/orders.xsd#type:Order")
    assert order.facts["construct"] == "complexType"
    assert named(order, "orders/orders.xsd#type:Order/field:Line/field:sku").facts["anonymous"] == "simpleType"


def test_addresses_do_not_depend_on_the_order_of_a_type_and_its_element(build_xsd: BuildXsd) -> None:
    of_type, of_element = '<xs:complexType name="A"/>', '<xs:element name="A" type="t:A"/>'
    for body in (of_type + of_element, of_element + of_type):
        constructs = {one.address: one.facts["construct"] for one in build_xsd(body).children}
        assert constructs == {"t.xsd#type:A": "complexType", "t.xsd#type:A~2": "element"}


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ("types.xsd", ["file:a/b/types.xsd"]),
        ("./../types.xsd", ["file:a/types.xsd"]),
        ("x%20y.xsd#part", ["file:a/b/x y.xsd"]),
        ("..\\types.xsd", ["file:a/types.xsd"]),
        ("../../../types.xsd", ["file:../types.xsd"]),
        ("http://example.org/types.xsd", []),
        ("//example.org/types.xsd", []),
        ("urn:types", []),
        ("/types.xsd", []),
        ("", []),
    ],
)
def test_imports_use_files_below_the_root_only(location: str, key: list[str]) -> None:
    text = f"<s:schema xmlns:s='{XS}'><s:include schemaLocation='{location}'/></s:schema>"
    (element,) = xsd.build(parse("a/b/c.xsd", text.encode())).children
    assert [use.key for use in element.uses] == key
    assert element.facts == {"construct": "include", "schemaLocation": location}
    assert all(use.pointer == "/schema[1]/include[1]/@schemaLocation" for use in element.uses)


def test_every_pointer_is_written_in_the_document() -> None:
    for name in ("orders.xsd", "invoices.xsd"):
        document = read(name)
        for element in xsd.build(document).walk():
            assert isinstance(document.at(element.pointer), XmlNode)
            for use in element.uses:
                assert isinstance(document.at(use.pointer), str)


def test_a_schema_without_namespace_offers_bare_names() -> None:
    text = f"<s:schema xmlns:s='{XS}'><s:element name='a' type='T'/><s:simpleType name='T'/></s:schema>"
    of_type, of_element = xsd.build(parse("a.xsd", text.encode())).children
    assert of_type.keys == ("type:T",)
    assert [use.key for use in of_element.uses] == ["type:T"]
    assert "namespace" not in of_type.facts


def test_a_component_without_a_name_offers_no_key(build_xsd: BuildXsd) -> None:
    (element,) = build_xsd("<xs:complexType/>").children
    assert (element.name, element.keys) == ("", ())


def test_schemas_in_wsdl_hang_below_their_parent_and_see_its_prefixes() -> None:
    text = f"""<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="{XS}" xmlns:c="urn:c"><types>
      <s:schema targetNamespace="urn:a"><s:element name="x" type="c:X"/></s:schema>
      <s:schema targetNamespace="urn:b"><s:import namespace="urn:a"/></s:schema></types></definitions>"""
    document = parse("service.wsdl", text.encode())
    assert isinstance(document.value, XmlNode)
    api = Element("api", "", document, document.value.pointer)
    built = [xsd.build_schema(node, document, api) for node in document.value.children[0].children]
    assert api.children == built
    assert [one.keys for one in built] == [(), ()]
    (x,) = built[0].children
    assert x.address == "service.wsdl#schema-document:urn:a/type:x"
    assert x.pointer == "/definitions[1]/types[1]/schema[1]/element[1]"
    assert [use.key for use in x.uses] == ["type:{urn:c}X"]
    assert [one.name for one in built[1].children] == ["urn:a"]


def test_nesting_beyond_any_limit_is_walked_without_recursion() -> None:
    root = node = XmlNode(f"{{{XS}}}schema", {}, [], {}, "/schema[1]", 1, 1)
    for name in ("complexType", *["sequence"] * 3000, "element", *["complexType", "sequence", "element"] * 1000):
        below = XmlNode(f"{{{XS}}}{name}", {"name": "n"}, [], {}, f"/{name}[1]", 1, 1)
        node.children.append(below)
        node = below
    document = Document("deep.xsd", "xml", root, "")
    assert xsd.recognise(document) is not None
    assert sum(1 for _ in xsd.build(document).walk()) == 1 + 1 + 1001


TAGS = (
    "schema annotation documentation import include redefine override element attribute complexType simpleType group"
    " attributeGroup sequence choice all any anyAttribute complexContent simpleContent extension restriction list union"
    " enumeration pattern length maxInclusive explicitTimezone key keyref selector field assert assertion alternative"
    " openContent defaultOpenContent notation"
).split()
ATTRIBUTES = (
    "name ref type base value minOccurs maxOccurs use form default fixed nillable abstract block final mixed namespace"
    " targetNamespace schemaLocation itemType memberTypes substitutionGroup refer xpath test processContents mode"
    " elementFormDefault blockDefault finalDefault defaultAttributes notNamespace notQName version {urn:n}deprecated"
).split()
VALUES = (
    "",
    "a",
    "t:a",
    "xs:int",
    "p:a",
    ":",
    "t:a xs:int",
    "0",
    "1",
    "true",
    "unbounded",
    "#all",
    "-3",
    "9" * 30,
    "../x",
)
Spec = tuple[str, dict[str, str], list[Any]]
NAMESPACES = {"xs": XS, "t": "urn:t"}

nodes: st.SearchStrategy[Spec] = st.recursive(
    st.builds(lambda name, attributes: (name, attributes, []), st.sampled_from(TAGS), st.just({})),
    lambda below: st.tuples(
        st.sampled_from(TAGS),
        st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=6),
        st.lists(below, max_size=6),
    ),
    max_leaves=40,
)


def grow(spec: Spec, pointer: str) -> XmlNode:
    name, attributes, below = spec
    children = [grow(one, f"{pointer}/{index}") for index, one in enumerate(below)]
    return XmlNode(f"{{{XS}}}{name}", attributes, children, NAMESPACES, pointer, 1, 1, [" text "])


@settings(max_examples=300, derandomize=True, deadline=None)
@given(nodes)
def test_no_arrangement_of_constructs_is_too_odd(spec: Spec) -> None:
    document = Document("odd.xsd", "xml", grow(("schema", {}, [spec, spec]), "/schema[1]"), "")
    root = xsd.build(document)
    for element in root.walk():
        assert isinstance(element.address, str)
        for index in _leaves(element.facts.get("contentModel")):
            assert element.children[index].kind in ("field", "wildcard")


def _leaves(particle: object) -> list[int]:
    if not isinstance(particle, list):
        return []
    if isinstance(particle[0], int):
        return [particle[0]]
    return [index for one in (particle[3] if len(particle) > 3 else []) for index in _leaves(one)]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize("folder", ["corpus/contracts/xsd", "conformance/xsd"])
def test_real_schemas_build_and_their_references_resolve(folder: str) -> None:
    keys: set[str] = set()
    uses: list[str] = []
    for path in sorted((SHARED / folder).rglob("*.xsd")):
        document = parse(path.relative_to(SHARED).as_posix(), path.read_bytes())
        assert xsd.recognise(document) is not None, path
        for element in xsd.build(document).walk():
            keys.update(element.keys)
            uses.extend(use.key for use in element.uses)
    # What is missing is one UN/CEFACT module and xmldsig, which the UBL repository leaves out.
    missing = {key.partition("}")[0] for key in uses if key not in keys}
    assert uses
    assert {name for name in missing if "CoreComponentTypeSchemaModule" not in name and "xmldsig" not in name} == set()
