"""Names in Mule XML: modules by namespace, attributes and where they are written."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.values import text
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Value

SCHEMAS: Final = "http://www.mulesoft.org/schema/mule/"
CORE: Final = f"{SCHEMAS}core"
_DOCUMENTATION: Final = f"{SCHEMAS}documentation"
# Modules whose usual prefix is not the last part of their namespace; the core has none.
_MODULES: Final = {"core": "", "ee/core": "ee", "mule-apikit": "apikit", "xml": "mulexml"}


def module(node: XmlNode) -> str:
    """The usual prefix of a node's namespace: `http`, `ee`, `jms`; empty for the core."""
    path = node.namespace.removeprefix(SCHEMAS)
    return _MODULES.get(path, path.rpartition("/")[2])


def raw_type(node: XmlNode) -> str:
    """The type of a component as people write it, whatever prefix the file declares: `logger`, `http:request`."""
    prefix = module(node)
    return f"{prefix}:{node.local}" if prefix else node.local


def is_mule(node: XmlNode) -> bool:
    """Whether a node belongs to Mule, and is no documentation."""
    return node.namespace.startswith(SCHEMAS) and node.namespace != _DOCUMENTATION


def name_of(node: XmlNode) -> str:
    """What people call a component: `doc:name`, else its type."""
    return (documented(node, "name") or raw_type(node)).strip()


def documented(node: XmlNode, name: str) -> str:
    """An attribute of the documentation namespace: `doc:name`, `doc:description`."""
    return node.attributes.get(f"{{{_DOCUMENTATION}}}{name}", "")


def at(node: XmlNode, attribute: str) -> str:
    """The pointer of an attribute."""
    return f"{node.pointer}/@{attribute}"


def value(node: XmlNode, *names: str) -> Value:
    """The first of the attributes that is there, as a Value; ABSENT when none is."""
    name = next((name for name in names if name in node.attributes), names[0])
    return text(node.attributes.get(name), at(node, name))


def below(node: XmlNode) -> Iterator[XmlNode]:
    """All nodes below a node, in document order."""
    stack = node.children[::-1]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(reversed(one.children))


def first(node: XmlNode, *locals_: str) -> XmlNode | None:
    """The first child with one of the local names."""
    return next((one for one in node.children if one.local in locals_), None)
