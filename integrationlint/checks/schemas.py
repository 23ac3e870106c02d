"""Examples against the schemas that they are examples of: the one door to `jsonschema-rs`, without any retrieval."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from integrationlint.checks.fits import misfit
from integrationlint.checks.patterns_matching import Matching
from integrationlint.checks.schemas_cost import Meter, heaviest, steps
from integrationlint.checks.schemas_lowered import Lowered, one_way
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem
from integrationlint.model.vocabulary import KIND_GROUPS

if TYPE_CHECKING:
    from jsonschema_rs import Validator

_SHAPES: Final = frozenset(KIND_GROUPS["shape"])
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# Steps that the examples of one document may take together: some tenths of a second.
_AFFORDABLE: Final = 50_000_000
_CHEAP: Final = 100_000
_MOST_COUNTED: Final = 200_000
_BACKTRACKS: Final = 10_000
_MOST_SINGLE: Final = 200
_MOST_LISTED: Final = 100
_DEEPEST: Final = 5


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
    lowered = Lowered(links, one_way(links, root))
    numbers = [lowered.add(one.shape) for one in shown]
    weight = heaviest(lowered.schemas)
    validators = _validators(lowered.schemas, dict.fromkeys(numbers))
    meter = Meter(lowered.schemas, _MOST_COUNTED)
    left = _AFFORDABLE
    for one, number in zip(shown, numbers, strict=True):
        cost = steps(weight[number], one.value)
        if cost > _CHEAP:
            cost = meter.steps(number, one.value)
        if cost <= left and number in validators:
            left -= cost
            problem = _first(validators[number], number, one)
            if problem is not None:
                yield problem


def _validators(schemas: dict[str, Any], wanted: Iterable[str]) -> dict[str, "Validator"]:
    """A validator for each schema that is wanted: one for all, or, when one of them is odd, one for each that is not.

    Each takes an object with the value in the member that has the number of the schema.
    """
    numbers = list(wanted)
    common = _compiled(schemas, numbers)
    if common is not None:
        return dict.fromkeys(numbers, common)
    single = ((number, _compiled(schemas, [number])) for number in numbers[:_MOST_SINGLE])
    return {number: one for number, one in single if one is not None}


def _compiled(schemas: dict[str, Any], numbers: list[str]) -> "Validator | None":
    from jsonschema_rs import FancyRegexOptions, validator_for

    properties = {number: {"$ref": f"#/$defs/{number}"} for number in numbers}
    schema = {"$schema": _DIALECT, "properties": properties, "$defs": schemas}
    bounded = FancyRegexOptions(backtrack_limit=_BACKTRACKS)
    try:
        found: Validator = validator_for(
            schema, offline=True, validate_formats=True, mask="it", pattern_options=bounded
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return found


def _first(validator: "Validator", number: str, one: _Shown) -> Problem | None:
    """What is wrong first with an example; None when nothing is, or nobody can tell."""
    try:
        error: Any = next(iter(validator.iter_errors({number: one.value})), None)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    if error is None:
        return None
    at = one.pointer
    for step in list(error.instance_path)[1:]:
        at = child(at, step)
    return Problem({"problem": _said(error)}, element=one.holder, at=at, key=False)


def _said(error: Any) -> str:
    """The error in words; where there are alternatives, what is wrong in the one that fits best."""
    branches = [list(branch) for branch in getattr(error.kind, "context", None) or ()]
    for _ in range(_DEEPEST):
        closest = max((one for one in branches if one), key=_fit, default=None)
        if closest is None:
            break
        error = closest[0]
        branches = [list(branch) for branch in getattr(error.kind, "context", None) or ()]
    return str(error.message)


def _fit(errors: list[Any]) -> tuple[bool, int, int]:
    # An alternative of another type fits worst; then counts how far inside the first error is, then how many there are.
    first = errors[0]
    return (getattr(first.kind, "name", "") != "type", len(first.instance_path), -len(errors))
