"""The metaschemas of OpenAPI as Spectral reads them: where there are alternatives, it asks which is meant.

An `oneOf` that fails says nothing about what is wrong with the alternative that was meant. So a value with `$ref` is
taken for a reference, a parameter for what its `in` says, a security scheme for what its `type` says; and a failure
that no keyword can word has an `errorMessage` beside it.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from integrationlint.dialects.metaschemas import metaschema
from integrationlint.spectral.functions.oas_schema_objects import schema_objects

Schema = dict[str, Any]

_REFERENCES: Final = ("#/definitions/Reference", "#/definitions/jsonReference")
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NO_CONTENT: Final = '"schema" or "content" must be present'
_BOTH: Final = "Schema and content are mutually exclusive, at least one is required"
_EMPTY: Final = 'The document must have either "paths", "webhooks" or "components"'
_WITH_FULL_ADDRESSES: Final = frozenset(("info", "contact", "license", "external-documentation"))
_QUERY_STYLES: Final = ["form", "spaceDelimited", "pipeDelimited", "deepObject"]


@cache
def as_read(version: str) -> Schema:
    """The metaschema of an OpenAPI version (2.0 to 3.2), in draft 2020-12. It is shared, and must not be changed."""
    schema: Schema = metaschema(version)
    schema.pop("id", None)
    schema.pop("$id", None)
    schema["$schema"] = _DIALECT
    return _READERS[version](schema)


def _read_2_0(schema: Schema) -> Schema:
    definitions = schema["definitions"]
    for node in _nodes(schema):
        _prefer_references(node)
    for name, definition in definitions.items():
        for node in _nodes(definition) if not name.endswith(("header", "Parameter", "SubSchema")) else ():
            _drop_type_of_enum(node)
    for name in ("Implicit", "Password", "Application", "AccessCode"):
        definitions[f"oauth2{name}Security"]["required"].append("scopes")
    for name in ("Application", "AccessCode"):
        _constant(definitions[f"oauth2{name}Security"]["properties"])
    definitions["securityDefinitions"]["errorMessage"] = {
        "_": "Invalid security securityDefinitions",
        "properties": {name: f"Invalid {name} authentication security definition" for name in ("apiKey", "basic")}
        | {"oauth2": "Invalid oauth2 authentication security definition"},
    }
    properties = definitions["schema"]["properties"]
    properties["additionalProperties"] = _schema_or_boolean("#/definitions/schema", "schema")
    for name in ("anyOf", "oneOf"):
        properties[name] = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/schema"}}
    definitions["multipleOf"] = {"type": "number", "exclusiveMinimum": 0}
    for node in _nodes(schema):
        if str(node.get("$ref", "")).startswith("http://json-schema.org/draft-04/"):
            node.update(_DRAFT_4[str(node.pop("$ref")).rpartition("/")[2]])
    return schema


def _read_3_0(schema: Schema) -> Schema:
    for node in _nodes(schema):
        _prefer_references(node)
        _drop_type_of_enum(node)
    for node in list(_nodes(schema)):
        _constant(node)
    definitions = schema["definitions"]
    schema_of = definitions["Schema"]["properties"]
    schema_of["multipleOf"] = {"type": "number", "exclusiveMinimum": 0}
    schema_of["additionalProperties"] = _reference_or(_schema_or_boolean("#/definitions/Schema", "Schema Object"))
    definitions["Encoding"].pop("patternProperties", None)
    definitions["Encoding"]["properties"]["headers"]["additionalProperties"] = {"$ref": "#/definitions/Header"}
    definitions["Parameter"]["required"] = ["name"]
    definitions["ParameterLocation"] = _parameter_location()
    definitions["SchemaXORContent"] = _schema_or_content(definitions["SchemaXORContent"])
    definitions["SecurityScheme"] = _security_scheme()
    return schema


def _read_3_1(schema: Schema) -> Schema:
    definitions = schema["$defs"]
    for name in definitions.keys() - _WITH_FULL_ADDRESSES:
        for node in _nodes(definitions[name]):
            if node.get("format") == "uri":
                node["format"] = "uri-reference"
    definitions["server"]["properties"]["url"].pop("format", None)
    definitions["reference"].pop("unevaluatedProperties", None)
    definitions["paths"]["patternProperties"]["^/"] = {"$ref": "#/$defs/path-item"}
    for node in _nodes(definitions["parameter"]):
        if isinstance(node.get("name"), dict) and "pattern" in node["name"]:
            node.pop("name")
    return _with_schema_objects(schema, "3.1")


def _read_3_2(schema: Schema) -> Schema:
    return _with_schema_objects(schema, "3.2")


def _with_schema_objects(schema: Schema, version: str) -> Schema:
    for node in _nodes(schema):
        if node.pop("$dynamicRef", None):
            node["$ref"] = "#/$defs/schema"
    schema["$defs"] |= schema_objects(version)
    schema["errorMessage"] = {"anyOf": _EMPTY}
    for branch in schema["anyOf"]:
        branch["errorMessage"] = _EMPTY
    return schema


def _nodes(schema: Schema) -> Iterator[Schema]:
    waiting: list[Any] = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
        waiting.extend(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())


def _case(name: str, value: str, then: Schema, otherwise: Schema) -> Schema:
    asked = {"type": "object", "required": [name], "properties": {name: {"const": value}}}
    return {"if": asked, "then": then, "else": otherwise}


def _reference_or(otherwise: Schema, reference: str = _REFERENCES[0]) -> Schema:
    return {"if": {"type": "object", "required": ["$ref"]}, "then": {"$ref": reference}, "else": otherwise}


def _prefer_references(node: Schema) -> None:
    # "One of a parameter and a reference" becomes "a reference where there is a $ref, else a parameter".
    branches = node.get("oneOf")
    if isinstance(branches, list) and len(branches) == 2:
        references = [one for one in branches if one.get("$ref") in _REFERENCES]
        if references:
            other = next(one for one in branches if one is not references[0])
            node.pop("oneOf")
            node.update(_reference_or(other, references[0]["$ref"]))


def _drop_type_of_enum(node: Schema) -> None:
    # The type follows from the values; a wrong value is one mistake, not two.
    if isinstance(node.get("enum"), list) and node.get("type") == "string":
        node.pop("type")


def _constant(node: Schema) -> None:
    for one in node.values():
        if isinstance(one, dict) and isinstance(one.get("enum"), list) and len(one["enum"]) == 1:
            one["const"] = one.pop("enum")[0]


def _schema_or_boolean(reference: str, what: str) -> Schema:
    wrong = {"not": True, "errorMessage": f'"additionalProperties" property must be a valid {what}'}
    boolean = {"if": {"type": "boolean"}, "then": True, "else": wrong}
    return {"if": {"type": "object"}, "then": {"$ref": reference}, "else": boolean}


def _parameter_location() -> Schema:
    places: dict[str, Schema] = {
        "cookie": {"properties": {"style": {"const": "form"}}},
        "header": {"properties": {"style": {"const": "simple"}}},
        "query": {"properties": {"style": {"enum": _QUERY_STYLES}}},
        "path": {
            "required": ["required"],
            "properties": {"required": {"const": True}, "style": {"enum": ["matrix", "label", "simple"]}},
        },
    }
    result: Schema = {
        "type": "object",
        "required": ["in"],
        "properties": {"in": {"enum": ["path", "query", "header", "cookie"]}},
        "errorMessage": {"required": 'Parameter must have a valid "in" property'},
    }
    for place, asked in places.items():
        result = _case("in", place, asked, result)
    return {"type": "object", **result}


def _schema_or_content(official: Schema) -> Schema:
    some = official["oneOf"][1]["allOf"]
    neither = {"not": True, "errorMessage": {"not": _NO_CONTENT}}
    content = {"if": {"type": "object", "required": ["content"]}, "then": {"allOf": some}, "else": neither}
    schema = {"if": {"type": "object", "required": ["schema"]}, "then": True, "else": content}
    return {"not": official["not"], "errorMessage": {"not": _BOTH}, **schema}


def _security_scheme() -> Schema:
    # Spectral asks nothing of a scheme of type http beside its type.
    types = {"openIdConnect": "OpenIdConnect", "oauth2": "OAuth2", "apiKey": "APIKey"}
    result: Schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": ["apiKey", "http", "oauth2", "openIdConnect"]}},
        "errorMessage": {"type": "Invalid security scheme", "required": "Security scheme must have a valid type"},
    }
    for name, definition in types.items():
        result = _case("type", name, {"$ref": f"#/definitions/{definition}SecurityScheme"}, result)
    return result


_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "number"}
_BOOLEAN: Final = {"type": "boolean"}
_POSITIVE: Final = {"type": "integer", "minimum": 0}
_TYPES: Final = {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}
# The parts of the metaschema of draft 4 (json-schema.org/draft-04/schema) that the one of OpenAPI 2.0 refers to.
_DRAFT_4: Final[dict[str, Schema]] = {
    **dict.fromkeys(("title", "description"), _TEXT),
    "default": {},
    **dict.fromkeys(("maximum", "minimum"), _NUMBER),
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum", "uniqueItems"), _BOOLEAN),
    **dict.fromkeys(("positiveInteger", "positiveIntegerDefault0"), _POSITIVE),
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
    "pattern": {"type": "string", "format": "regex"},
    "stringArray": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
    "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
    "type": {"anyOf": [_TYPES, {"type": "array", "items": _TYPES, "minItems": 1, "uniqueItems": True}]},
}
_READERS: Final = {"2.0": _read_2_0, "3.0": _read_3_0, "3.1": _read_3_1, "3.2": _read_3_2}
