"""Nodes against the schema: every error of a file at once, each at its place, with what is expected there."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from integrationlint.config.nodes import MAX_NODES, Node, quoted
from integrationlint.config.schema import SCHEMA, Schema
from integrationlint.model.errors import ConfigError, did_you_mean

# The keywords that are understood here; the test of the schema holds it to them.
KEYWORDS: Final = frozenset(
    {
        *("$ref", "oneOf", "type", "enum", "properties", "required", "additionalProperties", "items"),
        *("maxProperties", "minimum", "maximum", "pattern", "format"),
    }
)
_TYPES: Final = {bool: "boolean", type(None): "null", int: "integer", str: "string", list: "array", dict: "object"}
_SPELLED: Final = {"null": "nothing", "array": "a list", "object": "a mapping"}


def check(node: Node, schema: Schema = SCHEMA, label: str = "the configuration") -> Iterator[ConfigError]:
    """What is wrong with a node, in the order of the text. `label` names the node in messages."""
    part = _branch(node, schema)
    kind = _type(node.value)
    if kind != part.get("type"):
        yield _expected(node, part, label)
    elif kind == "object":
        yield from _members(node, part, label)
    elif kind == "array":
        for one in node.items:
            yield from check(one, part["items"], f"an entry of {label}")
    elif not _allowed(node.value, part):
        yield _expected(node, part, label)


def _branch(node: Node, schema: Schema) -> Schema:
    # References followed, and of several forms the one whose type fits.
    if "$ref" in schema:
        return _branch(node, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    kind = _type(node.value)
    return next((one for one in schema.get("oneOf", ()) if one["type"] == kind), schema)


def _type(value: object) -> str:
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return _TYPES[type(value)]


def _members(node: Node, part: Schema, label: str) -> Iterator[ConfigError]:
    known: Schema = part.get("properties", {})
    others: Any = part.get("additionalProperties", True)
    for name, one in node.entries.items():
        if name in known or isinstance(others, dict):
            yield from check(one, known.get(name, others), quoted(name))
        elif others is False:
            hint = did_you_mean(name[:60], set(known)) or f" (known: {', '.join(known)})"
            yield ConfigError(f"unknown key {quoted(name)}{hint}", one.named)
    if len(node.entries) > part.get("maxProperties", MAX_NODES):
        yield ConfigError(f"{label} has more than {part['maxProperties']} entries", node.place)
    for name in part.get("required", ()):
        if name not in node.entries:
            about = known[name].get("description") or f"it takes {known[name].get('title', 'a value')}"
            yield ConfigError(f"{label} lacks {name!r}: {about}", node.place)


def _allowed(value: Any, part: Schema) -> bool:
    if "enum" in part and value not in part["enum"]:
        return False
    if "pattern" in part and re.search(part["pattern"], value) is None:
        return False
    if part.get("format") == "date" and not _is_date(value):
        return False
    if "minimum" in part and value < part["minimum"]:
        return False
    return "maximum" not in part or value <= part["maximum"]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _expected(node: Node, part: Schema, label: str) -> ConfigError:
    value = node.value
    said = _SPELLED.get(_type(value)) or (quoted(value) if isinstance(value, str) else str(value).lower())
    hint = ""
    if isinstance(value, str) and "enum" in part:
        hint = did_you_mean(value[:60], part["enum"])
    elif isinstance(value, int | float) and part.get("type") == "string" and "enum" not in part:
        hint = " (put it in quotes)"
    place = node.named if value is None else node.place
    return ConfigError(f"{label} takes {part['title']}, not {said}{hint}", place)
