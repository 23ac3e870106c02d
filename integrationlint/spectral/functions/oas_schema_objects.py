"""Schema Objects from OpenAPI 3.1 on, as one schema: JSON Schema 2020-12 with what OpenAPI adds, no dynamic references.

The keywords and what they ask are those of the vocabularies of json-schema.org/draft/2020-12 and of
spec.openapis.org/oas/3.1/meta/base and spec.openapis.org/oas/3.2/meta.
"""

from typing import Any, Final

Schema = dict[str, Any]

_TEXT: Final = {"type": "string"}
_BOOLEAN: Final = {"type": "boolean"}
_NUMBER: Final = {"type": "number"}
_STRINGS: Final = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
_COUNT: Final = {"type": "integer", "minimum": 0}
_SIMPLE_TYPES: Final = {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}
_TYPE_LIST: Final = {"type": "array", "items": _SIMPLE_TYPES, "minItems": 1, "uniqueItems": True}
_URI: Final = {"type": "string", "format": "uri"}
_REFERENCE: Final = {"type": "string", "format": "uri-reference"}
_ANCHOR: Final = {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"}

_ONE: Final = (
    "additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems"
    " unevaluatedProperties"
).split()
_LISTS: Final = "allOf anyOf oneOf prefixItems".split()
_MAPS: Final = "$defs definitions dependentSchemas patternProperties properties".split()
_PLAIN: Final[dict[str, Schema]] = {
    "$id": {"type": "string", "pattern": "^[^#]*#?$"},
    **dict.fromkeys(("$schema", "$ref", "$dynamicRef", "$recursiveRef"), _TEXT),
    **dict.fromkeys(("$anchor", "$dynamicAnchor", "$recursiveAnchor"), _ANCHOR),
    "$vocabulary": {"type": "object", "additionalProperties": {"type": "boolean"}},
    **dict.fromkeys("$comment contentEncoding contentMediaType description format title".split(), _TEXT),
    **dict.fromkeys("deprecated readOnly uniqueItems writeOnly".split(), _BOOLEAN),
    **dict.fromkeys("exclusiveMaximum exclusiveMinimum maximum minimum".split(), _NUMBER),
    **dict.fromkeys("maxContains maxItems maxLength maxProperties".split(), _COUNT),
    **dict.fromkeys("minContains minItems minLength minProperties".split(), _COUNT),
    "enum": {"type": "array"},
    "examples": {"type": "array"},
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
    "pattern": {"type": "string", "format": "regex"},
    "required": _STRINGS,
    "dependentRequired": {"type": "object", "additionalProperties": _STRINGS},
}


def schema_objects(version: str) -> dict[str, Schema]:
    """Definitions for `$defs`, that of a Schema Object under `schema`, for version 3.1 or 3.2.

    In 3.1 Spectral asks what OpenAPI adds of outer schemas only, and words the alternatives of `type`. What is an
    address in JSON Schema may be any text.
    """
    if version == "3.1":
        inner = _object(_keywords("inner-schema") | {"type": _worded_type()})
        outer = {"then": {"allOf": [{"$ref": "#/$defs/inner-schema"}, {"properties": _additions(version)}]}}
        return {"schema": inner | outer, "inner-schema": inner} | _added(version)
    loose = {"type": {"anyOf": [_SIMPLE_TYPES, _TYPE_LIST]}, "pattern": {"type": "string"}}
    properties = _keywords("schema") | loose | _additions(version)
    return {"schema": {"type": ["object", "boolean"], "properties": properties}} | _added(version)


def _object(properties: dict[str, Schema]) -> Schema:
    wrong = {"not": True, "errorMessage": '"{{property}}" property must be a valid Schema Object'}
    boolean = {"if": {"type": "boolean"}, "then": True, "else": wrong}
    return {"if": {"type": "object"}, "then": {"properties": properties}, "else": boolean}


def _keywords(name: str) -> dict[str, Schema]:
    schema = {"$ref": f"#/$defs/{name}"}
    return {
        **_PLAIN,
        **dict.fromkeys(_ONE, schema),
        **{key: {"type": "array", "minItems": 1, "items": schema} for key in _LISTS},
        **{key: {"type": "object", "additionalProperties": schema} for key in _MAPS},
        "dependencies": {"type": "object", "additionalProperties": {"anyOf": [schema, _STRINGS]}},
    }


def _worded_type() -> Schema:
    message = '"type" property must be either a string or an array of strings'
    wrong = {"not": True, "errorMessage": message}
    listed = {"if": {"type": "array"}, "then": _TYPE_LIST, "else": wrong}
    return {"if": {"type": "string"}, "then": _SIMPLE_TYPES, "else": listed}


def _additions(version: str) -> dict[str, Schema]:
    names = {"discriminator": "schema-discriminator", "externalDocs": "schema-documentation", "xml": "schema-xml"}
    extra: dict[str, Schema] = {} if version == "3.1" else {"example": {}}
    return extra | {key: {"$ref": f"#/$defs/{name}"} for key, name in names.items()}


def _added(version: str) -> dict[str, Schema]:
    text, old = _TEXT, version == "3.1"
    discriminator: dict[str, Schema] = {
        "propertyName": text,
        "mapping": {"type": "object", "additionalProperties": text},
    }
    xml: dict[str, Schema] = {
        **dict.fromkeys(("name", "prefix"), text),
        "namespace": _URI if old else text,
        **dict.fromkeys(("attribute", "wrapped"), _BOOLEAN),
    }
    kinds: Schema = {"type": "string", "enum": ["element", "attribute", "text", "cdata", "none"]}
    alone = {"nodeType": {"properties": {"attribute": False, "wrapped": False}}}
    return {
        "schema-discriminator": _closed(discriminator if old else discriminator | {"defaultMapping": text})
        | ({"required": ["propertyName"]} if old else {}),
        "schema-documentation": _closed({"url": _REFERENCE, "description": text}) | {"required": ["url"]},
        "schema-xml": _closed(xml) if old else _closed(xml | {"nodeType": kinds}) | {"dependentSchemas": alone},
    }


def _closed(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x-": True},
        "unevaluatedProperties": False,
    }
