"""What people need of a mapping: explanations, owners, no hidden constants, nothing left out in silence."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.mapping_paths import Place, lines, stated, target_pointer
from integrationlint.checks.names import words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem, Related

_PROSE: Final = re.compile(r"[^\W\d_]+(?:[\s,]+[^\W\d_]+){3}")
_LONGEST: Final = 500
# A value that names a machine: its address, its port, its stage, its disk.
_MACHINE: Final = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\blocalhost\b|://[\w.-]{1,200}(?::\d|\.(?:local|internal|corp|lan|intranet)\b)"
    r"|://[\w.-]{0,200}\b(?:dev|test|uat|qa|stage|staging|preprod)\b"
    r"|^/(?:home|opt|var|tmp|mnt|usr|data)/|^[A-Za-z]:\\|^\\\\\w"
)
_ADDRESSES: Final = frozenset("endpoint callback webhook host hostname server broker queue directory folder".split())


def explained(
    element: Element, *, operations: tuple[str, ...] = ("conditional", "expression", "aggregate"), longest: int = 40
) -> Iterator[Problem]:
    """A line that decides or calculates says in plain words what it does; so does one with a `longest` condition.

    An expression that is itself a sentence is such words, and the name of a function or conversion needs none.
    """
    facts = element.facts
    expression, condition = (str(facts.get(name) or "").strip()[:_LONGEST] for name in ("expression", "condition"))
    decides = facts.get("operation") in operations and len(expression.split()) > 1 and not _PROSE.match(expression)
    guarded = len(condition) > longest and not _PROSE.match(condition)
    if (decides or guarded) and not str(facts.get("description") or "").strip():
        yield Problem({"value": facts.get("target") or element.name}, at=target_pointer(element))


def constants_declared(element: Element, *, explain: bool = False) -> Iterator[Problem]:
    """A constant is no value of one environment; with `explain`, the line says why it is what it is."""
    if element.facts.get("operation") != "constant":
        return
    value = str(element.facts.get("expression") or element.facts.get("default") or "")[:_LONGEST]
    aimed = "://" in value and not _ADDRESSES.isdisjoint(words(str(element.facts.get("target", ""))))
    if aimed or _MACHINE.search(value):
        yield Problem({"problem": f"'{value}' is different in each environment"})
    elif explain and not str(element.facts.get("description") or "").strip():
        yield Problem({"problem": f"nothing says why it is '{value}'"})


def approved(element: Element, *, needs: tuple[str, ...] = ("owner", "status", "version")) -> Iterator[Problem]:
    """The mapping says who owns it and how far it is: each of `needs` is stated."""
    extra = element.facts.get("extensions")
    said = extra if isinstance(extra, dict) else {}
    missing = [name for name in needs if not element.facts.get(name) and not said.get(name)]
    if missing and element.facts.get("coverage") != "empty":
        yield Problem({"missing": " and ".join(missing)})


def decided(element: Element, *, open_statuses: tuple[str, ...]) -> Iterator[Problem]:
    """No line is still to be decided."""
    status = str(element.facts.get("status") or "").strip().casefold()
    if status in open_statuses:
        yield Problem({"value": element.facts.get("target") or element.name, "status": status})


def same_everywhere(element: Element, links: Links) -> Iterator[Problem]:
    """A source field that two mappings copy to the same schema goes to the same field of it in both."""
    own = dict(_copies(element, links))
    if not own:
        return
    for other in links.elements("mapping"):
        if other is element:
            return
        for (source, root), place in _copies(other, links):
            mine = own.get((source, root))
            if mine is not None and mine.edge.target is not place.edge.target:
                said = {
                    "value": mine.line.facts.get("source"),
                    "target": ".".join(mine.names),
                    "other": ".".join(place.names),
                    "file": other.document.path,
                }
                yield Problem(said, element=mine.line, related=(Related("mapped here", place.line.location),))


def _copies(mapping: Element, links: Links) -> Iterator[tuple[tuple[int, int], Place]]:
    """Source field and target schema, by identity, and the target of each line that copies without a condition."""
    for line in lines(mapping):
        if line.facts.get("operation") == "copy" and not line.facts.get("condition"):
            sources, targets = stated(line, "reads", links), stated(line, "writes", links)
            if len(sources) == 1 and len(targets) == 1 and sources[0].found and targets[0].found:
                yield (id(sources[0].edge.target), id(targets[0].root)), targets[0]


def lookup_defined(element: Element, links: Links) -> Iterator[Problem]:
    """A value map that a line names is there: a file, or one of those beside the lines."""
    name = element.facts.get("lookup")
    if not isinstance(name, str) or any(element.of("lookup")) or element.parent is None:
        return
    files = [use for use in element.uses if use.key.startswith("file:")]
    for use in files:
        path = use.key.removeprefix("file:")
        if not links.has_file(path):
            yield Problem({"problem": f"there is no file '{path}'"}, at=use.pointer or None)
    known = {one.name for one in element.parent.of("lookup") if one.name}
    if not files and known and name not in known:
        yield Problem({"problem": f"there is no value map '{name}' (there are: {', '.join(sorted(known))})"})
