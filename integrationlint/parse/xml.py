"""XML 1.0 with namespaces to light nodes, by expat: nothing is fetched, no entity is expanded, every limit is kept."""

import re
from typing import Final, NoReturn
from xml.parsers import expat

from integrationlint.model.document import Document, Fault, XmlNode
from integrationlint.model.limits import Limits
from integrationlint.model.location import weight
from integrationlint.parse.text import Lines, RefusedError
from integrationlint.parse.xml_faults import explain
from integrationlint.parse.xml_places import XmlPlaces

_XML_PREFIX: Final = {"xml": "http://www.w3.org/XML/1998/namespace"}
# The whole text is handed over at once.
_ALL: Final = True
# Attributes that a document type may declare for one element: expat looks at all of them at each such element.
_DECLARED_ATTRIBUTES: Final = 100
_START_TAG: Final = re.compile(r"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)([^;\s]++);")


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    """Read a text as XML; the document has the value None and a fatal fault where it is not well-formed or not safe.

    A DOCTYPE is accepted and never fetched; declared entities are refused (XML 1.0 section 4.2), so is nesting,
    size or repetition beyond the limits.
    """
    lines = Lines(text)
    tree = _Tree(text, lines, limits)
    try:
        tree.parser.Parse(text.encode(), _ALL)
    except expat.ExpatError as error:
        fault = explain(error, text, lines, tree.open_elements())
    except RefusedError as refused:
        fault = refused.fault
    else:
        root = tree.top.children[0]
        return Document(path, "xml", root, text, XmlPlaces(text, lines, root), tuple(tree.faults), encoding)
    return Document(path, "xml", None, text, faults=(*tree.faults, fault), encoding=encoding)


class _Tree:
    """The handlers that build the nodes of one document, and what they count."""

    def __init__(self, text: str, lines: Lines, limits: Limits) -> None:
        self.top = XmlNode("", {}, [], _XML_PREFIX, "", 1, 1)
        self.faults: list[Fault] = []
        self._source = text
        self._lines = lines
        self._limits = limits
        # Open elements, and how many children of each name they have so far.
        self._open: list[tuple[XmlNode, dict[str, int]]] = [(self.top, {})]
        self._declared: dict[str, str] = {}
        self._doctype: dict[str, int] = {}
        self._has_dtd = False
        self._nodes = 0
        # With this separator a name comes as `namespace}local`, nearly in Clark notation.
        self.parser = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.specified_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = self._dtd
        parser.EntityDeclHandler = self._entity
        parser.AttlistDeclHandler = self._attribute
        parser.SkippedEntityHandler = self._skipped

    def open_elements(self) -> list[XmlNode]:
        """The elements that are not closed yet, from the root inwards."""
        return [node for node, _ in self._open[1:]]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent, counts = self._open[-1]
        local = name
        if "}" in name:
            local = name[name.rindex("}") + 1 :]
            name = "{" + name
        for attribute in attributes:
            if "}" in attribute:
                attributes = {("{" + key if "}" in key else key): value for key, value in attributes.items()}
                break
        counts[local] = number = counts.get(local, 0) + 1
        pointer = f"{parent.pointer}/{local}[{number}]"
        scope = self._scope(parent.namespaces) if self._declared else parent.namespaces
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        node = XmlNode(name, attributes, [], scope, pointer, line, column)
        if self._has_dtd and attributes:
            self._skipped_in_tag(self._lines.offset(line, column))
        parent.children.append(node)
        self._open.append((node, {}))
        self._nodes += (1 + len(attributes)) * weight(len(pointer))
        if len(self._open) > self._limits.depth + 1:
            self._refuse("limit", f"nested deeper than the limit of {self._limits.depth} elements")
        if self._nodes > self._limits.nodes:
            self._refuse("limit", f"more than {self._limits.nodes} elements and attributes, long names weighed")

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1][0].pieces.append(text)

    def _declare(self, prefix: str | None, name: str | None) -> None:
        self._declared[prefix or ""] = name or ""

    def _scope(self, outer: dict[str, str]) -> dict[str, str]:
        declared, self._declared = self._declared, {}
        if declared.items() <= outer.items():
            return outer
        # Copies count like nodes: a thousand prefixes at the root and one more on each element would fill the memory.
        self._nodes += len(outer)
        return {**outer, **declared}

    def _dtd(self, _name: str, system: str | None, *_: object) -> None:
        self._has_dtd = system is not None

    def _entity(self, name: str, *_: object) -> None:
        self._refuse(
            "unsafe", f"the entity {name!r} is declared here, and none is ever expanded: write its text instead"
        )

    def _attribute(self, element: str, *_: object) -> None:
        self._doctype[element] = self._doctype.get(element, 0) + 1
        if self._doctype[element] > _DECLARED_ATTRIBUTES:
            self._refuse("limit", f"more than {_DECLARED_ATTRIBUTES} attributes are declared for {element!r}")

    def _skipped(self, name: str, *is_parameter: object) -> None:
        if not any(is_parameter):
            self._text(f"&{name};")
            message = f"the entity {name!r} may stand in the DTD, which is never fetched: it is left as written"
            self.faults.append(self._fault("unsafe", message, fatal=False))

    def _skipped_in_tag(self, start: int) -> None:
        """Entities of the DTD in attributes, which expat leaves out without a word."""
        tag = _START_TAG.match(self._source, start)
        for found in _ENTITY.finditer(self._source, *tag.span()) if tag else ():
            message = f"the entity {found[1]!r} may stand in the DTD, which is never fetched: it is left out"
            self.faults.append(self._lines.fault("unsafe", message, *found.span(), fatal=False))

    def _refuse(self, code: str, message: str) -> NoReturn:
        raise RefusedError(self._fault(code, message))

    def _fault(self, code: str, message: str, *, fatal: bool = True) -> Fault:
        at = self._lines.offset(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        return self._lines.fault(code, message, at, fatal=fatal)
