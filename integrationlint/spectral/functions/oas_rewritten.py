"""Schemas of OpenAPI as JSON Schema reads them: copies where something must change, shared as the originals are."""

from collections.abc import Callable, Iterator
from typing import Any, Final

Schema = dict[str, Any]

_LISTS: Final = frozenset(("allOf", "anyOf", "oneOf", "items"))
_MAPS: Final = frozenset(("$defs", "definitions", "properties", "patternProperties", "dependencies"))
_SINGLE: Final = frozenset(
    ("additionalItems", "items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else")
)


def relaxed(schema: Schema, flag: str, memory: dict[Any, Any]) -> Schema:
    """A schema in which no property is required that has the flag (`readOnly` or `writeOnly`); itself if none has.

    What a `not` holds stays as it is: there, less would be more. `memory` keeps what is done for other schemas.
    """
    done = memory.setdefault(("relaxed", flag), {})
    return _rewritten(schema, lambda one: _relaxed(one, flag), _SINGLE - {"not"}, done)


def with_nullable(schema: Schema, memory: dict[Any, Any]) -> Schema:
    """A schema of OpenAPI 2.0 with `nullable` for `x-nullable`; itself where there is none."""
    return _rewritten(schema, _with_nullable, _SINGLE, memory.setdefault("x-nullable", {}))


def without_flag(schema: Schema, memory: dict[Any, Any]) -> Schema:
    """A parameter of OpenAPI 2.0 as a schema: its `required` is not that of a schema."""
    if not isinstance(schema.get("required"), bool):
        return schema
    done = memory.setdefault("required", {})
    if id(schema) not in done:
        done[id(schema)] = {name: one for name, one in schema.items() if name != "required"}
    result: Schema = done[id(schema)]
    return result


def _relaxed(schema: Schema, flag: str) -> Schema:
    required, properties = schema.get("required"), schema.get("properties")
    if not isinstance(required, list) or not isinstance(properties, dict):
        return schema
    kept = [name for name in required if not _has_flag(properties, name, flag)]
    if len(kept) == len(required):
        return schema
    rest = {name: one for name, one in schema.items() if name != "required"}
    return {**rest, "required": kept} if kept else rest


def _has_flag(properties: Schema, name: Any, flag: str) -> bool:
    one = properties.get(name) if isinstance(name, str) else None
    return isinstance(one, dict) and one.get(flag) is True


def _with_nullable(schema: Schema) -> Schema:
    if schema.get("x-nullable") is not True:
        return schema
    return {name: one for name, one in schema.items() if name != "x-nullable"} | {"nullable": True}


def _rewritten(
    schema: Schema, change: Callable[[Schema], Schema], single: frozenset[str], done: dict[int, Schema]
) -> Schema:
    # By identity: each part is looked at once, parts first, however many hold it.
    waiting: list[tuple[Schema, bool]] = [(schema, False)]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            done[id(node)] = change(_rejoined(node, single, done))
        elif id(node) not in done:
            done[id(node)] = node
            waiting.append((node, True))
            waiting.extend((part, False) for part in _parts(node, single))
    return done[id(schema)]


def _parts(schema: Schema, single: frozenset[str]) -> Iterator[Schema]:
    for key, held in schema.items():
        if isinstance(held, list):
            within = held if key in _LISTS else ()
        elif isinstance(held, dict):
            within = [held] if key in single else list(held.values()) if key in _MAPS else ()
        else:
            continue
        for part in within:
            if isinstance(part, dict):
                yield part


def _rejoined(schema: Schema, single: frozenset[str], done: dict[int, Schema]) -> Schema:
    changes: Schema = {}
    for key, held in schema.items():
        new: Any = held
        if isinstance(held, list) and key in _LISTS:
            new = [done.get(id(part), part) for part in held]
            new = held if all(one is other for one, other in zip(new, held, strict=True)) else new
        elif isinstance(held, dict) and key in single:
            new = done.get(id(held), held)
        elif isinstance(held, dict) and key in _MAPS:
            new = {name: done.get(id(part), part) for name, part in held.items()}
            new = held if all(new[name] is part for name, part in held.items()) else new
        if new is not held:
            changes[key] = new
    return {**schema, **changes} if changes else schema
