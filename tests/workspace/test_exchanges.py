"""Requests as they are made, and addresses that go on through parts and references."""

from collections.abc import Callable, Mapping

import pytest

from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.workspace.exchanges import normal_name
from integrationlint.workspace.workspace import Workspace

OpenFiles = Callable[..., Workspace]

API = """
openapi: 3.1.0
info: {title: Orders API, version: 1.0.0}
servers: [{url: 'https://acme.example/v1'}]
paths:
  /orders/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}, {name: X-Tenant, in: header, schema: {type: string}}]
    get: {responses: {'200': {$ref: '#/components/responses/Order'}, 4XX: {}, default: {}}}
  /orders/open: {get: {responses: {'200': {}}}}
  /orders/{id}.pdf: {get: {responses: {'200': {}}}}
  /{kind}/latest: {get: {responses: {'200': {}}}}
  /orders/{id}/copies:
    post: {requestBody: {$ref: '#/components/requestBodies/Copy'}, responses: {'201': {headers: {Location: {}}}}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}
  responses:
    Order:
      content:
        application/json: {schema: {$ref: '#/components/schemas/Order'}}
        text/plain: {schema: {type: string}}
  requestBodies: {Copy: {content: {application/json: {schema: {properties: {count: {type: integer}}}}}}}
  schemas:
    Order: {properties: {lines: {type: array, items: {$ref: '#/components/schemas/Line'}}}}
    Line: {properties: {sku: {type: string}}}
"""
OLD = """
swagger: '2.0'
info: {title: Parcels, version: 1.0.0}
paths:
  /parcels:
    post: {parameters: [{$ref: '#/parameters/Parcel'}], responses: {'200': {schema: {$ref: '#/definitions/Parcel'}}}}
parameters: {Parcel: {name: body, in: body, schema: {$ref: '#/definitions/Parcel'}}}
definitions: {Parcel: {properties: {weight: {type: number}}}}
"""
FILES = {"orders.yaml": API, "parcels.yaml": OLD}


def answers(workspace: Workspace, key: str, *path: str, provider: str = "") -> list[str]:
    """Where a use ends, `ADDRESS ROLE` or `ADDRESS ROLE TIER`, ` +N` for steps that lead nowhere."""
    facts: dict[str, object] = {"provider": provider}
    asking = Element("interaction", "ask", Document("pact.json", "json", {}, ""), facts=facts)
    edges = workspace.resolve(asking, Use("reads", key, path, "keyed"))
    return [
        " ".join(
            (
                edge.target.address.partition("#")[2],
                edge.use.role,
                *([edge.use.tier] if edge.use.tier != "keyed" else []),
                *([f"+{edge.missing}"] if edge.missing else []),
            )
        )
        for edge in edges
    ]


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        ("GET /orders/42", ["operation:GET /orders/{}"]),
        ("GET /v1/orders/42/", ["operation:GET /orders/{}"]),
        ("GET /orders/open", ["operation:GET /orders/open"]),
        ("GET /orders/latest", ["operation:GET /orders/{}"]),  # literal segments count from the left
        ("GET /parcels/latest", ["operation:GET /{}/latest"]),
        ("GET /orders/42.pdf", ["operation:GET /orders/{}.pdf"]),
        ("GET /orders/.pdf", ["operation:GET /orders/{}"]),
        ("GET /orders", []),
        ("PUT /orders/42", []),
        ("GET", []),
        ("", []),
    ],
)
def test_requests(request_line: str, expected: list[str], open_files: OpenFiles) -> None:
    assert answers(open_files(FILES), f"exchange:{request_line}") == [f"{one} reads" for one in expected]


@pytest.mark.parametrize(
    ("part", "path", "expected"),
    [
        ("GET /orders/1#response:200", (), ["response:Order reads"]),
        ("GET /orders/1#response:404", (), ["operation:GET /orders/{}/response:4XX reads"]),
        ("GET /orders/1#response:500", (), ["operation:GET /orders/{}/response:default reads"]),
        ("GET /orders/1#response:200", ("lines", "sku"), ["type:Line/field:sku reads"]),
        (
            "GET /orders/1#response:200",
            ("none",),
            [f"response:Order/media:{one} reads +1" for one in ("application/json", "text/plain")],
        ),
        ("GET /orders/1#parameter:path:", (), ["parameter:path:id reads"]),
        ("GET /orders/1#parameter:header:x-tenant", (), ["path:/orders/{}/parameter:header:X-Tenant reads"]),
        ("GET /orders/1#parameter:query:id", (), []),
        ("GET /orders/open#response:404", (), []),
        (
            "POST /orders/1/copies#request",
            ("count",),
            ["request:Copy/media:application/json/schema/field:count reads"],
        ),
        (
            "POST /orders/1/copies#response:201/header:location",
            (),
            ["operation:POST /orders/{}/copies/response:201/header:Location reads"],
        ),
        ("POST /parcels#request", ("weight",), ["type:Parcel/field:weight reads"]),
        ("POST /parcels#response:200", ("weight",), ["type:Parcel/field:weight reads"]),
    ],
)
def test_parts_of_an_exchange(part: str, path: tuple[str, ...], expected: list[str], open_files: OpenFiles) -> None:
    assert answers(open_files(FILES), f"exchange:{part}", *path) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("orders.yaml", [" reads"]),
        ("nothing.yaml", []),
        ("orders.yaml#operation:GET /orders/{}/response:200/field:lines/field:sku", ["type:Line/field:sku reads"]),
        ("orders.yaml#type:Order/field:lines/field:sku", ["type:Line/field:sku reads"]),
        ("orders.yaml#type:Order/field:lines/field:none", []),
        ("orders.yaml#operation:POST /orders/{}/copies/request", ["operation:POST /orders/{}/copies/request writes"]),
        (
            "orders.yaml#operation:POST /orders/{}/copies/request/field:count",
            ["request:Copy/media:application/json/schema/field:count writes"],
        ),
        ("orders.yaml#operation:GET /orders/{}/parameter:path:id", ["parameter:path:id writes"]),
        (
            "orders.yaml#operation:GET /orders/{}/response:200/media:text/plain",
            ["response:Order/media:text/plain reads"],
        ),
    ],
)
def test_addresses_go_on_through_references(address: str, expected: list[str], open_files: OpenFiles) -> None:
    assert answers(open_files(FILES), f"address:{address}") == expected


@pytest.mark.parametrize(
    ("files", "provider", "expected"),
    [
        ({}, "orders", ["orders.yaml"]),
        ({}, "anything", ["orders.yaml"]),
        ({"b.yaml": "Sales"}, "OrderService", ["orders.yaml"]),
        ({"b.yaml": "Sales"}, "sales-api", ["b.yaml"]),
        ({"b.yaml": "Sales"}, "b", ["b.yaml"]),
        ({"b.yaml": "Sales"}, "anything", ["b.yaml inferred", "orders.yaml inferred"]),
        ({"b.yaml": "Orders"}, "orders", ["b.yaml", "orders.yaml"]),
        ({}, "parcels", []),
    ],
)
def test_providers(files: Mapping[str, str], provider: str, expected: list[str], open_files: OpenFiles) -> None:
    more = {path: API.replace("Orders API", title) for path, title in files.items()}
    workspace = open_files({**FILES, **more})
    asking = Element("interaction", "a", Document("p.json", "json", {}, ""), facts={"provider": provider})
    edges = workspace.resolve(asking, Use("calls", "exchange:GET /orders/1", (), "keyed"))
    told = [f"{one.target.document.path} {one.use.tier}".removesuffix(" keyed") for one in edges]
    assert sorted(told) == expected


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Orders API", "order"),
        ("order-service", "order"),
        ("OrdersApi", "order"),
        ("ORDERS_REST_API", "order"),
        ("Service", "service"),
        ("api", "api"),
        ("HTTPServer2", "httpserver2"),
        ("", ""),
        ("名前", "名前"),
    ],
)
def test_names_of_services(name: str, normal: str) -> None:
    assert normal_name(name) == normal
