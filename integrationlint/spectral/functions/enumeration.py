"""Whether a value is one of those that are allowed."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from integrationlint.dialects.javascript import strictly_equal
from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.message import printed
from integrationlint.spectral.nouns import Context, Found

OPTIONS: Final = {
    "enumeration": checked(
        {
            "type": "object",
            "required": ["values"],
            "additionalProperties": False,
            "properties": {"values": {"type": "array", "items": {"type": ["string", "number", "null", "boolean"]}}},
        }
    )
}


def enumeration(value: Any, options: Mapping[str, Any], context: Context) -> Iterable[Found]:  # noqa: ARG001
    """A primitive is one of `values`, of the same type as well: true is not 1."""
    if value is not None and not isinstance(value, str | int | float):
        return ()
    allowed = options["values"]
    if any(strictly_equal(one, value) for one in allowed):
        return ()
    shown = ", ".join(map(printed, allowed))
    return (Found(f'#{{{{print("value")}}}} must be equal to one of the allowed values: {shown}'),)
