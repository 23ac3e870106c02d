"""Parsed filters to Python closures, each called with a value and its place; nothing is run as text.

A place is a tuple that begins with the place of the parent (None for the root), the key there, and the value.
"""

from collections.abc import Callable
from typing import Any, Final

from integrationlint.dialects.javascript import (
    UNDEFINED,
    Thrown,
    add,
    calculate,
    is_object,
    kind,
    less,
    loosely_equal,
    strictly_equal,
    to_number,
    to_string,
    truthy,
)
from integrationlint.dialects.javascript_members import BUILT_IN, TITLES, call, contains, invoke, member
from integrationlint.dialects.jsonpath.steps import Call, Items, Literal, Member, Name, Node, Operation
from integrationlint.dialects.matching import javascript_pattern

Place = tuple[Any, ...]
Evaluate = Callable[[Any, Place], Any]
Holds = Callable[[Any, Place], bool]

_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": loosely_equal,
    "!=": lambda left, right: not loosely_equal(left, right),
    "===": strictly_equal,
    "!==": lambda left, right: not strictly_equal(left, right),
    "<": less,
    "<=": lambda left, right: less(left, right, or_equal=True),
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: less(right, left, or_equal=True),
    "in": lambda left, right: contains(right, left),
    "~=": lambda left, right: javascript_pattern(to_string(right)).search(to_string(left)) is not None,
}
_CALCULATE: Final = ("-", "*", "/", "%")


def path_text(place: Place) -> str:
    """The path of a place as `@path` gives it: `$['paths']['/a'][0]`."""
    parts = []
    while place[0] is not None:
        parts.append(f"['{place[1]}']" if isinstance(place[1], str) else f"[{place[1]}]")
        place = place[0]
    return "$" + "".join(reversed(parts))


def _root(_: Any, place: Place) -> Any:
    while place[0] is not None:
        place = place[0]
    return place[2]


def _parent(_: Any, place: Place) -> Any:
    """What holds the list or object that the value is in: both engines mean that by the parent."""
    above = place[0][0]
    return UNDEFINED if above is None else above[2]


def _parent_property(_: Any, place: Place) -> Any:
    return UNDEFINED if place[0][0] is None else place[0][1]


_NAMES: Final[dict[str, Evaluate]] = {
    "@": lambda value, _: value,
    "@property": lambda _, place: place[1],
    "@index": lambda _, place: place[1] if isinstance(place[1], int) else UNDEFINED,
    "@parent": _parent,
    "@parentProperty": _parent_property,
    "@root": _root,
    "@path": lambda _, place: path_text(place),
}
_TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "@string": lambda value: isinstance(value, str),
    "@number": lambda value: kind(value) == "number",
    "@boolean": lambda value: isinstance(value, bool),
    "@null": lambda value: value is None,
    "@array": lambda value: isinstance(value, list),
    "@object": is_object,
    "@integer": lambda value: kind(value) == "number" and value == value // 1,
    "@scalar": lambda value: not is_object(value),
}


def evaluation(node: Node) -> Evaluate:
    """What a node gives. The closure raises Thrown where JavaScript would throw."""
    if isinstance(node, Literal):
        return _constant(node.value)
    if isinstance(node, Name):
        return _named(node.name)
    if isinstance(node, Member):
        return _member(node)
    if isinstance(node, Call):
        return _call(node)
    if isinstance(node, Items):
        items = [evaluation(one) for one in node.items]
        return lambda value, place: [one(value, place) for one in items]
    return _operation(node)


def holding(node: Node) -> Holds:
    """Whether a node is truthy, by the shortest way. The closure raises Thrown where JavaScript would throw."""
    if isinstance(node, Operation):
        if node.operator in ("&&", "||"):
            return _logic(node.operator, [holding(one) for one in node.operands])
        if node.operator == "!":
            inner = holding(node.operands[0])
            return lambda value, place: not inner(value, place)
        if node.operator in _COMPARE:
            return _comparison(node.operator, *node.operands)
    evaluate = evaluation(node)
    return lambda value, place: truthy(evaluate(value, place))


def _constant(constant: Any) -> Evaluate:
    return lambda _value, _place: constant


def _named(name: str) -> Evaluate:
    if name in _TYPES:
        is_type = _TYPES[name]
        return lambda value, _: is_type(value)
    return _NAMES[name]


def _member(node: Member) -> Evaluate:
    if isinstance(node.name, Literal) and isinstance(node.name.value, str):
        name = node.name.value
        if node.value == Name("@"):
            return _own_member(name)
        within = evaluation(node.value)
        if not node.optional:
            return lambda value, place: member(within(value, place), name)
    within, key = evaluation(node.value), evaluation(node.name)
    optional = node.optional

    def get(value: Any, place: Place) -> Any:
        found = within(value, place)
        if optional and (found is None or found is UNDEFINED):
            return UNDEFINED
        return member(found, key(value, place))

    return get


def _own_member(name: str) -> Evaluate:
    if name in BUILT_IN:
        return lambda value, _: member(value, name)
    return lambda value, _: value.get(name, UNDEFINED) if type(value) is dict else member(value, name)


def _call(node: Call) -> Evaluate:
    function = node.function
    if isinstance(function, Name) and function.name in _TYPES:
        return _named(function.name)
    arguments = [evaluation(one) for one in node.arguments]
    if not (isinstance(function, Member) and isinstance(function.name, Literal)):
        called = evaluation(function)
        return lambda value, place: call(called(value, place), [one(value, place) for one in arguments])
    name, within = to_string(function.name.value), evaluation(function.value)
    if function.value == Name("@property"):
        return lambda value, place: invoke(to_string(place[1]), name, [one(value, place) for one in arguments])
    return lambda value, place: invoke(within(value, place), name, [one(value, place) for one in arguments])


def _logic(operator: str, parts: list[Holds]) -> Holds:
    if len(parts) == 2:
        first, second = parts
        if operator == "&&":
            return lambda value, place: first(value, place) and second(value, place)
        return lambda value, place: first(value, place) or second(value, place)
    decides = operator == "||"

    def logic(value: Any, place: Place) -> bool:
        for part in parts:
            if part(value, place) is decides:
                return decides
        return not decides

    return logic


def _comparison(operator: str, left: Node, right: Node) -> Holds:
    one, other = evaluation(left), evaluation(right)
    compare = _COMPARE[operator]
    if isinstance(left, Member) and left.name == Literal("name") and isinstance(left.value, Member):
        one = _constructor_name(left.value, one)
    if isinstance(right, Literal) and isinstance(right.value, str) and operator in ("==", "===", "!=", "!=="):
        text, same = right.value, operator[0] == "="

        def with_text(value: Any, place: Place) -> bool:
            found = one(value, place)
            return (found == text) is same if type(found) is str else compare(found, text)

        return with_text
    return lambda value, place: compare(one(value, place), other(value, place))


def _constructor_name(node: Member, otherwise: Evaluate) -> Evaluate:
    """`value.constructor.name`, by which filters ask for arrays, without making a constructor."""
    if node.name != Literal("constructor"):
        return otherwise
    within = evaluation(node.value)

    def name(value: Any, place: Place) -> Any:
        title = TITLES.get(type(within(value, place)))
        return otherwise(value, place) if title is None else title

    return name


def _operation(node: Operation) -> Evaluate:
    operator, operands = node.operator, [evaluation(one) for one in node.operands]
    if operator == "!" or operator in _COMPARE:
        return holding(node)
    if operator in ("&&", "||", "??"):
        return _chosen(operator, operands)
    if operator == "?":
        condition, then, otherwise = holding(node.operands[0]), operands[1], operands[2]
        return lambda value, place: then(value, place) if condition(value, place) else otherwise(value, place)
    if len(operands) == 1:
        return _unary(operator, operands[0])
    one, other = operands
    if operator == "+":
        return lambda value, place: add(one(value, place), other(value, place))
    if operator in _CALCULATE:
        return lambda value, place: calculate(operator, one(value, place), other(value, place))
    raise Thrown(f"no operator {operator}")


def _unary(operator: str, operand: Evaluate) -> Evaluate:
    if operator == "typeof":
        return lambda value, place: kind(operand(value, place))
    if operator == "-":
        return lambda value, place: -to_number(operand(value, place))
    return lambda value, place: to_number(operand(value, place))


def _chosen(operator: str, operands: list[Evaluate]) -> Evaluate:
    """The operand that decides, not whether it holds: `@.a || 'none'`."""

    def chosen(value: Any, place: Place) -> Any:
        found: Any = UNDEFINED
        for operand in operands:
            found = operand(value, place)
            decided = found is not None and found is not UNDEFINED if operator == "??" else truthy(found)
            if decided is (operator != "&&"):
                return found
        return found

    return chosen
