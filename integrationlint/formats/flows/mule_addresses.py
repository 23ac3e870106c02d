"""Where Mule components send to or listen: URLs from a configuration and a path, queues and topics, and their keys."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.keys import METHODS, http_key, http_path, join_paths, literal_parts
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_connections import URLS
from integrationlint.formats.flows.mule_names import at, module, value
from integrationlint.formats.flows.values import is_expression, text
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, State, Use, Value

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
    "address": "topic",
    "path": "queue",
}
MESSAGING: Final = frozenset(
    "jms vm anypoint-mq amqp kafka solace sqs sns ibm-mq rabbitmq azure-service-bus pubsub mqtt stomp".split()
)
_FILES: Final = frozenset({"file", "ftp", "ftps", "sftp", "s3"})
_FILE_NAMES: Final = ("path", "directory", "workingDir", "key", "bucketName")


def request_address(node: XmlNode, app: Application) -> Value:
    """The URL of an http:request; only the path when its configuration is in another file."""
    if "url" in node.attributes:
        return value(node, "url")
    found = app.connection(node)
    path = value(node, "path")
    if found is None or found.address.state is State.ABSENT:
        return path
    where = path.pointer if path.state is not State.ABSENT else found.address.pointer
    return text(join_paths(found.address.raw, path.raw) if path.raw else found.address.raw, where)


def request_uses(node: XmlNode, app: Application) -> Iterator[Use]:
    """The operation that an http:request calls; the base path of its configuration in front where it is known.

    Beside it the path alone is offered as inferred: contracts differ in whether their paths begin with the base.
    """
    method = node.attributes.get("method", "GET").upper()
    own = "url" if "url" in node.attributes else "path"
    written = node.attributes.get(own, "/")
    found = app.connection(node)
    path, known = http_path(_literal(written))
    if method not in METHODS or (path == "/" and not known):
        return
    base, rooted = http_path(found.base if found is not None and own == "path" else "")
    whole = join_paths(base, path) if base != "/" else path
    host = written.partition("://")[2].partition("/")[0] if own == "url" else found.host if found is not None else "${"
    certain = known and rooted and host != "" and not is_expression(host)
    yield Use("calls", http_key(method, whole), tier="keyed" if certain else "inferred", pointer=at(node, own))
    if whole != path:
        yield Use("calls", http_key(method, path), tier="inferred", pointer=at(node, own))


def _literal(path: str) -> str:
    """`#['/orders/' ++ vars.id]` as `/orders/{}`."""
    inner = path.strip()
    whole = inner.startswith("#[") and inner.endswith("]")
    return (literal_parts(inner[2:-1], "++") or path) if whole else path


def destination(node: XmlNode) -> Value:
    """The queue, topic, file or other address that is written on a component."""
    prefix = module(node)
    if prefix in MESSAGING:
        name = next((name for name in _DESTINATIONS if name in node.attributes), "destination")
        return value(node, name)
    if prefix in _FILES:
        return value(node, *_FILE_NAMES)
    return value(node, *URLS)


def destination_uses(role: str, node: XmlNode) -> Iterator[Use]:
    """The queue or topic of a messaging component, by name; a name that is an expression has no key."""
    if module(node) not in MESSAGING:
        return
    name = next((name for name in _DESTINATIONS if name in node.attributes), "")
    written = node.attributes.get(name, "").strip()
    if written and not is_expression(written):
        last = written.rpartition("/")[2] if "://" in written else written
        yield Use(role, f"{_destination_kind(node, name)}:{last}", tier="keyed", pointer=at(node, name))


def _destination_kind(node: XmlNode, name: str) -> str:
    """`queue` or `topic`: as the component says, else by its operation (Solace), else by the attribute."""
    said = node.attributes.get("destinationType", "").lower()
    if said in ("queue", "topic"):
        return said
    if name == "address":
        return "queue" if "queue" in node.local or node.local == "consume" else "topic"
    return "topic" if node.local.startswith("topic") else _DESTINATIONS[name]


def listener_address(node: XmlNode, app: Application) -> Value:
    """The path that an http:listener listens on, with the base path of its configuration."""
    path = node.attributes.get("path")
    if path is None:
        return ABSENT
    found = app.connection(node)
    whole = "/" + join_paths(found.base if found is not None else "", path).lstrip("/")
    return text(whole, at(node, "path"))


def listener_keys(node: XmlNode, app: Application) -> Iterator[str]:
    """The keys that a listener offers; none when it takes a wildcard."""
    address = listener_address(node, app)
    if address.state is not State.EXPLICIT or "*" in address.raw:
        return
    allowed = [one.strip().upper() for one in node.attributes.get("allowedMethods", ",".join(METHODS)).split(",")]
    path, _ = http_path(address.raw)
    yield from (http_key(method, path) for method in METHODS if method in allowed)
