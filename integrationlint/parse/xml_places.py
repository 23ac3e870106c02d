"""Where elements and attributes of an XML text are written: the locator of XML documents."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final
from xml.parsers import expat

from integrationlint.model.document import XmlNode
from integrationlint.model.location import Span
from integrationlint.parse.text import Lines

_ALL: Final = True
_NAME: Final = re.compile(r"[^\s/>=]++")
_ATTRIBUTE: Final = re.compile(r"""\s++([^\s=/>]++)\s*+=\s*+("[^"]*+"|'[^']*+')""")
_EMPTY: Final = re.compile(r"\s*+/>")


class XmlPlaces:
    """The locator of a well-formed text; what it needs to know is worked out when first asked."""

    def __init__(self, text: str, lines: Lines, root: XmlNode) -> None:
        """Take the text, its lines and its root element."""
        self._text = text
        self._lines = lines
        self._root = root
        self._tags: dict[str, dict[str, re.Match[str]]] = {}

    def key(self, pointer: str) -> Span | None:
        """The name in the start tag, prefix included; the name of an attribute."""
        element, _, name = pointer.partition("/@")
        node = self._nodes.get(element)
        if node is None:
            return None
        if not name:
            return self._lines.span(*self._name(node))
        found = self._attribute(node, name)
        return self._lines.span(*found.span(1)) if found else None

    def value(self, pointer: str) -> Span | None:
        """The whole element, from its start tag to its end tag; the value of an attribute with its quotes."""
        element, _, name = pointer.partition("/@")
        node = self._nodes.get(element)
        if node is None:
            return None
        if not name:
            start = self._start(node)
            return self._lines.span(start, self._ends[start])
        found = self._attribute(node, name)
        return self._lines.span(*found.span(2)) if found else None

    def _start(self, node: XmlNode) -> int:
        return self._lines.offset(node.line, node.column)

    def _name(self, node: XmlNode) -> tuple[int, int]:
        start = self._start(node) + 1
        found = _NAME.match(self._text, start)
        return (start, found.end()) if found else (start, start)

    def _attribute(self, node: XmlNode, name: str) -> re.Match[str] | None:
        known = self._tags.get(node.pointer)
        if known is None:
            known = self._tags[node.pointer] = dict(self._attributes(node))
        return known.get(name)

    def _attributes(self, node: XmlNode) -> Iterator[tuple[str, re.Match[str]]]:
        """Each attribute by its name in Clark notation, as in the node, and as written: so are those called xmlns."""
        at = self._name(node)[1]
        while found := _ATTRIBUTE.match(self._text, at):
            prefix, colon, local = found[1].partition(":")
            yield found[1], found
            if colon:
                yield f"{{{node.namespaces.get(prefix, '')}}}{local}", found
            at = found.end()

    @cached_property
    def _nodes(self) -> dict[str, XmlNode]:
        nodes: dict[str, XmlNode] = {}
        stack = [self._root]
        while stack:
            node = stack.pop()
            nodes[node.pointer] = node
            stack += node.children
        return nodes

    @cached_property
    def _ends(self) -> dict[int, int]:
        """Where each element ends, by where it starts: from a second reading, since few ask for it."""
        ends: dict[int, int] = {}
        starts: list[int] = []
        parser = expat.ParserCreate("utf-8")

        def here() -> int:
            return self._lines.offset(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

        def start(_name: str, _attributes: dict[str, str]) -> None:
            starts.append(here())

        def end(_name: str) -> None:
            start = starts.pop()
            empty = _EMPTY.match(self._text, self._behind_attributes(start))
            ends[start] = empty.end() if empty else self._text.index(">", here()) + 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.Parse(self._text.encode(), _ALL)
        return ends

    def _behind_attributes(self, at: int) -> int:
        found = _NAME.match(self._text, at + 1)
        while found:
            at = found.end()
            found = _ATTRIBUTE.match(self._text, at)
        return at
