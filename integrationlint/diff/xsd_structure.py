"""Changes of what a type of XML Schema holds: elements, wildcards, their order, attributes, and its place in families.

What came, went or occurs otherwise is told change by change; whether documents stay valid says the comparison of the
whole contents, so that a field that a wildcard took before is no break, and a new order is one.
"""

from dataclasses import replace
from typing import Final

from integrationlint.diff.comparison import ALIKE, Comparison, made
from integrationlint.diff.sets import NARROWER, OTHER, SAME, WIDER, Effect, effect
from integrationlint.diff.shapes import Shape
from integrationlint.diff.xsd_attributes import attributes, compare_attributes, compare_cards
from integrationlint.diff.xsd_content import leaves, occurrences, spelled
from integrationlint.diff.xsd_facts import compositor_effect
from integrationlint.diff.xsd_inclusion import Content, Included, included, matched, read
from integrationlint.diff.xsd_schemas import Name, Schemas, is_any
from integrationlint.diff.xsd_wildcards import Wildcard, wildcard
from integrationlint.model.change import Change
from integrationlint.model.element import Element

# What the parent of an element says of it, and the comparison of contents judges.
OF_CONTENT: Final = ("minOccurs", "maxOccurs", "form", "compositor", "whiteSpace")
_LONGEST: Final = 300
_UNREAD: Final = "content that is too large to be compared"
# A step of comparing contents is little beside a part or field looked at.
_STEPS_OF_A_PART: Final = 10
Key = tuple[Name, int]


def compare_open(run: Comparison, old: Shape, new: Shape, direction: str) -> bool:
    """Tell that one side became `xs:anyType`, which takes anything; False where neither did."""
    before, after = definitions(run, old, new)
    was, now = is_any(before), is_any(after)
    if was is now:
        return False
    values = [None if any_ else _type_name(shape) for any_, shape in ((was, old), (now, new))]
    found = WIDER if now else NARROWER
    names = ["xs:anyType" if value is None else value for value in values]
    run.report(made("changed", old.element, new.element, direction, found, fact="base", old=names[0], new=names[1]))
    return True


def _type_name(shape: Shape) -> str:
    return str(shape.facts.get("base") or shape.element.facts.get("base") or "a type of its own")


def definitions(run: Comparison, old: Shape, new: Shape) -> tuple[Element, Element]:
    """The declarations that say the content of both sides."""
    before, after = run.schemas
    return before.definition(old.element), after.definition(new.element)


def compare_structure(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Compare what two types hold; declarations of both sides that take the same elements go on the list."""
    sides = definitions(run, old, new)
    before, after = run.schemas
    _compare_attributes(run, sides, direction, old.element.name)
    _compare_families(run, old, new, direction)
    _compare_heads(run, old, new, direction)
    mine, yours = read(sides[0], before), read(sides[1], after)
    if mine is None or yours is None:
        _compare_unread(run, old, new, direction)
        return
    same = matched(mine, yours)
    if same is not None:
        for one, other in same:
            run.compare(one, other, direction)
        return
    there = included(mine, yours, run.work)
    back = included(yours, mine, run.work)
    run.work -= (there.work + back.work) // _STEPS_OF_A_PART
    for one, other in [*there.pairs, *((one, other) for other, one in back.pairs)]:
        run.compare(one, other, direction)
    apart = replace(run, changes={}, sense=ALIKE)
    _tell_elements(apart, run, mine, yours, direction)
    _tell_compositor(apart, old, new, direction)
    _tell_wildcards(apart, old, new, direction)
    _settle(run, list(apart.changes.values()), there, back)
    changed = _untold(apart, mine, yours, there, back)
    if changed != SAME:
        texts = [spelled(side.particle)[:_LONGEST] or "nothing" for side in (mine, yours)]
        run.report(
            made(
                "changed", old.element, new.element, direction, changed, fact="contentModel", old=texts[0], new=texts[1]
            )
        )


def _compare_unread(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Content that is too large or too deep to be read: its elements are compared one by one where they are alike."""
    before, after = (list(one.of("field")) for one in definitions(run, old, new))
    if [one.name for one in before] == [one.name for one in after]:
        for one, other in zip(before, after, strict=True):
            run.compare(one, other, direction)
    else:
        sides = (old.element, new.element)
        run.report(made("changed", *sides, direction, (None, None), fact="contentModel", old=_UNREAD, new=_UNREAD))


def _compare_attributes(run: Comparison, sides: tuple[Element, Element], direction: str, parent: str) -> None:
    old, new = (attributes(one, schemas) for one, schemas in zip(sides, run.schemas, strict=True))
    compare_attributes(run, old, new, direction, parent)


def _compare_families(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """The types that `xsi:type` may name on an element; those that one side does not know are told for themselves."""
    known = [schemas.substitutes(one.element) for one, schemas in zip((old, new), run.schemas, strict=True)]
    if known[0] == known[1] or any(one.element.kind == "type" and not _is_element(one) for one in (old, new)):
        return
    shared = _types(run.schemas[0]) & _types(run.schemas[1])
    before, after = (sorted(one & shared) for one in known)
    if before != after:
        found = (set(before) <= set(after), set(after) <= set(before))
        texts = [
            ", ".join(key.rpartition("}")[2].rpartition(":")[2] for key in one) or "none" for one in (before, after)
        ]
        sides = (old.element, new.element)
        run.report(made("changed", *sides, direction, found, fact="xsi:type", old=texts[0], new=texts[1]))


def _compare_heads(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """The elements in whose place a global element may stand, of those that both sides know."""
    one, other = old.element, new.element
    if not (_is_element(old) and _is_element(new)) or one.facts.get("abstract") or other.facts.get("abstract"):
        return
    before, after = (schemas.heads(each) for schemas, each in zip(run.schemas, (one, other), strict=True))
    shared = run.schemas[0].elements.keys() & run.schemas[1].elements.keys() if before != after else set()
    was, now = (sorted(name[1] for name in names & shared) for names in (before, after))
    if was != now:
        found = (before & shared <= after, after & shared <= before)
        run.report(made("changed", one, other, direction, found, fact="substitutionGroup", old=was, new=now))


def _is_element(shape: Shape) -> bool:
    return shape.element.facts.get("construct") == "element"


def _types(schemas: Schemas) -> frozenset[str]:
    return frozenset(key for one in schemas.links.elements("type") for key in one.keys)


def _tell_elements(apart: Comparison, run: Comparison, mine: Content, yours: Content, direction: str) -> None:
    old, new = _by_name(mine), _by_name(yours)
    moved = _moved(old, new)
    for key, before in old.items():
        after = new.get(moved.get(key, key))
        if after is None:
            facts = {"required": before[1] > 0, "parent": _holder(before[0])}
            apart.report(made("removed", before[0], None, direction, (False, before[1] == 0), facts=facts))
        else:
            if key in moved:
                _tell_moved(apart, before[0], after[0], direction)
            _tell_occurrence(apart, before, after, direction)
            run.compare(before[0], after[0], direction)
    known = {moved.get(key, key) for key in old}
    for key, after in new.items():
        if key not in known:
            default = "default" in after[0].facts
            facts = {"required": after[1] > 0, "default": default, "parent": _holder(after[0])}
            apart.report(made("added", None, after[0], direction, (after[1] == 0, False), facts=facts))


def _holder(element: Element) -> str:
    return element.parent.name if element.parent is not None else ""


Counted = tuple[Element, int, int | None]


def _by_name(side: Content) -> dict[Key, Counted]:
    """The elements of a content by their names and, where a name is there several times, their number."""
    found: dict[Key, Counted] = {}
    seen: dict[Name, int] = {}
    for what, low, high in occurrences(side.particle):
        if isinstance(what, Element) and high != 0:
            name = side.schemas.name(side.schemas.declaration(what))
            seen[name] = count = seen.get(name, 0) + 1
            found[name, count] = (what, low, high)
    return found


def _moved(old: dict[Key, Counted], new: dict[Key, Counted]) -> dict[Key, Key]:
    """Elements that have another namespace now: by local name, where only that is left."""
    waiting: dict[str, list[Key]] = {}
    for key in new:
        if key not in old:
            waiting.setdefault(key[0][1], []).append(key)
    found = {}
    for key in old:
        if key not in new and waiting.get(key[0][1]):
            found[key] = waiting[key[0][1]].pop(0)
    return found


def _tell_moved(apart: Comparison, before: Element, after: Element, direction: str) -> None:
    fact = "form" if before.facts.get("form") != after.facts.get("form") else "namespace"
    was, now = before.facts.get(fact), after.facts.get(fact)
    apart.report(made("changed", before, after, direction, OTHER, fact=fact, old=was, new=now))


def _tell_occurrence(apart: Comparison, before: Counted, after: Counted, direction: str) -> None:
    (one, low, high), (other, least, most) = before, after
    if (low > 0) != (least > 0):
        facts = {"required": least > 0, "default": "default" in other.facts}
        found = NARROWER if least else WIDER
        was, now = low > 0, least > 0
        apart.report(made("changed", one, other, direction, found, fact="required", old=was, new=now, facts=facts))
    elif low != least:
        found = NARROWER if least > low else WIDER
        apart.report(made("changed", one, other, direction, found, fact="minOccurs", old=low, new=least))
    if high != most:
        found = NARROWER if high is None or (most is not None and most < high) else WIDER
        texts = ["unbounded" if bound is None else bound for bound in (high, most)]
        apart.report(made("changed", one, other, direction, found, fact="maxOccurs", old=texts[0], new=texts[1]))


def _tell_compositor(apart: Comparison, old: Shape, new: Shape, direction: str) -> None:
    values = old.facts.get("compositor"), new.facts.get("compositor")
    found = compositor_effect(*values)
    if found != SAME and values[0] != values[1]:
        sides = (old.said["compositor"], new.said["compositor"])
        apart.report(made("changed", *sides, direction, found, fact="compositor", old=values[0], new=values[1]))


def _tell_wildcards(apart: Comparison, old: Shape, new: Shape, direction: str) -> None:
    before, after = old.wildcards.get("any"), new.wildcards.get("any")
    if before is not None and after is not None:
        compare_cards(apart, (wildcard(before), before), (wildcard(after), after), direction)
        for fact in ("minOccurs", "maxOccurs"):
            values = before.facts.get(fact), after.facts.get(fact)
            found = effect(fact, *values) or SAME
            if found != SAME:
                apart.report(made("changed", before, after, direction, found, fact=fact, old=values[0], new=values[1]))
    elif before is not None:
        apart.report(made("removed", before, None, direction, (False, before.facts.get("minOccurs") == 0)))
    elif after is not None:
        apart.report(made("added", None, after, direction, (after.facts.get("minOccurs") == 0, False)))


def _settle(run: Comparison, changes: list[Change], there: Included, back: Included) -> None:
    """Report the changes; where all contents stay valid, none of them breaks anything."""
    for change in changes:
        backward = change.backward if there.holds is not True else True
        forward = change.forward if back.holds is not True else True
        run.report(replace(change, backward=backward, forward=forward))


def _untold(apart: Comparison, mine: Content, yours: Content, there: Included, back: Included) -> Effect:
    """What the contents do that no change of them says."""
    told = list(apart.changes.values())
    cards = any(isinstance(leaf.what, Wildcard) for side in (mine, yours) for leaf in leaves(side.particle))
    if not told and not cards and spelled(mine.particle) == spelled(yours.particle):
        return SAME  # who may stand in for whom is told where it is said
    differs = bool(told) or spelled(mine.particle) != spelled(yours.particle)
    found: list[bool | None] = []
    for way, one in (("backward", there), ("forward", back)):
        said = any(getattr(change, way) is False for change in told)
        unclear = one.holds is None and (differs or one.pairs)
        found.append(True if said or one.holds is True else False if one.holds is False else None if unclear else True)
    return (found[0], found[1])
