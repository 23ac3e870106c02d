"""The life of an interface and of its parts: stable or not, deprecated, and gone on a day."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from integrationlint.checks.dates import HTTP_DATE, SECONDS, day, later
from integrationlint.checks.resolved import operations
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_SUNSET: Final = ("x-sunset", "x-sunset-date")
_DEPRECATION: Final = ("x-deprecation", "x-deprecation-date", "x-deprecated-at")


def _extensions(element: Element) -> Mapping[str, Any]:
    found = element.facts.get("extensions")
    return found if isinstance(found, dict) else {}


def _at(element: Element, name: str) -> str:
    """Where an extension of an element is written; an interface has them at `info` or at the top."""
    if element.kind == "api":
        value = element.document.value
        info = value.get("info") if isinstance(value, dict) else None
        return child("/info" if isinstance(info, dict) and name in info else "", name)
    return child(element.pointer, name)


def _first(element: Element, names: tuple[str, ...]) -> tuple[str, str]:
    """The first of the extensions that states a day, and the day; two empty texts for none."""
    known = _extensions(element)
    return next(((name, day(known[name])) for name in names if name in known and day(known[name])), ("", ""))


def passed(element: Element, *, today: str, names: tuple[str, ...] = _SUNSET, grace_days: int = 0) -> Iterable[Problem]:
    """Nothing in a document is there any more after the day on which it was to go, and `grace_days` more."""
    if element.parent is not None or not today or not _holds(element, names):
        return ()
    return _outlived(element, today, names, grace_days)


def _holds(root: Element, names: Iterable[str]) -> bool:
    """Whether one of the names is anywhere in the text of a document: few documents have them, and all are asked."""
    text = root.document.text
    names = set(names)
    shortest = [name for name in names if not any(other in name for other in names if other != name)]
    return any(name in text for name in shortest)


def _outlived(root: Element, today: str, names: tuple[str, ...], grace_days: int) -> Iterator[Problem]:
    for one in root.walk():
        name, end = _first(one, names) if "extensions" in one.facts else ("", "")
        if end and later(end, grace_days) < today:
            words = {"value": _title(one), "day": end}
            yield Problem(words, element=one, at=_at(one, name), key=False)


def _title(element: Element) -> str:
    name = element.name.rpartition(":")[2] if element.kind == "parameter" else element.name
    return f"{element.kind} '{name}'" if name else f"the {element.kind}"


def ordered(
    element: Element, *, sunset: tuple[str, ...] = _SUNSET, deprecation: tuple[str, ...] = _DEPRECATION
) -> Iterable[Problem]:
    """Nothing goes before it is deprecated (RFC 9745 section 4), and examples of both headers have their form.

    `Sunset` is an HTTP date (RFC 8594 section 3), `Deprecation` is `@` and seconds (RFC 9745 section 2.1).
    """
    if element.parent is not None or not _holds(element, (*sunset, "Sunset", "sunset", "Deprecation")):
        return ()
    return (problem for one in element.walk() for problem in _order(one, sunset, deprecation))


def _order(element: Element, sunset: tuple[str, ...], deprecation: tuple[str, ...]) -> Iterator[Problem]:
    if element.kind == "header":
        yield from _header(element)
        return
    name, end = _first(element, sunset)
    _, start = _first(element, deprecation) if end else ("", "")
    if end and start and end < start:
        words = {"value": _title(element), "problem": f"goes on {end}, before it is deprecated on {start}"}
        yield Problem(words, element=element, at=_at(element, name), key=False)


_FORMS: Final = {
    "sunset": (HTTP_DATE, "an HTTP date such as Sat, 31 Dec 2026 23:59:59 GMT"),
    "deprecation": (SECONDS, "seconds since 1970 such as @1798761599"),
}


def _header(element: Element) -> Iterator[Problem]:
    form = _FORMS.get(element.name.lower())
    if form is None:
        return
    for holder in (element, *element.of("schema")):
        try:
            node = holder.document.at(holder.pointer)
        except KeyError:
            continue
        value = node.get("example") if isinstance(node, dict) else None
        if isinstance(value, str | int) and not form[0].fullmatch(str(value)):
            words = {
                "value": f"the header '{element.name}'",
                "problem": f"is '{value}' in an example, and not {form[1]}",
            }
            yield Problem(words, element=holder, at=child(holder.pointer, "example"), key=False)


_ROLES: Final = frozenset({"contains", "extends", "reads", "writes", "calls", "publishes", "subscribes"})


def not_deprecated(element: Element, links: Links) -> Iterable[Problem]:
    """What is not deprecated, nor part of something that is, uses nothing that is deprecated."""
    if not element.uses:
        return ()
    found = [
        edge
        for edge in links.edges(element)
        if edge.use.role in _ROLES and not edge.missing and edge.target.facts.get("deprecated") is True
    ]
    if not found or _ending(element):
        return ()
    return [Problem({"value": _title(edge.target)}, at=edge.use.pointer or None, key=False) for edge in found]


def _ending(element: Element) -> bool:
    one: Element | None = element
    while one is not None:
        if one.facts.get("deprecated") is True:
            return True
        one = one.parent
    return False


def status(
    element: Element, *, names: tuple[str, ...], values: tuple[str, ...], ended: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """An interface states in one of the extensions where in its life it is, with one of `values`.

    Where that is one of `ended`, all of its operations are deprecated.
    """
    if element.parent is not None:
        return
    known = _extensions(element)
    name = next((one for one in names if known.get(one)), "")
    if not name:
        yield Problem({"problem": f"does not say where in its life it is: no {names[0]}"}, at=_root(element))
        return
    value = str(known[name])
    if value not in values:
        yield Problem(
            {"problem": f"has the {name} '{value}', which is none of {', '.join(values)}"}, at=_at(element, name)
        )
    elif value in ended:
        paths = [one for path in element.of("path") for one in path.of("operation")]
        left = [one for one in paths if one.facts.get("deprecated") is not True]
        if left:
            problem = f"is {value}, but {len(left)} of {len(paths)} operations are not deprecated"
            yield Problem({"problem": problem}, at=_at(element, name))


def _root(element: Element) -> str | None:
    return "/info" if element.kind == "api" else None


# `1.0.0-beta.1`, `v2alpha1`, `2024-05-01-preview`: a version that says itself that it is not stable.
_UNSTABLE: Final = re.compile(r"(?<![a-z])(alpha|beta|preview|experimental|rc)", re.IGNORECASE)


def stability(
    element: Element, links: Links, *, names: tuple[str, ...], values: tuple[str, ...], unstable: tuple[str, ...]
) -> Iterator[Problem]:
    """An interface, or each of its operations, states how stable it is, and its version does not say otherwise."""
    known = _extensions(element)
    name = next((one for one in names if known.get(one)), "")
    concerned = [element] if name else list(operations(element, links))
    version = str(element.facts.get("version") or "")
    for one in concerned:
        stated = next((key for key in names if _extensions(one).get(key)), "")
        level = str(_extensions(one).get(stated, ""))
        if level and level not in values:
            problem = f"has the {stated} '{level}', which is none of {', '.join(values)}"
            yield Problem({"who": _title(one), "problem": problem}, element=one, at=_at(one, stated))
        elif level and one is element and _UNSTABLE.search(version) and level not in unstable:
            problem = f"is {level} by {stated}, but its version is {version}"
            yield Problem({"who": "the interface", "problem": problem}, at=_at(one, stated))
    if concerned and not any(_extensions(one).get(key) for one in concerned for key in names):
        problem = f"does not say how stable it is: no {names[0]}"
        yield Problem({"who": "the interface", "problem": problem}, at=_root(element))
