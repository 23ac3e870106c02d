"""Changes between two shapes: facts, fields, items and branches, as sets of allowed messages."""

from collections.abc import Iterable
from typing import Any, Final

from integrationlint.diff.branches import compare_branches, compare_with_branch
from integrationlint.diff.comparison import ALIKE, NOWHERE, WRITTEN, Comparison, Waiting, made, worse
from integrationlint.diff.members import compare_fields, compare_inside, compare_items
from integrationlint.diff.sets import (
    NARROWER,
    SAME,
    UNKNOWN,
    WIDER,
    Effect,
    effect,
    is_number,
    same,
    spread,
    text_types_effect,
)
from integrationlint.diff.shapes import Shape, canonical, narrower_bound
from integrationlint.diff.xsd_facts import default_effect, readable
from integrationlint.diff.xsd_structure import OF_CONTENT, compare_open, compare_structure
from integrationlint.diff.xsd_values import compare_list, compare_space, value_effect
from integrationlint.model.element import Element

# Keywords that allow and refuse nothing, but tell readers something they act on.
_TOLD: Final = ("default", "deprecated", "discriminator", "sunset", "stability")
# What is told of two shapes that have no type in common.
_OF_ANY: Final = ("type", "deprecated", "sunset", "stability")
# What a field says of itself: whether it is in a message at all is told by the shape that holds it.
_OF_FIELDS: Final = ("readOnly", "writeOnly")
_BOUNDS: Final = (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum"))
# What a built-in type of XML Schema says already.
_OF_BASE: Final = ("type", "format")


# Values of facts that are the same where they are equal, and have no parts that could be of another kind.
_PLAIN: Final = frozenset((kind, kind) for kind in (str, bool, int, float))


def drain(run: Comparison) -> None:
    """Compare every pair of shapes on the list, and those that turn up on the way, without recursion."""
    while run.pending and run.work > 0:
        pair = run.pending.pop()
        run.sense, run.around = pair.sense, pair.around
        _mark_reached(run, pair.before, pair.after)
        if not _is_done(run, pair):
            _compare(run, pair)
    run.sense, run.around = ALIKE, NOWHERE


def _mark_reached(run: Comparison, *shapes: Element) -> None:
    run.reached.update(id(one) for one in shapes if one.kind == "type")


def _is_done(run: Comparison, pair: Waiting) -> bool:
    """Whether both sides say the same themselves and refer to nothing, so that only what is inside may differ."""
    before, after = pair.before, pair.after
    if before.uses or after.uses or any(pair.also) or not _say_the_same(before.facts, after.facts):
        return False
    if not before.children and not after.children:
        return True
    if before.document.syntax == "xml" or before.facts.get("additionalProperties") == "schema":
        return False
    return compare_inside(run, before, after, pair.direction)


def _say_the_same(mine: dict[str, object], yours: dict[str, object]) -> bool:
    if mine != yours:
        return False
    kinds = {(type(value), type(yours[fact])) for fact, value in mine.items()}
    return kinds <= _PLAIN or repr(mine) == repr(yours)


def _compare(run: Comparison, pair: Waiting) -> None:
    old, new = _both(run, pair)
    direction = pair.direction
    schema = new.element.document.syntax == "xml"
    if schema and compare_open(run, old, new, direction):
        return
    if compare_with_branch(run, old, new, direction) or (schema and compare_list(run, old, new, direction)):
        alike = True
    else:
        alike = _compare_values(run, old, new, direction)
    if schema and alike:
        compare_structure(run, old, new, direction)


def _compare_values(run: Comparison, old: Shape, new: Shape, direction: str) -> bool:
    """Compare all that two shapes say; False where they have no type in common, so that nothing else matters."""
    schema = new.element.document.syntax == "xml"
    based = "base" in old.facts and "base" in new.facts
    if not based and _unlike(old.facts.get("type"), new.facts.get("type")):
        for fact in _OF_ANY:
            _compare_fact(run, old, new, fact, direction)
        return False
    told = _compare_bounds(run, old, new, direction)
    if based:
        told.update(_OF_BASE)
    if schema:
        told.update(OF_CONTENT)
    _same_spelling(old, new)
    for fact in _union(old.facts, new.facts):
        if fact not in told and fact not in _OF_FIELDS:
            _compare_fact(run, old, new, fact, direction)
    if schema:
        compare_space(run, old, new, direction)
    else:
        compare_fields(run, old, new, direction)
    compare_items(run, old, new, direction)
    compare_branches(run, old, new, direction)
    return True


def _both(run: Comparison, pair: Waiting) -> tuple[Shape, Shape]:
    """Both sides in the form in which they are compared: a lone branch is none where the other side has a choice."""
    (before, after), (mine, yours) = (pair.before, pair.after), pair.also
    old, new = canonical(before, run.base, also=mine), canonical(after, run.head, also=yours)
    run.work -= sum(1 + len(shape.parts) + len(shape.fields) for shape in (old, new))
    if old.lone and new.choices and not new.lone:
        old = canonical(before, run.base, lone=False, also=mine)
    elif new.lone and old.choices and not old.lone:
        new = canonical(after, run.head, lone=False, also=yours)
    _mark_reached(run, *old.parts, *new.parts)
    return old, new


def _same_spelling(old: Shape, new: Shape) -> None:
    """One constant is a list of one value, where the other side has a list."""
    for one, other in ((old, new), (new, old)):
        if (_said(one), _said(other)) == (["const"], ["enum"]):
            one.facts["enum"], one.said["enum"] = [one.facts.pop("const")], one.said.pop("const")


def _said(shape: Shape) -> list[str]:
    return [fact for fact in ("const", "enum") if fact in shape.facts]


def _unlike(old: Any, new: Any) -> bool:
    """Of two things that have no type in common there is no more to say."""
    return bool(old) and bool(new) and spread(old).isdisjoint(spread(new))


def _union(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*one, *other]))


def _compare_fact(run: Comparison, old: Shape, new: Shape, fact: str, direction: str) -> None:
    before, after = old.facts.get(fact), new.facts.get(fact)
    if same(before, after) or (fact in _TOLD and not before and not after and fact != "default"):
        return
    found = _told_effect(old, new, fact) if fact in _TOLD else _effect(run, old, new, fact)
    if found is None or (found == SAME and fact not in _TOLD) or _said_by_required(fact, before, after):
        return
    sides = (_side(old, new, fact), _side(new, old, fact))
    facts = _context(old, new, fact)
    run.report(
        made("changed", *sides, direction, found, fact=fact, old=readable(before), new=readable(after), facts=facts)
    )


def _effect(run: Comparison, old: Shape, new: Shape, fact: str) -> Effect | None:
    before, after = old.facts.get(fact), new.facts.get(fact)
    if new.element.document.syntax == "xml":
        found = value_effect(fact, before, after)
        if fact == "fixed" and found is not None and new.element.facts.get("attribute") is not True:
            return worse(found, default_effect(old.facts, new.facts))
        return found
    if fact == "type" and run.around.part in WRITTEN:
        return text_types_effect(before, after)
    return effect(fact, before, after)


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


def _context(old: Shape, new: Shape, fact: str) -> dict[str, Any]:
    """What rules may ask of a changed fact: whether it was said before and still is, and by which keyword."""
    was, now = (fact in shape.facts for shape in (old, new))
    said = old.said.get(fact) if was else new.said.get(fact)
    unevaluated = fact == "additionalProperties" and said is not None and "unevaluatedProperties" in said.facts
    return {
        "deprecated": bool(old.facts.get("deprecated")),
        "default": "default" in new.facts,
        "extensible": "extensibleEnum" in old.facts,
        "stated": "still" if was and now else "no longer" if was else "newly",
        "keyword": "unevaluatedProperties" if unevaluated else fact,
    }


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
