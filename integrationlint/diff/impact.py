"""Whom a change reaches: uses followed backwards, field by field where they can, with the path that explains it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from integrationlint.diff.harm import RANK, by_verdict, demands, to_caller, to_user
from integrationlint.model.change import Change, Dependent, Harm, Verdict
from integrationlint.model.element import Element
from integrationlint.model.links import Edge, Links
from integrationlint.model.phrases import phrase

# Kinds that people answer for; what lies between them only leads there.
_NAMED: Final = ("operation", "mapping", "line", "flow", "step", "trigger", "consumer")
_UNITS: Final = ("mapping", "flow", "consumer")
_TOPS: Final = ("api", "document", "schema-document")
_STRUCTURE: Final = ("contains", "extends")


@dataclass(frozen=True, slots=True)
class Reach:
    """An element on the way outwards: along which path, how it fares, and how surely it is reached."""

    element: Element
    via: tuple[str, ...]
    harm: Harm
    tier: str = "declared"
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """One side of a change, and all elements that changed with it: those below what came or went."""

    change: Change
    element: Element
    links: Links
    changed: frozenset[int]


def impact(change: Change, verdict: Verdict, base: Links, head: Links) -> tuple[Dependent, ...]:
    """The dependents of a change in both snapshots, each once with its worst verdict: worst and nearest first."""
    if change.fact == "version" or verdict in (Verdict.SAFE, Verdict.NONE):
        return ()
    found: dict[str, Dependent] = {}
    start = f"{phrase(change.element)} ({_done(change)})"
    for element, links in ((change.before, base), (change.after, head)):
        if element is not None:
            whole = element.walk() if change.action in ("added", "removed") else (element,)
            origin = Origin(change, element, links, frozenset(id(one) for one in whole))
            for reach in _walk(origin, Reach(element, (start,), by_verdict(verdict))):
                _keep(found, reach)
    # Of what goes past the change, only whole mappings, flows and consumers are worth a line.
    kept = [one for one in found.values() if one.verdict is not Harm.UNAFFECTED or one.kind in _UNITS]
    return tuple(sorted(kept, key=lambda one: (RANK[one.verdict], one.distance, one.address)))


def _done(change: Change) -> str:
    if change.fact == "required":
        return "became required" if change.new else "became optional"
    return f"{change.fact} changed" if change.fact else change.action


def _keep(found: dict[str, Dependent], reach: Reach) -> None:
    element = reach.element
    known = found.get(element.address)
    if known is not None and (RANK[known.verdict], known.distance) <= (RANK[reach.harm], reach.distance):
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


def _walk(origin: Origin, start: Reach) -> Iterator[Reach]:
    """Outwards from one side of a change, breadth first, each element again only when it fares worse."""
    best: dict[int, int] = {}
    waiting = [start]
    while waiting:
        following: list[Reach] = []
        for reach in waiting:
            for one in _next(origin, reach):
                if RANK[one.harm] < best.get(id(one.element), len(RANK)):
                    best[id(one.element)] = RANK[one.harm]
                    following.append(one)
                    if one.element.kind in _NAMED:
                        yield one
        waiting = following


def _next(origin: Origin, reach: Reach) -> Iterator[Reach]:
    """The elements one step further out: those that use this one, and the one that holds it."""
    element = reach.element
    if element is origin.element:
        users = [edge for one in element.walk() if id(one) in origin.changed for edge in origin.links.users(one)]
    else:
        users = list(origin.links.users(element))
    for edge in users:
        yield _by_use(origin, reach, edge)
    if element.kind == "path":
        yield from (_outward(reach, one, reach.harm) for one in element.of("operation"))
    # Scopes within a flow add nothing: what befalls a step befalls its flow.
    holder = element.above("flow") if element.kind == "step" else element.parent
    if holder is not None and holder.kind not in _TOPS and element.kind != "operation":
        yield _outward(reach, holder, reach.harm)
    elif element.kind in ("type", "schema") and element is not origin.element:
        yield from _bystanders(origin, reach)


def _by_use(origin: Origin, reach: Reach, edge: Edge) -> Reach:
    element, harm, role = reach.element, reach.harm, edge.use.role
    if role not in _STRUCTURE and (element is origin.element or id(edge.target) in origin.changed):
        harm = to_user(origin.change, harm, edge)
    elif element in edge.through:
        harm = Harm.UNAFFECTED  # it only goes past, on its way to another field
    elif edge.source.kind == "mapping" and role in _STRUCTURE:
        harm = _to_mapping(origin, reach, edge)
    elif element.kind in ("operation", "type") and role not in _STRUCTURE:
        harm = to_caller(origin.change, harm)
    tier = "inferred" if edge.use.tier == "inferred" else reach.tier
    if tier == "inferred" and harm is Harm.BREAKS:
        harm = Harm.AT_RISK  # a guess alone never says that something breaks
    return _outward(Reach(reach.element, reach.via, harm, tier, reach.distance), edge.source, harm)


def _to_mapping(origin: Origin, reach: Reach, edge: Edge) -> Harm:
    """A mapping of a type: its lines say which fields it uses; a field that is demanded and not filled breaks it."""
    if not demands(origin.change) or reach.harm is Harm.UNAFFECTED:
        return Harm.UNAFFECTED
    lines = (use for line in edge.source.of("line") for use in origin.links.edges(line) if use.use.role == "writes")
    targets = list(lines)
    writes_here = any(edge.target is one.target or edge.target in one.through for one in targets)
    filled = any(id(one.target) in origin.changed or origin.element in one.through for one in targets)
    return reach.harm if writes_here and not filled else Harm.UNAFFECTED


def _bystanders(origin: Origin, reach: Reach) -> Iterator[Reach]:
    """Who uses other fields of the same type: unaffected, and worth saying so."""
    passed = Reach(reach.element, reach.via, Harm.UNAFFECTED, reach.tier, reach.distance)
    for one in reach.element.walk():
        if id(one) not in origin.changed and one is not reach.element:
            for edge in origin.links.users(one):
                if edge.use.role not in _STRUCTURE:
                    yield _outward(passed, edge.source, Harm.UNAFFECTED)


def _outward(reach: Reach, element: Element, harm: Harm) -> Reach:
    named = element.kind in _NAMED
    via = (*reach.via, phrase(element)) if named else reach.via
    return Reach(element, via, harm, reach.tier, reach.distance + named)
