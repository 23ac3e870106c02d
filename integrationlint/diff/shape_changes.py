"""Changes between two shapes: facts, fields, items and branches, as sets of allowed messages."""

from typing import Any, Final

from integrationlint.diff.comparison import NONE, REQUEST, RESPONSE, Comparison, made
from integrationlint.diff.sets import NARROWER, SAME, WIDER, Effect, effect
from integrationlint.diff.shapes import Shape, canonical
from integrationlint.model.element import Element

# Keywords that allow and refuse nothing, but tell readers something they act on.
_TOLD: Final = ("default", "deprecated", "readOnly", "writeOnly")


def drain(run: Comparison) -> None:
    """Compare every pair of shapes on the list, and those that turn up on the way, without recursion."""
    while run.pending:
        before, after, direction = run.pending.pop()
        _compare(run, canonical(before, run.base), canonical(after, run.head), direction)


def _compare(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    run.reached.update(id(part) for part in (*old.parts, *new.parts))
    for fact in old.facts.keys() | new.facts.keys():
        _compare_fact(run, old, new, fact, direction)
    _compare_fields(run, old, new, direction)
    for name in old.items.keys() & new.items.keys():
        run.compare(old.items[name], new.items[name], direction)
    _compare_variants(run, old, new, direction)


def _compare_fact(run: Comparison, old: Shape, new: Shape, fact: str, direction: str) -> None:
    before, after = old.facts.get(fact), new.facts.get(fact)
    if before == after and type(before) is type(after):
        return
    found = SAME if fact in _TOLD else effect(fact, before, after)
    if found is None or (found == SAME and fact not in _TOLD) or _said_by_required(fact, before, after):
        return
    sides = (_side(old, new, fact), _side(new, old, fact))
    run.report(made("changed", *sides, direction, found, fact=fact, old=before, new=after, facts=_context(old, new)))


def _said_by_required(fact: str, before: Any, after: Any) -> bool:
    """From optional to required and back is told once, as `required`."""
    return fact == "minOccurs" and 0 in (before, after)


def _side(mine: Shape, other: Shape, fact: str) -> Element:
    """Where a shape says a fact; where it does not, the counterpart of where the other side says it."""
    if fact in mine.said:
        return mine.said[fact]
    told = other.said.get(fact, other.element)
    return next((one for one in mine.parts if (one.kind, one.name) == (told.kind, told.name)), mine.element)


def _context(old: Shape, new: Shape) -> dict[str, Any]:
    return {"deprecated": bool(old.facts.get("deprecated")), "default": "default" in new.facts}


def _compare_fields(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    for name, before in old.fields.items():
        where = _seen_in(before, direction)
        after = new.fields.get(name)
        if after is None:
            facts = {"required": old.required[name], "parent": old.element.name}
            run.report(made("removed", before, None, where, _removed(old, new, name), facts=facts))
            continue
        where = _seen_in(after, where) if where != NONE else where
        if old.required[name] != new.required[name]:
            found = NARROWER if new.required[name] else WIDER
            values = {"old": old.required[name], "new": new.required[name]}
            facts = {"required": new.required[name], "default": "default" in after.facts}
            run.report(made("changed", before, after, where, found, fact="required", facts=facts, **values))
        run.compare(before, after, where)
    for name, after in new.fields.items():
        if name not in old.fields:
            facts = {"required": new.required[name], "default": "default" in after.facts, "parent": new.element.name}
            run.report(made("added", None, after, _seen_in(after, direction), _added(old, new, name), facts=facts))


def _seen_in(field: Element, direction: str) -> str:
    """A read-only field is no part of requests, a write-only one no part of responses."""
    if field.facts.get("readOnly") is True:
        return NONE if direction == REQUEST else RESPONSE
    if field.facts.get("writeOnly") is True:
        return NONE if direction == RESPONSE else REQUEST
    return direction


def _removed(old: Shape, new: Shape, name: str) -> Effect:
    return (not closed(new), not old.required[name])


def _added(old: Shape, new: Shape, name: str) -> Effect:
    return (not new.required[name], not closed(old))


def closed(shape: Shape) -> bool:
    """Whether fields that are not declared are refused: `additionalProperties: false`, and XML Schema always."""
    return shape.facts.get("additionalProperties") is False or shape.element.document.syntax == "xml"


def _compare_variants(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    for key, before in old.variants.items():
        after = new.variants.get(key)
        if after is not None:
            run.compare(before, after, direction)
        else:
            found = _without_branch(new, key[0])
            run.report(made("removed", before, None, direction, found, facts={"composition": key[0]}))
    for key, after in new.variants.items():
        if key not in old.variants:
            backward, forward = _without_branch(old, key[0])
            effect_ = (forward, backward)
            run.report(made("added", None, after, direction, effect_, facts={"composition": key[0]}))


def _without_branch(lacking: Shape, composition: str) -> Effect:
    """The effect of taking a branch away: fewer values for a choice, all when none is left; more for a condition."""
    if composition in ("oneOf", "anyOf"):
        return NARROWER if any(one[0] == composition for one in lacking.variants) else WIDER
    return WIDER
