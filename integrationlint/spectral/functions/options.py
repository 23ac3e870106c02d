"""Options as a function of Spectral takes them: described by a schema, and what is wrong said in Spectral's words."""

from collections.abc import Callable
from typing import Any

from integrationlint.dialects.json_schema import SchemaError, Schemas
from integrationlint.spectral.message import printed

# Says what is wrong with the options of the function of a name; empty where they are fine.
OptionsCheck = Callable[[str, Any], str]


def none(name: str, options: Any) -> str:
    """A function without options is given none."""
    return "" if options is None else f'"{name}" function does not accept any options'


def checked(schema: dict[str, Any]) -> OptionsCheck:
    """A check of options by a schema of draft 7."""

    def check(name: str, options: Any) -> str:
        errors = Schemas().errors(schema, options, "draft7", every=True)
        return "; ".join(dict.fromkeys(_said(name, error) for error in errors))

    return check


def _said(name: str, error: SchemaError) -> str:
    option = ".".join(map(str, error.path))
    of = f' and its "{option}" option' if option else ""
    match error.keyword:
        case "type":
            types = error.value if isinstance(error.value, str) else ", ".join(error.value)
            return f'"{name}" function{of} accepts only the following types: {types}'
        case "required":
            missing = ".".join(filter(None, (option, error.params["missingProperty"])))
            return f'"{name}" function is missing "{missing}" option'
        case "additionalProperties":
            extra = ".".join(filter(None, (option, error.params["additionalProperty"])))
            return f'"{name}" function does not support "{extra}" option'
        case "enum":
            values = ", ".join(map(printed, error.value))
            return f'"{name}" function{of} accepts only the following values: {values}'
    return f'"{name}" function{of} {error.message}'
