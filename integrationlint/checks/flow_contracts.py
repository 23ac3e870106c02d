"""How a flow meets the contracts and traces of others: what it calls, what it lets in, what it passes on."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from integrationlint.checks.flow_facts import is_absent, is_live, steps_below, value
from integrationlint.checks.hints import Names, hint, names
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element, State, Value
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_OPERATION: Final = re.compile(r"http:([A-Z]+) (/\S*)")
_HOST: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://([^/:?#\s${}]{1,253})(?=[/:?#]|$)")
_QUOTED: Final = re.compile(r"'([^']*)'")
_WEB: Final = ("http", "https", "apigateway", "rest")
_MOST: Final = 2_000


def operation_known(element: Element, links: Links, *, entry: bool = False) -> Iterator[Problem]:
    """An operation that a step of a flow calls, or that its trigger answers, is one of the contract.

    A contract is known by the host that is called, when that is written out; else by a path with other methods, or by a
    path that differs in one segment, and by little. With `entry`, each HTTP trigger belongs to a contract.
    """
    known: _Contracts | None = None
    for one in (inner for flow in element.of("flow") for inner in flow.walk() if inner.kind in ("trigger", "step")):
        if entry and one.facts.get("trigger") == "http" and not any(use.role == "validates" for use in one.uses):
            yield Problem({"value": one.name, "problem": "belongs to no contract"}, element=one)
        wanted = [use for use in one.uses if use.key.startswith("http:")]
        if not wanted or _answered(one, links):
            continue
        known = _contracts(links) if known is None else known
        for use in wanted:
            problem = _missing(use.key, _host(value(one, "address")), known)
            if problem:
                yield Problem({"value": one.name, "problem": problem}, element=one, at=use.pointer or None)
                break


def _answered(element: Element, links: Links) -> bool:
    return any(edge.use.key.startswith("http:") for edge in links.edges(element))


class _Contracts(NamedTuple):
    """The methods of each path that the contracts have, the paths in a form that finds close ones, and their hosts."""

    methods: dict[str, set[str]]
    close: Names
    hosts: frozenset[str]


def _contracts(links: Links) -> _Contracts:
    found: dict[str, set[str]] = {}
    for operation in links.elements("operation"):
        for key in operation.keys:
            said = _OPERATION.match(key)
            if said is not None:
                found.setdefault(said[2], set()).add(said[1])
    urls = (_HOST.match(str(server.facts.get("url"))) for server in links.elements("server"))
    return _Contracts(found, names(found), frozenset(url[1].casefold() for url in urls if url is not None))


def _host(address: Value | None) -> str:
    """The host of an address, empty where it is not written out."""
    found = _HOST.match(address.raw) if address is not None else None
    return found[1].casefold() if found is not None else ""


def _missing(key: str, host: str, known: _Contracts) -> str:
    called = _OPERATION.match(key)
    if called is None or (host and known.hosts and host not in known.hosts):
        return ""
    method, path = called[1], called[2]
    if path in known.methods:
        return f"calls {method} {path}; the contract has {', '.join(sorted(known.methods[path]))} there"
    close = hint(path, known.close)
    similar = _QUOTED.search(close)
    if host in known.hosts or (similar is not None and _one_apart(path, similar[1])):
        return f"calls {method} {path}, which no contract has{close}"
    return ""


def _one_apart(path: str, other: str) -> bool:
    own, theirs = path.split("/"), other.split("/")
    return len(own) == len(theirs) and sum(one != two for one, two in zip(own, theirs, strict=True)) == 1


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
