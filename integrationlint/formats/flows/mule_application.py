"""What the parts of one Mule file share: its named configurations, its API routes, its place in the project."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final

from integrationlint.formats.flows.keys import METHODS, join_paths
from integrationlint.formats.flows.mule_connections import Connection, connection
from integrationlint.formats.flows.mule_names import at, below, is_mule, module, raw_type
from integrationlint.formats.flows.values import duration, is_expression
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import ABSENT, Use, Value

_SOURCES: Final = re.compile(r"(?:^|/)src/(?:main|test)/")
_MUNIT: Final = "munit"
# What only Mule 3 has: its own exception strategies, inbound and outbound endpoints, the dw module, MEL.
_MULE3: Final = frozenset(
    "catch-exception-strategy rollback-exception-strategy choice-exception-strategy exception-strategy"
    " inbound-endpoint outbound-endpoint set-session-variable expression-component enricher processor-chain poll"
    " message-properties-transformer byte-array-to-string-transformer object-to-json-transformer".split()
)
_NO_CONFIGS: Final = ("flow", "sub-flow", "error-handler", "test")
_NOTHING: Final = Connection()
_MULE3_PREFIXES: Final = ("#[flowVars", "#[message.", "#[sessionVars", "#[recordVars")


@dataclass(frozen=True, slots=True)
class Route:
    """An operation that an API router dispatches to a flow; `config` names the router's configuration."""

    method: str
    resource: str
    config: str


@dataclass(frozen=True, slots=True)
class Application:
    """A Mule file: its document and root, what its configurations say, routes by flow, prefixes by router config.

    `guarded` are the flows that API Manager applies policies to; `response_timeout` is the application's own default.
    """

    document: Document
    root: XmlNode
    connections: Mapping[str, Connection]
    routes: Mapping[str, Route]
    prefixes: Mapping[str, str]
    guarded: frozenset[str]
    response_timeout: Value
    version: str

    def connection(self, node: XmlNode) -> Connection | None:
        """What the configuration of a component says; None when it is in another file."""
        name = node.attributes.get("config-ref")
        return _NOTHING if name is None else self.connections.get(name)

    def classpath(self, role: str, resource: str, pointer: str) -> Iterator[Use]:
        """Uses of a resource by classpath name: it lies in src/main/resources of the project.

        For a file outside of a project layout both that folder and the file's own are candidates.
        """
        name = resource.strip().removeprefix("classpath://").removeprefix("classpath:").lstrip("/")
        if not name or "://" in name or "::" in name or is_expression(name):
            return
        found = _SOURCES.search(self.document.path)
        folder = self.document.path[: found.start()] if found else dirname(self.document.path)
        for place in ("src/main/resources",) if found else ("", "src/main/resources"):
            path = normpath(join(folder, place, name)).lstrip("/")
            if not path.startswith("../"):
                yield Use(role, f"file:{path}", tier="declared" if found else "inferred", pointer=pointer)


def version(root: XmlNode) -> str:
    """`domain`, `munit`, `mule3` or `mule4`."""
    if root.local == "mule-domain":
        return "domain"
    if any(module(one) == _MUNIT for one in root.children):
        return _MUNIT
    return "mule3" if any(_is_mule3(one) for one in below(root)) else "mule4"


def _is_mule3(node: XmlNode) -> bool:
    if node.local in _MULE3 or module(node) == "dw":
        return True
    return any(written.startswith(_MULE3_PREFIXES) for written in node.attributes.values())


def application(document: Document, root: XmlNode) -> Application:
    """Read what the parts of the file share."""
    named = {node.attributes["name"]: node for node in root.children if is_mule(node) and "name" in node.attributes}
    configs = {name: node for name, node in named.items() if node.local not in _NO_CONFIGS}
    contexts = {name: node for name, node in configs.items() if raw_type(node) == "tls:context"}
    connections = {name: connection(node, contexts) for name, node in configs.items()}
    settings = next((node for node in root.children if raw_type(node) == "configuration"), None)
    return Application(
        document,
        root,
        connections,
        dict(_routes(root)),
        dict(_prefixes(root, connections)),
        frozenset(one.attributes.get("flowRef", "") for one in root.children if one.local == "autodiscovery"),
        _response_timeout(settings),
        version(root),
    )


def _response_timeout(settings: XmlNode | None) -> Value:
    name = "defaultResponseTimeout"
    return ABSENT if settings is None else duration(settings.attributes.get(name), at(settings, name))


def _routes(root: XmlNode) -> Iterator[tuple[str, Route]]:
    for node in root.children:
        name = node.attributes.get("name", "")
        if node.local in ("flow", "sub-flow"):
            route = _route(name)
            if route is not None:
                yield name, route
        elif raw_type(node) == "apikit:config":
            yield from _mappings(node, name)


def _route(name: str) -> Route | None:
    r"""`get:\orders\(id):application\json:api-config` by APIkit's naming of flows; Mule 3 writes `/` and `{id}`."""
    method, _, rest = name.partition(":")
    if method.upper() not in METHODS or not rest.startswith(("\\", "/")):
        return None
    parts = rest.split(":")
    path = parts[0].replace("\\", "/").replace("(", "{").replace(")", "}")
    return Route(method.upper(), path, parts[-1] if len(parts) > 1 else "")


def _mappings(config: XmlNode, name: str) -> Iterator[tuple[str, Route]]:
    """The flows that an APIkit configuration maps by hand."""
    for node in below(config):
        if node.local == "flow-mapping":
            written = node.attributes
            route = Route(written.get("action", "").upper(), written.get("resource", ""), name)
            if route.method in METHODS and route.resource.startswith("/"):
                yield written.get("flow-ref", ""), route


def _prefixes(root: XmlNode, connections: Mapping[str, Connection]) -> Iterator[tuple[str, str]]:
    """Where a router listens: the path of the listener before it, without the wildcard."""
    for flow in root.children:
        listener = next((one for one in flow.children if raw_type(one) == "http:listener"), None)
        if listener is None:
            continue
        config = connections.get(listener.attributes.get("config-ref", ""), _NOTHING)
        path = listener.attributes.get("path", "").rstrip("*")
        for node in below(flow):
            if raw_type(node) == "apikit:router":
                yield node.attributes.get("config-ref", ""), join_paths(config.base, path).strip("/")
