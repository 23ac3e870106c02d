"""What callers can try: counting identifiers, guessing passwords, sending addresses, calling from any page."""

from collections.abc import Iterable, Iterator
from typing import Final

from integrationlint.checks.names import endings, words
from integrationlint.checks.reach import received
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_IDENTIFIERS: Final = frozenset({"id", "identifier", "key", "no", "number", "ref", "reference", "uuid"})
_URLS: Final = frozenset(
    "url uri callbackurl callbackuri webhookurl redirecturl redirecturi returnurl targeturl imageurl fileurl"
    " notificationurl successurl cancelurl".split()
)
_LOGIN: Final = frozenset(
    "login signin authenticate token passwordreset resetpassword forgotpassword changepassword otp verifyotp totp mfa"
    " verificationcode onetimepassword pinverification".split()
)


def not_enumerable(
    element: Element, *, ends: frozenset[str] = _IDENTIFIERS, allow: tuple[str, ...] = ()
) -> Iterable[Problem]:
    """A path parameter whose name ends with one of `ends` is no number."""
    if element.facts.get("in") != "path":
        return ()
    name = element.name.partition(":")[2]
    shape = next(element.of("schema"), None)
    types = shape.facts.get("type") if shape is not None else None
    if not isinstance(types, tuple) or shape is None or endings(name).isdisjoint(ends) or name in allow:
        return ()
    number = next((one for one in types if one in ("integer", "number")), None)
    if number is None:
        return ()
    return (Problem({"value": name, "type": f"of type {number}"}, at=f"{shape.pointer}/type", key=False),)


def urls_described(
    element: Element, links: Links, *, ends: frozenset[str] = _URLS, allow: tuple[str, ...] = ()
) -> Iterable[Problem]:
    """A string that is received and whose name ends with one of `ends` has a format, pattern or enumeration."""
    name = element.name.partition(":")[2] if element.kind == "parameter" else element.name
    if endings(name).isdisjoint(ends) or name in allow:
        return ()
    shape = element if element.kind == "field" else next(element.of("schema"), None)
    if shape is None or shape.facts.get("type") != ("string",) or not received(element, links):
        return ()
    if any(fact in shape.facts for fact in ("format", "pattern", "enum", "const")):
        return ()
    return (Problem({"value": name}),)


def throttled(element: Element, *, names: frozenset[str] = _LOGIN) -> Iterator[Problem]:
    """An operation that checks a password or code, told by the end of its path, declares the response 429."""
    template = element.facts.get("template")
    if element.facts.get("method") != "POST" or not isinstance(template, str):
        return
    last = "".join(words(template.rstrip("/").rpartition("/")[2]))
    if last in names and not any(one.name.upper() in ("429", "4XX", "DEFAULT") for one in element.of("response")):
        yield Problem()


def origins(element: Element) -> Iterable[Problem]:
    """No response of an operation that asks for authentication lets scripts of every origin in."""
    if element.name.lower() != "access-control-allow-origin":
        return ()
    operation = element.above("operation")
    holder = operation if operation is not None and "security" in operation.facts else element.root
    if not holder.facts.get("security"):
        return ()
    return (Problem(),) if "*" in _said(element) else ()


def _said(header: Element) -> list[object]:
    shape = next(header.of("schema"), None)
    facts = shape.facts if shape is not None else {}
    try:
        node = header.document.at(header.pointer)
    except KeyError:
        node = None
    enum = facts.get("enum")
    found = [facts.get("default"), facts.get("const"), facts.get("example"), *(enum if isinstance(enum, list) else [])]
    return [*found, node.get("example") if isinstance(node, dict) else None]
