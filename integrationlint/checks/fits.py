"""Whether one value is allowed by the facts of one shape: types, enumerations, bounds, lengths, patterns, formats."""

import re
from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any, Final, TypeGuard

from integrationlint.dialects.matching import Matching

# RFC 3339 section 5.6, without leap years: what is wrong in a contract is nearly always the form.
_FORMATS: Final[Mapping[str, re.Pattern[str]]] = {
    "date": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"),
    "date-time": re.compile(
        r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
        r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
    ),
    "uuid": re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "ipv4": re.compile(r"(?:\d{1,3}\.){3}\d{1,3}"),
}
_RANGES: Final = {"int32": 2**31, "int64": 2**63}
_TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: (
        not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
    ),
    "number": lambda value: not isinstance(value, bool) and isinstance(value, int | float),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}
_ARTICLES: Final = {"integer": "an", "array": "an", "object": "an"}
_TESTS: Final[tuple[tuple[str, Callable[[float, float], bool], str], ...]] = (
    ("minimum", lt, "less than"),
    ("maximum", gt, "more than"),
    ("exclusiveMinimum", le, "not more than"),
    ("exclusiveMaximum", ge, "not less than"),
)
FORMATTED: Final = frozenset(_FORMATS)


def misfit(value: object, facts: Mapping[str, Any], matching: Matching) -> str:
    """Why a shape with these facts does not allow the value; empty when it does, or when that cannot be told.

    Only the facts themselves are looked at, not the fields and items below the shape.
    """
    if value is None:
        return ""  # whether null is allowed is spelled in too many ways: the type says enough for all else
    return (
        wrong_type(value, facts.get("type"))
        or _wrong_choice(value, facts)
        or (_wrong_text(value, facts, matching) if isinstance(value, str) else "")
        or (_wrong_number(value, facts) if isinstance(value, int | float) and not isinstance(value, bool) else "")
        or (_wrong_count(len(value), facts, "Items", "items") if isinstance(value, list) else "")
    )


def wrong_type(value: object, types: object) -> str:
    """Why the value is of none of the types; types that JSON Schema does not know allow everything."""
    if not isinstance(types, tuple) or not types or not all(one in _TYPES for one in types):
        return ""
    if any(_TYPES[one](value) for one in types):
        return ""
    return "it is not " + " or ".join(f"{_ARTICLES.get(one, 'a')} {one}" for one in types)


def same(one: object, other: object) -> bool:
    """Equality as JSON has it: 1 equals 1.0, and true equals no number, at any depth of small values."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def is_number(value: object) -> TypeGuard[float]:
    """A number, and not a boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong_choice(value: object, facts: Mapping[str, Any]) -> str:
    enum = facts.get("enum")
    if isinstance(enum, list) and enum and not any(same(value, one) for one in enum):
        return "it is none of the values in enum"
    if "const" in facts and not same(value, facts["const"]):
        return "it is not the value of const"
    return ""


def _wrong_text(value: str, facts: Mapping[str, Any], matching: Matching) -> str:
    pattern = facts.get("pattern")
    if isinstance(pattern, str) and matching.matches(pattern, value) is False:
        return f"it does not match the pattern {pattern}"
    name = facts.get("format")
    known = _FORMATS.get(name) if isinstance(name, str) else None
    if known is not None and not known.fullmatch(value):
        return f"it has not the form of the format {name}"
    return _wrong_count(len(value), facts, "Length", "characters")


def _wrong_count(count: int, facts: Mapping[str, Any], suffix: str, what: str) -> str:
    least, most = facts.get(f"min{suffix}"), facts.get(f"max{suffix}")
    if is_number(least) and count < least:
        return f"it has {count} {what}, fewer than {least}"
    if is_number(most) and count > most:
        return f"it has {count} {what}, more than {most}"
    return ""


def _wrong_number(value: float, facts: Mapping[str, Any]) -> str:
    for name, breaks, said in _TESTS:
        bound = facts.get(name)
        if is_number(bound) and breaks(value, bound):
            return f"it is {said} {bound}"
    form = facts.get("format")
    limit = _RANGES.get(form) if isinstance(form, str) else None
    return f"it is beyond the range of {form}" if limit is not None and not -limit <= value < limit else ""
