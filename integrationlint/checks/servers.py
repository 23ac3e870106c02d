"""Where an API is reached."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.resolved import is_old
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_HOST: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/@]*@)?([^/:?#]*)")


def declared(element: Element) -> Iterator[Problem]:
    """An API with paths says where it is reached: `servers`, or `host` in 2.0."""
    if next(element.of("path"), None) is None:
        return
    if is_old(element):
        if not element.facts.get("host"):
            yield Problem({"key": "host"})
    elif next(element.of("server"), None) is None:
        yield Problem({"key": "servers"})


def url(element: Element, *, relative: bool = True, placeholders: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The URL of a server is one that paths can be appended to and that people can call.

    `relative` allows URLs without a host; `placeholders` are hosts that stand for none (RFC 2606).
    """
    text = element.facts.get("url")
    if not isinstance(text, str):
        return
    found = _HOST.match(text)
    host = found[1].lower() if found else ""
    at = child(element.pointer, "url")
    if text.endswith("/") and text != "/":
        yield Problem({"problem": "ends with a slash, and every path begins with one"}, at=at)
    elif "?" in text or "#" in text:
        yield Problem({"problem": "has a query or fragment, to which no path can be appended"}, at=at)
    elif any(host == one or host.endswith(f".{one}") for one in placeholders):
        yield Problem({"problem": f"has the host '{host}', which nobody can call"}, at=at)
    elif not relative and not found and not text.startswith("{"):
        yield Problem({"problem": "has no scheme and host"}, at=at)


def variables(element: Element) -> Iterator[Problem]:
    """The variables of a server URL are declared, each with a default that is one of its values, and no others.

    OAS 3.1.1 sections 4.8.5 and 4.8.6.
    """
    text = element.facts.get("url")
    declared_ = element.facts.get("variables")
    known = declared_ if isinstance(declared_, dict) else {}
    names = _VARIABLE.findall(text) if isinstance(text, str) else []
    for name in dict.fromkeys(names):
        if name not in known:
            yield Problem(
                {"problem": f"uses the variable '{name}' without declaring it"}, at=child(element.pointer, "url")
            )
    for name, variable in known.items():
        problem = _wrong(variable, name, names)
        if problem:
            yield Problem({"problem": problem}, at=child(child(element.pointer, "variables"), name))


def _wrong(variable: object, name: str, names: list[str]) -> str:
    found = variable if isinstance(variable, dict) else {}
    if name not in names:
        return f"declares the variable '{name}', which its URL does not use"
    if not isinstance(found.get("default"), str | int | float):
        return f"gives the variable '{name}' no default"
    values = found.get("enum")
    if isinstance(values, list) and found["default"] not in values:
        return f"gives the variable '{name}' a default that is none of its values"
    return ""
