"""How things are named."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

Style = Literal["camel", "pascal", "snake", "kebab", "upper-snake", "upper-kebab", "train", "flat", "lower"]

_STYLES: Final = {
    "camel": re.compile(r"[a-z][a-z0-9]*(?:[A-Z0-9][a-z0-9]*)*\Z"),
    "pascal": re.compile(r"[A-Z][a-z0-9]*(?:[A-Z0-9][a-z0-9]*)*\Z"),
    "snake": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z"),
    "kebab": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z"),
    "upper-snake": re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\Z"),
    "upper-kebab": re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*\Z"),
    "train": re.compile(r"[A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*\Z"),
    "flat": re.compile(r"[a-z][a-z0-9]*\Z"),
    "lower": re.compile(r"[^A-Z]*\Z"),
}


def case(element: Element, *, style: Style, fact: str = "", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The name, or the text of `fact`, is written in one case; words in `allow` may be written as they are."""
    value = element.facts.get(fact) if fact else element.name
    if isinstance(value, str) and value and value not in allow and not _STYLES[style].match(value):
        yield Problem({"value": value, "style": style}, at=None if not fact else f"{element.pointer}/{fact}")


def path_case(element: Element, *, style: Style = "kebab", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Each literal segment of a path template is written in one case; parameters and file endings do not count."""
    template = element.facts.get("template")
    for segment in str(template).split("/"):
        words = re.split(r"\{[^{}]*\}|[.:]", segment)
        if not all(not word or word in allow or _STYLES[style].match(word) for word in words):
            yield Problem({"value": segment, "style": style})
            return
