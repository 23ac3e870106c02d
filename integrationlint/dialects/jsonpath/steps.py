"""The nouns of a path expression: steps, what they test, and why an expression cannot be read."""

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple


class PathError(ValueError):
    """The expression cannot be read: the message says why, `offset` is the character it stumbled over, from 0."""

    def __init__(self, message: str, offset: int) -> None:
        """Both are for the person who wrote the expression."""
        super().__init__(message)
        self.message = message
        self.offset = offset


LONGEST: Final = 5_000
DEEPEST: Final = 40
MOST_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Anything:
    """Every child: `*`."""


@dataclass(frozen=True, slots=True)
class Named:
    """The children with these names, in lists those with these indexes: `name`, `['name']`, `[200,404]`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sliced:
    """The items of a list from `start` to before `stop`, as Python slices them."""

    start: int | None
    stop: int | None
    step: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """The children that a filter holds for: its text, by which it is known, and what that means."""

    text: str
    node: "Node" = field(compare=False)


Test = Anything | Named | Sliced | Filtered


class Step(NamedTuple):
    """To the children that pass the test, or to those at any depth. `test` None stays: at any depth, all containers."""

    deep: bool
    test: Test | None


class Stage(NamedTuple):
    """Steps downwards, and how many levels up again from where they lead."""

    steps: tuple[Step, ...]
    up: int


class Expression(NamedTuple):
    """Stages one after the other; with `keyed` the key of what is reached is the value."""

    stages: tuple[Stage, ...]
    keyed: bool


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number, boolean, null, undefined, or a compiled regular expression."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name:
    """What a filter knows: `@`, `@property`, `@parent`, `@parentProperty`, `@root`, `@path`, `@index`."""

    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a value; `optional` after `?.`."""

    value: "Node"
    name: "Node"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a value, or a test of type: `@string()` has the name as its function."""

    function: "Node"
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its operands: one of `! - + ~ void typeof`, two, three of `?`, any number of `&&` and `||`."""

    operator: str
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Items:
    """An array written out."""

    items: tuple["Node", ...]


Node = Literal | Name | Member | Call | Operation | Items
