"""What happens in a flow when something fails."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from posixpath import dirname
from typing import Final

from integrationlint.checks.flow_facts import OUTBOUND, flow_of, is_live, retries, steps_below
from integrationlint.checks.flow_graph import nexts, only_on_error
from integrationlint.model.element import Element
from integrationlint.model.flow import steps
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_SHOWN: Final = 4
# What does nothing about an error: it is written down, or not even that.
_IDLE: Final = frozenset(["log", "state"])


def handled(element: Element, links: Links) -> Iterator[Problem]:
    """Errors of a flow's calls are handled, and no handler makes every error disappear.

    A call is covered by a handler of its own, of a scope around it, of the flow, or of the whole application. Steps
    that only run after an error need none, nor do flows that others call: errors go to the caller.
    """
    if element.kind == "handler":
        yield from _swallowed(element)
    elif element.facts.get("kind") == "flow" and is_live(element) and not _is_called(element, links):
        bare = _uncovered(element, links)
        if bare:
            names = ", ".join(f"'{one.name}'" for one in bare[:_SHOWN]) + (", …" if len(bare) > _SHOWN else "")
            what = "a call has" if len(bare) == 1 else f"{len(bare)} calls have"
            yield Problem({"problem": f"{what} no error handler ({names})"})


def _is_called(flow: Element, links: Links) -> bool:
    if any(flow.of("trigger")):
        return False
    return any(edge.use.role == "calls" and edge.source is not flow for edge in links.users(flow))


def _uncovered(flow: Element, links: Links) -> list[Element]:
    if any(flow.of("handler")):
        return []
    late = only_on_error(flow)
    bare = [
        one
        for one in steps_below(flow)
        if one.facts.get("step") in OUTBOUND and id(one) not in late and not _covered(one, flow)
    ]
    return [] if bare and _application_handler(flow, links) else bare


def _covered(step: Element, flow: Element) -> bool:
    one: Element | None = step
    while one is not None and one is not flow:
        if any(one.of("handler")):
            return True
        one = one.parent
    return False


def _application_handler(flow: Element, links: Links) -> bool:
    """Whether a configuration beside the flow names a handler for all flows."""
    folder = dirname(flow.document.path)
    return any(
        use.key.startswith("error-handler:")
        for one in links.elements("resource")
        if dirname(one.document.path) == folder
        for use in one.uses
    )


def _swallowed(handler: Element) -> Iterator[Problem]:
    facts = handler.facts
    if facts.get("catches") not in ((), None) or facts.get("condition"):
        return
    flow = flow_of(handler)
    if flow is None or not is_live(flow):
        return
    if facts.get("action") == "continue":
        body = [one for one in steps_below(handler) if one.facts.get("step") not in _IDLE]
        if not body:
            yield Problem({"problem": f"the handler of '{_owner(handler)}' makes every error disappear"})
    elif facts.get("action") == "route" and handler.parent is not None and handler.parent.parent is not None:
        known = steps(handler.parent.parent)
        targets = [known.get(one.step) for one in nexts(handler)]
        if any(one is not None and one.facts.get("step") == "end" for one in targets):
            yield Problem({"problem": f"every error of '{_owner(handler)}' ends as a success"})


def _owner(handler: Element) -> str:
    return handler.parent.name if handler.parent is not None and handler.parent.name else "the flow"


def right_errors(element: Element, *, wrong: tuple[str, ...]) -> Iterator[Problem]:
    """What is retried may be better the next time: none of the errors that are `wrong` to retry (globs)."""
    for one in retries(element):
        found = [name for name in one.on if any(fnmatchcase(name.casefold(), glob.casefold()) for glob in wrong)]
        if found:
            yield Problem({"value": element.name, "errors": found})
