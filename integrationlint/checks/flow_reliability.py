"""Whether a flow waits, retries and delivers within bounds."""

from collections.abc import Iterator
from typing import Final

from integrationlint.checks.flow_facts import (
    ENDLESS,
    at,
    duration,
    flow_of,
    is_absent,
    matches,
    number,
    retries,
    steps_below,
    value,
)
from integrationlint.model.element import Element, Retry, State
from integrationlint.model.rule import Problem

_DAY: Final = 86_400_000
_COUNTED: Final = 1_000
_RETRIED: Final = ("step", "scope", "flow")


def timeout(
    element: Element, *, steps: tuple[str, ...] = ("call", "publish", "receive", "notify"), longest: int = 7 * _DAY
) -> Iterator[Problem]:
    """A step that waits for another system stops waiting, after `longest` milliseconds at most.

    What is an expression, kept elsewhere, or cannot be said on the platform is not judged. A task that others report on
    may have a heartbeat instead.
    """
    if element.facts.get("step") not in steps or element.facts.get("enabled") is False:
        return
    limit, beat = value(element, "timeout"), number(value(element, "heartbeat"))
    if limit is None or (beat is not None and 0 < beat <= longest):
        return
    found = number(limit)
    until = "until somebody answers" if element.facts.get("callback") is True else "for the other side"
    if is_absent(limit):
        yield Problem({"value": element.name, "problem": f"waits {until} without end"})
    elif found is not None and (found <= 0 or found >= ENDLESS):
        by_default = " by default" if limit.state is State.DEFAULT else ""
        yield Problem({"value": element.name, "problem": f"waits {until} without end{by_default}"}, at=at(limit))
    elif found is not None and found > longest:
        yield Problem({"value": element.name, "problem": f"waits up to {duration(found)} {until}"}, at=at(limit))


def retry_bounded(element: Element, *, most: int = 10, longest: int = _DAY) -> Iterator[Problem]:
    """What is retried is retried at most so many times, for at most `longest` milliseconds, with a pause between."""
    for one in retries(element):
        attempts, delay = number(one.attempts), number(one.delay)
        if attempts is None or (one.scope == "connection" and element.kind != "step"):
            continue
        if attempts < 0:
            yield Problem({"value": element.name, "problem": "is retried without end"}, at=at(one.attempts))
        elif attempts > most:
            told = f"is retried {attempts} times, more than {most}"
            yield Problem({"value": element.name, "problem": told}, at=at(one.attempts))
        elif (waited := _waited(one)) > longest:
            told = f"is retried for {duration(waited)}"
            yield Problem({"value": element.name, "problem": told}, at=at(one.delay) or at(one.attempts))
        elif delay == 0 and attempts > 1:
            yield Problem({"value": element.name, "problem": "is retried without a pause"}, at=at(one.delay))


def _waited(retry: Retry) -> float:
    """How long the pauses take together, in milliseconds."""
    attempts, delay = number(retry.attempts) or 0, number(retry.delay) or 0
    growth, most = number(retry.multiplier) or 1, number(retry.max_delay)
    total, pause = 0.0, float(delay)
    for _ in range(min(int(attempts), _COUNTED)):
        total += min(pause, most) if most is not None and most > 0 else pause
        pause = min(pause * growth, float(ENDLESS))
    return total


def backoff(element: Element, *, jitter: bool = False) -> Iterator[Problem]:
    """The pauses between retries grow, and with `jitter` differ from one caller to the next."""
    for one in retries(element):
        attempts, growth, mixed = number(one.attempts), number(one.multiplier), one.jitter
        if attempts is None or 0 <= attempts < 2:
            continue
        if growth is not None and growth <= 1:
            told = "is retried at a steady pace, however long the other side is down"
            yield Problem({"value": element.name, "problem": told}, at=at(one.multiplier))
        elif jitter and (is_absent(mixed) or (mixed.known and mixed.value is False)):
            told = "is retried by all its callers at the same moments (no jitter)"
            yield Problem({"value": element.name, "problem": told}, at=at(mixed))


def retry_idempotent(
    element: Element, *, methods: tuple[str, ...], harmless: tuple[str, ...] = (), publishing: bool = False
) -> Iterator[Problem]:
    """A call that does something anew each time is only retried with a key by which the other side tells repetitions.

    `methods` name such calls (globs: HTTP methods, operations); with `publishing`, sending a message is one as well.
    `harmless` are the errors (globs) after which the first try has surely done nothing.
    """
    found = [one for one in retries(element) if one.scope in _RETRIED and number(one.attempts) != 0]
    if not found or all(_harmless(one, harmless) for one in found):
        return
    for step in (element, *steps_below(element)):
        unsafe = step.facts.get("step") == "call" and matches(str(step.facts.get("method") or ""), methods)
        unsafe = unsafe or (publishing and step.facts.get("step") == "publish")
        if unsafe and is_absent(value(step, "idempotency")):
            yield Problem({"value": step.name, "method": step.facts.get("method")}, element=step)


def _harmless(retry: Retry, harmless: tuple[str, ...]) -> bool:
    return bool(retry.on) and all(matches(name, harmless) for name in retry.on)


def concurrency(element: Element, *, most: int = 0) -> Iterator[Problem]:
    """Parallel work has a limit: not more than `most` at a time, where that is given."""
    found = value(element, "concurrency")
    if element.facts.get("step") not in ("loop", "parallel") or found is None:
        return
    limit = number(found)
    if limit == 0 or (limit is not None and limit < 0):
        yield Problem({"value": element.name, "problem": "runs for any number of items at a time"}, at=at(found))
    elif limit is not None and most and limit > most:
        yield Problem({"value": element.name, "problem": f"runs {limit} times at once, more than {most}"}, at=at(found))


def budget(element: Element) -> Iterator[Problem]:
    """No single step may take longer than the whole flow: its timeout, for each try, and the pauses between them."""
    flow = flow_of(element)
    whole = number(value(flow, "timeout")) if flow is not None else None
    own = number(value(element, "timeout"))
    if whole is None or own is None or whole <= 0 or not 0 < own < ENDLESS:
        return
    tries = sum(max(number(one.attempts) or 0, 0) for one in retries(element)) + 1
    needed = own * tries + sum(map(_waited, retries(element)))
    if needed > whole:
        words = {"value": element.name, "needed": duration(needed), "whole": duration(whole)}
        yield Problem(words, at=at(value(element, "timeout")))
