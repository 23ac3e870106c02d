"""The reusable parts of an OpenAPI document: `components`, or the sections of 2.0."""

from typing import Any, Final

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
from integrationlint.formats.shapes import add_shape
from integrationlint.model.element import Element
from integrationlint.model.location import child

_OLD_SECTIONS: Final = {"definitions": "schemas", "parameters": "parameters", "responses": "responses"}


def add_components(contract: Contract, root: Element, value: dict[str, Any]) -> None:
    """Hang every reusable part on the root."""
    if contract.old:
        sections = [(kind, value.get(name), f"/{name}") for name, kind in _OLD_SECTIONS.items()]
        _add_schemes(contract, root, value.get("securityDefinitions"), "/securityDefinitions")
    else:
        components = members(value.get("components"))
        sections = [(name, node, f"/components/{name}") for name, node in components.items()]
        _add_schemes(contract, root, components.get("securitySchemes"), "/components/securitySchemes")
    for kind, nodes, pointer in sections:
        for name, node in members(nodes).items():
            _add_component(contract, root, kind, name, node, child(pointer, name))


def _add_component(contract: Contract, root: Element, kind: str, name: str, node: Any, pointer: str) -> None:
    if kind == "schemas":
        add_shape(contract.dialect, root, "type", name, node, pointer)
    elif kind == "parameters":
        if not (contract.old and members(node).get("in") == "body"):
            add_parameter(contract, root, node, pointer)
        else:
            add_old_body(contract, root, node, pointer).name = str(node.get("name", ""))
    elif kind == "requestBodies":
        add_request(contract, root, node, pointer).name = name
    elif kind == "pathItems":
        add_path(contract, root, "path", name, node, pointer)
    elif kind in _NAMED:
        _NAMED[kind](contract, root, name, node, pointer)


_NAMED: Final = {"responses": add_response, "headers": add_header, "links": add_link, "callbacks": add_callback}


def _add_schemes(contract: Contract, root: Element, nodes: Any, pointer: str) -> None:
    for name, node in members(nodes).items():
        scheme = members(node)
        facts = described(scheme, "type", "in", "scheme", "bearerFormat", "openIdConnectUrl", "flows")
        if "name" in scheme:
            facts["parameterName"] = scheme["name"]
        if contract.old and scheme.get("type") == "oauth2":
            kept = ("authorizationUrl", "tokenUrl", "scopes")
            facts["flows"] = {str(scheme.get("flow")): {key: scheme[key] for key in kept if key in scheme}}
        keys = (f"security-scheme:{root.document.path}#{name}",)
        Element("security-scheme", name, root.document, child(pointer, name), parent=root, facts=facts, keys=keys)
