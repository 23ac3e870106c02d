"""Whether what is sent is encrypted on its way."""

import re
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.model.element import Element, Value
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# URL schemes that encrypt nothing, and what to write instead.
_CLEAR: Final = {
    "http": "https",
    "ws": "wss",
    "ftp": "sftp or ftps",
    "ldap": "ldaps",
    "amqp": "amqps",
    "mqtt": "mqtts",
    "smtp": "smtps",
    "pop3": "pop3s",
    "imap": "imaps",
    "stomp": "stomp+ssl",
    "redis": "rediss",
    "telnet": "ssh",
}
_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^\s/?#]*)")
_LOCAL: Final = re.compile(
    r"(?:[^@/]*@)?(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[^/]*\.(?:local|test|localhost))"
    r"(?::|$)",
    re.IGNORECASE,
)
_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


def servers(element: Element, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """No server URL is http or ws; this computer and the hosts in `allow` are left alone (OAS 3.1.1 section 4.8.5).

    For OpenAPI 2.0 it is the list of schemes that counts.
    """
    if element.kind == "server":
        yield from _server(element.facts, element.pointer, allow)
        return
    found = element.facts.get("servers")
    if isinstance(found, list) and element.kind != "api":
        for index, one in enumerate(found):
            if isinstance(one, dict):
                yield from _server(one, f"{child(element.pointer, 'servers')}/{index}", allow)
    schemes = element.facts.get("schemes")
    if isinstance(schemes, list) and not _is_local(str(element.facts.get("host", "")), allow):
        for index, scheme in enumerate(schemes):
            if scheme in ("http", "ws"):
                words = {"value": scheme, "instead": _CLEAR[scheme]}
                yield Problem(words, at=f"{child(element.pointer, 'schemes')}/{index}", key=False)


def _server(server: dict[str, Any], pointer: str, allow: tuple[str, ...]) -> Iterator[Problem]:
    url = server.get("url")
    if not isinstance(url, str):
        return
    variables = server.get("variables")
    known = variables if isinstance(variables, dict) else {}
    for scheme in ("http", "ws"):
        if _begins(url, scheme, known) and not _is_local(_host(url, known), allow):
            yield Problem({"value": url, "instead": _CLEAR[scheme]}, at=f"{pointer}/url", key=False)


def _begins(url: str, scheme: str, variables: dict[str, Any]) -> bool:
    if url.startswith(f"{scheme}://"):
        return True
    found = _VARIABLE.match(url)
    choices = _choices(variables.get(found[1])) if found is not None and url[found.end() :].startswith("://") else []
    return scheme in choices


def _choices(variable: object) -> list[object]:
    if not isinstance(variable, dict):
        return []
    enum = variable.get("enum")
    return [variable.get("default"), *(enum if isinstance(enum, list) else [])]


def _host(url: str, variables: dict[str, Any]) -> str:
    rest = url.partition("://")[2]
    return _VARIABLE.sub(lambda found: str((_choices(variables.get(found[1])) or [""])[0]), rest).partition("/")[0]


def _is_local(host: str, allow: tuple[str, ...]) -> bool:
    return _LOCAL.match(host) is not None or host.partition(":")[0] in allow


def encrypted(element: Element, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The address that a trigger, step or resource states is not one of a protocol that encrypts nothing.

    Addresses that are only known when the flow runs, this computer, and the hosts in `allow` are left alone.
    """
    address = element.facts.get("address")
    if not isinstance(address, Value) or not address.known or not isinstance(address.value, str):
        return
    found = _URL.match(address.value.removeprefix("jdbc:"))
    if found is None or _is_local(found[2], allow) or not found[2] or found[2].startswith(("$", "{", "#")):
        return
    instead = _CLEAR.get(found[1].lower())
    tls = element.facts.get("tls")
    if instead is None or (isinstance(tls, Value) and tls.value is True and tls.known):
        return
    yield Problem({"value": address.value, "instead": instead}, at=address.pointer or None, key=False)
