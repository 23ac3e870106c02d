"""The neutral tree: elements of every format, what is known of them, and what they use.

Which kinds and facts there are is said in `model/vocabulary.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from integrationlint.model.document import Document
from integrationlint.model.location import Location, Span
from integrationlint.model.vocabulary import HOISTED, KINDS

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class State(StrEnum):
    """How a fact of a flow is known; "unset" is neither "infinite" nor "fails"."""

    EXPLICIT = "explicit"
    DEFAULT = "default"
    EXPRESSION = "expression"
    EXTERNAL = "external"
    ABSENT = "absent"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Value:
    """A fact with its state: durations in milliseconds, attempts as re-tries after the first try (-1 unbounded).

    `raw` is the text as written, `cite` the source of a platform default, `pointer` where it is written.
    """

    state: State
    value: object = None
    raw: str = ""
    pointer: str = ""
    cite: str = ""

    @property
    def known(self) -> bool:
        """The value is certain: written out, or a documented default."""
        return self.state in (State.EXPLICIT, State.DEFAULT)


ABSENT: Final = Value(State.ABSENT)
UNSUPPORTED: Final = Value(State.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Retry:
    """What is tried again, and how: `attempts` re-tries (-1 unbounded), delays in milliseconds, `jitter` a bool.

    `on` names the errors that are retried, () for any; `scope` says what is repeated: step, scope, connection, broker.
    """

    attempts: Value
    delay: Value = ABSENT
    multiplier: Value = ABSENT
    max_delay: Value = ABSENT
    jitter: Value = ABSENT
    on: tuple[str, ...] = ()
    scope: str = "step"


@dataclass(frozen=True, slots=True)
class Declared:
    """A type as a mapping claims it: `VARCHAR2(64)` has base `varchar2`, length 64; `raw` is the text as written."""

    base: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """An edge as it is written, not yet resolved.

    `key` names the element used: `pointer:FILE#/json/pointer`, or a key that an element offers in its `keys`
    (`type:{urn}Order`, `operation-id:createOrder`, `http:POST /orders/{}`, `flow:order-sync`, `file:orders.yaml`).
    `path` goes on from there through fields, by name. `expects` says what a bare fragment is to be read as
    (`schema`, `parameter`, `response`, `header`, `path`, …). `pointer` is where the use is written.
    """

    role: str
    key: str
    path: tuple[str, ...] = ()
    tier: str = "declared"
    pointer: str = ""
    expects: str = ""


class Element:
    """A thing an artifact declares: an operation, a field, a mapping line, a flow step.

    Built top-down, once, by a format; nobody changes it afterwards. It is not a frozen dataclass because parent
    and children know each other and because large contracts have a hundred thousand of them.
    """

    __slots__ = (
        "_address",
        "_below",
        "children",
        "document",
        "facts",
        "keys",
        "kind",
        "name",
        "parent",
        "pointer",
        "span",
        "uses",
    )

    def __init__(
        self,
        kind: str,
        name: str,
        document: Document,
        pointer: str = "",
        *,
        parent: "Element | None" = None,
        facts: dict[str, object] | None = None,
        uses: list[Use] | None = None,
        keys: tuple[str, ...] = (),
        span: Span | None = None,
    ) -> None:
        """Make an element and hang it under its parent; an unknown kind or fact is a ValueError."""
        if facts and not facts.keys() <= KINDS[kind]:
            raise ValueError(f"{kind} has no fact {', '.join(sorted(facts.keys() - KINDS[kind]))}")
        self.kind = kind
        self.name = name
        self.document = document
        self.pointer = pointer
        self.parent = parent
        self.facts: dict[str, object] = facts if facts is not None else {}
        self.uses: list[Use] = uses if uses is not None else []
        self.keys = keys
        self.span = span
        self.children: list[Element] = []
        self._address: str | None = None
        self._below: list[Element] | None = None
        if parent is not None:
            parent.children.append(self)

    @property
    def address(self) -> str:
        """The stable name: `orders.yaml#operation:GET /orders/{}`; serves pairing, suppression, baseline, graph."""
        if self._address is None:
            if self.parent is None:
                self._address = f"{self.document.path}#"
            else:
                self.parent._name_children()
        return self._address or ""

    def _name_children(self) -> None:
        above = self.address
        joint = "" if above.endswith("#") else "/"
        seen: dict[str, int] = {}
        for one in self.children:
            own = f"{one.kind}:{one.name}" if one.name else one.kind
            seen[own] = count = seen.get(own, 0) + 1
            if (self.kind, one.kind) in HOISTED:
                # What tells the parent from its like (`~2`) tells the child from the like of it.
                own += above.removeprefix(f"{self.root.address}{self.kind}:{self.name}")
                full = self.root.address + own
            else:
                full = f"{above}{joint}{own}"
            one._address = full if count == 1 else f"{full}~{count}"

    @property
    def location(self) -> Location:
        """Where the element is declared."""
        span = self.span if self.span is not None else self.document.span(self.pointer, key=True)
        return Location(self.document.path, self.pointer, span)

    @property
    def root(self) -> "Element":
        """The element of the whole document."""
        element = self
        while element.parent is not None:
            element = element.parent
        return element

    def walk(self) -> Iterator["Element"]:
        """The element and all below it, in source order, without recursion."""
        if self._below is None:
            return self._walked()
        if not self._below:
            self._below.extend(self._walked())
        return iter(self._below)

    def seal(self) -> None:
        """Nothing is added below any more: those who walk from here, which many rules do, go along one list."""
        self._below = []

    def _walked(self) -> Iterator["Element"]:
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))

    def of(self, kind: str) -> Iterator["Element"]:
        """The children of one kind."""
        return (one for one in self.children if one.kind == kind)

    def above(self, *kinds: str) -> "Element | None":
        """The closest ancestor of one of the kinds."""
        element = self.parent
        while element is not None and element.kind not in kinds:
            element = element.parent
        return element

    def __repr__(self) -> str:
        """For the person who debugs."""
        return f"<{self.address}>"


def normal_address(address: str) -> str:
    """An address as people write it in the form in which it is kept: names in path templates do not count."""
    return _PLACEHOLDER.sub("{}", address) if "{" in address else address
