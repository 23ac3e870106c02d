"""The attributes of types of XML Schema, and what changes of them mean (Part 1, section 3.4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from integrationlint.diff.comparison import Comparison, made
from integrationlint.diff.messages import required
from integrationlint.diff.sets import NARROWER, OTHER, WIDER, Effect
from integrationlint.diff.xsd_schemas import Name, Schemas, derives, is_any
from integrationlint.diff.xsd_wildcards import ANYTHING, CHECKS, Wildcard, includes, intersection, union, wildcard
from integrationlint.model.element import Element

_DEEPEST: Final = 40
_GROUP: Final = "attributeGroup:"


@dataclass(slots=True)
class Attributes:
    """The attributes that a type declares by expanded name, and the wildcard for others with where it is written."""

    schemas: Schemas
    declared: dict[Name, Element] = field(default_factory=dict)
    card: Wildcard | None = None
    written: Element | None = None


def attributes(definition: Element, schemas: Schemas, depth: int = 0) -> Attributes:
    """The attributes of a type, those of its base and of the groups it refers to included."""
    found = Attributes(schemas)
    if is_any(definition):
        found.card = ANYTHING
        return found
    _add(found, definition)
    base = schemas.base(definition) if depth < _DEEPEST else None
    if base is None:
        found.declared = {name: one for name, one in found.declared.items() if one.facts.get("maxOccurs") != 0}
        return found
    inherited = attributes(base, schemas, depth + 1)
    found.declared = inherited.declared | found.declared
    found.declared = {name: one for name, one in found.declared.items() if one.facts.get("maxOccurs") != 0}
    if derives(definition) == "extension" and inherited.card is not None:
        found.card = inherited.card if found.card is None else union(found.card, inherited.card) or found.card
        found.written = found.written or inherited.written
    return found


def _add(found: Attributes, definition: Element) -> None:
    """What a type says itself or through its attribute groups; of several wildcards what all take."""
    for holder in _holders(definition, found.schemas):
        for one in holder.children:
            if one.facts.get("attribute") is not True:
                continue
            if one.kind == "field":
                found.declared.setdefault(found.schemas.name(one), one)
            else:
                card = wildcard(one)
                found.card = card if found.card is None else intersection(found.card, card)
                found.written = found.written or one


def _holders(definition: Element, schemas: Schemas) -> Iterator[Element]:
    waiting = [definition]
    seen = {id(definition)}
    for one in waiting:
        yield one
        for edge in schemas.links.edges(one) if one.uses else ():
            if edge.use.key.startswith(_GROUP) and id(edge.target) not in seen:
                seen.add(id(edge.target))
                waiting.append(edge.target)


def compare_attributes(run: Comparison, old: Attributes, new: Attributes, direction: str, parent: str) -> None:
    """Tell which attributes came, went or have to be there now, and put those of both sides on the list."""
    gone = {name: one for name, one in old.declared.items() if name not in new.declared}
    come = {name: one for name, one in new.declared.items() if name not in old.declared}
    for name, before in old.declared.items():
        if name in new.declared:
            _compare_pair(run, before, new.declared[name], direction)
    moved = _moved(gone, come)
    for name, before in gone.items():
        if name not in moved:
            facts = {"required": required(before), "parent": parent}
            run.report(made("removed", before, None, direction, _gone(name, before, new), facts=facts))
            _compare_with_global(run, name, before, new.schemas, direction, gone=True)
    for name, after in come.items():
        if name not in moved.values():
            forward, backward = _gone(name, after, old)
            facts = {"required": required(after), "default": "default" in after.facts, "parent": parent}
            run.report(made("added", None, after, direction, (backward, forward), facts=facts))
            _compare_with_global(run, name, after, old.schemas, direction, gone=False)
    for was, now in moved.items():
        _compare_moved(run, old.declared[was], new.declared[now], direction)
    _compare_cards(run, old, new, direction)


def _moved(gone: dict[Name, Element], come: dict[Name, Element]) -> dict[Name, Name]:
    """Attributes that have another namespace now."""
    local = {name[1]: name for name in come}
    return {name: local[name[1]] for name in gone if name[1] in local}


def _compare_moved(run: Comparison, before: Element, after: Element, direction: str) -> None:
    fact = "form" if before.facts.get("form") != after.facts.get("form") else "namespace"
    was, now = before.facts.get(fact), after.facts.get(fact)
    run.report(made("changed", before, after, direction, OTHER, fact=fact, old=was, new=now))
    _compare_pair(run, before, after, direction)


def _compare_pair(run: Comparison, before: Element, after: Element, direction: str) -> None:
    was, now = required(before), required(after)
    if was != now:
        facts = {"required": now, "default": "default" in after.facts}
        effect = NARROWER if now else WIDER
        run.report(made("changed", before, after, direction, effect, fact="required", old=was, new=now, facts=facts))
    run.compare(before, after, direction)


def _gone(name: Name, attribute: Element, other: Attributes) -> Effect:
    """The effect of declaring an attribute no longer; a wildcard of the other side may still take it."""
    card = other.card
    declared = name in other.schemas.attributes
    taken = card is not None and card.takes(name) and (card.check != "strict" or declared)
    if not taken:
        return (False, not required(attribute))
    free = declared or attribute.facts.get("base") == "xs:anySimpleType"
    return (True, not required(attribute) and free)


def _compare_with_global(
    run: Comparison, name: Name, attribute: Element, others: Schemas, direction: str, *, gone: bool
) -> None:
    """What a wildcard takes now is checked by the global declaration of that name, where there is one."""
    found = others.attributes.get(name)
    if found is not None:
        run.compare(*((attribute, found) if gone else (found, attribute)), direction)


def _compare_cards(run: Comparison, old: Attributes, new: Attributes, direction: str) -> None:
    before, after = old.card, new.card
    if before is None or after is None:
        if before is not None and old.written is not None:
            run.report(made("removed", old.written, None, direction, NARROWER))
        elif after is not None and new.written is not None:
            run.report(made("added", None, new.written, direction, WIDER))
    elif old.written is not None and new.written is not None:
        compare_cards(run, (before, old.written), (after, new.written), direction)


def compare_cards(
    run: Comparison, before: tuple[Wildcard, Element], after: tuple[Wildcard, Element], direction: str
) -> None:
    """Tell what two wildcards take differently: names, and how they are checked."""
    (old, was), (new, now) = before, after
    named: Effect = (includes(new, old), includes(old, new))
    if old.unclear or new.unclear:
        named = (None, None)
    for fact in ("namespace", "notNamespace", "notQName"):
        values = was.facts.get(fact), now.facts.get(fact)
        if values[0] != values[1] and named != (True, True):
            run.report(made("changed", was, now, direction, named, fact=fact, old=values[0], new=values[1]))
    if old.check != new.check and {old.check, new.check} <= set(CHECKS):
        effect = WIDER if CHECKS.index(new.check) > CHECKS.index(old.check) else NARROWER
        run.report(made("changed", was, now, direction, effect, fact="processContents", old=old.check, new=new.check))
