"""The facts of one state: its kind of step, timeouts, retries, where control goes, which fields it touches."""

from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.formats.flows.asl_paths import state_reads, state_writes
from integrationlint.formats.flows.asl_tasks import Parameters, Service, service, step_kind, task_facts
from integrationlint.formats.flows.defaults import or_default
from integrationlint.formats.flows.values import duration, explicit, expression, number
from integrationlint.model.element import ABSENT, UNSUPPORTED, Retry, Value
from integrationlint.model.flow import Next
from integrationlint.model.location import child

_KINDS: Final = {
    "Choice": "branch",
    "Parallel": "parallel",
    "Map": "loop",
    "Wait": "wait",
    "Succeed": "end",
    "Fail": "raise",
    "Pass": "transform",
}
_ENDS: Final = ("Succeed", "Fail")
ANY: Final = "States.ALL"
_LONGEST_CONDITION: Final = 200

Members = Mapping[object, object]


def state_facts(state: Members, pointer: str, *, jsonata: bool, labels: Mapping[str, str]) -> dict[str, object]:
    """Everything that a state says of itself. `labels` maps the names of its scope to their labels."""
    kind = str(state.get("Type", ""))
    facts: dict[str, object] = {
        "step": _KINDS.get(kind, "other"),
        "raw_type": kind,
        "enabled": True,
        "next": tuple(_next(state, labels)),
        "terminal": state.get("End") is True or kind in _ENDS,
        "reads": state_reads(state, jsonata=jsonata),
        "writes": state_writes(state, jsonata=jsonata),
    }
    if isinstance(state.get("Comment"), str):
        facts["description"] = state["Comment"]
    if kind == "Task":
        called = service(state.get("Resource"))
        parameters = task_parameters(state, pointer)
        facts |= task_facts(called, state.get("Resource"), parameters, pointer)
        facts |= {"step": step_kind(called), "raw_type": called.raw, "callback": called.callback}
        facts |= _timeouts(state, pointer, called)
    facts |= _OTHER_FACTS[kind](state, pointer) if kind in _OTHER_FACTS else {}
    facts |= retry_facts(state, pointer, retries=kind in ("Task", "Parallel", "Map"))
    return facts


def task_parameters(state: Members, pointer: str) -> Parameters:
    """The Parameters (JSONPath) or Arguments (JSONata) of a task."""
    name = "Arguments" if "Arguments" in state else "Parameters"
    members = state.get(name)
    return Parameters(members if isinstance(members, dict) else {}, child(pointer, name))


def retry_facts(state: Members, pointer: str, *, retries: bool) -> dict[str, object]:
    """`retry`, the first retrier or ABSENT, and `retries`, all of them when there are several."""
    if not retries:
        return {"retry": UNSUPPORTED}
    written = state.get("Retry")
    found = tuple(
        _retrier(one, child(child(pointer, "Retry"), number))
        for number, one in enumerate(written if isinstance(written, list) else ())
        if isinstance(one, dict)
    )
    if not found:
        return {"retry": ABSENT}
    return {"retry": found[0], "retries": found} if len(found) > 1 else {"retry": found[0]}


def _retrier(retrier: Members, pointer: str) -> Retry:
    strategy = retrier.get("JitterStrategy")
    jitter = ABSENT if strategy is None else explicit(strategy == "FULL", child(pointer, "JitterStrategy"))
    return Retry(
        attempts=_default(number(retrier.get("MaxAttempts"), child(pointer, "MaxAttempts")), "MaxAttempts"),
        delay=_default(
            duration(retrier.get("IntervalSeconds"), child(pointer, "IntervalSeconds"), "s"), "IntervalSeconds"
        ),
        multiplier=_default(number(retrier.get("BackoffRate"), child(pointer, "BackoffRate")), "BackoffRate"),
        max_delay=duration(retrier.get("MaxDelaySeconds"), child(pointer, "MaxDelaySeconds"), "s"),
        jitter=_default(jitter, "JitterStrategy"),
        on=errors(retrier.get("ErrorEquals")),
    )


def errors(names: object) -> tuple[str, ...]:
    """The error names of a retrier or catcher; () for any (`States.ALL`)."""
    found = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return () if ANY in found else found


def _default(value: Value, setting: str) -> Value:
    return or_default(value, "asl", setting)


def timed(state: Members, name: str, pointer: str) -> Value:
    """`NameSeconds` or `NameSecondsPath` in milliseconds; a path is an expression."""
    path = state.get(f"{name}Path")
    if path is not None:
        return expression(path if isinstance(path, str) else "", child(pointer, f"{name}Path"))
    return duration(state.get(name), child(pointer, name), "s")


def _timeouts(state: Members, pointer: str, called: Service) -> dict[str, object]:
    platform = "http:invoke" if called.name == "http" else "TimeoutSeconds"
    return {
        "timeout": _default(timed(state, "TimeoutSeconds", pointer), platform),
        "heartbeat": timed(state, "HeartbeatSeconds", pointer),
    }


def _next(state: Members, labels: Mapping[str, str]) -> Iterator[Next]:
    target = state.get("Next")
    if isinstance(target, str):
        yield Next(labels.get(target, target))
    choices = state.get("Choices")
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, dict) and isinstance(choice.get("Next"), str):
            yield Next(labels.get(choice["Next"], choice["Next"]), "branch", _condition(choice))
    if isinstance(state.get("Default"), str):
        target = str(state["Default"])
        yield Next(labels.get(target, target), "default")


def _condition(choice: Members) -> str:
    """A choice rule for people, cut short."""
    written = choice.get("Condition")
    if isinstance(written, str):
        return written[:_LONGEST_CONDITION]
    words = [f"{name} {value}" for name, value in choice.items() if isinstance(value, str | int | float)]
    words += [str(name) for name in choice if name in ("And", "Or", "Not")]
    return " ".join(word.removeprefix("Variable ") for word in words if not word.startswith(("Next ", "Comment ")))[
        :_LONGEST_CONDITION
    ]


def _choice(state: Members, _pointer: str) -> dict[str, object]:
    return {"hasDefault": isinstance(state.get("Default"), str)}


def _map(state: Members, pointer: str) -> dict[str, object]:
    path = state.get("MaxConcurrencyPath")
    if path is not None:
        concurrency = expression(path if isinstance(path, str) else "", child(pointer, "MaxConcurrencyPath"))
    else:
        concurrency = number(state.get("MaxConcurrency"), child(pointer, "MaxConcurrency"))
    tolerated = next((name for name in state if str(name).startswith("ToleratedFailure")), None)
    ignored = ABSENT if tolerated is None else explicit(value=True, pointer=child(pointer, str(tolerated)))
    return {
        "bounded": explicit(value=True, pointer=pointer),
        "concurrency": _default(concurrency, "MaxConcurrency"),
        "ignoreErrors": _default(ignored, "ToleratedFailurePercentage"),
    }


def _wait(state: Members, pointer: str) -> dict[str, object]:
    if "Timestamp" in state or "TimestampPath" in state:
        return {"delay": expression(str(state.get("Timestamp", state.get("TimestampPath"))), pointer)}
    return {"delay": timed(state, "Seconds", pointer)}


def _fail(state: Members, _pointer: str) -> dict[str, object]:
    return {
        name: str(state[member])
        for name, member in (("error", "Error"), ("text", "Cause"))
        if isinstance(state.get(member), str)
    }


def _pass(state: Members, _pointer: str) -> dict[str, object]:
    templates = ("Parameters", "Result", "Output", "InputPath", "OutputPath")
    return {"step": "transform" if any(name in state for name in templates) else "state"}


_OTHER_FACTS: Final = {"Choice": _choice, "Map": _map, "Wait": _wait, "Fail": _fail, "Pass": _pass}
