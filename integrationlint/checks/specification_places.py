"""Places in an OpenAPI document in words: what a value is, and which object has it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.model.location import child

TYPES: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with the metaschema and version that it is judged by."""

    document: Any
    schema: Mapping[str, Any]
    version: str


def pointer(path: list[str | int]) -> str:
    """The JSON Pointer of a path."""
    found = ""
    for step in path:
        found = child(found, step)
    return found


def place(judged: Judged, error: Any) -> tuple[list[str | int], Any]:
    """The path of an error and the value there; member names that are numbers come as numbers."""
    found, path = judged.document, list[str | int]()
    for step in error.instance_path:
        path.append(str(step) if isinstance(found, dict) else step)
        found = found[path[-1]]
    return path, found


def shown(value: Any) -> str:
    """A value as a reader finds it in the file: texts in quotes, and no more than fits on a line."""
    if isinstance(value, dict | list):
        return TYPES["object" if isinstance(value, dict) else "array"]
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    text = str(value)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"'{text}'" if isinstance(value, str) else text


def object_name(error: Any) -> str:
    """What the specification calls the object whose keyword is broken: `parameter`, `media type`, `document`."""
    path = error.instance_path
    if len(path) > 1 and path[-2] in _MEMBERS:
        return _MEMBERS[path[-2]]
    names = [str(two) for one, two in zip(error.schema_path, error.schema_path[1:], strict=False) if one in _HOLDERS]
    return " ".join(_WORDS.findall(next(iter(names), "document"))).lower()


_HOLDERS: Final = ("$defs", "definitions")
_MEMBERS: Final[Mapping[Any, str]] = {
    "parameters": "parameter",
    "headers": "header",
    "responses": "response",
    "schemas": "schema",
    "definitions": "schema",
    "properties": "schema",
    "content": "media type",
    "securitySchemes": "security scheme",
    "securityDefinitions": "security scheme",
    "flows": "OAuth flow",
    "variables": "variable",
    "links": "link",
    "paths": "path",
    "servers": "server",
    "tags": "tag",
}


def who(judged: Judged, error: Any) -> str:
    """The object in a sentence: `the document`, `'info'`, `the response '200'`, `this parameter`."""
    path, name = place(judged, error)[0], object_name(error)
    if not path:
        return "the document"
    last = path[-1]
    if isinstance(last, int):
        return f"this {name}"
    return f"'{last}'" if _bare(last) == _bare(name) or name not in _MEMBERS.values() else f"the {name} {shown(last)}"


def _bare(text: str) -> str:
    return text.replace(" ", "").lower()


def what(judged: Judged, error: Any) -> str:
    """The value in a sentence, by its name or as an entry of a list."""
    path = place(judged, error)[0]
    last = path[-1] if path else "the document"
    return f"this entry of '{path[-2]}'" if isinstance(last, int) and len(path) > 1 else f"'{last}'"
