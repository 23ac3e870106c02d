"""What files are called."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

# POSIX.1-2017 section 3.282: the portable filename character set; a hyphen does not come first.
_PORTABLE: Final = re.compile(r"[A-Za-z0-9._@+][A-Za-z0-9._@+-]*")


def named(element: Element, links: Links, *, patterns: Mapping[str, str] | None = None) -> Iterable[Problem]:
    """The path of a file fits the pattern of its format, or of `*`; without any, its name works on every system."""
    if element.parent is not None:
        return ()
    path = element.document.path
    wanted = patterns or {}
    pattern = wanted.get(links.format(element), wanted.get("*", ""))
    if pattern:
        fits = Matching().matches(pattern, path) is not False
        return () if fits else (Problem({"value": path, "problem": f"is not of the form {pattern}"}),)
    name = path.rpartition("/")[2]
    if _PORTABLE.fullmatch(name):
        return ()
    return (Problem({"value": name, "problem": "holds other characters than letters, digits, '.', '-' and '_'"}),)
