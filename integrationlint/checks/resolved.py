"""The parts of an operation with their references followed: what the other checks look at."""

from collections.abc import Iterator
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

JSON: Final = ("application/json", "+json")
_LONGEST_CHAIN: Final = 50
_HOLDERS: Final = ("path", "webhook", "callback", "operation")


def followed(element: Element, links: Links) -> Element | None:
    """The part at the end of a chain of `$ref`s; None when nothing, or something else, is there."""
    found = element
    for _ in range(_LONGEST_CHAIN):
        if not found.uses:
            return found
        for edge in links.edges(found):
            if edge.use.role == "contains" and edge.target.kind == element.kind:
                found = edge.target
                break
        else:
            return None
    return None


def operations(element: Element, links: Links) -> Iterator[Element]:
    """The operations of an API, those of webhooks and callbacks among them; an operation stands for itself.

    Path items that are kept elsewhere are followed there.
    """
    stack = [element]
    while stack:
        one = stack.pop()
        if one.kind == "operation":
            yield one
            if one is element:
                return
        elif one.uses and one.kind in _HOLDERS:
            target = followed(one, links)
            stack.extend(
                [target] if target is not None and target.kind == "path" and target.root is not one.root else []
            )
        stack.extend(child for child in reversed(one.children) if child.kind in _HOLDERS)


def received(element: Element, links: Links) -> Iterator[Element]:
    """The operations that the API itself answers: not those of webhooks and callbacks."""
    return (one for one in operations(element, links) if one.facts.get("direction") == "in")


def title(operation: Element) -> str:
    """`GET /orders/{id}`, as it is written."""
    return f"{operation.facts.get('method')} {operation.facts.get('template')}"


def parameters(holder: Element, links: Links) -> list[tuple[Element, Element | None]]:
    """The parameters written at a path item or operation, each with the one it refers to (None: not found)."""
    return [(one, followed(one, links) if one.uses else one) for one in holder.children if one.kind == "parameter"]


def in_force(operation: Element, links: Links) -> dict[str, Element] | None:
    """The parameters of an operation by `LOCATION:NAME`, its path's among them; None when one is not found."""
    found: dict[str, Element] = {}
    for holder in (operation.parent, operation):
        for one in holder.children if holder is not None else ():
            if one.kind == "parameter":
                parameter = followed(one, links) if one.uses else one
                if parameter is None:
                    return None
                found[parameter.name] = parameter
    return found


def written_parameters(api: Element, links: Links) -> Iterator[Element]:
    """The parameters written in a document: among the components, at paths and at operations."""
    yield from api.of("parameter")
    for path in api.children:
        if path.kind in ("path", "webhook"):
            yield from path.of("parameter")
    for operation in operations(api, links):
        yield from operation.of("parameter")


def parameter_name(parameter: Element) -> str:
    """The name alone, without the location; empty for one that is only a reference."""
    return "" if parameter.uses else parameter.name.partition(":")[2]


def header_name(element: Element) -> str:
    """The name of the HTTP header that a header parameter or a response header declares; empty for anything else."""
    if element.kind == "parameter":
        return parameter_name(element) if element.facts.get("in") == "header" else ""
    # A header among the components has the name of the component, not that of the header.
    return element.name if element.parent is not None and element.parent.kind == "response" else ""


def meets(status: str, wanted: tuple[str, ...]) -> bool:
    """Whether a status code, range or `default` is one of those wanted: `404` and `4xx` meet `4XX`."""
    if status in wanted:
        return True
    start, rest = status[:1], status[1:].upper()
    return any(one[:1] == start and one[1:] in ("XX", "xx", rest) for one in wanted)


def responses(operation: Element, links: Links, *wanted: str) -> Iterator[tuple[str, Element]]:
    """The statuses that are wanted (all by default) and their responses, references followed where they resolve."""
    for one in operation.children:
        if one.kind == "response" and (not wanted or meets(one.name, wanted)):
            found = followed(one, links)
            if found is not None:
                yield one.name, found


def is_json(media: Element) -> bool:
    """Whether a media type is JSON, by name or by structured suffix (RFC 6839 section 3.1)."""
    return media.name.partition(";")[0].strip().lower().endswith(JSON)


def body(holder: Element, links: Links) -> Element | None:
    """The shape of the JSON body of a request or response; None when there is none or nothing is said of it."""
    for media in holder.children:
        if media.kind == "media" and is_json(media):
            shape = links.shape(media)
            return shape if shape is not media else None
    return None


def bodies(holder: Element, links: Links, *wanted: str) -> Iterator[tuple[str, Element, Element]]:
    """Status, response and JSON body of an operation's responses that have one."""
    for status, response in responses(holder, links, *wanted):
        shape = body(response, links)
        if shape is not None:
            yield status, response, shape


def is_known(shape: Element, links: Links) -> bool:
    """Whether all that a shape refers to, itself and by its parts, was found; else nothing is sure about its fields."""
    stack, seen = [shape], set[int]()
    while stack:
        one = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        edges = links.edges(one) if one.uses else ()
        if len(edges) < len(one.uses):
            return False
        stack.extend(edge.target for edge in edges)
        stack.extend(child for child in one.children if child.kind == "variant")
    return True


def is_array(shape: Element) -> bool:
    """Whether values of the shape are arrays."""
    types = shape.facts.get("type")
    return types == ("array",) or (not types and any(one.kind == "items" and not one.name for one in shape.children))


def folded(concerned: int, lacking: list[Element], fold: int, one: str, many: str) -> Iterator[Problem]:
    """A problem for each operation that lacks something, its word `who` ending in the verb for `one` or `many`.

    Where more than `fold` of them lack it, and most of those concerned do, it is one problem of the API: nobody has
    to read the same sentence a hundred times. A `fold` of 0 never does so.
    """
    if fold and len(lacking) > fold and 2 * len(lacking) > concerned:
        yield Problem({"who": f"{len(lacking)} of {concerned} operations {many}"}, at="/paths", key=True)
        return
    for operation in lacking:
        yield Problem({"who": f"{title(operation)} {one}"}, element=operation)


def is_old(element: Element) -> bool:
    """Whether the document is OpenAPI 2.0."""
    value = element.document.value
    return isinstance(value, dict) and "swagger" in value
