"""Types and formats of shapes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.errors import did_you_mean
from integrationlint.model.rule import Problem

# OpenAPI format registry (spec.openapis.org/registry/format) and the formats of JSON Schema 2020-12 validation,
# section 7.3, each with the types that it is about.
_TEXT: Final = ("string",)
_WHOLE: Final = ("integer", "number", "string")
_NUMBER: Final = ("number", "string")
REGISTRY: Final = {
    **dict.fromkeys(
        "base64url binary byte char commonmark date-time date-time-local date duration email hostname html http-date"
        " idn-email idn-hostname ipv4 ipv6 iri-reference iri json-pointer media-range password regex"
        " relative-json-pointer sf-binary sf-string sf-token time time-local uri-reference uri-template uri uuid"
        " base64 unixtime".split(),
        _TEXT,
    ),
    **dict.fromkeys("int8 int16 int32 int64 uint8 uint16 uint32 uint64 sf-integer double-int bigint".split(), _WHOLE),
    **dict.fromkeys("float double decimal decimal128 sf-decimal".split(), _NUMBER),
    "unixtime": _WHOLE,
    "sf-boolean": ("boolean",),
}
_NUMERIC: Final = {"integer", "number"}


def declared(element: Element) -> Iterable[Problem]:
    """The shape says what its values are: by a type, a reference, a composition, an enumeration or a constant."""
    facts = element.facts
    if "type" in facts or element.uses or "enum" in facts or "const" in facts or "not" in facts:
        return ()
    if any(one.kind == "variant" for one in element.children):
        return ()
    implied = "object" if any(one.kind == "field" for one in element.children) else ""
    return (Problem({"value": element.name, "hint": f": it has properties, so it is an {implied}" if implied else ""}),)


def array_items(element: Element) -> Iterable[Problem]:
    """An array says what is in it (OAS 3.0.4 section 4.7.24: `items` must be there where the type is array)."""
    if element.facts.get("type") != ("array",) or element.uses:
        return ()
    if any(one.kind in ("items", "variant") for one in element.children):
        return ()
    return (Problem({"value": element.name}, at=f"{element.pointer}/type", key=False),)


def number_format(
    element: Element, *, integer: tuple[str, ...] = ("int32", "int64"), number: tuple[str, ...] = ("float", "double")
) -> Iterable[Problem]:
    """An integer or number states its format, one of those allowed."""
    types = element.facts.get("type")
    if types not in (("integer",), ("number",)):
        return ()
    written = element.facts.get("format")
    kind = "integer" if types == ("integer",) else "number"
    allowed = integer if kind == "integer" else number
    if written in allowed or "enum" in element.facts or "const" in element.facts:
        return ()
    problem = f"has the format '{written}'" if written else "has no format"
    at = f"{element.pointer}/{'format' if written else 'type'}"
    return (Problem({"type": kind, "problem": problem, "allowed": allowed}, at=at, key=False),)


def known_format(element: Element, *, also: tuple[str, ...] = (), strict: bool = False) -> Iterable[Problem]:
    """The `format` is spelled as the registry spells it and is about values of the stated type.

    Formats of one's own go into `also`; without `strict` only those that nearly are a registered one are found.
    """
    written = element.facts.get("format")
    if not isinstance(written, str) or written in also:
        return ()
    about = REGISTRY.get(written)
    if about is not None:
        return () if _about(about, element.facts.get("type")) else (_problem(element, written, _of(about)),)
    near = _near(written, strict=strict)
    if not near and not strict:
        return ()
    return (_problem(element, written, f"no tool knows it{near}"),)


def _about(about: tuple[str, ...], types: object) -> bool:
    if not isinstance(types, tuple) or not types:
        return True
    return any(one in about or (one == "integer" and "number" in about) for one in types)


def _of(about: tuple[str, ...]) -> str:
    return f"it is for values of the type {about[0]}, and says nothing of these"


@lru_cache(maxsize=256)
def _near(written: str, *, strict: bool) -> str:
    """A hint at the registered format that differs by case and marks alone, or, with `strict`, by little."""
    plain = _bare(written)
    known = next((one for one in REGISTRY if plain == _bare(one)), None)
    if known is not None:
        return f" (did you mean '{known}'?)"
    return did_you_mean(written[:50], frozenset(REGISTRY)) if strict else ""


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")


def _problem(element: Element, written: str, problem: str) -> Problem:
    return Problem({"value": written, "problem": problem}, at=f"{element.pointer}/format", key=False)


def one_type(element: Element) -> Iterable[Problem]:
    """At most one type beside null."""
    types = element.facts.get("type")
    if not isinstance(types, tuple) or len(types) < 2 or set(types) == _NUMERIC:
        return ()
    return (Problem({"value": types}, at=f"{element.pointer}/type", key=True),)


def not_nullable(element: Element, *, type: str) -> Iterable[Problem]:
    """A shape of the type cannot be null."""
    facts = element.facts
    if facts.get("nullable") is not True or facts.get("type") != (type,):
        return ()
    return (Problem({"value": element.name, "type": type}),)
