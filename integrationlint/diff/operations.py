"""Changes between two API contracts: operations, parameters, bodies, responses, headers, security."""

from collections.abc import Iterable, Mapping
from typing import Any

from integrationlint.diff.comparison import BOTH, NONE, REQUEST, RESPONSE, Comparison, made
from integrationlint.diff.sets import NARROWER, OTHER, SAME, WIDER, Effect
from integrationlint.model.element import Element
from integrationlint.model.links import Links


def compare_api(run: Comparison, before: Element, after: Element) -> None:
    """Compare two contracts by what clients can send and receive."""
    old, new = operations(before), operations(after)
    for name, operation in old.items():
        if name in new:
            _compare_operation(run, operation, new[name])
        else:
            run.report(made("removed", operation, None, BOTH, OTHER))
    for name, operation in new.items():
        if name not in old:
            run.report(made("added", None, operation, BOTH, SAME))
    _compare_schemes(run, before, after)


def operations(root: Element) -> dict[str, Element]:
    """The operations of a contract by address below the document: those of paths, webhooks and callbacks."""
    return {one.address.partition("#")[2]: one for one in root.walk() if one.kind == "operation"}


def _compare_operation(run: Comparison, before: Element, after: Element) -> None:
    inward = before.facts.get("direction") != "out"
    sent, received = (REQUEST, RESPONSE) if inward else (RESPONSE, REQUEST)
    _compare_told(run, before, after, ("deprecated", "id"), NONE)
    _compare_security(run, before, after)
    _compare_parameters(run, parameters(before, run.base), parameters(after, run.head), sent)
    old, new = _body(before, run.base), _body(after, run.head)
    if old is not None and new is not None:
        _compare_required(run, old, new, sent)
        _compare_media(run, old, new, sent)
    elif old is not None:
        run.report(made("removed", old, None, sent, (False, True), facts={"required": _required(old)}))
    elif new is not None:
        effect = (not _required(new), False)
        run.report(made("added", None, new, sent, effect, facts={"required": _required(new)}))
    _compare_responses(run, before, after, received)


def _compare_told(run: Comparison, before: Element, after: Element, facts: Iterable[str], direction: str) -> None:
    for fact in facts:
        old, new = before.facts.get(fact), after.facts.get(fact)
        if old != new and (old or new):
            run.report(made("changed", before, after, direction, SAME, fact=fact, old=old, new=new))


def target(element: Element, links: Links) -> Element:
    """The element that a reference object stands for, or the element itself."""
    for _ in range(50):
        following = next((edge.target for edge in links.edges(element) if edge.use.role == "contains"), None)
        if following is None or following.kind != element.kind:
            return element
        element = following
    return element


def parameters(operation: Element, links: Links) -> dict[str, Element]:
    """The effective parameters by `LOCATION:NAME`: the operation's own before those of its path (OAS 3.1.1 4.8.9).

    Path parameters go by their position in the template: their names are no part of a message.
    """
    found: dict[str, Element] = {}
    for holder in (operation, operation.parent):
        for one in holder.of("parameter") if holder is not None else ():
            real = target(one, links)
            found.setdefault(_parameter_name(real, operation), real)
    return found


def _parameter_name(parameter: Element, operation: Element) -> str:
    location, _, name = parameter.name.partition(":")
    if location == "path":
        template = str(operation.facts.get("template", ""))
        return f"path:{template.count('{', 0, template.find('{' + name + '}'))}"
    return f"header:{name.lower()}" if location == "header" else parameter.name


def _compare_parameters(
    run: Comparison, old: Mapping[str, Element], new: Mapping[str, Element], direction: str
) -> None:
    for name, before in old.items():
        after = new.get(name)
        if after is None:
            facts = {"required": _required(before), "in": before.facts.get("in")}
            run.report(made("removed", before, None, direction, (True, True), facts=facts))
            continue
        _compare_required(run, before, after, direction)
        _compare_told(run, before, after, ("deprecated",), NONE)
        _compare_style(run, before, after, direction)
        _compare_schema(run, before, after, direction)
    for name, after in new.items():
        if name not in old:
            facts = {"required": _required(after), "in": after.facts.get("in")}
            effect: Effect = (not _required(after), True)
            run.report(made("added", None, after, direction, effect, facts=facts))


def _compare_style(run: Comparison, before: Element, after: Element, direction: str) -> None:
    for fact in ("style", "explode", "collectionFormat"):
        old, new = before.facts.get(fact), after.facts.get(fact)
        if old != new and old is not None and new is not None:
            run.report(made("changed", before, after, direction, OTHER, fact=fact, old=old, new=new))


def _required(element: Element) -> bool:
    return element.facts.get("required") is True


def _compare_required(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = _required(before), _required(after)
    if old != new:
        effect = NARROWER if new else WIDER
        facts = {"required": new}
        run.report(made("changed", before, after, direction, effect, fact="required", old=old, new=new, facts=facts))


def _body(operation: Element, links: Links) -> Element | None:
    request = next(operation.of("request"), None)
    return target(request, links) if request is not None else None


def _compare_media(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = _media(before), _media(after)
    for name, media in old.items():
        if name in new:
            _compare_schema(run, media, new[name], direction)
        else:
            run.report(made("removed", media, None, direction, NARROWER))
    for name, media in new.items():
        if name not in old:
            run.report(made("added", None, media, direction, WIDER))


def _media(holder: Element) -> dict[str, Element]:
    return {one.name.split(";")[0].strip().lower(): one for one in holder.of("media")}


def _compare_schema(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = _schema(before, run.base), _schema(after, run.head)
    if old is not None and new is not None:
        run.compare(old, new, direction)
    elif old is not None:
        run.report(made("removed", old, None, direction, WIDER))
    elif new is not None:
        run.report(made("added", None, new, direction, NARROWER))


def _schema(holder: Element, links: Links) -> Element | None:
    own = next(holder.of("schema"), None)
    if own is None:
        own = next((edge.target for edge in links.edges(holder) if edge.target.kind == "schema"), None)
    return own


def _compare_responses(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old = {one.name: one for one in before.of("response")}
    new = {one.name: one for one in after.of("response")}
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
            _compare_schema(run, header, new[name], direction)
        else:
            effect: Effect = (True, not _required(header))
            run.report(made("removed", header, None, direction, effect, facts={"required": _required(header)}))
    for name, header in new.items():
        if name not in old:
            run.report(made("added", None, header, direction, SAME, facts={"required": _required(header)}))


def _security(operation: Element) -> list[Any]:
    own = operation.facts.get("security", operation.root.facts.get("security"))
    return own if isinstance(own, list) else []


def _compare_security(run: Comparison, before: Element, after: Element) -> None:
    old, new = (sorted(map(_alternative, _security(one))) for one in (before, after))
    if old == new:
        return
    # Each alternative is a way to be let in: one more widens, one less narrows; no requirement at all lets everyone in.
    lost, won = [one for one in old if one not in new], [one for one in new if one not in old]
    effect: Effect = (bool(old) <= bool(new) and not lost, not won) if old else (False, True)
    if not new:
        effect = WIDER
    run.report(made("changed", before, after, REQUEST, effect, fact="security", old=old, new=new))


def _alternative(requirement: Any) -> str:
    if not isinstance(requirement, dict):
        return ""
    return " and ".join(
        f"{name}({', '.join(sorted(map(str, scopes)))})" if isinstance(scopes, list) and scopes else str(name)
        for name, scopes in sorted(requirement.items(), key=lambda item: str(item[0]))
    )


def _compare_schemes(run: Comparison, before: Element, after: Element) -> None:
    old, new = ({one.name: one for one in side.of("security-scheme")} for side in (before, after))
    for name, scheme in old.items():
        if name in new:
            for fact in ("type", "in", "scheme", "parameterName"):
                was, now = scheme.facts.get(fact), new[name].facts.get(fact)
                if was != now:
                    run.report(made("changed", scheme, new[name], REQUEST, OTHER, fact=fact, old=was, new=now))
