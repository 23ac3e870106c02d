"""Which of oasdiff's check ids a change of ours stands for: the table that the shared cases are scored with.

An id is a place (`request-body`, `request-property`, `request-parameter`, ...) and what happened there
(`max-length-decreased`). Both follow from the facts of a change; where oasdiff says less than we do, or cuts finer,
a change stands for several ids.
"""

from collections.abc import Iterator
from typing import Any, Final

from integrationlint.model.change import Change
from integrationlint.model.element import Element

BOUNDS: Final = {
    "maximum": "max",
    "exclusiveMaximum": "exclusive-max",
    "maxLength": "max-length",
    "maxItems": "max-items",
    "minimum": "min",
    "exclusiveMinimum": "exclusive-min",
    "minLength": "min-length",
    "minItems": "min-items",
    "minContains": "min-contains",
    "maxContains": "max-contains",
}
# What came or went where nothing was before or is afterwards.
PRESENT: Final = {
    "pattern": "pattern",
    "default": "default-value",
    "const": "const",
    "dependentRequired": "dependent-required",
    "discriminator": "discriminator",
    "unevaluatedProperties": "unevaluated-properties",
    "unevaluatedItems": "unevaluated-items",
}
# Parts of a schema, by composition or by construct.
PARTS: Final = {
    "allOf": "all-of",
    "anyOf": "any-of",
    "oneOf": "one-of",
    "if": "if",
    "then": "then",
    "else": "else",
    "propertyNames": "property-names",
    "dependentSchemas": "dependent-schema",
    "contentSchema": "content-schema",
    "patternProperties": "pattern-property",
    "prefixItems": "prefix-items",
    "contains": "contains",
    "unevaluatedItems": "unevaluated-items",
    "unevaluatedProperties": "unevaluated-properties",
}
SCHEMES: Final = {
    "type": "type-changed",
    "authorizationUrl": "oauth-url-changed",
    "tokenUrl": "oauth-token-url-changed",
}


def ids(change: Change, direction: str) -> frozenset[str]:
    """The ids that a change stands for, seen in one direction."""
    reader = _READERS.get(change.kind, _schema_ids)
    return frozenset(reader(change, direction))


def _places(element: Element, direction: str) -> Iterator[str]:
    """Where oasdiff may see a schema: a component is in whatever refers to it."""
    around = element if element.kind in ("parameter", "header") else element.above("parameter", "header")
    sides = ("request", "response") if direction in ("both", "none") else (direction,)
    for side in sides:
        if around is not None and around.kind == "header":
            yield "response-header"
        elif around is not None:
            yield from ("request-parameter", "request-parameter-property", "request-header-property")
        else:
            yield from (f"{side}-body", f"{side}-property", f"{side}-read-only-property", f"{side}-write-only-property")
            if element.above("operation") is None:
                yield from ("request-parameter", "request-parameter-property", "request-header-property")
                yield "response-header"


def _at(change: Change, direction: str, *endings: str) -> Iterator[str]:
    for place in _places(change.element, direction):
        for ending in endings:
            yield f"{place}-{ending}"


def _schema_ids(change: Change, direction: str) -> Iterator[str]:
    if not change.fact:
        yield from _part_ids(change, direction)
    elif change.fact in BOUNDS:
        yield from _at(change, direction, *(f"{BOUNDS[change.fact]}-{how}" for how in _moves(change)))
        if change.fact in _OTHER_FORM:  # of whole numbers both forms are one bound
            yield from _at(change, direction, *(f"{BOUNDS[_OTHER_FORM[change.fact]]}-{how}" for how in _moves(change)))
    elif change.fact in PRESENT:
        yield from _at(change, direction, f"{PRESENT[change.fact]}-{_presence(change)}", *_finer(change))
    elif change.fact in _FACTS:
        yield from _at(change, direction, *_FACTS[change.fact](change))
        yield from _extra(change, direction)
    yield from _listed(change, direction)
    yield from _composed(change, direction)


def _listed(change: Change, direction: str) -> Iterator[str]:
    """One value that became a list: what its items refuse is told of them, where oasdiff tells a type."""
    sides = change.before, change.after
    if [one.kind if one is not None else "" for one in sides] in (["schema", "items"], ["items", "schema"]):
        yield from _at(change, direction, "type-changed")


def _composed(change: Change, direction: str) -> Iterator[str]:
    """Parts of `allOf` are merged: what one of them adds is told, not the part."""
    for side in (change.before, change.after):
        one = side
        while one is not None and one.kind != "media":
            if one.facts.get("composition") == "allOf":
                how = "removed" if change.after is None else "added" if change.before is None else ""
                for ending in (how,) if how else ("added", "removed"):
                    yield from _at(change, direction, f"all-of-{ending}")
            one = one.parent


_OTHER_FORM: Final = {
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
}


def _moves(change: Change) -> Iterator[str]:
    old, new = change.old, change.new
    if old is None or new is None:
        yield "set" if old is None else "unset"
        if "Contains" in change.fact:  # absent is a number there: 1, or no end
            yield from ("increased", "decreased")
    else:
        yield "increased" if _number(new) > _number(old) else "decreased"


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _presence(change: Change) -> str:
    if change.fact in ("default", "const"):
        return "added" if change.old is None else "removed" if change.new is None else "changed"
    if not change.old:
        return "added"
    return "changed" if change.new else "removed"


def _finer(change: Change) -> Iterator[str]:
    if change.fact == "pattern" and (change.backward, change.forward) == (True, False):
        yield "pattern-generalized"
    if change.fact == "discriminator" and _presence(change) == "changed":
        yield from (f"discriminator-{what}" for what in ("property-name-changed", "mapping-added"))
        yield from (f"discriminator-mapping-{what}" for what in ("deleted", "changed"))


def _types(change: Change) -> Iterator[str]:
    yield from ("type-changed", "type-generalized", "type-specialized", "type-compatible")
    yield from ("list-of-types-widened", "list-of-types-narrowed")
    sides = change.before, change.after
    if [one is not None and "enum" in one.facts for one in sides] == [False, True]:
        yield "became-enum"  # of things of another type no more is told than that


def _nullable(change: Change) -> Iterator[str]:
    yield "became-nullable" if change.new else "became-not-nullable"


def _values(change: Change) -> Iterator[str]:
    before = {repr(one) for one in change.old} if isinstance(change.old, list) else None
    after = {repr(one) for one in change.new} if isinstance(change.new, list) else None
    if before is None:
        yield "became-enum"
    elif after is None:
        yield "enum-value-removed"
    else:
        if before - after:
            yield "enum-value-removed"
        if after - before:
            yield "enum-value-added"


def _extensible(change: Change) -> Iterator[str]:
    before, after = (
        {repr(one) for one in value} if isinstance(value, list) else set() for value in (change.old, change.new)
    )
    if before - after:
        yield "x-extensible-enum-value-removed"


def _required(change: Change) -> Iterator[str]:
    yield "became-required" if change.new else "became-optional"
    if change.new:
        yield "became-required-with-default"


def _content(change: Change) -> Iterator[str]:
    yield "content-media-type-changed" if change.fact == "contentMediaType" else "content-encoding-changed"


def _deprecated(change: Change) -> Iterator[str]:
    if not change.new:
        yield "reactivated"
        return
    yield from ("deprecated", "deprecated-with-sunset", "deprecated-sunset-missing", "sunset-date-too-small")
    yield from ("deprecated-sunset-invalid", "sunset-parse")


def _sunset(change: Change) -> Iterator[str]:
    yield from ("sunset-deleted",) if change.new is None else ("sunset-date-changed-too-small", "sunset-parse")


def _stability(change: Change) -> Iterator[str]:
    yield from ("stability-decreased", "stability-increased")


def _open(change: Change) -> Iterator[str]:
    if (change.facts or {}).get("keyword") == "unevaluatedProperties":
        yield from ("unevaluated-properties-added", "unevaluated-properties-removed")


def _wrapped(_change: Change) -> Iterator[str]:
    yield "wrapped-in-one-of"


def _flags(change: Change) -> Iterator[str]:
    return iter(())


_FACTS: Final = {
    "type": _types,
    "format": _types,
    "nullable": _nullable,
    "enum": _values,
    "extensibleEnum": _extensible,
    "required": _required,
    "contentMediaType": _content,
    "contentEncoding": _content,
    "deprecated": _deprecated,
    "sunset": _sunset,
    "stability": _stability,
    "readOnly": _flags,
    "writeOnly": _flags,
    "composition": _wrapped,
    "additionalProperties": _open,
}


def _extra(change: Change, direction: str) -> Iterator[str]:
    """Ids that are not put together like the others."""
    if change.fact == "stability":
        yield "api-invalid-stability-level"
    if change.fact in ("readOnly", "writeOnly"):
        flag = "read-only" if change.fact == "readOnly" else "write-only"
        for side in ("request", "response"):
            for need in ("required", "optional"):
                yield f"{side}-{need}-property-became-{'' if change.new else 'not-'}{flag}"
    if change.fact == "enum" and "enum-value-removed" in set(_values(change)):
        yield "response-mediatype-enum-value-removed"
    if change.fact == "composition":
        for one in ("one-of", "any-of"):
            yield from _at(change, direction, f"{one}-added", f"{one}-removed")


def _part_ids(change: Change, direction: str) -> Iterator[str]:
    """A field, branch, item or whole schema that came or went."""
    done, element = change.action, change.element
    name = str(element.facts.get("composition") or element.facts.get("construct") or "")
    if element.kind == "field":
        yield from _field_ids(change, direction)
    elif element.kind == "schema" and element.parent is not None and element.parent.kind == "media":
        yield f"{direction}-body-media-type-schema-{done}"
    elif name in PARTS:
        yield from _at(change, direction, f"{PARTS[name]}-{done}")
        if name in ("oneOf", "anyOf"):
            yield from _at(change, direction, "wrapped-in-one-of", "list-of-types-widened", "list-of-types-narrowed")
    elif element.kind == "type":
        yield "api-schema-removed"


def _field_ids(change: Change, direction: str) -> Iterator[str]:
    for side in ("request", "response") if direction in ("both", "none") else (direction,):
        if side == "request":
            if change.action == "removed":
                yield "request-property-removed"
            else:
                yield from ("new-required-request-property", "new-required-request-property-with-default")
                yield from ("new-optional-request-property", "new-required-request-header-property")
        yield from (
            f"{side}-{need}{flag}-property-{change.action}"
            for need in ("required", "optional")
            for flag in ("", "-write-only", "-read-only")
        )


def _operation_ids(change: Change, direction: str) -> Iterator[str]:
    webhook = change.element.parent is not None and change.element.parent.kind == "webhook"
    if change.action == "removed":
        yield from (f"api-{how}" for how in _REMOVED)
        yield from (f"api-path-{how}" for how in (*_REMOVED, "sunset-parse"))
        yield from ("api-deprecated-sunset-parse", "api-invalid-stability-level")
        yield from ("webhook-removed",) if webhook else ()
    elif change.action == "added":
        yield "webhook-added" if webhook else "endpoint-added"
    elif change.fact == "deprecated":
        yield from ("endpoint-deprecated", "endpoint-deprecated-with-sunset") if change.new else ()
        yield from () if change.new else ("endpoint-reactivated",)
        yield from ("api-deprecated-sunset-missing", "api-deprecated-sunset-parse", "api-sunset-date-too-small")
    elif change.fact == "id":
        yield from ("api-operation-id-added",) if change.new else ()
        yield from ("api-operation-id-removed",) if change.old else ()
    else:
        yield from _OF_OPERATIONS.get(change.fact, ())


_OF_OPERATIONS: Final = {
    "sunset": (
        *("sunset-deleted", "api-sunset-date-changed-too-small"),
        *("api-deprecated-sunset-parse", "api-sunset-date-too-small"),
    ),
    "stability": ("api-stability-decreased", "api-stability-increased", "api-invalid-stability-level"),
    "tags": ("api-tag-added", "api-tag-removed"),
    "security": tuple(
        f"{whole}-{what}"
        for whole in ("api-security", "api-global-security")
        for what in ("added", "removed", "scope-added", "scope-removed")
    ),
}
_REMOVED: Final = ("removed-without-deprecation", "removed-with-deprecation", "removed-before-sunset")


def _parameter_ids(change: Change, direction: str) -> Iterator[str]:
    if change.action == "removed":
        yield from ("request-parameter-removed", "request-parameter-removed-with-deprecation")
        yield from ("request-parameter-removed-before-sunset", "request-parameter-sunset-parse")
    elif change.action == "added":
        yield "new-request-path-parameter"
        for need in ("required", "optional"):
            yield from (f"new-{need}-request-parameter", f"new-{need}-request-default-parameter-to-existing-path")
    else:
        yield from _schema_ids(change, direction)


def _body_ids(change: Change, _direction: str) -> Iterator[str]:
    if change.fact == "required":
        yield "request-body-became-required" if change.new else "request-body-became-optional"
    elif change.action == "added":
        yield from ("request-body-added-required", "request-body-added-optional")
    else:
        yield "request-body-removed"


def _response_ids(change: Change, _direction: str) -> Iterator[str]:
    yield from (f"response-success-status-{change.action}", f"response-non-success-status-{change.action}")


def _media_ids(change: Change, direction: str) -> Iterator[str]:
    yield f"request-body-media-type-{change.action}"
    yield f"response-media-type-{change.action}"
    yield from (f"response-media-type-name-{how}" for how in ("changed", "generalized", "specialized"))


def _header_ids(change: Change, direction: str) -> Iterator[str]:
    if change.action == "removed":
        yield from ("required-response-header-removed", "optional-response-header-removed")
    elif change.action == "added":
        yield "response-header-added"
    else:
        yield from _schema_ids(change, direction)


def _scheme_ids(change: Change, _direction: str) -> Iterator[str]:
    if not change.fact:
        yield f"api-security-component-{change.action}"
    elif change.fact in SCHEMES:
        yield f"api-security-component-{SCHEMES[change.fact]}"
    elif change.fact == "scopes":
        yield from (f"api-security-component-oauth-scope-{how}" for how in ("added", "removed", "changed"))


def _api_ids(change: Change, direction: str) -> Iterator[str]:
    if change.fact == "version":
        yield from ("api-version-not-bumped", "api-version-decreased", "api-major-version-not-bumped")


_READERS: Final = {
    "operation": _operation_ids,
    "parameter": _parameter_ids,
    "request": _body_ids,
    "response": _response_ids,
    "media": _media_ids,
    "header": _header_ids,
    "security-scheme": _scheme_ids,
    "api": _api_ids,
}
