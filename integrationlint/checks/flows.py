"""Whether a flow holds together: every edge leads somewhere, every step is reached, every branch has a way on."""

from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.checks.flow_facts import is_live, steps_below
from integrationlint.checks.flow_graph import edges, entries, reached
from integrationlint.checks.hints import Names, hint, names
from integrationlint.checks.naming import Style, case
from integrationlint.model.element import Element, Use
from integrationlint.model.flow import steps
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem, Related

_SCOPES: Final = ("flow", "step", "handler")
_NOUNS: Final = {"flow": "flow", "error-handler": "error handler", "config": "configuration", "function": "function"}
_ENDS: Final = ("end", "raise", "respond")
_MEMBERS: Final = {"start": "StartAt", "next": "Next", "default": "Default"}


def valid(element: Element, links: Links) -> Iterator[Problem]:
    """Each flow of a file has one name, its edges lead to steps, its steps are reached, what it refers to is there.

    A flow or configuration that is not among the files may come from a library: it is only missed where one with almost
    the same name is there.
    """
    yield from _named_once(element)
    offered: dict[str, Names] = {}
    for flow in element.of("flow"):
        for one in flow.walk():
            if one.kind in _SCOPES:
                yield from _graph(one)
            for use in _unanswered(one, links):
                yield from _missing(one, use, offered, links)


def _named_once(document: Element) -> Iterator[Problem]:
    seen: dict[str, Element] = {}
    for flow in document.of("flow"):
        if not flow.name or flow.facts.get("kind") == "test":
            continue
        first = seen.setdefault(flow.name, flow)
        if first is not flow:
            told = f"there is another flow '{flow.name}' in this file"
            yield Problem({"problem": told}, element=flow, related=(Related("first here", first.location),))


def _graph(scope: Element) -> Iterator[Problem]:
    known = steps(scope)
    started = [label for label in entries(scope) if label in known]
    yield from _dangling(scope, known)
    for step in known.values():
        if not edges(step, errors=False) and step.facts.get("terminal") is False and not _ends(step):
            yield Problem({"problem": f"'{step.name}' neither goes on nor ends"}, element=step)
    alive = reached(scope) if started else known.keys()
    for label, step in known.items():
        if label not in alive:
            yield Problem({"problem": f"'{step.name}' is never reached"}, element=step)


def _dangling(scope: Element, known: Mapping[str, Element]) -> Iterator[Problem]:
    """Edges to labels that no sibling has."""
    labels: Names | None = None
    ways = [(scope, "start", label) for label in entries(scope)]
    ways += [(step, edge.kind, edge.step) for step in known.values() for edge in edges(step)]
    for source, kind, label in ways:
        if label in known:
            continue
        labels = names(known) if labels is None else labels
        verb = "starts with" if kind == "start" else "goes on to"
        told = f"'{source.name}' {verb} '{label}', which is no step here{hint(label, labels)}"
        yield Problem({"problem": told}, element=source, at=_written(source, kind, label))


def _ends(step: Element) -> bool:
    return step.facts.get("step") in _ENDS


def _written(step: Element, kind: str, label: str) -> str | None:
    """Where the name of the next step stands, where the platform has a member for it."""
    pointer = child(step.pointer, _MEMBERS.get(kind, ""))
    try:
        return pointer if step.document.at(pointer) == label else None
    except KeyError:
        return None


def _unanswered(element: Element, links: Links) -> list[Use]:
    if not element.uses:
        return []
    answered = {id(edge.use) for edge in links.edges(element)}
    return [use for use in element.uses if id(use) not in answered]


def _missing(element: Element, use: Use, offered: dict[str, Names], links: Links) -> Iterator[Problem]:
    kind, _, name = use.key.partition(":")
    if kind == "file" and use.tier == "declared" and not links.has_file(name):
        yield Problem({"problem": f"there is no file '{name}'"}, element=element, at=use.pointer or None)
    elif kind in _NOUNS and use.tier == "declared":
        if kind not in offered:
            keys = (key for one in links.elements("flow", "resource") for key in one.keys)
            offered[kind] = names(key.partition(":")[2] for key in keys if key.startswith(f"{kind}:"))
        close = hint(name, offered[kind])
        if close:
            told = f"there is no {_NOUNS[kind]} '{name}'{close}"
            yield Problem({"problem": told}, element=element, at=use.pointer or None)


def default_branch(element: Element) -> Iterator[Problem]:
    """A branch has a way for whatever fits none of its conditions."""
    if element.facts.get("step") == "branch" and element.facts.get("hasDefault") is False:
        yield Problem({"value": element.name})


def small(element: Element, *, steps: int = 50, depth: int = 6, branches: int = 12) -> Iterator[Problem]:
    """A flow has at most so many steps, nested at most so deep, and no branch has more ways than `branches`."""
    if not is_live(element):
        return
    below = list(steps_below(element))
    if len(below) > steps:
        yield Problem({"problem": f"has {len(below)} steps, more than {steps}"})
    deepest = max((_depth(one, element) for one in below), default=0)
    if deepest > depth:
        yield Problem({"problem": f"is nested {deepest} deep, more than {depth}"})
    for one in below:
        ways = max(len(edges(one, errors=False)), len(entries(one)))
        if one.facts.get("step") == "branch" and ways > branches:
            yield Problem({"problem": f"has a branch of {ways} ways, more than {branches} ('{one.name}')"}, element=one)


def _depth(step: Element, flow: Element) -> int:
    depth, one = 0, step
    while one.parent is not None and one is not flow:
        depth += one.kind == "step" and one.facts.get("raw_type") not in ("when", "otherwise", "route")
        one = one.parent
    return depth


def telling_name(
    element: Element, *, generic: tuple[str, ...], longest: int = 80, steps: bool = False, style: Style | None = None
) -> Iterator[Problem]:
    """The name of a flow, and with `steps` of a step, says what it does.

    It is none of the `generic` ones, numbered or not, and not too long. With `style`, the names of flows are written
    in that case.
    """
    if element.kind == "step" and not steps:
        return
    name = element.name.strip()
    plain = name.rstrip("0123456789 -_()").casefold()
    if not plain or plain in generic:
        yield Problem({"value": name, "problem": "does not say what it does"})
    elif len(name) > longest:
        yield Problem({"value": name[:longest], "problem": f"is longer than {longest} characters"})
    elif style is not None and element.kind == "flow" and next(case(element, style=style), None) is not None:
        yield Problem({"value": name, "problem": f"is not in {style} case"})
