"""Many expressions as one automaton: where an expression stands is a spot, all spots at once are a state.

States are made when they are first needed and then kept, with what each key leads to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from integrationlint.dialects.jsonpath.filters import Condition, ValueTest, condition
from integrationlint.dialects.jsonpath.steps import Anything, Expression, Filtered, Named, Sliced, Stage, Test

# How many keys a state remembers; a document may have any number of them.
_MOST_KEYS: Final = 5_000
_ANY: Final = Condition()


class Ending(NamedTuple):
    """What is to be done where an expression ends: `up` levels, then a match, its key, or the next stage."""

    number: int
    up: int
    keyed: bool
    following: "Spot | None"


class Spot:
    """A place in expressions that begin alike. `ends` end here, `everywhere` at each container at any depth."""

    __slots__ = ("edges", "ends", "everywhere", "loop", "number")

    def __init__(self, number: int) -> None:
        """Nothing leads on from here yet."""
        self.number = number
        self.edges: dict[Test, Spot] = {}
        self.loop: Spot | None = None
        self.ends: list[Ending] = []
        self.everywhere: list[Ending] = []


class Edge(NamedTuple):
    """What leads to a spot: a condition, or a slice of a list."""

    condition: Condition
    slice: Sliced | None
    target: Spot


class Conditional(NamedTuple):
    """A spot that is reached if the value passes a test."""

    test: ValueTest
    target: Spot


class State:
    """The spots at which all expressions stand at some value; `arrivals` knows for each key where they get."""

    __slots__ = (
        "arrivals", "automaton", "containers", "default", "edges", "ends", "indexed", "loops", "names", "slices",
        "spots", "unions", "withouts",
    )  # fmt: skip

    def __init__(self, automaton: "Automaton", spots: frozenset[Spot]) -> None:
        """All that can be said before any key is seen."""
        ordered = sorted(spots, key=lambda spot: spot.number)
        edges = [_edge(test, target) for spot in ordered for test, target in spot.edges.items()]
        self.automaton = automaton
        self.spots = spots
        self.edges = [edge for edge in edges if edge.slice is None]
        self.slices = [edge for edge in edges if edge.slice is not None]
        self.loops = [one for one in ordered if one.number in automaton.loops]
        self.ends = tuple(ending for spot in ordered for ending in spot.ends)
        self.containers = self.ends + tuple(ending for spot in ordered for ending in spot.everywhere)
        conditions = [edge.condition for edge in self.edges]
        self.names = frozenset().union(*(one.only or one.but for one in conditions))
        keyed = any(one.key is not None and one.only is None for one in conditions)
        self.indexed = keyed or bool(self.slices) or any(name.isdecimal() for name in self.names)
        self.default: Arrival | None = None
        self.arrivals = _Arrivals(self, keyed=keyed)
        self.unions: dict[State, State] = {}
        self.withouts: dict[State, State] = {}

    def union(self, other: "State") -> "State":
        """The state of the spots of both."""
        found = self.unions.get(other)
        if found is None:
            found = self.unions[other] = self.automaton.state(self.spots | other.spots)
        return found

    def without(self, other: "State") -> "State":
        """The state of the spots that the other has not."""
        found = self.withouts.get(other)
        if found is None:
            found = self.withouts[other] = self.automaton.state(self.spots - other.spots)
        return found

    def usual(self) -> "Arrival":
        """Where any key leads to that no edge names, as long as nothing is asked of keys."""
        if self.default is None:
            self.default = _arrival(self, None)
        return self.default

    def at_index(self, index: int, length: int) -> "Arrival":
        """Where an item of a list leads to, slices regarded."""
        arrival = self.arrivals[index]
        inside = [edge.target for edge in self.slices if edge.slice is not None and _within(edge.slice, index, length)]
        if not inside:
            return arrival
        spots = _closed(inside) | arrival.state.spots
        return self.automaton.arrival(spots, arrival.conditionals)


class _Arrivals(dict[Any, "Arrival"]):
    """Where each key leads to, found out when it is first asked for."""

    __slots__ = ("keyed", "state")

    def __init__(self, state: State, *, keyed: bool) -> None:
        self.state = state
        self.keyed = keyed

    def __missing__(self, key: str | int) -> "Arrival":
        arrival = self.state.usual()
        if self.keyed or (key if isinstance(key, str) else str(key)) in self.state.names:
            arrival = _arrival(self.state, key)
        if len(self) < _MOST_KEYS:
            self[key] = arrival
        return arrival


class Arrival:
    """What comes by an edge of the tree: a state, and more of it if the value passes tests.

    `gates` are tests by a member that the value must have, `open` all others, `scalars` those that a scalar may pass.
    `special` are the members that make an object worth a closer look.
    """

    __slots__ = (
        "automaton", "beyond", "conditionals", "for_scalars", "gates", "live", "open", "scalars", "special", "state",
    )  # fmt: skip

    def __init__(self, automaton: "Automaton", state: State, conditionals: tuple[Conditional, ...]) -> None:
        """Sort the tests by what they need."""
        self.automaton = automaton
        self.state = state
        self.conditionals = conditionals
        self.open = tuple(one for one in conditionals if one.test.members is None)
        self.scalars = tuple(one for one in self.open if one.test.scalars)
        gates: dict[str, list[Conditional]] = {}
        for one in conditionals:
            for member in sorted(one.test.members or ()):
                gates.setdefault(member, []).append(one)
        self.gates = tuple((member, tuple(gated)) for member, gated in gates.items())
        self.special = state.names.union(gates)
        self.for_scalars = bool(state.ends or self.scalars)
        self.live = bool(conditionals or state.containers or state.edges or state.slices)
        self.beyond: dict[frozenset[Spot], State] = {}

    def passed(self, place: tuple[Any, ...]) -> State:
        """The state once the value at a place has been tested."""
        value = place[2]
        kind = type(value)
        reached = [one.target for one in (self.open if kind in CONTAINERS else self.scalars) if one.test.passes(place)]
        if kind is dict:
            for member, conditionals in self.gates:
                if member in value:
                    found = value[member]
                    for test, target in conditionals:
                        if _fits(test, found) and test.passes(place):
                            reached.append(target)
        if not reached:
            return self.state
        key = frozenset(reached)
        state = self.beyond.get(key)
        if state is None:
            state = self.beyond[key] = self.automaton.state(self.state.spots | _closed(reached))
        return state


CONTAINERS: Final = frozenset((dict, list))


def _fits(test: ValueTest, member: Any) -> bool:
    """Whether it is worth testing a value with this member."""
    if test.text is not None:
        return member == test.text or type(member) is not str
    return not test.listed or type(member) in CONTAINERS


@dataclass(slots=True, eq=False)
class Automaton:
    """All spots of some expressions, the states that were needed so far, and where to begin."""

    states: dict[frozenset[Spot], State]
    arrivals: dict[tuple[frozenset[Spot], tuple[Conditional, ...]], Arrival]
    loops: set[int]
    spots: int = 0

    def spot(self) -> Spot:
        """A new spot."""
        self.spots += 1
        return Spot(self.spots)

    def state(self, spots: frozenset[Spot]) -> State:
        """The state of these spots, the same one each time."""
        found = self.states.get(spots)
        if found is None:
            found = self.states[spots] = State(self, spots)
        return found

    def arrival(self, spots: frozenset[Spot], conditionals: tuple[Conditional, ...] = ()) -> Arrival:
        """The arrival in the state of these spots, the same one each time."""
        found = self.arrivals.get((spots, conditionals))
        if found is None:
            found = self.arrivals[spots, conditionals] = Arrival(self, self.state(spots), conditionals)
        return found

    def start(self, spot: Spot) -> Arrival:
        """The arrival at a spot where expressions, or further stages of them, begin."""
        return self.arrival(_closed((spot,)))


def built(expressions: Iterable[Expression]) -> tuple[Automaton, Spot]:
    """The automaton of expressions, each known by its number in this order, and the spot where they begin."""
    automaton = Automaton({}, {}, set())
    first = automaton.spot()
    for number, expression in enumerate(expressions):
        spot = first
        last = len(expression.stages) - 1
        for index, stage in enumerate(expression.stages):
            following = automaton.spot() if index < last else None
            _enter(automaton, spot, stage, Ending(number, stage.up, expression.keyed and index == last, following))
            spot = following or spot
    return automaton, first


def _enter(automaton: Automaton, spot: Spot, stage: Stage, ending: Ending) -> None:
    for step in stage.steps:
        if step.deep:
            if spot.loop is None:
                spot.loop = automaton.spot()
                automaton.loops.add(spot.loop.number)
            spot = spot.loop
        if step.test is None:
            spot.everywhere.append(ending)
            return
        target = spot.edges.get(step.test)
        if target is None:
            target = spot.edges[step.test] = automaton.spot()
        spot = target
    spot.ends.append(ending)


def _edge(test: Test, target: Spot) -> Edge:
    if isinstance(test, Filtered):
        return Edge(condition(test), None, target)
    if isinstance(test, Named):
        return Edge(Condition(only=frozenset(test.names)), None, target)
    return Edge(_ANY, None if isinstance(test, Anything) else test, target)


def _closed(spots: Iterable[Spot]) -> frozenset[Spot]:
    found = set(spots)
    found.update([spot.loop for spot in found if spot.loop is not None])
    return frozenset(found)


def _arrival(state: State, key: str | int | None) -> Arrival:
    """Where a key leads to; None is any key that no edge names."""
    text = key if isinstance(key, str) else "" if key is None else str(key)
    reached = list(state.loops)
    conditionals = []
    for one, _, target in state.edges:
        if key is None:
            taken = one.only is None and one.key is None
        else:
            taken = (one.only is None or text in one.only) and text not in one.but and (one.key is None or one.key(key))
        if taken and one.value is None:
            reached.append(target)
        elif taken and one.value is not None:
            conditionals.append(Conditional(one.value, target))
    return state.automaton.arrival(_closed(reached), tuple(conditionals))


def _within(part: Sliced, index: int, length: int) -> bool:
    return index in range(*slice(part.start, part.stop, part.step).indices(length))
