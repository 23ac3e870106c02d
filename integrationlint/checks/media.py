"""Media types and the bodies that they describe."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.checks.resolved import followed, is_array, is_json, is_old
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

# RFC 6838 section 4.2, with parameters (RFC 9110 section 8.3.1).
_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
_WELL_FORMED: Final = re.compile(rf"{_NAME}/{_NAME}(?:\s*;\s*[^\s;=]+=(?:[^\s;\"]+|\"[^\"]*\"))*\s*\Z")
_STRUCTURED: Final = ("json", "xml", "yaml", "x-www-form-urlencoded", "form-data")


def _type(media: Element) -> str:
    return media.name.partition(";")[0].strip().lower()


def specific(element: Element) -> Iterator[Problem]:
    """A media type is well formed and names one type, no range such as `*/*`."""
    if "*" in element.name:
        yield Problem({"problem": f"'{element.name}' stands for any type"})
    elif not _WELL_FORMED.match(element.name):
        yield Problem({"problem": f"'{element.name}' is no media type"})


def has_schema(element: Element) -> Iterator[Problem]:
    """Structured content (JSON, XML, forms, YAML) has a schema that says something."""
    if element.uses or not _type(element).endswith(_STRUCTURED):
        return
    schemas = list(element.of("schema"))
    if not schemas:
        yield Problem({"problem": "has no schema"})
    elif all(not one.facts and not one.uses and not one.children for one in schemas):
        yield Problem({"problem": "has an empty schema"}, element=schemas[0])


def object_body(element: Element, links: Links, *, maps: bool = True) -> Iterator[Problem]:
    """The top level of a JSON body is an object; with `maps` false, one with named fields.

    Only where the type is stated; patch documents and sequences are arrays by their own standards.
    """
    name = _type(element)
    if not is_json(element) or not element.children or "patch" in name or "seq" in name:
        return
    shape = links.shape(element)
    types = shape.facts.get("type")
    if is_array(shape):
        yield Problem({"found": "an array"})
    elif isinstance(types, tuple) and types and types[0] not in ("null", "object") and "object" not in types:
        yield Problem({"found": f"a {types[0]}"})
    elif not maps and types == ("object",) and not links.fields(shape) and "additionalProperties" in shape.facts:
        yield Problem({"found": "a map"})


def offers_json(element: Element, links: Links) -> Iterator[Problem]:
    """Where structured text (XML, YAML) is offered, JSON is offered too."""
    found = followed(element, links)
    media = list(found.of("media")) if found is not None else []
    other = next((one for one in media if _type(one).endswith(("xml", "yaml"))), None)
    if found is not None and other is not None and not any(is_json(one) for one in media):
        yield Problem({"value": other.name}, element=found)


def request_types(element: Element, links: Links, *, allow: tuple[str, ...]) -> Iterator[Problem]:
    """The body that an operation takes is of one of the media types; more may be offered beside them."""
    for written in element.of("request"):
        request = followed(written, links)
        media = list(request.of("media")) if request is not None else []
        if request is not None and media and not any(_type(one) in allow for one in media):
            yield Problem({"value": media[0].name, "allowed": allow}, element=request)


def required_stated(element: Element, links: Links) -> Iterator[Problem]:
    """A request body whose schema has required fields says that it is required itself (OAS 3.1.1 section 4.8.13)."""
    if element.uses or "required" in element.facts or is_old(element):
        return
    for media in element.of("media"):
        requires = links.shape(media).facts.get("requires")
        if isinstance(requires, tuple) and requires:
            yield Problem({"field": requires[0]})
            return


def example(element: Element, links: Links) -> Iterator[Problem]:
    """A JSON body has an example, at the media type, at its schema or at every field of it."""
    if not is_json(element) or not element.children or element.facts.keys() & {"example", "examples"}:
        return
    shape = links.shape(element)
    if _shows(shape) or is_old(element):
        return
    items = next((links.shape(one) for one in shape.children if one.kind == "items" and not one.name), shape)
    fields = links.fields(items)
    if _shows(items) or (fields and all(_shows(one) or _shows(links.shape(one)) for one in fields.values())):
        return
    yield Problem()


def _shows(shape: Element) -> bool:
    facts = shape.facts
    return "example" in facts or "examples" in facts or "const" in facts or "enum" in facts or "default" in facts


# What is written for a registered type, and the type (IANA Media Types; RFC 9239 JavaScript, RFC 9512 YAML).
_INSTEAD: Final = {
    "text/json": "application/json",
    "text/x-json": "application/json",
    "application/x-json": "application/json",
    "application/x-javascript": "text/javascript",
    "application/javascript": "text/javascript",
    "application/x-yaml": "application/yaml",
    "text/yaml": "application/yaml",
    "text/x-yaml": "application/yaml",
    "application/x-zip-compressed": "application/zip",
    "application/x-gzip": "application/gzip",
    "application/x-pdf": "application/pdf",
    "application/csv": "text/csv",
    "image/jpg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "application/x-tar": "application/octet-stream",
    "application/problem": "application/problem+json",
    "application/merge-patch": "application/merge-patch+json",
}
_TREES: Final = frozenset("application audio font haptics image message model multipart text video example".split())
_UNREGISTERED: Final = frozenset({"application/x-www-form-urlencoded"})


Vendor = Literal["any", "versioned", "none"]


def standard(element: Element, *, vendor: Vendor = "any", allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Media types are registered ones: not those that people make up for them, and none of their own.

    Types of vendors (`vnd.`, `prs.`) are allowed, or those alone that carry a version, or none. Each is a problem once
    in a document, where it is first.
    """
    seen = set(allow) | _UNREGISTERED
    for media in element.walk() if element.parent is None else ():
        name = _type(media) if media.kind == "media" else ""
        if not name or name in seen or "*" in name or not _WELL_FORMED.match(media.name):
            continue
        seen.add(name)
        problem = _unusual(media.name, name, vendor)
        if problem:
            yield Problem({"value": name, "problem": problem}, element=media)


def _unusual(written: str, name: str, vendor: Vendor) -> str:
    tree, _, rest = name.partition("/")
    if name in _INSTEAD:
        return f"is not registered, {_INSTEAD[name]} is"
    if tree not in _TREES:
        return f"is of no known kind: '{tree}' is none"
    if rest.startswith(("x-", "x.")):
        return "is not registered"
    if not rest.startswith(("vnd.", "prs.")) or vendor == "any":
        return ""
    if vendor == "versioned":
        return "" if _VERSIONED.search(written) else "is of one vendor, and carries no version"
    return "is of one vendor"


_VERSIONED: Final = re.compile(r";\s*v(?:ersion)?=|[.+-]v[0-9]", re.IGNORECASE)
