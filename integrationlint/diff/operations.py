"""Changes between two API contracts: operations with their parameters, bodies, responses and security."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from integrationlint.diff.comparison import NONE, NOWHERE, REQUEST, RESPONSE, Around, Comparison, made
from integrationlint.diff.forms import FORM, compare_form
from integrationlint.diff.lifecycle import stability
from integrationlint.diff.messages import (
    PATHS,
    compare_headers,
    compare_life,
    compare_links,
    compare_media,
    compare_required,
    compare_told,
    required,
    target,
)
from integrationlint.diff.parameters import compare_parameters, old_body, parameters
from integrationlint.diff.security import compare_schemes, compare_security
from integrationlint.diff.servers import compare_servers
from integrationlint.diff.sets import NARROWER, WIDER
from integrationlint.model.element import Element
from integrationlint.model.links import Links

# Path items elsewhere in a document are there to be referred to.
_PLACES: Final = ("/paths/", "/webhooks/", "/x-webhooks/")
# HTTP sends no content with these, whatever a contract says (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5).
_WITHOUT_CONTENT: Final = ("204", "205", "304")


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
        run.around = Around(stability=stability(exchange.operation))
        if name in new:
            _compare_operation(run, exchange, new[name])
        else:
            # An operation is something that clients ask for, whichever way its messages go.
            run.report(made("removed", exchange.operation, None, REQUEST, NARROWER))
    run.around = NOWHERE
    for name, exchange in new.items():
        if name not in old:
            run.report(made("added", None, exchange.operation, REQUEST, WIDER))
    compare_schemes(run, before, after)
    compare_servers(run, before, after)


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
    compare_told(run, before, after, ("deprecated", "id", "tags"), NONE)
    compare_life(run, before, after)
    compare_security(run, (before, after), (old.api, new.api))
    _compare_sent(run, (old, new), sent)
    _compare_responses(run, before, after, received)


def _compare_sent(run: Comparison, sides: tuple[Exchange, Exchange], direction: str) -> None:
    """The parameters and the body, or the form that is the one in 2.0 and the other in 3.x."""
    before, after = (_parameters(one, links) for one, links in zip(sides, (run.base, run.head), strict=True))
    old, new = (_body(one.operation, links) for one, links in zip(sides, (run.base, run.head), strict=True))
    if compare_form(run, (before, after), (old, new), direction):
        before, after = (
            {name: one for name, one in side.items() if not name.startswith(FORM)} for side in (before, after)
        )
        old = new = None
    compare_parameters(run, before, after, direction)
    run.around = run.around._replace(part="body")
    _compare_bodies(run, old, new, direction)


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
        run.around = run.around._replace(part="")
        if status not in new:
            run.report(made("removed", response, None, direction, NARROWER, facts=facts))
            continue
        mine, yours = target(response, run.base), target(new[status], run.head)
        compare_headers(run, mine, yours, direction)
        compare_links(run, mine, yours)
        run.around = run.around._replace(part="body")
        if status not in _WITHOUT_CONTENT and after.facts.get("method") != "HEAD":
            compare_media(run, mine, yours, direction)
    run.around = run.around._replace(part="")
    for status, response in new.items():
        if status not in old:
            facts = {"status": status, "success": status.startswith("2")}
            run.report(made("added", None, response, direction, WIDER, facts=facts))
