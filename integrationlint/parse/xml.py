"""XML."""

from xml.parsers import expat

from integrationlint.model.document import Document, Fault, XmlNode
from integrationlint.model.limits import Limits
from integrationlint.model.location import Span
from integrationlint.parse.text import Lines


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    root: list[XmlNode] = []
    stack: list[tuple[XmlNode, dict[str, int]]] = []
    scopes: dict[str, str] = {"xml": "http://www.w3.org/XML/1998/namespace"}
    declared: list[tuple[str, str]] = []
    faults: list[Fault] = []

    def declare(prefix: str | None, uri: str | None) -> None:
        declared.append((prefix or "", uri or ""))

    def start(name: str, attributes: dict[str, str]) -> None:
        if "}" in name:
            name = "{" + name
        local = name.rpartition("}")[2]
        parent, counts = stack[-1] if stack else (None, {})
        counts[local] = n = counts.get(local, 0) + 1
        scope = parent.namespaces if parent else scopes
        if declared:
            scope = {**scope, **dict(declared)}
            declared.clear()
        attributes = {("{" + k if "}" in k else k): v for k, v in attributes.items()}
        node = XmlNode(
            name,
            attributes,
            [],
            scope,
            f"{parent.pointer if parent else ''}/{local}[{n}]",
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
        )
        if parent:
            parent.children.append(node)
        else:
            root.append(node)
        stack.append((node, {}))

    def end(name: str) -> None:
        stack.pop()

    def data(piece: str) -> None:
        stack[-1][0].pieces.append(piece)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartNamespaceDeclHandler = declare
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        fault = Lines(text).fault("syntax", str(error), Lines(text).offset(error.lineno, error.offset + 1))
        return Document(path, "xml", None, text, faults=(fault,), encoding=encoding)
    return Document(path, "xml", root[0], text, Starts(root[0]), tuple(faults), encoding)


class Starts:
    def __init__(self, root: XmlNode) -> None:
        self.table: dict[str, XmlNode] = {}
        stack = [root]
        while stack:
            node = stack.pop()
            self.table[node.pointer] = node
            stack += node.children

    def key(self, pointer: str) -> Span | None:
        return self.value(pointer)

    def value(self, pointer: str) -> Span | None:
        node = self.table.get(pointer)
        if node is None:
            return None
        return Span((node.line, node.column + 1), (node.line, node.column + 1 + len(node.local)))
