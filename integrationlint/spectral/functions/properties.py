"""Which of some properties an object has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.nouns import Context, Found

_MOST_LISTED: Final = 4
_CHECK: Final = checked(
    {
        "type": "object",
        "required": ["properties"],
        "additionalProperties": False,
        "properties": {"properties": {"type": "array", "items": {"type": "string"}, "minItems": 2}},
    }
)
OPTIONS: Final = {"or": _CHECK, "xor": _CHECK}


def one_or_more(value: Any, options: Mapping[str, Sequence[str]], context: Context) -> Iterable[Found]:  # noqa: ARG001
    """An object has at least one of `properties`."""
    if isinstance(value, dict) and value.keys().isdisjoint(options["properties"]):
        yield Found(_missing(options["properties"]))


def exactly_one(value: Any, options: Mapping[str, Sequence[str]], context: Context) -> Iterable[Found]:  # noqa: ARG001
    """An object has exactly one of `properties`; in the words of Spectral's own test cases."""
    names = options["properties"]
    if isinstance(value, dict) and sum(name in value for name in names) != 1:
        *others, last = names
        listed = '", "'.join(others)
        yield Found(f'"{listed}" and "{last}" must not be both defined or both undefined')


def _missing(names: Sequence[str]) -> str:
    if len(names) <= _MOST_LISTED:
        return f'At least one of "{_or(names)}" must be defined'
    return f'At least one of "{_or(names[:3])}" or {len(names) - 3} other properties must be defined'


def _or(names: Sequence[str]) -> str:
    return '" or "'.join(names)
