"""What a Mule configuration says for every component that refers to it: address, timeout, reconnection, TLS, login."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from integrationlint.formats.flows.defaults import default, or_default
from integrationlint.formats.flows.keys import join_paths
from integrationlint.formats.flows.mule_names import at, below, first, module, raw_type, value
from integrationlint.formats.flows.values import duration, explicit, flag, number, text
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, Retry, State, Value

PLATFORM: Final = "mule"
URLS: Final = ("url", "uri", "baseUri", "brokerUrl", "brokerHost", "serviceUrl", "wsdlLocation", "endpoint")
_HOSTS: Final = ("host", "hostname", "server")
# How long an operation may take, by attribute; a bare number counts in milliseconds except in `_in_seconds`.
_TIMEOUTS: Final = (
    "responseTimeout",
    "queryTimeout",
    "requestTimeout",
    "maximumWait",
    "pollingTime",
    "timeout",
    "timeOut",
    "readTimeout",
    "connectionTimeout",
)
_LOGINS: Final = ("user", "username", "clientId", "clientUserName", "principal", "accessKey", "saslMechanism")


class Secured(NamedTuple):
    """Whether a connection is encrypted, and whether the certificate of the other side is checked."""

    tls: Value
    verified: Value


_UNKNOWN: Final = Secured(ABSENT, ABSENT)


@dataclass(frozen=True, slots=True)
class Connection:
    """What one configuration says. `host` and `base` are texts, empty where nothing is written."""

    address: Value = ABSENT
    host: str = ""
    base: str = ""
    timeout: Value = ABSENT
    retry: Retry | Value = ABSENT
    secured: Secured = _UNKNOWN
    login: Value = ABSENT


def connection(config: XmlNode, contexts: Mapping[str, XmlNode]) -> Connection:
    """Read a configuration with all that it holds; `contexts` are the TLS contexts of the file by name."""
    nodes = [config, *below(config)]
    base = next((node.attributes["basePath"] for node in nodes if "basePath" in node.attributes), "")
    hosted = next(((node, name) for node in nodes for name in _HOSTS if name in node.attributes), None)
    return Connection(
        address=_address(nodes, hosted, base),
        host=hosted[0].attributes[hosted[1]] if hosted else "",
        base=base,
        timeout=written_timeout(nodes),
        retry=written_retry(nodes),
        secured=_secured(nodes, contexts),
        login=written_login(nodes),
    )


def _address(nodes: Iterable[XmlNode], hosted: tuple[XmlNode, str] | None, base: str) -> Value:
    """`protocol://host:port/base`, or the URL that is written; an expression when a part of it is one."""
    for node in nodes:
        url = next((name for name in URLS if name in node.attributes), "")
        if url:
            return value(node, url)
    if hosted is None:
        return ABSENT
    node, name = hosted
    protocol = node.attributes.get("protocol", "HTTP" if module(node) == "http" else "").lower()
    port = f":{node.attributes['port']}" if node.attributes.get("port") else ""
    whole = f"{protocol}://{node.attributes[name]}{port}" if protocol else f"{node.attributes[name]}{port}"
    return text(join_paths(whole, base) if base else whole, at(node, name))


def written_timeout(nodes: Iterable[XmlNode]) -> Value:
    """The first timeout attribute of the nodes, in milliseconds."""
    for node in nodes:
        name = next((name for name in _TIMEOUTS if name in node.attributes), "")
        if name:
            unit = "s" if _in_seconds(module(node), name) else "ms"
            unit = node.attributes.get(f"{name}Unit", node.attributes.get("timeUnit", unit))
            return duration(node.attributes[name], at(node, name), unit)
    return ABSENT


def _in_seconds(prefix: str, name: str) -> bool:
    return name == "queryTimeout" or prefix in ("ftp", "ftps", "sftp", "email", "vm")


def written_retry(nodes: Iterable[XmlNode]) -> Retry | Value:
    """The first reconnection strategy among the nodes."""
    for node in nodes:
        if node.local == "reconnect-forever":
            return _reconnect(node, explicit(-1, node.pointer))
        if node.local == "reconnect":
            count = number(node.attributes.get("count"), at(node, "count"))
            return _reconnect(node, or_default(count, PLATFORM, "reconnect.count"))
    return ABSENT


def _reconnect(node: XmlNode, attempts: Value) -> Retry:
    frequency = duration(node.attributes.get("frequency"), at(node, "frequency"))
    return Retry(attempts, or_default(frequency, PLATFORM, "reconnect.frequency"), scope="connection")


def written_login(nodes: Iterable[XmlNode]) -> Value:
    """The kind of authentication, or the attribute that names the user."""
    for node in nodes:
        if node.local == "authentication" and node.children:
            return explicit(raw_type(node.children[0]), node.pointer)
        if node.local.endswith("-grant-type"):
            return explicit(raw_type(node), node.pointer)
        name = next((name for name in _LOGINS if name in node.attributes), "")
        if name:
            return value(node, name)
    return ABSENT


def _secured(nodes: list[XmlNode], contexts: Mapping[str, XmlNode]) -> Secured:
    tls, verified = ABSENT, ABSENT
    for node in nodes:
        protocol = node.attributes.get("protocol", "").upper()
        if protocol in ("HTTP", "HTTPS"):
            tls = explicit(protocol == "HTTPS", at(node, "protocol"))
    for context in _contexts(nodes, contexts):
        if tls.state is State.ABSENT:
            tls = explicit(value=True, pointer=context.pointer)
        verified = _checked(context) or verified
    if tls.state is State.ABSENT:
        tls = written_tls(nodes)
    if tls.state is State.ABSENT and module(nodes[0]) == "http":
        tls = Value(State.DEFAULT, value=False, cite=default(PLATFORM, "http.protocol").cite)
    return Secured(tls, or_default(verified, PLATFORM, "tls.insecure") if tls.value is True else verified)


def written_tls(nodes: Iterable[XmlNode]) -> Value:
    """What the scheme of a written URL says."""
    for node in nodes:
        for name in URLS:
            scheme, found, _ = node.attributes.get(name, "").partition("://")
            if found and "{" not in scheme:
                return explicit(scheme.endswith("s") or scheme in ("ssl", "tls"), at(node, name))
    return ABSENT


def _contexts(nodes: Iterable[XmlNode], contexts: Mapping[str, XmlNode]) -> Iterator[XmlNode]:
    """The TLS contexts that the nodes are or refer to."""
    for node in nodes:
        if raw_type(node) == "tls:context":
            yield node
        named = contexts.get(node.attributes.get("tlsContext", ""))
        if named is not None:
            yield named


def _checked(context: XmlNode) -> Value | None:
    """Whether certificates are checked, where the trust store says so."""
    store = first(context, "trust-store")
    if store is None or "insecure" not in store.attributes:
        return None
    insecure = flag(store.attributes["insecure"], at(store, "insecure"))
    known = insecure.state is State.EXPLICIT
    return explicit(insecure.value is False, insecure.pointer, insecure.raw) if known else insecure
