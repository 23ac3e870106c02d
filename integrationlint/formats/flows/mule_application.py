"""What the parts of one Mule file share: its named configurations, its API routes, its place in the project."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final

from integrationlint.formats.flows.keys import METHODS
from integrationlint.formats.flows.mule_names import at, below, is_mule, module, raw_type
from integrationlint.formats.flows.values import is_expression
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Use

_SOURCES: Final = re.compile(r"(?:^|/)src/(?:main|test)/")
_MUNIT: Final = "munit"
# What only Mule 3 has: its own exception strategies, inbound and outbound endpoints, the dw module, MEL.
_MULE3: Final = frozenset(
    "catch-exception-strategy rollback-exception-strategy choice-exception-strategy exception-strategy"
    " inbound-endpoint outbound-endpoint set-session-variable expression-component enricher processor-chain poll"
    " message-properties-transformer byte-array-to-string-transformer object-to-json-transformer".split()
)
_MULE3_PREFIXES: Final = ("#[flowVars", "#[message.", "#[sessionVars", "#[recordVars")


@dataclass(frozen=True, slots=True)
class Route:
    """An operation that an API router dispatches to a flow; `config` names the router's configuration."""

    method: str
    resource: str
    config: str


@dataclass(frozen=True, slots=True)
class Application:
    """A Mule file: its document and root, its named global elements, routes by flow, prefixes by router config."""

    document: Document
    root: XmlNode
    configs: Mapping[str, XmlNode]
    routes: Mapping[str, Route]
    prefixes: Mapping[str, str]
    version: str

    def config(self, node: XmlNode) -> XmlNode | None:
        """The configuration that a component refers to, if it is in this file."""
        return self.configs.get(node.attributes.get("config-ref", ""))

    def classpath(self, role: str, resource: str, pointer: str) -> Iterator[Use]:
        """Uses of a resource by classpath name: it lies in src/main/resources of the project.

        For a file outside of a project layout both that folder and the file's own are candidates.
        """
        name = resource.strip().removeprefix("classpath://").removeprefix("classpath:").lstrip("/")
        if not name or "://" in name or "::" in name or is_expression(name):
            return
        found = _SOURCES.search(self.document.path)
        if found is not None:
            project = self.document.path[: found.start()]
            yield Use(role, f"file:{_path(project, 'src/main/resources', name)}", pointer=pointer)
            return
        folder = dirname(self.document.path)
        for place in ("", "src/main/resources"):
            yield Use(role, f"file:{_path(folder, place, name)}", tier="inferred", pointer=pointer)


def _path(*parts: str) -> str:
    return normpath(join(*parts)).lstrip("/")


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
    configs: dict[str, XmlNode] = {}
    routes: dict[str, Route] = {}
    for node in root.children:
        name = node.attributes.get("name", "")
        if name and is_mule(node):
            configs.setdefault(name, node)
        if node.local in ("flow", "sub-flow") and (route := _route(name)):
            routes[name] = route
        elif raw_type(node) == "apikit:config":
            routes |= dict(_mappings(node, name))
    return Application(document, root, configs, routes, dict(_prefixes(root, configs)), version(root))


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


def _prefixes(root: XmlNode, configs: Mapping[str, XmlNode]) -> Iterator[tuple[str, str]]:
    """Where a router listens: the path of the listener before it, without the wildcard."""
    for flow in root.children:
        listener = next((one for one in flow.children if raw_type(one) == "http:listener"), None)
        if listener is None or flow.local != "flow":
            continue
        for node in below(flow):
            if raw_type(node) == "apikit:router":
                config = configs.get(listener.attributes.get("config-ref", ""))
                base = config.attributes.get("basePath", "") if config is not None else ""
                path = listener.attributes.get("path", "").rstrip("*").strip("/")
                yield node.attributes.get("config-ref", ""), "/".join(part for part in (base.strip("/"), path) if part)


def doc_pointer(node: XmlNode) -> str:
    """The pointer of what names a component."""
    return at(node, "name") if "name" in node.attributes else node.pointer
