"""XML Schema 1.0 and 1.1: a schema document, what it imports and what it declares."""

import re
from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote

from integrationlint.formats.formats import Match
from integrationlint.formats.xsd_content import Definition, Leaf
from integrationlint.formats.xsd_declarations import (
    Schema,
    key_of,
    make_leaf,
    read_complex,
    read_controls,
    read_declaration,
)
from integrationlint.formats.xsd_names import NAMESPACE, documentation, parts, refer, tag, true
from integrationlint.formats.xsd_types import read_group, read_open_content, read_simple_type
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Element, Use

NAME: Final = "xsd"
SYNTAXES: Final = ("xml",)

_VERSIONING: Final = "{http://www.w3.org/2007/XMLSchema-versioning}"
_NEW_IN_1_1: Final = frozenset(
    "assert assertion alternative openContent defaultOpenContent override explicitTimezone".split()
)
_IMPORTS: Final = ("import", "include", "redefine", "override")
# Types come first, then the rest, each in source order: where an element and a type share a name, the address of
# neither depends on which is written first.
_GLOBALS: Final[Mapping[str, str]] = {
    "complexType": "type",
    "simpleType": "type",
    "group": "group",
    "attributeGroup": "attributeGroup",
    "element": "element",
    "attribute": "attribute",
    "notation": "notation",
}
_RANKS: Final = {name: rank for rank, name in enumerate((*_IMPORTS, *_GLOBALS))}
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def recognise(document: Document) -> Match | None:
    """An XML document whose root is xs:schema; 1.1 when it has a construct or a version attribute of 1.1."""
    root = document.value
    if not isinstance(root, XmlNode) or tag(root) != "schema":
        return None
    novelty = _novelty(root)
    evidence = f"root element schema of {NAMESPACE}"
    return Match(NAME, "1.1", f"{evidence}, {novelty}") if novelty else Match(NAME, "1.0", evidence)


def _novelty(root: XmlNode) -> str:
    pending = [root]
    while pending:
        node = pending.pop()
        if tag(node) in _NEW_IN_1_1:
            return f"{tag(node)} at {node.pointer}"
        for name in node.attributes:
            if name.startswith(_VERSIONING):
                return f"vc:{name[len(_VERSIONING) :]} at {node.pointer}"
        pending.extend(reversed(node.children))
    return ""


def build(document: Document) -> Element:
    """The `schema-document` of a document; it offers the key `file:PATH`."""
    if isinstance(document.value, XmlNode):
        return build_schema(document.value, document)
    return Element("schema-document", "", document)


def build_schema(node: XmlNode, document: Document, parent: Element | None = None) -> Element:
    """The `schema-document` of an xs:schema element, alone in its document or embedded below `parent` (WSDL).

    Its name is the target namespace. Its children are the imports and the global declarations, kind `type`, with
    the construct as a fact and the Clark name as key; theirs are fields, wildcards, and the parts of lists and unions.
    """
    schema = Schema(document, node.attributes.get("targetNamespace", "").strip(), node)
    found = Definition(_header(schema))
    for one in parts(node).get("defaultOpenContent", []):
        read_open_content(one, found)
    keys = () if parent is not None else (f"file:{document.path}",)
    root = Element(
        "schema-document", schema.namespace, document, node.pointer, parent=parent, facts=found.facts, keys=keys
    )
    pending = [(root, found.leaves), *_declare_all(schema, root, node)]
    while pending:
        owner, leaves = pending.pop()
        pending.extend(made for made in (make_leaf(schema, owner, leaf) for leaf in leaves) if made[1])
    return root


def _header(schema: Schema) -> dict[str, object]:
    facts = documentation(schema.node)
    if schema.namespace:
        facts["namespace"] = schema.namespace
    if "version" in schema.node.attributes:
        facts["version"] = schema.node.attributes["version"].strip()
    for name in ("elementFormDefault", "attributeFormDefault"):
        facts[name] = schema.default(name, "unqualified")
    facts["prefixes"] = {prefix: name for prefix, name in schema.node.namespaces.items() if prefix != "xml"}
    return facts


def _declare_all(schema: Schema, parent: Element, node: XmlNode) -> list[tuple[Element, list[Leaf]]]:
    """Make the imports and global declarations directly below a schema, redefine or override."""
    made: list[tuple[Element, list[Leaf]]] = []
    for one in sorted((one for one in node.children if tag(one) in _RANKS), key=lambda one: _RANKS[tag(one)]):
        if tag(one) in _GLOBALS:
            made.append(_declare(schema, parent, one))
        elif node is schema.node:
            made.extend(_declare_all(schema, _import(schema, parent, one), one))
    return made


def _import(schema: Schema, parent: Element, node: XmlNode) -> Element:
    facts: dict[str, object] = {"construct": tag(node)}
    facts.update({name: node.attributes[name] for name in ("namespace", "schemaLocation") if name in node.attributes})
    location = node.attributes.get("schemaLocation", "").strip()
    file = _file(schema.document.path, location)
    uses = [Use("contains", f"file:{file}", pointer=f"{node.pointer}/@schemaLocation")] if file else []
    name = location or node.attributes.get("namespace", "")
    return Element("import", name, schema.document, node.pointer, parent=parent, facts=facts, uses=uses)


def _file(path: str, location: str) -> str:
    """The path from the root of the snapshot that a relative schemaLocation names; empty for any other."""
    file = unquote(location.partition("#")[0]).replace("\\", "/")
    if not file or file.startswith("/") or _SCHEME.match(file):
        return ""
    return normpath(join(dirname(path), file))


def _declare(schema: Schema, parent: Element, node: XmlNode) -> tuple[Element, list[Leaf]]:
    construct = tag(node)
    found = _READERS[construct](schema, node)
    found.facts["construct"] = construct
    if schema.namespace:
        found.facts["namespace"] = schema.namespace
    if true(node.attributes.get("abstract")):
        found.facts["abstract"] = True
    element = Element(
        "type",
        node.attributes.get("name", "").strip(),
        schema.document,
        node.pointer,
        parent=parent,
        facts=found.facts,
        uses=found.uses,
        keys=key_of(_GLOBALS[construct], schema, node),
    )
    return element, found.leaves


def _element(schema: Schema, node: XmlNode) -> Definition:
    found = read_declaration(schema, node)
    found.facts.update(read_controls(schema, node, "final"))
    heads = refer(node, "substitutionGroup", "element", "extends")
    if heads:
        found.facts["substitutionGroup"] = tuple(use.key.partition(":")[2] for use in heads)
        found.uses.extend(heads)
    return found


def _complex_type(schema: Schema, node: XmlNode) -> Definition:
    found = Definition(read_controls(schema, node, "block", "final"))
    read_complex(schema, node, found)
    return found


def _simple_type(schema: Schema, node: XmlNode) -> Definition:
    found = Definition(read_controls(schema, node, "final"))
    read_simple_type(node, found)
    return found


def _group(_schema: Schema, node: XmlNode) -> Definition:
    found = Definition()
    read_group(node, found)
    return found


def _notation(_schema: Schema, node: XmlNode) -> Definition:
    return Definition(documentation(node))


_READERS: Final[Mapping[str, Callable[[Schema, XmlNode], Definition]]] = {
    "complexType": _complex_type,
    "simpleType": _simple_type,
    "group": _group,
    "attributeGroup": _group,
    "element": _element,
    "attribute": read_declaration,
    "notation": _notation,
}
