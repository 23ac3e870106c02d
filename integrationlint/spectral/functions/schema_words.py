"""Errors of JSON Schema as Spectral words and thins them out (@stoplight/better-ajv-errors)."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from integrationlint.dialects.javascript import UNDEFINED, kind, to_string
from integrationlint.dialects.json_schema import SchemaError
from integrationlint.spectral.nouns import Path

_SEGMENTS: Final = re.compile(r"/[\w$_-]+(?:/[0-9]+)?", re.ASCII)
# Texts longer than this are not compared.
_LONGEST: Final = 200
_ALTERNATIVES: Final = ("oneOf", "anyOf")
_NONE_MATCHED: Final = "None of the schemas matched, see the other errors reported for this value"


class Worded(NamedTuple):
    """A message, and the path to what it is about from the value."""

    message: str
    path: Path


@dataclass(slots=True)
class _Node:
    """The errors at a place, and the places below it by what their pointers have more."""

    children: "dict[str, _Node]" = field(default_factory=dict)
    errors: list[SchemaError] = field(default_factory=list)


def worded(errors: Sequence[SchemaError], value: Any, path: Path) -> list[Worded]:
    """What Spectral reports of errors of a value that stands at a path."""
    root = _Node()
    for error in errors:
        _put(root, error)
    _thin_out(root)
    unmatched = {
        error.path: error.keyword
        for error in errors
        if error.keyword in _ALTERNATIVES and not isinstance(error.params.get("passingSchemas"), list)
    }
    return [
        Worded(_with_alternatives(message, unmatched.get(error.path)), error.path)
        for error, message in _messages(root, value, path)
    ]


def _put(root: _Node, error: SchemaError) -> None:
    pointer = _pointer(error.path)
    node = root
    places = _SEGMENTS.findall(pointer) if pointer else [""]
    for place in places:
        node = node.children.setdefault(place, _Node())
    # What has no letter, digit, `$`, `_` or `-` in any segment has no place, and is not reported.
    if places:
        node.errors.append(error)


def _pointer(path: Path) -> str:
    return "".join("/" + str(one).replace("~", "~0").replace("/", "~1") for one in path)


def _thin_out(root: _Node) -> None:
    """Leave out what others say better: alternatives where errors are below, values where neighbours have errors."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for place, child in list(node.children.items()):
            if child.children and any(error.keyword == "anyOf" for error in child.errors):
                child.errors = []
            if _is_enum(child) and len(node.children) > 1:
                del node.children[place]
        waiting += reversed(node.children.values())


def _is_enum(node: _Node) -> bool:
    return bool(node.errors) and all(error.keyword == "enum" for error in node.errors)


def _messages(root: _Node, value: Any, path: Path) -> Iterator[tuple[SchemaError, str]]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if _is_enum(node):
            yield node.errors[0], _of_enum(node.errors, value, path)
            continue
        yield from ((error, _of(error, value, path)) for error in node.errors)
        waiting += reversed(node.children.values())


def _of(error: SchemaError, value: Any, path: Path) -> str:
    if error.keyword == "additionalProperties" and "additionalProperty" in error.params:
        return f'Property "{error.params["additionalProperty"]}" is not expected to be here'
    if error.keyword == "errorMessage":
        return error.message
    message = error.message
    name = _name(error, path)
    if error.keyword == "type":
        return _of_item(f'"{name}" property type {message}' if name else f"Value type {message}", error)
    message = message.replace("'", '"').replace("NOT", "not")
    return _of_item(f"{_subject(error, value, name)} {message}", error)


def _of_enum(errors: Sequence[SchemaError], value: Any, path: Path) -> str:
    allowed: list[Any] = []
    for one in (one for error in errors for one in error.params["allowedValues"]):
        if not any(one is known or (type(one) is type(known) and one == known) for known in allowed):
            allowed.append(one)
    error = errors[0]
    shown = ", ".join(f'"{one}"' if isinstance(one, str) else printed(one) for one in allowed)
    message = f"{_subject(error, value, _name(error, path))} {error.message}: {shown}"
    best = closest(_value(value, error.path), allowed)
    return _of_item(message if best is None else f'{message}. Did you mean "{best}"?', error)


def printed(value: Any) -> str:
    """A value as JSON."""
    if isinstance(value, float):
        return to_string(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _name(error: SchemaError, path: Path) -> str:
    return _pointer(error.path[-1:])[1:] if error.path else str(path[-1]) if path else ""


def _subject(error: SchemaError, value: Any, name: str) -> str:
    return f'"{name}" property' if name else kind(_value(value, error.path)).capitalize()


def _value(value: Any, path: Path) -> Any:
    for segment in path:
        try:
            value = value[segment]
        except (LookupError, TypeError):
            return UNDEFINED
    return value


def _of_item(message: str, error: SchemaError) -> str:
    """An item of a list is named by its index."""
    index = str(error.path[-1]) if error.path else ""
    if not (index.isascii() and index.isdigit()):
        return message
    for beginning in (f'"{index}" property type', f'"{index}" property'):
        if message.startswith(beginning):
            return f"Item at index {index}{message.removeprefix(beginning)}"
    return message


def _with_alternatives(message: str, keyword: str | None) -> str:
    return f"{message}. {_NONE_MATCHED}" if keyword and message.endswith(f" in {keyword}") else message


def closest(value: Any, allowed: Sequence[Any]) -> str | None:
    """The text that is most like a value, if there is one that is a little like it."""
    texts = [one for one in allowed if isinstance(one, str)]
    if not isinstance(value, str) or not texts or max(map(len, (value, *texts))) > _LONGEST:
        return None
    distance, _, best = min((_distance(one, value), index, one) for index, one in enumerate(texts))
    return best if len(allowed) == 1 or distance < len(best) else None


def _distance(first: str, second: str) -> int:
    """How many characters have to be changed (Levenshtein)."""
    row = list(range(len(second) + 1))
    for index, char in enumerate(first, 1):
        previous, row[0] = row[0], index
        for at, other in enumerate(second, 1):
            previous, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, previous + (char != other))
    return row[-1]
