"""A safe fix: what it changes, said without a notation, and the text edits that do it."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from integrationlint.model.location import Span

Action = Literal["set", "insert", "remove", "rename", "forget", "utf-8", "lf", "crlf"]

# What concerns how a whole file is written, and needs no edit of its text here or there.
WHOLE: Final = frozenset({"utf-8", "lf", "crlf"})


class Repair(NamedTuple):
    """One change, as a check says it.

    `set` gives the scalar at `pointer` a value; `insert` adds the member `pointer` behind its sibling `beside`;
    `remove` takes a member, an item or an XML element away; `rename` gives a member another name; `forget` takes the
    rule `value` out of the written exception (a comment) that the finding is about. `utf-8`, `lf` and `crlf` are the
    encoding and the line ends of the whole file.
    """

    action: Action
    pointer: str = ""
    value: str | bool | None = None
    beside: str = ""


class Edit(NamedTuple):
    """The text between two positions of a document gives way to another."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """All that makes one finding go away. It never changes what a contract means to those who use it.

    `edits` are those of the text, in no order and without overlaps; a repair of the whole file has none.
    """

    repairs: tuple[Repair, ...]
    edits: tuple[Edit, ...] = ()
