"""Small documents that a schema takes: a root element with what it must have, and what one asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from integrationlint.diff.shapes import canonical
from integrationlint.diff.xsd_attributes import Attributes, attributes
from integrationlint.diff.xsd_content import leaves
from integrationlint.diff.xsd_inclusion import Content, read, shortest_word
from integrationlint.diff.xsd_schemas import Name, Schemas, is_any, is_complex
from integrationlint.diff.xsd_texts import text_of
from integrationlint.model.element import Element

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_DEEPEST: Final = 12
_MOST_NODES: Final = 400


@dataclass(slots=True)
class Node:
    """An element of a document to be; `kind` is the type that `xsi:type` names. The text comes before the children."""

    name: Name
    attributes: dict[Name, str] = field(default_factory=dict)
    text: str = ""
    children: "list[Node]" = field(default_factory=list)
    kind: Name | None = None
    nil: bool = False

    def walk(self) -> Iterator["Node"]:
        """The node and all below it."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))


class TooDeepError(Exception):
    """An element that must hold one of its own kind, or more elements than an example may have."""


@dataclass(slots=True)
class Maker:
    """Makes nodes of one side; each identifier gets a text of its own. What types hold is read once."""

    schemas: Schemas
    made: int = 0
    _contents: dict[int, Content | None] = field(default_factory=dict)
    _words: dict[tuple[int, Name | None], tuple[Name, ...] | None] = field(default_factory=dict)
    _attributes: dict[int, Attributes] = field(default_factory=dict)

    def content(self, definition: Element) -> Content | None:
        """The content of a type; None where it cannot be said."""
        if id(definition) not in self._contents:
            self._contents[id(definition)] = read(definition, self.schemas)
        return self._contents[id(definition)]

    def word(self, definition: Element, through: Name | None = None) -> tuple[Name, ...] | None:
        """The shortest names that a type takes as children, those with one name among them; None for none."""
        mark = (id(definition), through)
        if mark not in self._words:
            content = self.content(definition)
            self._words[mark] = None if content is None else shortest_word(content, through)
        return self._words[mark]

    def attributes(self, definition: Element) -> Attributes:
        """The attributes of a type."""
        if id(definition) not in self._attributes:
            self._attributes[id(definition)] = attributes(definition, self.schemas)
        return self._attributes[id(definition)]

    def smallest(self, name: Name, declaration: Element, depth: int = 0, kind: Element | None = None) -> Node:
        """An element with what it must have; `kind` is the type to be named by `xsi:type`. Raises TooDeepError."""
        self.made += 1
        if depth > _DEEPEST or self.made > _MOST_NODES:
            raise TooDeepError
        node = Node(name)
        definition = kind or self.schemas.definition(declaration)
        if kind is None and definition.facts.get("abstract") is True and definition.kind == "type":
            kind = next(iter(self.schemas.derived(definition)), None)
            definition = kind or definition
        node.kind = self.schemas.name(kind) if kind is not None else None
        self._fill(node, declaration, definition, depth)
        return node

    def _fill(self, node: Node, declaration: Element, definition: Element, depth: int) -> None:
        for name, one in self.attributes(definition).declared.items():
            if one.facts.get("required") is True:
                node.attributes[name] = self.text(one)
        if is_complex(definition):
            content = self.content(definition)
            word = () if is_any(definition) else self.word(definition)
            node.children = self.children(word or (), content, depth) if content is not None else []
        else:
            node.text = self.text(declaration)

    def text(self, declaration: Element) -> str:
        """A text for an element or attribute."""
        shape = canonical(declaration, self.schemas.links)
        fixed = declaration.facts.get("fixed")
        if fixed is None and shape.facts.get("base") == "xs:ID":
            self.made += 1
            return f"a{self.made}"
        return str(fixed) if fixed is not None else text_of(shape, self.schemas.links)

    def children(self, word: tuple[Name, ...], content: Content, depth: int) -> list[Node]:
        """An element for each name of a word; one that only a wildcard takes is declared globally, or empty."""
        known: dict[Name, Element] = {}
        for leaf in leaves(content.particle):
            if isinstance(leaf.what, Element):
                known |= self.schemas.taken(leaf.what)
        found = []
        for name in word:
            declaration = known.get(name) or self.schemas.elements.get(name)
            found.append(Node(name) if declaration is None else self.smallest(name, declaration, depth + 1))
        return found


@dataclass(slots=True)
class Text:
    """A document as text, one element a line, and the lines (from 1) of each node by identity."""

    text: str
    lines: dict[int, tuple[int, int]]


def written(root: Node) -> Text:
    """The document as text; prefixes are letters, the namespace of the root is the default one where that serves."""
    spaces = dict.fromkeys(name[0] for name in _names(root))
    plain = "" in {node.name[0] for node in root.walk()}
    prefixes = {"": "", _XML: "xml:", _XSI: "xsi:"}
    declared = []
    uses_xsi = any(node.nil or node.kind is not None for node in root.walk())
    for space in spaces:
        if space and space not in prefixes:
            prefix = _prefix(len(prefixes) - 3)
            prefixes[space] = f"{prefix}:"
            declared.append(f" xmlns:{prefix}={quoteattr(space)}")
    default = root.name[0] if not plain and root.name[0] not in ("", _XML) else ""
    if default:
        declared.insert(0, f" xmlns={quoteattr(default)}")
        if not _needs_prefix(root, default):
            declared = [one for one in declared if not one.startswith(f" xmlns:{prefixes[default]}"[:-1])]
    if uses_xsi:
        declared.append(f' xmlns:xsi="{_XSI}"')
    lines: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    _write(root, _Names(prefixes, default), lines, places, "".join(declared))
    return Text("\n".join(lines) + "\n", places)


def _prefix(number: int) -> str:
    return f"n{number + 1}"


def _names(root: Node) -> Iterator[Name]:
    for node in root.walk():
        yield node.name
        yield from node.attributes
        if node.kind is not None:
            yield node.kind


def _needs_prefix(root: Node, space: str) -> bool:
    """Whether the default namespace is also that of an attribute, which has none without a prefix."""
    return any(name[0] == space for node in root.walk() for name in node.attributes)


@dataclass(frozen=True, slots=True)
class _Names:
    prefixes: dict[str, str]
    default: str

    def element(self, name: Name) -> str:
        return name[1] if name[0] == self.default else f"{self.prefixes[name[0]]}{name[1]}"

    def attribute(self, name: Name) -> str:
        return f"{self.prefixes[name[0]]}{name[1]}"


def _write(root: Node, names: _Names, lines: list[str], places: dict[int, tuple[int, int]], declared: str) -> None:
    waiting: list[tuple[Node, int, bool]] = [(root, 0, False)]
    while waiting:
        node, depth, closing = waiting.pop()
        indent, tag = "  " * depth, names.element(node.name)
        if closing:
            lines.append(f"{indent}</{tag}>")
            places[id(node)] = (places[id(node)][0], len(lines))
            continue
        start = f"{indent}<{tag}{declared if node is root else ''}{''.join(_said(node, names))}"
        places[id(node)] = (len(lines) + 1, len(lines) + 1)
        if node.children:
            lines.append(f"{start}>{escape(node.text)}")
            waiting.append((node, depth, True))
            waiting.extend((one, depth + 1, False) for one in reversed(node.children))
        else:
            lines.append(f"{start}>{escape(node.text)}</{tag}>" if node.text else f"{start}/>")


def _said(node: Node, names: _Names) -> Iterator[str]:
    if node.kind is not None:
        yield f" xsi:type={quoteattr(names.element(node.kind))}"
    if node.nil:
        yield ' xsi:nil="true"'
    for name, value in node.attributes.items():
        yield f" {names.attribute(name)}={quoteattr(value)}"
