"""Why a schema cannot be used: by its metaschema, and by what Ajv refuses when it compiles one."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.json_schema_assertions import twins
from integrationlint.dialects.json_schema_patterns import javascript
from integrationlint.dialects.json_schema_run import SchemaProblem
from integrationlint.dialects.json_schema_walk import GROUPS, types_of

_TYPES: Final = frozenset(("string", "number", "integer", "boolean", "null", "object", "array"))
_MAPS: Final = ("properties", "patternProperties", "dependentSchemas", "dependencies")
_STORES: Final = ("definitions", "$defs")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_ONES: Final = ("not", "if", "then", "else", "propertyNames", "additionalProperties", "additionalItems", "contains")
_LATER: Final = ("unevaluatedProperties", "unevaluatedItems")
Test = Callable[[Any], bool]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == value // 1


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value)) and len(set(value)) == len(value)


def _is_types(value: Any) -> bool:
    return value in _TYPES if isinstance(value, str) else bool(value) and _is_names(value) and _TYPES.issuperset(value)


def _is_schema(value: Any) -> bool:
    return isinstance(value, dict | bool)


def _is_schemas(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_schema, value))


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


# What the value of a keyword is like where a metaschema surely has nothing against it.
_PLAIN: Final[Mapping[str, Test]] = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _is_number),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), _is_count),
    **dict.fromkeys(("maxProperties", "minProperties", "maxContains", "minContains"), _is_count),
    **dict.fromkeys(("pattern", "format", "title", "description", "$comment", "$ref", "contentMediaType"), _is_text),
    **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), _is_flag),
    "required": _is_names,
    "type": _is_types,
    "enum": lambda value: isinstance(value, list) and bool(value),
    "examples": lambda value: isinstance(value, list),
    **dict.fromkeys(_LISTS, _is_schemas),
    **dict.fromkeys((*_ONES, *_LATER), _is_schema),
    "items": lambda value: _is_schema(value) or _is_schemas(value),
    **dict.fromkeys(
        ("properties", "patternProperties", *_STORES),
        lambda value: _is_map(value) and all(map(_is_schema, value.values())),
    ),
    **dict.fromkeys(("$id", "$schema", "$anchor"), _is_text),
}
# What is looked at more closely wherever it is.
_SPECIAL: Final = frozenset(
    ("nullable", "dependencies", "dependentSchemas", "dependentRequired", "errorMessage", "id", "$id")
)
_OLD: Final = frozenset(("exclusiveMinimum", "exclusiveMaximum"))
_NO_REFERENCES: Final[frozenset[str]] = frozenset()


def soundness(dialect: str) -> Callable[[Mapping[str, Any]], frozenset[str] | None]:
    """A test of one schema without those in it: what it refers to if it is surely sound, None if it may not be."""
    old, later = dialect == "draft4", dialect.startswith("draft20")

    def sound(schema: Mapping[str, Any]) -> frozenset[str] | None:
        for keyword, value in schema.items():
            if keyword in _SPECIAL and not (keyword == "nullable" and _is_flag(value) and "type" in schema):
                return None
            if old and keyword in _OLD:
                if not (_is_flag(value) and keyword.replace("exclusiveM", "m") in schema):
                    return None
                continue
            test = _PLAIN.get(keyword)
            if test is not None and not test(value):
                return None
        if schema.get("nullable") is False and "null" in types_of({"type": schema["type"]}):
            return None
        if old and (schema.get("required") == [] or _has_flags(schema)):
            return None
        if isinstance(schema.get("items"), list) if later else twins(schema.get("enum", [])) is not None:
            return None
        return _with_patterns(schema)

    return sound


def _has_flags(schema: Mapping[str, Any]) -> bool:
    """Whether true or false stands for a schema; draft 4 has that for what is additional alone."""
    if not any(isinstance(one, bool) for one in inner(schema)):
        return False
    strict = {key: one for key, one in schema.items() if key not in ("additionalProperties", "additionalItems")}
    return any(isinstance(one, bool) for one in inner(strict))


def _with_patterns(schema: Mapping[str, Any]) -> frozenset[str] | None:
    try:
        if "pattern" in schema:
            javascript(schema["pattern"])
        for pattern in schema.get("patternProperties") or ():
            javascript(pattern)
    except PatternError:
        return None
    return frozenset((schema["$ref"],)) if "$ref" in schema else _NO_REFERENCES


def inner(schema: Mapping[str, Any]) -> Iterator[Any]:
    """The schemas in a schema, those that are only kept for reference too."""
    for keyword in (*_MAPS, *_STORES):
        held = schema.get(keyword)
        if isinstance(held, dict):
            yield from held.values()
    for keyword in _LISTS:
        held = schema.get(keyword)
        if isinstance(held, list):
            yield from held
    for keyword in (*_ONES, *_LATER):
        if keyword in schema:
            yield schema[keyword]
    items = schema.get("items")
    if isinstance(items, list):
        yield from items
    elif items is not None:
        yield items


def compiled(schema: Mapping[str, Any], dialect: str) -> Iterator[Any]:
    """The schemas in a schema that Ajv compiles, in its order: not those that can make no difference."""
    if "$ref" in schema and len(_rules(schema, dialect)) == 1:
        return
    for group in GROUPS[dialect]:
        for keyword in group.keywords:
            if keyword in schema and not _is_idle(keyword, schema, dialect):
                yield from _held(keyword, schema)


def _held(keyword: str, schema: Mapping[str, Any]) -> Iterator[Any]:
    held = schema[keyword]
    if keyword == "if":
        yield from (schema[one] for one in ("if", "then", "else") if one in schema)
    elif keyword in _MAPS:
        yield from (one for one in held.values() if not isinstance(one, list))
    elif keyword in (*_LISTS, "items") and isinstance(held, list):
        yield from held
    elif keyword in (*_ONES, *_LATER, "items"):
        yield held


def _is_idle(keyword: str, schema: Mapping[str, Any], dialect: str) -> bool:
    later = dialect.startswith("draft20")
    if keyword == "anyOf":
        return not later and any(
            one is True or (one is not False and not _rules(one, dialect)) for one in schema[keyword]
        )
    if keyword == "if":
        return "then" not in schema and "else" not in schema
    if keyword == "contains" and later:
        least, most = schema.get("minContains", 1), schema.get("maxContains")
        return bool(least == 0 if most is None else least > most)
    return keyword == "additionalItems" and not isinstance(schema.get("items"), list)


def _rules(schema: Mapping[str, Any], dialect: str) -> list[str]:
    """The keywords of a schema that Ajv has rules for."""
    known = _known(dialect)
    return [one for one in schema if one in known]


@cache
def _known(dialect: str) -> frozenset[str]:
    used = {keyword for group in GROUPS[dialect] for keyword in group.keywords}
    used |= {"type", "nullable", "then", "else", *_OLD}
    if dialect != "draft4":
        used.add("id")
    if dialect.startswith("draft20"):
        used |= {"minContains", "maxContains", "$dynamicAnchor", "$recursiveAnchor"}
    return frozenset(used)


def refused(schema: Mapping[str, Any], dialect: str) -> str:
    """What Ajv says when it cannot compile a schema, those in it left aside; empty where it can."""
    try:
        types_of(schema)
        for pattern in (schema.get("pattern"), *(schema.get("patternProperties") or ())):
            if isinstance(pattern, str):
                javascript(pattern)
    except (SchemaProblem, PatternError) as error:
        return str(error)
    if "id" in schema and dialect != "draft4":
        return 'NOT SUPPORTED: keyword "id", use "$id" for schema ID'
    if not isinstance(schema.get("$ref", ""), str):
        return '$ref value must be ["string"]'
    if "nullable" in schema and not _is_flag(schema["nullable"]):
        return 'nullable value must be ["boolean"]'
    if schema.get("enum") == []:
        return "enum must have non-empty array"
    for one in sorted(_OLD & schema.keys()) if dialect == "draft4" else ():
        if one.replace("exclusiveM", "m") not in schema:
            return f"{one} can only be used with {one.replace('exclusiveM', 'm')}"
    return ""
