"""Changes between the wildcards of two types of XML Schema: `any` and `anyAttribute`."""

from typing import Any, Final

from integrationlint.diff.comparison import Comparison, made
from integrationlint.diff.sets import NARROWER, SAME, UNKNOWN, WIDER, Effect, effect
from integrationlint.diff.shapes import Shape
from integrationlint.model.element import Element

# The more is checked, the less is taken (XML Schema Part 1, section 3.10).
_CHECKED: Final = ("strict", "lax", "skip")


def compare_wildcards(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Wildcards that came, went or take other content."""
    for name, before in old.wildcards.items():
        after = new.wildcards.get(name)
        if after is None:
            run.report(made("removed", before, None, direction, NARROWER))
        else:
            _compare(run, before, after, direction)
    for name, after in new.wildcards.items():
        if name not in old.wildcards:
            run.report(made("added", None, after, direction, WIDER))


def _compare(run: Comparison, before: Element, after: Element, direction: str) -> None:
    for fact in ("namespace", "notNamespace", "notQName", "processContents", "minOccurs", "maxOccurs"):
        old, new = before.facts.get(fact), after.facts.get(fact)
        if old != new:
            found = _effect(fact, old, new)
            if found != SAME:
                run.report(made("changed", before, after, direction, found, fact=fact, old=old, new=new))


def _effect(fact: str, old: Any, new: Any) -> Effect:
    if fact in ("minOccurs", "maxOccurs"):
        return effect(fact, old, new) or SAME
    if fact == "processContents" and old in _CHECKED and new in _CHECKED:
        return WIDER if _CHECKED.index(new) > _CHECKED.index(old) else NARROWER
    if fact == "namespace" and "##any" in (old, new):
        return WIDER if new == "##any" else NARROWER
    return UNKNOWN
