"""Which of the things that are wrong with a message in JSON is due to one change."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from integrationlint.diff.json_routes import UNDECLARED, Path, Route
from integrationlint.model.change import Change
from integrationlint.model.location import child


class Fault(NamedTuple):
    """What is wrong with a value: the keyword that it fails, in words, and the place."""

    keyword: str
    message: str
    path: Path = ()


# What the validator says in words that only who knows our schemas understands.
_WORDS: Final = {
    "contains": "too few or too many of the items are as `contains` says",
    "falseSchema": "nothing is allowed here",
    "not": "it is what `not` forbids",
}
_MEMBERS: Final = ("required", "readOnly", "writeOnly", "")
_ENUM: Final = ("enum", "const")
# The keywords that a changed fact makes fail, where they are not called alike.
_KEYWORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "enum": _ENUM,
    "const": _ENUM,
    "nullable": ("type", *_ENUM),
    "format": ("format", "minimum", "maximum"),
    "minimum": ("minimum", "exclusiveMinimum"),
    "exclusiveMinimum": ("minimum", "exclusiveMinimum"),
    "maximum": ("maximum", "exclusiveMaximum"),
    "exclusiveMaximum": ("maximum", "exclusiveMaximum"),
    "minContains": ("contains",),
    "maxContains": ("contains",),
    "dependentRequired": ("required",),
    "requires": ("required",),
    "not": ("falseSchema",),
    "composition": ("oneOf", "anyOf"),
}
_CLOSED: Final = ("additionalProperties", "unevaluatedProperties", "falseSchema")


def words(fault: Fault, label: str) -> str:
    """`request of POST /orders: /lines/0/sku: it is not of type "integer"`."""
    where = ""
    for step in fault.path:
        where = child(where, str(step))
    return ": ".join(part for part in (label, where, _WORDS.get(fault.keyword, fault.message)) if part)


def blamed(faults: list[Fault], change: Change, route: Route) -> Fault | None:
    """The fault that shows a change at the end of a way into the message; None where all have other reasons."""
    within = {str(one.facts.get("composition")) for one in route.through}
    return next((one for one in faults if _shows(one, change, route.path, within)), None)


def _shows(fault: Fault, change: Change, path: Path, within: set[str]) -> bool:
    if "not" in within:
        return fault.keyword == "not" and path[: len(fault.path)] == fault.path
    if "propertyNames" in within or fault.keyword == "propertyNames":
        return "propertyNames" in within and fault.keyword == "propertyNames" and fault.path == path
    if change.kind == "field" and change.fact in _MEMBERS:
        return _is_about(fault, path)
    if change.fact == "additionalProperties":
        inside = fault.path[: len(path)] == path
        return inside and (fault.keyword in _CLOSED or fault.path[len(path) :] == (UNDECLARED,))
    if change.fact:
        return fault.path == path and fault.keyword in _KEYWORDS.get(change.fact, (change.fact,))
    # A branch or an item that came or went: whatever is wrong in there.
    return fault.path[: len(path)] == path


def _is_about(fault: Fault, path: Path) -> bool:
    """Whether a member is missed, or refused as one that is not known."""
    if fault.path == path[:-1]:
        name: Any = path[-1]
        return fault.keyword == "falseSchema" or any(f"{mark}{name}{mark}" in fault.message for mark in "'\"")
    return fault.path == path and fault.keyword in _CLOSED
