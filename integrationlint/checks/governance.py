"""What an interface says of itself: its version, owner, audience, classification, and the end of its life."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# semver.org 2.0.0, item 2 and, for what may follow, items 9 and 10.
_SEMVER: Final = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?P<more>[-+][0-9A-Za-z.+-]+)?")
# RFC 3339 `full-date`, alone or at the beginning of a `date-time`.
_DATE: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[Tt ].*)?")


def semantic(element: Element, *, allow_prerelease: bool = True) -> Iterable[Problem]:
    """The version is MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0), with more behind it only if that is allowed."""
    version = element.facts.get("version")
    if version is None:
        return ()
    found = _SEMVER.fullmatch(str(version))
    if found is not None and (allow_prerelease or not found["more"]):
        return ()
    at = "/info/version" if element.kind == "api" else child(element.pointer, "version")
    return (Problem({"value": version}, at=at, key=False),)


def informed(element: Element, *, members: tuple[str, ...]) -> Iterator[Problem]:
    """The members are stated and not empty; `contact.email` is one inside another."""
    missing = [name for name in members if not _member(element.facts, name)]
    if missing:
        yield Problem({"missing": missing}, at="/info" if element.kind == "api" else None)


def _member(facts: Mapping[str, Any], name: str) -> bool:
    value: Any = facts
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {})


def declared(
    element: Element, *, names: tuple[str, ...], values: tuple[str, ...] = (), pattern: str = ""
) -> Iterator[Problem]:
    """One of the extensions is there, with one of `values` or a value that `pattern` is found in."""
    if element.parent is not None:
        return
    extensions = element.facts.get("extensions")
    known = extensions if isinstance(extensions, dict) else {}
    name = next((one for one in names if known.get(one) not in (None, "")), None)
    at = "/info" if element.kind == "api" else None
    if name is None:
        yield Problem({"problem": f"does not state {names[0]}"}, at=at)
        return
    value = known[name]
    if values and value not in values:
        yield Problem(
            {"problem": f"states {name} {value}, which is none of {', '.join(values)}"}, at=_place(element, name)
        )
    elif pattern and Matching().matches(pattern, str(value)) is False:
        yield Problem({"problem": f"states {name} {value}, which has not the agreed form"}, at=_place(element, name))


def _place(element: Element, name: str) -> str:
    value = element.document.value
    info = value.get("info") if element.kind == "api" and isinstance(value, dict) else None
    return child("/info" if isinstance(info, dict) and name in info else element.pointer, name)


def highest(
    element: Element,
    *,
    names: tuple[str, ...],
    levels: tuple[str, ...] = ("public", "internal", "confidential", "secret"),
) -> Iterator[Problem]:
    """An interface states its data classification, and none below that of its fields; `levels` go upwards."""
    if element.parent is not None:
        return
    own = _level(element, names, levels)
    if own is None:
        yield Problem({"problem": f"does not state {names[0]} ({', '.join(levels)})"}, at="/info")
        return
    for one in element.walk():
        if one is not element and "extensions" in one.facts:
            level = _level(one, names, levels)
            if level is not None and level > own:
                problem = f"is {levels[own]}, but '{one.name}' in it is {levels[level]}"
                yield Problem({"problem": problem}, element=one)


def _level(element: Element, names: tuple[str, ...], levels: tuple[str, ...]) -> int | None:
    extensions = element.facts.get("extensions")
    known = extensions if isinstance(extensions, dict) else {}
    for name in names:
        value = str(known.get(name, "")).lower()
        if value in levels:
            return levels.index(value)
    return None


def planned(element: Element, *, names: tuple[str, ...] = ("x-sunset",)) -> Iterable[Problem]:
    """What is deprecated states the date on which it goes, in one of the extensions and as RFC 3339 writes dates."""
    if element.facts.get("deprecated") is not True:
        return ()
    extensions = element.facts.get("extensions")
    known = extensions if isinstance(extensions, dict) else {}
    name = next((one for one in names if known.get(one)), None)
    if name is None:
        return (Problem({"value": _title(element), "problem": f"no {names[0]} says when it goes"}),)
    if _DATE.fullmatch(str(known[name])):
        return ()
    words = {"value": _title(element), "problem": f"{name} '{known[name]}' is no date such as 2027-06-30"}
    return (Problem(words, at=child(element.pointer, name), key=False),)


def explained(
    element: Element, *, also: tuple[str, ...] = ("x-deprecation-reason", "x-deprecated")
) -> Iterable[Problem]:
    """What is deprecated says in its description, or in one of the extensions, what to use instead."""
    facts = element.facts
    if facts.get("deprecated") is not True:
        return ()
    extensions = facts.get("extensions")
    if str(facts.get("description") or "").strip() or element.uses:
        return ()
    if isinstance(extensions, dict) and any(extensions.get(name) for name in also):
        return ()
    return (Problem({"value": _title(element)}),)


def _title(element: Element) -> str:
    return element.name.rpartition(":")[2] if element.kind == "parameter" else element.name
