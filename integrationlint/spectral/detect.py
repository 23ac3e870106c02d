"""Which of Spectral's formats a document is in, by its resolved value."""

import re
from collections.abc import Mapping
from typing import Any, Final

_ASYNCAPI: Final = re.compile(r"([23])\.(0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)")
_MINORS: Final = {"2": ("0", "1", "2", "3", "4", "5", "6"), "3": ("0", "1")}
_OPENAPI: Final = re.compile(r"3\.([012])(?:\.[0-9]*)?")
_ARAZZO: Final = re.compile(r"1\.0(?:\.[0-9]*)?")
_NUMBER: Final = re.compile(r"[\s\ufeff]*\+?0*([0-9]*)")
_DRAFT: Final = re.compile(
    r"https?://json-schema.org/(?:draft-0([467])|draft/(2019-09|2020-12))/(?:hyper-)?schema#?", re.DOTALL
)
_TYPES: Final = frozenset(("array", "boolean", "integer", "null", "number", "object", "string"))
_COMPOUNDS: Final = ("allOf", "oneOf", "anyOf", "not", "if")
DESCRIPTIONS: Final = frozenset(("oas2", "oas3", "aas2", "aas3", "arazzo1_0"))
"""The formats of which each description of an API has one."""


def detected(value: Any) -> frozenset[str]:
    """The formats of a value, all that hold: a document of `oas3_1` is one of `oas3`, too."""
    if not isinstance(value, dict):
        return frozenset()
    return frozenset((*_openapi(value), *_asyncapi(value), *_arazzo(value), *_json_schema(value)))


def _openapi(value: Mapping[str, Any]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    if "swagger" in value and _whole(value["swagger"]) == "2":
        found = ("oas2",)
    if "openapi" in value and _whole(value["openapi"]) == "3":
        minor = _OPENAPI.fullmatch(_text(value["openapi"]))
        found += ("oas3",) if minor is None else ("oas3", f"oas3_{minor[1]}")
    return found


def _asyncapi(value: Mapping[str, Any]) -> tuple[str, ...]:
    version = _ASYNCAPI.fullmatch(_text(value["asyncapi"])) if "asyncapi" in value else None
    if version is None:
        return ()
    major = f"aas{version[1]}"
    return (major, f"{major}_{version[2]}") if version[2] in _MINORS[version[1]] else (major,)


def _arazzo(value: Mapping[str, Any]) -> tuple[str, ...]:
    return ("arazzo1_0",) if "arazzo" in value and _ARAZZO.fullmatch(_text(value["arazzo"])) else ()


def _json_schema(value: Mapping[str, Any]) -> tuple[str, ...]:
    dialect = value.get("$schema")
    if isinstance(dialect, str) and "//json-schema.org/" in dialect:
        draft = _DRAFT.fullmatch(dialect)
        name = "" if draft is None else draft[1] or draft[2].replace("-", "_")
        return (
            ("jsonSchema", "jsonSchemaLoose", f"jsonSchemaDraft{name}") if name else ("jsonSchema", "jsonSchemaLoose")
        )
    return ("jsonSchemaLoose",) if _is_loose(value) else ()


def _is_loose(value: Mapping[str, Any]) -> bool:
    kind = value.get("type")
    if isinstance(kind, str) and kind in _TYPES:
        return True
    if isinstance(kind, list) and all(isinstance(one, str) and one in _TYPES for one in kind):
        return True
    return isinstance(value.get("enum"), list) or any(isinstance(value.get(one), dict | list) for one in _COMPOUNDS)


def _whole(value: Any) -> str:
    # As ECMA-262's `parseInt` reads a text: what begins with digits, whatever follows.
    found = _NUMBER.match(_text(value))
    return found[1] if found is not None else ""


def _text(value: Any) -> str:
    """A value as text, `3.0` as ECMA-262 writes the number: `3`."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
