"""What `spectral:oas` asks of paths: the parameters in their text are those that are declared."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from integrationlint.spectral.functions.oas_operations import operations
from integrationlint.spectral.nouns import Context, Found, Path

_PARAMETER: Final = re.compile(r"\{;?\??([a-zA-Z0-9_-]+)\*?\}")


def path_parameters(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasPathParam: no two paths mean the same, and each parameter of a path is declared once, required, and used."""
    if not isinstance(value, dict):
        return
    shapes: dict[str, str] = {}
    for path, item in value.items():
        if not isinstance(item, dict | list):
            continue
        shape = _PARAMETER.sub("%", path)
        if shape in shapes:
            yield Found(f'Paths "{shapes[shape]}" and "{path}" must not be equivalent.', ("paths", path))
        shapes.setdefault(shape, path)
        names: list[str] = _PARAMETER.findall(path)
        for index, name in enumerate(names):
            if name in names[:index]:
                message = f'Path "{path}" must not use parameter "{{{name}}}" multiple times.'
                yield Found(message, ("paths", path))
        if isinstance(item, dict):
            yield from _item(path, item, list(dict.fromkeys(names)))


def _item(path: str, item: dict[str, Any], names: list[str]) -> Iterator[Found]:
    shared: dict[str, Path] = {}
    yield from _declared(item.get("parameters"), ("paths", path, "parameters"), shared)
    for _, method, operation in operations({path: item}):
        where = ("paths", path, method)
        own: dict[str, Path] = {}
        yield from _declared(operation.get("parameters"), (*where, "parameters"), own)
        yield from _matched(path, names, where, shared | own)


def _declared(parameters: Any, where: Path, found: dict[str, Path]) -> Iterator[Found]:
    # Puts the parameters of a path into `found`, by name, and says what is wrong with them.
    for index, one in enumerate(parameters if isinstance(parameters, list) else ()):
        if not isinstance(one, dict) or one.get("in") != "path" or "name" not in one:
            continue
        name, place = str(one["name"]), (*where, index)
        if one.get("required") is not True:
            yield Found(f'Path parameter "{name}" must have "required" property that is set to "true".', place)
        if name in found:
            yield Found(f'Path parameter "{name}" must not be defined multiple times.', place)
        found.setdefault(name, place)


def _matched(path: str, names: Iterable[str], where: Path, declared: dict[str, Path]) -> Iterator[Found]:
    for name, place in declared.items():
        if name not in names:
            yield Found(f'Parameter "{name}" must be used in path "{path}".', place)
    for name in names:
        if name not in declared:
            message = f'Operation must define parameter "{{{name}}}" as expected by path "{path}".'
            yield Found(message, where)
