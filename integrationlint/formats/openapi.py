"""OpenAPI 2.0, 3.0, 3.1 and 3.2 documents to elements."""

import re
from posixpath import basename
from typing import Any, Final

from integrationlint.formats.formats import Match
from integrationlint.formats.http_paths import base_paths
from integrationlint.formats.openapi_components import add_components
from integrationlint.formats.openapi_operations import (
    Contract,
    add_callback,
    add_header,
    add_link,
    add_old_body,
    add_parameter,
    add_path,
    add_request,
    add_response,
    described,
    members,
)
from integrationlint.formats.shapes import Dialect, add_shape
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.location import child, tokens

NAME: Final = "openapi"
SYNTAXES: Final = ("yaml", "json")
_VERSION = re.compile(r"(2\.0|3\.[0-9]+)(\.[0-9A-Za-z.-]+)?$")


def recognise(document: Document) -> Match | None:
    """By the `openapi` or `swagger` version field (OAS 3.1.1 section 4.8.1; 2.0 Swagger Object)."""
    value = document.value
    if not isinstance(value, dict):
        return None
    for key in ("openapi", "swagger"):
        if key in value:
            written = str(value[key])[:20]
            found = _VERSION.match(written)
            return Match(NAME, found[1] if found else written, f"{key}: {written}")
    return None


def build(document: Document) -> Element:
    """The `api` element with its paths, operations, schemas, security schemes and servers below it."""
    value = members(document.value)
    root = Element("api", "", document, facts=_api_facts(value))
    contract = _contract(document, document)
    for index, server in enumerate(_list(value.get("servers"))):
        _add_server(root, server, f"/servers/{index}")
    for index, tag in enumerate(_list(value.get("tags"))):
        name = tag.get("name") if isinstance(tag, dict) else None
        Element("tag", str(name or index), document, f"/tags/{index}", parent=root, facts=described(tag))
    for kind, section in (("path", "paths"), ("webhook", "webhooks"), ("webhook", "x-webhooks")):
        for template, item in members(value.get(section)).items():
            if template.startswith("/") or (kind == "webhook" and not template.startswith("x-")):
                add_path(contract, root, kind, template, item, child(f"/{section}", template))
    add_components(contract, root, value)
    return root


def fragment(
    document: Document, pointer: str, node: object, expects: str, *, name: str = "", owner: Document | None = None
) -> Element | None:
    """The element of a part that another document refers to: a schema, a parameter, a response, a path item, ….

    It is called `name`, else like the last step of its pointer, a whole file like the file.
    """
    if not isinstance(node, dict | bool):
        return None
    contract = _contract(document, owner or document)
    holder = Element("document", "", document, pointer)
    name = name or (tokens(pointer)[-1] if pointer else basename(document.path).partition(".")[0])
    if expects == "schema":
        add_shape(contract.dialect, holder, "type", name, node, pointer)
    elif expects in _FRAGMENTS and isinstance(node, dict):
        _FRAGMENTS[expects](contract, holder, name, node, pointer)
    return holder.children[0] if holder.children else None


def _path_fragment(contract: Contract, parent: Element, name: str, node: Any, pointer: str) -> None:
    add_path(contract, parent, "path", name, node, pointer)


def _webhook_fragment(contract: Contract, parent: Element, name: str, node: Any, pointer: str) -> None:
    add_path(contract, parent, "webhook", name, node, pointer)


def _request_fragment(contract: Contract, parent: Element, _name: str, node: Any, pointer: str) -> None:
    add_request(contract, parent, node, pointer)


def _parameter_fragment(contract: Contract, parent: Element, _name: str, node: Any, pointer: str) -> None:
    if contract.old and node.get("in") == "body":
        add_old_body(contract, parent, node, pointer)
    else:
        add_parameter(contract, parent, node, pointer)


_FRAGMENTS: Final = {
    "path": _path_fragment,
    "webhook": _webhook_fragment,
    "request": _request_fragment,
    "parameter": _parameter_fragment,
    "response": add_response,
    "header": add_header,
    "link": add_link,
    "callback": add_callback,
}


def _contract(document: Document, owner: Document) -> Contract:
    """What the parts in `document` need to know of the contract that they belong to."""
    value = members(owner.value)
    old = "swagger" in value
    siblings = not old and not str(value.get("openapi", "3.1")).startswith("3.0")
    servers: Any = value.get("servers")
    if old and isinstance(value.get("basePath"), str):
        servers = [{"url": value["basePath"]}]
    return Contract(
        dialect=Dialect(document, siblings=siblings),
        owner=owner.path,
        old=old,
        bases=base_paths(servers),
        consumes=_types(value.get("consumes")),
        produces=_types(value.get("produces")),
        security=value.get("security"),
    )


def _types(value: Any) -> tuple[str, ...]:
    return tuple(one for one in _list(value) if isinstance(one, str)) or ("application/json",)


def _api_facts(value: dict[str, Any]) -> dict[str, object]:
    info = members(value.get("info"))
    facts = described(info)
    for fact, key in (
        ("version", "version"),
        ("contact", "contact"),
        ("license", "license"),
        ("terms", "termsOfService"),
    ):
        if key in info:
            facts[fact] = info[key]
    for key in ("tags", "security", "servers", "basePath", "host", "schemes", "consumes", "produces"):
        if key in value:
            facts[key] = value[key]
    own = {key: one for key, one in value.items() if key.startswith("x-")}
    if own:
        facts["extensions"] = {**own, **members(facts.get("extensions"))}
    return facts


def _add_server(parent: Element, node: Any, pointer: str) -> None:
    facts = described(node)
    server = members(node)
    for key in ("url", "variables"):
        if key in server:
            facts[key] = server[key]
    Element("server", str(server.get("url", "")), parent.document, pointer, parent=parent, facts=facts)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
