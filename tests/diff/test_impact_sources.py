"""Whom a change reaches by what catalogs, Pact files and the configuration declare."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from integrationlint.catalog import assembled
from integrationlint.model.change import Dependent
from integrationlint.model.settings import Consumer, Settings
from integrationlint.pipeline.diff import diff
from integrationlint.pipeline.lint import Scope
from integrationlint.source.snapshot import Memory

Found = list[tuple[Dependent, ...]]

API = """
openapi: 3.1.0
info: {title: Orders API, version: 1.0.0}
servers: [{url: 'https://acme.example/sales'}]
paths:
  /orders/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      parameters: [{name: expand, in: query, schema: {type: string}}]
      responses:
        '200': {$ref: '#/components/responses/Order'}
        4XX: {content: {application/json: {schema: {properties: {title: {type: string}}}}}}
  /orders:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}}
      responses: {'201': {headers: {Location: {schema: {type: string}}}}}
  /health: {get: {responses: {'200': {content: {application/json: {schema: {properties: {up: {}}}}}}}}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  responses:
    Order: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
  schemas:
    NewOrder:
      type: object
      properties: {sku: {type: string}, note: {type: string}}
    Order:
      type: object
      properties:
        number: {type: string}
        total: {type: number}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
    Line: {type: object, properties: {sku: {type: string}, price: {type: number}}}
"""
CATALOG = """
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: orders}
spec: {type: openapi, owner: team-orders, definition: {$text: ./api/orders.yaml}}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: order-service}
spec: {owner: team-orders, providesApis: [orders]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: portal, labels: {criticality: tier2}}
spec: {owner: team-portal, consumesApis: [orders]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: billing, annotations: {integrationlint/criticality: tier1}}
spec: {owner: team-billing, consumesApis: [orders], dependsOn: [component:desk]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: desk}
spec: {owner: team-desk, dependsOn: [component:billing]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: monitor}
spec: {owner: team-monitor, dependsOn: [component:order-service]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: labels
  annotations:
    integrationlint/uses: "api/orders.yaml#operation:GET /orders/{orderId}/response:200/field:lines/field:sku"
spec: {owner: team-labels, consumesApis: [orders]}
"""


def pact(consumer: str, *interactions: dict[str, Any], provider: str = "order-service") -> str:
    return json.dumps(
        {
            "consumer": {"name": consumer},
            "provider": {"name": provider},
            "interactions": list(interactions),
            "metadata": {"pactSpecification": {"version": "3.0.0"}},
        }
    )


READ = {
    "description": "an order",
    "request": {"method": "GET", "path": "/sales/orders/42"},
    "response": {"status": 200, "body": {"number": "42", "lines": [{"sku": "A"}]}},
}
MISS = {
    "description": "no order",
    "request": {"method": "GET", "path": "/orders/0"},
    "response": {"status": 404},
}
PLACE = {
    "description": "a new order",
    "request": {"method": "POST", "path": "/orders", "body": {"sku": "A"}},
    "response": {"status": 201, "headers": {"Location": "/orders/42"}},
}
ESTATE = {"api/orders.yaml": API, "catalog-info.yaml": CATALOG, "pacts/billing.json": pact("billing", READ, MISS)}

WITHOUT_PRICE = (", price: {type: number}}", "}")
WITHOUT_SKU = ("properties: {sku: {type: string}, price", "properties: {price")
NOTE_DEMANDED = ("type: object\n      properties: {sku", "type: object\n      required: [note]\n      properties: {sku")


def changed(files: Mapping[str, str], edit: tuple[str, str], consumers: tuple[Consumer, ...] = ()) -> Found:
    """The dependents of each change of the estate after one edit of the contract, by the built-in rules."""
    old, new = edit
    assert old in files["api/orders.yaml"]
    after = {**files, "api/orders.yaml": files["api/orders.yaml"].replace(old, new)}
    base, head = (Memory({path: text.encode() for path, text in side.items()}) for side in (files, after))
    scope = Scope(tuple(files))
    report = diff(base, head, (scope, scope), assembled(), Settings(file="conf.yaml", consumers=consumers))
    assert report.changes
    assert not report.errors
    return [one.impact for one in report.changes]


def parties(found: Found) -> dict[str, str]:
    """The verdict of each consumer and component by name, of all changes together: the worst."""
    told: dict[str, str] = {}
    for reached in found:
        for one in reached:
            if one.kind in ("consumer", "component"):
                ranks = ("breaks", "at-risk", "unaffected")
                told[one.name] = min(told.get(one.name, "unaffected"), one.verdict, key=ranks.index)
    return told


def test_a_removed_field_that_nobody_names_breaks_nobody() -> None:
    assert parties(changed(ESTATE, WITHOUT_PRICE)) == {
        "portal": "at-risk",  # it only says that it uses the contract
        "monitor": "at-risk",  # it depends on who provides it
        "billing": "unaffected",  # its Pact does not name the field
        "labels": "unaffected",  # nor does its annotation
        "desk": "unaffected",
    }


def test_a_removed_field_breaks_those_who_name_it() -> None:
    found = changed(ESTATE, WITHOUT_SKU)
    assert parties(found) == {
        "billing": "breaks",
        "labels": "breaks",
        "portal": "at-risk",
        "monitor": "at-risk",
        "desk": "at-risk",  # it depends on billing
    }
    (reached,) = filter(None, found)
    by_name = {one.name: one for one in reached}
    billing = by_name["billing"]
    assert (billing.owner, billing.criticality, billing.tier) == ("team-billing", "tier1", "declared")
    assert billing.address == "pacts/billing.json#consumer:billing"
    assert billing.via == ("field Line.sku (removed)", 'interaction "an order"', "consumer billing (tier1)")
    assert billing.distance == 2
    assert by_name["desk"].via == (*billing.via, "component desk")
    assert by_name["labels"].via == ("field Line.sku (removed)", "component labels")
    assert by_name["portal"].via[-2:] == ("operation GET /orders/{id}", "component portal (tier2)")
    assert (by_name["portal"].owner, by_name["portal"].criticality) == ("team-portal", "tier2")
    assert "order-service" not in by_name
    assert [one.name for one in reached].count("billing") == 1
    assert all(one.distance == len(one.via) - 1 for one in reached)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        # A status, a header and a parameter that the Pact uses, and some that it does not.
        (("        '200': {$ref: '#/components/responses/Order'}\n", ""), "breaks"),
        (("{name: expand, in: query, schema", "{name: expand, in: query, required: true, schema"), "breaks"),
        (("schema: {type: string}}\n  responses", "schema: {type: string, format: uuid}}\n  responses"), "breaks"),
        (("properties: {title: {type: string}}", "properties: {}"), "unaffected"),
        (("[{name: expand, in: query, schema: {type: string}}]", "[]"), "unaffected"),
        (("number: {type: string}", "number: {type: integer}"), "breaks"),
        (("total: {type: number}", "total: {type: string}"), "unaffected"),
        (("sku: {type: string}, price", "sku: {type: string, maxLength: 3}, price"), "none"),
        (("  /health: {get: {responses: {'200': {content", "  /h: {get: {responses: {'200': {content"), "none"),
    ],
)
def test_what_an_interaction_names(edit: tuple[str, str], expected: str) -> None:
    files = {path: ESTATE[path] for path in ("api/orders.yaml", "pacts/billing.json")}
    assert parties(changed(files, edit)).get("billing", "none") == expected


@pytest.mark.parametrize(
    ("edit", "body", "expected"),
    [
        (NOTE_DEMANDED, {"sku": "A"}, "breaks"),
        (NOTE_DEMANDED, {"sku": "A", "note": "n"}, "unaffected"),
        (("sku: {type: string}, note", "sku: {type: string, maxLength: 3}, note"), {"sku": "A"}, "breaks"),
        ((", note: {type: string}}", "}"), {"sku": "A"}, "unaffected"),
        ((", note: {type: string}}", "}"), {"sku": "A", "note": "n"}, "breaks"),
        (("headers: {Location: {schema: {type: string}}}", "description: ok"), {"sku": "A"}, "breaks"),
    ],
)
def test_what_a_consumer_sends(edit: tuple[str, str], body: dict[str, str], expected: str) -> None:
    place = {**PLACE, "request": {**PLACE["request"], "body": body}}  # type: ignore[dict-item]
    files = {"api/orders.yaml": API, "pacts/shop.json": pact("shop", place)}
    assert parties(changed(files, edit)) == {"shop": expected}


@pytest.mark.parametrize(
    ("uses", "edit", "expected"),
    [
        ("operation:GET /orders/{id}/response:200/field:lines/field:price", WITHOUT_PRICE, "breaks"),
        ("operation:GET /orders/{id}/response:200/field:lines/field:sku", WITHOUT_PRICE, "unaffected"),
        ("operation:GET /orders/{id}/response:200/field:lines", WITHOUT_PRICE, "at-risk"),
        ("operation:GET /orders/{id}/response:404/field:title", ("{title: {type: string}}", "{}"), "breaks"),
        ("operation:GET /orders/{id}/parameter:path:id", ("{name: id, in: path", "{name: key, in: path"), "breaks"),
        ("operation:POST /orders/request/field:sku", ("{sku: {type: string}, note", "{note"), "breaks"),
        ("operation:POST /orders/request/field:note", NOTE_DEMANDED, "unaffected"),
        ("operation:POST /orders/request/field:sku", NOTE_DEMANDED, "breaks"),
        ("operation:POST /orders/response:201", NOTE_DEMANDED, "breaks"),  # what it sends is not known
        ("operation:POST /orders/response:201/header:location", ("{Location: {", "{Where: {"), "breaks"),
        ("operation:POST /orders/request/field:sku", WITHOUT_PRICE, None),
        ("operation:POST /orders/request/field:nothing", WITHOUT_PRICE, None),
        ("", WITHOUT_PRICE, "at-risk"),
    ],
)
def test_used_subsets_of_the_configuration(uses: str, edit: tuple[str, str], expected: str | None) -> None:
    address = f"api/orders.yaml#{uses}" if uses else "api/orders.yaml"
    declared = Consumer("mobile", (address,), "team-mobile", "tier1")
    found = parties(changed({"api/orders.yaml": API}, edit, (declared,)))
    assert found == ({"mobile": expected} if expected else {})


def test_a_subset_that_is_declared_anywhere_counts_for_the_party() -> None:
    declared = Consumer("Portal", ("api/orders.yaml#operation:GET /orders/{id}/response:200/field:number",))
    found = changed(ESTATE, WITHOUT_PRICE, (declared,))
    assert parties(found).get("portal", parties(found).get("Portal")) == "unaffected"
    (portal,) = [one for reached in found for one in reached if one.name.lower() == "portal"]
    assert (portal.owner, portal.criticality) == ("team-portal", "tier2")


@pytest.mark.parametrize(
    ("provider", "other", "expected"),
    [
        ("order-service", "Parcels", ("breaks", "declared")),  # the name tells
        ("OrdersApi", "Parcels", ("breaks", "declared")),
        ("unknown", "Parcels", ("at-risk", "inferred")),  # two contracts have the path, and neither has the name
        ("parcels", "Parcels", None),
        ("unknown", "", ("breaks", "declared")),  # only one has the path
    ],
)
def test_the_provider_tells_which_contract_is_meant(
    provider: str, other: str, expected: tuple[str, str] | None
) -> None:
    files = {"api/orders.yaml": API, "pacts/shop.json": pact("shop", READ, provider=provider)}
    if other:
        files["api/other.yaml"] = API.replace("Orders API", other)
    found = changed(files, WITHOUT_SKU)
    shops = [(one.verdict, one.tier) for reached in found for one in reached if one.name == "shop"]
    assert shops == ([expected] if expected else [])


def test_the_more_literal_path_answers() -> None:
    api = API.replace("  /health:", "  /orders/latest:")
    latest = {**READ, "request": {"method": "GET", "path": "/orders/latest"}, "response": {"body": {"up": True}}}
    files = {"api/orders.yaml": api, "pacts/shop.json": pact("shop", latest)}
    assert parties(changed(files, ("properties: {up: {}}", "properties: {}"))) == {"shop": "breaks"}
    assert parties(changed(files, WITHOUT_SKU)) == {}


def test_an_api_without_its_file_is_a_guess() -> None:
    inline = CATALOG.replace("{$text: ./api/orders.yaml}", '"{openapi: 3.1.0, info: {title: Orders API}}"')
    found = changed({"api/orders.yaml": API, "catalog-info.yaml": inline}, WITHOUT_PRICE)
    portal = [one for reached in found for one in reached if one.name == "portal"]
    assert [(one.verdict, one.tier) for one in portal] == [("at-risk", "inferred")]
    unknown = inline.replace("title: Orders API", "title: Parcels").replace("name: orders}", "name: parcels}")
    assert "portal" not in parties(changed({"api/orders.yaml": API, "catalog-info.yaml": unknown}, WITHOUT_PRICE))


def test_a_contract_that_is_gone_puts_its_users_at_risk_and_breaks_its_interactions() -> None:
    found = changed(ESTATE, ("  /orders/{id}:", "  /x-orders/{id}:"))
    assert parties(found)["billing"] == "breaks"
    assert parties(found)["portal"] == "at-risk"
