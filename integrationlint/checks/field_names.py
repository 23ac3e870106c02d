"""Names of fields and types: their characters, their number, their words. Each is reported once, where it is first."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from integrationlint.checks.field_reports import once
from integrationlint.checks.names import words
from integrationlint.checks.plurals import is_singular
from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

# `_links`, `@type`, `$ref`: what a mark in front makes special is not ours to name.
_PLAIN: Final = re.compile(r"[_@$]{0,2}[A-Za-z][A-Za-z0-9_]*")


def characters(element: Element, *, allow: tuple[str, ...] = ()) -> Iterable[Problem]:
    """Property names are ASCII letters, digits and underscores, and begin with a letter or one of `_`, `@`, `$`."""
    if element.parent is not None:
        return ()
    return once(element, lambda one: _strange(one.name) if one.name not in allow else {})


def _strange(name: str) -> dict[str, object]:
    if _PLAIN.fullmatch(name):
        return {}
    found = next((char for char in name if not (char.isascii() and (char.isalnum() or char in "_@$"))), "")
    return {"problem": f"holds '{found}'" if found else "begins with a digit" if name[:1].isdigit() else "is no word"}


def plural(element: Element, *, uncountable: frozenset[str] = frozenset()) -> Iterable[Problem]:
    """A field that holds a list has a plural for a name; English only. Words in `uncountable` have none."""
    return once(element, lambda one: _single(one, uncountable)) if element.parent is None else ()


def _single(field: Element, uncountable: frozenset[str]) -> dict[str, object]:
    said = words(field.name) if field.facts.get("type") == ("array",) and field.name.isascii() else ()
    if not said or not is_singular(said[-1]) or not uncountable.isdisjoint(said[-1:]):
        return {}
    # `tags_in`, `rows_by_day`, `features_enabled`: the noun stands before.
    for at, word in enumerate(said):
        if at and (word in _BEHIND or word.endswith("ed")):
            return {} if not is_singular(said[at - 1]) or said[at - 1].endswith("ly") else {"word": said[at - 1]}
    return {"word": said[-1]}


_BEHIND: Final = frozenset("in by of for from to with on at per not due only left available allowed".split())


def moments(
    element: Element, *, ends: tuple[str, ...], contains: frozenset[str] = frozenset(), formats: tuple[str, ...]
) -> Iterable[Problem]:
    """A field of one of the formats has a name that ends with one of the words `ends`, or has one of `contains`."""
    if element.parent is not None:
        return ()

    def test(one: Element) -> dict[str, object]:
        if one.facts.get("format") not in formats:
            return {}
        said = words(one.name)
        fits = said[-1:] and (said[-1] in ends or not contains.isdisjoint(said))
        return {} if fits or not said else {"wanted": " or ".join(ends), "format": one.facts["format"]}

    return once(element, test)


def units(element: Element, *, quantities: frozenset[str], also: frozenset[str] = frozenset()) -> Iterable[Problem]:
    """A number whose name ends with one of the quantities says its unit: behind that, or in its description."""
    return once(element, lambda one: _unitless(one, quantities, also)) if element.parent is None else ()


# Units as texts write them, the longer form first.
_UNITS: Final = re.compile(
    r"\b(?:nano|micro|milli)?seconds?\b|\b(?:ms|ns|us|µs|secs?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?)\b"
    r"|\b(?:kilo|centi|milli)?met(?:re|er)s?\b|\b(?:km|cm|mm|miles?|feet|inch(?:es)?|kg|kilograms?|grams?|pounds?)\b"
    r"|\b(?:kilo|mega|giga|tera)?bytes?\b|\b[kmgt]i?b\b|\bpercent\b|%|iso.?8601|\bepoch\b|\bunix\b",
    re.IGNORECASE,
)


def _unitless(field: Element, quantities: frozenset[str], also: frozenset[str]) -> dict[str, object]:
    if field.facts.get("type") not in (("integer",), ("number",)):
        return {}
    said = words(field.name)
    if not said or said[-1] not in quantities:
        return {}
    text = f"{field.facts.get('description') or ''} {field.facts.get('title') or ''}"
    extensions = field.facts.get("extensions")
    stated = isinstance(extensions, dict) and any(name in extensions for name in also)
    return {} if stated or _UNITS.search(text) else {"word": said[-1]}


def instead(element: Element, *, names: Mapping[str, str]) -> Iterable[Problem]:
    """No name ends with a word (a key of `names`) for which there is an agreed one (its value)."""
    if element.parent is not None:
        return ()

    def test(one: Element) -> dict[str, object]:
        said = words(one.name)
        other = names.get(said[-1]) if said else None
        return {"word": said[-1], "instead": other} if other else {}

    return once(element, test)


def telling(element: Element, *, empty: frozenset[str]) -> Iterable[Problem]:
    """The name of a type is more than words that say nothing (`Data`, `Response1`, `InlineObject`)."""
    said = [word for word in words(element.name) if not word.isdigit()]
    return (Problem({"value": element.name}),) if said and empty.issuperset(said) else ()


def business(element: Element, *, ends: frozenset[str], starts: frozenset[str] = frozenset()) -> Iterable[Problem]:
    """The name of a type tells nothing of the technology behind it: it neither ends nor starts with such a word."""
    said = words(element.name)
    if len(said) < 2:
        return ()
    word = said[-1] if said[-1] in ends else said[0] if said[0] in starts else ""
    return (Problem({"value": element.name, "word": word}),) if word else ()
