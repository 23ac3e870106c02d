"""Whether a value fits a JSON Schema."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from integrationlint.dialects.json_schema import (
    DIALECTS,
    MissingReference,
    SchemaError,
    SchemaProblem,
    Schemas,
    dialect_of,
)
from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.functions.schema_words import worded
from integrationlint.spectral.nouns import UNDEFINED, Context, Found

OPTIONS: Final = {
    "schema": checked(
        {
            "type": "object",
            "required": ["schema"],
            "additionalProperties": False,
            "properties": {
                "schema": {"type": "object"},
                "dialect": {"enum": ["auto", *DIALECTS]},
                "allErrors": {"type": "boolean"},
            },
        }
    )
}


def schema(value: Any, options: Mapping[str, Any], context: Context) -> Iterable[Found]:
    """A value fits `schema` in `dialect`, by default the one that `$schema` names, or draft 7."""
    wanted = options["schema"]
    dialect = options.get("dialect", "auto")
    if dialect == "auto":
        stated = wanted.get("$schema") if isinstance(wanted, dict) else None
        dialect = dialect_of(stated) or "draft7"
    return judged(value, wanted, dialect, context, every=options.get("allErrors") is True)


def judged(
    value: Any,
    schema: Any,
    dialect: str,
    context: Context,
    *,
    every: bool = False,
    prepared: Callable[[SchemaError], SchemaError] | None = None,
) -> Sequence[Found]:
    """What Spectral reports of a value under a schema. `prepared` may change errors before they are put in words.

    A schema that cannot be used is reported as well, at the value; not so one whose references lead nowhere, where
    the rule runs over the resolved document: there, what is left of them are circles.
    """
    if value is UNDEFINED:
        return [Found('#{{print("property")}}must exist', context.path)]
    try:
        errors = schemas_of(context).errors(schema, value, dialect, every=every)
    except SchemaProblem as problem:
        ignored = context.rule.resolved and isinstance(problem, MissingReference)
        return [] if ignored else [Found(str(problem), context.path)]
    if not errors:
        return ()
    if prepared is not None:
        errors = [prepared(one) for one in errors]
    path = context.path
    return [Found(message, (*path, *below)) for message, below in worded(errors, value, path)]


def schemas_of(context: Context) -> Schemas:
    """The schemas that are ready for the tree of a context."""
    found: Schemas | None = context.memory.get(Schemas)
    if found is None:
        found = context.memory[Schemas] = Schemas()
    return found
