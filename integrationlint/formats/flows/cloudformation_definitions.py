"""Where a CloudFormation or SAM template keeps a state machine: inline object, text built by functions, or a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final

from integrationlint.model.location import child

# Both resource types have both spellings between them.
_OBJECTS: Final = ("Definition",)
_TEXTS: Final = ("DefinitionString",)
_FILES: Final = ("DefinitionUri",)


@dataclass(frozen=True, slots=True)
class Definition:
    """A state machine that was found: its members and pointer; `embedded` when it is inside a text."""

    members: Mapping[object, object]
    pointer: str
    embedded: bool = False


def definition(properties: Mapping[object, object], pointer: str) -> Definition | None:
    """The machine in the properties of a resource; None when it is in a file or cannot be read."""
    for name in _OBJECTS:
        value = properties.get(name)
        if isinstance(value, dict):
            return Definition(value, child(pointer, name))
    for name in _TEXTS:
        written = definition_text(properties.get(name))
        members = _parsed(written) if written is not None else None
        if members is not None:
            return Definition(members, child(pointer, name), embedded=True)
    return None


def unread(properties: Mapping[object, object]) -> str:
    """The property whose text is there and is no state machine; empty when there is none."""
    return next((name for name in _TEXTS if definition_text(properties.get(name)) is not None), "")


def definition_file(properties: Mapping[object, object], template: str) -> tuple[str, str] | None:
    """Path of the file that holds the machine, from the root of the snapshot, and the property that names it."""
    for name in _FILES:
        value = properties.get(name)
        if isinstance(value, str) and value and "://" not in value and "${" not in value:
            path = normpath(join(dirname(template), value)).lstrip("/")
            return None if path.startswith("../") else (path, name)
    return None


def definition_text(value: object) -> str | None:
    """The text that `Fn::Sub`, `Fn::Join` or nothing builds; references stay in it as `${LogicalId}`.

    A YAML short form (`!Sub`, `!Join`) arrives without its tag, as the text or list that was tagged.
    """
    if isinstance(value, dict) and len(value) == 1:
        value = value.get("Fn::Sub", value.get("Fn::Join"))
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], str):
        return None
    if isinstance(value[1], dict):
        return value[0]
    if isinstance(value[1], list):
        return value[0].join(_part(part) for part in value[1])
    return None


def sub_variables(value: object) -> Mapping[str, object]:
    """The variables that a two-part `Fn::Sub` brings along."""
    if isinstance(value, dict) and len(value) == 1:
        value = value.get("Fn::Sub")
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], dict):
        return {str(name): given for name, given in value[1].items()}
    return {}


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict) and len(part) == 1:
        target = part.get("Ref", part.get("Fn::GetAtt"))
        target = ".".join(map(str, target)) if isinstance(target, list) else target
        if isinstance(target, str):
            return f"${{{target}}}"
        nested = definition_text(part)
        if nested is not None:
            return nested
    return "${}"


def _parsed(written: str) -> Mapping[object, object] | None:
    try:
        members = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return members if isinstance(members, dict) else None
