"""Values of flow facts: read from what a platform writes, with the state in which they are known."""

import re
from dataclasses import replace
from math import isfinite
from typing import Final

from integrationlint.model.element import ABSENT, Retry, State, Value

_EXPRESSION: Final = re.compile(r"\$\{|#\[|#\{|\{%|\{\{")
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
_SUFFIXED: Final = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)\s*([A-Za-z]+)")
_ISO: Final = re.compile(
    r"P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
_TIMESPAN: Final = re.compile(r"(?:(\d{1,9})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d{1,9})?")
_SECOND: Final = 1000.0
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
# The words for units, lower case, in milliseconds: short forms and those of java.util.concurrent.TimeUnit.
UNITS: Final = {
    **dict.fromkeys(("ns", "nanosecond", "nanoseconds"), 0.000001),
    **dict.fromkeys(("us", "microsecond", "microseconds"), 0.001),
    **dict.fromkeys(("ms", "milli", "millis", "millisecond", "milliseconds"), 1.0),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), _SECOND),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), _MINUTE),
    **dict.fromkeys(("h", "hour", "hours"), _HOUR),
    **dict.fromkeys(("d", "day", "days"), _DAY),
}


def is_expression(text: str) -> bool:
    """Whether the text holds a placeholder or an expression: `${…}`, `#[…]`, `#{…}`, `{%…%}`, `{{…}}`."""
    return _EXPRESSION.search(text) is not None


def explicit(value: object, pointer: str = "", raw: str = "") -> Value:
    """A value that is written out."""
    return Value(State.EXPLICIT, value, raw or (value if isinstance(value, str) else ""), pointer)


def expression(raw: str, pointer: str = "") -> Value:
    """A value that is there and not statically known."""
    return Value(State.EXPRESSION, None, raw, pointer)


def external(where: str, pointer: str = "") -> Value:
    """A value that is kept elsewhere; `raw` says where."""
    return Value(State.EXTERNAL, None, where, pointer)


def text(raw: object, pointer: str = "") -> Value:
    """A text; an object or list stands for a function of the platform, so for an expression."""
    if raw is None:
        return ABSENT
    if isinstance(raw, str):
        return expression(raw, pointer) if is_expression(raw) else explicit(raw, pointer)
    if isinstance(raw, bool | int | float):
        return explicit(str(raw), pointer, str(raw))
    return expression(_function(raw), pointer)


def _function(raw: object) -> str:
    """`{"Ref": "Queue"}` as `Ref Queue`, for people."""
    if isinstance(raw, dict) and len(raw) == 1:
        ((name, argument),) = raw.items()
        argument = ".".join(map(str, argument)) if name == "Fn::GetAtt" and isinstance(argument, list) else argument
        return f"{name} {argument}" if isinstance(argument, str) else str(name)
    return ""


def number(raw: object, pointer: str = "") -> Value:
    """A number, or a text that is one; -1 stays what the platform means by it."""
    if raw is None:
        return ABSENT
    if isinstance(raw, int | float) and not isinstance(raw, bool) and isfinite(raw):
        return explicit(raw, pointer, str(raw))
    if isinstance(raw, str):
        found = _number(raw.strip())
        return expression(raw, pointer) if found is None else explicit(found, pointer, raw)
    return expression("", pointer)


def flag(raw: object, pointer: str = "") -> Value:
    """A truth value, or a text that is one."""
    if raw is None:
        return ABSENT
    if isinstance(raw, bool):
        return explicit(raw, pointer, str(raw).lower())
    word = raw.strip().lower() if isinstance(raw, str) else ""
    if word in ("true", "false"):
        return explicit(word == "true", pointer, word)
    return expression(raw if isinstance(raw, str) else "", pointer)


def duration(raw: object, pointer: str = "", unit: str = "ms") -> Value:
    """A duration in milliseconds, from a number of `unit` or a text that `milliseconds` reads."""
    if raw is None:
        return ABSENT
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return expression("", pointer)
    found = milliseconds(str(raw), unit)
    return expression(str(raw), pointer) if found is None else explicit(found, pointer, str(raw))


def milliseconds(written: str, unit: str = "ms") -> int | None:
    """A duration as text, in milliseconds; None when it is none.

    Read are `30` (of `unit`), `-1` (without end, stays -1), `5 min`, `PT1M30S` (ISO 8601), `1.02:03:04` (.NET).
    """
    written = written.strip()
    if written == "-1":
        return -1
    if _NUMBER.fullmatch(written):
        factor = UNITS.get(unit.lower())
        return None if factor is None else round(float(written) * factor)
    if found := _SUFFIXED.fullmatch(written):
        factor = UNITS.get(found[2].lower())
        return None if factor is None else round(float(found[1]) * factor)
    if (found := _ISO.fullmatch(written)) and any(found.groups()):
        return _sum(found, (7 * _DAY, _DAY, _HOUR, _MINUTE, _SECOND))
    if found := _TIMESPAN.fullmatch(written):
        return _sum(found, (_DAY, _HOUR, _MINUTE, _SECOND))
    return None


def move(fact: object, pointer: str) -> object:
    """The fact with every place in it moved to `pointer`: that of the text in which everything is written."""
    if isinstance(fact, Value):
        return _moved(fact, pointer)
    if isinstance(fact, Retry):
        return replace(
            fact,
            attempts=_moved(fact.attempts, pointer),
            delay=_moved(fact.delay, pointer),
            multiplier=_moved(fact.multiplier, pointer),
            max_delay=_moved(fact.max_delay, pointer),
            jitter=_moved(fact.jitter, pointer),
        )
    if isinstance(fact, tuple):
        return tuple(move(one, pointer) for one in fact)
    if isinstance(fact, dict):
        return {name: move(one, pointer) for name, one in fact.items()}
    return fact


def _moved(value: Value, pointer: str) -> Value:
    return replace(value, pointer=pointer) if value.pointer else value


def _sum(found: re.Match[str], factors: tuple[float, ...]) -> int:
    return round(sum(float(part or 0) * factor for part, factor in zip(found.groups(), factors, strict=True)))


def _number(written: str) -> int | float | None:
    digits = written.removeprefix("-")
    if not _NUMBER.fullmatch(digits):
        return None
    found = float(digits) if "." in digits else int(digits)
    return -found if digits != written else found
