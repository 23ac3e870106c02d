"""What `spectral:asyncapi` asks of the document as a whole, and of payloads: the structure of their version."""

from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.functions.structure import Version, misfits, schema_of, surplus, told
from integrationlint.spectral.nouns import Context, Found

OPTIONS: Final = {
    "asyncApiDocumentSchema": checked(
        {"type": "object", "required": ["resolved"], "properties": {"resolved": {"type": "boolean"}}}
    )
}
_VERSIONS: Final[dict[str, Version]] = {
    **{f"aas2_{minor}": (2, minor) for minor in range(7)},
    "aas3_0": (3, 0),
    "aas3_1": (3, 1),
}
_NEWEST: Final = (3, 1)


def document_schema(value: Any, options: Any, context: Context) -> Iterator[Found]:
    """asyncApiDocumentSchema: the document has the structure of its version; a later 3.x is taken for the newest.

    With option `resolved` false it is the document as it is written, and references are all that is looked at.
    """
    version = _version(context.formats)
    if version is None:
        return
    schema = schema_of("asyncapi", version, f"document{version[0]}")
    if (options or {}).get("resolved") is False:
        for error in misfits(schema, value):
            if surplus(error) == ("$ref",):
                yield Found("Referencing in this place is not allowed", (*context.path, *error.path))
        return
    yield from told(schema, value, context)


def payload(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """asyncApiPayloadValidation: a payload is a Schema Object."""
    version = _version(context.formats)
    if version is not None:
        yield from told(schema_of("asyncapi", version, "schema"), value, context)


def _version(formats: frozenset[str]) -> Version | None:
    for name, version in _VERSIONS.items():
        if name in formats:
            return version
    return _NEWEST if "aas3" in formats else None
