"""`graph`: what uses what, found through the command line in a small estate, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.project import Cli, Project

GOLDEN = Path(__file__).parents[1] / "data" / "graphs"
API = """\
openapi: 3.1.0
info: {title: Orders API, version: 1.0.0}
paths:
  /orders/{id}:
    parameters: [{$ref: "#/components/parameters/Id"}]
    get:
      operationId: getOrder
      responses:
        "200":
          description: The order
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
  /pings:
    get: {responses: {"204": {description: Nothing}}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  schemas:
    Order:
      type: object
      properties:
        id: {type: string}
        note: {type: string}
        customer: {$ref: "#/components/schemas/Customer"}
        parent: {$ref: "#/components/schemas/Order"}
    Customer:
      type: object
      properties:
        name: {type: string}
        last: {$ref: "#/components/schemas/Order"}
"""
TARGET = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"NO": {"type": "string"}}}'
SHEET = "# Source,api.yaml#/components/schemas/Order\n# Target,target.json\nSource Field,Target Field\nid,NO\n"
CATCH = '"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Park"}]'
FLOW = f"""{{
  "StartAt": "Get", "TimeoutSeconds": 60,
  "States": {{
    "Get": {{"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "TimeoutSeconds": 5, {CATCH},
      "Retry": [{{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2, "IntervalSeconds": 1}}],
      "Parameters": {{"Method": "GET", "ApiEndpoint.$": "States.Format('https://x.example/orders/{{}}', $.id)"}},
      "Next": "New?"}},
    "New?": {{"Type": "Choice", "Default": "Wait", "Choices": [
      {{"Variable": "$.new", "BooleanEquals": true, "Next": "Map"}},
      {{"Variable": "$.old", "BooleanEquals": true, "Next": "Stop"}}]}},
    "Map": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Both",
      "Parameters": {{"FunctionName": "mapper", "Payload": {{"mapping": "map.csv"}}}}}},
    "Wait": {{"Type": "Wait", "Seconds": 30, "Next": "Both"}},
    "Both": {{"Type": "Parallel", "Next": "All", "Branches": [
      {{"StartAt": "Tell", "States": {{"Tell": {{"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {{"QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/told", "MessageBody": "x"}}}}}}}},
      {{"StartAt": "Pass", "States": {{"Pass": {{"Type": "Pass", "End": true}}}}}}]}},
    "All": {{"Type": "Map", "Next": "New?", "ItemProcessor": {{"StartAt": "One", "States": {{
      "One": {{"Type": "Pass", "End": true}}}}}}}},
    "Stop": {{"Type": "Fail", "Error": "Old"}},
    "Park": {{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
      "Parameters": {{"QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/parked", "MessageBody": "x"}}}}
  }}
}}"""
CONFIG = """\
extends: []
catalog:
  - {consumer: shop, criticality: tier1, uses: ["sync.asl.json#flow:sync"]}
  - {consumer: desk, uses: ["api.yaml#type:Order/field:note"]}
  - {consumer: lost, uses: ["gone.yaml#type:X"]}
"""
ID = "api.yaml#type:Order/field:id"
ORDER = "api.yaml#type:Order"
GET = "api.yaml#operation:GET /orders/{}"
LINE = "map.csv#line:NO"
MAPPING = "map.csv#"
FLOW_ADDRESS = "sync.asl.json#flow:sync"
STEP = f"{FLOW_ADDRESS}/step:Map"
CALL = f"{FLOW_ADDRESS}/step:Get"
SHOP = ".integrationlint.yaml#consumer:shop"
DESK = ".integrationlint.yaml#consumer:desk"


@pytest.fixture
def estate(project: Project) -> Project:
    files = {"api.yaml": API, "target.json": TARGET, "map.csv": SHEET, "sync.asl.json": FLOW}
    for name, text in {**files, ".integrationlint.yaml": CONFIG, "notes.yaml": "a: 1\n"}.items():
        project.write(name, text)
    return project


@pytest.fixture
def mapped(cli: Cli, estate: Project) -> Callable[..., dict[str, dict[str, int | None]]]:
    """The addresses of a map with their distances, and for `edges` its edges with their roles."""

    def called(*arguments: str) -> dict[str, dict[str, int | None]]:
        result = cli("graph", "--format", "json", *arguments)
        assert result.code == 0, result.err
        found = json.loads(result.out)
        assert found["schema"] == "integrationlint.graph/1"
        nodes = {one["address"]: one.get("distance") for one in found["nodes"]}
        edges = {f"{one['from']} {one['role']} {one['tier']} {one['to']}": one["count"] for one in found["edges"]}
        assert {end for one in found["edges"] for end in (one["from"], one["to"])} <= nodes.keys()
        return {"nodes": nodes, "edges": edges}

    return called


Mapped = Callable[..., dict[str, dict[str, int | None]]]


def test_by_default_files_and_consumers(mapped: Mapped) -> None:
    found = mapped()
    lost = ".integrationlint.yaml#consumer:lost"
    files = ("api.yaml#", "map.csv#", "sync.asl.json#", "target.json#")
    assert list(found["nodes"]) == [SHOP, DESK, lost, *files]
    assert found["edges"] == {
        f"{SHOP} reads declared sync.asl.json#": 1,
        f"{DESK} reads declared api.yaml#": 1,
        "map.csv# contains declared api.yaml#": 1,
        "map.csv# reads declared api.yaml#": 1,
        "map.csv# contains declared target.json#": 1,
        "map.csv# writes declared target.json#": 1,
        "sync.asl.json# calls keyed api.yaml#": 1,
        "sync.asl.json# reads keyed map.csv#": 1,
    }


def test_what_is_written_where(cli: Cli, estate: Project) -> None:
    found = json.loads(cli("graph", "--format", "json").out)
    (api,) = [one for one in found["nodes"] if one["address"] == "api.yaml#"]
    described = {"address": "api.yaml#", "kind": "api", "name": "Orders API"}
    assert api == {**described, "file": "api.yaml", "line": 1, "format": "openapi"}
    (edge,) = [one for one in found["edges"] if one["from"] == MAPPING and one["role"] == "reads"]
    assert edge["pointer"] == "/4/1"
    # The consumer of a file that is not there, and the function and the two queues that no file declares.
    assert found["unresolved"] == 4


def test_to_a_field_is_what_depends_on_it(mapped: Mapped) -> None:
    found = mapped("--to", ID)
    expected = {ID: 0, ORDER: 1, MAPPING: 1, GET: 2, STEP: 2, CALL: 3, FLOW_ADDRESS: 3, SHOP: 4}
    assert found["nodes"] == {**expected, "api.yaml#type:Customer": 2}
    assert f"{FLOW_ADDRESS} contains declared {STEP}" in found["edges"]


def test_to_a_field_with_lines(mapped: Mapped) -> None:
    found = mapped("--to", ID, "--fields")
    assert (found["nodes"][LINE], found["nodes"][MAPPING]) == (1, 2)
    assert f"{LINE} reads declared {ID}" in found["edges"]
    assert f"{MAPPING} contains declared {LINE}" in found["edges"]


def test_to_a_type_is_to_its_parts(mapped: Mapped) -> None:
    found = mapped("--to", ORDER)
    assert found["nodes"][DESK] == 1
    assert f"{MAPPING} contains declared {ORDER}" in found["edges"]


def test_who_uses_another_field_does_not_depend_on_this_one(mapped: Mapped) -> None:
    found = mapped("--to", "api.yaml#type:Order/field:note")
    assert DESK in found["nodes"]
    assert MAPPING not in found["nodes"]


def test_from_an_element_is_what_it_uses(mapped: Mapped) -> None:
    found = mapped("--from", CALL)
    parameter, path = "api.yaml#parameter:path:id", "api.yaml#path:/orders/{}"
    customer = "api.yaml#type:Customer"
    assert found["nodes"] == {CALL: 0, GET: 1, ORDER: 2, path: 2, parameter: 3, customer: 3}
    assert mapped("--from", LINE)["nodes"] == {LINE: 0, ORDER: 1, "target.json#": 1}
    assert DESK not in mapped("--from", SHOP)["nodes"]


def test_from_and_to_are_the_ways_between(mapped: Mapped) -> None:
    found = mapped("--from", SHOP, "--to", ID)
    assert {MAPPING, STEP, CALL, GET, ORDER, FLOW_ADDRESS} < set(found["nodes"])
    assert DESK not in found["nodes"]
    assert found["nodes"][ID] == 4
    nothing = mapped("--from", ID, "--to", SHOP)
    assert (set(nothing["nodes"]), nothing["edges"]) == ({ID, SHOP}, {})


def test_an_address_of_a_file_narrows_the_map_of_files(mapped: Mapped) -> None:
    assert mapped("--to", "map.csv")["nodes"] == {MAPPING: 0, "sync.asl.json#": 1, SHOP: 2}
    between = mapped("--from", "sync.asl.json#", "--to", "target.json")
    assert between["nodes"] == {"sync.asl.json#": 0, MAPPING: 1, "target.json#": 2}


def test_fields_show_everything_that_is_tied(mapped: Mapped) -> None:
    found = mapped("--fields")
    assert {LINE, ID, "api.yaml#type:Order/field:note", "api.yaml#type:Order/field:parent"} < set(found["nodes"])
    assert "api.yaml#operation:GET /pings" not in found["nodes"]
    assert "api.yaml#type:Customer/field:name" not in found["nodes"]


def test_paths_leave_what_touches_them(cli: Cli, estate: Project) -> None:
    estate.write("other/api.yaml", API)
    found = json.loads(cli("graph", "map.csv", "--format", "json").out)
    assert {one["address"] for one in found["nodes"]} == {MAPPING, "api.yaml#", "target.json#", "sync.asl.json#"}


def test_a_revision(cli: Cli, estate: Project, repository: Project) -> None:
    repository.commit()
    (estate.root / "map.csv").unlink()
    assert MAPPING not in cli("graph", "--format", "json").out
    assert MAPPING in cli("graph", "--rev", "HEAD", "--format", "json").out


def test_formats_and_files(cli: Cli, estate: Project) -> None:
    result = cli("graph", "--format", "html=map.html", "-f", "dot=map.dot", "-f", "mermaid")
    assert result.out.startswith(
        "%% Who uses whom: 7 nodes, 8 edges#59; 4 names lead to nothing that was read\nflowchart"
    )
    assert (estate.root / "map.html").read_text().startswith("<!DOCTYPE html>")
    assert (estate.root / "map.dot").read_text().startswith("digraph map {")
    assert result.err == "Who uses whom: 7 nodes, 8 edges; 4 names lead to nothing that was read\n"
    assert cli("graph", "-q").err == ""


def test_the_same_map_whatever_is_asked_first(cli: Cli, estate: Project) -> None:
    assert cli("graph", "--fields").out == cli("graph", "--fields").out
    assert cli("graph", ".").out == cli("graph").out


def test_a_map_too_large_for_mermaid_is_told(cli: Cli, project: Project) -> None:
    fields = "\n".join(f'        f{one}: {{$ref: "#/components/schemas/T{one}"}}' for one in range(300))
    types = "\n".join(f"    T{one}: {{type: string}}" for one in range(300))
    project.write(
        "big.yaml", f"openapi: 3.1.0\ncomponents:\n  schemas:\n    A:\n      properties:\n{fields}\n{types}\n"
    )
    assert (
        "hint: Mermaid draws 500 edges unless maxEdges says more, and this map has 600" in cli("graph", "--fields").err
    )
    assert cli("graph", "--fields", "-f", "dot").err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "api.yaml#type:Ordr"], "api.yaml has no element 'type:Ordr' (did you mean 'api.yaml#type:Order'?)"),
        (["--from", "apy.yaml#type:X"], "no such file was read (did you mean 'api.yaml'?)"),
        (["--to", "zzz"], "nothing has the address 'zzz': no such file was read"),
        (["--format", "mermad"], "there is no format 'mermad' (did you mean 'mermaid'?)"),
        (["-f", "dot", "-f", "json"], "two formats go to stdout"),
        (["--sequence", FLOW_ADDRESS, "-f", "dot"], "--sequence is written as mermaid only, not as dot"),
        (["--sequence", FLOW_ADDRESS, "--to", "api.yaml"], "--sequence and --to cannot be combined"),
        (["--sequence", STEP], f"takes a flow, and {STEP} is none; sync.asl.json has {FLOW_ADDRESS}"),
    ],
)
def test_what_it_refuses(cli: Cli, estate: Project, arguments: list[str], said: str) -> None:
    result = cli("graph", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("\n") == 1


def test_nothing_to_show(cli: Cli, project: Project) -> None:
    result = cli("graph", "-q")
    assert result.code == 3
    assert result.err.startswith("no input: ")
    assert cli("graph", "-q", "--allow-empty").code == 0


def test_the_sequence_of_a_flow(cli: Cli, estate: Project, golden: Callable[[Path, str], None]) -> None:
    result = cli("graph", "--sequence", FLOW_ADDRESS)
    assert (result.code, result.err) == (0, "")
    golden(GOLDEN / "sync.mmd", result.out)


def test_the_sequence_of_a_mule_flow(cli: Cli, project: Project, golden: Callable[[Path, str], None]) -> None:
    core, http = "http://www.mulesoft.org/schema/mule/core", "http://www.mulesoft.org/schema/mule/http"
    project.write(
        "app.xml",
        f"""<mule xmlns="{core}" xmlns:http="{http}"><flow name="main">
          <http:listener config-ref="in" path="/x" allowedMethods="POST"/>
          <choice>
            <when expression="#[vars.a]"><http:request method="GET" url="https://api.example/a"/></when>
            <otherwise><logger message="none"/></otherwise>
          </choice>
          <foreach><flow-ref name="sub"/></foreach>
          <try><raise-error type="APP:X"/>
            <error-handler><on-error-continue type="APP:X"><logger message="x"/></on-error-continue></error-handler>
          </try>
        </flow><sub-flow name="sub"><logger message="sub"/></sub-flow></mule>""",
    )
    golden(GOLDEN / "main.mmd", cli("graph", "--sequence", "app.xml#flow:main").out)


def test_a_sequence_is_as_long_as_its_flow(cli: Cli, project: Project) -> None:
    """Choices that part and meet, and lead back: each step is told once."""
    size = 400
    states: dict[str, object] = {}
    for one in range(size):
        ways = [{"Variable": "$.x", "IsNull": True, "Next": f"S{(one + shift) % size}"} for shift in (1, 2, 3)]
        states[f"S{one}"] = {"Type": "Choice", "Choices": ways, "Default": f"S{(one * 7) % size}"}
    project.write("f.asl.json", json.dumps({"StartAt": "S0", "States": states}))
    result = cli("graph", "--sequence", "f.asl.json#flow:f")
    assert result.code == 0
    lines = [one.strip() for one in result.out.splitlines()]
    assert lines.count("end") == sum(one.startswith("alt ") for one in lines) <= size
    assert len(lines) < 20 * size
