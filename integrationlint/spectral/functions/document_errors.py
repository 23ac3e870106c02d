"""What is wrong with a whole document, in the words of Spectral's functions for documents."""

from collections.abc import Iterator
from typing import Any

from integrationlint.dialects.json_schema_run import SchemaError
from integrationlint.model.location import child
from integrationlint.spectral.functions.schema_words import closest, printed
from integrationlint.spectral.nouns import Found


def described(error: SchemaError, document: Any) -> Iterator[Found]:
    """An error as a finding; `if` only says that what follows from it failed, and is none."""
    path = error.path
    if error.keyword == "additionalProperties":
        name = error.params["additionalProperty"]
        yield Found(f'Property "{name}" is not expected to be here', (*path, name))
    elif error.keyword == "errorMessage":
        yield Found(error.message, path)
    elif error.keyword == "enum":
        allowed = error.params["allowedValues"]
        best = closest(_at(document, path), allowed)
        hint = "" if best is None else f'. Did you mean "{best}"?'
        yield Found(f"{_said(error)}: {', '.join(map(printed, allowed))}{hint}", path)
    elif error.keyword != "if":
        yield Found(_said(error), path)


def _said(error: SchemaError) -> str:
    message = error.message.replace("'", '"').replace("NOT", "not")
    if not error.path:
        return message
    # Spectral shows the last step of the path as a JSON pointer has it.
    return f'"{child("", error.path[-1])[1:]}" property {message}'


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value
