"""Values against schemas as a version of OpenAPI reads them."""

from collections.abc import Sequence
from typing import Any

from integrationlint.dialects.json_schema import SchemaError, dialect_of
from integrationlint.spectral.functions.oas_rewritten import with_nullable
from integrationlint.spectral.functions.schema import judged
from integrationlint.spectral.nouns import Context, Found


def oas_schema(value: Any, options: Any, context: Context) -> Sequence[Found]:
    """oasSchema: the value fits the schema in option `schema`.

    Up to OpenAPI 3.0 that is draft 4 with `nullable` (2.0: `x-nullable`), later the `jsonSchemaDialect` of the
    document, by default draft 2020-12.
    """
    schema, formats = options["schema"], context.formats
    if not formats:
        return judged(value, schema, dialect_of(schema.get("$schema")) or "draft7", context)
    if "oas3_1" in formats or "oas3_2" in formats:
        stated = context.raw.get("jsonSchemaDialect") if isinstance(context.raw, dict) else None
        return judged(value, schema, dialect_of(stated) or "draft2020-12", context)
    if "oas2" in formats:
        schema = with_nullable(schema, context.memory)
    return judged(value, schema, "draft4", context, prepared=_null_too)


def _null_too(error: SchemaError) -> SchemaError:
    # Spectral does not find the schema of an error in a list, so there it says nothing of null.
    if error.keyword != "type" or any(isinstance(step, int) for step in error.schema_path):
        return error
    if isinstance(error.schema, dict) and error.schema.get("nullable") is True:
        return error._replace(message=f"{error.message},null")
    return error
