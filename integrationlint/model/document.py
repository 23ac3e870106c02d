"""A parsed file: plain values, and beside them where each one is written."""

from dataclasses import dataclass, field
from typing import Protocol

from integrationlint.model.location import START_OF_FILE, Span, parent, tokens


@dataclass(frozen=True, slots=True)
class Fault:
    """What a parser met and could not accept or had to interpret.

    code: `syntax`, `encoding`, `limit`, `duplicate-key`, `unsafe` (entity, external reference, tag),
    `unreadable`. A fatal fault means that the document has no value.
    """

    code: str
    message: str
    span: Span = START_OF_FILE
    fatal: bool = True


class Locator(Protocol):
    """Finds the span of what a pointer names; None where nothing is written there."""

    def key(self, pointer: str) -> Span | None:
        """The span of the member name (JSON, YAML), the start tag's name or attribute name (XML)."""
        ...

    def value(self, pointer: str) -> Span | None:
        """The span of the value: scalar, container, attribute value, cell, element."""
        ...


class Nowhere:
    """The locator of a document that could not be parsed."""

    def key(self, pointer: str) -> Span | None:
        """Nothing is written."""
        return None

    def value(self, pointer: str) -> Span | None:
        """Nothing is written."""
        return None


@dataclass(frozen=True, slots=True, eq=False)
class XmlNode:
    """An XML element: qualified names in Clark notation `{namespace}local`.

    `pointer` is its path of element positions, `/schema[1]/element[2]`; attributes are `…/@name`.
    `namespaces` maps the prefixes in scope ('' is the default namespace) to their names.
    `pieces` is the character data directly inside the element, in order.
    """

    name: str
    attributes: dict[str, str]
    children: "list[XmlNode]"
    namespaces: dict[str, str]
    pointer: str
    line: int
    column: int
    pieces: list[str] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """The namespace name, empty for none."""
        return self.name[1:].partition("}")[0] if self.name.startswith("{") else ""

    @property
    def text(self) -> str:
        """All character data directly inside the element, joined."""
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells as text, and the number it has in the file or sheet (from 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file or one sheet of a workbook. Pointers are `/ROW/COLUMN`, both from 1."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One parsed file.

    syntax: `yaml`, `json`, `xml`, `table` or `text`. `value` is the tree of plain Python values in source
    order (dict, list, str, int, float, bool, None), an `XmlNode`, a tuple of `Table`, or the text.
    """

    path: str
    syntax: str
    value: object
    text: str
    locator: Locator = field(default_factory=Nowhere)
    faults: tuple[Fault, ...] = ()
    encoding: str = "utf-8"

    def at(self, pointer: str) -> object:
        """The value, `XmlNode` or attribute text at `pointer`; KeyError where there is none."""
        if isinstance(self.value, XmlNode):
            return _xml_at(self.value, pointer)
        value = self.value
        for token in tokens(pointer):
            value = _member(value, token)
        return value

    def span(self, pointer: str, *, key: bool | None = None) -> Span:
        """The span of what `pointer` names, or of its closest ancestor that is written.

        `key` chooses the member name (True) or the value (False); None takes the value of a scalar and
        the name of a container, which is what an editor should mark.
        """
        while True:
            span = self._written(pointer, key)
            if span is not None:
                return span
            if not pointer:
                return START_OF_FILE
            pointer, key = parent(pointer), None

    def _written(self, pointer: str, key: bool | None) -> Span | None:
        if key is None:
            key = self._names(pointer)
        if key:
            return self.locator.key(pointer) or self.locator.value(pointer)
        return self.locator.value(pointer) or self.locator.key(pointer)

    def _names(self, pointer: str) -> bool:
        try:
            return isinstance(self.at(pointer), dict | list | XmlNode)
        except KeyError:
            return False


def _member(value: object, token: str) -> object:
    if isinstance(value, dict):
        return value[token]
    if isinstance(value, list | tuple) and token.isdecimal() and int(token) < len(value):
        return value[int(token)]
    raise KeyError(token)


def _xml_at(root: XmlNode, pointer: str) -> object:
    node = root
    steps = pointer.split("/")[2:]
    for step in steps:
        if step.startswith("@"):
            return node.attributes[step[1:]]
        node = next((found for found in node.children if found.pointer.rpartition("/")[2] == step), None) or _missing(
            step
        )
    return node


def _missing(step: str) -> XmlNode:
    raise KeyError(step)
