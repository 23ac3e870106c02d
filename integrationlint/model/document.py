"""A parsed file: plain values, and beside them where each one is written."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final, Protocol

from integrationlint.model.location import START_OF_FILE, Span, parent, tokens


@dataclass(frozen=True, slots=True)
class Fault:
    """What a parser met and could not accept or had to interpret.

    code: `syntax`, `notation` (of another program, left alone), `encoding`, `limit`, `duplicate-key`,
    `multiple-documents`, `merge-marker` (a conflict left by Git), `unsafe` (an entity), `unreadable` (no text at all),
    `elsewhere` (its content is not in the repository: a pointer of Git LFS).
    A fatal fault means that the document has no value.
    """

    code: str
    message: str
    span: Span = START_OF_FILE
    fatal: bool = True


ELSEWHERE: Final = "elsewhere"


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

    def key(self, pointer: str) -> Span | None:  # noqa: ARG002 - the shape of a locator
        """Nothing is written."""
        return None

    def value(self, pointer: str) -> Span | None:  # noqa: ARG002 - the shape of a locator
        """Nothing is written."""
        return None


@dataclass(slots=True, eq=False)
class XmlNode:
    """An XML element: qualified names in Clark notation `{namespace}local`.

    Nobody changes one that is in a document; it is not frozen because to make a frozen one takes four times as long.
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
        """The value, `XmlNode`, attribute text or cell at `pointer`; KeyError where there is none."""
        if isinstance(self.value, XmlNode):
            return _xml_at(self.value, pointer)
        value = self.value
        if isinstance(value, tuple) and pointer:
            return _cell_at(value, *map(_index, tokens(pointer)))
        for token in tokens(pointer):
            value = _member(value, token)
        return value

    def span(self, pointer: str, *, key: bool | None = None) -> Span:
        """The span of what `pointer` names, or of its closest ancestor that is written.

        `key` chooses the member name (True) or the value (False); None takes the value of a scalar and
        the name of a container, which is what an editor should mark.
        """
        while True:
            first, second = self.locator.value, self.locator.key
            if self._is_container(pointer) if key is None else key:
                first, second = second, first
            span = first(pointer) or second(pointer)
            if span is not None:
                return span
            if not pointer:
                return START_OF_FILE
            pointer, key = parent(pointer), None

    def _is_container(self, pointer: str) -> bool:
        if isinstance(self.value, XmlNode):
            return "/@" not in pointer
        if isinstance(self.value, tuple):
            return False
        try:
            return isinstance(self.at(pointer), dict | list)
        except KeyError:
            return False


def _member(value: object, token: str) -> object:
    if isinstance(value, dict):
        return value[token]
    if isinstance(value, list) and _index(token) < len(value):
        return value[_index(token)]
    raise KeyError(token)


def _index(token: str) -> int:
    # Ten digits and more are no index of anything, and thousands of them are more than Python reads.
    if token.isdecimal() and len(token) < 10:
        return int(token)
    raise KeyError(token)


def _cell_at(tables: tuple[Table, ...], number: int, column: int = 0, *deeper: int) -> object:
    for table in tables:
        at = bisect_left(table.rows, number, key=lambda row: row.number)
        row = table.rows[at] if at < len(table.rows) else None
        if row is not None and row.number == number and column <= len(row.cells) and not deeper:
            return row.cells[column - 1] if column else row.cells
    raise KeyError(number)


def _xml_at(root: XmlNode, pointer: str) -> object:
    # The name of an attribute may hold slashes, in its namespace; that of an element has no "@".
    path, _, attribute = pointer.partition("/@")
    node, below = root, root.pointer
    if path != below and not path.startswith(below + "/"):
        raise KeyError(pointer)
    for step in path[len(below) + 1 :].split("/") if path != below else ():
        below = f"{below}/{step}"
        # The third of a name is not among the first two children: among many alike it is found at once.
        first = max(0, _index(step.rpartition("[")[2].removesuffix("]")) - 1)
        rest = (node.children[at] for at in range(first, len(node.children)))
        found = next((child for child in rest if child.pointer == below), None)
        if found is None:
            raise KeyError(pointer)
        node = found
    return node.attributes[attribute] if attribute else node
