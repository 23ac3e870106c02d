"""Bytes to a document: which parser reads a file, and what is refused before any of them sees it."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from integrationlint.model.document import Document, Fault
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.parse.text import Lines, decode

Parser = Callable[[str, str, str, Limits], Document]

_YAML: Final = frozenset(["yaml", "yml"])
_JSON: Final = frozenset(
    ["json", "avsc", "avpr", "jsonschema", "har", "postman_collection", "postman_environment", "jsonld"]
)
_TABLE: Final = frozenset(["csv", "tsv", "psv"])
# YAML or JSON: the content tells.
_EITHER: Final = frozenset(["template", "cfn", "oas", "openapi", "asyncapi"])
# Written by the tools of integration platforms, always as XML.
_XML: Final = frozenset(
    """xml xsd wsdl wadl xsl xslt xquery bpel composite componenttype jca bix proxy pipeline wsbinding edl xdm dvm xref
    mplan decs rules item properties-xml process bwp bwm substvar sharedhttp sharedjdbc sharedjmscon sharedparse
    httpclientresource httpconnresource jdbcresource jmsconnresource iflw mmap opmap propdef dsx ktr kjb camel
    dtsx xmi ecore msgflow subflow mset esql-xml mxsd dtd-xml xhtml rng sch edmx csdl gpd biztalk odx btm btp wf
    xcat jmx prpt flow-xml""".split()
)
SUFFIXES: Final = frozenset(f".{name}" for name in _YAML | _JSON | _TABLE | _EITHER | _XML)
"""The suffixes (lower case, with the dot) of files that are worth reading."""

_SYNTAXES: Final = {
    **dict.fromkeys(_YAML, "yaml"),
    **dict.fromkeys(_JSON, "json"),
    **dict.fromkeys(_TABLE, "table"),
    **dict.fromkeys(_XML, "xml"),
}
_MAGIC: Final = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\xca\xfe\xba\xbe", "a Java class"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"Obj\x01", "an Avro data file"),
)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0?\0", b"\0<\0?")
_LFS: Final = b"version https://git-lfs.github.com/spec/"
_CONFLICT: Final = re.compile(r"^<<<<<<< .*?^=======\s*?$.*?^>>>>>>> ", re.MULTILINE | re.DOTALL)
_TAG: Final = re.compile(r"<[?!A-Za-z_:]")


def parse(path: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file; never raises. A file that cannot be read has the value None and a fatal fault.

    `path` is relative to the root of the snapshot; its suffix and the first character decide on the syntax.
    """
    refused = _refuse(data, limits)
    decoded = refused or decode(data)
    if isinstance(decoded, Fault):
        return Document(path, _SYNTAXES.get(_suffix(path), "text"), None, "", faults=(decoded,))
    text, encoding = decoded
    syntax = _syntax(_suffix(path), text)
    conflict = _conflict(text)
    if conflict is not None:
        return Document(path, syntax, None, text, faults=(conflict,), encoding=encoding)
    document = _parser(syntax)(path, text, encoding, limits)
    if syntax == "json" and document.value is None and _suffix(path) not in _JSON and document.faults:
        # Flow style YAML looks like JSON; what is valid JSON means the same to both.
        return _parser("yaml")(path, text, encoding, limits)
    return document


def _suffix(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def _refuse(data: bytes, limits: Limits) -> Fault | None:
    if len(data) > limits.file_size:
        return Fault("limit", f"the file has {len(data)} bytes, more than the limit of {limits.file_size}")
    if data.startswith(_LFS):
        return Fault("unreadable", "this is a Git LFS pointer, not the file: fetch it with 'git lfs pull'")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Fault("unreadable", f"this is {what}, not text")
    if b"\0" in data and not data.startswith(_WIDE):
        return Fault("unreadable", "this is a binary file: it contains NUL bytes")
    return None


def _conflict(text: str) -> Fault | None:
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return None
    found = _CONFLICT.search(text)
    if found is None:
        return None
    message = "a merge conflict is left in the file: keep one side and remove the markers"
    return Lines(text).fault("merge-marker", message, found.start(), found.start() + 7)


def _syntax(suffix: str, text: str) -> str:
    known = _SYNTAXES.get(suffix)
    if known in ("json", "table"):
        return known
    start = text[:4000].lstrip()
    if _TAG.match(start):
        return "xml"
    if start[:1] in ("{", "["):
        return "json"
    return known or ("yaml" if suffix in _EITHER else "text")


def _parser(syntax: str) -> Parser:
    if syntax == "text":
        return _text
    return cast("Parser", import_module(f"integrationlint.parse.{syntax}").parse)


def _text(path: str, text: str, encoding: str, limits: Limits) -> Document:  # noqa: ARG001 - the shape of a parser
    return Document(path, "text", text, text, encoding=encoding)
