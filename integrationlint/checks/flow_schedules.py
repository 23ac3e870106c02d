"""When flows run: cron expressions that mean something, in a time zone that is said."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.flow_facts import at, is_absent, text, value
from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

_AWS: Final = re.compile(r"(cron|rate|at)\((.*)\)\Z")
_RATE: Final = re.compile(r"[1-9]\d{0,5} (?:minute|hour|day)s?\Z")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\Z")
_PART: Final = re.compile(r"(?:(\*|\?)|(\w{1,4})(?:-(\w{1,4}))?)(?:/(\d{1,4}))?\Z")
_SPECIAL: Final = re.compile(r"(?:LW?|L-\d{1,2}|\d{1,2}[WL]|[A-Z]{3}L|\w{1,3}#[1-5])\Z")
# What may stand for a number, by the highest number of the field.
_NAMES: Final = {
    12: {name: index for index, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)},
    7: {name: index for index, name in enumerate("SUN MON TUE WED THU FRI SAT".split())},
}
_SECONDS, _MINUTES, _HOURS = ("seconds", 0, 59), ("minutes", 0, 59), ("hours", 0, 23)
_DAY, _MONTH = ("day of the month", 1, 31), ("month", 1, 12)
_WEEKDAY, _YEAR = ("day of the week", 0, 7), ("year", 1970, 2199)
_UNIX: Final = (_MINUTES, _HOURS, _DAY, _MONTH, _WEEKDAY)
_QUARTZ: Final = (_SECONDS, *_UNIX)
_LONGEST: Final = 200


def schedule(element: Element, *, zone: bool = True) -> Iterator[Problem]:
    """A schedule can be read, and with `zone` says its time zone where it names an hour of the day.

    Read are cron expressions with five fields, with seconds in front (Quartz), and with a year behind, and the `cron`,
    `rate` and `at` of EventBridge. An interval (`every 5000 ms`) needs no time zone.
    """
    found = value(element, "schedule")
    written = text(found)
    if written is None or written.startswith("every ") or len(written) > _LONGEST:
        return
    wrapped = _AWS.match(written.strip())
    kind, inner = (wrapped[1], wrapped[2].strip()) if wrapped else ("cron", written.strip())
    if kind != "cron":
        good = _RATE.match(inner) if kind == "rate" else _MOMENT.match(inner)
        if good is None:
            yield Problem({"problem": f"'{written}' is no {kind} expression"}, at=at(found))
        return
    fields = inner.split()
    layout = _layout(len(fields), aws=wrapped is not None)
    if layout is None:
        yield Problem({"problem": f"'{written}' has {len(fields)} fields, which is no cron expression"}, at=at(found))
        return
    for field, (name, low, high) in zip(fields, layout, strict=True):
        if not all(_fits(part, low, high) for part in field.upper().split(",")):
            yield Problem({"problem": f"'{field}' is no {name} ('{written}')"}, at=at(found))
            return
    hour = fields[layout.index(_HOURS)]
    if zone and hour[:1].isdigit() and is_absent(value(element, "timeZone")):
        yield Problem({"problem": f"'{written}' does not say in which time zone"}, at=at(found))


def _layout(count: int, *, aws: bool) -> tuple[tuple[str, int, int], ...] | None:
    if aws:
        return (*_UNIX, _YEAR) if count == 6 else None
    return {5: _UNIX, 6: _QUARTZ, 7: (*_QUARTZ, _YEAR)}.get(count)


def _fits(part: str, low: int, high: int) -> bool:
    if low == (1 if high == 31 else 0) and high in (31, 7) and _SPECIAL.match(part):
        return True
    found = _PART.match(part)
    if found is None:
        return False
    return found[1] is not None or all(low <= number <= high for number in _numbers(found[2], found[3], high))


def _numbers(first: str, last: str | None, high: int) -> list[int]:
    """The numbers that names of months and days stand for; -1 for what is no number."""
    known = _NAMES.get(high, {})
    return [int(one) if one.isdecimal() else known.get(one, -1) for one in (first, last) if one is not None]
