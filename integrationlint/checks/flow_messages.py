"""Whether messages that come in are processed once, and kept when that fails."""

from collections.abc import Iterator
from typing import Final

from integrationlint.checks.flow_facts import at, is_absent, is_live, matches, steps_below, text, value
from integrationlint.model.element import Element, State
from integrationlint.model.rule import Problem

_EARLY: Final = frozenset(["IMMEDIATE", "DUPS_OK", "NONE"])


def dead_letter(element: Element, *, triggers: tuple[str, ...] = ("queue", "stream", "event")) -> Iterator[Problem]:
    """What arrives and cannot be processed is kept somewhere, and not where it came from."""
    if element.facts.get("trigger") not in triggers or element.facts.get("enabled") is False:
        return
    letter, source = value(element, "deadLetter"), value(element, "address")
    if is_absent(letter):
        yield Problem({"value": element.name, "problem": "is dropped: there is no dead-letter destination"})
    elif text(letter) is not None and text(letter) == text(source):
        told = "goes back to where it came from, and comes again"
        yield Problem({"value": element.name, "problem": told}, at=at(letter))


def receiver_idempotent(
    element: Element, *, triggers: tuple[str, ...] = ("queue", "stream", "event"), effects: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """A flow whose messages may come twice tells repetitions apart.

    By a validator, by a key that it hands on, or by a conditional write. Only a flow that publishes, or calls something
    that fits `effects` (globs over methods and operations), is asked.
    """
    if not is_live(element) or not any(one.facts.get("trigger") in triggers for one in element.of("trigger")):
        return
    below = list(steps_below(element))
    if any(_tells_repetitions(one) for one in (*element.of("trigger"), *below)):
        return
    acts = [
        one
        for one in below
        if one.facts.get("step") == "publish"
        or (one.facts.get("step") == "call" and matches(str(one.facts.get("method") or ""), effects))
    ]
    if acts:
        yield Problem({"value": acts[0].name, "flow": element.name})


def _tells_repetitions(element: Element) -> bool:
    key = value(element, "idempotency")
    kind = str(element.facts.get("raw_type") or "").casefold()
    return (key is not None and not is_absent(key) and key.state is not State.UNSUPPORTED) or "idempotent" in kind


def acknowledged_late(element: Element) -> Iterator[Problem]:
    """A message is acknowledged when it has been processed, not when it arrives."""
    found = value(element, "ack")
    if found is not None and found.state is State.EXPLICIT and found.raw.upper() in _EARLY:
        yield Problem({"value": element.name, "mode": found.raw}, at=at(found))
