"""Whom a change reaches, how each fares, and along which path."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrationlint.diff.impact import Side, impact
from integrationlint.engine.judge import judge
from integrationlint.model.change import Dependent, Verdict
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.workspace.workspace import Workspace

OpenSide = Callable[..., Workspace]
Compared = Callable[..., list[Any]]

API = """
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    parameters: [{name: X-Tenant, in: header, schema: {type: string}}]
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'201': {description: ok}}
    get:
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}}
  /health: {get: {responses: {'200': {description: ok}}}}
webhooks:
  placed: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}}
components:
  schemas:
    Orders: {type: array, items: {$ref: '#/components/schemas/Order'}}
    Order:
      type: object
      required: [id, customer]
      properties:
        id: {type: string}
        note: {type: string}
        customer: {$ref: '#/components/schemas/Customer'}
    Customer:
      type: object
      properties: {number: {type: string}, name: {type: string}}
"""
TARGET = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns:t="urn:t">
  <xs:element name="Doc" type="t:DocType"/>
  <xs:complexType name="DocType"><xs:sequence>
    <xs:element name="Key" type="xs:string"/>
    <xs:element name="Party" type="t:PartyType" minOccurs="0"/>
    <xs:element name="Extra" type="t:ExtraType" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="PartyType"><xs:sequence>
    <xs:element name="Number" type="xs:string"/>
    <xs:element name="Name" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="ExtraType"><xs:sequence>
    <xs:element name="Note" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
</xs:schema>
"""
MAPPING = """# Source,api.yaml#/components/schemas/Order
# Target,target.xsd#Doc
Source Field,Target Field,Transformation
id,Key,copy
customer.number,Party/Number,copy
"""
FLOW = """{
  "StartAt": "Fetch",
  "States": {
    "Fetch": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Next": "Map",
      "Parameters": {"ApiEndpoint": "https://example.com/orders", "Method": "GET"}},
    "Map": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
      "Parameters": {"FunctionName": "engine", "Payload": {"mapping": "map.csv"}}}
  }
}
"""
ESTATE = {"api.yaml": API, "target.xsd": TARGET, "map.csv": MAPPING, "sync.asl.json": FLOW}


def consumers() -> Element:
    root = Element("document", "", Document("conf.yaml", "yaml", None, ""))
    uses = {
        "billing": "api.yaml#type:Order/field:id",
        "desk": "sync.asl.json#flow:sync",
        "portal": "api.yaml#operation:POST /orders",
        "reader": "api.yaml#type:Order/field:customer",
        "watch": "api.yaml#operation:GET /health",
    }
    for name, address in uses.items():
        facts: dict[str, object] = {"owner": f"team-{name}", "criticality": "tier1"}
        use = Use("reads", f"address:{address}")
        Element("consumer", name, root.document, parent=root, facts=facts, uses=[use])
    return root


@pytest.fixture
def dependents(open_side: OpenSide, compared: Compared) -> Callable[..., Iterator[tuple[Any, tuple[Dependent, ...]]]]:
    """`dependents({path: (old, new)})`: each change of the estate after these replacements, and its dependents."""

    def run(edits: dict[str, tuple[str, str]], base: dict[str, str] = ESTATE) -> Iterator[Any]:
        after = dict(base)
        for path, (old, new) in edits.items():
            assert old in after[path]
            after[path] = after[path].replace(old, new)
        sides = []
        for files in (base, after):
            side = open_side(files)
            sides.append(Workspace(side.snapshot, side.loaded, (consumers(),)))
        before, head = sides
        around = Side(before), Side(head)
        for judged in judge(compared(before, head), [], head, []):
            yield judged, impact(judged.change, judged.sides, *around)

    return run


def harms(found: Any) -> dict[str, str]:
    """The verdict of each dependent by kind and name, of all changes together: the worst."""
    told: dict[str, str] = {}
    for _, dependents in found:
        for one in dependents:
            name = one.name or one.kind
            told[name] = min(told.get(name, "unaffected"), one.verdict, key=("breaks", "at-risk", "unaffected").index)
    return told


FIELDS_OF_ORDER = "required: [id, customer]"
WITHOUT_ID = (
    "required: [id, customer]\n      properties:\n        id: {type: string}\n",
    "required: [customer]\n      properties:\n",
)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        # What is gone breaks whoever names it, up to the last consumer; who calls the operation may never look at it.
        (
            {"api.yaml": WITHOUT_ID},
            {
                "Key": "breaks",
                "mapping": "breaks",
                "Map": "breaks",
                "sync": "breaks",
                "desk": "breaks",
                "billing": "breaks",
                "GET /orders": "breaks",
                "POST": "breaks",
                "Fetch": "at-risk",
                "portal": "unaffected",
                "reader": "unaffected",
            },
        ),
        # Nobody maps the name of the customer: the mapping goes past it.
        (
            {"api.yaml": (", name: {type: string}}", "}")},
            {},
        ),
        # Another type of what is read breaks who reads it, and nobody else.
        (
            {"api.yaml": ("number: {type: string}", "number: {type: integer}")},
            {
                "Party.Number": "breaks",
                "mapping": "breaks",
                "Map": "breaks",
                "sync": "breaks",
                "desk": "breaks",
                "reader": "at-risk",
                "GET /orders": "breaks",
                "POST /orders": "breaks",
                "POST": "breaks",
                "Fetch": "at-risk",
                "portal": "at-risk",
                "billing": "unaffected",
            },
        ),
        # A new demand of a request breaks who calls it, not who reads the same type.
        (
            {"api.yaml": (FIELDS_OF_ORDER, "required: [id, customer, note]")},
            {
                "POST /orders": "breaks",
                "portal": "breaks",
                "mapping": "unaffected",
                "sync": "unaffected",
                "desk": "unaffected",
                "billing": "unaffected",
                "reader": "unaffected",
            },
        ),
        # A demand of the receiver that the mapping does not fill.
        (
            {"target.xsd": ('name="Name" type="xs:string" minOccurs="0"', 'name="Name" type="xs:string"')},
            {"mapping": "breaks", "Map": "breaks", "sync": "breaks", "desk": "breaks"},
        ),
        # The same inside of a part that the mapping leaves out.
        (
            {"target.xsd": ('name="Note" type="xs:string" minOccurs="0"', 'name="Note" type="xs:string"')},
            {"mapping": "unaffected", "sync": "unaffected", "desk": "unaffected"},
        ),
        # And one that it fills.
        (
            {"target.xsd": ('name="Party" type="t:PartyType" minOccurs="0"', 'name="Party" type="t:PartyType"')},
            {"mapping": "unaffected", "sync": "unaffected", "desk": "unaffected"},
        ),
        # A new required element.
        (
            {"target.xsd": ('<xs:element name="Party"', '<xs:element name="New"/><xs:element name="Party"')},
            {"mapping": "breaks", "Map": "breaks", "sync": "breaks", "desk": "breaks"},
        ),
        # What is written into a narrower field breaks; the lines of other fields do not.
        (
            {"target.xsd": ('name="Key" type="xs:string"', 'name="Key" type="xs:int"')},
            {"Key": "breaks", "mapping": "breaks", "Map": "breaks", "sync": "breaks", "desk": "breaks"},
        ),
        # Wider for those who write: nobody.
        (
            {"target.xsd": ('name="Key" type="xs:string"', 'name="Key" type="xs:string" nillable="true"')},
            {"mapping": "unaffected", "sync": "unaffected", "desk": "unaffected"},
        ),
        # Parameters of a path are those of all its operations.
        (
            {"api.yaml": ("in: header, schema", "in: header, required: true, schema")},
            {
                "POST /orders": "breaks",
                "GET /orders": "breaks",
                "portal": "breaks",
                "Fetch": "breaks",
                "sync": "breaks",
                "desk": "breaks",
            },
        ),
        # An operation that went.
        (
            {"api.yaml": ("  /health: {get: {responses: {'200': {description: ok}}}}\n", "")},
            {"watch": "breaks"},
        ),
        # Safe changes reach nobody.
        ({"api.yaml": ("note: {type: string}", "note: {type: string}\n        more: {}")}, {}),
        ({"api.yaml": ("title: Orders", "title: Sales orders")}, {}),
    ],
)
def test_harm(edits: dict[str, tuple[str, str]], expected: dict[str, str], dependents: Any) -> None:
    assert harms(dependents(edits)) == expected


def test_the_path_tells_how_a_change_gets_there(dependents: Any) -> None:
    ((_, found),) = [one for one in dependents({"api.yaml": WITHOUT_ID}) if one[1]]
    paths = {one.name: (one.distance, " <- ".join(one.via)) for one in found}
    start = "field Order.id (removed)"
    assert paths["billing"] == (1, f"{start} <- consumer billing (tier1)")
    assert paths["desk"] == (
        5,
        f"{start} <- mapping map.csv:4 <- mapping map.csv"
        ' <- flow sync step "Map" <- flow sync <- consumer desk (tier1)',
    )
    assert paths["GET /orders"] == (1, f"{start} <- operation GET /orders")
    ranks = [("breaks", "at-risk", "unaffected").index(one.verdict) for one in found]
    assert ranks == sorted(ranks)
    (billing,) = (one for one in found if one.name == "billing")
    assert (billing.owner, billing.criticality, billing.kind) == ("team-billing", "tier1", "consumer")
    assert billing.address == "conf.yaml#consumer:billing"
    assert {one.location.path for one in found} >= {"api.yaml", "map.csv", "sync.asl.json", "conf.yaml"}


def test_the_side_that_has_more_users_counts(dependents: Any) -> None:
    edits = {"api.yaml": ("number: {type: string}", "number: {type: integer}"), "map.csv": ("id,Key,copy\n", "")}
    found = [dependents_ for judged, dependents_ in dependents(edits) if judged.change.fact == "type"]
    assert harms([(None, one) for one in found])["Party.Number"] == "breaks"


@pytest.mark.parametrize(
    ("tier", "expected"),
    [("declared", ("breaks", "declared")), ("keyed", ("breaks", "declared")), ("inferred", ("at-risk", "inferred"))],
)
def test_a_guess_alone_never_says_that_something_breaks(
    tier: str, expected: tuple[str, str], open_side: OpenSide, compared: Compared
) -> None:
    before, after = open_side(API), open_side(API.replace(*WITHOUT_ID))
    root = Element("document", "", Document("guess", "yaml", None, ""))
    use = Use("reads", "schema:Order", ("id",), tier)
    Element("line", "first", root.document, parent=root, uses=[use], keys=("flow:first",))
    Element("step", "second", root.document, parent=root, uses=[Use("calls", "flow:first")])
    before = Workspace(before.snapshot, before.loaded, (root,))
    (judged,) = [one for one in judge(compared(before, after), [], after, []) if one.change.action == "removed"]
    found = {one.name: one for one in impact(judged.change, judged.sides, Side(before), Side(after))}
    assert [(found[name].verdict, found[name].tier) for name in ("first", "second")] == [expected] * 2


def test_of_two_paths_the_worse_counts_and_a_circle_ends(open_side: OpenSide, compared: Compared) -> None:
    before, after = open_side(API), open_side(API.replace(*WITHOUT_ID))
    root = Element("document", "", Document("flows", "yaml", None, ""))

    def step(name: str, *uses: Use) -> None:
        Element("step", name, root.document, parent=root, uses=list(uses), keys=(f"flow:{name}",))

    step("guess", Use("reads", "schema:Order", ("id",), "inferred"))
    step("sure", Use("reads", "schema:Order", ("id",)), Use("calls", "flow:last"))
    step("middle", Use("calls", "flow:sure"))
    step("last", Use("calls", "flow:guess"), Use("calls", "flow:middle"))
    before = Workspace(before.snapshot, before.loaded, (root,))
    (judged,) = [one for one in judge(compared(before, after), [], after, []) if one.change.action == "removed"]
    found = {one.name: one for one in impact(judged.change, judged.sides, Side(before), Side(after))}
    assert {name: found[name].verdict.value for name in ("guess", "sure", "middle", "last")} == {
        "guess": "at-risk",
        "sure": "breaks",
        "middle": "breaks",
        "last": "breaks",
    }
    assert found["last"].distance == 3


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.BREAKING, {"GET /health": "breaks"}),
        (Verdict.RISKY, {"GET /health": "at-risk"}),
        (Verdict.UNKNOWN, {"GET /health": "at-risk"}),
        (Verdict.SAFE, {}),
        (Verdict.NONE, {}),
    ],
)
def test_the_verdict_says_how_bad_it_is(
    verdict: Verdict, expected: dict[str, str], open_side: OpenSide, compared: Compared
) -> None:
    before, after = (
        open_side(API),
        open_side(API.replace("/health: {get: {", "/health: {get: {parameters: [{in: query, name: q}], ")),
    )
    (change,) = compared(before, after)
    found = impact(change, {"request": verdict}, Side(before), Side(after))
    assert {one.name: one.verdict.value for one in found} == expected


def test_what_is_called_back_reaches_the_operation_that_causes_it(open_side: OpenSide, compared: Compared) -> None:
    body = "{content: {a/b: {schema: {type: TYPE}}}}"
    called = f"{{put: {{requestBody: {body}}}}}"
    text = f"openapi: 3.1.0\npaths: {{/a: {{post: {{callbacks: {{c: {{'{{$x}}': {called}}}}}}}}}}}\n"
    before, after = (open_side(text.replace("TYPE", one)) for one in ("string", "[string, integer]"))
    (judged,) = judge(compared(before, after), [], after, [])
    found = impact(judged.change, judged.sides, Side(before), Side(after))
    assert [(one.name, one.verdict.value) for one in found] == [("PUT", "breaks"), ("POST /a", "breaks")]


def test_a_wider_answer_harms_events_and_not_requests(dependents: Any) -> None:
    edits = {"api.yaml": ("note: {type: string}", "note: {type: [string, integer]}")}
    assert harms(dependents(edits)) == {
        "GET /orders": "breaks",
        "POST": "breaks",
        "Fetch": "at-risk",
        "sync": "at-risk",
        "desk": "at-risk",
        "billing": "unaffected",
        "reader": "unaffected",
        "portal": "unaffected",
        "mapping": "unaffected",
    }
