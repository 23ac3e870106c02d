"""Whether the values of an enumeration are of its type."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from integrationlint.spectral.functions.options import none
from integrationlint.spectral.message import printed
from integrationlint.spectral.nouns import Context, Found

OPTIONS: Final = {"typedEnum": none}


def typed_enum(value: Any, options: None, context: Context) -> Iterable[Found]:  # noqa: ARG001
    """Each value of `enum` is of the type, or one of the types, that the schema has; null where it is nullable."""
    if not isinstance(value, dict) or not isinstance(value.get("enum"), list):
        return
    types = _types(value, context.formats)
    if types is None:
        return
    for index, one in enumerate(value["enum"]):
        if _type(one, "integer" in types) not in types:
            yield Found(f'Enum value {printed(one)} must be "{",".join(types)}".', (*context.path, "enum", index))


def _types(schema: Mapping[str, Any], formats: frozenset[str]) -> list[str] | None:
    types = schema.get("type")
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        return None
    nullable = (schema.get("nullable") is True and "oas3_0" in formats) or (
        schema.get("x-nullable") is True and "oas2" in formats
    )
    return [*types, "null"] if nullable else types


def _type(value: Any, integers: bool) -> str:  # noqa: FBT001
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if integers and value == value // 1 else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
