"""Which contracts a mapping joins: named, there, and of a stated version."""

from collections.abc import Iterator
from typing import Final

from integrationlint.model.element import Element, Use
from integrationlint.model.errors import did_you_mean
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_SIDES: Final = ("source", "target")


def named(element: Element) -> Iterator[Problem]:
    """A mapping with lines names the contract of its source and of its target."""
    if element.facts.get("coverage") == "empty" or not any(element.of("line")):
        return
    missing = [side for side in _SIDES if not element.facts.get(side)]
    if missing:
        yield Problem({"missing": " and ".join(missing)})


def pinned(element: Element, links: Links, *, versions: bool = False) -> Iterator[Problem]:
    """The contracts that a mapping names are there; with `versions`, it says which version of each it was made for.

    A name alone may be that of a contract kept elsewhere: only files, and what is named inside a file, are looked for.
    """
    answered = {id(edge.use) for edge in links.edges(element)} if element.uses else set()
    for use in element.uses:
        if use.role == "contains" and id(use) not in answered:
            problem = _missing(use, links)
            if problem:
                yield Problem({"problem": problem}, at=use.pointer or None)
    if versions:
        for side in _SIDES:
            if element.facts.get(side) and not element.facts.get(f"{side}Version"):
                yield Problem({"problem": f"it does not say which version of the {side} contract it was made for"})


def _missing(use: Use, links: Links) -> str:
    kind, _, rest = use.key.partition(":")
    path, mark, place = rest.partition("#")
    if not mark or kind not in ("pointer", "schema", "file") or "://" in rest:
        return ""
    if not links.has_file(path):
        return f"there is no file '{path}'{did_you_mean(path, _paths(links))}"
    if not place:
        return ""
    name = place.rpartition("/")[2]
    declared = {one.name for one in links.elements("type") if one.document.path == path and one.name}
    return f"there is no '{place}' in '{path}'{did_you_mean(name, declared)}" if declared else ""


def _paths(links: Links) -> set[str]:
    return {one.document.path for one in links.elements("api", "schema-document", "document")}
