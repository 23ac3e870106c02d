"""Which values are allowed."""

from collections.abc import Iterable, Iterator

from integrationlint.checks.fits import misfit, same, wrong_type
from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.rule import Problem

# So many values are compared each with each when they are no plain scalars; nobody writes longer lists of objects.
_MOST_COMPARED = 50


def default(element: Element) -> Iterable[Problem]:
    """Every `default` of a document is a value that its shape allows."""
    return _defaults(element) if element.parent is None else ()


def _defaults(root: Element) -> Iterator[Problem]:
    matching = Matching()
    for element in root.walk():
        facts = element.facts
        if "default" not in facts or element.uses:
            continue
        problem = misfit(facts["default"], facts, matching)
        if problem:
            words = {"value": _shown(facts["default"]), "problem": problem}
            yield Problem(words, element=element, at=f"{element.pointer}/default", key=False)


def enum_typed(element: Element, *, strings: bool = False) -> Iterable[Problem]:
    """Every value of `enum` has the type that the shape states; with `strings`, it states that it is a string."""
    enum = element.facts.get("enum")
    return _mistyped(element, enum, strings=strings) if isinstance(enum, list) else ()


def _mistyped(element: Element, enum: list[object], *, strings: bool) -> Iterator[Problem]:
    types = element.facts.get("type")
    if types == ("string",) and all(type(value) is str for value in enum):
        return
    for index, value in enumerate(enum):
        problem = "" if value is None else wrong_type(value, types)
        if problem:
            words = {"value": _shown(value), "problem": problem}
            yield Problem(words, at=f"{element.pointer}/enum/{index}", key=False)
    if strings and isinstance(types, tuple) and types and "string" not in types:
        words = {"value": ", ".join(map(_shown, enum[:5])), "problem": "values of an enumeration are strings here"}
        yield Problem(words, at=f"{element.pointer}/enum", key=True)


def enum_unique(element: Element) -> Iterable[Problem]:
    """No value of `enum` is there twice (JSON Schema 2020-12 validation, section 6.1.2)."""
    enum = element.facts.get("enum")
    return _repeated(element, enum) if isinstance(enum, list) and len(enum) > 1 else ()


def _repeated(element: Element, enum: list[object]) -> Iterator[Problem]:
    seen: set[tuple[bool, object]] = set()
    others: list[object] = []
    for index, value in enumerate(enum):
        if isinstance(value, list | dict):
            again = any(same(value, one) for one in others)
            others.append(value) if len(others) < _MOST_COMPARED else None
        else:
            again = (isinstance(value, bool), value) in seen
            seen.add((isinstance(value, bool), value))
        if again:
            at = f"{element.pointer}/enum/{index}"
            yield Problem({"value": _shown(value)}, at=at, key=False, repairs=_without(element, at))


def _without(shape: Element, at: str) -> tuple[Repair, ...]:
    """Take a value away, unless lists beside the values (`x-enum-varnames`) tell something of each by its place."""
    try:
        written = shape.document.at(shape.pointer)
    except KeyError:
        return ()
    others = [key for key in written if key != "enum" and "enum" in key.lower()] if isinstance(written, dict) else ["?"]
    return () if others else (Repair("remove", at),)


def _shown(value: object) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)[:80]
