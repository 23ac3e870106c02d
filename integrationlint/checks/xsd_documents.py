"""Schema documents by the file that an import, include or redefine names."""

from collections.abc import Iterator

from integrationlint.model.element import Element
from integrationlint.model.links import Links


def files(element: Element) -> Iterator[tuple[str, str]]:
    """Path and pointer of each file that an import names, from the root of the snapshot; none for a remote one."""
    return ((use.key.removeprefix("file:"), use.pointer) for use in element.uses if use.key.startswith("file:"))


def schema_at(path: str, links: Links) -> Element | None:
    """The schema document in a file; None when it is not there or something else."""
    return next((one for one in links.elements("schema-document") if one.document.path == path), None)


def written(element: Element, attribute: str) -> str | None:
    """The pointer of an attribute where it is written, else None for the element itself."""
    pointer = f"{element.pointer}/@{attribute}"
    try:
        element.document.at(pointer)
    except KeyError:
        return None
    return pointer
