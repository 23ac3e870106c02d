"""Documents with nothing out of the ordinary, told by a table: small ones are read sooner than a validator is loaded.

What is accepted is valid (tests compare with the metaschemas); what is not may be valid all the same, and is for the
validator to judge.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Test = Callable[[Any], bool]

_DEEPEST: Final = 50
_TYPES: Final = frozenset("string number integer boolean object array".split())
_NEWER_TYPES: Final = _TYPES | {"null"}


def _like(pattern: str) -> Test:
    matches = re.compile(pattern).fullmatch
    return lambda value: isinstance(value, str) and matches(value) is not None


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _types(value: list[str]) -> bool:
    return bool(value) and _NEWER_TYPES.issuperset(value)


def _anything(_value: Any) -> bool:
    return True


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value)) and len(set(value)) == len(value)


def _scopes(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_text, value.values()))


def _choices(value: Any) -> bool:
    plain = isinstance(value, list) and all(isinstance(one, str | int | None) for one in value)
    return plain and bool(value) and len({repr(one) for one in value}) == len(value)


def _pattern(value: Any) -> bool:
    if not isinstance(value, str) or _SIMPLE.fullmatch(value) is None:
        return False
    try:
        re.compile(value)
    except (re.error, OverflowError):
        return False
    return True


def _some_words(value: Any) -> bool:
    return _words(value) and bool(value)


# Patterns of such characters mean the same everywhere.
_SIMPLE: Final = re.compile(r"(?:[\w ^$\[\]{},.|*+()/:@%-]|\\[dwsS.()/+-]){0,200}", re.ASCII)
_URL: Final = _like(r"https?://[A-Za-z0-9.-]{1,200}(?::\d{1,5})?(?:/[A-Za-z0-9._~-]{0,100}){0,20}")
_BASE: Final = _like(r"(?:https://[a-z0-9.-]{1,200})?(?:/[A-Za-z0-9._~-]{1,100}){0,20}/?")
_EMAIL: Final = _like(r"[A-Za-z0-9]{1,60}(?:[.-][A-Za-z0-9]{1,60}){0,5}@[a-z0-9]{1,60}(?:[.-][a-z0-9]{1,20}){1,5}")
_REFERENCE: Final = _like(r"(?:(?:\.{1,2}/){0,9}[A-Za-z0-9_][A-Za-z0-9._/-]{0,200})?#(?:/[A-Za-z0-9._~-]{1,100}){1,20}")
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{1,200}")
_MEDIA: Final = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,60}(?:; ?charset=[A-Za-z0-9-]{1,20})?")
_STATUS: Final = re.compile(r"default|[1-5](?:\d\d|XX)")
_PATH: Final = re.compile(r"/[^\s?#]{0,500}")
_NAME: Final = re.compile(r"[A-Za-z0-9_.\[\]$-]{1,200}")

# For each kind of object, what each member may be: a test, `kind` of one, `[kind]` of a list, `{kind}` of a map whose
# names fit the pattern; and the members that must be there. Members that begin with `x-` may be anything.
_Member = Test | str | list[str] | tuple[re.Pattern[str], str]
_Kinds = Mapping[str, tuple[Mapping[str, _Member], tuple[str, ...]]]
_KINDS: Final[_Kinds] = {
    "document": (
        {
            "openapi": _like(r"3\.[012]\.\d{1,3}"),
            "info": "info",
            "servers": ["server"],
            "paths": (_PATH, "path"),
            "components": "components",
            "security": ["requirement"],
            "tags": ["tag"],
            "externalDocs": "docs",
        },
        ("openapi", "info", "paths"),
    ),
    "info": (
        {"title": _text, "version": _text, "description": _text, "termsOfService": _URL, "contact": "contact",
         "license": "license"},
        ("title", "version"),
    ),
    "contact": ({"name": _text, "url": _URL, "email": _EMAIL}, ()),
    "license": ({"name": _text, "url": _URL}, ("name",)),
    "server": ({"url": _BASE, "description": _text}, ("url",)),
    "tag": ({"name": _text, "description": _text, "externalDocs": "docs"}, ("name",)),
    "example": ({"summary": _text, "description": _text, "value": _anything}, ("value",)),
    "xml": ({"name": _text, "attribute": _truth, "wrapped": _truth}, ()),
    "flows": ({"clientCredentials": "client flow", "authorizationCode": "code flow"}, ()),
    "client flow": ({"tokenUrl": _URL, "scopes": _scopes}, ("tokenUrl", "scopes")),
    "code flow": (
        {"authorizationUrl": _URL, "tokenUrl": _URL, "scopes": _scopes},
        ("authorizationUrl", "tokenUrl", "scopes"),
    ),
    "docs": ({"url": _URL, "description": _text}, ("url",)),
    "path": (
        {
            "summary": _text,
            "description": _text,
            "parameters": ["parameter"],
            **dict.fromkeys("get put post delete options head patch trace".split(), "operation"),
        },
        (),
    ),
    "operation": (
        {
            "tags": _words,
            "summary": _text,
            "description": _text,
            "operationId": _text,
            "parameters": ["parameter"],
            "requestBody": "body",
            "responses": (_STATUS, "response"),
            "deprecated": _truth,
            "security": ["requirement"],
            "externalDocs": "docs",
        },
        ("responses",),
    ),
    "parameter": (
        {"name": _text, "in": _like("query|header"), "required": _truth, "description": _text, "deprecated": _truth,
         "schema": "schema", "example": _anything, "examples": (_NAME, "example")},
        ("name", "in", "schema"),
    ),
    "path parameter": (
        {"name": _text, "in": _like("path"), "required": lambda value: value is True, "description": _text,
         "deprecated": _truth, "schema": "schema", "example": _anything, "examples": (_NAME, "example")},
        ("name", "in", "required", "schema"),
    ),
    "body": ({"description": _text, "content": (_MEDIA, "media"), "required": _truth}, ("content",)),
    "response": (
        {"description": _text, "headers": (_KEY, "header"), "content": (_MEDIA, "media")}, ("description",),
    ),
    "header": ({"description": _text, "required": _truth, "deprecated": _truth, "schema": "schema"}, ("schema",)),
    "media": ({"schema": "schema", "example": _anything, "examples": (_NAME, "example")}, ()),
    "components": (
        {"schemas": (_KEY, "schema"), "parameters": (_KEY, "parameter"), "responses": (_KEY, "response"),
         "requestBodies": (_KEY, "body"), "headers": (_KEY, "header"), "examples": (_KEY, "example"),
         "securitySchemes": (_KEY, "scheme")},
        (),
    ),
    "scheme": (
        {"type": _like("http"), "scheme": _like("basic|bearer"), "bearerFormat": _text, "description": _text},
        ("type", "scheme"),
    ),
    "key scheme": (
        {"type": _like("apiKey"), "name": _text, "in": _like("query|header|cookie"), "description": _text},
        ("type", "name", "in"),
    ),
    "oauth scheme": ({"type": _like("oauth2"), "flows": "flows", "description": _text}, ("type", "flows")),
    "schema": (
        {
            "type": lambda value: isinstance(value, str) and value in _TYPES,
            "format": _text,
            "pattern": _pattern,
            "xml": "xml",
            "title": _text,
            "description": _text,
            "properties": (_NAME, "schema"),
            "items": "schema",
            "required": _some_words,
            "enum": _choices,
            "default": _anything,
            "example": _anything,
            "additionalProperties": "open schema",
            **dict.fromkeys("readOnly writeOnly deprecated nullable uniqueItems".split(), _truth),
            **dict.fromkeys("minimum maximum".split(), _number),
            **dict.fromkeys("minLength maxLength minItems maxItems minProperties maxProperties".split(), _count),
            **{name: ["schema"] for name in ("allOf", "anyOf", "oneOf")},
        },
        (),
    ),
}  # fmt: skip
# Objects that come in two forms, by the member that tells them apart.
_FORMS: Final = {
    "parameter": ("in", {"path": "path parameter"}),
    "scheme": ("type", {"apiKey": "key scheme", "oauth2": "oauth scheme"}),
}
_REFERABLE: Final = frozenset("parameter body response header example schema scheme".split())
_TELLING: Final = ("$ref", "name", "in", "url", "type", "title")
# Maps that must not be empty.
_FILLED: Final = frozenset({"response"})


# What versions 3.1 and 3.2 have beyond that.
_NEWER: Final[Mapping[str, Mapping[str, _Member]]] = {
    "document": {"webhooks": (_NAME, "path")},
    "info": {"summary": _text},
    "schema": {
        "$ref": _REFERENCE,
        "type": lambda value: value in _NEWER_TYPES if isinstance(value, str) else _words(value) and _types(value),
        "const": _anything,
        "examples": lambda value: isinstance(value, list),
        **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _number),
    },
}
_NEWER_KINDS: Final = {kind: ({**one[0], **_NEWER.get(kind, {})}, one[1]) for kind, one in _KINDS.items()}


def is_plain(document: Any) -> bool:
    """Whether a document is surely valid in the version of OpenAPI 3 that it states."""
    kinds = _KINDS if isinstance(document, dict) and str(document.get("openapi")).startswith("3.0.") else _NEWER_KINDS
    waiting: list[tuple[str, Any, int]] = [("document", document, 0)]
    while waiting:
        kind, value, depth = waiting.pop()
        below = _below(kinds, kind, value, depth + 1)
        if below is None or depth > _DEEPEST:
            return False
        waiting += below
    return True


def _below(kinds: _Kinds, kind: str, value: Any, depth: int) -> list[tuple[str, Any, int]] | None:
    """What is to be judged inside of a value of a kind; None where the value is not plainly one."""
    if kind == "open schema":
        kind, value = "schema", {} if isinstance(value, bool) else value
    if not isinstance(value, dict):
        return None
    if kind == "requirement":
        return [] if all(_words(scopes) for scopes in value.values()) else None
    if "$ref" in value and kind in _REFERABLE and (kind != "schema" or kinds is _KINDS):
        return [] if len(value) == 1 and _REFERENCE(value["$ref"]) else None
    if kind in _FORMS:
        member, forms = _FORMS[kind]
        kind = forms.get(str(value.get(member)), kind)
    members, required = kinds[kind]
    found: list[tuple[str, Any, int]] = []
    for name, one in value.items():
        inner = _inside(members.get(name), one, depth) if not name.startswith("x-") else []
        if inner is None:
            return None
        found += inner
    both = "example" in value and "examples" in value and kind != "schema"
    return found if not both and all(name in value for name in required) else None


def _inside(member: _Member | None, value: Any, depth: int) -> list[tuple[str, Any, int]] | None:
    if isinstance(member, str):
        return [(member, value, depth)]
    if isinstance(member, list):
        distinct = isinstance(value, list) and value and len({_told_by(one) for one in value}) == len(value)
        return [(member[0], one, depth) for one in value] if distinct else None
    if isinstance(member, tuple):
        names, kind = member
        fit = isinstance(value, dict) and all(names.fullmatch(name) for name in value)
        fit = fit and (bool(value) or kind not in _FILLED)
        return [(kind, one, depth) for one in value.values()] if fit else None
    return [] if member is not None and member(value) else None


def _told_by(value: Any) -> str:
    """What tells an entry of a list from its neighbours: entries that are told apart by nothing here may be equal."""
    return repr([sorted(value), *(value.get(name) for name in _TELLING)]) if isinstance(value, dict) else ""
