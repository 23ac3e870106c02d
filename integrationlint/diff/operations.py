"""Changes between two API contracts: operations, parameters, bodies, responses, headers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.diff.comparison import BOTH, NONE, REQUEST, RESPONSE, Comparison, made
from integrationlint.diff.security import compare_schemes, compare_security
from integrationlint.diff.sets import NARROWER, OTHER, SAME, WIDER, Effect
from integrationlint.diff.shapes import says_something
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.vocabulary import KIND_GROUPS

_LONGEST_CHAIN: Final = 50
_PATHS: Final = KIND_GROUPS["operation-group"]
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
    return one.kind in _PATHS and one.pointer.startswith(_PLACES)


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
    _compare_told(run, before, after, ("deprecated", "id"), NONE)
    compare_security(run, (before, after), (old.api, new.api))
    _compare_parameters(run, parameters(old, run.base), parameters(new, run.head), sent)
    _compare_bodies(run, _body(before, run.base), _body(after, run.head), sent)
    _compare_responses(run, before, after, received)


def _compare_bodies(run: Comparison, old: Element | None, new: Element | None, direction: str) -> None:
    if old is not None and new is not None:
        _compare_required(run, old, new, direction)
        _compare_media(run, old, new, direction)
    elif old is not None:
        facts = {"required": _required(old)}
        run.report(made("removed", old, None, direction, (False, not _required(old)), facts=facts))
    elif new is not None:
        facts = {"required": _required(new)}
        run.report(made("added", None, new, direction, (not _required(new), False), facts=facts))


def _compare_told(run: Comparison, before: Element, after: Element, facts: Iterable[str], direction: str) -> None:
    for fact in facts:
        old, new = before.facts.get(fact), after.facts.get(fact)
        if old != new and (old or new):
            run.report(made("changed", before, after, direction, SAME, fact=fact, old=old, new=new))


def target(element: Element, links: Links) -> Element:
    """The element that a reference object stands for, or the element itself."""
    kinds = _PATHS if element.kind in _PATHS else (element.kind,)
    for _ in range(_LONGEST_CHAIN):
        edges = links.edges(element) if element.uses else ()
        following = next((edge.target for edge in edges if edge.use.role == "contains"), None)
        if following is None or following.kind not in kinds:
            return element
        element = following
    return element


def parameters(exchange: Exchange, links: Links) -> dict[str, Element]:
    """The effective parameters by `LOCATION:NAME`: the operation's own before those of its path (OAS 3.1.1 4.8.9).

    Path parameters go by their position in the template: their names are no part of a message.
    """
    found: dict[str, Element] = {}
    for holder in (exchange.operation, exchange.operation.parent):
        for one in holder.of("parameter") if holder is not None else ():
            if _old_body(one, links) is None:
                real = target(one, links)
                found.setdefault(_parameter_name(real, exchange.template), real)
    return found


def _old_body(parameter: Element, links: Links) -> Element | None:
    """The request that a parameter of 2.0 refers to."""
    edges = links.edges(parameter) if parameter.uses else ()
    return next((edge.target for edge in edges if edge.target.kind == "request"), None)


def _parameter_name(parameter: Element, template: str) -> str:
    location, _, name = parameter.name.partition(":")
    if location == "path":
        place = template.find(f"{{{name}}}")
        return f"path:{template.count('{', 0, place)}" if place >= 0 else f"path:{{{name}}}"
    return f"header:{name.lower()}" if location == "header" else parameter.name


def _compare_parameters(
    run: Comparison, old: Mapping[str, Element], new: Mapping[str, Element], direction: str
) -> None:
    for name, before in old.items():
        after = new.get(name)
        if after is None:
            facts = {"required": _required(before), "in": before.facts.get("in")}
            run.report(made("removed", before, None, direction, (True, not _required(before)), facts=facts))
            continue
        _compare_required(run, before, after, direction)
        _compare_told(run, before, after, ("deprecated",), NONE)
        _compare_style(run, before, after, direction)
        _compare_value(run, before, after, direction)
    for name, after in new.items():
        if name not in old:
            facts = {"required": _required(after), "in": after.facts.get("in")}
            effect: Effect = (not _required(after), True)
            run.report(made("added", None, after, direction, effect, facts=facts))


def _compare_style(run: Comparison, before: Element, after: Element, direction: str) -> None:
    for fact in ("style", "explode", "collectionFormat"):
        old, new = _style(before, fact), _style(after, fact)
        if old != new:
            run.report(made("changed", before, after, direction, OTHER, fact=fact, old=old, new=new))


def _style(parameter: Element, fact: str) -> Any:
    """How values are written, by default as well (OAS 3.1.1 section 4.8.12.2, 2.0 Parameter Object)."""
    facts = parameter.facts
    if fact == "collectionFormat":
        return facts.get(fact, "csv")
    style = facts.get("style", "form" if facts.get("in") in ("query", "cookie") else "simple")
    return style if fact == "style" else facts.get(fact, style == "form")


def _required(element: Element) -> bool:
    return element.facts.get("required") is True


def _compare_required(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = _required(before), _required(after)
    if old != new:
        effect = NARROWER if new else WIDER
        facts = {"required": new}
        run.report(made("changed", before, after, direction, effect, fact="required", old=old, new=new, facts=facts))


def _body(operation: Element, links: Links) -> Element | None:
    for holder in (operation, operation.parent):
        if holder is not None:
            request = next(holder.of("request"), None)
            if request is not None:
                return target(request, links)
            for parameter in holder.of("parameter"):
                found = _old_body(parameter, links)
                if found is not None:
                    return found
    return None


def _compare_media(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = _media(before), _media(after)
    # Which of the types of an answer they get is what callers ask for.
    where = BOTH if direction == RESPONSE else direction
    for name, media in old.items():
        if name in new:
            _compare_schema(run, media, new[name], direction)
        else:
            run.report(made("removed", media, None, where, NARROWER))
    for name, media in new.items():
        if name not in old:
            run.report(made("added", None, media, where, WIDER))


def _media(holder: Element) -> dict[str, Element]:
    """By type without parameters (RFC 9110 section 8.3.1), unless those tell two apart."""
    found: dict[str, Element] = {}
    for one in holder.of("media"):
        whole = one.name.lower()
        short = whole.partition(";")[0].strip()
        found.setdefault(whole if short in found else short, one)
    return found


def _compare_value(run: Comparison, before: Element, after: Element, direction: str) -> None:
    """The value of a parameter or header, written as text by its style or in a media type."""
    old, new = ("media" if any(one.of("media")) else "text" for one in (before, after))
    if old != new:
        run.report(made("changed", before, after, direction, OTHER, fact="content", old=old, new=new))
    elif old == "media":
        _compare_media(run, before, after, direction)
    else:
        _compare_schema(run, before, after, direction)


def _compare_schema(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = _schema(before, run.base), _schema(after, run.head)
    if old is not None and new is not None:
        run.compare(old, new, direction)
    elif old is not None and says_something(old):
        run.report(made("removed", old, None, direction, WIDER))
    elif new is not None and says_something(new):
        run.report(made("added", None, new, direction, NARROWER))


def _schema(holder: Element, links: Links) -> Element | None:
    own = next(holder.of("schema"), None)
    if own is None:
        own = next((edge.target for edge in links.edges(holder) if edge.target.kind == "schema"), None)
    return own


def _compare_responses(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old = {one.name.upper(): one for one in before.of("response")}
    new = {one.name.upper(): one for one in after.of("response")}
    for status, response in old.items():
        facts = {"status": status, "success": status.startswith("2")}
        if status not in new:
            run.report(made("removed", response, None, direction, NARROWER, facts=facts))
            continue
        mine, yours = target(response, run.base), target(new[status], run.head)
        _compare_headers(run, mine, yours, direction)
        _compare_media(run, mine, yours, direction)
    for status, response in new.items():
        if status not in old:
            facts = {"status": status, "success": status.startswith("2")}
            run.report(made("added", None, response, direction, WIDER, facts=facts))


def _compare_headers(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old = {one.name.lower(): target(one, run.base) for one in before.of("header")}
    new = {one.name.lower(): target(one, run.head) for one in after.of("header")}
    for name, header in old.items():
        if name in new:
            _compare_required(run, header, new[name], direction)
            _compare_told(run, header, new[name], ("deprecated",), NONE)
            _compare_value(run, header, new[name], direction)
        else:
            gone: Effect = (True, not _required(header))
            run.report(made("removed", header, None, direction, gone, facts={"required": _required(header)}))
    for name, header in new.items():
        if name not in old:
            come: Effect = (not _required(header), True)
            run.report(made("added", None, header, direction, come, facts={"required": _required(header)}))
