"""Values of enumerations: how they are written, and whether there may be more."""

import re
from collections.abc import Iterable
from typing import Final, Literal

from integrationlint.checks.reach import received, sent
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

Style = Literal["consistent", "upper-snake", "snake", "kebab", "camel", "pascal"]

_STYLES: Final = {
    "upper-snake": re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"),
    "snake": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    "kebab": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
    "camel": re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*"),
    "pascal": re.compile(r"(?=[^a-z]*[a-z])(?:[A-Z][a-z0-9]*)+"),
}
# `VISA` among `MasterCard` and `Diners`.
_ACRONYMS: Final = re.compile(r"(?:[A-Z][a-z0-9]*)+")
# Values that have a case to speak of; `en-GB`, `a/b`, `1.0` and `-created` are codes, paths, numbers and orders.
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CODE: Final = re.compile(r"[A-Z]{1,3}[0-9]*|[a-z]{2,3}-[A-Z0-9][A-Za-z0-9]{1,3}")
_FEWEST: Final = 3
_USUAL: Final = 0.6
_LISTED: Final = 3


def case(element: Element, *, style: Style = "consistent", allow: tuple[str, ...] = ()) -> Iterable[Problem]:
    """The values of an enumeration are written in one case; `consistent`: in the case that most of them have.

    Codes of up to three capitals, and what is no word, are left alone.
    """
    enum = element.facts.get("enum")
    if not isinstance(enum, list):
        return ()
    values = [one for one in enum if isinstance(one, str) and one not in allow and _WORD.fullmatch(one)]
    values = [one for one in values if not _CODE.fullmatch(one)]
    chosen = _usual(values) if style == "consistent" else style
    if not chosen:
        return ()
    fits = _ACRONYMS if chosen == "pascal" else _STYLES[chosen]
    odd = [one for one in values if not fits.fullmatch(one)]
    if not odd:
        return ()
    more = f" and {len(odd) - _LISTED} more" if len(odd) > _LISTED else ""
    at = f"{element.pointer}/enum/{enum.index(odd[0])}"
    return (Problem({"value": ", ".join(odd[:_LISTED]) + more, "style": chosen}, at=at, key=False),)


_SNAKES: Final = re.compile(r"[a-z][a-z0-9]*(?:[_ ][a-z0-9]+)*")


def _usual(values: list[str]) -> str:
    """The case that nearly all of the values have; empty where there is none, or where they are few."""
    if len(values) < _FEWEST or _SNAKES.fullmatch(" ".join(values)):  # the usual case, told at once
        return ""
    fitting = {style: sum(pattern.fullmatch(one) is not None for one in values) for style, pattern in _STYLES.items()}
    usual = max(fitting, key=lambda style: fitting[style])
    return usual if fitting[usual] >= _USUAL * len(values) else ""


def extensible(
    element: Element, links: Links, *, markers: tuple[str, ...] = ("x-extensible-enum", "x-ms-enum")
) -> Iterable[Problem]:
    """A list of texts in what an API sends is marked as one that may grow; one of a single value is no list."""
    enum = element.facts.get("enum")
    if not isinstance(enum, list) or len(enum) < 2 or not all(isinstance(one, str) for one in enum if one is not None):
        return ()
    extensions = element.facts.get("extensions")
    if isinstance(extensions, dict) and any(name in extensions for name in markers):
        return ()
    if not sent(element, links) or received(element, links):
        return ()
    return (Problem({"value": element.name, "marker": markers[0]}, at=f"{element.pointer}/enum", key=True),)
