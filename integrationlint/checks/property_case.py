"""The case of property names, over a whole document."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

Style = Literal["consistent", "camel", "snake", "kebab", "pascal"]

_STYLES: Final = {
    "snake": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    "camel": re.compile(r"[a-z][A-Za-z0-9]*"),
    "kebab": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
    "pascal": re.compile(r"[A-Z][A-Za-z0-9]*"),
}
# `_links`, `@type`, `$ref`: what a mark in front makes special is not ours to name.
_MARKED: Final = re.compile(r"[_@$~]+")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Where a smaller share of the names has the usual case, there is none to speak of.
_USUAL: Final = 0.8
_FEWEST: Final = 5


def properties(element: Element, *, style: Style = "consistent", allow: tuple[str, ...] = ()) -> Iterable[Problem]:
    """The property names of a document are written in one case; each name is reported once, where it is first.

    `consistent`: in the case that four of five have, where there is such a one. Names of one word in lower case fit
    several cases and do not count; names with other marks than `_` and `-` are left alone.
    """
    return _uneven(element, style, frozenset(allow)) if element.parent is None else ()


def _uneven(root: Element, style: Style, allow: frozenset[str]) -> Iterator[Problem]:
    places: dict[str, Element] = {}
    counts: dict[str, int] = {}
    for one in root.walk():
        if one.kind == "field":
            places.setdefault(one.name, one)
            counts[one.name] = counts.get(one.name, 0) + 1
    names = [name for name in places if name not in allow and _NAME.fullmatch(name)]
    chosen = _usual(names) if style == "consistent" else style
    matches = _STYLES[chosen].fullmatch if chosen else None
    for name in names if matches is not None else ():
        if matches is not None and not matches(name) and not _MARKED.match(name):
            times = "" if counts[name] == 1 else f" (in {counts[name]} places)"
            yield Problem({"value": name, "style": chosen, "times": times}, element=places[name])


def _usual(names: list[str]) -> str:
    """The case that nearly all of the names have that tell one; empty when there is none."""
    telling = [name for name in names if not (name.islower() and name.isalnum())]
    if len(telling) < _FEWEST:
        return ""
    for style, pattern in _STYLES.items():
        fitting = sum(pattern.fullmatch(name) is not None for name in telling)
        if fitting >= _USUAL * len(telling):
            return style
    return ""
