"""The structure of a whole OpenAPI document."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from integrationlint.dialects.json_schema_whole import Judge, every_error, judge
from integrationlint.spectral.functions.document_errors import described
from integrationlint.spectral.functions.oas_metaschemas import as_read
from integrationlint.spectral.nouns import Context, Found


def document_schema(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasDocumentSchema: the document is as the metaschema of its version says; every deviation is one finding."""
    if context.formats:
        newer = {"oas2": "2.0", "oas3_2": "3.2", "oas3_1": "3.1"}
        version = next((version for name, version in newer.items() if name in context.formats), "3.0")
        for error in every_error(_judge(version), value):
            yield from described(error, value)


@cache
def _judge(version: str) -> Judge:
    return judge(as_read(version))
