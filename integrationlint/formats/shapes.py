"""Schema objects to shape elements: JSON Schema (draft 4 to 2020-12) and the dialects of OpenAPI."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from integrationlint.formats.references import reference_key
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use
from integrationlint.model.location import child

PLAIN: Final = frozenset(
    "title summary description deprecated format enum const default example examples multipleOf minLength maxLength"
    " pattern minItems maxItems uniqueItems minContains maxContains minProperties maxProperties readOnly writeOnly"
    " contentEncoding contentMediaType discriminator xml".split()
)
_COMPOSITIONS: Final = ("allOf", "oneOf", "anyOf")
_LISTED_ITEMS: Final = ("prefixItems",)
_SINGLE_ITEMS: Final = {
    "items": "",
    "additionalItems": "additional",
    "contains": "contains",
    "unevaluatedItems": "unevaluated",
}
_CONDITIONS: Final = ("not", "if", "then", "else", "propertyNames", "contentSchema")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How schemas are read in one document: whether keywords beside `$ref` count (3.1 and later).

    `keys` remembers the keys of references, `waiting` the elements whose keywords are still to be read, each with its
    node and pointer: schemas nest deeper than functions may call themselves.
    """

    document: Document
    siblings: bool = True
    keys: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[Element, dict[str, Any], str]] = field(default_factory=list)

    def key(self, reference: str) -> str:
        """The use key of a reference written in this document."""
        found = self.keys.get(reference)
        if found is None:
            found = self.keys[reference] = reference_key(self.document.path, reference)
        return found


def add_shape(
    dialect: Dialect,
    parent: Element | None,
    kind: str,
    name: str,
    node: Any,
    pointer: str,
    *,
    keys: tuple[str, ...] = (),
) -> Element:
    """Make the element of one schema object and of everything below it; the schema `false` has the fact `not`."""
    top = _place(dialect, parent, kind, name, node, pointer, facts={})
    top.keys = (*keys, *top.keys)
    while dialect.waiting:
        _describe(dialect, *dialect.waiting.pop())
    return top


def _place(
    dialect: Dialect,
    parent: Element | None,
    kind: str,
    name: str,
    node: Any,
    pointer: str,
    *,
    facts: dict[str, object],
) -> Element:
    """The element of a schema object in its place; its keywords are read later. `facts` are those of the place."""
    element = Element(kind, name, dialect.document, pointer, parent=parent)
    element.facts = facts
    if not isinstance(node, dict):
        if node is False:
            facts["not"] = True
        return element
    reference = node.get("$ref")
    if isinstance(reference, str):
        role = "extends" if facts.get("composition") == "allOf" else "contains"
        element.uses.append(Use(role, dialect.key(reference), pointer=f"{pointer}/$ref", expects="schema"))
        if not dialect.siblings:
            return element
    dialect.waiting.append((element, node, pointer))
    return element


def _describe(dialect: Dialect, element: Element, node: dict[str, Any], pointer: str) -> None:
    """Fill facts and children from a schema object's keywords."""
    known = element.facts
    for key, value in node.items():
        if key in PLAIN:
            known[key] = value
        else:
            read = _READERS.get(key)
            if read is not None:
                read(dialect, element, node, value, pointer)
            elif key.startswith("x-"):
                extensions = known.setdefault("extensions", {})
                if isinstance(extensions, dict):
                    extensions[key] = value


_Reader = Callable[[Dialect, Element, dict[str, Any], Any, str], None]


def _type(_dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, _pointer: str) -> None:
    if isinstance(value, str):
        element.facts["type"] = (value,)
    elif isinstance(value, list):
        names = tuple(name for name in value if isinstance(name, str))
        element.facts["type"] = tuple(name for name in names if name != "null")
        if "null" in names:
            element.facts["nullable"] = True


def _nullable(_dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, _pointer: str) -> None:
    if value is True:
        element.facts["nullable"] = True


def _bound(name: str, exclusive: str) -> _Reader:
    def read(_dialect: Dialect, element: Element, node: dict[str, Any], value: Any, _pointer: str) -> None:
        # Draft 4 says `exclusiveMinimum: true` beside `minimum`; later drafts give the number itself.
        element.facts[exclusive if node.get(exclusive) is True else name] = value

    return read


def _exclusive(name: str) -> _Reader:
    def read(_dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, _pointer: str) -> None:
        if not isinstance(value, bool):
            element.facts[name] = value

    return read


def _required(_dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, _pointer: str) -> None:
    if isinstance(value, list):
        element.facts["requires"] = tuple(name for name in value if isinstance(name, str))


def _properties(dialect: Dialect, element: Element, node: dict[str, Any], value: Any, pointer: str) -> None:
    if not isinstance(value, dict):
        return
    required = node.get("required")
    names = frozenset(name for name in required if isinstance(name, str)) if isinstance(required, list) else frozenset()
    below = f"{pointer}/properties"
    for name, schema in value.items():
        _place(dialect, element, "field", name, schema, child(below, name), facts={"required": name in names})


def _pattern_properties(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, pointer: str) -> None:
    if isinstance(value, dict):
        below = f"{pointer}/patternProperties"
        for name, schema in value.items():
            _place(
                dialect, element, "items", name, schema, child(below, name), facts={"construct": "patternProperties"}
            )


def _additional(name: str) -> _Reader:
    def read(dialect: Dialect, element: Element, node: dict[str, Any], value: Any, pointer: str) -> None:
        known = element.facts.get("additionalProperties")
        element.facts["additionalProperties"] = known is not False and (
            "schema" if known == "schema" or not isinstance(value, bool) else value
        )
        if name == "unevaluatedProperties" and "additionalProperties" not in node:
            element.facts[name] = True
        if isinstance(value, dict):
            _place(dialect, element, "items", "*", value, f"{pointer}/{name}", facts={"construct": name})

    return read


def _items(name: str, label: str) -> _Reader:
    def read(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, pointer: str) -> None:
        below = f"{pointer}/{name}"
        if isinstance(value, list):
            for index, schema in enumerate(value):
                _place(
                    dialect, element, "items", f"{label}{index}", schema, f"{below}/{index}", facts={"construct": name}
                )
        else:
            _place(dialect, element, "items", label, value, below, facts={"construct": name})

    return read


def _composition(name: str) -> _Reader:
    def read(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, pointer: str) -> None:
        if not isinstance(value, list):
            return
        for index, schema in enumerate(value):
            label = _branch_name(schema, index)
            _place(dialect, element, "variant", label, schema, f"{pointer}/{name}/{index}", facts={"composition": name})

    return read


def _branch_name(schema: Any, index: int) -> str:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) and reference else str(index)


def _condition(name: str) -> _Reader:
    def read(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, pointer: str) -> None:
        _place(dialect, element, "variant", name, value, f"{pointer}/{name}", facts={"composition": name})

    return read


def _dependents(name: str) -> _Reader:
    """What must be there or hold once a member is there: names, a schema, or, up to draft 7, either of them."""

    def read(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, pointer: str) -> None:
        needed: dict[str, tuple[str, ...]] = {}
        for key, schema in value.items() if isinstance(value, dict) else ():
            if isinstance(schema, list) and name != "dependentSchemas":
                needed[key] = tuple(one for one in schema if isinstance(one, str))
            elif isinstance(schema, dict | bool) and name != "dependentRequired":
                place = child(f"{pointer}/{name}", key)
                _place(dialect, element, "variant", key, schema, place, facts={"composition": "dependentSchemas"})
        if needed:
            element.facts["dependentRequired"] = needed

    return read


def _definitions(name: str) -> _Reader:
    def read(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, pointer: str) -> None:
        if isinstance(value, dict):
            for key, schema in value.items():
                _place(dialect, element, "type", key, schema, child(f"{pointer}/{name}", key), facts={})

    return read


def _anchor(_dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, _pointer: str) -> None:
    if isinstance(value, str):
        element.keys = (*element.keys, f"anchor:{element.document.path}#{value}")


def _identifier(dialect: Dialect, element: Element, _node: dict[str, Any], value: Any, _pointer: str) -> None:
    # The key that a reference with this text has; up to draft 7 `#name` is an anchor.
    if isinstance(value, str):
        element.keys = (*element.keys, dialect.key(value))


_READERS: Final[dict[str, _Reader]] = {
    "type": _type,
    "nullable": _nullable,
    "x-nullable": _nullable,
    "minimum": _bound("minimum", "exclusiveMinimum"),
    "maximum": _bound("maximum", "exclusiveMaximum"),
    "exclusiveMinimum": _exclusive("exclusiveMinimum"),
    "exclusiveMaximum": _exclusive("exclusiveMaximum"),
    "required": _required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional("additionalProperties"),
    "unevaluatedProperties": _additional("unevaluatedProperties"),
    **{name: _dependents(name) for name in ("dependentSchemas", "dependentRequired", "dependencies")},
    "$defs": _definitions("$defs"),
    "definitions": _definitions("definitions"),
    "$anchor": _anchor,
    "$dynamicAnchor": _anchor,
    "$id": _identifier,
    **{name: _items(name, "") for name in _LISTED_ITEMS},
    **{name: _items(name, label) for name, label in _SINGLE_ITEMS.items()},
    **{name: _composition(name) for name in _COMPOSITIONS},
    **{name: _condition(name) for name in _CONDITIONS},
}
