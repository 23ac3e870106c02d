"""Validators of XML Schema: libxml2 for 1.0, xmlschema for 1.1. All in memory: nothing is read, fetched or resolved."""

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from integrationlint.dialects.xsd_weight import is_costly, is_heavy
from integrationlint.model.document import Document, XmlNode

if TYPE_CHECKING:
    from lxml import etree

Faults = list[tuple[int, str]]
Validator = Callable[[str], Faults]
# `find(path, namespace)`: another schema document of the same snapshot, by path or, where there is none, by namespace.
Find = Callable[[str, str], Document | None]

_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_HERE: Final = "snapshot:/"
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]*\?>")
_NAMESPACE: Final = re.compile(r"\{([^{}]*)\}")
_LOADERS: Final = frozenset(f"{_XSD}{name}" for name in ("include", "import", "redefine", "override"))
_LONGEST: Final = 2_000_000
_MOST_DOCUMENTS: Final = 40
# XPath that may cost more than the document it is about, and repeated groups, which only libxml2 runs in linear time.
_COSTLY_TEST: Final = re.compile(r"\bto\b|\bfor\b|matches|replace|tokenize|doc|collection|unparsed")
_REPEATED_GROUP: Final = re.compile(r"\)[*+{]")
_LONGEST_TEST: Final = 300


def validator(document: Document, find: Find, *, new: bool) -> Validator | None:
    """The validator of a schema document with all that it includes and imports; `new` for XML Schema 1.1.

    It tells lines and messages, none for a valid document. None where the schema is wrong, in parts that are not at
    hand, or too much work. The two have their own ideas of some details: compare only what one of them says.
    """
    documents = _collected(document, find)
    roots = [one.value for one in documents or () if isinstance(one.value, XmlNode)]
    if not documents or len(roots) < len(documents) or is_heavy(roots[0], *roots[1:]):
        return None
    if any(_is_costly(root, groups=new) for root in roots):
        return None
    if not new:
        return _of_1_0(documents)
    return _of_1_1(document) if len(documents) == 1 else None


def _collected(document: Document, find: Find) -> list[Document] | None:
    """The document and all that it loads, each once; None where one is missing, too large or has a DOCTYPE."""
    found = {document.path: document}
    waiting = [document]
    size = 0
    for one in waiting:
        size += len(one.text)
        if size > _LONGEST or len(found) > _MOST_DOCUMENTS or "<!DOCTYPE" in one.text:
            return None
        for path, namespace in _loaded(one):
            other = found.get(path) or find(path, namespace)
            if other is None:
                return None
            if other.path not in found:
                found[other.path] = other
                waiting.append(other)
    return list(found.values())


def _loaded(document: Document) -> Iterator[tuple[str, str]]:
    """Paths and namespaces of the documents that a schema loads."""
    root = document.value
    for node in root.children if isinstance(root, XmlNode) else ():
        if node.name in _LOADERS:
            location, namespace = node.attributes.get("schemaLocation"), node.attributes.get("namespace", "")
            yield ("" if location is None else _path(document.path, location), namespace)


def _path(here: str, location: str) -> str:
    return normpath(join(dirname(here), unquote(location.strip().partition("#")[0]).replace("\\", "/")))


def _is_costly(root: XmlNode, *, groups: bool) -> bool:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        value, test = node.attributes.get("value", ""), node.attributes.get("test", "")
        if node.local == "pattern" and (is_costly(value) or (groups and _REPEATED_GROUP.search(value))):
            return True
        if test and (len(test) > _LONGEST_TEST or _COSTLY_TEST.search(test)):
            return True
    return False


def _of_1_0(documents: list[Document]) -> Validator | None:
    from lxml import etree

    texts = {one.path: one for one in documents}
    spaces = {_space(one): one.path for one in reversed(documents)}

    class InMemory(etree.Resolver):
        """Answers with the documents at hand, whatever is asked for."""

        def resolve(self, url: str, _public: str, context: object) -> object:  # type: ignore[override]
            asked = texts.get(unquote(url.removeprefix(_HERE)))
            text = b"<nothing/>" if asked is None else etree.tostring(_tree(asked, spaces, parser))
            return self.resolve_string(text, context, base_url=url)

    parser = _parser()
    parser.resolvers.add(InMemory())
    try:
        schema = etree.XMLSchema(_tree(documents[0], spaces, parser))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, ValueError):
        return None
    plain = _parser()

    def faults(text: str) -> Faults:
        try:
            root = etree.fromstring(text.encode("utf-8"), plain)
        except etree.XMLSyntaxError as error:
            return [(error.lineno or 1, str(error))]
        schema.validate(root)
        log: Any = schema.error_log  # its stubs know less of it than there is
        return [(one.line, _line(one.message)) for one in log]

    return faults


def _parser() -> "etree.XMLParser":
    from lxml import etree

    return etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, remove_comments=True)


def _space(document: Document) -> str:
    return document.value.attributes.get("targetNamespace", "") if isinstance(document.value, XmlNode) else ""


def _tree(document: Document, spaces: Mapping[str, str], parser: "etree.XMLParser") -> "etree._Element":
    """The schema parsed anew, with the path in the snapshot where it loads another document."""
    from lxml import etree

    root = etree.fromstring(_DECLARATION.sub("", document.text, count=1).encode("utf-8", "surrogatepass"), parser)
    for node in root:
        if node.tag in _LOADERS:
            location = node.get("schemaLocation")
            path = "" if location is None else _path(document.path, location)
            space = node.get("namespace", "")
            # One document stands for a namespace: libxml2 loads no second one.
            path = spaces.get(space, path) if node.tag == f"{_XSD}import" else path
            node.set("schemaLocation", _HERE + quote(path))
    return root


def _of_1_1(document: Document) -> Validator | None:
    import xmlschema
    from lxml import etree

    text = _DECLARATION.sub("", document.text, count=1)
    try:
        schema = xmlschema.XMLSchema11(text, allow="none", defuse="always", loglevel=50)
    except Exception:  # noqa: BLE001  a schema that another library cannot read has no witness, and that is all
        return None
    plain = _parser()

    def faults(text: str) -> Faults:
        try:
            root = etree.fromstring(text.encode("utf-8"), plain)
            found = schema.iter_errors(root)
            return [(getattr(one.elem, "sourceline", 1) or 1, _line(str(one.reason))) for one in found]
        except Exception as error:  # noqa: BLE001  neither valid nor refused where it counts
            return [(0, type(error).__name__)]

    return faults


def _line(message: str) -> str:
    """A message in one line, names without their namespace where there is only one."""
    text = " ".join(message.split()).rstrip(".")
    return text if len(set(_NAMESPACE.findall(text))) > 1 else _NAMESPACE.sub("", text)
