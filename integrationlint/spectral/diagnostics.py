"""What Spectral says of a document before any rule runs: it cannot be read, refers to nothing, is in no format."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple

from integrationlint.model.document import Document
from integrationlint.model.location import Span
from integrationlint.model.scalars import INFINITE, WORDS, is_number
from integrationlint.spectral.nouns import SEVERITIES, Path, Severity, SpectralRule
from integrationlint.spectral.places import pointer_of, span_of
from integrationlint.spectral.references import File
from integrationlint.spectral.resolve import Missing
from integrationlint.spectral.ruleset import ParserOptions

_STARTS: Final = frozenset("~nNtTfF.+-0123456789")
_DUPLICATE: Final = "duplicate-key"
# What is no mistake of the document as Spectral reads it: it takes the first of several documents.
_NO_FAULTS: Final = ("multiple-documents",)


UNRECOGNISED: Final = "unrecognized-format"
DIAGNOSTICS: Final = (
    SpectralRule("invalid-ref", (), (), SEVERITIES["error"], description="What a $ref names is there"),
    SpectralRule("parser", (), (), SEVERITIES["error"], description="Documents can be read, and their keys are text"),
    SpectralRule(UNRECOGNISED, (), (), SEVERITIES["warn"], description="Documents are in a format that rules are for"),
)
"""What is found beside the rules of a ruleset, whatever they are."""
ODD_KEY: Final = "Mapping key must be a string scalar rather than"


class Result(NamedTuple):
    """What a rule, or the reading of a document, found: its code, how bad it is, and where it is written."""

    code: str
    severity: Severity
    message: str
    document: Document
    path: Path
    span: Span


def reading(document: Document, file: File | None, options: ParserOptions) -> Iterator[Result]:
    """What the parser met: text that cannot be read, keys that are there twice, keys that are no text."""
    containers = Containers(document, file)
    for fault in document.faults:
        if fault.code == _DUPLICATE:
            path = containers.key_at(fault.span)
            message = f"Duplicate key: {path[-1]}" if path else fault.message
            yield Result("parser", options.duplicate_keys, message, document, path, fault.span)
        elif fault.code not in _NO_FAULTS:
            yield Result("parser", SEVERITIES["error"], fault.message, document, (), fault.span)
    if document.syntax == "yaml" and options.incompatible_values.number >= 0:
        for path, span, kind in containers.odd_keys():
            yield Result("parser", options.incompatible_values, f"{ODD_KEY} {kind}", document, path, span)


class Containers(NamedTuple):
    """The objects of a document, for what only they tell of their keys."""

    document: Document
    file: File | None

    def key_at(self, span: Span) -> Path:
        """The path of the member whose key stands there; the root where none does."""
        for path, found in self._keys(None):
            if found == span:
                return path
        return ()

    def odd_keys(self) -> Iterator[tuple[Path, Span, str]]:
        """The keys that are written as numbers, as `true`, or as nothing: path, span and type."""
        names = set(chain.from_iterable(self._objects()))
        kinds = {name: kind for name in names if name[:1] in _STARTS and (kind := _kind(name))}
        for path, span in self._keys(kinds) if kinds else ():
            # In quotes a key is longer by two; hardly any number is, by the way it is written.
            if span.end.column - span.start.column != len(str(path[-1])) + 2:
                yield path, span, kinds[str(path[-1])]

    def _objects(self) -> Iterator[dict[str, object]]:
        return (one for one in (self.file.holders if self.file else ()) if type(one) is dict)

    def _keys(self, names: Mapping[str, str] | None) -> Iterator[tuple[Path, Span]]:
        """The members of these names, or all, with the spans of their keys."""
        file = self.file
        if file is None:
            return
        for at, one in enumerate(file.holders):
            if type(one) is not dict or (names is not None and names.keys().isdisjoint(one)):
                continue
            for name in one if names is None else [name for name in one if name in names]:
                path = (*file.path(at), name)
                span = self.document.locator.key(pointer_of(path))
                if span is not None:
                    yield path, span


def _kind(name: str) -> str:
    if name in WORDS:
        return "null" if WORDS[name] is None else "boolean"
    return "number" if name in INFINITE or is_number(name) else ""


def references(missing: Iterable[Missing]) -> Iterator[Result]:
    """What is referred to and is not there."""
    for one in missing:
        document, path = one.at
        more = f" ({one.others} more references lead there)" if one.others else ""
        message = f"{one.reason}{more}"
        yield Result("invalid-ref", SEVERITIES["error"], message, document, path, span_of(document, path))


def unrecognised(document: Document, formats: Iterable[str]) -> Result:
    """The rules are for formats, and the document is in none of them."""
    message = f"The document is in none of the formats that the rules are for: {', '.join(sorted(formats))}"
    return Result(UNRECOGNISED, SEVERITIES["warn"], message, document, (), span_of(document, ()))
