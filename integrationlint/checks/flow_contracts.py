"""How a flow meets the contracts and traces of others: what it calls, what it lets in, what it passes on."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from integrationlint.checks.flow_facts import is_absent, is_live, steps_below, value
from integrationlint.checks.hints import Names, hint, names
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element, State
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_OPERATION: Final = re.compile(r"http:([A-Z]+) (/\S*)")
_WEB: Final = ("http", "https", "apigateway", "rest")
_MOST: Final = 2_000


def operation_known(element: Element, links: Links, *, entry: bool = False) -> Iterator[Problem]:
    """An operation that a step of a flow calls, or that its trigger answers, is one of the contract.

    Contracts that are not among the files are not known: a path is held to be of a known one when that has the path
    with other methods, or almost the same path. With `entry`, each HTTP trigger belongs to a contract.
    """
    known: _Paths | None = None
    for one in (inner for flow in element.of("flow") for inner in flow.walk() if inner.kind in ("trigger", "step")):
        if entry and one.facts.get("trigger") == "http" and not any(use.role == "validates" for use in one.uses):
            yield Problem({"value": one.name, "problem": "belongs to no contract"}, element=one)
        wanted = [use for use in one.uses if use.key.startswith("http:")]
        if not wanted or _answered(one, links):
            continue
        known = _paths(links) if known is None else known
        for use in wanted:
            problem = _missing(use.key, known)
            if problem:
                yield Problem({"value": one.name, "problem": problem}, element=one, at=use.pointer or None)
                break


def _answered(element: Element, links: Links) -> bool:
    return any(edge.use.key.startswith("http:") for edge in links.edges(element))


class _Paths(NamedTuple):
    """The methods of each path that a contract has, and the paths in a form that finds close ones."""

    methods: dict[str, set[str]]
    close: Names


def _paths(links: Links) -> _Paths:
    found: dict[str, set[str]] = {}
    for operation in links.elements("operation"):
        for key in operation.keys:
            said = _OPERATION.match(key)
            if said is not None:
                found.setdefault(said[2], set()).add(said[1])
    return _Paths(found, names(found))


def _missing(key: str, known: _Paths) -> str:
    called = _OPERATION.match(key)
    if called is None:
        return ""
    method, path = called[1], called[2]
    if path in known.methods:
        return f"calls {method} {path}; the contract has {', '.join(sorted(known.methods[path]))} there"
    close = hint(path, known.close)
    return f"calls {method} {path}, which no contract has{close}" if close else ""


def input_validated(element: Element, *, triggers: tuple[str, ...] = ("http", "queue", "stream")) -> Iterator[Problem]:
    """What comes in is checked against a contract, by the trigger or by a step, before it is used."""
    if not is_live(element) or element.facts.get("kind") != "flow":
        return
    below = list(steps_below(element))
    if any(one.facts.get("step") == "validate" and _validates(one) for one in below) or not below:
        return
    for trigger in element.of("trigger"):
        reads = trigger.facts.get("method") in ("GET", "HEAD", "DELETE", "OPTIONS")
        if trigger.facts.get("trigger") in triggers and is_absent(value(trigger, "validates")) and not reads:
            yield Problem({"value": element.name, "trigger": trigger.facts.get("trigger")}, element=trigger)


def _validates(step: Element) -> bool:
    return "idempotent" not in str(step.facts.get("raw_type"))


def trace_passed(element: Element, *, names: tuple[str, ...]) -> Iterator[Problem]:
    """A call over HTTP hands the trace on: one of the headers in `names` is mentioned, or the platform adds it.

    Mule adds X-CORRELATION-ID to each request unless `sendCorrelationId` is NEVER.
    """
    if element.facts.get("step") != "call" or str(element.facts.get("protocol")).casefold() not in _WEB:
        return
    written = _raw(element).casefold()
    if _flow(element).facts.get("platform") == "mule":
        if re.search(r"sendcorrelationid\W{1,4}never", written):
            yield Problem({"value": element.name})
        return
    tracing = value(_flow(element), "tracing")
    if tracing is not None and tracing.state is State.EXPLICIT and tracing.value is True:
        return
    if not any(one.casefold() in written for one in names):
        yield Problem({"value": element.name})


def _flow(element: Element) -> Element:
    return element.above("flow") or element


def _raw(element: Element) -> str:
    """All that is written in a step, names and values, as one text."""
    try:
        node = element.document.at(element.pointer)
    except KeyError:
        return ""
    found: list[str] = []
    waiting: list[object] = [node]
    while waiting and len(found) < _MOST:
        one = waiting.pop()
        if isinstance(one, XmlNode):
            found.extend(f"{name}={text}" for name, text in one.attributes.items())
            found.append(one.text)
            waiting.extend(one.children)
        elif isinstance(one, dict):
            found.extend(map(str, one))
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str):
            found.append(one)
    return "\n".join(found)
