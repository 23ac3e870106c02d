"""How schemas are built: of named parts, told apart, not too deep, and each once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from integrationlint.checks.words import bare
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_TEXTS: Final = frozenset({"title", "description", "summary", "example", "examples", "$comment", "externalDocs"})
# Keywords below which members are names, not keywords.
_NAMED: Final = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})


def discriminated(element: Element, links: Links) -> Iterable[Problem]:
    """Several objects to choose from are told apart by a discriminator, or by a constant field that each of them has.

    The discriminator is a field of each, required or of one value.
    """
    return _undistinguished(element, links) if len(element.children) > 1 else ()


def _undistinguished(element: Element, links: Links) -> Iterator[Problem]:
    variants = [one for one in element.of("variant") if one.facts.get("composition") in ("oneOf", "anyOf")]
    parts = [(one, links.fields(links.shape(one))) for one in variants]
    if len(parts) < 2 or not all(fields for _, fields in parts):
        return
    discriminator = element.facts.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else discriminator
    if not isinstance(name, str):
        if not _constant(fields for _, fields in parts):
            yield Problem({"problem": "has no discriminator to tell its alternatives apart"}, at=variants[0].pointer)
        return
    for one, fields in parts:
        field = fields.get(name)
        if field is None or not (field.facts.get("required") is True or "const" in field.facts or _single(field)):
            lacks = "has no field" if field is None else "does not require"
            problem = f"is told apart by '{name}', and the alternative {_name(one, links)} {lacks} '{name}'"
            yield Problem({"problem": problem}, at=one.pointer)


def _constant(parts: Iterable[Mapping[str, Element]]) -> bool:
    """Whether there is a field that each part has, with one value alone."""
    fixed = [{name for name, one in fields.items() if "const" in one.facts or _single(one)} for fields in parts]
    return bool(set.intersection(*fixed)) if fixed else False


def _single(element: Element) -> bool:
    enum = element.facts.get("enum")
    return isinstance(enum, list) and len(enum) == 1


def _name(variant: Element, links: Links) -> str:
    shape = links.shape(variant)
    return f"'{shape.name}'" if shape.kind == "type" else variant.name or "there"


def depth(element: Element, *, most: int = 5) -> Iterable[Problem]:
    """Objects are written at most so many levels inside each other; what is only referred to does not count."""
    if element.parent is not None and element.parent.kind in ("type", "schema", "field", "items", "variant"):
        return ()
    deepest, found = 0, element
    stack = [(element, 0)]
    while stack:
        one, level = stack.pop()
        below = level + any(part.kind == "field" for part in one.children)
        if below > deepest:
            deepest, found = below, one
        stack.extend((part, below) for part in reversed(one.children))
    return (Problem({"levels": deepest, "most": most}, element=found),) if deepest > most else ()


def named(element: Element, *, least: int = 3) -> Iterable[Problem]:
    """An object with `least` fields or more that stands inside another one, or in an operation, is a named schema."""
    if len(element.children) < least or element.facts.get("type") not in (None, ("object",)):
        return ()
    if element.root.kind != "api":
        return ()
    count = sum(one.kind == "field" for one in element.children)
    if count < least or (element.kind == "variant" and element.facts.get("composition") == "allOf"):
        return ()
    return (Problem({"count": count}),)


_FEWEST: Final = 3
_DEEPEST: Final = 60


def distinct(element: Element, *, least: int = _FEWEST) -> Iterator[Problem]:
    """No two named schemas with at least so many fields are the same but for their texts."""
    seen: dict[str, Element] = {}
    for one in element.of("type") if element.parent is None else ():
        if sum(part.kind == "field" for part in one.children) < least:
            continue
        try:
            plain = json.dumps(_plain(one.document.at(one.pointer), 0), sort_keys=True)
        except (KeyError, ValueError):
            continue
        first = seen.setdefault(plain, one)
        if first is not one:
            yield Problem({"value": one.name, "other": first.name}, element=one)


def _plain(node: Any, depth: int, *, names: bool = False) -> Any:
    """A schema without its texts and examples."""
    if depth > _DEEPEST:
        raise ValueError(depth)
    if isinstance(node, list):
        return [_plain(one, depth + 1) for one in node]
    if not isinstance(node, dict):
        return node
    kept = node if names else {key: one for key, one in node.items() if key not in _TEXTS and not key.startswith("x-")}
    return {key: _plain(one, depth + 1, names=key in _NAMED and not names) for key, one in kept.items()}


def shaped(element: Element, links: Links, *, objects: Mapping[str, tuple[str, ...]]) -> Iterable[Problem]:
    """An object called like a shared one has its fields; one of several names is written `zip|postal_code`."""
    wanted = objects.get(bare(element.name))
    if wanted is None:
        return ()
    known = {bare(name) for name in links.fields(links.shape(element))}
    if not known:
        return ()
    missing = [one for one in wanted if known.isdisjoint(map(bare, one.split("|")))]
    return (Problem({"value": element.name, "missing": [one.partition("|")[0] for one in missing]}),) if missing else ()


def dialect(element: Element, *, allow: tuple[str, ...], identified: bool = False) -> Iterator[Problem]:
    """A JSON Schema names a draft that is allowed, and its `$id`, if any (with `identified`: always), is absolute."""
    value = element.document.value
    if element.parent is not None or not isinstance(value, dict):
        return
    said = str(value.get("$schema") or "")
    if not any(draft in said for draft in allow):
        problem = f"names {said}, which is none of {', '.join(allow)}" if said else "names no draft: $schema is missing"
        yield Problem({"problem": problem}, at="/$schema" if said else None, key=False)
    name = value.get("$id", value.get("id"))
    key = "$id" if "$id" in value else "id"
    if isinstance(name, str) and "://" not in name and not name.startswith("urn:"):
        yield Problem({"problem": f"has the identifier '{name}', which is not absolute"}, at=child("", key), key=False)
    elif identified and not isinstance(name, str):
        yield Problem({"problem": "has no identifier: $id is missing"})
