"""Names in XML Schema: tags, QNames in Clark notation, the uses they stand for, and documentation."""

from typing import Final

from integrationlint.formats.xsd_builtins import BUILTINS
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Use

NAMESPACE: Final = "http://www.w3.org/2001/XMLSchema"
_OPEN: Final = f"{{{NAMESPACE}}}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"


def tag(node: XmlNode) -> str:
    """The local name of an element of XML Schema, empty for one of any other vocabulary."""
    name = node.name
    return name[len(_OPEN) :] if name.startswith(_OPEN) else ""


def parts(node: XmlNode) -> dict[str, list[XmlNode]]:
    """The children of XML Schema by local name, each list in source order."""
    found: dict[str, list[XmlNode]] = {}
    for one in node.children:
        found.setdefault(tag(one), []).append(one)
    found.pop("", None)
    return found


def first(found: dict[str, list[XmlNode]], *names: str) -> XmlNode | None:
    """The first child of the first of the names that occurs."""
    return next((found[name][0] for name in names if name in found), None)


def clark(namespace: str, local: str) -> str:
    """`{namespace}local`, or the bare name where there is no namespace."""
    return f"{{{namespace}}}{local}" if namespace else local


def expand(node: XmlNode, qname: str) -> str:
    """The Clark name of a QName by the prefixes in scope (XML Schema Part 1, section 3.15.3).

    An undeclared prefix is kept as written, so that the reference shows up as one that nothing answers.
    """
    prefix, colon, local = qname.rpartition(":")
    if prefix == "xml":
        return f"{_XML}{local}"
    namespace = node.namespaces.get(prefix)
    if namespace is None:
        return f"{prefix}{colon}{local}"
    return clark(namespace, local)


def builtin(name: str) -> str:
    """The local name of a type that XML Schema itself declares, empty for any other Clark name."""
    local = name[len(_OPEN) :] if name.startswith(_OPEN) else ""
    return local if local in BUILTINS else ""


def refer(node: XmlNode, attribute: str, kind: str, role: str) -> list[Use]:
    """The uses that the QNames in an attribute stand for."""
    if attribute not in node.attributes:
        return []
    names = [expand(node, qname) for qname in node.attributes[attribute].split()]
    return [use for name in names if (use := use_of(node, attribute, f"{kind}:", name, role)) is not None]


def use_of(node: XmlNode, attribute: str, kind: str, name: str, role: str) -> Use | None:
    """The use of a Clark name; `kind` is the prefix of its key, with the colon.

    None for what XML Schema itself declares and for the attributes of XML (`xml:lang`): they are in nobody's files.
    """
    if builtin(name) or name.startswith(_XML):
        return None
    return Use(role, kind + name, (), "keyed", f"{node.pointer}/@{attribute}")


def documentation(node: XmlNode) -> dict[str, object]:
    """What is said to people: `description`, `languages` and `deprecated`, each only where there is something.

    The texts of all `documentation` stand one per line, `languages` holds their `xml:lang` in that order ('' where
    unsaid); what is inside markup follows the text around it. XML Schema has no deprecation of its own:
    `deprecated="true"` of any other vocabulary counts (as in NIEM NDR 5.0, rule 10-69).
    """
    facts: dict[str, object] = {}
    written = []
    for one in node.children:
        if tag(one) == "annotation":
            written.extend(_texts(one))
    if written:
        facts["description"] = "\n".join(text for _, text in written)
        facts["languages"] = tuple(language for language, _ in written)
    for name, value in node.attributes.items():
        if name.endswith("}deprecated") and true(value):
            facts["deprecated"] = True
    return facts


def true(value: str | None) -> bool:
    """Whether an attribute says true, in one of the two spellings of xs:boolean."""
    return value is not None and value.strip() in ("true", "1")


def _texts(annotation: XmlNode) -> list[tuple[str, str]]:
    texts = [
        (one.attributes.get(f"{_XML}lang", ""), _text(one))
        for one in annotation.children
        if tag(one) == "documentation"
    ]
    return [(language, text) for language, text in texts if text]


def _text(node: XmlNode) -> str:
    words = []
    pending = [node]
    while pending:
        one = pending.pop()
        words.extend(one.text.split())
        pending.extend(reversed(one.children))
    return " ".join(words)
