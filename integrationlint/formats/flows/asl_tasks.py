"""What a Task state calls: the service behind its Resource, and what its parameters say of the call."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from integrationlint.formats.flows.asl_paths import BODY, keys_of
from integrationlint.formats.flows.defaults import default, or_default
from integrationlint.formats.flows.keys import is_secret
from integrationlint.formats.flows.values import explicit, expression, external, text
from integrationlint.model.element import ABSENT, State, Value
from integrationlint.model.location import child

_SUBSTITUTION: Final = re.compile(r"\$\{[^{}]*\}")
_STATES_ARN: Final = re.compile(r"arn:[^:]*:states:[^:]*:[^:]*:(.+)")
_LAMBDA_ARN: Final = re.compile(r"arn:[^:]*:lambda:")
_STEPS: Final = {
    "sqs:sendMessage": "publish",
    "sqs:sendMessageBatch": "publish",
    "sqs:receiveMessage": "receive",
    "sns:publish": "publish",
    "sns:publishBatch": "publish",
    "events:putEvents": "publish",
    "kinesis:putRecord": "publish",
    "kinesis:putRecords": "publish",
    "firehose:putRecord": "publish",
    "states:startExecution": "subflow",
    "states:startSyncExecution": "subflow",
    "ses:sendEmail": "notify",
    "sesv2:sendEmail": "notify",
    "cloudwatchlogs:putLogEvents": "log",
}
# The aws-sdk integrations name some services differently.
_SAME_SERVICE: Final = {"eventbridge": "events", "sfn": "states"}
# The parameter that says where a call goes, and the one that holds what is sent, by service.
ADDRESSES: Final = {
    "lambda": "FunctionName",
    "sqs": "QueueUrl",
    "sns": "TopicArn",
    "states": "StateMachineArn",
    "http": "ApiEndpoint",
    "apigateway": "ApiEndpoint",
    "dynamodb": "TableName",
    "s3": "Bucket",
    "kinesis": "StreamName",
    "firehose": "DeliveryStreamName",
    "glue": "JobName",
    "batch": "JobQueue",
    "ecs": "TaskDefinition",
    "codebuild": "ProjectName",
    "cloudwatchlogs": "LogGroupName",
}
_BODIES: Final = {
    "lambda": "Payload",
    "sqs": "MessageBody",
    "sns": "Message",
    "states": "Input",
    "http": "RequestBody",
    "apigateway": "RequestBody",
    "dynamodb": "Item",
    "kinesis": "Data",
}
_IDEMPOTENCY: Final = frozenset(
    "messagededuplicationid clienttoken clientrequesttoken idempotencytoken idempotency-key x-idempotency-key"
    " idempotencykey conditionexpression".split()
)


class Service(NamedTuple):
    """A service and its action: `sqs`, `sendMessage`, and whether the task waits for an answer by task token."""

    name: str
    action: str
    raw: str
    callback: bool = False


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a task, and where they are written. A member `X.$` is the path form of `X`."""

    members: Mapping[object, object]
    pointer: str

    def raw(self, name: str) -> object:
        """The value as written, in either form; None where there is none."""
        return self.members.get(name, self.members.get(f"{name}.$"))

    def at(self, name: str) -> str:
        """The pointer of the member."""
        return child(self.pointer, name if name in self.members else f"{name}.$")

    def value(self, name: str) -> Value:
        """The member as a Value; a path is an expression."""
        if name in self.members:
            return text(self.members[name], self.at(name))
        path = self.members.get(f"{name}.$")
        return ABSENT if path is None else expression(path if isinstance(path, str) else "", self.at(name))

    def objects(self, name: str) -> "Iterator[Parameters]":
        """The objects in a member that is a list."""
        entries = self.raw(name)
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield Parameters(entry, child(self.at(name), number))


def service(resource: object) -> Service:
    """What the Resource of a Task names; a token or anything else is a service without a name."""
    if not isinstance(resource, str):
        return Service("", "", "Task")
    plain = _SUBSTITUTION.sub("$", resource)
    if _LAMBDA_ARN.match(plain):
        return Service("lambda", "invoke", "Task lambda")
    found = _STATES_ARN.match(plain)
    if found is None:
        return Service("", "", "Task")
    rest = found[1].removeprefix("aws-sdk:")
    name, _, action = rest.partition(":")
    if name == "activity":
        return Service("activity", "", "Task activity")
    action, _, pattern = action.partition(".")
    return Service(_SAME_SERVICE.get(name, name), action, f"Task {found[1]}", pattern == "waitForTaskToken")


def step_kind(called: Service) -> str:
    """The neutral kind of step of a service action."""
    return _STEPS.get(f"{called.name}:{called.action}", "call")


def task_facts(called: Service, resource: object, parameters: Parameters, pointer: str) -> dict[str, object]:
    """Where a task goes and how: protocol, method, address, auth, tls, idempotency, sends, secrets."""
    facts: dict[str, object] = {}
    if called.name:
        method = parameters.value("Method") if called.name in ("http", "apigateway") else ABSENT
        facts["protocol"] = called.name
        facts["method"] = str(method.value) if method.state is State.EXPLICIT else called.action
    facts["address"] = _address(called, resource, parameters, pointer)
    facts["tls"] = _tls(called, facts["address"])
    facts["auth"] = _auth(called, parameters)
    facts["idempotency"] = _idempotency(parameters)
    facts["sends"] = _sends(called, parameters)
    secrets = dict(_secrets(parameters))
    if secrets:
        facts["secrets"] = secrets
    return facts


def _address(called: Service, resource: object, parameters: Parameters, pointer: str) -> Value:
    found = parameters.value(ADDRESSES.get(called.name, ""))
    if called.name == "events":
        found = next((entry.value("EventBusName") for entry in parameters.objects("Entries")), ABSENT)
    if found.state is State.ABSENT and called.name in ("lambda", "activity", ""):
        return text(resource, child(pointer, "Resource"))
    return found


def _tls(called: Service, address: object) -> Value:
    if called.name != "http":
        return default("asl", "tls")
    written = address.raw if isinstance(address, Value) else ""
    if "://" not in written:
        return ABSENT
    return explicit(not written.startswith("http:"), address.pointer if isinstance(address, Value) else "")


def _auth(called: Service, parameters: Parameters) -> Value:
    if called.name == "apigateway":
        return or_default(parameters.value("AuthType"), "asl", "AuthType")
    if called.name != "http":
        return external("IAM role of the state machine")
    authentication = parameters.raw("Authentication")
    if isinstance(authentication, dict):
        return external("EventBridge connection", parameters.at("Authentication"))
    return ABSENT


def _idempotency(parameters: Parameters) -> Value:
    """The first parameter that makes a repetition harmless, three levels deep."""
    level = _members(parameters.pointer, parameters.members)
    for _ in range(3):
        for name, where, value in level:
            if name.removesuffix(".$").lower() in _IDEMPOTENCY:
                return expression(value, where) if isinstance(value, str) else text(value, where)
        level = [one for _, where, value in level for one in _members(where, value)]
    return ABSENT


def _members(pointer: str, value: object) -> list[tuple[str, str, object]]:
    """Name, pointer and value of what an object or list holds directly."""
    if isinstance(value, Mapping):
        return [(str(name), child(pointer, str(name)), inner) for name, inner in value.items()]
    if isinstance(value, list):
        return [(str(number), child(pointer, number), inner) for number, inner in enumerate(value)]
    return []


def _sends(called: Service, parameters: Parameters) -> tuple[str, ...]:
    if called.name == "events":
        details = [entry.raw("Detail") for entry in parameters.objects("Entries")]
        return tuple(dict.fromkeys(key for detail in details for key in keys_of(detail)))
    body = parameters.raw(_BODIES.get(called.name, ""))
    if isinstance(body, dict):
        return tuple(dict.fromkeys(keys_of(body)))
    return (BODY,) if isinstance(body, str) and (body.startswith("$") or "{%" in body) else ()


def _secrets(parameters: Parameters) -> Iterator[tuple[str, Value]]:
    """Members whose name is that of a secret and whose text is written out; the text itself is not kept."""
    stack = _members(parameters.pointer, parameters.members)[::-1]
    while stack:
        name, pointer, value = stack.pop()
        # What is in a list has the name of the list: headers of an API call are lists.
        inner = [(name if isinstance(value, list) else own, where, one) for own, where, one in _members(pointer, value)]
        stack.extend(reversed(inner))
        if isinstance(value, str) and value and is_secret(name.removesuffix(".$")):
            yield name.removesuffix(".$"), _secret(name, value, pointer)


def _secret(name: str, value: str, pointer: str) -> Value:
    if value.startswith("{{resolve:"):
        return external(value, pointer)
    if name.endswith(".$") or "{%" in value or "${" in value:
        return expression(value, pointer)
    return explicit(None, pointer)
