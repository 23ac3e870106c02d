"""Values against JSON Schema 2020-12: the one door to `jsonschema-rs`, without retrieval and within bounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from integrationlint.checks.schemas_cost import Meter, heaviest, steps

if TYPE_CHECKING:
    from jsonschema_rs import Validator

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_BACKTRACKS: Final = 10_000
# Steps that may be taken: by all values together, by one of them for its errors, by all for theirs; up to how many an
# estimate will do; and how many pairs of schema and value are counted where it will not.
_AFFORDABLE: Final = 50_000_000
_EXPLAINED: Final = 20_000
_ALL_EXPLAINED: Final = 200_000
_CHEAP: Final = 20_000
_MOST_COUNTED: Final = 200_000
_DEEPEST: Final = 5
# How many errors of one value are told.
_MOST: Final = 20
# What the conversion of odd values, and a schema that is none, may raise.
_ODD: Final = (ValueError, TypeError, OverflowError, RecursionError)


# The keyword that a value fails, what is wrong in words, the path to the place.
Fault = tuple[str, str, tuple[str | int, ...]]


class Error(NamedTuple):
    """What is wrong with a value: in words, in which the value itself is not quoted, and the path to the place."""

    message: str
    path: tuple[str | int, ...] = ()


def errors(schemas: Mapping[str, Any], asked: Sequence[tuple[str, Any]]) -> Iterator[Error | None] | None:
    """The first error of each value under the schema of a number, None where there is none or nobody can tell.

    `schemas` refer to each other as `#/$defs/NUMBER`. None instead of an iterator when one of them is no schema. Values
    that would take too long are not looked at.
    """
    validator = _compiled(schemas, dict.fromkeys(number for number, _ in asked))
    return None if validator is None else _errors(validator, schemas, asked)


def fault_finder(schemas: Mapping[str, Any], number: str) -> Callable[[Any], list[Fault] | None] | None:
    """What tells all that is wrong with a small value under the schema of a number: nothing for a valid one.

    It tells the keyword that the value fails, the error in words, and the path to the place. It answers None where
    that takes too long or cannot be told. None instead of it where there is no such schema.
    """
    validator = _compiled(schemas, {number: None})
    if validator is None:
        return None
    weight = heaviest(schemas)[number]

    def faults(value: Any) -> list[Fault] | None:
        cost = steps(weight, value)
        if cost > _EXPLAINED and Meter(schemas, _MOST_COUNTED).steps(number, value) > _EXPLAINED:
            return None
        try:
            return [
                fault for error in islice(validator.iter_errors({number: value}), _MOST) for fault in _within(error)
            ]
        except _ODD:
            return None

    return faults


def _within(error: Any) -> Iterator[Fault]:
    """The error, and where there are alternatives those of each, the one that fits best first."""
    for _ in range(_DEEPEST):
        branches = [list(branch) for branch in getattr(error.kind, "context", None) or ()]
        closest = max((one for one in branches if one), key=_fit, default=None)
        yield str(error.kind.name), str(error.message), tuple(error.instance_path)[1:]
        if closest is None:
            return
        error = closest[0]


def _errors(
    validator: "Validator", schemas: Mapping[str, Any], asked: Sequence[tuple[str, Any]]
) -> Iterator[Error | None]:
    weights = heaviest(schemas)
    meter = Meter(schemas, _MOST_COUNTED)
    left, left_explained = _AFFORDABLE, _ALL_EXPLAINED
    for number, value in asked:
        cost = steps(weights[number], value)
        if cost > _CHEAP:
            cost = meter.steps(number, value)
        if cost > left:
            yield None
            continue
        left -= cost
        if _is_valid(validator, {number: value}):
            yield None
        elif cost <= min(_EXPLAINED, left_explained):
            left_explained -= cost
            yield _first(validator, {number: value})
        else:
            yield Error("something in it, or what is missing, is not as the schema says")


def _compiled(schemas: Mapping[str, Any], numbers: Mapping[str, None]) -> "Validator | None":
    """One validator for all: it takes an object with the value in the member that has the number of its schema."""
    from jsonschema_rs import FancyRegexOptions, validator_for

    properties = {number: {"$ref": f"#/$defs/{number}"} for number in numbers}
    schema = {"$schema": _DIALECT, "properties": properties, "$defs": dict(schemas)}
    bounded = FancyRegexOptions(backtrack_limit=_BACKTRACKS)
    try:
        found: Validator = validator_for(
            schema, offline=True, validate_formats=True, mask="it", pattern_options=bounded
        )
    except _ODD:
        return None
    return found


def _is_valid(validator: "Validator", value: Any) -> bool:
    try:
        return bool(validator.is_valid(value))
    except _ODD:
        return True


def _first(validator: "Validator", value: Any) -> Error | None:
    try:
        error: Any = next(iter(validator.iter_errors(value)), None)
    except _ODD:
        return None
    return None if error is None else Error(_said(error), tuple(error.instance_path)[1:])


def _said(error: Any) -> str:
    """The error in words; where there are alternatives, what is wrong in the one that fits best."""
    for _ in range(_DEEPEST):
        branches = [list(branch) for branch in getattr(error.kind, "context", None) or ()]
        closest = max((one for one in branches if one), key=_fit, default=None)
        if closest is None:
            break
        error = closest[0]
    return str(error.message)


def _fit(found: list[Any]) -> tuple[bool, int, int]:
    # An alternative of another type fits worst; then counts how far inside the first error is, then how many there are.
    first = found[0]
    return (getattr(first.kind, "name", "") != "type", len(first.instance_path), -len(found))
