"""What an element says of its own life: how stable it is, and the day on which it goes."""

from collections.abc import Mapping
from typing import Any, Final

from integrationlint.model.element import Element

STABILITY: Final = "x-stability-level"
SUNSET: Final = ("x-sunset", "x-sunset-date")
# From what may change any day to what stays.
LEVELS: Final = ("draft", "alpha", "beta", "stable")


def stability(element: Element) -> str:
    """The level that an element states, as it is written; empty where it states none, which means stable."""
    found = _extensions(element).get(STABILITY)
    return str(found) if found is not None else ""


def sunset(element: Element) -> str | None:
    """The day on which an element goes, as it is written; None where nobody said."""
    known = _extensions(element)
    return next((str(known[name]) for name in SUNSET if name in known), None)


def rank(level: str) -> int:
    """How stable a level is: 0 for a draft, 3 for stable, which is what nobody says otherwise of; -1 for no level."""
    return LEVELS.index(level) if level in LEVELS else -1 if level else len(LEVELS) - 1


def _extensions(element: Element) -> Mapping[str, Any]:
    found = element.facts.get("extensions")
    return found if isinstance(found, dict) else {}
