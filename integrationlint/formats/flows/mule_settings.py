"""Settings of Mule components: their own, else those of their configuration, else the documented default."""

from collections.abc import Iterable
from typing import Final

from integrationlint.formats.flows.defaults import default, or_default
from integrationlint.formats.flows.keys import is_secret
from integrationlint.formats.flows.mule_application import Application
from integrationlint.formats.flows.mule_connections import (
    PLATFORM,
    Secured,
    written_login,
    written_retry,
    written_timeout,
    written_tls,
)
from integrationlint.formats.flows.mule_names import at, is_mule, module, raw_type
from integrationlint.formats.flows.values import duration, explicit, expression, external, is_expression, number
from integrationlint.model.document import XmlNode
from integrationlint.model.element import ABSENT, Retry, State, Value
from integrationlint.model.flow import labels

_DEFAULT_TIMEOUTS: Final = {
    "http:request": "http.responseTimeout",
    "vm:publish": "vm.timeout",
    "vm:consume": "vm.timeout",
    "vm:publish-consume": "vm.timeout",
    "jms:consume": "jms.maximumWait",
    "jms:publish-consume": "jms.maximumWait",
    "anypoint-mq:consume": "anypoint-mq.pollingTime",
}


def timeout(node: XmlNode, app: Application) -> Value:
    """The effective timeout of an operation in milliseconds."""
    own = written_timeout([node])
    if own.state is not State.ABSENT:
        return own
    found = app.connection(node)
    if found is None:
        return elsewhere(node)
    return found.timeout if found.timeout.state is not State.ABSENT else _default_timeout(node, app)


def _default_timeout(node: XmlNode, app: Application) -> Value:
    kind = raw_type(node)
    if kind == "http:request" and app.response_timeout.state is not State.ABSENT:
        return app.response_timeout
    if module(node) == "db":
        return default(PLATFORM, "db.queryTimeout")
    return default(PLATFORM, _DEFAULT_TIMEOUTS[kind]) if kind in _DEFAULT_TIMEOUTS else ABSENT


def elsewhere(node: XmlNode) -> Value:
    """The value is in a configuration that is not in this file."""
    return external(f"configuration {node.attributes.get('config-ref', '')}", at(node, "config-ref"))


def retry(node: XmlNode, app: Application) -> Retry | Value:
    """How a lost connection is taken up again; ABSENT when the operation fails at once."""
    own = written_retry(node.children)
    if isinstance(own, Retry):
        return own
    found = app.connection(node)
    return elsewhere(node) if found is None else found.retry


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
    """TLS of the connection that an operation uses; its own URL says more than the configuration."""
    own = written_tls([node])
    found = app.connection(node)
    if found is None:
        return Secured(elsewhere(node), elsewhere(node))
    return found.secured if own.state is State.ABSENT else Secured(own, found.secured.verified)


def login(node: XmlNode, app: Application) -> Value:
    """How an operation proves who it is."""
    found = app.connection(node)
    return elsewhere(node) if found is None else found.login if found.login != ABSENT else written_login([node])


def secrets(node: XmlNode, nodes: Iterable[XmlNode]) -> dict[str, Value]:
    """The secrets in attributes of the nodes, by attribute name; one that is written out loses its text."""
    found: list[tuple[str, Value]] = []
    for part in nodes:
        for name, written in part.attributes.items():
            if is_mule(part) and written and "}" not in name and (is_secret(name) or _key(part, name)):
                where = at(part, name)
                hidden = expression(written, where) if is_expression(written) else explicit(None, where)
                found.append((name if part is node else f"{part.local}.{name}", hidden))
    return dict(zip(labels(name for name, _ in found), (value for _, value in found), strict=True))


def _key(node: XmlNode, name: str) -> bool:
    return name == "key" and module(node) == "secure-properties"
