"""A filter taken apart for speed: what it asks of the key, which members it cannot do without, and the rest."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from integrationlint.dialects.javascript import UNDEFINED, Thrown, to_number
from integrationlint.dialects.javascript_members import BUILT_IN
from integrationlint.dialects.jsonpath.closures import Holds, holding
from integrationlint.dialects.jsonpath.expressions import children
from integrationlint.dialects.jsonpath.steps import Call, Filtered, Items, Literal, Member, Name, Node, Operation

_VALUE: Final = Name("@")
_KEY: Final = Name("@property")
_EQUAL: Final = ("==", "===")
_UNEQUAL: Final = ("!=", "!==")
_ORDERED: Final = ("<", "<=", ">", ">=")
# Members that nearly every object of a contract has: the least telling ones first.
_COMMON: Final = ("type", "description", "properties", "schema", "$ref", "name", "in", "required", "title", "items")


@dataclass(frozen=True, slots=True, eq=False)
class ValueTest:
    """What is asked of the value. `members`: it must be an object with one of them; None where it need not be.

    `scalars`: whether anything but objects and arrays can pass. `text`: what its one member must be, if it is a text;
    `listed`: it must be a list, or an object.
    """

    test: Holds
    members: frozenset[str] | None
    scalars: bool = False
    text: str | None = None
    listed: bool = False

    def passes(self, place: tuple[Any, ...]) -> bool:
        """Whether the value at a place passes; what JavaScript would throw is no match."""
        try:
            return self.test(place[2], place)
        except Thrown:
            return False


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A filter: the key is one of `only` (None: any), none of `but`, and passes `key`; the value passes `value`."""

    only: frozenset[str] | None = None
    but: frozenset[str] = frozenset()
    key: Callable[[str | int], bool] | None = None
    value: ValueTest | None = None


@lru_cache(maxsize=4096)
def condition(filtered: Filtered) -> Condition:
    """The condition of a filter, the same one for the same text."""
    only: frozenset[str] | None = None
    but: frozenset[str] = frozenset()
    keys: list[Node] = []
    values: list[Node] = []
    for term in _terms(filtered.node):
        if _names(term) - {"@property"}:
            values.append(term)
            continue
        names = _only(term)
        if names is not None:
            only = names if only is None else only & names
        elif (one := _compared(term, _UNEQUAL)) is not None:
            but |= {one}
        else:
            keys.append(term)
        if _strict_digits(term):
            keys.append(term)
    return Condition(only, but, _key_test(keys) if keys else None, _value_test(values) if values else None)


def _terms(node: Node) -> list[Node]:
    """What must all hold: the operands of `&&`, and of those within."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Operation) and one.operator == "&&":
            waiting.extend(reversed(one.operands))
        else:
            found.append(one)
    return found


def _names(root: Node) -> set[str]:
    found, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            found.add(node.name)
        waiting.extend(children(node))
    return found


def _compared(node: Node, operators: tuple[str, ...]) -> str | None:
    """The text that the key is compared to."""
    if isinstance(node, Operation) and node.operator in operators:
        one, other = node.operands
        if other == _KEY:
            one, other = other, one
        if one == _KEY and isinstance(other, Literal) and isinstance(other.value, str):
            return other.value if _is_name(other.value, node.operator) else None
    return None


def _is_name(text: str, operator: str) -> bool:
    """Whether comparing a key to a text is comparing names, also where the key is the index of an item."""
    if text.isdecimal() and str(int(text)) == text:
        return operator != "!=="
    return math.isnan(to_number(text))


def _only(node: Node) -> frozenset[str] | None:
    """The keys that a term about the key holds for, where they are written out."""
    one = _compared(node, _EQUAL)
    if one is not None:
        return frozenset((one,))
    if not isinstance(node, Operation):
        return None
    if node.operator == "||":
        each = [_only(operand) for operand in node.operands]
        return frozenset().union(*(one for one in each if one is not None)) if None not in each else None
    if node.operator == "in" and node.operands[0] == _KEY and isinstance(node.operands[1], Items):
        items = node.operands[1].items
        if all(isinstance(one, Literal) and isinstance(one.value, str) and one.value.isidentifier() for one in items):
            return frozenset(one.value for one in items if isinstance(one, Literal))
    return None


def _strict_digits(node: Node) -> bool:
    """Whether the key is written out and compared to digits, which an index may be or, strictly, not."""
    return any(one.isdecimal() for one in _only(node) or ())


def _key_test(terms: list[Node]) -> Callable[[str | int], bool]:
    tests = [holding(term) for term in terms]

    def test(key: str | int) -> bool:
        try:
            return all(one(None, (None, key, None)) for one in tests)
        except Thrown:
            return False

    return test


def _value_test(terms: list[Node]) -> ValueTest:
    needed = [members for members in map(_members, terms) if members is not None]
    members = min(needed, key=_commonness, default=None)
    if members is None:
        return ValueTest(_all(terms), None, scalars=not any(_no_scalar(term) for term in terms))
    # An object is truthy, and no null.
    terms = [term for term in terms if term != _VALUE and not _unequal_null(term)]
    asked = [text for member, text in map(_text_of_member, terms) if {member} == members]
    listed = any(_reads_array(term, members) for term in terms)
    return ValueTest(_all(terms), members, text=next(iter(asked), None), listed=listed)


def _all(terms: list[Node]) -> Holds:
    return holding(terms[0] if len(terms) == 1 else Operation("&&", tuple(terms)))


def _unequal_null(node: Node) -> bool:
    nothing = (Literal(None), Literal(UNDEFINED))
    return (
        isinstance(node, Operation)
        and node.operator in _UNEQUAL
        and _VALUE in node.operands
        and any(one in nothing for one in node.operands)
    )


def _text_of_member(node: Node) -> tuple[str, str | None]:
    """Of `@.member == 'text'` the member and the text."""
    if isinstance(node, Operation) and node.operator in _EQUAL:
        one, other = node.operands
        names = _read(one) if isinstance(one, Member) and one.value == _VALUE else None
        if names and isinstance(other, Literal) and isinstance(other.value, str):
            return next(iter(names)), other.value
    return "", None


def _reads_array(node: Node, members: frozenset[str]) -> bool:
    """Whether a term is `@.member.constructor.name === 'Array'`."""
    if not (isinstance(node, Operation) and node.operator in _EQUAL and node.operands[1] == Literal("Array")):
        return False
    named = node.operands[0]
    made = named.value if isinstance(named, Member) and named.name == Literal("name") else None
    if not (isinstance(made, Member) and made.name == Literal("constructor") and isinstance(made.value, Member)):
        return False
    return made.value.value == _VALUE and _read(made.value) == members


def _commonness(members: frozenset[str]) -> tuple[int, int, list[str]]:
    common = [len(_COMMON) - _COMMON.index(one) for one in members if one in _COMMON]
    return max(common, default=0), len(members), sorted(members)


def _no_scalar(node: Node) -> bool:
    name = node.function if isinstance(node, Call) else node
    return name in (Name("@object"), Name("@array"))


def _members(node: Node) -> frozenset[str] | None:
    """Members of which the value must have one for the term to hold; None where nothing can be said."""
    if isinstance(node, Operation):
        return _members_of_operation(node)
    return _read(node)


def _members_of_operation(node: Operation) -> frozenset[str] | None:
    operator, operands = node.operator, node.operands
    if operator == "&&":
        return min((one for one in map(_members, operands) if one is not None), key=_commonness, default=None)
    if operator == "||":
        each = [_members(one) for one in operands]
        return frozenset().union(*(one for one in each if one is not None)) if None not in each else None
    if operator in _EQUAL + _UNEQUAL + _ORDERED:
        for one, other in (operands, operands[::-1]):
            if isinstance(other, Literal) and _excludes_undefined(operator, other.value):
                return _read(one)
    if operator == "in" and isinstance(operands[1], Items):
        written = all(isinstance(one, Literal) and one.value is not UNDEFINED for one in operands[1].items)
        return _read(operands[0]) if written else None
    return None


def _excludes_undefined(operator: str, value: Any) -> bool:
    """Whether `undefined OPERATOR value` is false."""
    if operator in _ORDERED:
        return True
    if operator == "===":
        return value is not UNDEFINED
    if operator == "!==":
        return value is UNDEFINED
    return (value is None or value is UNDEFINED) is (operator == "!=")


def _read(node: Node) -> frozenset[str] | None:
    """The member of the value that is read first: without it the node is undefined, or throws."""
    while isinstance(node, Member | Call):
        if isinstance(node, Call):
            if not isinstance(node.function, Member):
                return None
            node = node.function
        elif node.value == _VALUE:
            known = isinstance(node.name, Literal) and isinstance(node.name.value, str)
            name = node.name.value if isinstance(node.name, Literal) and known else ""
            return frozenset((name,)) if name and name not in BUILT_IN and not name.isdecimal() else None
        elif node.optional:
            return None
        else:
            node = node.value
    return None
