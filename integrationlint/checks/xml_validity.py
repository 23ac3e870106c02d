"""What libxml2 finds wrong with a schema document by itself. Nothing is loaded or fetched."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from integrationlint.dialects.xsd_weight import is_costly, is_heavy
from integrationlint.model.document import Document, XmlNode

if TYPE_CHECKING:
    from lxml import etree

_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]*\?>")
_SEGMENT: Final = re.compile(r"/(?:[\w.-]+:)?([\w.*-]+)(?:\[(\d+)\])?")
_LOADERS: Final = frozenset(f"{_XSD}{name}" for name in ("include", "redefine", "override"))
# What depends on other documents, and what only says that one was not read.
_OUTWARD: Final = ("SCHEMAP_SRC_RESOLVE", "SCHEMAP_WARN_", "SCHEMAP_SRC_INCLUDE", "SCHEMAP_FAILED_LOAD")
_MISPLACED: Final = re.compile(r"Element '([^']*)': The content is not valid\. Expected is (.*)")
_LONGEST: Final = 2_000_000
_MOST: Final = 20


def faults(document: Document) -> Iterator[tuple[str, str]]:
    """Pointer and message of each error of XML Schema 1.0 that libxml2 finds in the document, read alone.

    References to other documents are not judged. Nothing is found in a document with a DOCTYPE, in one that only
    another parser reads, and in one that would be too much work.
    """
    from lxml import etree

    root = document.value
    if not isinstance(root, XmlNode) or "<!DOCTYPE" in document.text or len(document.text) > _LONGEST:
        return
    tree = None if is_heavy(root) else _tree(document.text)
    if tree is None:
        return
    try:
        etree.XMLSchema(tree)
    except etree.XMLSchemaParseError as error:
        for one in list(error.error_log)[:_MOST]:
            if not one.type_name.startswith(_OUTWARD):
                node = _node(root, one.path or "")
                yield node.pointer, _plain(one.message, node)


def _tree(text: str) -> "etree._ElementTree | None":
    """The document parsed anew, with what would load another document taken out; every node keeps its place."""
    from lxml import etree

    parser = etree.XMLParser(
        no_network=True, resolve_entities=False, load_dtd=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "surrogatepass"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    for node in list(root.iter(f"{_XSD}*")):
        if node.tag == f"{_XSD}import":
            node.attrib.pop("schemaLocation", None)
        elif node.tag in _LOADERS:
            _blank(node, f"{_XSD}annotation")
        elif node.tag == f"{_XSD}pattern" and is_costly(node.get("value") or ""):
            _blank(node, f"{_XSD}pattern")
            node.set("value", ".*")
    return root.getroottree()


def _blank(node: "etree._Element", tag: str) -> None:
    for inner in list(node):
        node.remove(inner)
    node.attrib.clear()
    node.tag = tag


def _node(root: XmlNode, path: str) -> XmlNode:
    """What libxml2 calls `/xs:schema/xs:element[2]`, or `/*/*[2]` where the namespace has no prefix."""
    found = root
    for name, number in _SEGMENT.findall(path)[1:]:
        fitting = [one for one in found.children if name in ("*", one.local)]
        position = int(number or 1) - 1
        if position >= len(fitting):
            break
        found = fitting[position]
    return found


def _plain(message: str, node: XmlNode) -> str:
    """A message of libxml2 with the prefix that people write, and with the name of what must not be there."""
    text = " ".join(message.replace(_XSD, "xs:").split()).rstrip(".")
    misplaced = _MISPLACED.fullmatch(text)
    if misplaced is None:
        return text
    if misplaced[1] == f"xs:{node.local}":
        return f"'{misplaced[1]}' lacks content; expected is {misplaced[2]}"
    return f"'{node.local}' must not be here in '{misplaced[1]}'; expected is {misplaced[2]}"
