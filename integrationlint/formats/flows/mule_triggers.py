"""What starts a Mule flow: the source it begins with, or the API operation that a router dispatches to it."""

from collections.abc import Mapping
from typing import Final

from integrationlint.formats.flows.defaults import DEFAULTS, default, or_default
from integrationlint.formats.flows.keys import http_key, http_path, join_paths
from integrationlint.formats.flows.mule_addresses import (
    MESSAGING,
    destination,
    destination_uses,
    listener_address,
    listener_keys,
)
from integrationlint.formats.flows.mule_application import Application, Route
from integrationlint.formats.flows.mule_connections import PLATFORM
from integrationlint.formats.flows.mule_names import at, below, first, module, name_of, raw_type, value
from integrationlint.formats.flows.mule_settings import login, secured
from integrationlint.formats.flows.mule_steps import config_use
from integrationlint.formats.flows.values import explicit, expression, external, milliseconds, number
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, UNSUPPORTED, Element, State, Use, Value

_KINDS: Final = {
    **dict.fromkeys(MESSAGING, "queue"),
    "http": "http",
    "kafka": "stream",
    "kinesis": "stream",
    **dict.fromkeys(("file", "ftp", "ftps", "sftp", "s3"), "file"),
    "db": "db-poll",
    "": "schedule",
}
# Ack modes of JMS, Anypoint MQ, Solace and AMQP, in the neutral words.
_ACKS: Final = {
    **dict.fromkeys(("AUTO", "IMMEDIATE", "DUPS_OK", "AUTOMATIC", "AUTOMATIC_ON_FLOW_COMPLETION"), "auto"),
    **dict.fromkeys(("MANUAL", "MANUAL_CLIENT", "CLIENT", "NONE"), "manual"),
}
_CONSUMERS: Final = ("numberOfConsumers", "maxConcurrency", "numberOfConcurrentConsumers", "concurrency")


def add_source(flow: Element, node: XmlNode, app: Application, validates: Value) -> None:
    """Hang a trigger under a flow for the source that it begins with."""
    prefix = module(node)
    kind = _KINDS.get(prefix, "event")
    facts: dict[str, object] = {
        "trigger": kind,
        "platform": PLATFORM,
        "raw_type": raw_type(node),
        "enabled": flow.facts["enabled"],
        "concurrency": _concurrency(node, flow),
        **_schedule(node),
    }
    if prefix:
        facts["validates"] = validates
        facts |= {"protocol": prefix, "address": destination(node), "auth": login(node, app)}
    keys: tuple[str, ...] = ()
    uses = [*config_use(node), *destination_uses("subscribes", node)]
    if kind == "http":
        facts |= _http(node, flow, app)
        keys = tuple(listener_keys(node, app))
    if kind in ("queue", "stream"):
        facts |= _delivery(node)
    Element("trigger", name_of(node), flow.document, node.pointer, parent=flow, facts=facts, uses=uses, keys=keys)


def _http(node: XmlNode, flow: Element, app: Application) -> dict[str, object]:
    guarded = flow.name in app.guarded
    return {
        "protocol": "https" if secured(node, app).tls.value is True else "http",
        "method": node.attributes.get("allowedMethods", "ANY").upper(),
        "address": listener_address(node, app),
        "auth": external("policies of API Manager") if guarded else ABSENT,
    }


def _schedule(node: XmlNode) -> Mapping[str, object]:
    """When a scheduler or polling source runs: a cron expression, or `every N ms`."""
    for one in (node, *below(node)):
        if one.local in ("cron", "cron-scheduler"):
            return {"schedule": value(one, "expression"), "timeZone": value(one, "timeZone")}
        if one.local in ("fixed-frequency", "fixed-frequency-scheduler"):
            written = value(one, "frequency")
            if written.state is State.EXPLICIT:
                found = milliseconds(written.raw, one.attributes.get("timeUnit", "MILLISECONDS"))
                written = (
                    expression(written.raw, written.pointer)
                    if found is None
                    else explicit(f"every {found} ms", written.pointer)
                )
            return {"schedule": written, "timeZone": UNSUPPORTED}
    return {}


def _concurrency(node: XmlNode, flow: Element) -> object:
    name = next((name for name in _CONSUMERS if name in node.attributes), "")
    if name:
        return number(node.attributes[name], at(node, name))
    setting = f"{module(node)}.numberOfConsumers"
    own = flow.facts.get("concurrency", ABSENT)
    return default(PLATFORM, setting) if own is ABSENT and (PLATFORM, setting) in DEFAULTS else own


def _delivery(node: XmlNode) -> dict[str, object]:
    """How messages are acknowledged and delivered again, and where those go that cannot be processed."""
    prefix = module(node)
    mode = value(node, "ackMode", "acknowledgementMode", "ackStrategy")
    if mode.state is State.EXPLICIT:
        mode = explicit(_ACKS.get(mode.raw.upper(), mode.raw.lower()), mode.pointer, mode.raw)
    transaction = value(node, "transactionalAction")
    if transaction.state is State.EXPLICIT and transaction.raw != "NONE":
        mode = explicit("transacted", transaction.pointer, transaction.raw)
    setting = f"{prefix}.ackMode"
    policy = first(node, "redelivery-policy")
    name = "maxRedeliveryCount"
    return {
        "ack": or_default(mode, PLATFORM, setting) if (PLATFORM, setting) in DEFAULTS else mode,
        "transactional": transaction,
        "redelivery": ABSENT if policy is None else number(policy.attributes.get(name), at(policy, name)),
        "deadLetter": ABSENT if prefix in ("vm", "kafka") else external("the broker"),
    }


def add_route(flow: Element, route: Route, app: Application, pointer: str) -> None:
    """Hang a trigger under a flow that an API router dispatches an operation to.

    It is checked against the operation of that method and path; where the router's listener is in the same file,
    the trigger offers the path that callers see.
    """
    path, _ = http_path(route.resource)
    prefix, rooted = http_path(app.prefixes.get(route.config, ""))
    keys = (http_key(route.method, join_paths(prefix, path)),) if rooted and prefix != "/" else ()
    facts: dict[str, object] = {
        "trigger": "http",
        "platform": PLATFORM,
        "raw_type": "apikit",
        "enabled": True,
        "protocol": "http",
        "method": route.method,
        "address": explicit(path, pointer, route.resource),
        "auth": external("the listener of the API router"),
        "validates": explicit(value=True, pointer=pointer, raw="apikit:router"),
    }
    uses = [Use("validates", http_key(route.method, path), tier="inferred", pointer=pointer)]
    if route.config:
        uses.append(Use("extends", f"config:{route.config}", pointer=pointer))
    name = f"{route.method} {path}"
    Element("trigger", name, flow.document, pointer, parent=flow, facts=facts, uses=uses, keys=keys)
