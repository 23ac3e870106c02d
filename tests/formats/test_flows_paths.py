import pytest

from integrationlint.formats.flows.asl_paths import state_reads, state_writes
from integrationlint.formats.flows.dataweave_paths import script_reads, script_writes
from integrationlint.formats.flows.mule_expressions import scripts


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"Parameters": {"a.$": "$.order.id", "literal": "$.no"}}, ("order.id",)),
        ({"Parameters": {"a.$": "States.Format('{}-{}', $.a['b c'][0].d, $$.Execution.Id)"}}, ("a.b c.d",)),
        ({"Parameters": {"all.$": "$"}}, ("*",)),
        ({"Parameters": {"v.$": "$count", "w.$": "$cart.total"}}, ("vars.count", "vars.cart.total")),
        ({"ResultSelector": {"id.$": "$.Payload.id"}}, ("result.Payload.id",)),
        ({"InputPath": "$.in", "ItemsPath": "$.items[*]", "OutputPath": None}, ("in", "items")),
        ({"Choices": [{"Not": {"Variable": "$.a", "StringEqualsPath": "$.b-c"}}]}, ("a", "b-c")),
        ({"Parameters": {"twice.$": "$.a", "again": [{"x.$": "$.a"}]}}, ("a",)),
        ({"Parameters": 7, "Choices": "no"}, ()),
    ],
)
def test_a_jsonpath_state_reads(state: dict[object, object], expected: tuple[str, ...]) -> None:
    assert state_reads(state, jsonata=False) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"Arguments": {"id": "{% $states.input.order.id %}", "plain": "$states.input.no"}}, ("order.id",)),
        ({"Arguments": "{% $states.input %}"}, ("*",)),
        ({"Output": "{% $states.result.Body.`a b` & $uuid() %}"}, ("result.Body.a b",)),
        ({"Assign": {"x": "{% $cart.lines[0].sku %}"}}, ("vars.cart.lines.sku",)),
        (
            {"Choices": [{"Condition": "{% $states.errorOutput.Error = 'x' and $states.context.Id %}"}]},
            ("error.Error",),
        ),
    ],
)
def test_a_jsonata_state_reads(state: dict[object, object], expected: tuple[str, ...]) -> None:
    assert state_reads(state, jsonata=True) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"Type": "Task"}, ()),
        ({"Type": "Task", "ResultPath": "$.order"}, ("order",)),
        ({"Type": "Task", "ResultPath": None}, ()),
        ({"Type": "Task", "ResultPath": "$", "ResultSelector": {"a.$": "$.x", "b": {"c": 1}}}, ("a", "b.c")),
        ({"Type": "Pass", "ResultPath": "$.s", "Result": {"done": True}}, ("s.done",)),
        ({"Type": "Pass", "Parameters": {"x.$": "$.y"}, "Assign": {"v.$": "$.z"}}, ("x", "vars.v")),
        ({"Type": "Task", "ResultPath": 5}, ()),
    ],
)
def test_a_jsonpath_state_writes(state: dict[object, object], expected: tuple[str, ...]) -> None:
    assert state_writes(state, jsonata=False) == expected


def test_a_jsonata_state_writes_its_output() -> None:
    assert state_writes({"Output": {"a": {"b": 1}, "c": 2}, "Assign": {"v": 1}}, jsonata=True) == ("a.b", "c", "vars.v")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("payload", ("*",)),
        ("payload.customer.id", ("customer.id",)),
        ('payload."customer id".@key', ("customer id.key",)),
        ("vars.order.id ++ attributes.headers.host", ("vars.order.id", "attributes.headers.host")),
        ("attributes", ("attributes.*",)),
        ("payload[0].sku", ("sku",)),
        ("payload.lines map (line, i) -> line.sku", ("lines", "lines.sku")),
        ("payload.lines map $.sku", ("lines", "lines.sku")),
        ("payload.orders flatMap ((o) -> o.lines map ((l) -> l.sku))", ("orders", "orders.lines", "orders.lines.sku")),
        ("(payload groupBy $.id) pluck $.name", ("*", "id", "name")),
        ("'a $(payload.b) c'", ("b",)),
        ("p('payload.no') // payload.never", ()),
        ("/* payload.never */ payload.x", ("x",)),
        ("upper(payload.a default vars.b)", ("a", "vars.b")),
        ("error.description", ("error.description",)),
        ("flowVars.x + message.payload.y", ("vars.x", "y")),
        ("notpayload.a + payloads.b", ()),
        ("/* open", ()),
        ('"open payload.x', ()),
    ],
)
def test_a_script_reads(script: str, expected: tuple[str, ...]) -> None:
    assert script_reads(script) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("%dw 2.0\n---\n{ a: 1, 'b c': { d: payload.x, e: [ { f: 1 } ] } }", ("a", "b c.d", "b c.e.f")),
        ("{ lines: payload.l map (x) -> { sku: x.s } }", ("lines.sku",)),
        ("payload map { id: $.id }", ("id",)),
        ("{ t: a::b(payload), u: (x: 1) }", ("t", "u")),
        ("payload", ("*",)),
        ("{}", ("*",)),
        ("{ q?: 1 }", ("q",)),
        ("} ) ] { a: 1", ("a",)),
    ],
)
def test_a_script_writes(script: str, expected: tuple[str, ...]) -> None:
    assert script_writes(script) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("id #[payload[0].id] and #[vars.x]", ["payload[0].id", "vars.x"]),
        ("%dw 2.0\n--- payload", ["%dw 2.0\n--- payload"]),
        ("plain", []),
        ("#[open", ["open"]),
    ],
)
def test_scripts_in_a_text(written: str, expected: list[str]) -> None:
    assert list(scripts(written)) == expected


@pytest.mark.parametrize(
    "bad",
    ["{a:", '"\\', "'", "/*a", "payload map $.a ", "$(", "#[", "(a:", "payload map ((a) -> ", 'x."', "$.", "$[", "$.`"],
)
def test_odd_texts_take_no_time(bad: str) -> None:
    script = bad * 20_000
    assert isinstance(script_reads(script), tuple)
    assert isinstance(script_writes(script), tuple)
    assert isinstance(list(scripts(script)), list)
    assert isinstance(state_reads({"InputPath": script, "Output": f"{{%{script}"}, jsonata=False), tuple)
