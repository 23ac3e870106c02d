"""Settings of Mule components that may stand on the component or in its configuration: timeouts, retries, TLS, login."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from integrationlint.formats.flows.defaults import default, or_default
from integrationlint.formats.flows.keys import is_secret
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_names import at, below, first, is_mule, module, raw_type, value
from integrationlint.formats.flows.values import duration, explicit, expression, external, flag, number
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, Retry, State, Value

PLATFORM: Final = "mule"
# How long an operation may take, by attribute; with the unit in which a bare number counts.
_TIMEOUTS: Final = {
    "responseTimeout": "ms",
    "queryTimeout": "s",
    "requestTimeout": "ms",
    "maximumWait": "ms",
    "pollingTime": "ms",
    "timeout": "ms",
    "timeOut": "ms",
    "readTimeout": "ms",
    "connectionTimeout": "ms",
}
_SECONDS: Final = frozenset({("vm", "timeout"), ("ftp", "responseTimeout"), ("sftp", "responseTimeout")})
# Modules whose file and mail connections count in seconds when no unit is written.
_SECOND_MODULES: Final = frozenset({"ftp", "ftps", "sftp", "email"})
_DEFAULT_TIMEOUTS: Final = {
    "http:request": "http.responseTimeout",
    "vm:publish": "vm.timeout",
    "vm:consume": "vm.timeout",
    "vm:publish-consume": "vm.timeout",
    "jms:consume": "jms.maximumWait",
    "jms:publish-consume": "jms.maximumWait",
    "anypoint-mq:consume": "anypoint-mq.pollingTime",
}
_LOGINS: Final = ("user", "username", "clientId", "clientUserName", "principal", "accessKey", "saslMechanism")


class Secured(NamedTuple):
    """Whether a connection is encrypted, and whether the certificate of the other side is checked."""

    tls: Value
    verified: Value


def parts(node: XmlNode, config: XmlNode | None) -> Iterator[XmlNode]:
    """Where settings of a component may be written: itself, then its configuration and what that holds."""
    yield node
    if config is not None:
        yield config
        yield from below(config)


def timeout(node: XmlNode, app: Application) -> Value:
    """The effective timeout: own attribute, the configuration's, the application's, the documented default."""
    config = app.config(node)
    for part in parts(node, config):
        for name, unit in _TIMEOUTS.items():
            if name in part.attributes:
                return _timed(part, name, unit)
    if config is None and "config-ref" in node.attributes:
        return _elsewhere(node)
    return default_timeout(node, app)


def default_timeout(node: XmlNode, app: Application) -> Value:
    """What holds when neither the component nor its configuration says anything."""
    kind = raw_type(node)
    if kind == "http:request":
        for one in app.root.children:
            if raw_type(one) == "configuration" and "defaultResponseTimeout" in one.attributes:
                return _timed(one, "defaultResponseTimeout", "ms")
    if module(node) == "db":
        return default(PLATFORM, "db.queryTimeout")
    return default(PLATFORM, _DEFAULT_TIMEOUTS[kind]) if kind in _DEFAULT_TIMEOUTS else ABSENT


def _timed(node: XmlNode, name: str, unit: str) -> Value:
    prefix = module(node)
    if (prefix, name) in _SECONDS or prefix in _SECOND_MODULES:
        unit = "s"
    written = node.attributes.get(f"{name}Unit", node.attributes.get("timeUnit", unit))
    return duration(node.attributes.get(name), at(node, name), written)


def _elsewhere(node: XmlNode) -> Value:
    return external(f"configuration {node.attributes.get('config-ref', '')}", at(node, "config-ref"))


def retry(node: XmlNode, app: Application) -> Retry | Value:
    """How a lost connection is taken up again; ABSENT when the operation fails at once."""
    config = app.config(node)
    for part in parts(node, config):
        for one in part.children if part is node else (part,):
            if one.local == "reconnect-forever":
                return _reconnect(one, explicit(-1, one.pointer))
            if one.local == "reconnect":
                count = number(one.attributes.get("count"), at(one, "count"))
                return _reconnect(one, or_default(count, PLATFORM, "reconnect.count"))
    return _elsewhere(node) if config is None and "config-ref" in node.attributes else ABSENT


def _reconnect(node: XmlNode, attempts: Value) -> Retry:
    frequency = duration(node.attributes.get("frequency"), at(node, "frequency"))
    return Retry(attempts, or_default(frequency, PLATFORM, "reconnect.frequency"), scope="connection")


def until_successful(node: XmlNode) -> Retry:
    """The retries of an `until-successful` scope."""
    attempts = number(node.attributes.get("maxRetries"), at(node, "maxRetries"))
    delay = duration(node.attributes.get("millisBetweenRetries"), at(node, "millisBetweenRetries"))
    return Retry(
        or_default(attempts, PLATFORM, "until-successful.maxRetries"),
        or_default(delay, PLATFORM, "until-successful.millisBetweenRetries"),
        scope="scope",
    )


def secured(node: XmlNode, app: Application) -> Secured:
    """TLS of the connection that a component uses."""
    config = app.config(node)
    if config is None and "config-ref" in node.attributes:
        return Secured(_elsewhere(node), _elsewhere(node))
    found, checked, web = ABSENT, ABSENT, module(node) == "http"
    for part in parts(node, config):
        if "protocol" in part.attributes and part.attributes["protocol"].upper() in ("HTTP", "HTTPS"):
            found = explicit(part.attributes["protocol"].upper() == "HTTPS", at(part, "protocol"))
        for context in _contexts(part, app):
            found = found if found.state is State.EXPLICIT else explicit(value=True, pointer=context.pointer)
            checked = _checked(context, checked)
    if found.state is State.ABSENT:
        url = value(node, "url")
        if "://" in url.raw:
            found = explicit(url.raw.startswith("https:"), url.pointer)
        elif web:
            found = Value(State.DEFAULT, value=False, cite=default(PLATFORM, "http.protocol").cite)
    return Secured(found, or_default(checked, PLATFORM, "tls.insecure") if found.value is True else checked)


def _contexts(part: XmlNode, app: Application) -> Iterator[XmlNode]:
    """The TLS contexts that a part is or refers to."""
    if raw_type(part) == "tls:context":
        yield part
    named = app.configs.get(part.attributes.get("tlsContext", ""))
    if named is not None:
        yield named


def _checked(context: XmlNode, checked: Value) -> Value:
    store = first(context, "trust-store")
    if store is None or "insecure" not in store.attributes:
        return checked
    insecure = flag(store.attributes["insecure"], at(store, "insecure"))
    known = insecure.state is State.EXPLICIT
    return explicit(insecure.value is False, insecure.pointer, insecure.raw) if known else insecure


def login(node: XmlNode, app: Application) -> Value:
    """How a component proves who it is: the kind of authentication, or the attribute that names the user."""
    config = app.config(node)
    for part in parts(node, config):
        if part.local == "authentication" and part.children:
            return explicit(raw_type(part.children[0]), part.pointer)
        if part.local.endswith("-grant-type"):
            return explicit(raw_type(part), part.pointer)
        name = next((name for name in _LOGINS if name in part.attributes), "")
        if name:
            return value(part, name)
    return _elsewhere(node) if config is None and "config-ref" in node.attributes else ABSENT


def secrets(node: XmlNode, nodes: Iterator[XmlNode]) -> dict[str, Value]:
    """The secrets in attributes of the nodes, by attribute name; one that is written out loses its text."""
    found: dict[str, Value] = {}
    for part in nodes:
        for name, written in part.attributes.items():
            local = name.rpartition("}")[2]
            if is_mule(part) and written and "}" not in name and (is_secret(local) or _key(part, local)):
                path = local if part is node else f"{part.local}.{local}"
                where = at(part, local)
                hidden = "${" in written or "#[" in written
                found[path] = expression(written, where) if hidden else explicit(None, where)
    return found


def _key(node: XmlNode, name: str) -> bool:
    return name == "key" and module(node) == "secure-properties"
