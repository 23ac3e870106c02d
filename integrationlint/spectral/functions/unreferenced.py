"""Whether what is kept for reuse is used."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.nouns import Context, Found

OPTIONS: Final = {
    "unreferencedReusableObject": checked(
        {
            "type": "object",
            "required": ["reusableObjectsLocation"],
            "additionalProperties": False,
            "properties": {
                "reusableObjectsLocation": {"type": "string", "format": "json-pointer-uri-fragment"},
            },
        }
    )
}


def unreferenced(value: Any, options: Mapping[str, str], context: Context) -> Iterable[Found]:
    """Every member of an object at `reusableObjectsLocation` is referred to from somewhere."""
    if not isinstance(value, dict):
        return
    location = options["reusableObjectsLocation"]
    used = {_decoded(one) for one in context.references()}
    base = tuple(map(_decoded, location.split("/")[1:]))
    for name in value:
        if f"{location}/{name}" not in used:
            yield Found("Potential orphaned reusable object has been detected", (*base, name))


def _decoded(pointer: str) -> str:
    return pointer.replace("~1", "/").replace("~0", "~")
