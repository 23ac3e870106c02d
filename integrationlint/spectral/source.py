"""From a path in a tree back to where it is written: file, path, and what the path asks for beyond that."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from integrationlint.model.document import Document
from integrationlint.spectral.nouns import Path
from integrationlint.spectral.resolve import Resolved


class Place(NamedTuple):
    """Where a path leads: the document, the path and value in it as they are written, and the path that was asked for.

    `asked` is longer than `path` where the path leads to something that is not there.
    """

    document: Document
    path: Path
    value: Any
    asked: Path


def closest(value: Any, path: Sequence[str | int]) -> tuple[Path, Any]:
    """As much of a path as there is in a value, and what is there. A list takes indexes, whether or not as text."""
    found: list[str | int] = []
    for step in path:
        if isinstance(value, dict):
            key: str | int = str(step)
            if key not in value:
                break
        elif isinstance(value, list):
            text = str(step)
            if not text.isdecimal() or len(text) > 9 or int(text) >= len(value):
                break
            key = int(text)
        else:
            break
        found.append(key)
        value = value[key]
    return tuple(found), value


def written(document: Document, path: Path) -> Place:
    """Where a path in the document itself leads."""
    return Place(document, *closest(document.value, path), path)


def written_in(resolved: Resolved, path: Path) -> Place:
    """Where a path in the resolved tree leads: at the end of the references on its way.

    What stands beside a `$ref` is not part of the tree; a path that ends at it means the document that refers. Behind
    references, Spectral loses its way at names that a URI writes otherwise, such as `$defs`; this does not.
    """
    there, _ = closest(resolved.root, path)
    place = written(resolved.document, there)
    if len(place.path) == len(there) and not _is_mere_reference(place.value):
        return written(resolved.document, path) if len(path) > len(there) else place
    document, steps = resolved.start
    here = resolved.root
    for key in there:
        hop = resolved.hops.get(id(here), {}).get(key)
        here = here[key]
        document, steps = (document, (*steps, key)) if hop is None else hop
    found, value = closest(document.value, steps)
    beyond = path[len(there) :] if len(place.path) < len(there) else ()
    return Place(document, found, value, (*found, *beyond))


def _is_mere_reference(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("$ref"), str)
