"""What `spectral:arazzo` asks of the document as a whole."""

from collections.abc import Iterator
from typing import Any

from integrationlint.spectral.functions.structure import schema_of, told
from integrationlint.spectral.nouns import Context, Found


def document_schema(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoDocumentSchema: the document has the structure of Arazzo 1.0."""
    if "arazzo1_0" in context.formats:
        yield from told(schema_of("arazzo", (1, 0)), value, context)
