"""What a changed keyword does to the set of allowed values: (backward, forward).

backward: every value allowed before is still allowed; forward: every value allowed now was allowed before;
None where that cannot be decided. Sources: JSON Schema Validation 2020-12 section 6, XSD 1.0 part 2 section 4.3.
"""

import json
from collections.abc import Callable
from fractions import Fraction
from math import isfinite
from typing import Any, Final

from integrationlint.diff.xsd_facts import compositor_effect, conditions_effect
from integrationlint.diff.xsd_types import type_effect

Effect = tuple[bool | None, bool | None]

SAME: Final[Effect] = (True, True)
WIDER: Final[Effect] = (True, False)
NARROWER: Final[Effect] = (False, True)
OTHER: Final[Effect] = (False, False)
UNKNOWN: Final[Effect] = (None, None)


def effect(fact: str, old: Any, new: Any) -> Effect | None:
    """The effect of changing a fact of a shape from `old` to `new` (None: not there); None for facts without one."""
    judge = _JUDGES.get(fact)
    if judge is None:
        return None
    return SAME if same(old, new) else judge(old, new)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON: 1 and 1.0 are, 1 and true are not, members have no order."""
    if is_number(one) and is_number(other):
        return bool(one == other) or repr(one) == repr(other)
    return type(one) is type(other) and bool(one == other) and _text(one) == _text(other)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=repr)


def _upper(old: Any, new: Any) -> Effect:
    return _ordered(old, new, larger_is_wider=True)


def _lower(old: Any, new: Any) -> Effect:
    return _ordered(old, new, larger_is_wider=False)


def _ordered(old: Any, new: Any, *, larger_is_wider: bool) -> Effect:
    if old is None or new is None:
        return WIDER if new is None else NARROWER
    if not is_number(old) or not is_number(new):
        return UNKNOWN
    if old == new:
        return SAME
    return WIDER if (new > old) is larger_is_wider else NARROWER


def is_number(value: Any) -> bool:
    """Whether a value is a number in JSON."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _types(old: Any, new: Any) -> Effect:
    # No types at all are those of null alone: whether null is allowed is another fact.
    if old is None or new is None:
        return WIDER if new is None else NARROWER
    if not all(isinstance(one, str) for one in (*old, *new)):
        return UNKNOWN
    before, after = spread(old), spread(new)
    return (before <= after, after <= before)


def text_types_effect(old: Any, new: Any) -> Effect:
    """The effect where values are written as text, as in a query: what is a number or a boolean is a text as well."""
    if old is None or new is None:
        return _types(old, new)
    before, after = ({*spread(one)} | ({*_PRIMITIVE} if "string" in one else set()) for one in (old, new))
    return (before <= after, after <= before)


_PRIMITIVE: Final = ("string", "number", "integer", "boolean")


def spread(types: Any) -> frozenset[str]:
    """The types that a list of them allows: a number may be an integer."""
    found = frozenset(types if isinstance(types, tuple | list) else (types,))
    return found | {"integer"} if "number" in found else found


def _values(old: Any, new: Any) -> Effect:
    if old is None or new is None:
        return WIDER if new is None else NARROWER
    if not isinstance(old, list | tuple) or not isinstance(new, list | tuple):
        return UNKNOWN
    before, after = frozenset(map(_spelled, old)), frozenset(map(_spelled, new))
    return (before <= after, after <= before)


def _spelled(value: Any) -> tuple[str, Any]:
    if is_number(value):
        return ("number", value if isfinite(value) else repr(value))
    return (type(value).__name__, _text(value))


def _constant(old: Any, new: Any) -> Effect:
    if old is None or new is None:
        return WIDER if new is None else NARROWER
    return OTHER


def _flag(old: Any, new: Any) -> Effect:
    """`nullable` and its like: true allows more."""
    return SAME if bool(old) is bool(new) else WIDER if new else NARROWER


def _restriction(old: Any, new: Any) -> Effect:
    """`uniqueItems` and its like: true allows less."""
    backward, forward = _flag(old, new)
    return (forward, backward)


# Patterns that every text matches.
_ANYTHING: Final = (None, "", ".*", "^.*$", "^.*", ".*$")


def _pattern(old: Any, new: Any) -> Effect:
    if isinstance(old, tuple) or isinstance(new, tuple):  # several that must all fit
        mine, yours = (set(one if isinstance(one, tuple) else (one,)) - {*_ANYTHING} for one in (old, new))
        return WIDER if yours < mine else NARROWER if mine < yours else UNKNOWN
    if old in _ANYTHING or new in _ANYTHING:
        return SAME if old in _ANYTHING and new in _ANYTHING else WIDER if new in _ANYTHING else NARROWER
    return UNKNOWN  # whether one regular expression includes another is not decided here


def _format(old: Any, new: Any) -> Effect:
    if old is None or new is None:
        return WIDER if new is None else NARROWER
    if not isinstance(old, str) or not isinstance(new, str):
        return UNKNOWN
    return WIDER if (old, new) in _WIDER_FORMATS else NARROWER if (new, old) in _WIDER_FORMATS else OTHER


_WIDER_FORMATS: Final = frozenset({("int32", "int64"), ("float", "double"), ("uri", "uri-reference"), ("uri", "iri")})


def _additional(old: Any, new: Any) -> Effect:
    before, after = (0 if one is False else 1 if one == "schema" else 2 for one in (old, new))
    return SAME if before == after else WIDER if after > before else NARROWER


def _multiple(old: Any, new: Any) -> Effect:
    if old is None or new is None:
        return WIDER if new is None else NARROWER
    if not (is_number(old) and is_number(new) and isfinite(old) and isfinite(new)) or old <= 0 or new <= 0:
        return UNKNOWN
    before, after = Fraction(repr(old)), Fraction(repr(new))
    return (before % after == 0, after % before == 0)


def _least(old: Any, new: Any) -> Effect:
    """A length or number of things is never below 0."""
    before, after = (None if is_number(one) and one <= 0 else one for one in (old, new))
    return SAME if before == after else _lower(before, after)


def _least_contained(old: Any, new: Any) -> Effect:
    """Without `minContains` one is enough (JSON Schema Core 2020-12 section 10.3.1.3)."""
    before, after = (1 if one is None else one for one in (old, new))
    return SAME if before == after else _lower(before, after)


def _dependents(old: Any, new: Any) -> Effect:
    """Each name that must be there beside another is a condition."""
    before, after = (
        {(name, needed) for name, names in one.items() for needed in names} if isinstance(one, dict) else set()
        for one in (old, new)
    )
    return (after <= before, before <= after)


def _extensible(old: Any, new: Any) -> Effect:
    """Each value that is named counts; naming some where none were named refuses nothing."""
    return _values(old, new) if isinstance(old, list) and isinstance(new, list) else SAME


def _occurs_upper(old: Any, new: Any) -> Effect:
    before, after = _occurs(old), _occurs(new)
    return SAME if before == after else _upper(before, after)


def _occurs_lower(old: Any, new: Any) -> Effect:
    before, after = (1 if one is None else one for one in (old, new))
    return SAME if before == after else _lower(before, after)


def _occurs(value: Any) -> Any:
    return 1 if value is None else None if value in ("unbounded", -1) else value


def _unknown(_old: Any, _new: Any) -> Effect:
    return UNKNOWN


_JUDGES: Final[dict[str, Callable[[Any, Any], Effect]]] = {
    "type": _types,
    "enum": _values,
    "const": _constant,
    "fixed": _constant,
    "nullable": _flag,
    "format": _format,
    "pattern": _pattern,
    "base": type_effect,
    "compositor": compositor_effect,
    "whiteSpace": _unknown,
    **dict.fromkeys(("assertions", "identity", "block"), conditions_effect),
    "multipleOf": _multiple,
    "additionalProperties": _additional,
    "uniqueItems": _restriction,
    "abstract": _restriction,
    "not": _restriction,
    "dependentRequired": _dependents,
    "extensibleEnum": _extensible,
    "contentMediaType": _constant,
    "contentEncoding": _constant,
    "minContains": _least_contained,
    "mixed": _flag,
    "required": _restriction,
    "minOccurs": _occurs_lower,
    "maxOccurs": _occurs_upper,
    "form": _constant,
    **dict.fromkeys(
        (
            *("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"),
            *("totalDigits", "fractionDigits"),
        ),
        _upper,
    ),
    **dict.fromkeys(("minimum", "exclusiveMinimum"), _lower),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), _least),
}
