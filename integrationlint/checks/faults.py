"""What the parsers met, and what became of written exceptions."""

from collections.abc import Iterator

from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.location import parent
from integrationlint.model.rule import Problem


def reported(_element: Element) -> Iterator[Problem]:
    """Each selected element is a problem in itself; its facts fill the message."""
    yield Problem()


def needless(element: Element) -> Iterator[Problem]:
    """Each written exception is a problem; one that stands in the file itself can be taken out of it."""
    yield Problem(repairs=_without(element) if element.facts.get("inline") else ())


def _without(exception: Element) -> tuple[Repair, ...]:
    pointer = exception.pointer
    if not pointer:
        return (Repair("forget", value=str(exception.facts.get("rule"))),)
    try:
        beside = exception.document.at(parent(pointer))
    except KeyError:
        return ()
    alone = isinstance(beside, dict) and len(beside) == 1
    return (Repair("remove", parent(pointer) if alone else pointer),)


def complete(
    element: Element, *, fields: tuple[str, ...] = ("reason",), central: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """A written exception names its rule and has all `fields`; one in the configuration has those in `central` too."""
    facts = element.facts
    wanted = fields if facts.get("inline") else (*fields, *(one for one in central if one not in fields))
    missing = [one for one in wanted if not str(facts.get(one) or "").strip()]
    if facts.get("rule") in ("", "*"):
        missing.insert(0, "rule")
    if missing:
        yield Problem({"rule": facts.get("rule") or "nothing", "missing": missing})
