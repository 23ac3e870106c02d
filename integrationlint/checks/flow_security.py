"""Whether a flow keeps its secrets, its connections and its addresses as it should."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from integrationlint.checks.flow_facts import at, flow_of, is_absent, is_live, text, value
from integrationlint.model.element import Element, State, Value
from integrationlint.model.rule import Problem

_LOCAL: Final = re.compile(r"(?:^|[/@])(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=[:/]|$)")
_ACCOUNT: Final = re.compile(r"(?:^arn:[^:]{1,30}:[^:]{1,40}:[^:]{0,40}:|amazonaws\.com/)(\d{12})\b")
_HOST: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://(?:[^/@\s]{1,200}@)?([^/:?#\s]{1,253})")
_ADDRESS: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?=[:/]|$)")
_LOGIN: Final = re.compile(r"://[^/@\s:]{1,100}:[^/@\s${#]{1,100}@")


def tls(element: Element, *, local: bool = True) -> Iterator[Problem]:
    """Connections are encrypted, and the certificate of the other side is checked.

    Those to the same machine (`local`) need not be encrypted.
    """
    if element.kind == "step" and _from_resource(element):
        return
    encrypted, checked, address = (value(element, name) for name in ("tls", "verified", "address"))
    if checked is not None and checked.known and checked.value is False:
        yield Problem({"value": element.name, "problem": "accepts any certificate"}, at=at(checked))
    if encrypted is not None and encrypted.known and encrypted.value is False:
        where = address.raw if address is not None else ""
        if not (local and _LOCAL.search(where)) and not _is_listener(element):
            yield Problem({"value": element.name, "problem": "is not encrypted"}, at=at(encrypted) or at(address))


def _from_resource(step: Element) -> bool:
    """Whether the connection of a step is declared in a configuration, which is judged by itself."""
    return any(use.key.startswith("config:") for use in step.uses)


def _is_listener(element: Element) -> bool:
    # Whether the outside world reaches it is the business of the load balancer in front of it.
    return element.kind == "resource" and "listener" in str(element.facts.get("raw_type"))


def authenticated(element: Element, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """An HTTP endpoint of a flow asks who calls, unless its path is in `allow` (globs: `*/health`)."""
    if element.facts.get("trigger") != "http" or element.facts.get("enabled") is False:
        return
    path = value(element, "address")
    found = value(element, "auth")
    open_to_all = is_absent(found) or text(found) in ("NONE", "none")
    if open_to_all and not any(fnmatchcase(path.raw if path is not None else "", one) for one in allow):
        words = {"value": element.name, "method": element.facts.get("method"), "path": path.raw if path else ""}
        yield Problem(words, at=at(found))


def secrets_kept(element: Element) -> Iterator[Problem]:
    """No secret is written out in a flow or a connection: it comes from a vault or a secured property."""
    found = element.facts.get("secrets")
    for name, secret in found.items() if isinstance(found, dict) else ():
        if isinstance(secret, Value) and secret.state is State.EXPLICIT:
            yield Problem({"value": element.name, "secret": name}, at=secret.pointer or None)
    address = value(element, "address")
    if address is not None and _LOGIN.search(address.raw) and not (element.kind == "step" and _from_resource(element)):
        yield Problem({"value": element.name, "secret": "password in its address"}, at=at(address))


def address_kept(element: Element, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """No host, account or IP address is written out: it is another one in each environment.

    `allow` are globs over the whole address.
    """
    flow = flow_of(element)
    if (flow is not None and not is_live(flow)) or (element.kind == "step" and _from_resource(element)):
        return
    found = value(element, "address")
    written = text(found)
    if written is None or _is_listener(element) or any(fnmatchcase(written, one) for one in allow):
        return
    host, account = _HOST.match(written), _ACCOUNT.search(written)
    if account is not None:
        told = f"the account {account[1]}"
    elif host is not None:
        told = f"the host '{host[1]}'"
    elif _ADDRESS.match(written):
        told = f"the address '{written}'"
    else:
        return
    yield Problem({"value": element.name, "address": told}, at=at(found))


def payload_unlogged(element: Element, *, levels: tuple[str, ...] = ()) -> Iterator[Problem]:
    """No step logs the whole message, unless its level is one of `levels`; nor does the platform, for the flow."""
    if element.kind == "flow":
        found = value(element, "payloadLogging")
        if found is not None and found.known and found.value is True:
            yield Problem({"value": element.name, "problem": "has its messages logged by the platform"}, at=at(found))
        return
    reads = element.facts.get("reads")
    if element.facts.get("step") != "log" or not isinstance(reads, tuple | list):
        return
    if str(element.facts.get("level") or "").upper() in levels:
        return
    whole = next((one for one in reads if one in ("*", "attributes.*", "vars.*")), None)
    if whole is not None:
        told = {"*": "the whole message", "attributes.*": "all headers", "vars.*": "all variables"}[whole]
        yield Problem({"value": element.name, "problem": f"logs {told}"})


def safe_transfer(element: Element, *, plain: tuple[str, ...] = ("ftp", "tftp")) -> Iterator[Problem]:
    """Files are not sent or fetched by a protocol without encryption."""
    if str(element.facts.get("protocol") or "").casefold() in plain:
        if element.kind == "step" and _from_resource(element):
            return
        yield Problem({"value": element.name, "protocol": element.facts.get("protocol")})
