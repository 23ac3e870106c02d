"""Mule flows as graphs: the components of a scope one after the other, ways beside each other, handlers with bodies."""

from collections import deque
from typing import Final

from integrationlint.formats.flows.defaults import or_default
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_connections import PLATFORM
from integrationlint.formats.flows.mule_kinds import WAYS, child_steps, holds_steps, source
from integrationlint.formats.flows.mule_names import at, documented, is_mule, name_of, raw_type
from integrationlint.formats.flows.mule_steps import step_facts, step_uses
from integrationlint.formats.flows.mule_triggers import add_route, add_source
from integrationlint.formats.flows.values import explicit, external, flag, number
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, UNSUPPORTED, Element, Use, Value
from integrationlint.model.flow import Next, labels

CAPS: Final = tuple(
    sorted(
        "branch.default flow.error_handler log.message loop.concurrency step.auth step.error_handler step.retry"
        " step.timeout step.tls step.transaction trigger.ack trigger.auth trigger.concurrency trigger.schedule"
        " trigger.validation".split()
    )
)
_ACTIONS: Final = {
    "on-error-propagate": "propagate",
    "on-error-continue": "continue",
    "catch-exception-strategy": "continue",
    "rollback-exception-strategy": "propagate",
    "default-exception-strategy": "propagate",
}
# What holds handlers, and what only refers to handlers that are elsewhere.
_HANDLER_GROUPS: Final = ("error-handler", "choice-exception-strategy")
_HANDLER_REFERENCES: Final = ("on-error", "exception-strategy")
_ANY: Final = frozenset({"ANY", "MULE:ANY", ""})
# A component after which the scope never goes on.
_LEAVES: Final = frozenset({"raise-error"})


def add_flow(root: Element, node: XmlNode, app: Application) -> None:
    """Hang a flow, sub-flow or test under the root, with its trigger, steps and handlers."""
    name = node.attributes.get("name", "")
    steps = child_steps(node)
    facts: dict[str, object] = {
        **flow_facts(node, app, _flow_kind(node)),
        "start": tuple(labels(name_of(one) for one in steps)[:1]),
        "concurrency": number(node.attributes.get("maxConcurrency"), at(node, "maxConcurrency")),
    }
    facts["enabled"] = node.attributes.get("initialState", "") != "stopped" and node.attributes.get("ignore") != "true"
    keys = (f"flow:{name}",) if name and facts["kind"] != "test" else ()
    flow = Element("flow", name, root.document, node.pointer, parent=root, facts=facts, keys=keys)
    first = source(node)
    if first is not None:
        for one in first.children if raw_type(first) == "composite-source" else (first,):
            if is_mule(one):
                add_source(flow, one, app, _validates(steps))
    elif name in app.routes:
        add_route(flow, app.routes[name], app, at(node, "name"))
    _grow(flow, node, app)


def _validates(steps: list[XmlNode]) -> Value:
    """Whether what arrives is checked against a contract by one of the flow's own steps."""
    found = next((one for one in steps if one.local == "validate-schema" or raw_type(one) == "apikit:router"), None)
    return ABSENT if found is None else explicit(value=True, pointer=found.pointer, raw=raw_type(found))


def _flow_kind(node: XmlNode) -> str:
    return {"sub-flow": "subflow", "flow": "flow"}.get(node.local, "test")


def flow_facts(node: XmlNode, app: Application, kind: str) -> dict[str, object]:
    """What every flow of the file has; logging is configured for the whole application."""
    facts: dict[str, object] = {
        "platform": PLATFORM,
        "dialect": "mule3" if app.version == "mule3" else "mule4",
        "raw_type": raw_type(node),
        "kind": kind,
        "enabled": True,
        "caps": CAPS,
        "timeout": UNSUPPORTED,
        "logging": external("log4j2.xml of the application"),
        "tracing": external("the runtime"),
    }
    description = documented(node, "description")
    return facts | ({"description": description} if description else {})


def add_error_handler(root: Element, node: XmlNode, app: Application) -> None:
    """Hang a shared error handler under the root, as a flow of kind `error`."""
    name = node.attributes.get("name", "")
    facts = flow_facts(node, app, "error") | {"start": ()}
    keys = (f"error-handler:{name}",) if name else ()
    flow = Element("flow", name, root.document, node.pointer, parent=root, facts=facts, keys=keys)
    group = [node] if node.local not in _HANDLER_GROUPS else [one for one in node.children if is_mule(one)]
    waiting: deque[tuple[Element, XmlNode]] = deque()
    for one in group:
        _add_handler(flow, one, "global", waiting)
    _work(waiting, app)


def _grow(flow: Element, node: XmlNode, app: Application) -> None:
    _work(deque([(flow, node)]), app)


def _work(waiting: deque[tuple[Element, XmlNode]], app: Application) -> None:
    """Hang handlers and steps under each waiting scope; scopes among them wait in turn."""
    while waiting:
        scope, node = waiting.popleft()
        level = "flow" if scope.kind == "flow" else "scope"
        for one in node.children:
            if one.local in _HANDLER_GROUPS and "ref" not in one.attributes:
                for handler in one.children:
                    if is_mule(handler):
                        _add_handler(scope, handler, level, waiting)
            elif one.local in (*_HANDLER_GROUPS, *_HANDLER_REFERENCES, *_ACTIONS) and is_mule(one):
                _add_handler(scope, one, level, waiting)
        _add_steps(scope, node, app, waiting)


def _add_steps(scope: Element, node: XmlNode, app: Application, waiting: deque[tuple[Element, XmlNode]]) -> None:
    steps = child_steps(node)
    named = labels(name_of(one) for one in steps)
    apart = node.local in WAYS
    for position, one in enumerate(steps):
        follows = not apart and one.local not in _LEAVES and position + 1 < len(steps)
        facts = step_facts(one, app)
        facts["next"] = (Next(named[position + 1]),) if follows else ()
        facts["terminal"] = not follows
        if holds_steps(one):
            inner = labels(name_of(two) for two in child_steps(one))
            facts["branches"] = tuple(inner if one.local in WAYS else inner[:1])
        uses = list(step_uses(one, app))
        step = Element("step", name_of(one), scope.document, one.pointer, parent=scope, facts=facts, uses=uses)
        if holds_steps(one):
            waiting.append((step, one))


def _add_handler(scope: Element, node: XmlNode, level: str, waiting: deque[tuple[Element, XmlNode]]) -> None:
    reference = node.attributes.get("ref", "")
    facts: dict[str, object] = {"raw_type": raw_type(node), "level": level, "next": ()}
    if reference:
        facts |= {"action": "unknown", "body": (), "level": "global"}
        uses = [Use("calls", f"error-handler:{reference}", pointer=at(node, "ref"))]
        Element("handler", reference, scope.document, node.pointer, parent=scope, facts=facts, uses=uses)
        return
    types = tuple(one.strip() for one in node.attributes.get("type", "").split(",") if one.strip() not in _ANY)
    facts |= {
        "action": _ACTIONS.get(node.local, "unknown"),
        "catches": types,
        "logged": or_default(
            flag(node.attributes.get("logException"), at(node, "logException")), PLATFORM, "logException"
        ),
        "body": tuple(labels(name_of(one) for one in child_steps(node))),
    }
    if "when" in node.attributes:
        facts["condition"] = node.attributes["when"]
    name = ", ".join(types) or "any"
    handler = Element("handler", name, scope.document, node.pointer, parent=scope, facts=facts)
    waiting.append((handler, node))
