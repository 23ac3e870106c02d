"""Which kind of neutral step a Mule component is, which hold steps, and which start a flow."""

import re
from functools import lru_cache
from typing import Final

from integrationlint.formats.flows.mule_addresses import MESSAGING
from integrationlint.formats.flows.mule_names import is_mule, module, raw_type
from integrationlint.model.document import XmlNode

_CORE: Final = {
    **dict.fromkeys(("logger",), "log"),
    **dict.fromkeys(("set-payload", "parse-template", "transformer", "transform"), "transform"),
    **dict.fromkeys(("set-variable", "remove-variable", "set-property", "remove-property"), "state"),
    **dict.fromkeys(("set-session-variable", "remove-session-variable", "set-transaction-id"), "state"),
    **dict.fromkeys(("choice", "first-successful", "round-robin"), "branch"),
    **dict.fromkeys(("scatter-gather", "all"), "parallel"),
    **dict.fromkeys(("foreach", "parallel-foreach"), "loop"),
    **dict.fromkeys(("try", "transactional"), "try"),
    **dict.fromkeys(("until-successful", "async", "when", "otherwise", "route", "enricher"), "scope"),
    **dict.fromkeys(("processor-chain", "wire-tap", "response"), "scope"),
    **dict.fromkeys(("flow-ref",), "subflow"),
    **dict.fromkeys(("raise-error",), "raise"),
    **dict.fromkeys(("idempotent-message-validator", "message-filter", "expression-filter"), "validate"),
    **dict.fromkeys(("idempotent-message-filter", "idempotent-redelivery-policy"), "validate"),
    **dict.fromkeys(("component", "expression-component", "invoke"), "script"),
}
# Modules whose operations are all of one kind; what is not here and not messaging calls another system.
_MODULES: Final = {
    **dict.fromkeys(
        ("dw", "crypto", "compression", "csv", "mulexml", "xml-module", "json", "secure-properties"), "transform"
    ),
    **dict.fromkeys(("validation", "munit-tools"), "validate"),
    **dict.fromkeys(("scripting", "java", "groovy", "script"), "script"),
    **dict.fromkeys(("os", "objectstore", "munit"), "state"),
    **dict.fromkeys(("json-logger", "tracking", "tracing", "custom-logger"), "log"),
    **dict.fromkeys(("batch", "aggregators", "http-policy"), "scope"),
    **dict.fromkeys(("email", "smtp"), "notify"),
    "spring": "other",
}
_OPERATIONS: Final = {
    "ee:transform": "transform",
    "ee:cache": "scope",
    "apikit:router": "validate",
    "apikit:console": "respond",
    "batch:job": "loop",
    "wsc:consume": "call",
    "http:load-static-resource": "respond",
    "munit:behavior": "scope",
    "munit:execution": "scope",
    "munit:validation": "scope",
    "munit-tools:mock-when": "other",
    "munit-tools:spy": "other",
    "email:send": "notify",
}
_CALLS: Final = re.compile(r"publish-consume|request")
_RECEIVES: Final = re.compile(r"^(?:consume|receive|read|poll)")
_SETTLES: Final = re.compile(r"^(?:ack|nack|recover|rollback|commit|reject)")
_SOURCE: Final = re.compile(
    r"listener$|^on-(?!error)|^subscriber$|^inbound-endpoint$|^(?:new|modified|deleted|updated)-|^replay-|^subscribe-"
)
# Scopes in which each child is one of several ways, not one after the other.
WAYS: Final = frozenset({"choice", "scatter-gather", "all", "first-successful", "round-robin", "process-records"})
# Scopes whose children are steps. A scope of a module that is not known may hold parameters as well.
_HOLDERS: Final = frozenset({"branch", "parallel", "loop", "try", "scope"})
_NO_STEPS: Final = frozenset(
    "annotations description error-handler reconnection reconnect reconnect-forever redelivery-policy"
    " scheduling-strategy catch-exception-strategy rollback-exception-strategy choice-exception-strategy"
    " exception-strategy on-error on-error-propagate on-error-continue default-exception-strategy"
    " request-builder response-builder error-response-builder threading-profile custom-aggregation-strategy"
    " watermark mock-when-return content attributes variables".split()
)


def step_kind(node: XmlNode) -> str:
    """The neutral kind of a component; `other` for what is not known."""
    return _kind(raw_type(node))


@lru_cache(maxsize=1000)
def _kind(raw: str) -> str:
    prefix, _, local = raw.rpartition(":")
    if not prefix:
        return _CORE.get(local, "other")
    found = _OPERATIONS.get(raw) or _MODULES.get(prefix)
    if found == "transform" and local.startswith("validate"):
        return "validate"
    if found is not None:
        return found
    return _messaging_kind(local) if prefix in MESSAGING else "call"


def _messaging_kind(operation: str) -> str:
    if _CALLS.search(operation):
        return "call"
    if _RECEIVES.match(operation):
        return "receive"
    if _SETTLES.match(operation):
        return "state"
    return "publish"


def _is_source(node: XmlNode) -> bool:
    """Whether a component starts the flow that begins with it."""
    if not module(node):
        return node.local in ("scheduler", "poll", "inbound-endpoint", "composite-source")
    return _SOURCE.search(node.local) is not None


def holds_steps(node: XmlNode) -> bool:
    """Whether the children of a component are steps."""
    return step_kind(node) in _HOLDERS


def child_steps(node: XmlNode) -> list[XmlNode]:
    """The children that are steps, in order; the source that a flow begins with is none."""
    found = [one for one in node.children if is_mule(one) and one.local not in _NO_STEPS]
    return found[1:] if source(node) is not None else found


def source(node: XmlNode) -> XmlNode | None:
    """The component that starts a flow: its first, if it is a source."""
    if node.local != "flow":
        return None
    first = next((one for one in node.children if is_mule(one) and one.local not in _NO_STEPS), None)
    return first if first is not None and _is_source(first) else None
