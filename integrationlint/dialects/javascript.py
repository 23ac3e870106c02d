"""Values as JavaScript sees them (ECMA-262): what is truthy, what equals what, and what becomes a string or a number.

Plain values stand for JavaScript's: dict for object, list for array, None for null, int and float for number.
"""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NamedTuple


class Undefined:
    """The value of what is not there; JavaScript's `undefined`, which is not null."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Nothing is falsy."""
        return False

    def __repr__(self) -> str:
        """For the person who debugs."""
        return "undefined"


UNDEFINED: Final = Undefined()


class Thrown(Exception):  # noqa: N818 -- what JavaScript throws may be anything
    """JavaScript would throw here: a member of null or undefined, a call of what is no function, a loop of values."""


class Function(NamedTuple):
    """A function as a value: it has a name and can be called."""

    name: str
    call: Callable[..., Any]


_DEEPEST: Final = 50
_ALWAYS_TRUE: Final = frozenset((dict, list, Function))
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_BASES: Final = {"0x": 16, "0o": 8, "0b": 2}
_SPACES: Final = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


def truthy(value: Any) -> bool:
    """Whether a value counts as true (7.1.2): all but undefined, null, false, 0, NaN and the empty string."""
    if type(value) in _ALWAYS_TRUE:
        return True
    return bool(value) and value == value  # noqa: PLR0124 -- NaN differs from itself


def kind(value: Any) -> str:
    """What `typeof` says."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "function" if isinstance(value, Function) else "object"


def is_object(value: Any) -> bool:
    """Whether a value is an object, an array or anything else that is no primitive."""
    return not (value is None or value is UNDEFINED or isinstance(value, str | int | float))


def strictly_equal(left: Any, right: Any) -> bool:
    """What `===` says (7.2.14): objects and arrays equal only themselves."""
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float):
        return isinstance(right, int | float) and left == right
    return left is right


def loosely_equal(left: Any, right: Any) -> bool:
    """What `==` says (7.2.13): null and undefined equal each other; otherwise numbers are compared."""
    if left is None or left is UNDEFINED:
        return right is None or right is UNDEFINED
    if right is None or right is UNDEFINED:
        return False
    if is_object(left) and is_object(right):
        return left is right
    left, right = primitive(left), primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def less(left: Any, right: Any, *, or_equal: bool = False) -> bool:
    """What `<` says, or `<=` (7.2.12): strings by UTF-16 units, all else as numbers, of which NaN is never less."""
    left, right = primitive(left), primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        one, other = (text.encode("utf-16-be", "surrogatepass") for text in (left, right))
        return one <= other if or_equal else one < other
    first, second = to_number(left), to_number(right)
    return first <= second if or_equal else first < second


def primitive(value: Any) -> Any:
    """A primitive as it is, anything else as its string (7.1.1)."""
    return to_string(value) if is_object(value) else value


def to_number(value: Any) -> float:
    """The number of a value (7.1.4), NaN where it has none."""
    value = primitive(value)
    if value is UNDEFINED:
        return math.nan
    if value is None:
        return 0
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]
    text = value.strip(_SPACES)
    if not text:
        return 0
    if text[:2].lower() in _BASES:
        return _based(text[2:], _BASES[text[:2].lower()])
    if text in ("Infinity", "+Infinity", "-Infinity"):
        return float(text)
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _based(digits: str, base: int) -> float:
    try:
        return int(digits, base) if digits.isalnum() and len(digits) < 300 else math.nan
    except ValueError:
        return math.nan


def to_string(value: Any, depth: int = 0) -> str:
    """The string of a value (7.1.17), of an array its items joined. Thrown where arrays are nested too deep."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        if depth > _DEEPEST:
            raise Thrown("arrays are nested too deep")
        return ",".join("" if one is None or one is UNDEFINED else to_string(one, depth + 1) for one in value)
    if isinstance(value, dict):
        return "[object Object]"
    return str(value) if not isinstance(value, Function) else f"function {value.name}() {{ [native code] }}"


def number_text(value: float) -> str:
    """A number as JavaScript writes it (6.1.6.1.20): `1`, `0.5`, `1e-7`, `1e+21`, `NaN`."""
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    try:
        value = float(value)
    except OverflowError:
        value = math.inf if value > 0 else -math.inf
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    return ("-" if value < 0 else "") + _digits(Decimal(repr(abs(value))).normalize())


def _digits(value: Decimal) -> str:
    _, numbers, power = value.as_tuple()
    digits = "".join(map(str, numbers))
    point = len(digits) + int(power)
    if 0 < point <= 21:
        return f"{digits}{'0' * int(power)}" if point >= len(digits) else f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}e{point - 1:+d}"


def add(left: Any, right: Any) -> Any:
    """What `+` gives: strings joined when one is a string, the sum of numbers otherwise."""
    left, right = primitive(left), primitive(right)
    if isinstance(left, str) or isinstance(right, str):
        return to_string(left) + to_string(right)
    return calculate("+", to_number(left), to_number(right))


def calculate(operator: str, left: Any, right: Any) -> float:
    """What `+ - * / %` give on numbers, all of them of double precision."""
    try:
        one, other = float(to_number(left)), float(to_number(right))
        if operator == "/":
            return _quotient(one, other)
        if operator == "%":
            return math.fmod(one, other) if other and not math.isinf(one) else math.nan
        return {"+": one + other, "-": one - other, "*": one * other}[operator]
    except OverflowError:
        return math.nan


def _quotient(one: float, other: float) -> float:
    if other:
        return one / other
    return math.nan if math.isnan(one) or not one else math.copysign(math.inf, one) * math.copysign(1, other)
