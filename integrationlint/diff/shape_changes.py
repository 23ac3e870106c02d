"""Changes between two shapes: facts, fields, items and branches, as sets of allowed messages."""

from collections.abc import Iterable
from typing import Any, Final

from integrationlint.diff.branches import compare_branches, compare_with_branch
from integrationlint.diff.comparison import BOTH, NONE, REQUEST, RESPONSE, Comparison, made
from integrationlint.diff.sets import NARROWER, SAME, UNKNOWN, WIDER, Effect, effect, is_number, same, spread
from integrationlint.diff.shapes import Shape, canonical, narrower_bound, says_something
from integrationlint.diff.wildcards import compare_wildcards
from integrationlint.diff.xsd_facts import default_effect
from integrationlint.model.element import Element
from integrationlint.model.links import Links

# Keywords that allow and refuse nothing, but tell readers something they act on.
_TOLD: Final = ("default", "deprecated", "readOnly", "writeOnly")
_BOUNDS: Final = (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum"))
# What a built-in type of XML Schema says already.
_OF_BASE: Final = ("type", "format")


def drain(run: Comparison) -> None:
    """Compare every pair of shapes on the list, and those that turn up on the way, without recursion."""
    while run.pending and run.work > 0:
        before, after, direction, run.sense = run.pending.pop()
        _mark_reached(run, before, after)
        if not _plainly_same(before, after):
            _compare(run, before, after, direction)
    run.sense = 1


def _mark_reached(run: Comparison, *shapes: Element) -> None:
    run.reached.update(id(one) for one in shapes if one.kind == "type")


def _plainly_same(before: Element, after: Element) -> bool:
    """Nothing refers anywhere, nothing is inside, and both say the same: most fields of most changes."""
    if before.uses or after.uses or before.children or after.children:
        return False
    return before.facts == after.facts and repr(before.facts) == repr(after.facts)


def _compare(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = canonical(before, run.base), canonical(after, run.head)
    run.work -= sum(1 + len(shape.parts) + len(shape.fields) for shape in (old, new))
    if old.lone and new.choices and not new.lone:
        old = canonical(before, run.base, lone=False)
    elif new.lone and old.choices and not old.lone:
        new = canonical(after, run.head, lone=False)
    _mark_reached(run, *old.parts, *new.parts)
    if compare_with_branch(run, old, new, direction):
        return
    based = "base" in old.facts and "base" in new.facts
    if not based and _unlike(old.facts.get("type"), new.facts.get("type")):
        for fact in ("type", "deprecated", "readOnly", "writeOnly"):
            _compare_fact(run, old, new, fact, direction)
        return
    told = _compare_bounds(run, old, new, direction)
    if based:
        told.update(_OF_BASE)
    for fact in _union(old.facts, new.facts):
        if fact not in told:
            _compare_fact(run, old, new, fact, direction)
    _compare_required(run, old, new, direction)
    _compare_fields(run, old, new, direction)
    _compare_items(run, old, new, direction)
    compare_branches(run, old, new, direction)
    compare_wildcards(run, old, new, direction)


def _unlike(old: Any, new: Any) -> bool:
    """Of two things that have no type in common there is no more to say."""
    return bool(old) and bool(new) and spread(old).isdisjoint(spread(new))


def _union(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*one, *other]))


def _compare_fact(run: Comparison, old: Shape, new: Shape, fact: str, direction: str) -> None:
    before, after = old.facts.get(fact), new.facts.get(fact)
    if same(before, after) or (fact in _TOLD and not before and not after and fact != "default"):
        return
    found = _told_effect(old, new, fact) if fact in _TOLD else effect(fact, before, after)
    if found is None or (found == SAME and fact not in _TOLD) or _said_by_required(fact, before, after):
        return
    sides = (_side(old, new, fact), _side(new, old, fact))
    run.report(made("changed", *sides, direction, found, fact=fact, old=before, new=after, facts=_context(old, new)))


def _told_effect(old: Shape, new: Shape, fact: str) -> Effect:
    element = new.element
    if fact == "default" and element.document.syntax == "xml" and element.facts.get("attribute") is not True:
        return default_effect(old.facts, new.facts)
    return SAME


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


def _compare_bounds(run: Comparison, old: Shape, new: Shape, direction: str) -> set[str]:
    """A bound that is inclusive on one side and exclusive on the other is one change; the facts that are told so."""
    told: set[str] = set()
    for inclusive, exclusive in _BOUNDS:
        for names in ((inclusive, exclusive), (exclusive, inclusive)):
            if names[0] in old.facts and names[1] in new.facts and names[0] not in new.facts:
                was, now = old.facts[names[0]], new.facts[names[1]]
                sides = (old.said[names[0]], new.said[names[1]])
                found = _bound_effect(exclusive, was, now, becomes_exclusive=names[1] == exclusive)
                run.report(made("changed", *sides, direction, found, fact=exclusive, old=was, new=now))
                told |= {inclusive, exclusive}
    return told


def _bound_effect(exclusive: str, was: Any, now: Any, *, becomes_exclusive: bool) -> Effect:
    if not is_number(was) or not is_number(now):
        return UNKNOWN if not same(was, now) else NARROWER if becomes_exclusive else WIDER
    if becomes_exclusive:
        return WIDER if narrower_bound(exclusive, now, was) else NARROWER
    return NARROWER if narrower_bound(exclusive, was, now) else WIDER


def _compare_required(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Fields that must be there and that neither side describes."""
    before, after = (shape.requires - old.fields.keys() - new.fields.keys() for shape in (old, new))
    if before != after:
        found = (after <= before, before <= after)
        was, now = sorted(before), sorted(after)
        run.report(made("changed", old.element, new.element, direction, found, fact="requires", old=was, new=now))


def _compare_fields(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    for name, before in old.fields.items():
        where = _seen_in(before, direction, run.base)
        after = new.fields.get(name)
        if after is None:
            facts = {"required": old.required[name], "parent": old.element.name}
            run.report(made("removed", before, None, where, _gone(old, new, name), facts=facts))
            continue
        where = _seen_in(after, where, run.head) if where != NONE else where
        _compare_need(run, before, after, where, (old.required[name], new.required[name]))
        run.compare(before, after, where)
    for name, after in new.fields.items():
        if name not in old.fields:
            forward, backward = _gone(new, old, name)
            facts = {"required": not backward, "default": "default" in after.facts, "parent": new.element.name}
            where = _seen_in(after, direction, run.head)
            run.report(made("added", None, after, where, (backward, forward), facts=facts))


def _gone(having: Shape, lacking: Shape, name: str) -> Effect:
    """The effect of declaring a field no longer: it is refused, or no longer has to be there."""
    demanded, still = having.required[name], name in lacking.requires
    return (not closed(lacking) and (demanded or not still), not demanded or still)


def _compare_need(run: Comparison, before: Element, after: Element, direction: str, need: tuple[bool, bool]) -> None:
    was, now = need
    if was != now:
        facts = {"required": now, "default": "default" in after.facts}
        found = NARROWER if now else WIDER
        run.report(made("changed", before, after, direction, found, fact="required", old=was, new=now, facts=facts))


def _seen_in(field: Element, direction: str, links: Links) -> str:
    """A read-only field is no part of requests, a write-only one no part of responses."""
    for one in (field, links.shape(field)) if field.uses else (field,):
        if one.facts.get("readOnly") is True:
            return RESPONSE if direction in (RESPONSE, BOTH) else NONE
        if one.facts.get("writeOnly") is True:
            return REQUEST if direction in (REQUEST, BOTH) else NONE
    return direction


def closed(shape: Shape) -> bool:
    """Whether fields that are not declared are refused: `additionalProperties: false`, and XML Schema always."""
    return shape.facts.get("additionalProperties") is False or shape.element.document.syntax == "xml"


def _compare_items(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    for name in _union(old.items, new.items):
        before, after = old.items.get(name), new.items.get(name)
        if before is not None and after is not None:
            run.compare(before, after, direction)
        elif name != "*" and same(old.facts.get("type"), new.facts.get("type")):
            # Of any other fields is told with `additionalProperties`, of another type with `type`.
            if before is not None and says_something(before, run.base):
                run.report(made("removed", before, None, direction, WIDER))
            elif after is not None and says_something(after, run.head):
                run.report(made("added", None, after, direction, NARROWER))
