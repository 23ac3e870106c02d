"""The JavaScript of filters, parsed: comparisons, logic, members, calls; no assignments, no functions of one's own."""

from typing import Final

from integrationlint.dialects.javascript import UNDEFINED
from integrationlint.dialects.jsonpath.steps import (
    DEEPEST,
    Call,
    Items,
    Literal,
    Member,
    Name,
    Node,
    Operation,
    PathError,
)
from integrationlint.dialects.jsonpath.tokens import Token, token
from integrationlint.model.errors import did_you_mean

NAMES: Final = ("@", "@property", "@parent", "@parentProperty", "@root", "@path", "@index")
TYPES: Final = ("@string", "@number", "@boolean", "@null", "@array", "@object", "@integer", "@scalar")
# How tightly operators bind; `in` and `~=` as Spectral has them.
_BINDS: Final = {
    "||": 1, "??": 1, "&&": 2, "==": 6, "!=": 6, "===": 6, "!==": 6, "<": 7, ">": 7, "<=": 7, ">=": 7,
    "+": 9, "-": 9, "*": 10, "/": 10, "%": 10, "in": 12, "~=": 20,
}  # fmt: skip
_UNARY: Final = ("!", "-", "+", "void", "typeof")
_LONGEST_CHAIN: Final = 100


class _Words:
    """The text and the next word of it."""

    __slots__ = ("depth", "next", "text")

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.depth = 0
        self.next = token(text, at, operand=True)

    def take(self, *, operand: bool) -> Token:
        taken = self.next
        self.next = token(self.text, taken.end, operand=operand)
        return taken

    def sign(self, *signs: str) -> bool:
        return self.next.kind == "sign" and self.next.text in signs

    def expect(self, sign: str, *, operand: bool) -> None:
        if not self.sign(sign):
            found = f"'{self.next.text}'" if self.next.text else "the end"
            raise PathError(f"expected '{sign}' in the filter, found {found}", self.next.start)
        self.take(operand=operand)


def parsed(text: str, at: int) -> tuple[Node, int]:
    """The filter in parentheses whose `(` is at this place, and the place behind its `)`. PathError when malformed."""
    words = _Words(text, at + 1)
    node = _ternary(words)
    if not words.sign(")"):
        words.expect(")", operand=False)
    if _depth(node) > DEEPEST:
        raise PathError(f"the filter is nested deeper than {DEEPEST} levels", at)
    return node, words.next.end


def _ternary(words: _Words) -> Node:
    words.depth += 1
    if words.depth > DEEPEST:
        raise PathError(f"the filter is nested deeper than {DEEPEST} levels", words.next.start)
    node = _binary(words, 0)
    if words.sign("?"):
        words.take(operand=True)
        then = _ternary(words)
        words.expect(":", operand=True)
        node = Operation("?", (node, then, _ternary(words)))
    words.depth -= 1
    return node


def _binary(words: _Words, least: int) -> Node:
    node = _unary(words)
    for _ in range(_LONGEST_CHAIN):
        binds = _BINDS.get(words.next.text, 0) if words.next.kind == "sign" else 0
        if binds <= least:
            return node
        operator = words.take(operand=True).text
        right = _binary(words, binds)
        if operator in ("&&", "||") and isinstance(node, Operation) and node.operator == operator:
            node = Operation(operator, (*node.operands, right))
        else:
            node = Operation(operator, (node, right))
    raise PathError(f"the filter has more than {_LONGEST_CHAIN} operators in a row", words.next.start)


def _unary(words: _Words) -> Node:
    if not words.sign(*_UNARY):
        return _postfix(words)
    words.depth += 1
    if words.depth > DEEPEST:
        raise PathError(f"the filter is nested deeper than {DEEPEST} levels", words.next.start)
    operator = words.take(operand=True).text
    node = Operation(operator, (_unary(words),))
    words.depth -= 1
    return Literal(UNDEFINED) if operator == "void" else node


def _postfix(words: _Words) -> Node:
    node = _operand(words)
    for _ in range(_LONGEST_CHAIN):
        if words.sign(".", "?."):
            optional = words.take(operand=False).text == "?."
            name = words.take(operand=False)
            if name.kind != "name" and not name.text.isidentifier():
                raise PathError("expected a name after '.' in the filter", name.start)
            node = Member(node, Literal(name.text), optional)
        elif words.sign("["):
            words.take(operand=True)
            node = Member(node, _ternary(words))
            words.expect("]", operand=False)
        elif words.sign("("):
            node = Call(node, _list(words, ")"))
        else:
            return node
    raise PathError(f"the filter has more than {_LONGEST_CHAIN} members in a row", words.next.start)


def _operand(words: _Words) -> Node:
    if words.sign("("):
        words.take(operand=True)
        node = _ternary(words)
        words.expect(")", operand=False)
        return node
    if words.sign("["):
        return Items(_list(words, "]"))
    if words.next.kind == "value":
        return Literal(words.take(operand=False).value)
    if words.next.kind != "name":
        found = f"'{words.next.text}'" if words.next.text else "the end"
        raise PathError(f"expected a value in the filter, found {found}", words.next.start)
    return _name(words)


def _name(words: _Words) -> Node:
    word = words.take(operand=False)
    if word.text in TYPES and words.sign("("):
        return Name(word.text)
    if word.text not in NAMES:
        hint = did_you_mean(word.text, NAMES + TYPES) if word.text.startswith("@") else _hint(word.text)
        raise PathError(f"unknown name '{word.text}' in the filter{hint}", word.start)
    return Name(word.text)


def _hint(name: str) -> str:
    return f": a text is written '{name}' in quotes, a member with a dash @['a-b']"


def _list(words: _Words, closing: str) -> tuple[Node, ...]:
    words.take(operand=True)
    found: list[Node] = []
    while not words.sign(closing):
        found.append(_ternary(words))
        if not words.sign(","):
            break
        words.take(operand=True)
    words.expect(closing, operand=False)
    return tuple(found)


def _depth(root: Node) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in children(node)]
    return deepest


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under a node."""
    if isinstance(node, Operation):
        return node.operands
    if isinstance(node, Member):
        return (node.value, node.name)
    if isinstance(node, Call):
        return (node.function, *node.arguments)
    return node.items if isinstance(node, Items) else ()
