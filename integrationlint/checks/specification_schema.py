"""The metaschemas of OpenAPI, mended where they say something else than the specification that they stand for."""

from typing import Any, Final

from integrationlint.dialects.metaschemas import metaschema

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
# OAS 3.1.1 section 4.8.24: the dialect of Schema Objects that name no other.
_DIALECTS: Final = (
    _DRAFT,
    f"{_DRAFT}#",
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
)
_NAMES: Final = "^[a-zA-Z0-9._-]+$"
_URI: Final = {"type": "string", "format": "uri-reference"}
_EXTENSIONS: Final = {"^x-": True}


def specification(version: str, dialect: object = None) -> dict[str, Any]:
    """The metaschema of an OpenAPI version, with Schema Objects checked; KeyError for an unknown version.

    `dialect` is the `jsonSchemaDialect` of the document: under one that is not known, Schema Objects are left alone.
    """
    schema = metaschema(version)
    _MENDED[version](schema)
    if version in ("3.1", "3.2") and (dialect is None or dialect in _DIALECTS):
        _add_schema_objects(schema["$defs"], mapping_only=version == "3.1")
    _relax_formats(schema)
    return schema


def _mend_2_0(schema: dict[str, Any]) -> None:
    # Members beside `$ref` are ignored, not forbidden (JSON Reference, draft 3, section 3).
    parts = schema["definitions"]
    parts["jsonReference"].pop("additionalProperties", None)
    # The scopes of an OAuth 2.0 scheme are required (2.0, Security Scheme Object).
    for name in ("Implicit", "Password", "Application", "AccessCode"):
        parts[f"oauth2{name}Security"]["required"].append("scopes")


def _mend_3_0(schema: dict[str, Any]) -> None:
    # OAS 3.0.4 section 4.7.7: the keys of every section of the components have a form.
    for section in schema["definitions"]["Components"]["properties"].values():
        section["additionalProperties"] = False


def _mend_3_1(schema: dict[str, Any]) -> None:
    parts = schema["$defs"]
    # A path item may have a `$ref` beside its other fields (OAS 3.1.1 section 4.8.9).
    parts["path-item"]["properties"]["$ref"] = _URI
    parts["path-item-or-reference"] = {"$ref": "#/$defs/path-item"}
    # What stands beside a `$ref` is ignored, not forbidden (section 4.8.23).
    parts["reference"].pop("unevaluatedProperties")
    # The field is called `server`, and parameters of a link may have any value (section 4.8.20).
    link = parts["link"]["properties"]
    link["server"] = link.pop("body")
    link["parameters"] = {"type": "object"}
    # A URL of a server may hold variables in braces (section 4.8.5).
    parts["server"]["properties"]["url"] = {"type": "string"}
    _mend_both(parts)


def _mend_3_2(schema: dict[str, Any]) -> None:
    schema["$defs"]["link"]["properties"]["parameters"] = {"type": "object"}
    _mend_both(schema["$defs"])


def _mend_both(parts: dict[str, Any]) -> None:
    # A callback may be extended (OAS 3.1.1 section 4.8.18); `additionalProperties` sees its neighbours alone.
    parts["callbacks"]["patternProperties"] = _EXTENSIONS
    # One sentence is enough for a Responses Object without a response.
    for key in ("if", "then"):
        parts["responses"].pop(key)


_MENDED: Final = {"2.0": _mend_2_0, "3.0": _mend_3_0, "3.1": _mend_3_1, "3.2": _mend_3_2}


def _add_schema_objects(parts: dict[str, Any], *, mapping_only: bool) -> None:
    """Let Schema Objects be those of JSON Schema 2020-12 with the base vocabulary of OpenAPI (3.1.1 section 4.8.24)."""
    discriminator: dict[str, Any] = {
        "type": "object",
        "properties": {
            "propertyName": {"type": "string"},
            "mapping": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "patternProperties": _EXTENSIONS,
        "required": ["propertyName"],
        "additionalProperties": False,
    }
    xml: dict[str, Any] = {
        "type": "object",
        "properties": {
            **{name: {"type": "string"} for name in ("name", "namespace", "prefix")},
            **{name: {"type": "boolean"} for name in ("attribute", "wrapped")},
        },
        "patternProperties": _EXTENSIONS,
        "additionalProperties": False,
    }
    if not mapping_only:
        discriminator["properties"]["defaultMapping"] = {"type": "string"}
        xml["properties"]["nodeType"] = {"enum": ["element", "attribute", "text", "cdata", "none"]}
    parts["discriminator"], parts["xml"] = discriminator, xml
    base = {name: {"$ref": f"#/$defs/{name}"} for name in ("discriminator", "xml")}
    base["externalDocs"] = {"$ref": "#/$defs/external-documentation"}
    parts["schema"] = {
        "$dynamicAnchor": "meta",
        "if": {"properties": {"$schema": {"enum": list(_DIALECTS)}}},
        "then": {"$ref": _DRAFT, "properties": base},
    }


def _relax_formats(schema: dict[str, Any]) -> None:
    """URLs may be relative (OAS 3.1.1 section 4.6); patterns and references are the business of rules of their own."""
    stack: list[Any] = [schema]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, dict):
            if one.get("format") == "uri":
                one["format"] = "uri-reference"
            elif one.get("format") == "regex":
                del one["format"]
            stack.extend(one.values())
            if isinstance(one.get("$ref"), dict):
                one["$ref"] = {"type": "string"}
