"""Changes between two API contracts: operations with their parameters, bodies, responses and security."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from integrationlint.diff.comparison import NONE, REQUEST, RESPONSE, Comparison, made
from integrationlint.diff.messages import (
    PATHS,
    compare_headers,
    compare_media,
    compare_required,
    compare_told,
    required,
    target,
)
from integrationlint.diff.parameters import compare_parameters, old_body, parameters
from integrationlint.diff.security import compare_schemes, compare_security
from integrationlint.diff.sets import NARROWER, WIDER
from integrationlint.model.element import Element
from integrationlint.model.links import Links

# Path items elsewhere in a document are there to be referred to.
_PLACES: Final = ("/paths/", "/webhooks/", "/x-webhooks/")


@dataclass(frozen=True, slots=True)
class Exchange:
    """An operation, with what it has from where it is referred to: its contract and the template of its path."""

    operation: Element
    api: Element
    template: str


def compare_api(run: Comparison, before: Element, after: Element) -> None:
    """Compare two contracts by what clients can send and receive."""
    old, new = exchanges(before, run.base), exchanges(after, run.head)
    for name, exchange in old.items():
        if name in new:
            _compare_operation(run, exchange, new[name])
        else:
            # An operation is something that clients ask for, whichever way its messages go.
            run.report(made("removed", exchange.operation, None, REQUEST, NARROWER))
    for name, exchange in new.items():
        if name not in old:
            run.report(made("added", None, exchange.operation, REQUEST, WIDER))
    compare_schemes(run, before, after)


def exchanges(api: Element, links: Links) -> dict[str, Exchange]:
    """The operations of a contract by method and path, events by name, callbacks by what causes them.

    References are followed; a callback that several operations refer to is one, by its own name.
    """
    found: dict[str, Exchange] = {}
    seen: set[int] = set()
    waiting = [(one.name if one.kind == "path" else f"event {one.name}", one) for one in api.children if _offered(one)]
    for label, path in waiting:
        for operation in _operations(path, links):
            name = _unused(f"{operation.facts.get('method')} {label}", found)
            found[name] = Exchange(operation, api, str(path.facts.get("template", "")))
            for callback in operation.of("callback"):
                real = target(callback, links)
                if id(real) not in seen:
                    seen.add(id(real))
                    cause = name if real is callback else "callback"
                    waiting += [(f"{cause} {real.name} {one.name}", one) for one in real.of("callback")]
    return found


def _offered(one: Element) -> bool:
    return one.kind in PATHS and one.pointer.startswith(_PLACES)


def _operations(path: Element, links: Links) -> Iterator[Element]:
    yield from path.of("operation")
    real = target(path, links)
    if real is not path:
        yield from real.of("operation")


def _unused(name: str, found: Mapping[str, object]) -> str:
    # Two paths that differ in the names of their parameters alone are an error, and two operations.
    while name in found:
        name += "~"
    return name


def _compare_operation(run: Comparison, old: Exchange, new: Exchange) -> None:
    before, after = old.operation, new.operation
    inward = before.facts.get("direction") != "out"
    sent, received = (REQUEST, RESPONSE) if inward else (RESPONSE, REQUEST)
    compare_told(run, before, after, ("deprecated", "id"), NONE)
    compare_security(run, (before, after), (old.api, new.api))
    compare_parameters(run, _parameters(old, run.base), _parameters(new, run.head), sent)
    _compare_bodies(run, _body(before, run.base), _body(after, run.head), sent)
    _compare_responses(run, before, after, received)


def _parameters(exchange: Exchange, links: Links) -> dict[str, Element]:
    return parameters(exchange.operation, exchange.template, links)


def _compare_bodies(run: Comparison, old: Element | None, new: Element | None, direction: str) -> None:
    if old is not None and new is not None:
        compare_required(run, old, new, direction)
        compare_media(run, old, new, direction)
    elif old is not None:
        facts = {"required": required(old)}
        run.report(made("removed", old, None, direction, (False, not required(old)), facts=facts))
    elif new is not None:
        facts = {"required": required(new)}
        run.report(made("added", None, new, direction, (not required(new), False), facts=facts))


def _body(operation: Element, links: Links) -> Element | None:
    for holder in (operation, operation.parent):
        if holder is not None:
            request = next(holder.of("request"), None)
            if request is not None:
                return target(request, links)
            for parameter in holder.of("parameter"):
                found = old_body(parameter, links)
                if found is not None:
                    return found
    return None


def _compare_responses(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old = {one.name.upper(): one for one in before.of("response")}
    new = {one.name.upper(): one for one in after.of("response")}
    for status, response in old.items():
        facts = {"status": status, "success": status.startswith("2")}
        if status not in new:
            run.report(made("removed", response, None, direction, NARROWER, facts=facts))
            continue
        mine, yours = target(response, run.base), target(new[status], run.head)
        compare_headers(run, mine, yours, direction)
        compare_media(run, mine, yours, direction)
    for status, response in new.items():
        if status not in old:
            facts = {"status": status, "success": status.startswith("2")}
            run.report(made("added", None, response, direction, WIDER, facts=facts))
