"""The keys of what a Task state calls or publishes to."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.asl_tasks import ADDRESSES, Parameters, Service
from integrationlint.formats.flows.aws_names import Names
from integrationlint.formats.flows.keys import METHODS, http_key, http_path, literal_parts
from integrationlint.formats.flows.values import is_expression
from integrationlint.model.element import State, Use
from integrationlint.model.location import child

_USES: Final = {
    "lambda": ("calls", "function"),
    "states": ("calls", "flow"),
    "sqs": ("publishes", "queue"),
    "sns": ("publishes", "topic"),
}
_LITERAL: Final = re.compile(r"'((?:[^'\\]|\\.)*)'")
FUNCTIONS: Final = ("AWS::Lambda::Function", "AWS::Serverless::Function")


def task_uses(called: Service, resource: object, parameters: Parameters, pointer: str, names: Names) -> list[Use]:
    """What a task uses, by key; what is only known at run time is left out."""
    if called.name in ("http", "apigateway"):
        return list(_http_uses(called, parameters))
    if called.name == "events":
        return list(_event_uses(parameters, names))
    if called.name == "":
        return list(_function_uses(resource, child(pointer, "Resource"), names))
    if called.name not in _USES:
        return []
    role, kind = _USES[called.name]
    member = ADDRESSES[called.name]
    written, where = parameters.raw(member), parameters.at(member)
    if written is None and called.name == "lambda":
        written, where = resource, child(pointer, "Resource")
    found = names.find(written)
    return [] if found is None else [Use(role, f"{kind}:{found.name}", tier=found.tier, pointer=where)]


def _function_uses(resource: object, where: str, names: Names) -> Iterator[Use]:
    """A Resource that is only a token calls a function, if that is what the template puts there."""
    found = names.find(resource)
    if found is not None and found.type in FUNCTIONS:
        yield Use("calls", f"function:{found.name}", tier=found.tier, pointer=where)


def _http_uses(called: Service, parameters: Parameters) -> Iterator[Use]:
    """Method and path of a call. A stage belongs to the server's URL, so the path alone is what a contract knows."""
    method, endpoint = parameters.value("Method"), parameters.value("ApiEndpoint")
    member = "Path" if called.name == "apigateway" else "ApiEndpoint"
    written = _template(parameters.value(member).raw)
    verb = str(method.value).upper()
    if method.state is not State.EXPLICIT or verb not in METHODS or not written:
        return
    path, known = http_path(written)
    if path == "/" and not known:
        return
    host = _template(endpoint.raw)
    hosted = "{}" not in host.partition("/{}")[0] and not is_expression(
        host.partition("://")[2].partition("/")[0] or host
    )
    yield Use(
        "calls",
        http_key(verb, path),
        tier="keyed" if known and hosted else "inferred",
        pointer=parameters.at(member),
    )


def _template(written: str) -> str:
    """The URL that `States.Format('…/{}', …)` or a JSONata concatenation builds, `{}` for what is not literal."""
    if written.startswith("States.Format("):
        literal = _LITERAL.search(written)
        return literal[1] if literal else ""
    if written.startswith("{%") and written.endswith("%}"):
        return literal_parts(written[2:-2], "&")
    return "" if written.startswith("$.") else written


def _event_uses(parameters: Parameters, names: Names) -> Iterator[Use]:
    for entry in parameters.objects("Entries"):
        found = names.find(entry.raw("EventBusName") or "default")
        if found is not None:
            yield Use("publishes", f"topic:{found.name}", tier=found.tier, pointer=entry.at("EventBusName"))
