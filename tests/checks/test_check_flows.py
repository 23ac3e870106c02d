"""Flows: graphs, errors, retries, messages, secrets, contracts, schedules."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.checks.flow_facts import duration

Find = Callable[..., list[tuple[str, str]]]
NAMESPACES = "".join(
    f' xmlns:{name}="http://www.mulesoft.org/schema/mule/{name}"'
    for name in ("http", "jms", "tls", "db", "sftp", "vm", "validation", "apikit")
)
TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "price"}}
OK = {"Type": "Succeed"}


def asl(*, start: str = "", top: dict[str, Any] | None = None, **states: Any) -> dict[str, str]:
    named = {name.replace("_", " "): state for name, state in states.items()}
    return {"f.asl.json": json.dumps({"StartAt": start or next(iter(named)), **(top or {}), "States": named})}


def mule(body: str, file: str = "f.xml") -> dict[str, str]:
    return {file: f'<mule xmlns="http://www.mulesoft.org/schema/mule/core"{NAMESPACES}>{body}</mule>'}


def template(**properties: Any) -> dict[str, str]:
    machine = {"Definition": {"StartAt": "Ok", "States": {"Ok": OK}}, **properties}
    resource = {"Type": "AWS::Serverless::StateMachine", "Properties": machine}
    return {"t.yaml": json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Orders": resource}})}


# Graphs.


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({"A": {**TASK, "Next": "B"}, "B": OK}, []),
        ({"A": {**TASK, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "End": True}, "B": OK}, []),
        ({"A": {**TASK, "Next": "A"}}, []),
        ({"A": TASK}, ["'A' neither goes on nor ends"]),
        ({"A": {**TASK, "End": True}, "B": {**TASK, "Next": "C"}, "C": OK}, ["'B' is never", "'C' is never"]),
        ({"Price": {**TASK, "Next": "Pay it"}, "Pay_its": OK}, ["(did you mean 'Pay its'?)", "'Pay its' is never"]),
        (
            {"A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": True, "Next": "Z"}], "Default": "A"}},
            ["'A' goes on to 'Z'"],
        ),
        (
            {"A": {"Type": "Parallel", "Branches": [{"StartAt": "X", "States": {"Y": OK}}], "End": True}},
            ["'A' starts with 'X'"],
        ),
        (
            {
                "A": {
                    "Type": "Map",
                    "ItemProcessor": {"StartAt": "Y", "States": {"Y": {**TASK, "Next": "B"}}},
                    "Next": "B",
                },
                "B": OK,
            },
            ["'Y' goes on to 'B'"],
        ),
    ],
)
def test_graphs(find: Find, states: dict[str, Any], said: list[str]) -> None:
    messages = [message for _, message in find("flow/valid", asl(**states))]
    assert len(messages) == len(said)
    assert all(any(one in message for message in messages) for one in said), messages


def test_a_start_that_is_no_state(find: Find) -> None:
    assert find("flow/valid", asl(start="B", A=OK)) == [("/StartAt", "'f' starts with 'B', which is no step here")]


def test_flows_of_a_library_are_not_missed(find: Find) -> None:
    assert find("flow/valid", mule('<flow name="a"><flow-ref name="shared-logging"/></flow>')) == []
    close = '<flow name="a"><flow-ref name="price-order"/></flow><sub-flow name="price-orders"/>'
    assert len(find("flow/valid", mule(close))) == 1
    other = mule('<sub-flow name="price-order"/>', "g.xml")
    assert find("flow/valid", {**mule('<flow name="a"><flow-ref name="price-order"/></flow>'), **other}) == []


def test_tests_may_have_the_names_of_flows(find: Find) -> None:
    body = '<flow name="a"><logger message="x"/></flow><flow name="a"><logger message="x"/></flow>'
    assert len(find("flow/valid", mule(body))) == 1


@pytest.mark.parametrize("odd", [None, 5, [], {}, "", [None], {"A": 5}, {"A": None}])
def test_odd_state_machines_are_no_crash(find: Find, odd: Any) -> None:
    for rule in ("flow/valid", "flow/error-handler", "flow/timeout-set", "flow/retry-bounded", "flow/complexity"):
        find(rule, {"f.asl.json": json.dumps({"StartAt": odd, "States": {"A": odd, "B": {"Type": odd, "Next": odd}}})})
        find(rule, {"f.asl.json": json.dumps({"StartAt": "A", "States": {"A": {**TASK, "Retry": odd, "Catch": odd}}})})


# Errors.


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<flow name="a"><http:request path="/"/></flow>', 1),
        ('<flow name="a"><logger message="x"/></flow>', 0),
        (
            '<flow name="a"><try><http:request path="/"/><error-handler><on-error-propagate/></error-handler></try>'
            "</flow>",
            0,
        ),
        ('<flow name="a"><http:request path="/"/><error-handler><on-error-propagate/></error-handler></flow>', 0),
        ('<sub-flow name="a"><http:request path="/"/></sub-flow>', 0),
        ('<flow name="a"><http:request path="/"/></flow><configuration defaultErrorHandler-ref="h"/>', 0),
        (
            '<flow name="a"><http:request path="/"/></flow><flow name="b"><flow-ref name="a"/><error-handler>'
            "<on-error-propagate/></error-handler></flow>",
            0,
        ),
        ('<flow name="a" initialState="stopped"><http:request path="/"/></flow>', 0),
        (
            '<flow name="a"><error-handler><on-error-continue><logger message="x"/></on-error-continue>'
            "</error-handler></flow>",
            1,
        ),
        ('<flow name="a"><error-handler><on-error-continue type="HTTP:TIMEOUT"/></error-handler></flow>', 0),
        (
            '<flow name="a"><error-handler><on-error-continue><set-payload value="x"/></on-error-continue>'
            "</error-handler></flow>",
            0,
        ),
    ],
)
def test_handlers(find: Find, body: str, count: int) -> None:
    assert len(find("flow/error-handler", mule(body))) == count


def test_steps_that_only_run_after_an_error_need_no_handler(find: Find) -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Park"}]
    states: dict[str, Any] = {
        "A": {**TASK, "Catch": catch, "End": True},
        "Park": {**TASK, "Next": "Tell"},
        "Tell": {**TASK, "End": True},
    }
    assert find("flow/error-handler", asl(**states)) == []
    states["A"] = {**TASK, "Catch": catch, "Next": "Tell"}
    assert [message for _, message in find("flow/error-handler", asl(**states))] == [
        "a call has no error handler ('Tell')"
    ]


def test_errors_that_end_as_success(find: Find) -> None:
    states: dict[str, Any] = {
        "A": {**TASK, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Ok"}], "End": True},
        "Ok": OK,
    }
    assert [place for place, _ in find("flow/error-handler", asl(**states))] == ["/States/A/Catch/0"]


# Time and retries.


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"TimeoutSeconds": 20}, ""),
        ({"TimeoutSecondsPath": "$.limit"}, ""),
        ({}, "waits for the other side without end by default"),
        ({"TimeoutSeconds": 0}, "without end"),
        ({"TimeoutSeconds": 99999999}, "without end"),
        ({"TimeoutSeconds": 8640000}, "waits up to 100 days"),
        ({"HeartbeatSeconds": 60}, ""),
        ({"Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken"}, "until somebody answers"),
        ({"Resource": "arn:aws:states:::http:invoke"}, ""),
    ],
)
def test_timeouts(find: Find, more: dict[str, Any], said: str) -> None:
    messages = [message for _, message in find("flow/timeout-set", asl(A={**TASK, **more, "End": True}))]
    assert (len(messages) == 1 and said in messages[0]) if said else messages == []


@pytest.mark.parametrize(
    ("retrier", "said"),
    [
        ({}, ""),
        ({"MaxAttempts": 0}, ""),
        ({"MaxAttempts": 99}, "99 times, more than 10"),
        ({"MaxAttempts": 9, "IntervalSeconds": 3600}, "is retried for"),
        ({"MaxAttempts": 9, "IntervalSeconds": 3600, "MaxDelaySeconds": 60}, ""),
        ({"MaxAttempts": 3, "IntervalSeconds": 0}, "without a pause"),
        ({"MaxAttempts": "x"}, ""),
    ],
)
def test_bounds_of_retries(find: Find, retrier: dict[str, Any], said: str) -> None:
    task = {**TASK, "Retry": [{"ErrorEquals": ["States.ALL"], **retrier}], "End": True}
    messages = [message for _, message in find("flow/retry-bounded", asl(A=task))]
    assert (len(messages) == 1 and said in messages[0]) if said else messages == []


def test_huge_numbers_of_retries_are_no_endless_work(find: Find) -> None:
    task = {**TASK, "Retry": [{"ErrorEquals": ["A"], "MaxAttempts": 10**15, "BackoffRate": 1e9}], "End": True}
    assert len(find("flow/retry-bounded", asl(A=task), most=10**16)) == 1


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<until-successful><http:request method="POST" path="/"/></until-successful>', 1),
        ('<until-successful><http:request method="PUT" path="/"/></until-successful>', 0),
        ('<until-successful maxRetries="0"><http:request method="POST" path="/"/></until-successful>', 0),
        (
            '<until-successful><http:request method="POST" path="/"><http:headers>#[{"Idempotency-Key": vars.id}]'
            "</http:headers></http:request></until-successful>",
            0,
        ),
        ('<until-successful><choice><when expression="x"><db:insert/></when></choice></until-successful>', 1),
        ('<http:request method="POST" path="/"/>', 0),
    ],
)
def test_what_may_be_retried(find: Find, body: str, count: int) -> None:
    assert len(find("flow/retry-idempotent-only", mule(f'<flow name="a">{body}</flow>'))) == count


def test_a_reconnection_repeats_no_request(find: Find) -> None:
    config = '<http:request-config name="c"><http:request-connection host="x"><reconnection><reconnect/></reconnection>'
    call = '<flow name="a"><http:request config-ref="c" method="POST"/></flow>'
    body = f"{config}</http:request-connection></http:request-config>{call}"
    assert find("flow/retry-idempotent-only", mule(body)) == []


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (0, "0 milliseconds"),
        (1, "1 millisecond"),
        (999, "999 milliseconds"),
        (1000, "1 second"),
        (90_000, "90 seconds"),
        (300_000, "5 minutes"),
        (3_600_000, "1 hour"),
        (8 * 86_400_000, "8 days"),
        (99_999_999_000, "3 years"),
    ],
)
def test_durations(milliseconds: int, said: str) -> None:
    assert duration(milliseconds) == said


# Messages.


def test_dead_letters(find: Find) -> None:
    event = {"Type": "EventBridgeRule", "Properties": {"Pattern": {"source": ["shop"]}}}
    assert len(find("flow/dlq", template(Events={"E": event}))) == 1
    event["Properties"] = {"Pattern": {}, "DeadLetterConfig": {"Arn": "arn:aws:sqs:::parked"}}
    assert find("flow/dlq", template(Events={"E": event})) == []
    schedule = {"Type": "Schedule", "Properties": {"Schedule": "rate(1 hour)"}}
    assert find("flow/dlq", template(Events={"E": schedule})) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<jms:listener destination="a"/><jms:publish destination="b"/>', 1),
        ('<jms:listener destination="a"/><http:request method="POST" path="/"/>', 1),
        ('<jms:listener destination="a"/><http:request method="GET" path="/"/>', 0),
        ('<jms:listener destination="a"/><idempotent-message-validator/><jms:publish destination="b"/>', 0),
        ('<http:listener path="/a"/><jms:publish destination="b"/>', 0),
    ],
)
def test_receivers(find: Find, body: str, count: int) -> None:
    assert len(find("flow/idempotent-receiver", mule(f'<flow name="a">{body}</flow>'))) == count


# Security.


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<http:request url="https://a.test/x"/>', 0),
        ('<http:request url="http://a.test/x"/>', 1),
        ('<http:request url="http://localhost:8081/x"/>', 0),
        ('<http:request url="http://127.0.0.1/x"/>', 0),
        ('<http:request url="http://localhost.evil.test/x"/>', 1),
        ('<http:request url="${protocol}://a.test/x"/>', 0),
    ],
)
def test_connections(find: Find, body: str, count: int) -> None:
    assert len(find("flow/tls-verified", mule(f'<flow name="a">{body}</flow>'))) == count


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("https://sqs.eu-west-1.amazonaws.com/123456789012/orders", 1),
        ("https://sqs.eu-west-1.amazonaws.com/${Account}/orders", 0),
        ("${Queue}", 0),
        ("orders", 0),
    ],
)
def test_addresses(find: Find, address: str, count: int) -> None:
    task = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": address}}
    assert len(find("flow/endpoint-externalised", asl(A={**task, "End": True}))) == count


@pytest.mark.parametrize(
    ("logger", "count"),
    [
        ('message="#[payload]"', 1),
        ('level="DEBUG" message="#[payload]"', 1),
        ('message="#[payload.id]"', 0),
        ('message="done"', 0),
        ('message="#[attributes]"', 1),
    ],
)
def test_logged_messages(find: Find, logger: str, count: int) -> None:
    assert len(find("flow/no-payload-logging", mule(f'<flow name="a"><logger {logger}/></flow>'))) == count


def test_logged_messages_may_be_debugged(find: Find) -> None:
    text = mule('<flow name="a"><logger level="DEBUG" message="#[payload]"/></flow>')
    assert find("flow/no-payload-logging", text, levels=["DEBUG"]) == []


@pytest.mark.parametrize(
    ("message", "count"),
    [("#[payload.user.password]", 1), ("#[payload.iban]", 1), ("#[mask(payload.iban)]", 0), ("#[payload.id]", 0)],
)
def test_logged_secrets(find: Find, message: str, count: int) -> None:
    text = mule(f'<flow name="a"><logger message="{message}"/></flow>')
    assert len(find("map/no-sensitive-in-logs", text)) == count


# Contracts.

CONTRACT = """
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: "https://api.acme.test/v1"}]
paths:
  /orders: {get: {responses: {}}}
  /orders/{id}: {get: {responses: {}}}
"""


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ('method="GET" url="https://api.acme.test/v1/orders"', ""),
        ('method="POST" url="https://api.acme.test/v1/orders"', "the contract has GET there"),
        ('method="GET" url="https://api.acme.test/v1/customers"', "which no contract has"),
        ('method="GET" url="https://other.test/v1/order"', ""),
        ('method="GET" url="https://other.test/invoices"', ""),
        ('method="GET" path="/order" config-ref="elsewhere"', "(did you mean '/orders'?)"),
        ('method="GET" path="/invoices" config-ref="elsewhere"', ""),
    ],
)
def test_operations(find: Find, request_: str, said: str) -> None:
    files = {"api.yaml": CONTRACT, **mule(f'<flow name="a"><http:request {request_}/></flow>')}
    messages = [message for _, message in find("flow/contract-linked", files)]
    assert (len(messages) == 1 and said in messages[0]) if said else messages == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<http:listener path="/a" allowedMethods="POST"/><logger message="x"/>', 1),
        ('<http:listener path="/a" allowedMethods="GET"/><logger message="x"/>', 0),
        ('<http:listener path="/a"/><apikit:router config-ref="r"/>', 0),
        ('<http:listener path="/a"/><validation:is-not-null value="#[payload]"/>', 0),
        ('<scheduler/><logger message="x"/>', 0),
    ],
)
def test_validation_of_what_comes_in(find: Find, body: str, count: int) -> None:
    assert len(find("flow/input-validated", mule(f'<flow name="a">{body}</flow>'))) == count


# Schedules.


@pytest.mark.parametrize(
    ("expression", "zone", "count"),
    [
        ("0 30 2 * * ?", "UTC", 0),
        ("0 30 2 * * ?", "", 1),
        ("0 0/5 * * * ?", "", 0),
        ("30 2 * * 1-5", "UTC", 0),
        ("0 30 2 ? * MON-FRI", "UTC", 0),
        ("0 30 2 L * ?", "UTC", 0),
        ("0 30 2 ? * 6#3", "UTC", 0),
        ("0 30 2 1 JAN ? 2030", "UTC", 0),
        ("0 75 2 * * ?", "UTC", 1),
        ("0 30 25 * * ?", "UTC", 1),
        ("0 30 2 * FOO ?", "UTC", 1),
        ("0 30 2", "UTC", 1),
        ("tomorrow", "UTC", 1),
        ("${cron}", "", 0),
    ],
)
def test_cron(find: Find, expression: str, zone: str, count: int) -> None:
    where = f' timeZone="{zone}"' if zone else ""
    strategy = f'<scheduling-strategy><cron expression="{expression}"{where}/></scheduling-strategy>'
    body = mule(f'<flow name="a"><scheduler>{strategy}</scheduler><logger message="x"/></flow>')
    assert len(find("flow/schedule-valid", body)) == count


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("rate(5 minutes)", 0),
        ("rate(0 minutes)", 1),
        ("rate(5 parsecs)", 1),
        ("cron(0 * * * ? *)", 0),
        ("cron(0 10 * * ? *)", 1),
        ("cron(0 10 * *)", 1),
        ("at(2030-01-01T00:00:00)", 0),
    ],
)
def test_schedules_of_eventbridge(find: Find, expression: str, count: int) -> None:
    event = {"Type": "ScheduleV2", "Properties": {"ScheduleExpression": expression}}
    assert len(find("flow/schedule-valid", template(Events={"E": event}))) == count
