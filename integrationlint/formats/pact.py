"""Pact files (specification 1.1 to 4) to elements: a consumer, its interactions, and the parts of each that it uses.

An interaction uses an operation by the key `exchange:METHOD PATH`, with the path as it is requested; `#request`,
`#response:STATUS`, `#parameter:IN:NAME` and `#response:STATUS/header:NAME` are the parts of it. Messages have no key.
"""

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl

from integrationlint.formats.formats import Match
from integrationlint.formats.pact_bodies import Path, used_fields
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.model.location import child

NAME: Final = "pact"
SYNTAXES: Final = ("json",)
_VERSION: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)")
# Where implementations write the version of the specification; version 1 had no such place.
_VERSIONS: Final = ("pactSpecification", "pact-specification", "pactSpecificationVersion")
# No parameters of an operation (OAS 3.1.1 section 4.8.12.1), nor headers of a response (section 4.8.17.1).
_NO_PARAMETERS: Final = frozenset({"accept", "content-type", "authorization"})
_NO_HEADERS: Final = frozenset({"content-type"})


def recognise(document: Document) -> Match | None:
    """By consumer and provider with their names, and interactions or messages."""
    value = _members(document.value)
    if not (_name(value, "consumer") and _name(value, "provider")):
        return None
    if not any(isinstance(value.get(key), list) for key in ("interactions", "messages")):
        return None
    names = f"consumer {_name(value, 'consumer')}, provider {_name(value, 'provider')}"
    return Match(NAME, _version(value), names)


def _version(value: dict[str, Any]) -> str:
    metadata = _members(value.get("metadata"))
    said: Any = next((metadata[key] for key in _VERSIONS if key in metadata), "")
    found = _VERSION.match(str(said.get("version", "") if isinstance(said, dict) else said))
    return found[1] if found else ""


def build(document: Document) -> Element:
    """The `document` element with the consumer, and its interactions below that."""
    root = Element("document", "", document)
    value = _members(document.value)
    span = document.span("/consumer/name", key=False)
    consumer = Element("consumer", _name(value, "consumer"), document, "/consumer", parent=root, span=span)
    wrapped = _version(value).partition(".")[0] not in ("", "1", "2", "3")
    for section in ("interactions", "messages"):
        given = value.get(section)
        for index, one in enumerate(given if isinstance(given, list) else ()):
            if isinstance(one, dict):
                facts: dict[str, object] = {"provider": _name(value, "provider")}
                _add_interaction(consumer, one, f"/{section}/{index}", facts, wrapped=wrapped)
    return root


def _add_interaction(
    consumer: Element, node: dict[str, Any], pointer: str, facts: dict[str, object], *, wrapped: bool
) -> None:
    request, response = _members(node.get("request")), _members(node.get("response"))
    uses: list[Use] = []
    method, path = request.get("method"), request.get("path")
    if isinstance(method, str) and isinstance(path, str):
        status = response.get("status", 200)
        facts |= {"method": method.upper(), "path": path, "status": status}
        key = f"exchange:{method.upper()} {path.partition('?')[0].partition('#')[0]}"
        uses = [Use("calls", key, tier="keyed", pointer=f"{pointer}/request/path")]
        sent = used_fields(request, f"{pointer}/request", wrapped=wrapped)
        received = used_fields(response, f"{pointer}/response", wrapped=wrapped)
        uses += _sent(key, request, f"{pointer}/request", sent)
        uses += _received(f"{key}#response:{status}", response, f"{pointer}/response", received)
    name = node.get("description")
    name = name if isinstance(name, str) and name else f"{method} {path}"
    document = consumer.document
    Element("interaction", name, document, pointer, parent=consumer, facts=facts, uses=uses)


def _sent(key: str, request: dict[str, Any], pointer: str, fields: dict[Path, str]) -> Iterator[Use]:
    """What the consumer sends: the parameters of the path, query and headers, fields of the body."""
    yield Use("writes", f"{key}#parameter:path:", tier="keyed", pointer=f"{pointer}/path")
    for name, place in _query(request.get("query"), f"{pointer}/query").items():
        yield Use("writes", f"{key}#parameter:query:{name}", tier="keyed", pointer=place)
    for name in _members(request.get("headers")):
        if name.lower() not in _NO_PARAMETERS:
            place = child(f"{pointer}/headers", name)
            yield Use("writes", f"{key}#parameter:header:{name}", tier="keyed", pointer=place)
    for path, place in fields.items():
        yield Use("writes", f"{key}#request", path, tier="keyed", pointer=place)
    if not fields and request.get("body"):
        yield Use("writes", f"{key}#request", tier="keyed", pointer=f"{pointer}/body")


def _received(key: str, response: dict[str, Any], pointer: str, fields: dict[Path, str]) -> Iterator[Use]:
    """What the consumer looks at: the status, headers, fields of the body."""
    at_status = f"{pointer}/status" if "status" in response else pointer
    yield Use("reads", key, tier="keyed", pointer=at_status)
    for name in _members(response.get("headers")):
        if name.lower() not in _NO_HEADERS:
            yield Use("reads", f"{key}/header:{name}", tier="keyed", pointer=child(f"{pointer}/headers", name))
    for path, place in fields.items():
        yield Use("reads", key, path, tier="keyed", pointer=place)


def _query(query: Any, pointer: str) -> dict[str, str]:
    """The names in a query, a text until version 2 and a mapping since version 3, and where each is written."""
    if isinstance(query, str):
        return {name: pointer for name, _ in parse_qsl(query, keep_blank_values=True)}
    # `ids[]` is how some write a list; the parameter may be called either way.
    return {name: child(pointer, name) for name in _members(query)}


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(value: dict[str, Any], party: str) -> str:
    name = _members(value.get(party)).get("name")
    return name if isinstance(name, str) else ""
