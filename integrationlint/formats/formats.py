"""The formats: the one list, and the shape that every format module has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Protocol, cast

from integrationlint.model.document import Document
from integrationlint.model.element import Element


@dataclass(frozen=True, slots=True)
class Match:
    """What a document was taken for: kind is the format's name or a dialect of it, evidence is what told."""

    kind: str
    version: str
    evidence: str


class Format(Protocol):
    """A module of `formats/` that turns documents into elements."""

    NAME: str
    SYNTAXES: tuple[str, ...]

    def recognise(self, document: Document) -> Match | None:
        """Decide by content, cheaply; None when the document is something else."""
        ...

    def build(self, document: Document) -> Element:
        """The root element of a recognised document. Never raises on odd content: what is odd is left out."""
        ...


# Modules below `formats`, in the order in which they are asked. They are imported when a document of
# their syntax turns up, so that a run loads only what its files need.
FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "openapi": ("yaml", "json"),
    "xsd": ("xml",),
    "backstage": ("yaml", "json"),
    "pact": ("json",),
    "flows.mule": ("xml",),
    "flows.step_functions": ("yaml", "json"),
    "mappings.table": ("table",),
    "mappings.document": ("yaml", "json"),
    "json_schema": ("yaml", "json"),
}


def load_format(name: str) -> Format:
    """The module of a format, imported on first use."""
    return cast("Format", import_module(f"integrationlint.formats.{name}"))


def recognise(document: Document, names: Iterable[str] = tuple(FORMATS)) -> tuple[Match, Format] | None:
    """What a document is, and the format that builds it; None when nobody claims it or it could not be parsed."""
    if document.value is None:
        return None
    for name in names:
        if document.syntax in FORMATS[name]:
            module = load_format(name)
            match = module.recognise(document)
            if match is not None:
                return match, module
    return None


def build_fragment(
    document: Document, pointer: str, expects: str, *, name: str = "", owner: Document | None = None
) -> Element | None:
    """The element of a part that another document refers to, read as what is expected; None where nothing is.

    `expects` is `schema`, `parameter`, `response`, `path` or another part of a contract, `name` what the reference
    calls it (the template of a path); `owner` is the contract whose version, servers and security hold for it.
    """
    if document.syntax not in ("yaml", "json"):
        return None
    try:
        node = document.at(pointer)
    except KeyError:
        return None
    openapi = import_module("integrationlint.formats.openapi")
    return cast("Element | None", openapi.fragment(document, pointer, node, expects, name=name, owner=owner))
