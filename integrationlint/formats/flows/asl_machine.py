"""A state machine as a flow: its states, the machines nested in them, and its catchers."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from integrationlint.formats.flows.asl_files import file_uses
from integrationlint.formats.flows.asl_states import errors, state_facts, task_parameters, timed
from integrationlint.formats.flows.asl_tasks import service
from integrationlint.formats.flows.asl_uses import task_uses
from integrationlint.formats.flows.aws_names import Names
from integrationlint.formats.flows.values import external, move
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.model.flow import Next, labels
from integrationlint.model.location import child

PLATFORM: Final = "asl"
CAPS: Final = tuple(
    sorted(
        "branch.default dlq flow.logging flow.timeout flow.tracing loop.concurrency step.auth step.error_handler"
        " step.heartbeat step.retry step.retry.backoff step.retry.jitter step.timeout step.tls trigger.auth"
        " trigger.schedule".split()
    )
)
_JSONATA: Final = "JSONata"


class Placed(NamedTuple):
    """A state: its name, its members and its pointer."""

    name: str
    members: Mapping[object, object]
    pointer: str


@dataclass(frozen=True, slots=True)
class Nested:
    """One machine of a scope: its members, its place, and the labels of its states among all states of the scope."""

    members: Mapping[object, object]
    pointer: str
    labels: Mapping[str, str]

    @property
    def start(self) -> str:
        """The label of the state that is entered."""
        name = self.members.get("StartAt")
        return self.labels.get(name, name) if isinstance(name, str) else ""

    def states(self) -> "Iterator[Placed]":
        """The states, in source order."""
        return _states(self.members, self.pointer)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a machine is written: in which document, in which query language, with which names around it.

    `embedded` is the pointer of the text that holds the machine; then nothing inside has a pointer of its own.
    """

    document: Document
    names: Names = field(default_factory=Names)
    jsonata: bool = False
    embedded: str | None = None

    def at(self, pointer: str) -> str:
        """The pointer to show for a place in the machine."""
        return pointer if self.embedded is None else self.embedded


def dialect(machine: Mapping[object, object]) -> str:
    """`asl-jsonata` or `asl-jsonpath`, the default (ASL, QueryLanguage)."""
    return "asl-jsonata" if machine.get("QueryLanguage") == _JSONATA else "asl-jsonpath"


def is_machine(value: object) -> bool:
    """Whether the value has what every state machine has: `StartAt` and an object `States`."""
    return isinstance(value, dict) and "StartAt" in value and isinstance(value.get("States"), dict)


def flow_facts(machine: Mapping[object, object], pointer: str) -> dict[str, object]:
    """What a machine says of itself; logging and tracing are said where it is deployed."""
    facts: dict[str, object] = {
        "platform": PLATFORM,
        "dialect": dialect(machine),
        "kind": "flow",
        "enabled": True,
        "caps": CAPS,
        "start": tuple(one.start for one in _nest([(machine, pointer)])),
        "timeout": timed(machine, "TimeoutSeconds", pointer),
        "logging": external("the deployment of the state machine"),
        "tracing": external("the deployment of the state machine"),
    }
    if isinstance(machine.get("Comment"), str):
        facts["description"] = machine["Comment"]
    if isinstance(machine.get("Version"), str):
        facts["version"] = machine["Version"]
    return facts


def add_states(flow: Element, machine: Mapping[object, object], pointer: str, writing: Writing) -> None:
    """Hang the states of a machine under its flow, and those of nested machines under their state."""
    waiting = deque([(flow, _nest([(machine, pointer)]))])
    while waiting:
        parent, scope = waiting.popleft()
        for nested in scope:
            for state in nested.states():
                inner = _nest(list(_machines(state.members, state.pointer)))
                step = _add_state(parent, state, nested.labels, inner, writing)
                if inner:
                    waiting.append((step, inner))


def _add_state(
    parent: Element, state: Placed, labelled: Mapping[str, str], inner: list[Nested], writing: Writing
) -> Element:
    name, members, where = state
    language = members.get("QueryLanguage")
    jsonata = writing.jsonata if language is None else language == _JSONATA
    facts = state_facts(members, where, jsonata=jsonata, labels=labelled)
    if inner:
        facts["branches"] = tuple(one.start for one in inner)
    uses: list[Use] = []
    if members.get("Type") == "Task":
        resource = members.get("Resource")
        parameters = task_parameters(members, where)
        uses = task_uses(service(resource), resource, parameters, where, writing.names)
        uses += file_uses(writing.document.path, parameters)
    if writing.embedded is not None:
        facts = {fact: move(value, writing.embedded) for fact, value in facts.items()}
        uses = [replace(use, pointer=writing.embedded) for use in uses]
    step = Element("step", name, writing.document, writing.at(where), parent=parent, facts=facts, uses=uses)
    for catches, catcher, place in _catchers(members, where):
        target = catcher.get("Next")
        route = (Next(labelled.get(target, target), "error"),) if isinstance(target, str) else ()
        handled: dict[str, object] = {"catches": catches, "action": "route", "level": "step", "body": (), "next": route}
        Element("handler", ", ".join(catches) or "any", writing.document, writing.at(place), parent=step, facts=handled)
    return step


def _catchers(
    state: Mapping[object, object], where: str
) -> Iterator[tuple[tuple[str, ...], Mapping[object, object], str]]:
    written = state.get("Catch")
    for number, catcher in enumerate(written if isinstance(written, list) else ()):
        if isinstance(catcher, dict):
            yield errors(catcher.get("ErrorEquals")), catcher, child(child(where, "Catch"), number)


def _nest(machines: list[tuple[Mapping[object, object], str]]) -> list[Nested]:
    """The machines of one scope; their states are siblings, so that they are labelled together."""
    names = [[state.name for state in _states(members, pointer)] for members, pointer in machines]
    together = iter(labels(name for own in names for name in own))
    return [
        Nested(members, pointer, {name: next(together) for name in own})
        for (members, pointer), own in zip(machines, names, strict=True)
    ]


def _states(machine: Mapping[object, object], pointer: str) -> Iterator[Placed]:
    states = machine.get("States")
    for name, state in states.items() if isinstance(states, dict) else ():
        if isinstance(state, dict):
            yield Placed(str(name), state, child(child(pointer, "States"), str(name)))


def _machines(state: Mapping[object, object], where: str) -> Iterator[tuple[Mapping[object, object], str]]:
    """The machines nested in a Parallel or Map state."""
    branches = state.get("Branches")
    for number, branch in enumerate(branches if isinstance(branches, list) else ()):
        if isinstance(branch, dict):
            yield branch, child(child(where, "Branches"), number)
    for name in ("ItemProcessor", "Iterator"):
        machine = state.get(name)
        if isinstance(machine, dict):
            yield machine, child(where, name)
