"""A flow to the sequence of what it does: scopes, choices, loops and error handling unfolded, each step once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.errors import UsageError
from integrationlint.model.flow import Next, steps
from integrationlint.model.links import Links
from integrationlint.model.sequence import Event, Party, Sequence
from integrationlint.workspace.sequence_words import catches, doing, notes, started

# How far ahead it is looked for where the ways of a choice meet again.
_AHEAD: Final = 500
_BLOCKS: Final = {"parallel": ("par", "and"), "branch": ("alt", "else"), "loop": ("loop", "and")}


@dataclass(frozen=True, slots=True)
class _Enter:
    """Still to do: the steps of a scope from a label on, until one of `stops`."""

    scope: Element
    label: str
    stops: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Astray:
    """Still to do: the steps of a scope to which only errors lead."""

    scope: Element


_Task = Event | _Enter | _Astray
_END: Final = Event("end")


@dataclass(slots=True)
class _Walk:
    """What has been told, and where errors lead to in each scope: label to the words for it."""

    links: Links
    seen: set[int] = field(default_factory=set)
    steps: dict[int, dict[str, Element]] = field(default_factory=dict)
    astray: dict[int, dict[str, str]] = field(default_factory=dict)

    def within(self, scope: Element) -> dict[str, Element]:
        """The steps of a scope by label."""
        if id(scope) not in self.steps:
            self.steps[id(scope)] = steps(scope)
        return self.steps[id(scope)]


def sequence(links: Links, flow: Element) -> Sequence:
    """The sequence of a flow. UsageError for an element that is none."""
    if flow.kind != "flow":
        flows = [one.address for one in links.elements("flow") if one.document is flow.document]
        hint = f"; {flow.document.path} has {', '.join(flows[:3])}" if flows else ""
        raise UsageError(f"--sequence takes a flow, and {flow.address} is none{hint}")
    if not _texts(flow, "start") and not any(flow.of("step")):
        raise UsageError(f"{flow.address} has no step")
    own = Party(flow.address, flow.name or flow.document.path, "flow")
    return Sequence(own, (*started(links, flow), *notes(flow), *_events(links, flow)))


def _events(links: Links, flow: Element) -> Iterator[Event]:
    walk = _Walk(links)
    waiting: list[_Task] = [*_body(flow, _texts(flow, "start")), *_handled(walk, flow, flow)]
    waiting.reverse()
    while waiting:
        task = waiting.pop()
        if isinstance(task, Event):
            yield task
        else:
            found = _entered(walk, task) if isinstance(task, _Enter) else _led_astray(walk, task)
            waiting.extend(reversed(list(found)))


def _body(scope: Element, labels: Iterable[str]) -> Iterator[_Task]:
    yield from (_Enter(scope, label) for label in labels)
    yield _Astray(scope)


def _entered(walk: _Walk, task: _Enter) -> Iterator[_Task]:
    """One step: what it does, what it holds, and how it goes on."""
    step = walk.within(task.scope).get(task.label)
    if step is None or task.label in task.stops:
        return
    if id(step) in walk.seen:
        yield Event("note", f"goes on at {step.name or task.label}")
        return
    walk.seen.add(id(step))
    yield from doing(walk.links, step)
    yield from notes(step)
    yield from _held(step)
    yield from _handled(walk, step, task.scope)
    yield from _onwards(walk, step, task)


def _held(step: Element) -> Iterator[_Task]:
    """The steps inside of a step: in a block of their own where they are alternatives, parallel or repeated."""
    branches = _texts(step, "branches")
    kind = str(step.facts.get("step", ""))
    if kind not in _BLOCKS or not branches:
        yield from _body(step, branches) if branches else ()
        return
    children = steps(step)
    first, other = _BLOCKS[kind]
    for number, label in enumerate(branches):
        child = children.get(label)
        said = str(child.facts.get("condition") or "") if child is not None and kind == "branch" else ""
        if kind != "loop" or not number:
            yield Event(other if number else first, said or (step.name if kind == "loop" else label))
        yield _Enter(step, label)
    yield _Astray(step)
    yield _END


def _handled(walk: _Walk, holder: Element, scope: Element) -> Iterator[_Task]:
    """What happens to errors: as a note, and in a block where the handler does something itself."""
    for handler in holder.of("handler"):
        said = catches(handler)
        routes = _ways(handler)
        for way in routes:
            walk.astray.setdefault(id(scope), {}).setdefault(way.step, said)
            yield Event("note", f"{said}: goes to {way.step}")
        body = _texts(handler, "body")
        if body:
            yield Event("opt", said)
            yield from _body(handler, body[:1])
            yield _END
        elif not routes:
            yield Event("note", f"{said}: {handler.facts.get('action') or 'unknown'}")


def _led_astray(walk: _Walk, task: _Astray) -> Iterator[_Task]:
    waiting = walk.astray.get(id(task.scope), {})
    while waiting:
        label = next(iter(waiting))
        said = waiting.pop(label)
        step = walk.within(task.scope).get(label)
        if step is not None and id(step) not in walk.seen:
            yield from (Event("opt", said), _Enter(task.scope, label), _END, task)
            return


def _onwards(walk: _Walk, step: Element, task: _Enter) -> Iterator[_Task]:
    ways = _ways(step)
    choices = [way for way in ways if way.kind != "next"]
    plain = [way.step for way in ways if way.kind == "next"]
    if not choices:
        if task.stops and step.facts.get("terminal") is True and step.facts.get("step") not in ("end", "raise"):
            yield Event("note", "the flow ends here")
        yield from (_Enter(task.scope, label, task.stops) for label in plain)
        return
    meeting = _meeting(walk, task, [way.step for way in choices])
    stops = task.stops | meeting
    for number, way in enumerate(choices):
        yield Event("else" if number else "alt", way.condition or ("otherwise" if way.kind == "default" else way.step))
        yield _Enter(task.scope, way.step, stops)
    yield _END
    yield from (_Enter(task.scope, label, task.stops) for label in (*plain, *meeting))


def _meeting(walk: _Walk, task: _Enter, starts: list[str]) -> frozenset[str]:
    """The first of the steps still to be told that two of the ways come to, if there is one."""
    reached: set[str] = set()
    for start in dict.fromkeys(starts):
        mine: set[str] = set()
        for label in islice(_ahead(walk, task, start), _AHEAD):
            if label in reached:
                return frozenset((label,))
            mine.add(label)
        reached |= mine
    return frozenset()


def _ahead(walk: _Walk, task: _Enter, start: str) -> Iterator[str]:
    """The labels that a way comes to, breadth first."""
    siblings = walk.within(task.scope)
    found = {start: None}
    waiting = [start]
    for label in waiting:
        step = siblings.get(label)
        if step is None or label in task.stops or id(step) in walk.seen:
            continue
        yield label
        new = [way.step for way in _ways(step) if way.step not in found]
        found |= dict.fromkeys(new)
        waiting += new


def _ways(step: Element) -> list[Next]:
    ways = step.facts.get("next")
    return [one for one in ways if isinstance(one, Next)] if isinstance(ways, tuple) else []


def _texts(element: Element, fact: str) -> tuple[str, ...]:
    found = element.facts.get(fact)
    return tuple(str(one) for one in found) if isinstance(found, tuple | list) else ()
