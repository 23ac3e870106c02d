"""The keywords of JSON Schema that look at one value alone, with the messages of Ajv 8."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from integrationlint.dialects.javascript import number_text
from integrationlint.dialects.json_schema_formats import is_in_format
from integrationlint.dialects.json_schema_patterns import javascript
from integrationlint.dialects.json_schema_run import NONE, Errors, Keyword, Run, Trail, error

_MOST_COMPARED: Final = 100_000


def is_same(left: Any, right: Any) -> bool:
    """Whether two values are equal in JSON: true is not 1, but 1.0 is."""
    if isinstance(left, dict):
        return isinstance(right, dict) and left.keys() == right.keys() and all(is_same(left[k], right[k]) for k in left)
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(is_same, left, right))
    return bool(left == right) and isinstance(left, bool) is isinstance(right, bool)


def _limit(keyword: str, broken: Callable[[Any, Any], bool], sign: str) -> Keyword:
    def limited(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
        if not broken(value, limit):
            return NONE
        message = f"must be {sign} {number_text(limit)}"
        return [error(keyword, schema, message, path, where, comparison=sign, limit=limit)]

    return limited


def _old_limit(keyword: str, exclusive: str) -> Keyword:
    """A limit of draft 4, where a neighbour says whether the limit itself is outside."""
    upper = keyword == "maximum"
    open_limit = _limit(keyword, operator.ge if upper else operator.le, "<" if upper else ">")
    closed_limit = _limit(keyword, operator.gt if upper else operator.lt, "<=" if upper else ">=")

    def limited(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
        chosen = open_limit if schema.get(exclusive) else closed_limit
        return chosen(run, limit, value, schema, path, where)

    return limited


def _size(keyword: str, what: str) -> Keyword:
    most = keyword.startswith("max")

    def sized(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
        size = len(value)
        if (size <= limit) if most else (size >= limit):
            return NONE
        message = f"must NOT have {'more' if most else 'fewer'} than {number_text(limit)} {what}"
        return [error(keyword, schema, message, path, where, limit=limit)]

    return sized


def _multiple_of(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    try:
        whole = bool(limit) and float(value / limit).is_integer()
    except OverflowError:
        whole = value % limit == 0
    if whole:
        return NONE
    return [error("multipleOf", schema, f"must be multiple of {number_text(limit)}", path, where, multipleOf=limit)]


def _pattern(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if javascript(limit).is_found(value) is not False:
        return NONE
    return [error("pattern", schema, f'must match pattern "{limit}"', path, where, pattern=limit)]


def _format(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if not run.formats or is_in_format(limit, value):
        return NONE
    return [error("format", schema, f'must match format "{limit}"', path, where, format=limit)]


def _required(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    missing = [name for name in limit if name not in value]
    return [
        error("required", schema, f"must have required property '{name}'", path, where, missingProperty=name)
        for name in (missing if run.every else missing[:1])
    ]


def dependent(keyword: str) -> Keyword:
    """The properties that others ask for (`dependentRequired`, and lists in `dependencies`)."""

    def checked(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
        found = []
        for name, needed in limit.items():
            missing = [one for one in needed if one not in value] if name in value else []
            for one in missing if run.every else missing[:1]:
                listed = ", ".join(needed)
                noun = "property" if len(needed) == 1 else "properties"
                message = f"must have {noun} {listed} when property {name} is present"
                params = {"property": name, "missingProperty": one, "depsCount": len(needed), "deps": listed}
                found.append(error(keyword, schema, message, path, where, **params))
                if not run.every:
                    return found
        return found

    return checked


def _const(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if is_same(value, limit):
        return NONE
    return [error("const", schema, "must be equal to constant", path, where, allowedValue=limit)]


def _enum(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if any(is_same(value, one) for one in limit):
        return NONE
    message = "must be equal to one of the allowed values"
    return [error("enum", schema, message, path, where, allowedValues=limit)]


def _unique(_: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    pair = twins(value) if limit else None
    if pair is None:
        return NONE
    first, last = pair
    items = schema.get("items")
    types = items.get("type") if isinstance(items, dict) else None
    types = [types] if isinstance(types, str) else types or []
    if types and not {"object", "array"} & set(types):
        first, last = last, first
    message = f"must NOT have duplicate items (items ## {first} and {last} are identical)"
    return [error("uniqueItems", schema, message, path, where, i=last, j=first)]


def twins(items: list[Any]) -> tuple[int, int] | None:
    """The last item that was there before, and where: the index before it comes first."""
    if len(items) < 2:
        return None
    budget = [_MOST_COMPARED]
    before: dict[Any, int] = {}
    found = None
    for index, item in enumerate(items):
        key = _frozen(item, budget)
        if key in before:
            found = (before[key], index)
        before[key] = index
    return found if budget[0] > 0 else None


def _frozen(value: Any, budget: list[int]) -> Any:
    budget[0] -= 1
    if budget[0] <= 0:
        return id(value)
    if isinstance(value, dict):
        return ("object", frozenset((key, _frozen(one, budget)) for key, one in value.items()))
    if isinstance(value, list):
        return ("array", tuple(_frozen(one, budget) for one in value))
    return (isinstance(value, bool), value)


ASSERTIONS: Final[Mapping[str, Keyword]] = {
    "maximum": _limit("maximum", operator.gt, "<="),
    "minimum": _limit("minimum", operator.lt, ">="),
    "exclusiveMaximum": _limit("exclusiveMaximum", operator.ge, "<"),
    "exclusiveMinimum": _limit("exclusiveMinimum", operator.le, ">"),
    "multipleOf": _multiple_of,
    "maxLength": _size("maxLength", "characters"),
    "minLength": _size("minLength", "characters"),
    "pattern": _pattern,
    "format": _format,
    "maxItems": _size("maxItems", "items"),
    "minItems": _size("minItems", "items"),
    "uniqueItems": _unique,
    "maxProperties": _size("maxProperties", "properties"),
    "minProperties": _size("minProperties", "properties"),
    "required": _required,
    "dependentRequired": dependent("dependentRequired"),
    "const": _const,
    "enum": _enum,
}
OLD_LIMITS: Final[Mapping[str, Keyword]] = {
    "maximum": _old_limit("maximum", "exclusiveMaximum"),
    "minimum": _old_limit("minimum", "exclusiveMinimum"),
}
