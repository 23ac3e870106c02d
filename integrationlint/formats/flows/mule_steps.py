"""The facts and uses of one Mule component."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.defaults import default
from integrationlint.formats.flows.mule_addresses import (
    MESSAGING,
    destination,
    destination_uses,
    request_address,
    request_uses,
)
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_connections import PLATFORM
from integrationlint.formats.flows.mule_expressions import own_nodes, reads, sends, writes
from integrationlint.formats.flows.mule_kinds import holds_steps, step_kind
from integrationlint.formats.flows.mule_names import at, below, documented, module, raw_type, value
from integrationlint.formats.flows.mule_settings import (
    elsewhere,
    login,
    retry,
    secrets,
    secured,
    timeout,
    until_successful,
)
from integrationlint.formats.flows.values import duration, explicit, expression, is_expression, number
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, UNSUPPORTED, State, Use, Value

_OUTBOUND: Final = ("call", "publish", "receive", "notify")
_TEXTS: Final = ("sql", "code", "script", "text")
_SCHEMAS: Final = ("schema", "schemas", "schemaLocation")
_IDEMPOTENCY: Final = "idempotency-key"
_RESOURCES: Final = ("resource", "location")
_ROLES: Final = {"publish": "publishes", "call": "publishes", "receive": "subscribes"}


def step_facts(node: XmlNode, app: Application) -> dict[str, object]:
    """Everything that a component says of itself, with what its configuration adds."""
    kind, holder = step_kind(node), holds_steps(node)
    nodes = list(own_nodes(node, holder=holder))
    facts: dict[str, object] = {
        "step": kind,
        "raw_type": raw_type(node),
        "enabled": True,
        "reads": reads(nodes),
        "writes": writes(node, nodes),
        "retry": UNSUPPORTED,
    }
    description = documented(node, "description")
    if description:
        facts["description"] = description
    if kind in _OUTBOUND:
        facts |= _outbound(node, nodes, app)
    if kind == "log":
        facts |= _log(node)
    text = _text(node, nodes, kind)
    if text:
        facts["text"] = text
    hidden = secrets(node, nodes)
    if hidden:
        facts["secrets"] = hidden
    special = _SPECIAL.get(raw_type(node))
    return facts | (special(node) if special is not None else {})


def _outbound(node: XmlNode, nodes: list[XmlNode], app: Application) -> dict[str, object]:
    """How a component reaches the other side."""
    kind, web = step_kind(node), raw_type(node) == "http:request"
    tls, verified = secured(node, app)
    limit = timeout(node, app)
    facts: dict[str, object] = {
        "protocol": module(node),
        "method": node.attributes.get("method", "GET").upper() if web else node.local,
        "address": request_address(node, app) if web else _address(node, app),
        "timeout": UNSUPPORTED if kind in ("publish", "notify") and limit.state is State.ABSENT else limit,
        "retry": retry(node, app),
        "auth": login(node, app),
        "tls": tls,
        "verified": verified,
        "idempotency": _idempotency(nodes),
    }
    if kind != "receive":
        facts["sends"] = sends(node, nodes) if not web or facts["method"] not in ("GET", "HEAD") else ()
    return facts


def _address(node: XmlNode, app: Application) -> Value:
    """What is written on the operation; without that, and but for messaging, where the connection goes."""
    own = destination(node)
    if own.state is not State.ABSENT or module(node) in MESSAGING:
        return own
    found = app.connection(node)
    return elsewhere(node) if found is None else found.address


def _idempotency(nodes: list[XmlNode]) -> Value:
    """The header or attribute that makes a repetition harmless."""
    for node in nodes:
        if "messageDeduplicationId" in node.attributes:
            return value(node, "messageDeduplicationId")
        if _IDEMPOTENCY in (node.attributes.get("key", "").lower(), node.attributes.get("headerName", "").lower()):
            return value(node, "value")
        if _IDEMPOTENCY in node.text.lower():
            return expression("", node.pointer)
    return ABSENT


def _log(node: XmlNode) -> dict[str, object]:
    return {name: node.attributes[name] for name in ("level", "category") if name in node.attributes}


def _text(node: XmlNode, nodes: list[XmlNode], kind: str) -> str:
    """The message of a log, the query or script of an operation, the description of an error."""
    if kind in ("log", "raise"):
        return node.attributes.get("message", node.attributes.get("description", ""))
    if kind in ("call", "script"):
        return next((part.text.strip() for part in nodes if part.local in _TEXTS and part.text.strip()), "")
    return ""


def _choice(node: XmlNode) -> dict[str, object]:
    return {"hasDefault": any(one.local == "otherwise" for one in node.children)}


def _condition(node: XmlNode) -> dict[str, object]:
    return {"condition": node.attributes.get("expression", "")}


def _foreach(_node: XmlNode) -> dict[str, object]:
    return {"bounded": default(PLATFORM, "foreach.bounded")}


def _parallel_foreach(node: XmlNode) -> dict[str, object]:
    limit = number(node.attributes.get("maxConcurrency"), at(node, "maxConcurrency"))
    return {**_foreach(node), "concurrency": limit, **_scope_timeout(node)}


def _scope_timeout(node: XmlNode) -> dict[str, object]:
    limit = number(node.attributes.get("maxConcurrency"), at(node, "maxConcurrency"))
    return {"timeout": duration(node.attributes.get("timeout"), at(node, "timeout")), "concurrency": limit}


def _retried(node: XmlNode) -> dict[str, object]:
    return {"retry": until_successful(node)}


def _try(node: XmlNode) -> dict[str, object]:
    return {"transactional": value(node, "transactionalAction")}


def _flow_ref(node: XmlNode) -> dict[str, object]:
    return {"address": value(node, "name")}


def _raise(node: XmlNode) -> dict[str, object]:
    return {"error": node.attributes.get("type", "")}


def _validator(node: XmlNode) -> dict[str, object]:
    return {"idempotency": value(node, "idExpression")}


def _batch(node: XmlNode) -> dict[str, object]:
    tolerated = number(node.attributes.get("maxFailedRecords"), at(node, "maxFailedRecords"))
    if tolerated.state is State.EXPLICIT:
        tolerated = explicit(tolerated.value != 0, tolerated.pointer, tolerated.raw)
    return {**_foreach(node), "ignoreErrors": tolerated}


_SPECIAL: Final = {
    "choice": _choice,
    "when": _condition,
    "foreach": _foreach,
    "parallel-foreach": _parallel_foreach,
    "scatter-gather": _scope_timeout,
    "async": _scope_timeout,
    "until-successful": _retried,
    "try": _try,
    "flow-ref": _flow_ref,
    "raise-error": _raise,
    "idempotent-message-validator": _validator,
    "batch:job": _batch,
}


def step_uses(node: XmlNode, app: Application) -> Iterator[Use]:
    """What a component refers to: configuration, flow, operation, queue, schema, script."""
    yield from config_use(node)
    kind = raw_type(node)
    if kind == "flow-ref":
        name = node.attributes.get("name", "")
        if name and not is_expression(name):
            yield Use("calls", f"flow:{name}", pointer=at(node, "name"))
    elif kind == "http:request":
        yield from request_uses(node, app)
    elif step_kind(node) in _ROLES:
        yield from destination_uses(_ROLES[step_kind(node)], node)
    elif step_kind(node) == "validate":
        yield from _schema_uses(node, app)
    elif step_kind(node) == "transform":
        for part in (node, *below(node)):
            for name in _RESOURCES:
                yield from app.classpath("reads", part.attributes.get(name, ""), at(part, name))


def config_use(node: XmlNode) -> Iterator[Use]:
    """The configuration that a component takes its settings from."""
    name = node.attributes.get("config-ref", "")
    if name:
        yield Use("extends", f"config:{name}", pointer=at(node, "config-ref"))


def _schema_uses(node: XmlNode, app: Application) -> Iterator[Use]:
    for part in (node, *below(node)):
        for name in _SCHEMAS:
            for written in part.attributes.get(name, "").split(","):
                yield from app.classpath("validates", written, at(part, name))
