"""Path items, operations and their parts, of every OpenAPI version, to elements."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.formats.http_paths import base_paths, normal_path, operation_keys
from integrationlint.formats.shapes import Dialect, add_shape
from integrationlint.model.element import Element, Use
from integrationlint.model.location import child

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_TEXTS: Final = ("title", "summary", "description", "deprecated")
_SCHEMES: Final = "security-scheme"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the parts of one contract need to know of the whole: `old` is Swagger 2.0, `owner` the path of its file."""

    dialect: Dialect
    owner: str
    old: bool
    bases: tuple[str, ...]
    consumes: tuple[str, ...]
    produces: tuple[str, ...]
    security: Any = None


def members(value: Any) -> dict[str, Any]:
    """The value when it is an object, else no members: odd input is left out, never an error."""
    return value if isinstance(value, dict) else {}


def described(node: Any, *keys: str) -> dict[str, object]:
    """The facts that any object may have (texts, extensions), and those named."""
    facts: dict[str, object] = {}
    extensions: dict[str, object] = {}
    for key, value in members(node).items():
        if key in _TEXTS or key in keys:
            facts[key] = value
        elif key.startswith("x-"):
            extensions[key] = value
    if extensions:
        facts["extensions"] = extensions
    return facts


def add_path(contract: Contract, parent: Element, kind: str, template: str, node: Any, pointer: str) -> Element:
    """A path item, webhook or callback with its operations (OAS 3.1.1 section 4.8.9)."""
    item = members(node)
    facts = described(item, "servers")
    facts["template"] = template
    name = normal_path(template) if kind == "path" else template
    path = Element(kind, name, contract.dialect.document, pointer, parent=parent, facts=facts)
    _add_reference(contract, path, item, pointer, "path" if kind == "path" else "webhook")
    add_parameters(contract, path, item.get("parameters"), f"{pointer}/parameters")
    _add_old_bodies(contract, path, item.get("parameters"), f"{pointer}/parameters")
    for method, operation, place in _operations(item, pointer):
        if isinstance(operation, dict):
            _add_operation(contract, path, method, operation, place)
    return path


def _operations(item: dict[str, Any], pointer: str) -> Iterator[tuple[str, Any, str]]:
    for key, value in item.items():
        if key in METHODS:
            yield key.upper(), value, f"{pointer}/{key}"
        elif key == "additionalOperations":
            for method, operation in members(value).items():
                yield method, operation, child(f"{pointer}/{key}", method)


def _add_operation(contract: Contract, path: Element, method: str, node: dict[str, Any], pointer: str) -> None:
    template = str(path.facts["template"])
    facts = described(node, "tags", "security", "servers", "consumes", "produces", "externalDocs")
    facts |= {"method": method, "template": template, "direction": "in" if path.kind == "path" else "out"}
    if "operationId" in node:
        facts["id"] = node["operationId"]
    bases = base_paths(node.get("servers") or path.facts.get("servers")) or contract.bases
    keys = operation_keys(method, path.name, bases, facts.get("id")) if path.kind == "path" else ()
    name = f"{method} {path.name}" if path.kind == "path" else method
    element = Element("operation", name, contract.dialect.document, pointer, parent=path, facts=facts, keys=keys)
    _use_schemes(contract, element, node)
    add_parameters(contract, element, node.get("parameters"), f"{pointer}/parameters")
    _add_old_bodies(contract, element, node.get("parameters"), f"{pointer}/parameters")
    if "requestBody" in node and not contract.old:
        add_request(contract, element, node["requestBody"], f"{pointer}/requestBody")
    for status, response in members(node.get("responses")).items():
        if not status.startswith("x-"):
            add_response(contract, element, status, response, child(f"{pointer}/responses", status))
    for name, callback in members(node.get("callbacks")).items():
        add_callback(contract, element, name, callback, child(f"{pointer}/callbacks", name))


def _use_schemes(contract: Contract, element: Element, node: dict[str, Any]) -> None:
    security, at = node.get("security", contract.security), "/security"
    if "security" in node:
        at = f"{element.pointer}/security"
    elif contract.owner != element.document.path:
        at = element.pointer  # what holds for all operations is written in another file
    for index, requirement in enumerate(security if isinstance(security, list) else ()):
        for name in members(requirement):
            key = f"{_SCHEMES}:{contract.owner}#{name}"
            where = child(f"{at}/{index}", name) if at.endswith("/security") else at
            element.uses.append(Use("contains", key, pointer=where))


def _add_reference(contract: Contract, element: Element, node: Any, pointer: str, expects: str) -> bool:
    reference = node.get("$ref") if isinstance(node, dict) else None
    if isinstance(reference, str):
        key = contract.dialect.key(reference)
        element.uses.append(Use("contains", key, pointer=f"{pointer}/$ref", expects=expects))
        return True
    return False


def add_parameters(contract: Contract, parent: Element, nodes: Any, pointer: str) -> None:
    """The parameters of a path item or operation; a body parameter of 2.0 is the request, made elsewhere."""
    for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if isinstance(node, dict) and not (contract.old and node.get("in") == "body"):
            add_parameter(contract, parent, node, f"{pointer}/{index}")


def add_parameter(contract: Contract, parent: Element, node: Any, pointer: str) -> Element:
    """A parameter named `LOCATION:NAME`, its schema below it (in 2.0 the schema keywords stand on the parameter)."""
    node = members(node)
    facts = described(
        node, "in", "required", "style", "explode", "allowEmptyValue", "allowReserved", "collectionFormat"
    )
    name = f"{node.get('in', '')}:{node.get('name', '')}"
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = f"$ref:{reference.rpartition('/')[2]}"
    element = Element("parameter", name, contract.dialect.document, pointer, parent=parent, facts=facts)
    if not _add_reference(contract, element, node, pointer, "parameter"):
        _add_value(contract, element, node, pointer)
    return element


def add_header(contract: Contract, parent: Element, name: str, node: Any, pointer: str) -> Element:
    """A header by name (names are compared without regard to case, RFC 9110 section 5.1)."""
    facts = described(node, "required", "style", "explode")
    element = Element("header", name, contract.dialect.document, pointer, parent=parent, facts=facts)
    if not _add_reference(contract, element, node, pointer, "header"):
        _add_value(contract, element, members(node), pointer)
    return element


def _add_value(contract: Contract, element: Element, node: dict[str, Any], pointer: str) -> None:
    if "schema" in node:
        add_shape(contract.dialect, element, "schema", "", node["schema"], f"{pointer}/schema")
    elif contract.old and "type" in node:
        plain = {key: value for key, value in node.items() if key not in _NOT_SCHEMA}
        add_shape(contract.dialect, element, "schema", "", plain, pointer)
    if "content" in node:
        _add_content(contract, element, node["content"], f"{pointer}/content")


# Keywords of a 2.0 parameter that say nothing of its values.
_NOT_SCHEMA: Final = frozenset({"name", "in", "description", "required", "allowEmptyValue", "collectionFormat"})


def add_request(contract: Contract, parent: Element, node: Any, pointer: str) -> Element:
    """A request body with its media types (OAS 3.1.1 section 4.8.13)."""
    facts = described(node, "required")
    element = Element("request", "", contract.dialect.document, pointer, parent=parent, facts=facts)
    if not _add_reference(contract, element, node, pointer, "request"):
        _add_content(contract, element, members(node).get("content"), f"{pointer}/content")
    return element


def add_response(contract: Contract, parent: Element, status: str, node: Any, pointer: str) -> Element:
    """A response by status code, with headers, media types and links (OAS 3.1.1 section 4.8.17)."""
    facts = described(node)
    if parent.kind == "operation":
        facts["status"] = status
    element = Element("response", status, contract.dialect.document, pointer, parent=parent, facts=facts)
    if _add_reference(contract, element, node, pointer, "response"):
        return element
    response = members(node)
    for name, header in members(response.get("headers")).items():
        add_header(contract, element, name, header, child(f"{pointer}/headers", name))
    if contract.old and "schema" in response:
        types = _media_types(element.above("operation"), "produces", contract.produces)
        _add_old_media(contract, element, types, response["schema"], f"{pointer}/schema")
    _add_content(contract, element, response.get("content"), f"{pointer}/content")
    for name, link in members(response.get("links")).items():
        add_link(contract, element, name, link, child(f"{pointer}/links", name))
    return element


def add_link(contract: Contract, parent: Element, name: str, node: Any, pointer: str) -> Element:
    """A link to another operation (OAS 3.1.1 section 4.8.20)."""
    facts = described(node, "operationId", "operationRef", "parameters")
    element = Element("link", name, contract.dialect.document, pointer, parent=parent, facts=facts)
    if not _add_reference(contract, element, node, pointer, "link") and isinstance(facts.get("operationId"), str):
        key = f"operation-id:{facts['operationId']}"
        element.uses.append(Use("calls", key, pointer=f"{pointer}/operationId"))
    return element


def add_callback(contract: Contract, parent: Element, name: str, node: Any, pointer: str) -> None:
    """The path items of a callback, each under its runtime expression (OAS 3.1.1 section 4.8.18)."""
    facts = described(node)
    element = Element("callback", name, contract.dialect.document, pointer, parent=parent, facts=facts)
    if not _add_reference(contract, element, node, pointer, "callback"):
        for expression, item in members(node).items():
            if not expression.startswith("x-"):
                add_path(contract, element, "callback", expression, item, child(pointer, expression))


def _add_content(contract: Contract, parent: Element, content: Any, pointer: str) -> None:
    for name, node in members(content).items():
        if not name.startswith("x-"):
            _add_media(contract, parent, name, node, child(pointer, name))


def _add_media(contract: Contract, parent: Element, name: str, node: Any, pointer: str) -> None:
    facts = described(node, "example", "examples", "encoding")
    facts["mediaType"] = name
    element = Element("media", name, contract.dialect.document, pointer, parent=parent, facts=facts)
    for key, label in (("schema", ""), ("itemSchema", "item")):
        if key in members(node):
            add_shape(contract.dialect, element, "schema", label, node[key], f"{pointer}/{key}")


def _add_old_bodies(contract: Contract, parent: Element, nodes: Any, pointer: str) -> None:
    for index, node in enumerate(nodes if contract.old and isinstance(nodes, list) else ()):
        if isinstance(node, dict) and node.get("in") == "body":
            add_old_body(contract, parent, node, f"{pointer}/{index}")


def add_old_body(contract: Contract, parent: Element, node: dict[str, Any], pointer: str) -> Element:
    """The request that a body parameter of 2.0 stands for."""
    facts = described(node, "required")
    request = Element("request", "", contract.dialect.document, pointer, parent=parent, facts=facts)
    types = _media_types(parent, "consumes", contract.consumes)
    _add_old_media(contract, request, types, node.get("schema", {}), f"{pointer}/schema")
    return request


def _media_types(operation: Element | None, fact: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    own = operation.facts.get(fact) if operation is not None else None
    return tuple(one for one in own if isinstance(one, str)) if isinstance(own, list) else otherwise


def _add_old_media(contract: Contract, parent: Element, types: tuple[str, ...], schema: Any, pointer: str) -> None:
    # One schema serves all media types of 2.0: the first holds it, the others refer to it.
    for index, name in enumerate(types or ("application/json",)):
        facts: dict[str, object] = {"mediaType": name}
        media = Element("media", name, contract.dialect.document, pointer, parent=parent, facts=facts)
        if index == 0:
            add_shape(contract.dialect, media, "schema", "", schema, pointer)
        else:
            key = f"pointer:{contract.dialect.document.path}#{pointer}"
            media.uses.append(Use("contains", key, pointer=pointer, expects="schema"))
