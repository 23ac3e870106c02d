"""What a schema says to people."""

from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

Documented = Literal["schema", "type", "element", "attribute", "local", "value"]
_CONSTRUCTS: Final[dict[object, Documented]] = {
    **dict.fromkeys(("complexType", "simpleType", "group", "attributeGroup"), "type"),
    "element": "element",
    "attribute": "attribute",
}
_SHOWN: Final = 5


def documented(
    element: Element,
    *,
    kinds: tuple[Documented, ...] = ("type", "element"),
    each: bool = False,
    share: float = 0.5,
    language: bool = False,
) -> Iterator[Problem]:
    """The schema, and its declarations of `kinds`, have documentation; with `language`, in a stated language.

    Kinds: `schema`, global `type`, `element` and `attribute`, `local` elements and attributes, and each `value` of an
    enumeration. Unless `each` one is asked for, it is enough when `share` of them have it: otherwise one problem says
    how many do not.
    """
    if "schema" in kinds and not _said(element):
        yield Problem({"problem": "the schema has no documentation"})
    declarations = [one for one in element.walk() if _kind(one) in kinds]
    silent = [one for one in declarations if not _said(one)]
    if each:
        yield from (Problem({"problem": f"'{one.name}' has no documentation"}, element=one) for one in silent)
        if "value" in kinds:
            yield from _values(element)
    elif len(declarations) - len(silent) < share * len(declarations):
        names = ", ".join(one.name for one in silent[:_SHOWN])
        told = f"{len(silent)} of {len(declarations)} declarations have no documentation ({names}"
        yield Problem({"problem": f"{told}{', …' if len(silent) > _SHOWN else ''})"})
    if language:
        yield from _languages(element)


def _kind(element: Element) -> Documented | None:
    if element.kind == "type":
        return _CONSTRUCTS.get(element.facts.get("construct"))
    reference = any(use.key.startswith(("element:", "attribute:")) for use in element.uses)
    return "local" if element.kind == "field" and not reference else None


def _said(element: Element) -> bool:
    return bool(str(element.facts.get("description") or "").strip())


def _values(schema: Element) -> Iterator[Problem]:
    for one in schema.walk():
        values, notes = one.facts.get("enum"), one.facts.get("valueDescriptions")
        if isinstance(values, tuple):
            written = notes if isinstance(notes, tuple) and len(notes) == len(values) else ("",) * len(values)
            silent = next((value for value, note in zip(values, written, strict=True) if not note), None)
            if silent is not None:
                yield Problem({"problem": f"the value '{silent}' of '{one.name}' has no documentation"}, element=one)


def _languages(schema: Element) -> Iterator[Problem]:
    for one in schema.walk():
        languages = one.facts.get("languages")
        if isinstance(languages, tuple) and not all(languages):
            name = one.name if one is not schema else "the schema"
            yield Problem(
                {"problem": f"the documentation of '{name}' does not say its language (xml:lang)"}, element=one
            )
