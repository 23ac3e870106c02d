"""What rules may ask of the values that a JSONPath finds (`each: node`)."""

from collections.abc import Iterable

from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem


def has(element: Element, *, members: tuple[str, ...] = (), not_members: tuple[str, ...] = ()) -> Iterable[Problem]:
    """The object found has all of `members` and none of `not_members`; what is no object is left alone."""
    value = element.facts.get("value")
    if not isinstance(value, dict):
        return ()
    missing = [name for name in members if name not in value]
    surplus = [name for name in not_members if name in value]
    found = [Problem({"value": name, "problem": f"lacks '{name}'"}) for name in missing]
    found += [Problem({"value": name, "problem": f"has '{name}'"}, at=child(element.pointer, name)) for name in surplus]
    return found


def matches(element: Element, *, pattern: str = "", not_pattern: str = "") -> Iterable[Problem]:
    """The text found matches `pattern` and does not match `not_pattern` (ECMA-262); other values are left alone."""
    value = element.facts.get("value")
    if not isinstance(value, str):
        return ()
    found = Matching().matches
    if (pattern and found(pattern, value) is False) or (not_pattern and found(not_pattern, value)):
        return (Problem({"value": value}),)
    return ()
