"""What a use stands for, who uses an element, and how elements are found."""

import json
from collections.abc import Callable

import pytest

from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load
from integrationlint.workspace.workspace import Workspace

OpenFiles = Callable[..., Workspace]
EdgesOf = Callable[[Workspace], list[str]]

API = "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\n"
ORDERS = (
    API
    + """servers: [{url: 'https://example.com/v1/'}]
paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/Order'}}}}}
components:
  schemas:
    Base: {properties: {id: {type: string}}}
    Tags: {type: array, items: {type: array, items: {$ref: '#/components/schemas/Base'}}}
    Line: {properties: {sku: {type: string}, tags: {$ref: '#/components/schemas/Tags'}}}
    Order:
      allOf: [{$ref: '#/components/schemas/Base'}, {properties: {note: {type: string}}}]
      oneOf: [{properties: {card: {}}}, {properties: {iban: {}}}]
      not: {properties: {never: {}}}
      properties:
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
        parent: {$ref: '#/components/schemas/Order'}
"""
)


def xsd(body: str, namespace: str = "urn:t") -> str:
    target = f'targetNamespace="{namespace}" xmlns:t="{namespace}"' if namespace else ""
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" {target}>{body}</xs:schema>'


ASKING = Element("step", "ask", Document("flow.json", "json", {}, ""))


def answers(workspace: Workspace, key: str, *path: str) -> list[str]:
    edges = workspace.resolve(ASKING, Use("reads", key, path))
    return [edge.target.address + (f" +{edge.missing}" if edge.missing else "") for edge in edges]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("http:GET /orders/{}", ["orders.yaml#operation:GET /orders/{}"]),
        ("http:GET /v1/orders/{}", ["orders.yaml#operation:GET /orders/{}"]),
        ("http:PUT /orders/{}", []),
        ("operation-id:getOrder", ["orders.yaml#operation:GET /orders/{}"]),
        ("schema:Order", ["orders.yaml#type:Order"]),
        ("schema:orders.yaml#Order", ["orders.yaml#type:Order"]),
        ("schema:orders.yaml#None", []),
        ("schema:none.yaml#Order", []),
        ("file:orders.yaml", ["orders.yaml#"]),
        ("file:none.yaml", []),
        ("pointer:orders.yaml#", ["orders.yaml#"]),
        ("pointer:orders.yaml#/components/schemas/Base/properties/id", ["orders.yaml#type:Base/field:id"]),
        ("address:orders.yaml#operation:GET /orders/{orderId}", ["orders.yaml#operation:GET /orders/{}"]),
        ("address:orders.yaml#operation:PUT /orders/{orderId}", []),
        ("address:", []),
        ("", []),
    ],
)
def test_keys(key: str, expected: list[str], open_files: OpenFiles) -> None:
    assert answers(open_files({"orders.yaml": ORDERS}), key) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("lines",), "type:Order/field:lines"),
        (("lines", "sku"), "type:Line/field:sku"),
        (("lines", "tags", "id"), "type:Base/field:id"),
        (("parent", "parent", "lines", "sku"), "type:Line/field:sku"),
        (("id",), "type:Base/field:id"),
        (("note",), "type:Order/variant:1/field:note"),
        (("card",), "type:Order/variant:0/field:card"),
        (("Order", "id"), "type:Base/field:id"),
        (("never",), "type:Order +1"),
        (("lines", "gone", "sku"), "type:Order/field:lines +2"),
        ((), "type:Order"),
    ],
)
def test_paths_go_through_references_arrays_and_parts(
    path: tuple[str, ...], expected: str, open_files: OpenFiles
) -> None:
    workspace = open_files({"orders.yaml": ORDERS})
    assert answers(workspace, "schema:orders.yaml#Order", *path) == [f"orders.yaml#{expected}"]
    steps = path if path[:1] == ("Order",) else ("Order", *path)
    assert answers(workspace, "pointer:orders.yaml#", *steps) == [f"orders.yaml#{expected}"]


def test_a_path_into_a_media_type_or_parameter_goes_through_its_schema(open_files: OpenFiles) -> None:
    workspace = open_files({"orders.yaml": ORDERS})
    (media,) = workspace.elements("media")
    assert workspace.shape(media).address == "orders.yaml#type:Order"
    assert workspace.fields(media).keys() >= {"id", "note", "lines", "card", "iban"}
    trail, missing = workspace.shapes.follow(media, ("lines", "sku"))
    assert ([one.name for one in trail], missing) == (["a/b", "lines", "sku"], 0)


def test_a_key_that_several_answer_to_means_those_on_whom_the_path_goes_furthest(open_files: OpenFiles) -> None:
    files = {
        "a.yaml": f"{API}components: {{schemas: {{Order: {{properties: {{id: {{properties: {{x: {{}}}}}}}}}}}}}}",
        "b.yaml": f"{API}components: {{schemas: {{Order: {{properties: {{id: {{}}}}}}}}}}",
        "c.yaml": f"{API}components: {{schemas: {{Order: {{}}}}}}",
    }
    workspace = open_files(files)
    assert answers(workspace, "schema:Order") == ["a.yaml#type:Order", "b.yaml#type:Order", "c.yaml#type:Order"]
    assert answers(workspace, "schema:Order", "id") == ["a.yaml#type:Order/field:id", "b.yaml#type:Order/field:id"]
    assert answers(workspace, "schema:Order", "id", "x") == ["a.yaml#type:Order/field:id/field:x"]
    assert answers(workspace, "schema:Order", "id", "y") == [
        "a.yaml#type:Order/field:id +1",
        "b.yaml#type:Order/field:id +1",
    ]


def test_addresses_are_unique_and_found_again(open_files: OpenFiles) -> None:
    text = (
        f"{API}paths:\n  /a/{{x}}: {{get: {{parameters: [{{in: query, name: q}}, {{in: query, name: q}}]}}}}\n"
        "  /a/{y}: {get: {}}\n"
        "components: {schemas: {S: {oneOf: [{$ref: '#/a/T'}, {$ref: '#/b/T'}]}}}\n"
    )
    workspace = open_files({"a.yaml": text, "b.yaml": text})
    everything = [element for root in workspace.roots() for element in root.walk()]
    assert len({element.address for element in everything}) == len(everything)
    assert all(workspace.find(element.address) is element for element in everything)
    assert workspace.find("a.yaml#operation:GET /a/{z}") is workspace.find("a.yaml#operation:GET /a/{}")
    second = workspace.find("a.yaml#operation:GET /a/{}/parameter:query:q~2")
    assert second is not None
    assert second.pointer == "/paths/~1a~1{x}/get/parameters/1"


def test_paths_that_differ_in_parameter_names_alone_are_told_apart(open_files: OpenFiles) -> None:
    workspace = open_files({"a.yaml": f"{API}paths: {{'/a/{{x}}': {{get: {{}}}}, '/a/{{y}}': {{get: {{}}}}}}"})
    assert [one.address for one in workspace.elements("operation")] == [
        "a.yaml#operation:GET /a/{}",
        "a.yaml#operation:GET /a/{}~2",
    ]


def test_users_are_those_of_the_element_and_of_what_lies_below_it_on_their_way(open_files: OpenFiles) -> None:
    mapping = (
        "# Source,orders.yaml#/components/schemas/Order\n# Target,other.xsd#Order\n"
        "Source Field,Target Field,Transformation\nlines[].sku,Item,copy\nid,Number,copy\n"
    )
    workspace = open_files({"orders.yaml": ORDERS, "map.csv": mapping})

    def users(address: str) -> list[str]:
        element = workspace.find(f"orders.yaml#{address}")
        assert element is not None
        return [f"{edge.source.kind} {edge.source.name} {edge.use.role}" for edge in workspace.users(element)]

    assert users("type:Line/field:sku") == ["line Item reads"]
    assert users("type:Order/field:lines") == ["line Item reads"]
    assert users("type:Base/field:id") == ["line Number reads"]
    assert users("type:Line") == ["items  contains"]
    assert users("type:Order/variant:1/field:note") == []
    assert users("type:Order") == [
        "mapping  contains",
        "line Item reads",
        "line Number reads",
        "schema  contains",
        "field parent contains",
    ]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("#/$defs/Line", "order.json#type:Line"),
        ("#line", "order.json#type:Line"),
        ("#dynamic", "order.json#type:Dynamic"),
        ("https://example.com/order.json", "order.json#"),
        ("https://example.com/order.json#", "order.json#"),
        ("https://example.com/order.json#/$defs/Line", "order.json#type:Line"),
        ("https://example.com/order.json#/$defs/A%20b", "order.json#type:A b"),
        ("https://example.com/order.json#line", "order.json#type:Line"),
        ("inner.json", "order.json#type:Inner"),
        ("inner.json#/properties/x", "order.json#type:Inner/field:x"),
        ("old.json", "old.json#"),
        ("https://example.com/old.json", "old.json#"),
        ("old.json#here", "old.json#type:Here"),
        ("#none", "?anchor:use.json#none"),
        ("https://example.com/none.json", "?id:https://example.com/none.json"),
        ("https://example.com/order.json#/none", "?id:https://example.com/order.json#/none"),
    ],
)
def test_identifiers_and_anchors(reference: str, expected: str, open_files: OpenFiles) -> None:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    definitions = {
        "Line": {"$anchor": "line"},
        "A b": {},
        "Dynamic": {"$dynamicAnchor": "dynamic"},
        "Inner": {"$id": "inner.json", "properties": {"x": {}}},
    }
    use = {"Use": {"$ref": reference}}
    inside = reference.startswith("#") and "none" not in reference
    order = {
        "$schema": dialect,
        "$id": "https://example.com/order.json",
        "$defs": definitions | (use if inside else {}),
    }
    old = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "id": "https://example.com/old.json",
        "definitions": {"Here": {"$id": "#here"}},
    }
    own = {"$schema": dialect, "$defs": use}
    files = {"order.json": order, "old.json": old, **({} if inside else {"use.json": own})}
    workspace = open_files({path: json.dumps(one) for path, one in files.items()})
    (element,) = (one for one in workspace.elements("type") if one.name == "Use")
    found = [edge.target.address for edge in workspace.edges(element)] or [f"?{element.uses[0].key}"]
    assert found == [expected]


def test_a_file_is_read_for_an_anchor_in_it(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    files = {
        "a.yaml": f"{API}components: {{schemas: {{A: {{$ref: 'b.json#here'}}}}}}",
        "b.json": '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"B": {"$anchor": "here"}}}',
    }
    assert edges_of(open_files(files, ["a.yaml"])) == ["a.yaml#type:A contains b.json#type:B"]


ORDER = '<xs:element name="Order" type="t:OrderType"/>'
ID = '<xs:sequence><xs:element name="Id" type="t:IdType"/></xs:sequence>'
ORDER_TYPE = f'<xs:complexType name="OrderType">{ID}</xs:complexType>'
ID_TYPE = '<xs:simpleType name="IdType"><xs:restriction base="xs:string"/></xs:simpleType>'


@pytest.mark.parametrize("construct", ["include", "redefine", "override"])
@pytest.mark.parametrize("namespace", ["urn:t", ""])
def test_a_schema_takes_what_it_includes(
    construct: str, namespace: str, open_files: OpenFiles, edges_of: EdgesOf
) -> None:
    inclusion = f'<xs:{construct} schemaLocation="parts/types.xsd"/>'
    types = (ORDER_TYPE + ID_TYPE).replace("t:", "t:" if namespace else "")
    files = {"main.xsd": xsd(inclusion + ORDER), "parts/types.xsd": xsd(types, namespace)}
    workspace = open_files(files, ["main.xsd"])
    assert edges_of(workspace) == [
        "main.xsd#import:parts/types.xsd contains parts/types.xsd#",
        "main.xsd#type:Order contains parts/types.xsd#type:OrderType",
        "parts/types.xsd#type:OrderType/field:Id contains parts/types.xsd#type:IdType",
    ]
    assert answers(workspace, "element:{urn:t}Order", "Id") == ["parts/types.xsd#type:OrderType/field:Id"]
    assert answers(workspace, "schema:main.xsd#OrderType", "Id") == ["parts/types.xsd#type:OrderType/field:Id"]
    assert answers(workspace, "pointer:main.xsd#", "OrderType", "Id") == ["parts/types.xsd#type:OrderType/field:Id"]
    assert answers(workspace, "pointer:main.xsd#", "Order", "Id") == ["parts/types.xsd#type:OrderType/field:Id"]


def test_declarations_without_a_namespace_are_taken_by_includers_alone(
    open_files: OpenFiles, edges_of: EdgesOf
) -> None:
    files = {
        "main.xsd": xsd(ORDER),
        "other.xsd": xsd('<xs:include schemaLocation="deep.xsd"/>' + ORDER, "urn:o"),
        "deep.xsd": xsd('<xs:include schemaLocation="types.xsd"/>', ""),
        "types.xsd": xsd('<xs:include schemaLocation="deep.xsd"/><xs:complexType name="OrderType"/>', ""),
    }
    found = [one for one in edges_of(open_files(files)) if "type:Order " in one]
    assert found == [
        "main.xsd#type:Order contains ?type:{urn:t}OrderType",
        "other.xsd#type:Order contains types.xsd#type:OrderType",
    ]


def test_an_import_reads_the_other_namespace(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    main = xsd(
        '<xs:import namespace="urn:o" schemaLocation="other.xsd"/><xs:import namespace="urn:none"/>'
        '<xs:element name="A" type="o:IdType" xmlns:o="urn:o"/><xs:element name="B" type="t:IdType"/>'
    )
    files = {"main.xsd": main, "other.xsd": xsd(ID_TYPE, "urn:o")}
    assert edges_of(open_files(files, ["main.xsd"])) == [
        "main.xsd#import:other.xsd contains other.xsd#",
        "main.xsd#type:A contains other.xsd#type:IdType",
        "main.xsd#type:B contains ?type:{urn:t}IdType",
    ]


def test_the_first_step_into_a_whole_schema_names_an_element_before_a_type(open_files: OpenFiles) -> None:
    body = (
        '<xs:complexType name="Order"><xs:sequence><xs:element name="Wrong"/></xs:sequence></xs:complexType>'
        '<xs:element name="Order"><xs:complexType><xs:sequence><xs:element name="Id"/></xs:sequence></xs:complexType>'
        "</xs:element>"
    )
    workspace = open_files({"a.xsd": xsd(body)})
    assert answers(workspace, "pointer:a.xsd#", "Order", "Id") == ["a.xsd#type:Order~2/field:Id"]
    assert answers(workspace, "pointer:a.xsd#", "Order", "Wrong") == ["a.xsd#type:Order~2 +1"]


def test_groups_are_parts_of_a_type_and_not_what_it_is(open_files: OpenFiles) -> None:
    body = (
        '<xs:element name="E" type="t:T"/>'
        '<xs:complexType name="T"><xs:sequence><xs:element name="own"/><xs:group ref="t:G"/></xs:sequence>'
        '<xs:attributeGroup ref="t:A"/></xs:complexType>'
        '<xs:complexType name="D"><xs:complexContent><xs:extension base="t:T"><xs:sequence>'
        '<xs:element name="more"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>'
        '<xs:group name="G"><xs:sequence><xs:element name="grouped"/></xs:sequence></xs:group>'
        '<xs:attributeGroup name="A"><xs:attribute name="code"/></xs:attributeGroup>'
    )
    workspace = open_files({"a.xsd": xsd(body)})
    element, derived = (workspace.find(f"a.xsd#type:{name}") for name in ("E", "D"))
    assert element is not None
    assert derived is not None
    assert workspace.shape(element).address == "a.xsd#type:T"
    assert workspace.shape(derived) is derived
    assert list(workspace.fields(element)) == ["own", "grouped", "code"]
    assert list(workspace.fields(derived)) == ["more", "own", "grouped", "code"]


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": {"$ref": "#/components/schemas/A"}},
        {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}},
        {"A": {"allOf": [{"$ref": "#/components/schemas/A"}], "properties": {"x": {}}}},
        {"A": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}},
        {"A": {"properties": {"x": {"$ref": "#/components/schemas/A/properties/x"}}}},
    ],
)
def test_circles_end(schemas: dict[str, object], open_files: OpenFiles) -> None:
    workspace = open_files({"a.json": json.dumps({"openapi": "3.1.0", "components": {"schemas": schemas}})})
    for element in workspace.elements("type", "field", "items"):
        assert workspace.shape(element).kind in ("type", "field")
        assert isinstance(workspace.fields(element), dict)
        workspace.shapes.follow(element, ["x"] * 100)


def test_what_the_configuration_declares_is_part_of_the_links() -> None:
    snapshot = Memory({"orders.yaml": ORDERS.encode()})
    root = Element("document", "", Document("conf.yaml", "yaml", None, ""))
    consumer = Element(
        "consumer", "billing", root.document, parent=root, uses=[Use("reads", "address:orders.yaml#type:Order")]
    )
    workspace = Workspace(snapshot, load(snapshot, ["orders.yaml"]), (root,))
    order = workspace.find("orders.yaml#type:Order")
    assert order is not None
    assert [edge.source for edge in workspace.users(order)][-1] is consumer
    assert list(workspace.elements("consumer")) == [consumer]
    assert workspace.find("conf.yaml#consumer:billing") is consumer
    assert workspace.format(consumer) == ""
    assert workspace.format(order) == "openapi"
    assert workspace.has_file("orders.yaml")
    assert not workspace.has_file("conf.yaml")
