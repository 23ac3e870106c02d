"""Whom a change reaches: uses followed backwards, field by field where they can, with the path that explains it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from integrationlint.model.change import Change, Dependent, Harm, Verdict
from integrationlint.model.element import Element
from integrationlint.model.links import Edge, Links
from integrationlint.model.phrases import phrase

# Kinds that people answer for; what lies between them only leads there.
_NAMED: Final = ("operation", "mapping", "line", "flow", "step", "trigger", "consumer")
_UNITS: Final = ("mapping", "flow", "consumer")
_STRUCTURE: Final = ("contains", "extends")


@dataclass(frozen=True, slots=True)
class Reach:
    """An element on the way outwards: by which path, how surely, and whether what changed is itself used there."""

    element: Element
    via: tuple[str, ...]
    harm: Harm
    tier: str
    distance: int


def impact(change: Change, verdict: Verdict, base: Links, head: Links) -> tuple[Dependent, ...]:
    """The dependents of a change in both snapshots, each once with its worst verdict, nearest first."""
    if verdict in (Verdict.SAFE, Verdict.NONE):
        return ()
    found: dict[str, Dependent] = {}
    start = f"{phrase(change.element)} ({_done(change)})"
    for element, links in ((change.before, base), (change.after, head)):
        if element is not None:
            for reach in _walk(change, element, verdict, links, start):
                _keep(found, reach)
    # Of what goes past the change, only whole mappings, flows and consumers are worth a line.
    for address in [one.address for one in found.values() if one.verdict is Harm.UNAFFECTED and one.kind not in _UNITS]:
        del found[address]
    return tuple(sorted(found.values(), key=lambda one: (_RANK[one.verdict], one.distance, one.address)))


_RANK: Final = {Harm.BREAKS: 0, Harm.AT_RISK: 1, Harm.UNAFFECTED: 2}


def _done(change: Change) -> str:
    return f"{change.fact} changed" if change.fact else change.action


def _keep(found: dict[str, Dependent], reach: Reach) -> None:
    element = reach.element
    known = found.get(element.address)
    if known is not None and (_RANK[known.verdict], known.distance) <= (_RANK[reach.harm], reach.distance):
        return
    found[element.address] = Dependent(
        address=element.address,
        kind=element.kind,
        name=element.name,
        verdict=reach.harm,
        via=reach.via,
        location=element.location,
        owner=str(element.facts.get("owner") or ""),
        criticality=str(element.facts.get("criticality") or ""),
        tier=reach.tier,
        distance=reach.distance,
    )


def _walk(change: Change, element: Element, verdict: Verdict, links: Links, start: str) -> Iterator[Reach]:
    """Outwards from one side of a change, breadth first, each element at its worst harm once."""
    harm = {Verdict.BREAKING: Harm.BREAKS, Verdict.RISKY: Harm.AT_RISK, Verdict.UNKNOWN: Harm.AT_RISK}.get(
        verdict, Harm.UNAFFECTED
    )
    best: dict[int, int] = {}
    queue = [Reach(element, (start,), harm, "declared", 0)]
    while queue:
        following: list[Reach] = []
        for reach in queue:
            for one in _next(change, element, reach, links):
                if best.get(id(one.element), 3) > _RANK[one.harm]:
                    best[id(one.element)] = _RANK[one.harm]
                    following.append(one)
                    if one.element.kind in _NAMED:
                        yield one
        queue = following
    yield from ()


def _next(change: Change, origin: Element, reach: Reach, links: Links) -> Iterator[Reach]:
    """The elements one step further out: those that use this one, and the one that holds it."""
    for edge in _users(reach.element, origin, links):
        yield _by_use(change, origin, reach, edge)
    holder = reach.element.parent
    if holder is not None and reach.element.kind not in ("flow", "operation", "consumer") and holder.parent is not None:
        yield _outward(reach, holder, _held(change, reach, holder), reach.tier)
    elif holder is not None and holder.kind == "mapping" and reach.element.kind == "line":
        yield _outward(reach, holder, reach.harm, reach.tier)


def _users(element: Element, origin: Element, links: Links) -> Iterable[Edge]:
    """Who uses an element; of what was removed or changed as a whole, also who uses the parts below it."""
    if element is not origin:
        return links.users(element)
    return [edge for one in origin.walk() for edge in links.users(one)]


def _held(change: Change, reach: Reach, holder: Element) -> Harm:
    del change, holder
    return reach.harm


def _by_use(change: Change, origin: Element, reach: Reach, edge: Edge) -> Reach:
    harm, tier = reach.harm, reach.tier
    if edge.use.tier == "inferred":
        tier = "inferred"
        harm = Harm.AT_RISK if harm is Harm.BREAKS else harm
    if reach.element is not origin and reach.element in edge.through:
        harm = Harm.UNAFFECTED  # it goes past on its way to another field
    elif harm is Harm.BREAKS and _may_not_read(change, reach, edge):
        harm = Harm.AT_RISK
    return _outward(reach, edge.source, harm, tier)


def _may_not_read(change: Change, reach: Reach, edge: Edge) -> bool:
    """A user of a whole operation or type may never look at the part of its answers that changed."""
    whole = reach.element.kind in ("operation", "type") and edge.use.role not in _STRUCTURE
    inside = change.kind in ("field", "items", "variant", "header", "media", "response")
    return whole and inside and change.direction == "response"


def _outward(reach: Reach, element: Element, harm: Harm, tier: str) -> Reach:
    named = element.kind in _NAMED
    via = (*reach.via, phrase(element)) if named else reach.via
    return Reach(element, via, harm, tier, reach.distance + named)
