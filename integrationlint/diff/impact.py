"""Whom a change reaches: uses followed backwards, field by field where they can, with the path that explains it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from integrationlint.diff.filling import is_missed, written
from integrationlint.diff.harm import (
    RANK,
    VALUES,
    by_verdict,
    demands,
    in_message,
    milder,
    outlook,
    refuses,
    to_caller,
    to_user,
    to_value_user,
)
from integrationlint.diff.parties import PARTIES, TOPS, Parties, are_one, one_each
from integrationlint.model.change import Change, Dependent, Harm, Verdict
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.links import Edge, Links
from integrationlint.model.location import Location
from integrationlint.model.phrases import phrase

# Kinds that people answer for; what lies between them only leads there.
_NAMED: Final = ("operation", "mapping", "line", "flow", "step", "trigger", "interaction", *PARTIES)
_UNITS: Final = ("mapping", "flow", *PARTIES)
_SUBSETS: Final = ("interaction", *PARTIES)
_STRUCTURE: Final = ("contains", "extends")
_CONTRACT: Final = (
    *("operation", "path", "parameter", "request", "response", "header", "media"),
    *("type", "schema", "field", "items", "variant"),
)
_MOST_KEPT: Final = 300_000
# In elements passed: what a thousand changes of a very large contract may need, and a matter of seconds.
MOST_STEPS: Final = 2_500_000
# The origin of ways that are shared by many changes.
_NOBODY: Final = Element("document", "", Document("", "text", None, ""))


class Reach(NamedTuple):
    """An element on the way outwards: along which path, how it fares, and how surely it is reached."""

    element: Element
    via: tuple[str, ...]
    harm: Harm
    tier: str = "declared"
    distance: int = 0


@dataclass(slots=True)
class Side:
    """One snapshot, and what all its changes ask of it: who uses what inside of a type, and where elements are.

    `beyond` keeps the ways outwards from a type, which are the same for all that happens to its fields. `steps` is
    what following the changes may still cost, `cut` counts those that were followed to their types and no further.
    """

    links: Links
    locations: dict[int, Location] = field(default_factory=dict)
    steps: int = MOST_STEPS
    cut: int = 0
    beyond: dict[object, list[Reach]] = field(default_factory=dict)
    _inside: dict[int, list[Edge]] | None = None
    _kept: int = 0
    _parties: Parties | None = None

    @property
    def parties(self) -> Parties:
        """What the snapshot says of those who answer for its uses."""
        if self._parties is None:
            self._parties = Parties(self.links)
        return self._parties

    def keep(self, key: object, ways: list[Reach]) -> list[Reach]:
        """Remember ways outwards, as many as memory allows."""
        self._kept += len(ways)
        if self._kept > _MOST_KEPT:
            self.beyond.clear()
            self._kept = len(ways)
        self.beyond[key] = ways
        return ways

    def inside(self, holder: Element) -> Iterable[Edge]:
        """The uses, by others than shapes, of a type or schema and of what is inside it."""
        if self._inside is None:
            self._inside = {}
            for user in self.links.elements("line", "step", "trigger", "interaction", *PARTIES):
                for edge in self.links.edges(user):
                    for one in (edge.target, *edge.through):
                        around = one if one.kind in ("type", "schema") else one.above("type", "schema")
                        if around is not None:
                            self._inside.setdefault(id(around), []).append(edge)
        return self._inside.get(id(holder), ())


@dataclass(frozen=True, slots=True)
class Origin:
    """One side of a change: all elements that changed with it, and what it does in requests and in responses."""

    change: Change
    element: Element
    side: Side
    whole: tuple[Element, ...]
    changed: frozenset[int]
    harms: Mapping[str, Harm]


def impact(change: Change, verdicts: Mapping[str, Verdict], base: Side, head: Side) -> tuple[Dependent, ...]:
    """The dependents of a change in both snapshots, each once with its worst verdict: worst and nearest first.

    `verdicts` are those of the change in each of its directions.
    """
    verdict = max(verdicts.values(), key=lambda one: one.rank, default=Verdict.NONE)
    if change.fact == "version" or verdict in (Verdict.SAFE, Verdict.NONE):
        return ()
    found: dict[str, Dependent] = {}
    start = f"{phrase(change.element)} ({_done(change)})"
    harms = {direction: by_verdict(one) for direction, one in verdicts.items()}
    for element, side in ((change.before, base), (change.after, head)):
        if element is not None:
            whole = tuple(element.walk()) if change.action in ("added", "removed") else (element,)
            origin = Origin(change, element, side, whole, frozenset(map(id, whole)), harms)
            for reach in _walk(origin, Reach(element, (start,), by_verdict(verdict))):
                _keep(found, reach, side)
    # Of what goes past the change, only whole mappings, flows and parties are worth a line.
    kept = one_each(one for one in found.values() if one.verdict is not Harm.UNAFFECTED or one.kind in _UNITS)
    return tuple(sorted(kept, key=lambda one: (RANK[one.verdict], one.distance, one.address)))


def _done(change: Change) -> str:
    if change.fact == "required":
        return "became required" if change.new else "became optional"
    return f"{change.fact} changed" if change.fact else change.action


def _keep(found: dict[str, Dependent], reach: Reach, side: Side) -> None:
    element = reach.element
    known = found.get(element.address)
    if known is not None and (RANK[known.verdict], known.distance) <= (RANK[reach.harm], reach.distance):
        return
    location = side.locations.get(id(element))
    if location is None:
        location = side.locations[id(element)] = element.location
    found[element.address] = Dependent(
        address=element.address,
        kind=element.kind,
        name=element.name,
        verdict=reach.harm,
        via=reach.via,
        location=location,
        owner=str(element.facts.get("owner") or ""),
        criticality=str(element.facts.get("criticality") or ""),
        tier=reach.tier,
        distance=reach.distance,
    )


def _walk(origin: Origin, start: Reach) -> Iterator[Reach]:
    """Outwards from one side of a change, then from those who use other parts of the types on the way.

    What lies beyond a type is walked once for all changes that fare alike there; those that a mapping or consumer has
    to answer by writing more are looked at one by one.
    """
    side, change = origin.side, origin.change
    if side.steps > 0 and demands(change) and any(True for _ in side.links.elements("mapping", *_SUBSETS)):
        yield from _whole_walk(origin, start)
        return
    gates: list[Reach] = []
    yield from _whole_walk(origin, start, gates)
    for gate in gates:
        key = (id(gate.element), gate.harm, gate.tier, outlook(change), frozenset(origin.harms.items()))
        ways = side.beyond.get(key)
        if ways is None and side.steps <= 0:
            side.cut += 1
            break
        if ways is None:
            shared = replace(origin, element=_NOBODY, whole=(), changed=frozenset())
            ways = side.keep(key, list(_whole_walk(shared, Reach(gate.element, (), gate.harm, gate.tier))))
        for way in ways:
            yield way._replace(via=(*gate.via, *way.via), distance=gate.distance + way.distance)


def _whole_walk(origin: Origin, start: Reach, gates: list[Reach] | None = None) -> Iterator[Reach]:
    best: dict[int, int] = {}
    passed: list[Reach] = []
    yield from _outwards(origin, [start], best, passed, gates)
    unharmed = [
        _step(reach, edge.source, Harm.UNAFFECTED, reach.tier)
        for reach in passed
        for edge in origin.side.inside(reach.element)
    ]
    yield from _outwards(origin, unharmed, best, [], None)


def _outwards(
    origin: Origin, wave: list[Reach], best: dict[int, int], passed: list[Reach], gates: list[Reach] | None
) -> Iterator[Reach]:
    """Breadth first, each element again only when it fares worse.

    `passed` takes the types on the way; with `gates`, those are not passed, but left there.
    """
    while wave:
        origin.side.steps -= len(wave)
        following: list[Reach] = []
        for reach in wave:
            element, rank = reach.element, RANK[reach.harm]
            if rank >= best.get(id(element), len(RANK)):
                continue
            best[id(element)] = rank
            if element is not origin.element:
                if element.kind in _NAMED:
                    yield reach
                elif element.kind == "type" and gates is not None:
                    gates.append(reach)
                    continue
                elif element.kind in ("type", "schema"):
                    passed.append(reach)
            for user, harm, tier in _next(origin, reach):
                if RANK[harm] < best.get(id(user), len(RANK)):
                    following.append(_step(reach, user, harm, tier))
        wave = following


def _step(reach: Reach, element: Element, harm: Harm, tier: str) -> Reach:
    named = element.kind in _NAMED and not are_one(reach.element, element)
    via = (*reach.via, phrase(element)) if named else reach.via
    return Reach(element, via, harm, tier, reach.distance + named)


def _next(origin: Origin, reach: Reach) -> Iterator[tuple[Element, Harm, str]]:
    """The elements one step further out: those that use this one, and the one that holds it."""
    element, links = reach.element, origin.side.links
    for one in origin.whole if element is origin.element else (element,):
        for edge in links.users(one):
            if edge.use.role == "publishes" and edge.target.kind == "api-entity":
                # Who provides an API is not hurt by it; who depends on the provider is.
                yield from (_by_use(origin, reach, beyond) for beyond in links.users(edge.source))
            else:
                yield _by_use(origin, reach, edge)
    for edge in origin.side.parties.wholes(element):
        yield _by_use(origin, reach, edge)
    for component in origin.side.parties.components(element):
        yield component, reach.harm, reach.tier
    if element.kind == "path":
        for operation in element.of("operation"):
            yield operation, reach.harm, reach.tier
    # Scopes within a flow add nothing: what befalls a step befalls its flow.
    holder = element.above("flow") if element.kind == "step" else element.parent
    if holder is not None and _belongs(element, holder):
        yield holder, milder(reach.harm, in_message(origin.harms, holder)), reach.tier


def _belongs(element: Element, holder: Element) -> bool:
    """Whether an element is a part of what holds it: callers of an operation are the ones whom it calls back."""
    if element.kind == "operation":
        return holder.kind == "callback"
    return element.kind != "type" and holder.kind not in TOPS


def _by_use(origin: Origin, reach: Reach, edge: Edge) -> tuple[Element, Harm, str]:
    element, harm, role = reach.element, reach.harm, edge.use.role
    if role not in _STRUCTURE and (element is origin.element or id(edge.target) in origin.changed):
        harm = to_user(origin.change, harm, edge)
    elif element is edge.target and element.kind in VALUES and edge.source.kind in _SUBSETS:
        harm = to_value_user(origin.change, harm, edge)
    elif element in edge.through or edge.source.kind == "interaction":
        harm = harm if _is_refused(origin, element, edge) else Harm.UNAFFECTED
    elif edge.source.kind == "mapping" and role in _STRUCTURE:
        harm = _to_mapping(origin, reach, edge)
    elif element.kind in _CONTRACT and role not in _STRUCTURE:
        harm = to_caller(origin.change, harm)
    harm = origin.side.parties.claim(edge, harm)
    tier = "inferred" if edge.use.tier == "inferred" else reach.tier
    if tier == "inferred" and harm is Harm.BREAKS:
        harm = Harm.AT_RISK  # a guess alone never says that something breaks
    return edge.source, harm, tier


def _is_refused(origin: Origin, element: Element, edge: Edge) -> bool:
    """Whether a use that names its parts, and not the changed one, fails all the same: the request lacks something."""
    if element.kind != "operation" or not refuses(origin.change):
        return False
    edges = written(origin.side.links, [edge.source])
    if origin.element is _NOBODY or (not edges and edge.source.kind != "interaction"):
        return True  # what it sends is not known
    return is_missed(origin.side.links, edges, origin.element, origin.changed)


def _to_mapping(origin: Origin, reach: Reach, edge: Edge) -> Harm:
    """A mapping of a type: its lines say which fields it uses; a field that is demanded and not filled breaks it."""
    if not demands(origin.change) or reach.harm is Harm.UNAFFECTED:
        return Harm.UNAFFECTED
    links = origin.side.links
    filled = written(links, edge.source.of("line"))
    return reach.harm if is_missed(links, filled, origin.element, origin.changed) else Harm.UNAFFECTED
