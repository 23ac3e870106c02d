"""The texts of a document, one after the other, whatever its syntax: with the name each has, and its pointer."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from integrationlint.model.document import Document, Row, Table, XmlNode
from integrationlint.model.location import child

_NAMING = ("name", "key", "id", "Name", "Key")


class Scalar(NamedTuple):
    """A text: what it is called (the member, the attribute, the column), and where it is, in parts."""

    name: str
    text: str
    place: Any

    @property
    def pointer(self) -> str:
        """The pointer, put together when somebody asks: nearly nobody does."""
        steps, place = [], self.place
        while isinstance(place, tuple):
            place, step = place
            steps.append(step)
        pointer = str(place)
        for step in reversed(steps):
            pointer = child(pointer, step)
        return pointer


def scalars(document: Document) -> Iterator[Scalar]:
    """Every text of a document in source order; a table's column is called by the first cell of the column."""
    value = document.value
    if isinstance(value, XmlNode):
        yield from _in_xml(value)
    elif isinstance(value, tuple):
        for table in value:
            yield from _in_table(table)
    elif isinstance(value, str):
        yield Scalar("", value, "")
    else:
        yield from _in_tree(value)


def _in_tree(root: object) -> Iterator[Scalar]:
    # The place of a value is the pair of its container's place and its own name or index, the root's is ''.
    stack: list[tuple[Any, Any, str]] = [(root, "", "")]
    while stack:
        value, place, name = stack.pop()
        kind = type(value)
        if kind is str:
            yield Scalar(name, value, place)
        elif kind is dict:
            stack.extend([(one, (place, key), key) for key, one in value.items() if type(one) in _TOLD][::-1])
        elif kind is list:
            stack.extend([(one, (place, index), name) for index, one in enumerate(value) if type(one) in _TOLD][::-1])


_TOLD = frozenset({str, dict, list})


def _in_xml(root: XmlNode) -> Iterator[Scalar]:
    stack = [root]
    while stack:
        node = stack.pop()
        attributes = node.attributes
        said = next((attributes[name] for name in _NAMING if name in attributes), "")
        for name, text in attributes.items():
            local = name.rpartition("}")[2]
            yield Scalar(said if local == "value" and said else local, text, f"{node.pointer}/@{name}")
        text = node.text.strip() if node.pieces else ""
        if text:
            yield Scalar(said or node.local, text, node.pointer)
        stack.extend(reversed(node.children))


def _in_table(table: Table) -> Iterator[Scalar]:
    header: Row | None = table.rows[0] if table.rows else None
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell:
                name = header.cells[column] if header is not None and column < len(header.cells) else ""
                yield Scalar(name, cell, f"/{row.number}/{column + 1}")
