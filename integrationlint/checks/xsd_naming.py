"""How the declarations of a schema are named: their case, their endings."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, cast

from integrationlint.checks.naming import Style, StyleOrOne, case
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_CONSTRUCTS: Final = {
    "complexType": "type",
    "simpleType": "type",
    "group": "type",
    "element": "element",
    "attribute": "attribute",
}
_CANDIDATES: Final[tuple[Style, ...]] = ("pascal", "camel", "upper-snake", "snake", "kebab")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z][a-z0-9]*\Z|[A-Z][a-z0-9]*|[a-z0-9]+")


def consistent_case(
    element: Element,
    *,
    types: StyleOrOne = "consistent",
    elements: StyleOrOne = "consistent",
    attributes: StyleOrOne = "consistent",
    least: int = 5,
    share: float = 0.9,
) -> Iterator[Problem]:
    """The names of the types, elements and attributes of a schema are written in one case each.

    `consistent`: in the case that `share` of them have, when there are `least` of them; where they have no such
    case they are left alone.
    """
    styles: dict[str, StyleOrOne] = {"type": types, "element": elements, "attribute": attributes}
    for kind, named in _named(element).items():
        style = styles[kind]
        chosen = _usual(named, least, share) if style == "consistent" else style
        for one in named if chosen is not None else ():
            for problem in case(one, style=cast("Style", chosen)):
                words = {**problem.words, "what": kind}
                yield problem._replace(words=words, element=one, at=child(one.pointer, "@name"))


def _named(schema: Element) -> dict[str, list[Element]]:
    """The declarations by kind that have a name of their own, each name once."""
    found: dict[str, dict[str, Element]] = {"type": {}, "element": {}, "attribute": {}}
    for one in schema.walk():
        kind = None
        if one.kind == "type":
            kind = _CONSTRUCTS.get(str(one.facts.get("construct")))
        elif one.kind == "field" and not any(use.key.startswith(("element:", "attribute:")) for use in one.uses):
            kind = "attribute" if one.facts.get("attribute") is True else "element"
        if kind is not None and one.name:
            found[kind].setdefault(one.name, one)
    return {kind: list(named.values()) for kind, named in found.items()}


def _usual(named: list[Element], least: int, share: float) -> Style | None:
    if len(named) < least:
        return None
    votes = {style: sum(next(case(one, style=style), None) is None for one in named) for style in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda style: votes[style])
    return best if votes[best] >= share * len(named) else None


def suffixes(
    element: Element,
    *,
    endings: tuple[str, ...] = (),
    forbidden: tuple[str, ...] = (),
    least: int = 10,
    share: float = 0.9,
) -> Iterator[Problem]:
    """The names of types end in one of `endings`; global elements do not end in one of `forbidden`.

    Without `endings`, in the word that `share` of the complex types end in, and likewise of the simple types, when
    there are `least` of them.
    """
    for construct in ("complexType", "simpleType"):
        types = [one for one in element.of("type") if one.facts.get("construct") == construct and one.name]
        wanted = endings or _usual_ending([one.name for one in types], least, share)
        for one in types:
            if wanted and not one.name.endswith(wanted):
                words = {"value": one.name, "wanted": " or ".join(wanted), "problem": "does not end in"}
                yield Problem(words, element=one, at=child(one.pointer, "@name"))
    for one in element.of("type"):
        if forbidden and one.facts.get("construct") == "element" and one.name.endswith(forbidden):
            words = {"value": one.name, "wanted": " or ".join(forbidden), "problem": "is an element and ends in"}
            yield Problem(words, element=one, at=child(one.pointer, "@name"))


def _usual_ending(names: list[str], least: int, share: float) -> tuple[str, ...]:
    if len(names) < least:
        return ()
    endings = Counter(words[-1] for name in names if len(words := _WORD.findall(name)) > 1)
    found = endings.most_common(1)
    return (found[0][0],) if found and found[0][1] >= share * len(names) else ()
