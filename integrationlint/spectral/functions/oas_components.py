"""What `spectral:oas` asks of what is reused: that it is used, and that references stand alone."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from integrationlint.spectral.functions.unreferenced import unreferenced
from integrationlint.spectral.nouns import Context, Found

_KINDS: Final = ("schemas", "responses", "parameters", "examples", "requestBodies", "headers", "links", "callbacks")


def unused_components(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasUnusedComponent: something refers to each component."""
    components: Any = value.get("components") if isinstance(value, dict) else None
    for kind in _KINDS if isinstance(components, dict) else ():
        if isinstance(components.get(kind), dict):
            yield from unreferenced(components[kind], {"reusableObjectsLocation": f"#/components/{kind}"}, context)


def discriminator(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasDiscriminator: the discriminator of a schema of OpenAPI 2.0 is one of its properties, and required."""
    name = value.get("discriminator") if isinstance(value, dict) else None
    if not isinstance(name, str):
        return
    properties, required = value.get("properties"), value.get("required")
    if not isinstance(properties, dict) or name not in properties:
        message = "The discriminator property must be defined in this schema."
        yield Found(message, (*context.path, "properties"))
    if not isinstance(required, list) or name not in required:
        message = "The discriminator property must be in the required property list."
        yield Found(message, (*context.path, "required"))


def ref_siblings(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """refSiblings: nothing stands beside a `$ref`, for it would be ignored."""
    parent = _parent(context)
    *above, _ = context.path or ("",)
    keys: Iterable[str] = parent if isinstance(parent, dict) and len(parent) > 1 else ()
    for key in keys:
        if key != "$ref":
            yield Found("$ref must not be placed next to any other properties", (*above, key))


def _parent(context: Context) -> Any:
    node = context.raw
    for step in context.path[:-1]:
        if isinstance(node, dict):
            node = node.get(str(step))
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
