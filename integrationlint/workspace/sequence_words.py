"""With whom a step of a flow talks, and what a sequence diagram says of it."""

from collections.abc import Iterator
from posixpath import basename
from typing import Final

from integrationlint.model.element import Element, Retry, State, Value
from integrationlint.model.links import Edge, Links
from integrationlint.model.phrases import phrase
from integrationlint.model.sequence import Event, Party

_TALKING: Final = frozenset({"call", "publish", "receive", "notify", "human", "subflow"})
_SILENT: Final = frozenset({"branch", "parallel", "loop", "scope", "try"})
_ROLES: Final = frozenset({"calls", "publishes", "subscribes"})
_KEYS: Final = {"queue": "queue", "topic": "queue", "function": "system", "flow": "flow"}
_DIRECTIONS: Final = {"publish": "send", "notify": "send", "receive": "receive"}
_UNITS: Final = ((86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"))


def doing(links: Links, step: Element) -> Iterator[Event]:
    """What a step does: what it says to whom, or what it does by itself."""
    kind = str(step.facts.get("step") or "other")
    name = step.name or str(step.facts.get("raw_type") or kind)
    if kind in _SILENT:
        return
    edges = {edge.target.address: edge for edge in links.edges(step) if edge.use.role in _ROLES}
    direction = _DIRECTIONS.get(kind, "call")
    for edge in edges.values():
        target = edge.target
        said = phrase(target).partition(" ")[2] if target.kind == "operation" else ""
        guess = " (inferred)" if edge.use.tier == "inferred" else ""
        yield Event(direction, f"{name}: {said}{guess}" if said else f"{name}{guess}", _party(target))
    if edges:
        return
    other = _named(step) or (_elsewhere(links, step) if kind in _TALKING else None)
    if other is not None:
        yield Event(direction, name, other)
    else:
        yield Event("own", _own(kind, name, step))
    yield from (
        Event("note", f"reads {_title(edge.target.root)}") for edge in links.edges(step) if edge.use.role == "reads"
    )


def started(links: Links, flow: Element) -> Iterator[Event]:
    """Who or what starts a flow."""
    for trigger in flow.of("trigger"):
        kind = str(trigger.facts.get("trigger") or "unknown")
        where = _said(trigger.facts.get("address")) or _said(trigger.facts.get("schedule"))
        method = trigger.facts.get("method")
        text = " ".join(str(one) for one in (trigger.name or kind, f"({method} {where})" if method else where) if one)
        source = next((edge for edge in links.edges(trigger) if edge.use.role == "subscribes"), None)
        named = _party(source.target) if source is not None else _named(trigger)
        yield Event(
            "asked" if kind == "http" else "receive", text, named or Party(f"caller:{kind}", _caller(kind), "caller")
        )


def notes(element: Element) -> Iterator[Event]:
    """How long it may take, and what is tried again."""
    timeout = element.facts.get("timeout")
    said = []
    if isinstance(timeout, Value) and _said(timeout):
        said.append(f"times out after {_duration(timeout)}{', by default' if timeout.state == State.DEFAULT else ''}")
    delay = element.facts.get("delay")
    if isinstance(delay, Value) and _said(delay):
        said.append(f"waits {_duration(delay)}")
    tried = element.facts.get("retries")
    retries = tried if isinstance(tried, tuple | list) and tried else (element.facts.get("retry"),)
    said += [_retry(one) for one in retries if isinstance(one, Retry)]
    if said:
        yield Event("note", "; ".join(said))


def catches(handler: Element) -> str:
    """The errors that a handler is for: `on HTTP:TIMEOUT`, `on any error`."""
    names = handler.facts.get("catches")
    said = ", ".join(str(one) for one in names) if isinstance(names, tuple | list) else ""
    condition = handler.facts.get("condition")
    return f"on {said or 'any error'}{f' when {condition}' if condition else ''}"


def _party(target: Element) -> Party:
    """Those who own what is used: the contract of an operation, a flow, a resource."""
    if target.kind == "flow":
        return Party(target.address, target.name, "flow")
    if target.kind == "resource":
        kind = "queue" if target.facts.get("resource") in ("queue", "topic") else "system"
        return Party(target.address, target.name, kind)
    if target.kind == "trigger":
        flow = target.above("flow")
        return _party(flow) if flow is not None else Party(target.address, target.name)
    return Party(target.root.address, _title(target.root), "api")


def _title(root: Element) -> str:
    return str(root.facts.get("title") or basename(root.document.path))


def _named(element: Element) -> Party | None:
    """Whom the step names, where no file read declares it: `queue:orders` is the queue orders."""
    for use in element.uses:
        kind, _, name = use.key.partition(":")
        if use.role in _ROLES and kind in _KEYS and name:
            return Party(use.key, name, _KEYS[kind])
    return None


def _elsewhere(links: Links, step: Element) -> Party:
    """The connection that is used, else the address, the protocol or the type of the step, whatever is known."""
    shared: Edge | None = next((edge for edge in links.edges(step) if edge.target.kind == "resource"), None)
    kind = "queue" if step.facts.get("step") in ("publish", "receive") else "system"
    address = _said(step.facts.get("address"))
    name = address or str(step.facts.get("protocol") or step.facts.get("raw_type") or "another system")
    return Party(f"{kind}:{name}", name, kind) if shared is None else _party(shared.target)


def _own(kind: str, name: str, step: Element) -> str:
    if kind == "raise":
        return f"raises {step.facts.get('error') or name}"
    return name if kind in ("other", "state", "call") else f"{kind}: {name}"


def _caller(kind: str) -> str:
    return {"http": "Client", "schedule": "Clock", "manual": "Person"}.get(kind, kind.capitalize())


def _retry(retry: Retry) -> str:
    attempts = "without end" if retry.attempts.value == -1 else f"{_said(retry.attempts)} times"
    said = f"tries again {attempts}"
    said += f" after {_duration(retry.delay)}" if _said(retry.delay) else ""
    said += f", each time x {_said(retry.multiplier)}" if _said(retry.multiplier) else ""
    said += f", at most {_duration(retry.max_delay)}" if _said(retry.max_delay) else ""
    return f"{said} on {', '.join(map(str, retry.on))}" if retry.on else said


def _said(value: object) -> str:
    """A value as it is known, as written where it is an expression; empty where it is not."""
    if not isinstance(value, Value) or value.state in ("absent", "unsupported", "external"):
        return ""
    return str(value.value) if value.known and value.value is not None else value.raw


def _duration(value: Value) -> str:
    """`1.5 s` for 1500 milliseconds."""
    time = value.value
    if not value.known or isinstance(time, bool) or not isinstance(time, int | float):
        return value.raw or str(time)
    if time <= 0:
        return "no end"
    for unit, name in _UNITS:
        if time >= unit:
            return f"{time / unit:g} {name}"
    return f"{time:g} ms"
