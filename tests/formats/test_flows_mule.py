from collections.abc import Callable
from pathlib import Path

import pytest

from integrationlint.formats.flows import mule
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Element, Retry, State, Value
from integrationlint.model.flow import steps
from integrationlint.parse.parsers import parse

DATA = Path(__file__).resolve().parents[1] / "data/formats/flows"
FIXTURES = sorted((DATA / "mule").rglob("*.xml"))
CORE = "http://www.mulesoft.org/schema/mule/core"


def document(path: Path) -> Document:
    return parse(path.relative_to(DATA).as_posix(), path.read_bytes())


def built(body: str, path: str = "app/src/main/mule/a.xml") -> Element:
    spaces = " ".join(
        f'xmlns:{name}="http://www.mulesoft.org/schema/mule/{name}"'
        for name in ("http", "jms", "vm", "db", "tls", "ee")
    ).replace('/ee"', '/ee/core"')
    found = parse(path, f'<mule xmlns="{CORE}" {spaces}>{body}</mule>'.encode())
    assert found.faults == ()
    assert mule.recognise(found) is not None
    return mule.build(found)


def step(body: str, configs: str = "") -> Element:
    flow = next(built(f'{configs}<flow name="f">{body}</flow>').of("flow"))
    return next(flow.of("step"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_golden(path: Path, render_elements: Callable[[Element], str], golden: Callable[[Path, str], None]) -> None:
    golden(path.with_name(f"{path.name}.golden"), render_elements(mule.build(document(path))))


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("mule/src/main/mule/orders.xml", "mule4"),
        ("mule/src/test/munit/orders-suite.xml", "munit"),
        ("mule/legacy.xml", "mule3"),
        ("mule/domain.xml", "domain"),
    ],
)
def test_recognised_by_content(name: str, version: str) -> None:
    match = mule.recognise(document(DATA / name))
    assert match is not None
    assert (match.kind, match.version) == ("mule", version)


@pytest.mark.parametrize("name", ["types.xml", "mule.xml", "states.json"])
def test_not_recognised(name: str) -> None:
    assert mule.recognise(document(DATA / "not" / name)) is None


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_place_is_written(path: Path) -> None:
    found = document(path)
    for element in mule.build(found).walk():
        pointers = [element.pointer, *(use.pointer for use in element.uses)]
        for fact in element.facts.values():
            values = fact.values() if isinstance(fact, dict) else (fact,)
            pointers.extend(value.pointer for value in values if isinstance(value, Value))
            if isinstance(fact, Retry):
                pointers.extend((fact.attempts.pointer, fact.delay.pointer))
        for pointer in filter(None, pointers):
            found.at(pointer)


def test_what_follows_a_raised_error_is_not_reached() -> None:
    flow = next(built('<flow name="f"><raise-error type="A:B"/><logger message="x"/></flow>').of("flow"))
    assert flow.facts["start"] == ("raise-error",)
    assert steps(flow)["raise-error"].facts["next"] == ()
    assert steps(flow)["raise-error"].facts["terminal"] is True


def test_the_effective_timeout_comes_from_where_it_is_written() -> None:
    config = '<http:request-config name="c" {}><http:request-connection host="h"/></http:request-config>'
    call = '<http:request config-ref="c" path="/x" {}/>'
    own = step(call.format('responseTimeout="7"'), config.format('responseTimeout="8"')).facts["timeout"]
    assert own == Value(State.EXPLICIT, 7, "7", "/mule[1]/flow[1]/request[1]/@responseTimeout")
    shared = step(call.format(""), config.format('responseTimeout="8"')).facts["timeout"]
    assert shared == Value(State.EXPLICIT, 8, "8", "/mule[1]/request-config[1]/@responseTimeout")
    application = '<configuration defaultResponseTimeout="9"/>' + config.format("")
    assert step(call.format(""), application).facts["timeout"] == Value(
        State.EXPLICIT, 9, "9", "/mule[1]/configuration[1]/@defaultResponseTimeout"
    )
    default = step(call.format(""), config.format("")).facts["timeout"]
    assert isinstance(default, Value)
    assert (default.state, default.value) == (State.DEFAULT, 10_000)
    elsewhere = step(call.format("")).facts["timeout"]
    assert isinstance(elsewhere, Value)
    assert elsewhere.state is State.EXTERNAL
    placeholder = step(call.format('responseTimeout="${t}"')).facts["timeout"]
    assert isinstance(placeholder, Value)
    assert placeholder.state is State.EXPRESSION


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ('<db:select queryTimeout="2"/>', 2000),
        ('<db:select queryTimeout="2" queryTimeoutUnit="MINUTES"/>', 120_000),
        ("<db:select/>", 0),
        ('<jms:consume destination="q" maximumWait="1500"/>', 1500),
        ('<jms:consume destination="q" maximumWait="-1"/>', -1),
        ('<jms:consume destination="q"/>', 10_000),
        ('<vm:publish-consume queueName="q" timeout="3"/>', 3000),
        ('<vm:consume queueName="q" timeout="3" timeoutUnit="MILLISECONDS"/>', 3),
        ('<scatter-gather timeout="100"><route/></scatter-gather>', 100),
    ],
)
def test_timeouts_in_milliseconds(operation: str, expected: int) -> None:
    found = step(operation).facts["timeout"]
    assert isinstance(found, Value)
    assert found.value == expected


@pytest.mark.parametrize(
    ("request_", "config", "expected"),
    [
        ('path="/orders/{id}" method="PUT"', 'host="h"', ["keyed http:PUT /orders/{}"]),
        ('path="/orders"', 'host="${h}"', ["inferred http:GET /orders"]),
        ('path="/orders/#[vars.id]"', 'host="h"', ["keyed http:GET /orders/{}"]),
        ("path=\"#['/orders/' ++ vars.id]\"", 'host="h"', ["keyed http:GET /orders/{}"]),
        ('path="#[vars.path]"', 'host="h"', []),
        ('path="/x" method="#[vars.m]"', 'host="h"', []),
        ('path="/x"', 'host="h" basePath="/v1"', ["keyed http:GET /v1/x", "inferred http:GET /x"]),
        ('path="/x"', 'host="h" basePath="${base}"', ["inferred http:GET /x"]),
        ('url="https://a.example.com/b?c" method="POST"', 'host="h"', ["keyed http:POST /b"]),
        ('url="${a}/b"', 'host="h"', ["inferred http:GET /b"]),
    ],
)
def test_an_http_request_calls(request_: str, config: str, expected: list[str]) -> None:
    configs = f'<http:request-config name="c"><http:request-connection {config}/></http:request-config>'
    uses = [use for use in step(f'<http:request config-ref="c" {request_}/>', configs).uses if use.role == "calls"]
    assert [f"{use.tier} {use.key}" for use in uses] == expected


def test_tls_and_its_verification() -> None:
    call = '<http:request config-ref="c" path="/x"/>'
    connection = '<http:request-config name="c"><http:request-connection host="h" {}</http:request-config>'
    plain = step(call, connection.format("/>")).facts["tls"]
    assert isinstance(plain, Value)
    assert (plain.state, plain.value) == (State.DEFAULT, False)
    context = '<tls:context name="t"><tls:trust-store insecure="{}"/></tls:context>'
    named = context.format("true") + connection.format('protocol="HTTPS" tlsContext="t"/>')
    facts = step(call, named).facts
    assert isinstance(facts["tls"], Value)
    assert isinstance(facts["verified"], Value)
    assert (facts["tls"].value, facts["verified"].value) == (True, False)
    unknown = context.format("${i}") + connection.format('protocol="HTTPS" tlsContext="t"/>')
    verified = step(call, unknown).facts["verified"]
    assert isinstance(verified, Value)
    assert verified.state is State.EXPRESSION


@pytest.mark.parametrize(
    ("name", "trigger", "keys"),
    [
        (r"get:\orders\(id):api", "GET /orders/{}", ()),
        (r"post:\orders:application\json:api", "POST /orders", ()),
        ("delete:/orders/{id}:api", "DELETE /orders/{}", ()),
        ("getting:on", None, ()),
        ("get:orders", None, ()),
    ],
)
def test_flows_that_a_router_dispatches_to(name: str, trigger: str | None, keys: tuple[str, ...]) -> None:
    flow = next(built(f'<flow name="{name}"><logger/></flow>').of("flow"))
    assert [one.name for one in flow.of("trigger")] == ([trigger] if trigger else [])


def test_flows_that_a_router_maps_by_hand() -> None:
    body = (
        '<a:config xmlns:a="http://www.mulesoft.org/schema/mule/mule-apikit" name="api"><a:flow-mappings>'
        '<a:flow-mapping resource="/orders/{id}" action="get" flow-ref="readOrder"/></a:flow-mappings></a:config>'
        '<flow name="readOrder"><logger/></flow>'
    )
    trigger = next(next(built(body).of("flow")).of("trigger"))
    assert trigger.name == "GET /orders/{}"
    assert [use.key for use in trigger.uses] == ["http:GET /orders/{}", "config:api"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app/src/main/mule/a.xml", [("declared", "file:app/src/main/resources/dwl/x.dwl")]),
        ("src/test/munit/a.xml", [("declared", "file:src/main/resources/dwl/x.dwl")]),
        (
            "loose/a.xml",
            [("inferred", "file:loose/dwl/x.dwl"), ("inferred", "file:loose/src/main/resources/dwl/x.dwl")],
        ),
    ],
)
def test_resources_are_found_by_the_layout_of_the_project(path: str, expected: list[tuple[str, str]]) -> None:
    payload = '<ee:set-payload resource="{}dwl/x.dwl"/>'
    body = f'<flow name="f"><ee:transform><ee:message>{payload}</ee:message></ee:transform></flow>'
    for prefix in ("", "classpath://"):
        flow = next(built(body.format(prefix), path).of("flow"))
        assert [(use.tier, use.key) for use in next(flow.of("step")).uses] == expected


def test_a_secret_that_is_written_out_is_not_kept() -> None:
    root = built('<jms:config name="c"><jms:connection username="u" password="hunter2"/></jms:config>')
    resource = next(root.of("resource"))
    assert resource.facts["secrets"] == {
        "connection.password": Value(State.EXPLICIT, pointer="/mule[1]/config[1]/connection[1]/@password")
    }
    assert "hunter2" not in str(resource.facts)


def test_ways_lie_beside_each_other() -> None:
    choice = step('<choice><when expression="#[a]"><logger/></when><otherwise><logger/></otherwise></choice>')
    assert choice.facts["branches"] == ("when", "otherwise")
    assert choice.facts["hasDefault"] is True
    assert [one.facts["next"] for one in choice.of("step")] == [(), ()]


def test_many_steps_share_one_configuration_in_linear_time() -> None:
    parts = "<jms:p/>" * 5000
    body = (
        f'<jms:config name="c">{parts}</jms:config><flow name="f">' + '<jms:publish config-ref="c"/>' * 5000 + "</flow>"
    )
    flow = next(built(body).of("flow"))
    assert len(flow.children) == 5000


def test_components_nested_beyond_the_stack_are_built() -> None:
    inner = XmlNode(f"{{{CORE}}}logger", {}, [], {}, "/l[1]", 1, 1)
    for _ in range(3000):
        inner = XmlNode(f"{{{CORE}}}try", {}, [inner], {}, "/t[1]", 1, 1)
    flow = XmlNode(f"{{{CORE}}}flow", {"name": "deep"}, [inner], {}, "/f[1]", 1, 1)
    root = mule.build(Document("a.xml", "xml", XmlNode(f"{{{CORE}}}mule", {}, [flow], {}, "/mule[1]", 1, 1), ""))
    assert sum(1 for one in root.walk() if one.kind == "step") == 3001
