"""Examples against the schemas that they are examples of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.checks.fits import misfit
from integrationlint.checks.schemas_lowered import Lowered, one_way
from integrationlint.checks.schemas_validation import errors
from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem
from integrationlint.model.vocabulary import KIND_GROUPS

_SHAPES: Final = frozenset(KIND_GROUPS["shape"])
_MOST_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class _Shown:
    """An example: its value, where it is, and the shape that it is an example of."""

    value: Any
    pointer: str
    holder: Element
    shape: Element


def examples(element: Element, links: Links) -> Iterable[Problem]:
    """Every example of a document is a value that its schema allows.

    References are followed in the snapshot only. What is `readOnly` or `writeOnly` is required of no example. Examples
    as text of another notation than JSON are left alone, and so are those that would take too long, and the hundred and
    first of one schema.
    """
    return _misfits(element, links) if element.parent is None else ()


def _misfits(root: Element, links: Links) -> Iterator[Problem]:
    structured: list[_Shown] = []
    matching = Matching()
    for one in _examples(root, links):
        if isinstance(one.value, dict | list) or _is_composed(one.shape):
            structured.append(one)
            continue
        problem = misfit(one.value, one.shape.facts, matching)
        if problem:
            yield Problem({"problem": problem}, element=one.holder, at=one.pointer, key=False)
    if structured:
        yield from _validated(root, structured, links)


def _is_composed(shape: Element) -> bool:
    return bool(shape.uses) or any(one.kind == "variant" for one in shape.children)


def _examples(root: Element, links: Links) -> Iterator[_Shown]:
    old = isinstance(root.document.value, dict) and "swagger" in root.document.value
    for element in root.walk():
        kind, facts = element.kind, element.facts
        if kind in _SHAPES:
            found = _of_schema(element) if "example" in facts or "examples" in facts else []
        elif kind == "media":
            found = _of_media(element) if "example" in facts or "examples" in facts else []
        elif kind in ("parameter", "header"):
            found = _of_parameter(element)
        elif old and kind == "response":
            yield from _of_old_response(element, links)
            continue
        else:
            continue
        shape = links.shape(element) if found else element
        if kind in _SHAPES or (shape is not element and not element.uses):
            yield from (_Shown(value, pointer, element, shape) for value, pointer in found)


def _of_old_response(element: Element, links: Links) -> Iterator[_Shown]:
    """The examples of a response by media type (OpenAPI 2.0, Example Object)."""
    media = next(element.of("media"), None)
    try:
        named = element.document.at(f"{element.pointer}/examples")
    except KeyError:
        return
    if media is None or not isinstance(named, dict):
        return
    for name, value in named.items():
        if "json" in name.lower():
            yield _Shown(value, child(f"{element.pointer}/examples", name), element, links.shape(media))


def _of_schema(element: Element) -> list[tuple[Any, str]]:
    facts = element.facts
    found = [(facts["example"], f"{element.pointer}/example")] if "example" in facts else []
    listed = facts.get("examples")
    values = enumerate(listed[:_MOST_LISTED] if isinstance(listed, list) else ())
    return found + [(value, f"{element.pointer}/examples/{index}") for index, value in values]


def _of_media(element: Element) -> list[tuple[Any, str]]:
    """The examples of a media type (OAS 3.1.1 section 4.8.14); a text of another notation than JSON is none for us."""
    found = _named(element, element.facts)
    return found if "json" in element.name.lower() else [one for one in found if isinstance(one[0], dict | list)]


def _of_parameter(element: Element) -> list[tuple[Any, str]]:
    """The examples of a parameter or header (OAS 3.1.1 section 4.8.12); lists and objects may be shown as text."""
    try:
        node = element.document.at(element.pointer)
    except KeyError:
        return []
    if not isinstance(node, dict) or ("example" not in node and "examples" not in node):
        return []
    shape = next(element.of("schema"), None)
    if shape is None or shape.pointer == element.pointer:
        return []
    structured = shape.facts.get("type") not in (("array",), ("object",))
    return [one for one in _named(element, node) if structured or not isinstance(one[0], str)]


def _named(element: Element, node: Mapping[str, Any]) -> list[tuple[Any, str]]:
    found = [(node["example"], f"{element.pointer}/example")] if "example" in node else []
    named = node.get("examples")
    for name, written in named.items() if isinstance(named, dict) else ():
        one, pointer = _followed(element, written, child(f"{element.pointer}/examples", name))
        if isinstance(one, dict) and "value" in one:
            found.append((one["value"], f"{pointer}/value"))
    return found


def _followed(element: Element, written: Any, pointer: str) -> tuple[Any, str]:
    """An example and its pointer, a reference to another place in the document followed."""
    reference = written.get("$ref") if isinstance(written, dict) else None
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return written, pointer
    try:
        return element.document.at(reference[1:]), reference[1:]
    except KeyError:
        return None, pointer


def _validated(root: Element, shown: list[_Shown], links: Links) -> Iterator[Problem]:
    optional = one_way(links, root)
    for patterns in (True, False):
        # A pattern that the validator does not know spoils all: then none of them counts.
        lowered = Lowered(links, optional, patterns=patterns)
        asked = [(lowered.add(one.shape), one.value) for one in shown]
        found = errors(lowered.schemas, asked)
        if found is not None:
            break
    for one, error in zip(shown, found or (), strict=False):
        if error is not None:
            at = one.pointer
            for step in error.path:
                at = child(at, step)
            yield Problem({"problem": error.message}, element=one.holder, at=at, key=False)
