"""Facts of flows as checks need them: is it known, is it endless, what is retried, who is called."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from integrationlint.model.element import Element, Retry, State, Value

# Longer than this nobody waits on purpose; a platform's "no limit" is often a very large number.
ENDLESS: Final = 365 * 86_400_000
OUTBOUND: Final = ("call", "publish", "receive", "notify")
_UNITS: Final = ((86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second"), (1, "millisecond"))


def value(element: Element, name: str) -> Value | None:
    """The fact when it is a Value; None where the platform module says nothing."""
    found = element.facts.get(name)
    return found if isinstance(found, Value) else None


def is_absent(found: Value | None) -> bool:
    """Whether the file says nothing and the platform has no default; not where it cannot say or keeps it elsewhere."""
    return found is not None and found.state is State.ABSENT


def number(found: Value | None) -> int | float | None:
    """The number that is known for certain, written or by default."""
    known = found.value if found is not None and found.known else None
    return known if isinstance(known, int | float) and not isinstance(known, bool) else None


def text(found: Value | None) -> str | None:
    """The text that is written out; None for an expression, a default, or what is kept elsewhere."""
    known = found.value if found is not None and found.state is State.EXPLICIT else None
    return known if isinstance(known, str) else None


def at(found: Value | None) -> str | None:
    """Where the fact is written, None for the element itself."""
    return found.pointer or None if found is not None else None


def retries(step: Element) -> tuple[Retry, ...]:
    """All that is retried, each with its errors; empty when nothing is."""
    several = step.facts.get("retries")
    if isinstance(several, tuple):
        return tuple(one for one in several if isinstance(one, Retry))
    one = step.facts.get("retry")
    return (one,) if isinstance(one, Retry) else ()


def duration(milliseconds: int | float) -> str:
    """A duration in the largest unit that keeps it readable: `90 seconds`, `5 minutes`, `3 years`."""
    if milliseconds >= ENDLESS:
        return f"{round(milliseconds / ENDLESS)} years"
    for size, unit in _UNITS:
        if milliseconds >= 2 * size or milliseconds == size:
            count = round(milliseconds / size)
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return f"{milliseconds} milliseconds"


def flow_of(element: Element) -> Element | None:
    """The flow that an element belongs to, itself included."""
    return element if element.kind == "flow" else element.above("flow")


def steps_below(element: Element) -> Iterator[Element]:
    """Every step inside, at any depth, in source order."""
    return (one for one in element.walk() if one.kind == "step" and one is not element)


def is_live(flow: Element) -> bool:
    """Whether the flow runs in production: no test, not switched off."""
    return flow.facts.get("kind") != "test" and flow.facts.get("enabled") is not False


def matches(name: str, globs: tuple[str, ...]) -> bool:
    """Whether a name fits one of the globs, whatever its case."""
    return any(fnmatchcase(name.casefold(), one.casefold()) for one in globs)
