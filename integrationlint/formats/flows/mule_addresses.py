"""Where Mule components send to or listen: URLs from a configuration and a path, queues and topics, and their keys."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.keys import METHODS, http_key, http_path, join_paths
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_names import at, below, module, value
from integrationlint.formats.flows.values import explicit, expression, is_expression, text
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, State, Use, Value

_URLS: Final = ("url", "uri", "baseUri", "brokerUrl", "brokerHost", "serviceUrl", "wsdlLocation", "endpoint", "address")
_HOSTS: Final = ("host", "hostname", "server")
# The attribute that names a queue or topic, and what the name is of when nothing else says so.
_DESTINATIONS: Final = {
    "queueName": "queue",
    "queue": "queue",
    "queueUrl": "queue",
    "destination": "queue",
    "topicArn": "topic",
    "topic": "topic",
    "topics": "topic",
    "exchangeName": "topic",
    "address": "queue",
}
MESSAGING: Final = frozenset(
    "jms vm anypoint-mq amqp kafka solace sqs sns ibm-mq rabbitmq azure-service-bus pubsub mqtt stomp".split()
)
_FILES: Final = frozenset({"file", "ftp", "ftps", "sftp", "s3"})
_FILE_NAMES: Final = ("path", "directory", "workingDir", "key", "bucketName")


def connection_address(config: XmlNode) -> Value:
    """`protocol://host:port/base` of a configuration, or its URL; an expression when a part of it is one."""
    for part in (config, *below(config)):
        url = next((name for name in _URLS if name in part.attributes), "")
        if url:
            return value(part, url)
        host = next((name for name in _HOSTS if name in part.attributes), "")
        if host:
            written = part.attributes[host]
            protocol = part.attributes.get("protocol", "HTTP" if module(config) == "http" else "").lower()
            port = f":{part.attributes['port']}" if part.attributes.get("port") else ""
            base = part.attributes.get("basePath", config.attributes.get("basePath", ""))
            scheme = f"{protocol}://" if protocol else ""
            whole = join_paths(f"{scheme}{written}{port}", base) if base else f"{scheme}{written}{port}"
            return text(whole, at(part, host))
    return ABSENT


def request_address(node: XmlNode, app: Application) -> Value:
    """The URL of an http:request; only the path when its configuration is in another file."""
    if "url" in node.attributes:
        return value(node, "url")
    config = app.config(node)
    path = value(node, "path")
    if config is None:
        return path
    base = connection_address(config)
    if base.state is State.ABSENT:
        return path
    where = path.pointer if path.state is not State.ABSENT else base.pointer
    return text(join_paths(base.raw, path.raw) if path.raw else base.raw, where)


def request_uses(node: XmlNode, app: Application) -> Iterator[Use]:
    """The operation that an http:request calls; the base path of its configuration in front where it is known.

    Without a known base path, and beside it, the path alone is offered as inferred: contracts differ in whether
    their paths begin with it.
    """
    method = node.attributes.get("method", "GET").upper()
    own = "url" if "url" in node.attributes else "path"
    written = node.attributes.get(own, "/")
    if method not in METHODS or (own == "url" and "/" not in written.partition("://")[2] and is_expression(written)):
        return
    config = app.config(node)
    base = "" if config is None or own == "url" else _base_path(config)
    host = written.partition("://")[2].partition("/")[0] if own == "url" else _host(config)
    path, known = http_path(_literal(written))
    if path == "/" and not known:
        return
    plain, rooted = http_path(base)
    whole = join_paths(plain, path) if plain != "/" else path
    certain = known and rooted and not is_expression(host) and (own == "url" or config is not None)
    yield Use("calls", http_key(method, whole), tier="keyed" if certain else "inferred", pointer=at(node, own))
    if whole != path:
        yield Use("calls", http_key(method, path), tier="inferred", pointer=at(node, own))


def _host(config: XmlNode | None) -> str:
    for part in (config, *below(config)) if config is not None else ():
        name = next((name for name in _HOSTS if name in part.attributes), "")
        if name:
            return part.attributes[name]
    return ""


def _base_path(config: XmlNode) -> str:
    """The base path, on the configuration (Mule 4) or its connection."""
    return next((part.attributes["basePath"] for part in (config, *below(config)) if "basePath" in part.attributes), "")


def _literal(path: str) -> str:
    """`#['/orders/' ++ vars.id]` as `/orders/{}`: the literal parts of a concatenation."""
    inner = path.strip()
    if not (inner.startswith("#[") and inner.endswith("]")):
        return path
    pieces = [piece.strip() for piece in inner[2:-1].split("++")]
    quoted = [piece[0] if piece[:1] in ("'", '"') and piece[-1:] == piece[:1] else "" for piece in pieces]
    if not pieces[0].strip("'\"").startswith("/") or not quoted[0]:
        return path
    return "".join(piece.strip(mark) if mark else "{}" for piece, mark in zip(pieces, quoted, strict=True))


def destination(node: XmlNode) -> Value:
    """The queue, topic, file or other address that is written on a component."""
    prefix = module(node)
    if prefix in MESSAGING:
        name = next((name for name in _DESTINATIONS if name in node.attributes), "destination")
        return value(node, name)
    if prefix in _FILES:
        return value(node, *_FILE_NAMES)
    return value(node, *_URLS)


def destination_uses(role: str, node: XmlNode) -> Iterator[Use]:
    """The queue or topic of a messaging component, by name; a name that is an expression has no key."""
    if module(node) not in MESSAGING:
        return
    name = next((name for name in _DESTINATIONS if name in node.attributes), "")
    written = node.attributes.get(name, "").strip()
    if written and not is_expression(written):
        kind = node.attributes.get("destinationType", _DESTINATIONS[name]).lower()
        kind = "topic" if kind == "topic" or node.local.startswith("topic") else "queue"
        last = written.rpartition("/")[2] if "://" in written else written
        yield Use(role, f"{kind}:{last}", tier="keyed", pointer=at(node, name))


def listener_address(node: XmlNode, app: Application) -> Value:
    """The path that an http:listener listens on, with the base path of its configuration."""
    path = node.attributes.get("path")
    if path is None:
        return ABSENT
    config = app.config(node)
    whole = join_paths(_base_path(config), path) if config is not None else path
    where = at(node, "path")
    return expression(whole, where) if is_expression(whole) else explicit("/" + whole.lstrip("/"), where)


def listener_keys(node: XmlNode, app: Application) -> Iterator[str]:
    """The keys that a listener offers; none when it takes a wildcard."""
    address = listener_address(node, app)
    if address.state is not State.EXPLICIT or "*" in address.raw:
        return
    allowed = [one.strip().upper() for one in node.attributes.get("allowedMethods", ",".join(METHODS)).split(",")]
    path, _ = http_path(str(address.value))
    yield from (http_key(method, path) for method in METHODS if method in allowed)
