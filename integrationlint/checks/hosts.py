"""The hosts of servers: whether they can be reached from outside, how they are written, and what they are for."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any, Final

from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_HOST: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?")
# RFC 6762 (.local), RFC 8375 (home.arpa), the private zone of ICANN (.internal), and what networks call theirs.
_INTERNAL: Final = ("local", "internal", "intranet", "intra", "corp", "lan", "home.arpa", "private", "localdomain")
_LOCAL: Final = frozenset({"localhost", "host.docker.internal"})
_AUDIENCE: Final = ("x-audience",)


def _hosts(element: Element) -> Iterator[tuple[str, str, str]]:
    """Host, port and pointer of every server that an element states; hosts with variables are left out."""
    if element.kind == "server":
        found = _HOST.match(str(element.facts.get("url") or ""))
        if found is not None and found[1] and "{" not in found[1]:
            yield found[1], found[2] or "", child(element.pointer, "url")
    host = element.facts.get("host") if element.kind == "api" else None
    if isinstance(host, str) and host and "{" not in host:
        name, _, port = host.partition(":")
        yield name, port, "/host"


def internal(
    element: Element,
    *,
    suffixes: tuple[str, ...] = _INTERNAL,
    audiences: tuple[str, ...] = ("external", "public", "partner"),
    local: bool = True,
    allow: tuple[str, ...] = (),
) -> Iterator[Problem]:
    """No server is one that only the own network knows: a private address, a name of one word or with such an ending.

    An interface whose audience does not begin with one of `audiences` is left alone; `local` allows this computer.
    """
    audience = _audience(element.root)
    if audience and not audience.startswith(audiences):
        return
    for host, _, at in _hosts(element):
        kind = "" if host in allow else _private(host.lower().strip("[]"), suffixes, local=local)
        if kind:
            yield Problem({"value": host, "kind": kind}, at=at, key=False)


def _audience(root: Element) -> str:
    extensions = root.facts.get("extensions")
    known: dict[str, Any] = extensions if isinstance(extensions, dict) else {}
    return next((str(known[name]).lower() for name in _AUDIENCE if known.get(name)), "")


def _private(host: str, suffixes: tuple[str, ...], *, local: bool) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        address = None
    if address is not None:
        if address.is_loopback or address.is_unspecified:
            return "" if local else "this computer"
        return "an address of a private network" if address.is_private else ""
    if host in _LOCAL or host.endswith(".localhost"):
        return "" if local else "this computer"
    if "." not in host:
        return "a name without a domain"
    return "a name of an internal domain" if any(host.endswith(f".{one}") for one in suffixes) else ""


def written(element: Element, *, pattern: str = "", ports: tuple[str, ...] = ()) -> Iterator[Problem]:
    """A host is in lower case, is a name and no address, has no port but one of `ports`, and fits the pattern."""
    for host, port, at in _hosts(element):
        if host.lower() in _LOCAL or host.startswith("127."):
            continue
        problem = _wrong(host, port, pattern, ports)
        if problem:
            yield Problem({"value": host, "problem": problem}, at=at, key=False)


def _wrong(host: str, port: str, pattern: str, ports: tuple[str, ...]) -> str:
    if host != host.lower():
        return "is not in lower case"
    if re.fullmatch(r"\[.*\]|[0-9.]+", host):
        return "is an address, which changes"
    if port and port not in ports:
        return f"has the port {port}"
    return f"is not of the form {pattern}" if pattern and Matching().matches(pattern, host) is False else ""


def environment(
    element: Element, *, words: tuple[str, ...], names: tuple[str, ...], alone: bool = False
) -> Iterator[Problem]:
    """Each of several servers says what it is for: in its description, in an extension, or by a word in its URL.

    With `alone` the only server of an interface says so as well.
    """
    if element.parent is None or (not alone and len(list(element.parent.of("server"))) < 2):
        return
    extensions = element.facts.get("extensions")
    if isinstance(extensions, dict) and any(extensions.get(name) for name in names):
        return
    text = f"{element.facts.get('description') or ''} {element.name}".lower()
    if not any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) for word in words):
        yield Problem({"value": element.name}, at=child(element.pointer, "url"))
