"""Names in Mule XML: modules by namespace, attributes and where they are written."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from integrationlint.formats.flows.values import text
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Value

SCHEMAS: Final = "http://www.mulesoft.org/schema/mule/"
CORE: Final = f"{SCHEMAS}core"
_DOCUMENTATION: Final = f"{SCHEMAS}documentation"
# Modules whose usual prefix is not the last part of their namespace; the core has none.
_MODULES: Final = {"core": "", "ee/core": "ee", "mule-apikit": "apikit", "xml": "mulexml"}


class Names(NamedTuple):
    """What a qualified name says: the module, the type as people write it, and whether it is a component of Mule."""

    module: str
    raw_type: str
    is_mule: bool


@lru_cache(maxsize=1000)
def _names(qualified: str) -> Names:
    namespace, _, local = qualified.rpartition("}")
    namespace = namespace.removeprefix("{")
    path = namespace.removeprefix(SCHEMAS)
    prefix = _MODULES.get(path, path.rpartition("/")[2])
    ours = namespace.startswith(SCHEMAS) and namespace != _DOCUMENTATION
    return Names(prefix, f"{prefix}:{local}" if prefix else local, ours)


def module(node: XmlNode) -> str:
    """The usual prefix of a node's namespace: `http`, `ee`, `jms`; empty for the core."""
    return _names(node.name).module


def raw_type(node: XmlNode) -> str:
    """The type of a component as people write it, whatever prefix the file declares: `logger`, `http:request`."""
    return _names(node.name).raw_type


def is_mule(node: XmlNode) -> bool:
    """Whether a node belongs to Mule, and is no documentation."""
    return _names(node.name).is_mule


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
