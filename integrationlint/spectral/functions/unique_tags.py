"""Tags that differ in name."""

from collections.abc import Iterator
from typing import Any

from integrationlint.spectral.nouns import Context, Found


def unique_tags(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """uniquenessTags: no two tags of a list have one name."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return
    names = [one.get("name") for one in value]
    seen: set[str] = set()
    for index, name in enumerate(names if all(isinstance(one, str) for one in names) else ()):
        if name in seen:
            message = f'"tags" object contains duplicate tag name "{name}".'
            yield Found(message, (*context.path, index, "name"))
        seen.add(name)
