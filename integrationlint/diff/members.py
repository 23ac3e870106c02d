"""Changes of what an object or array holds: fields that came, went or have to be there, and items."""

from collections.abc import Mapping
from typing import Any, Final

from integrationlint.diff.branches import same_choices
from integrationlint.diff.comparison import BOTH, NO_MORE, NONE, REQUEST, RESPONSE, Comparison, Same, made
from integrationlint.diff.sets import NARROWER, OTHER, SAME, UNKNOWN, WIDER, Effect, same, spread
from integrationlint.diff.shapes import Shape, canonical, says_something
from integrationlint.model.element import Element
from integrationlint.model.links import Links

_SIDES: Final = {NONE: (), REQUEST: (REQUEST,), RESPONSE: (RESPONSE,), BOTH: (REQUEST, RESPONSE)}
# The flag by which a field is no part of messages that go one way (OAS 3.0.4 section 4.7.24.1).
_HIDDEN: Final = {REQUEST: "readOnly", RESPONSE: "writeOnly"}


def compare_inside(run: Comparison, before: Element, after: Element, direction: str) -> bool:
    """Compare two shapes that say the same themselves by what is inside of them; False where it takes more than that.

    Most of most contracts is as it was: what says the same on both sides needs no canonical form.
    """
    if len(before.children) != len(after.children):
        return False
    branches = [[one for one in side.children if one.kind == "variant"] for side in (before, after)]
    pairs = list(zip(before.children, after.children, strict=True))
    if len(branches[0]) != len(branches[1]) or not all(_is_inside(*pair) for pair in pairs):
        return False
    if branches[0] and not same_choices(run, *branches):
        return False
    ways = [
        (_hidden({}, one, run.base), _hidden({}, other, run.head)) if one.kind == "field" else (_SHOWN, _SHOWN)
        for one, other in pairs
    ]
    if any(one != other for one, other in ways):
        return False
    run.work -= 2 + 2 * len(pairs)
    for (one, other), (hidden, _) in zip(pairs, ways, strict=True):
        if one.kind != "type":
            run.compare(one, other, _seen_in(hidden, direction) if hidden else direction)
    return True


def _is_inside(one: Element, other: Element) -> bool:
    """Whether two children are the same field, items or definition, as much needed as before."""
    return (
        one.kind == other.kind
        and one.name == other.name
        and one.kind in ("field", "items", "type", "variant")
        and one.facts.get("required") is other.facts.get("required")
    )


def compare_fields(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Compare the fields of two objects, and which names have to be there."""
    _compare_undeclared(run, old, new, direction)
    for name, before in old.fields.items():
        after = new.fields.get(name)
        if after is None:
            facts = {"required": old.required[name], "parent": old.element.name, "branch": _branch(before, old, new)}
            where = _seen_in(_hidden(old.also, before, run.base), direction)
            run.report(made("removed", before, None, where, _gone(old, new, name), facts=facts))
        else:
            _compare_field(run, (old, new), (before, after), name, direction)
    for name, after in new.fields.items():
        if name not in old.fields:
            forward, backward = _gone(new, old, name)
            facts = {"required": not backward, "default": "default" in after.facts, "parent": new.element.name}
            facts["branch"] = _branch(after, new, old)
            where = _seen_in(_hidden(new.also, after, run.head), direction)
            run.report(made("added", None, after, where, (backward, forward), facts=facts))


def _compare_undeclared(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Fields that must be there and that neither side describes."""
    before, after = (shape.requires - old.fields.keys() - new.fields.keys() for shape in (old, new))
    if before != after:
        found = (after <= before, before <= after)
        was, now = sorted(before), sorted(after)
        run.report(made("changed", old.element, new.element, direction, found, fact="requires", old=was, new=now))


def _compare_field(
    run: Comparison, shapes: tuple[Shape, Shape], fields: tuple[Element, Element], name: str, direction: str
) -> None:
    need = (shapes[0].required[name], shapes[1].required[name])
    old, new = shapes
    hidden = _hidden(old.also, fields[0], run.base), _hidden(new.also, fields[1], run.head)
    where = direction
    if hidden != (_SHOWN, _SHOWN):
        where = _compare_ways(run, shapes, fields, hidden, direction)
    if need[0] != need[1]:
        facts = {"required": need[1], "default": "default" in fields[1].facts}
        found = NARROWER if need[1] else WIDER
        run.report(made("changed", *fields, where, found, fact="required", old=need[0], new=need[1], facts=facts))
    run.compare(*fields, where, also=_further(shapes, fields))


def _compare_ways(
    run: Comparison,
    shapes: tuple[Shape, Shape],
    fields: tuple[Element, Element],
    hidden: tuple[frozenset[str], frozenset[str]],
    direction: str,
) -> str:
    """Tell where a field became read-only, write-only or neither; the ways in which both sides have it."""
    name = next(name for name, one in shapes[0].fields.items() if one is fields[0])
    for way, flag in _HIDDEN.items():
        was, now = (way in side for side in hidden)
        if was == now:
            continue
        told, effect = direction, SAME
        if way in _SIDES[direction]:
            told, effect = way, _gone(*shapes, name) if now else _appears(shapes, name)
        facts = {"required": shapes[not now].required[name], "stated": "newly" if now else "no longer"}
        run.report(made("changed", *fields, told, effect, fact=flag, old=was, new=now, facts=facts))
    return _seen_in(hidden[0] | hidden[1], direction)


def _further(shapes: tuple[Shape, Shape], firsts: tuple[Element, Element]) -> tuple[Same, Same]:
    old, new = shapes
    if not old.also and not new.also:
        return NO_MORE
    return old.also.get(id(firsts[0]), ()), new.also.get(id(firsts[1]), ())


def _appears(shapes: tuple[Shape, Shape], name: str) -> Effect:
    forward, backward = _gone(shapes[1], shapes[0], name)
    return backward, forward


def _gone(having: Shape, lacking: Shape, name: str) -> Effect:
    """The effect of declaring a field no longer: it is refused, or no longer has to be there."""
    demanded, still = having.required[name], name in lacking.requires and name not in lacking.fields
    return (not closed(lacking) and (demanded or not still), not demanded or still)


def _branch(field: Element, having: Shape, lacking: Shape) -> str:
    """`allOf` for a field that is in a part of a composition which the other side has not."""
    own, others = ({one.name for one in shape.parts if one.kind == "variant"} for shape in (having, lacking))
    part = field.parent
    return "allOf" if part is not None and part.kind in ("variant", "type") and part.name in own - others else ""


def _hidden(also: Mapping[int, Same], field: Element, links: Links) -> frozenset[str]:
    """The ways in which a field does not go: a read-only one is no part of requests, a write-only one of answers."""
    facts = field.facts
    if not (field.uses or also or "readOnly" in facts or "writeOnly" in facts):
        return _SHOWN
    declared = (field, *also.get(id(field), ()))
    said = [each.facts for one in declared for each in ((one, links.shape(one)) if one.uses else (one,))]
    return frozenset(way for way, flag in _HIDDEN.items() if any(one.get(flag) is True for one in said))


_SHOWN: Final[frozenset[str]] = frozenset()


def _seen_in(hidden: frozenset[str], direction: str) -> str:
    """The ways of a message in which a field goes."""
    found = [way for way in _SIDES[direction] if way not in hidden]
    return BOTH if len(found) > 1 else found[0] if found else NONE


def closed(shape: Shape) -> bool:
    """Whether fields that are not declared are refused: `additionalProperties: false`, and XML Schema always."""
    return shape.facts.get("additionalProperties") is False or shape.element.document.syntax == "xml"


def compare_items(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Compare the items of two arrays: those of a position, the rest, and what any or one of them must be."""
    for name in dict.fromkeys([*old.items, *new.items]):
        before, after = old.items.get(name), new.items.get(name)
        if before is not None and after is not None:
            run.compare(before, after, direction, also=_further((old, new), (before, after)))
        elif name != "*" and same(old.facts.get("type"), new.facts.get("type")):
            # Of any other fields is told with `additionalProperties`, of another type with `type`.
            if before is not None and says_something(before, run.base):
                facts = {"construct": before.facts.get("construct")}
                effect = _position((before, run.base), (new.items.get(""), run.head)) or WIDER
                run.report(made("removed", before, None, direction, effect, facts=facts))
            elif after is not None and says_something(after, run.head):
                facts = {"construct": after.facts.get("construct")}
                found = _position((after, run.head), (old.items.get(""), run.base)) or WIDER
                run.report(made("added", None, after, direction, (found[1], found[0]), facts=facts))


def _position(one: tuple[Element, Links], rest: tuple[Element | None, Links]) -> Effect | None:
    """The effect of giving a position up to what the rest of the items must be; None where the rest may be anything."""
    schema, others = one[0], rest[0]
    if schema.facts.get("construct") != "prefixItems" or others is None or not says_something(others, rest[1]):
        return None
    sides = ((schema, one[1]), (others, rest[1]))
    types: list[Any] = [canonical(side, links).facts.get("type") for side, links in sides]
    apart = all(types) and spread(types[0]).isdisjoint(spread(types[1]))
    return OTHER if apart else UNKNOWN
