"""The nodes of a map: which elements are shown, what the others stand behind, and what they are called."""

from dataclasses import dataclass
from posixpath import basename, dirname
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.graph import Node
from integrationlint.model.phrases import phrase
from integrationlint.workspace.reach import TOPS
from integrationlint.workspace.workspace import Workspace

CONSUMERS: Final = "consumers"
_FAMILIES: Final = {
    **dict.fromkeys(("type", "schema", "field", "items", "variant", "schema-document", "import", "wildcard"), "schema"),
    **dict.fromkeys(("mapping", "line", "lookup"), "mapping"),
    **dict.fromkeys(("flow", "step", "trigger", "handler", "resource"), "flow"),
    **dict.fromkeys(("fault", "suppression"), "other"),
    "consumer": "consumer",
}
_NAMED: Final = frozenset({"operation", "type", "mapping", "flow", "step", "trigger", "handler", "consumer"})
_DETAILS: Final = frozenset({"field", "line", "lookup"})


@dataclass(frozen=True, slots=True)
class Level:
    """How closely a map looks: which kinds are shown, and whether all that is declared at the top of a file is."""

    kinds: frozenset[str]
    tops: bool


LEVELS: Final = {
    "documents": Level(frozenset({"consumer"}), tops=False),
    "elements": Level(_NAMED, tops=True),
    "fields": Level(_NAMED | _DETAILS, tops=True),
}


def standing(element: Element, level: Level, known: dict[Element, Element]) -> Element:
    """The element that is shown where this one is used: itself, or the closest one around it; remembered in `known`."""
    passed: list[Element] = []
    one = element
    while one not in known:
        passed.append(one)
        if one.parent is None or _shown(one, one.parent, level):
            known[one] = one
        else:
            one = one.parent
    found = known[one]
    known.update(dict.fromkeys(passed, found))
    return found


def _shown(element: Element, parent: Element, level: Level) -> bool:
    if element.kind in level.kinds:
        return True
    return level.tops and parent.parent is None and parent.kind in TOPS and element.kind != "import"


def node(element: Element, workspace: Workspace, level: Level) -> Node:
    """The node of an element."""
    name, detail = _words(element)
    return Node(
        element.address,
        element.kind,
        name,
        detail,
        _group(element, level),
        _family(element),
        element.location,
        workspace.format(element) if element.parent is None else "",
    )


def _group(element: Element, level: Level) -> str:
    if element.kind == "consumer":
        return CONSUMERS
    path = element.document.path
    return path if level.tops else f"{dirname(path) or '.'}/"


def _words(element: Element) -> tuple[str, str]:
    """The name that people know an element by, and what it is."""
    kind, facts = element.kind, element.facts
    if element.parent is None:
        return str(facts.get("title") or basename(element.document.path)), element.document.path
    if kind in ("field", "items", "variant", "operation"):
        word, _, name = phrase(element).partition(" ")
        return name, word
    name = element.name or str(facts.get("raw_type") or kind)
    if kind == "line":
        return name, f"line {facts.get('number', element.location.span.start.line)}"
    more = facts.get({"step": "step", "trigger": "trigger", "consumer": "criticality"}.get(kind, "")) if facts else ""
    return name, f"{kind}, {more}" if more else kind


def _family(element: Element) -> str:
    if element.kind != "document":
        return _FAMILIES.get(element.kind, "contract")
    kinds = {one.kind for one in element.children}
    return "flow" if kinds & {"flow", "resource"} else "schema" if "type" in kinds else "other"
