"""Whether what repeats goes where it may repeat."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.effective import is_array
from integrationlint.checks.mapping_paths import lines, only, repetitions, stated, target_pointer
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

# An index or a predicate: `tags[0]`, `lines[main]`, and not `tags[]` or `tags[*]`.
_SELECTED: Final = re.compile(r"\[[^\]*]+\]")
_LONGEST: Final = 1_000


def repeated(element: Element, links: Links) -> Iterator[Problem]:
    """What repeats goes where it may repeat, or the line says which one is taken or how they are joined.

    A single value goes into a list only where other lines make the items, or the line says that it makes one.
    """
    loops = _looped_targets(element, links)
    for line in lines(element):
        source, target = only(line, "reads", links), only(line, "writes", links)
        if source is None or target is None or _says_how(line):
            continue
        many, few = repetitions(source, links), repetitions(target, links)
        if many > few:
            told = f"'{'.'.join(source.names)}' may occur many times, '{'.'.join(target.names)}' only once"
            yield Problem({"problem": told}, element=line, at=target_pointer(line))
        elif few and not many and not any(target.names[:depth] in loops for depth in range(len(target.names) + 1)):
            told = f"'{'.'.join(source.names)}' occurs once, '{'.'.join(target.names)}' is a list"
            yield Problem({"problem": told}, element=line, at=target_pointer(line))


def _says_how(line: Element) -> bool:
    """Whether the line says which item is taken, or how several become one: by what it does, an index, or a loop."""
    source, target = (str(line.facts.get(side, "")) for side in ("source", "target"))
    loop = str(line.facts.get("iterate") or "")
    looped = loop != "" and not source.startswith(loop)
    return (
        looped
        or line.facts.get("operation") not in ("copy", "function")
        or bool(_SELECTED.search((source + target)[:_LONGEST]))
    )


def _looped_targets(mapping: Element, links: Links) -> set[tuple[str, ...]]:
    """The lists of the target that some line fills from something that repeats as well."""
    found: set[tuple[str, ...]] = set()
    for line in lines(mapping):
        if any(repetitions(place, links) for place in stated(line, "reads", links)) or line.facts.get("iterate"):
            for place in stated(line, "writes", links):
                for depth, one in enumerate(place.trail[1:], 1):
                    if is_array(one, links):
                        found.add(place.names[:depth])
    return found
