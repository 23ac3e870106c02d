"""What a check may ask of the workspace: who is used, who uses, what else there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from integrationlint.model.element import Element, Use


@dataclass(frozen=True, slots=True)
class Edge:
    """A resolved use.

    `missing` counts the trailing path steps that could not be followed from `target`; `through` lists the elements
    that the path passes on its way: a change of one of them reaches the source as well.
    """

    source: Element
    target: Element
    use: Use
    missing: int = 0
    through: tuple[Element, ...] = ()


class Links(Protocol):
    """The linked elements of one snapshot."""

    def resolve(self, source: Element, use: Use) -> tuple[Edge, ...]:
        """The edges that a use stands for: none when nothing answers to its key, several when ambiguous."""
        ...

    def users(self, element: Element) -> tuple[Edge, ...]:
        """The edges that end at the element."""
        ...

    def elements(self, *kinds: str) -> Iterable[Element]:
        """All elements of the kinds, by document path and in source order."""
        ...

    def shape(self, element: Element) -> Element:
        """The element that says what the values are: the element itself, or the end of its `$ref` or type chain."""
        ...

    def fields(self, element: Element) -> Mapping[str, Element]:
        """The fields of a shape by name, those of `allOf` parts, extended types and referenced types included."""
        ...

    def edges(self, element: Element) -> tuple[Edge, ...]:
        """All resolved uses of one element."""
        ...

    def format(self, element: Element) -> str:
        """The name of the format of the element's document, empty for none."""
        ...

    def has_file(self, path: str) -> bool:
        """Whether the snapshot holds a file of that path, read or not, or knows that it lies elsewhere."""
        ...

    def is_elsewhere(self, path: str) -> bool:
        """Whether the content lies elsewhere and nothing can be said of it: in a submodule, in Git LFS."""
        ...
