"""Options of a rule to the keyword-only parameters of its check; a wrong one is an error when the rule loads."""

from collections.abc import Mapping
from enum import Enum
from functools import partial
from inspect import Parameter, signature
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.location import Location
from integrationlint.model.rule import Check

# The parameter that is no option: the frame fills it with the day of the run (ISO 8601, empty where nobody said it).
DAY: Final = "today"


def bind(
    check: Check, options: Mapping[str, Any], what: str, location: Location | None = None, *, today: str = ""
) -> Check:
    """The check with its options filled in; what is left to give it is its subject, and the links if it wants them.

    A check with a parameter `today` gets the day of the run. ConfigError, naming `what` and pointing at `location`,
    when an option is unknown, missing or of a wrong kind.
    """
    parameters = signature(check).parameters.values()
    known = {one.name: one for one in parameters if one.kind is Parameter.KEYWORD_ONLY}
    day = {DAY: today} if known.pop(DAY, None) is not None else {}
    for name in options:
        if name not in known:
            hint = did_you_mean(name, set(known)) or f" (it has {', '.join(sorted(known)) or 'none'})"
            raise ConfigError(f"{what} has no option '{name}'{hint}", location)
    for name, one in known.items():
        if one.default is Parameter.empty and name not in options:
            raise ConfigError(f"{what} needs the option '{name}'", location)
    hints = get_type_hints(check)
    filled = {
        name: _converted(value, hints.get(name, Any), f"{what}: option '{name}'", location)
        for name, value in options.items()
    }
    return partial(check, **filled, **day) if filled or day else check


def wants_links(check: Check) -> bool:
    """Whether a check takes the links beside its subject."""
    return sum(one.kind is Parameter.POSITIONAL_OR_KEYWORD for one in signature(check).parameters.values()) > 1


def _converted(value: Any, kind: Any, what: str, location: Location | None) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return value
    if origin in (Union, UnionType):
        return _first_that_fits(value, get_args(kind), what, location)
    if origin is Literal:
        return _one_of(value, [str(one) for one in get_args(kind)], what, location)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(_one_of(value, [str(one.value) for one in kind], what, location))
    if origin in (tuple, frozenset, list):
        if not isinstance(value, list | tuple):
            raise ConfigError(f"{what} takes a list, not {_spelled(value)}", location)
        item = get_args(kind)[0]
        return (tuple if origin is list else origin)(_converted(one, item, what, location) for one in value)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(value, get_args(kind)[1], what, location)
    return _plain(value, kind, what, location)


def _first_that_fits(value: Any, kinds: tuple[Any, ...], what: str, location: Location | None) -> Any:
    if value is None and type(None) in kinds:
        return None
    real = [kind for kind in kinds if kind is not type(None)]
    for kind in real[:-1]:
        try:
            return _converted(value, kind, what, location)
        except ConfigError:
            continue
    return _converted(value, real[-1], what, location)


def _mapping(value: Any, kind: Any, what: str, location: Location | None) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{what} takes a mapping, not {_spelled(value)}", location)
    return {str(key): _converted(one, kind, what, location) for key, one in value.items()}


def _one_of(value: Any, allowed: list[str], what: str, location: Location | None) -> Any:
    if value in allowed:
        return value
    hint = did_you_mean(str(value), set(allowed)) or f" (one of {', '.join(allowed)})"
    raise ConfigError(f"{what} cannot be {_spelled(value)}{hint}", location)


_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _plain(value: Any, kind: Any, what: str, location: Location | None) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind in (int, float) and isinstance(value, bool)):
        raise ConfigError(f"{what} takes {_NAMES.get(kind, kind.__name__)}, not {_spelled(value)}", location)
    return value


def _spelled(value: Any) -> str:
    return repr(value) if isinstance(value, str | int | float | bool) else f"a {type(value).__name__}"
