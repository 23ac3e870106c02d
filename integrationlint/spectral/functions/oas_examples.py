"""Examples of OpenAPI against the schemas that they are examples of."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from integrationlint.spectral.functions.oas_rewritten import relaxed, without_flag
from integrationlint.spectral.functions.oas_schema import oas_schema
from integrationlint.spectral.nouns import UNDEFINED, Context, Found, Path

_IN_SCHEMAS: Final = {2: ("example", "x-example", "default"), 3: ("example", "default")}
# Where a body is sent by the client, and where by the server; `*` is any step.
_REQUESTS: Final = {2: (), 3: (("components", "requestBodies"), ("paths", "*", "*", "requestBody"))}
_RESPONSES: Final = {
    2: (("responses",), ("paths", "*", "*", "responses")),
    3: (("components", "responses"), ("paths", "*", "*", "responses")),
}


def examples(value: Any, options: Any, context: Context) -> Iterator[Found]:
    """oasExample: the examples in a value are valid against its schema.

    Options: `oasVersion` 2 or 3; `schemaField` names the member that is the schema, `$` for the value itself; `type` is
    `schema` for the examples of a schema, `media` for those of a media type, a parameter or a header. In a request
    properties that are readOnly are not required, in a response those that are writeOnly.
    """
    version, field, of_media = options["oasVersion"], options["schemaField"], options["type"] == "media"
    schema = value.get(field) if isinstance(value, dict) and field != "$" else value
    if not isinstance(schema, dict):
        return
    if "oas2" in context.formats:
        schema = without_flag(schema, context.memory)
    if of_media:
        hidden = "readOnly" if _is_in(context.path, _REQUESTS[version]) else ""
        hidden = "writeOnly" if _is_in(context.path, _RESPONSES[version]) else hidden
        schema = relaxed(schema, hidden, context.memory) if hidden else schema
    found = _of_media(value, version) if of_media else _of_schema(value, version)
    for below, example in found:
        said = oas_schema(example, {"schema": schema}, _at(context, (*context.path, *below)))
        yield from said
        # A schema that is none is told of once, and not for each of its examples.
        if any(one.message.startswith("schema is invalid") for one in said):
            return


def _at(context: Context, path: Path) -> Context:
    # By hand: there are thousands of examples, and `replace` takes ten times as long.
    return Context(path, context.root, context.raw, context.formats, context.rule, context.references, context.memory)


def _is_in(path: Path, places: Sequence[Sequence[str]]) -> bool:
    return any(
        len(path) >= len(place) and all(asked in ("*", step) for asked, step in zip(place, path, strict=False))
        for place in places
    )


def _of_schema(schema: dict[str, Any], version: int) -> Iterator[tuple[Path, Any]]:
    for name in _IN_SCHEMAS[version]:
        if name in schema:
            yield (name,), schema[name]


def _of_media(holder: dict[str, Any], version: int) -> Iterator[tuple[Path, Any]]:
    if version == 3 and "example" in holder:
        yield ("example",), holder["example"]
        return
    listed = holder.get("examples")
    named = listed.items() if isinstance(listed, dict) else enumerate(listed) if isinstance(listed, list) else ()
    for name, one in named:
        if version == 2:
            yield ("examples", name), one
        elif isinstance(one, dict) and "externalValue" not in one:
            yield ("examples", name, "value"), one.get("value", UNDEFINED)
