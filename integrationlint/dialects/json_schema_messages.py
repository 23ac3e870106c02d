"""`errorMessage`, the keyword of ajv-errors: errors of a schema said in words of its author."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrationlint.dialects.json_schema_run import Errors, Path, SchemaError, Trail, error, flat

# The parameter that names the property in errors of these keywords.
_PROPERTY: Final = {"required": "missingProperty", "dependencies": "property", "dependentRequired": "property"}


def reworded(schema: Mapping[str, Any], found: Errors, value: Any, path: Trail, where: Trail) -> Errors:
    """The errors of a schema: those that its `errorMessage` has no words for, then its messages for the others."""
    here, there = flat(path), flat(where)
    said = schema["errorMessage"]
    left = [one for one in found if one.keyword != "errorMessage"]
    kept = [one for one in found if one.keyword == "errorMessage"]
    for message, place, errors in _groups(said, left, schema, value, here):
        left = [one for one in left if one not in errors]
        kept.append(_said(schema, message, (path, where), place, errors))
    rest = said if isinstance(said, str) else said.get("_") if isinstance(said, dict) else None
    inside = [one for one in left if one.path[: len(here)] == here and one.schema_path[: len(there)] == there]
    if isinstance(rest, str) and inside:
        left = [one for one in left if one not in inside]
        kept.append(_said(schema, rest, (path, where), here, inside))
    return [*left, *kept]


def _groups(
    said: Any, errors: list[SchemaError], schema: Any, value: Any, here: Path
) -> Iterator[tuple[str, Path, list[SchemaError]]]:
    """What is said for which errors: of a keyword, of a keyword about a property, of a child."""
    if not isinstance(said, dict):
        return
    own = [one for one in errors if one.schema is schema and one.path == here]
    words = {name: one for name, one in said.items() if name not in ("properties", "items")}
    for keyword, message in sorted(words.items(), key=lambda pair: isinstance(pair[1], dict)):
        by_property = message if isinstance(message, dict) else {None: message}
        for name, text in by_property.items():
            about = [
                one
                for one in own
                if one.keyword == keyword and (name is None or one.params.get(_PROPERTY.get(keyword, "")) == name)
            ]
            if about:
                yield str(text), here, about
    children = said.get("items" if isinstance(value, list) else "properties") or {}
    named = enumerate(children) if isinstance(children, list) else children.items()
    for name, text in named:
        below = [one for one in errors if one.path[: len(here) + 1] == (*here, name)]
        if below:
            yield str(text), (*here, name), below


def _said(schema: Any, message: str, at: tuple[Trail, Trail], place: Path, errors: list[SchemaError]) -> SchemaError:
    return error("errorMessage", schema, message, *at, errors=errors)._replace(path=place)
