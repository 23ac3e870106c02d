"""Bytes to a document: which parser reads a file, and what is refused before any of them sees it."""

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Final, cast

from integrationlint.model.document import ELSEWHERE, Document, Fault
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.parse.notation import other_notation
from integrationlint.parse.text import Lines, decode

# A parser takes path, text, encoding and limits. Its module is imported when the first file of its syntax turns up.
Parser = Callable[[str, str, str, Limits], Document]

_YAML: Final = "yaml yml raml"
_JSON: Final = "json avsc avpr asl jsonld har workatoproject"
_TABLE: Final = "csv tsv psv"
# As tools write them: schemas, BPEL, Oracle SOA and OSB, TIBCO 5 and 6, Talend, SAP CPI, BizTalk, Pentaho.
_XML: Final = """
    xml xsd wsdl wadl xsl xslt bpel composite componenttype mplan jca dvm bix biz proxy pipeline
    process bwp bwm bwt substvar aeschema sharedhttp sharedjdbc sharedjmscon sharedparse
    httpclientresource httpconnresource jdbcresource jmsconnresource
    item iflw mmap propdef btm btp dtsx ktr kjb edmx
"""
_SYNTAXES: Final = {
    suffix: syntax
    for syntax, suffixes in (("yaml", _YAML), ("json", _JSON), ("table", _TABLE), ("xml", _XML))
    for suffix in suffixes.split()
}
# CloudFormation templates are JSON or YAML.
_EITHER: Final = ("template", "cfn")
_MAYBE_YAML: Final = (*_YAML.split(), *_EITHER)
SUFFIXES: Final = frozenset(f".{suffix}" for suffix in (*_SYNTAXES, *_EITHER))
"""The suffixes, in lower case and with the dot, of files that are worth reading."""

_MAGIC: Final = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "a document of an old office program",
    b"\xca\xfe\xba\xbe": "a Java class",
    b"\x7fELF": "a program",
    b"SQLite format 3\0": "an SQLite database",
    b"Obj\x01": "an Avro data file",
}
_LFS: Final = b"version https://git-lfs.github.com/spec/"
# NUL bytes belong to text only in these encodings, which a mark or the first two characters of XML give away.
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0?\0", b"\0<\0?")
# What Git leaves in a file, in this order; the second alone may be an underline.
_CONFLICT: Final = (
    re.compile(r"^<<<<<<< ", re.MULTILINE),
    re.compile(r"^=======[ \t\r]*$", re.MULTILINE),
    re.compile(r"^>>>>>>> ", re.MULTILINE),
)
_TAG: Final = re.compile(r"<[?!A-Za-z_]")
_HTML: Final = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)


def parse(path: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file; never raises. A file that cannot be read has the value None and a fatal fault.

    `path` is relative to the root of the snapshot; its suffix and the first characters decide on the syntax.
    """
    suffix = path.rpartition("/")[2].rpartition(".")[2].lower()
    decoded = _refuse(data, limits) or decode(data)
    if isinstance(decoded, Fault):
        return Document(path, _SYNTAXES.get(suffix, "text"), None, "", faults=(decoded,))
    text, encoding = decoded
    syntax = _syntax(suffix, text)
    fault = _conflict(text) or (_page(text) if syntax == "xml" else None)
    if fault is not None:
        return Document(path, syntax, None, text, faults=(fault,), encoding=encoding)
    if syntax == "text":
        return Document(path, syntax, text, text, encoding=encoding)
    document = _parser(syntax)(path, text, encoding, limits)
    if syntax == "json" and suffix in _MAYBE_YAML and any(fault.code == "syntax" for fault in document.faults):
        # YAML in flow style begins like JSON. What is JSON means the same to both, so the fast one came first.
        document = _parser("yaml")(path, text, encoding, limits)
    return _of_another_program(document) if document.value is None else document


def _of_another_program(document: Document) -> Document:
    what = other_notation(document.syntax, document.text)
    if not what or not all(fault.code == "syntax" for fault in document.faults):
        return document
    faults = (replace(fault, code="notation", message=f"not read: this is {what}") for fault in document.faults[:1])
    return replace(document, faults=tuple(faults))


def _refuse(data: bytes, limits: Limits) -> Fault | None:
    """What can be told from the bytes."""
    if len(data) > limits.file_size:
        return Fault("limit", f"the file has {len(data)} bytes, which is over the limit of {limits.file_size}")
    if data.startswith(_LFS):
        return Fault(ELSEWHERE, "this is a pointer of Git LFS, not the file itself: fetch that with 'git lfs pull'")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            return Fault("unreadable", f"this is {what}, not text")
    if b"\0" in data and not data.startswith(_WIDE):
        return Fault("unreadable", "this is a binary file, not text: it contains NUL bytes")
    return None


def _conflict(text: str) -> Fault | None:
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return None
    places: list[int] = []
    for marker in _CONFLICT:
        found = marker.search(text, places[-1] if places else 0)
        if found is None:
            return None
        places.append(found.start())
    message = "a merge conflict is left in the file: keep what is right and remove the markers"
    return Lines(text).fault("merge-marker", message, places[0], places[0] + 7)


def _page(text: str) -> Fault | None:
    if _HTML.match(text[:1000].lstrip()):
        return Fault("unreadable", "this is an HTML page, perhaps the answer to a failed download")
    return None


def _syntax(suffix: str, text: str) -> str:
    known = _SYNTAXES.get(suffix)
    if known in ("json", "table"):
        return known
    start = text[:4000].lstrip()
    # YAML may well begin with a tag of HTML or with `<<:`.
    if start.startswith("<?xml") if known == "yaml" else _TAG.match(start):
        return "xml"
    if start.startswith(("{", "[")):
        return "json"
    return known or ("yaml" if suffix in _EITHER else "text")


def _parser(syntax: str) -> Parser:
    return cast("Parser", import_module(f"integrationlint.parse.{syntax}").parse)
