"""What `spectral:asyncapi` asks of examples and defaults in version 2: that their schemas allow them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.functions.schema import schema
from integrationlint.spectral.nouns import Context, Found, Path

OPTIONS: Final = {
    "asyncApiSchemaValidation": checked(
        {
            "type": "object",
            "required": ["type"],
            "additionalProperties": False,
            "properties": {"type": {"enum": ["default", "examples"]}},
        }
    )
}
_DEEPEST: Final = 100


def message_examples(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """asyncApi2MessageExamplesValidation: of a message with its traits, the payload and the headers of each example."""
    if not isinstance(value, dict) or not all(isinstance(value.get(name, ""), str) for name in ("name", "summary")):
        return
    message = _with_traits(value)
    examples = message.get("examples")
    for index, example in enumerate(examples if isinstance(examples, list) else ()):
        for part in ("payload", "headers"):
            if isinstance(example, dict) and part in example:
                where = (*context.path, "examples", index, part)
                yield from _checked(example[part], message.get(part), where, context)


def schema_values(value: Any, options: Any, context: Context) -> Iterator[Found]:
    """asyncApiSchemaValidation: the default or the examples of a schema, as option `type` says, but for texts."""
    kind = (options or {}).get("type")
    if not isinstance(value, dict) or not isinstance(value.get("examples", []), list):
        yield Found('#{{print("property")}}must be an object containing "default" or an "examples" array')
        return
    places: dict[Path, Any] = {("default",): value.get("default")}
    if kind == "examples":
        places = {("examples", index): one for index, one in enumerate(value.get("examples", []))}
    for place, one in places.items():
        if not isinstance(one, str):
            yield from _checked(one, value, (*context.path, *place), context)


def _checked(value: Any, asked: Any, path: Path, context: Context) -> Iterator[Found]:
    options = {"schema": {} if asked is None else asked, "allErrors": True}
    yield from schema(value, options, replace(context, path=path))


def _with_traits(message: dict[str, Any]) -> dict[str, Any]:
    traits = message.get("traits")
    merged = dict(message)
    for trait in traits if isinstance(traits, list) else ():
        for name, value in trait.items() if isinstance(trait, dict) else ():
            merged[name] = _merged(merged.get(name), value)
    return merged


def _merged(value: Any, patch: Any, depth: int = 0) -> Any:
    """A value after a merge patch (RFC 7396)."""
    if not isinstance(patch, dict) or depth > _DEEPEST:
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for name, one in patch.items():
        if one is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name), one, depth + 1)
    return result
