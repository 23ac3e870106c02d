"""What changes of simple types of XML Schema do to the texts they take (Part 2, section 4.3)."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from integrationlint.dialects.xsd_patterns import compared
from integrationlint.diff.comparison import Comparison, made
from integrationlint.diff.sets import SAME, Effect, effect
from integrationlint.diff.shapes import Shape

Facts = Mapping[str, Any]
_SPACES: Final = ("preserve", "replace", "collapse")
_SPACE_OF: Final = {"xs:string": "preserve", "xs:normalizedString": "replace", "xs:anySimpleType": "preserve"}
_SPACED: Final = frozenset(["xs:string", "xs:normalizedString", "xs:token", "xs:anyURI", "xs:anySimpleType"])
_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
# Dates and times of one form and without a zone are in the order of their texts.
_DATED: Final = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?|\d\d:\d\d:\d\d")


def value_effect(fact: str, old: Any, new: Any) -> Effect | None:
    """The effect of a changed facet, where XML Schema says more of it than JSON Schema does."""
    if fact == "pattern" and old is not None and new is not None:
        before, after = (one if isinstance(one, tuple) else (one,) for one in (old, new))
        return (_all_fit(before, after), _all_fit(after, before))
    if fact in _BOUNDS and isinstance(old, str | int | float) and isinstance(new, str | int | float):
        order = _order(str(old), str(new))
        if order is not None:
            return SAME if order == 0 else effect(fact, 0, order)
    return effect(fact, old, new)


def _all_fit(mine: tuple[str, ...], yours: tuple[str, ...]) -> bool | None:
    """Whether a text that fits all of my patterns fits all of yours; None where that cannot be told."""
    found = [[compared(one, other) for one in mine] for other in yours]
    if all(any(pair is not None and pair.only_old is None for pair in pairs) for pairs in found):
        return True
    alone = len(mine) == 1 and any(pair is not None and pair.only_old is not None for (pair,) in found)
    return False if alone else None


def _order(old: str, new: str) -> int | None:
    """-1, 0 or 1 as the new bound is lower, the same or higher; None where that cannot be told."""
    if _DATED.fullmatch(old) and _DATED.fullmatch(new):
        return (new > old) - (new < old) if len(old) == len(new) else None
    try:
        before, after = Decimal(old), Decimal(new)
    except InvalidOperation:
        return None
    return (after > before) - (after < before) if before.is_finite() and after.is_finite() else None


def compare_space(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """How white space is treated before facets look at a text: as stated, else as the built-in type says."""
    before, after = _space(old.facts), _space(new.facts)
    if before is None or after is None or before == after:
        return
    loose, tight = (old, new) if _SPACES.index(before) < _SPACES.index(after) else (new, old)
    collapses = "collapse" in (before, after)
    grows = (_stays(tight.facts, collapses=collapses), _returns(loose.facts, collapses=collapses))
    found = grows if loose is old else (grows[1], grows[0])
    if found != SAME:
        sides = (old.said.get("whiteSpace", old.element), new.said.get("whiteSpace", new.element))
        run.report(made("changed", *sides, direction, found, fact="whiteSpace", old=before, new=after))


def _space(facts: Facts) -> str | None:
    base = facts.get("base")
    if not isinstance(base, str) or facts.get("type") == ("array",):
        return None
    stated = facts.get("whiteSpace")
    return stated if stated in _SPACES else _SPACE_OF.get(base, "collapse")


def _stays(facts: Facts, *, collapses: bool) -> bool | None:
    """Whether a text that is valid with its white space stays so without: it may be too short now."""
    if collapses and facts.get("minLength"):
        return False
    return None if "pattern" in facts or "assertions" in facts else True


def _returns(facts: Facts, *, collapses: bool) -> bool | None:
    """Whether a text that is valid without its white space is so with it: it may be too long, or none of a list."""
    if facts.keys() & {"enum", "fixed"} or (collapses and "maxLength" in facts):
        return False
    return None if "pattern" in facts or "assertions" in facts else True


def compare_list(run: Comparison, old: Shape, new: Shape, direction: str) -> bool:
    """Tell that a list became one value or one value a list; False where neither is so."""
    lists = [shape.facts.get("type") == ("array",) and bool(shape.items) for shape in (old, new)]
    one = new if lists[0] else old
    if lists[0] is lists[1] or not isinstance(one.facts.get("base"), str):
        return False
    many = old if lists[0] else new
    fits = _fits_in(one, many)
    was, now = old.facts.get("type"), new.facts.get("type")
    found = (False, fits) if lists[0] else (fits, False)
    run.report(made("changed", old.element, new.element, direction, found, fact="type", old=was, new=now))
    item = next(iter(many.items.values()))
    run.compare(*((item, new.element) if lists[0] else (old.element, item)), direction)
    return True


def _fits_in(one: Shape, many: Shape) -> bool | None:
    """Whether a single value is a list of one: items are compared for themselves."""
    low, high = many.facts.get("minLength", 0), many.facts.get("maxLength", 1)
    if low > 1 or high < 1:
        return False
    if many.facts.keys() & {"enum", "pattern", "assertions", "fixed"}:
        return None
    return None if one.facts["base"] in _SPACED and "enum" not in one.facts else True
