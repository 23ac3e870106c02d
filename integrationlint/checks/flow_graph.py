"""Which steps of a scope are reached, over which edges."""

from collections.abc import Iterable, Mapping
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.flow import Next, steps

_ENTRIES: Final = {"flow": "start", "step": "branches", "handler": "body"}


def entries(scope: Element) -> tuple[str, ...]:
    """The labels of the child steps that a flow, step or handler enters; of a handler's body, the first."""
    found = scope.facts.get(_ENTRIES.get(scope.kind, ""))
    named = tuple(one for one in found if isinstance(one, str) and one) if isinstance(found, tuple | list) else ()
    return named[:1] if scope.kind == "handler" else named


def edges(step: Element, *, errors: bool = True) -> list[Next]:
    """Where control goes from a step: on, and with `errors` also where its handlers route to."""
    found = nexts(step)
    if errors:
        for handler in step.of("handler"):
            found.extend(nexts(handler))
    return found


def nexts(element: Element) -> list[Next]:
    """The edges that a step or handler writes itself."""
    found = element.facts.get("next")
    return [one for one in found if isinstance(one, Next)] if isinstance(found, tuple | list) else []


def reached(scope: Element, *, errors: bool = True) -> set[str]:
    """The labels of the child steps that can be reached from the entries, with or without errors on the way."""
    known = steps(scope)
    waiting = [one for one in entries(scope) if one in known]
    if errors:
        waiting.extend(one.step for handler in scope.of("handler") for one in nexts(handler))
    return _closure(known, waiting, errors=errors)


def _closure(known: Mapping[str, Element], start: Iterable[str], *, errors: bool) -> set[str]:
    waiting, found = [one for one in start if one in known], set[str]()
    while waiting:
        label = waiting.pop()
        if label not in found:
            found.add(label)
            waiting.extend(one.step for one in edges(known[label], errors=errors) if one.step in known)
    return found


def only_on_error(flow: Element) -> set[int]:
    """The identities of the steps that only run when something has failed: those of handlers, and where they route."""
    found: set[int] = set()
    for scope in flow.walk():
        if scope.kind not in _ENTRIES:
            continue
        if scope.kind == "handler":
            found.update(id(one) for one in scope.walk() if one.kind == "step")
        elif entries(scope):
            usual = reached(scope, errors=False)
            for label, step in steps(scope).items():
                if label not in usual:
                    found.update(id(one) for one in step.walk() if one.kind == "step")
    return found
