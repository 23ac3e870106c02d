"""Global elements of a Mule file: connections, properties, contracts, stores, as resources."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.keys import is_secret
from integrationlint.formats.flows.mule_addresses import MESSAGING
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_connections import PLATFORM, Connection
from integrationlint.formats.flows.mule_names import at, below, is_mule, module, raw_type, value
from integrationlint.formats.flows.mule_settings import secrets
from integrationlint.formats.flows.values import explicit, is_expression, text
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element, Use, Value
from integrationlint.model.flow import labels

_KINDS: Final = {
    "http": "endpoint",
    "sockets": "endpoint",
    "websocket": "endpoint",
    "wsc": "endpoint",
    "ws": "endpoint",
    "db": "database",
    "mongo": "database",
    "redis": "database",
    "os": "database",
    "objectstore": "database",
    **dict.fromkeys(MESSAGING, "queue"),
    **dict.fromkeys(("file", "ftp", "ftps", "sftp", "s3"), "file"),
    "apikit": "contract",
    "api-gateway": "contract",
    "tls": "credential",
    "secure-properties": "credential",
    "oauth": "credential",
    "munit": "configuration",
}
_CORE: Final = {
    "configuration-properties": "property",
    "global-property": "property",
    "configuration": "configuration",
    "import": "file",
    "object-store": "database",
}
_FILES: Final = {
    "configuration-properties": ("file", "reads"),
    "secure-properties:config": ("file", "reads"),
    "apikit:config": ("api", "validates"),
    "import": ("file", "contains"),
}
_NAMES: Final = ("name", "config-ref")


def add_resource(root: Element, node: XmlNode, app: Application) -> None:
    """Hang a global element under the root."""
    kind = raw_type(node)
    own = node.attributes.get("name", "")
    nodes = [node, *below(node)]
    facts: dict[str, object] = {
        "resource": _CORE.get(kind, "configuration") if not module(node) else _KINDS.get(module(node), "saas"),
        "platform": PLATFORM,
        "raw_type": kind,
        "enabled": True,
    }
    if module(node):
        facts |= _connection_facts(node, app.connections.get(own, Connection()))
    hidden = secrets(node, nodes)
    if kind == "global-property" and (is_secret(own) or own.rpartition(".")[2] == "key"):
        given = value(node, "value")
        hidden = {own: explicit(None, given.pointer) if given.value is not None else given}
    elif kind == "global-property":
        hidden = {}
    facts["secrets"] = hidden
    facts["settings"] = _settings(node, nodes, hidden)
    keys = [f"config:{own}"] if own and kind != "global-property" else []
    keys += [
        f"queue:{one.attributes['queueName']}" for one in nodes if kind == "vm:config" and "queueName" in one.attributes
    ]
    uses = list(_uses(node, nodes, app))
    Element("resource", own or kind, root.document, node.pointer, parent=root, facts=facts, keys=tuple(keys), uses=uses)


def _connection_facts(node: XmlNode, found: Connection) -> dict[str, object]:
    return {
        "protocol": module(node),
        "address": found.address,
        "timeout": found.timeout,
        "retry": found.retry,
        "auth": found.login,
        "tls": found.secured.tls,
        "verified": found.secured.verified,
    }


def _settings(node: XmlNode, nodes: list[XmlNode], hidden: dict[str, Value]) -> dict[str, Value]:
    """Every other attribute by name, those of nested elements with the element in front; `~2` for the second."""
    secret = {found.pointer for found in hidden.values()}
    found = [
        (name if part is node else f"{part.local}.{name}", text(written, at(part, name)))
        for part in nodes
        for name, written in part.attributes.items()
        if is_mule(part) and "}" not in name and not (part is node and name in _NAMES) and at(part, name) not in secret
    ]
    return dict(zip(labels(name for name, _ in found), (value for _, value in found), strict=True))


def _uses(node: XmlNode, nodes: list[XmlNode], app: Application) -> Iterator[Use]:
    kind = raw_type(node)
    if kind in _FILES:
        name, role = _FILES[kind]
        attribute = "raml" if name == "api" and "api" not in node.attributes else name
        yield from app.classpath(role, node.attributes.get(attribute, ""), at(node, attribute))
    reference = node.attributes.get("defaultErrorHandler-ref", "")
    if reference:
        yield Use("calls", f"error-handler:{reference}", pointer=at(node, "defaultErrorHandler-ref"))
    guarded = node.attributes.get("flowRef", "")
    if guarded and not is_expression(guarded):
        yield Use("extends", f"flow:{guarded}", pointer=at(node, "flowRef"))
    for part in nodes:
        yield from app.classpath("reads", part.attributes.get("wsdlLocation", ""), at(part, "wsdlLocation"))
