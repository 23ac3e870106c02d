"""The schemas that a mapping specification names for its two sides."""

import re
from dataclasses import dataclass, replace
from typing import Final

from integrationlint.formats.mappings.paths import is_missing
from integrationlint.formats.references import reference_key

_FILE = re.compile(
    r".\.(ya?ml|json|jsonschema|xsd|wsdl|xml|avsc|avdl|proto|graphqls?|gql|raml|dtd|sql|ddl|csv|edi)$", re.I
)
_LOOKUP_FILE = re.compile(r"\S{1,200}\.(csv|tsv|xlsx?|ya?ml|json|xml|dvm|properties|txt)$", re.I)
_XML_FILE = re.compile(r"\.(xsd|wsdl|xml)$", re.I)
_VERSION = re.compile(r"(\S+?)(?:@v?|\s+v|\s*\(v?)(\d+(?:\.\d+)*)\)?$")
_CLARK = re.compile(r"\{([^{}]*)\}([^\s{}/]+)$")
_NAME = re.compile(r"(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)$")
_QUOTES: Final = "`'\""
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema as a mapping names it: `text` as written, `key` for the uses (empty: nothing that could be found).

    `name` is its own name, empty for a whole file. `tier` is `declared` for a file or a namespace, `keyed` for a name
    with a version, `inferred` for a name alone.
    """

    text: str
    key: str
    pointer: str
    name: str = ""
    tier: str = "declared"
    version: str = ""


def read_schema(path: str, text: str, pointer: str, version: str = "") -> Schema | None:
    """The schema that a text in the document at `path` names; None when it says that there is none.

    Forms: `FILE#/json/pointer`, `FILE#Name`, `FILE`, `{urn}Name`, `Name`; a URL; each may end in `@1.2` or `v1.2`.
    FILE is relative to the document, or from the root of the snapshot with a leading `/`.
    """
    text = text.strip().strip(_QUOTES).strip()
    if is_missing(text) or len(text) > LONGEST:
        return None
    reference = text.replace("\\", "/")
    pinned = _VERSION.match(reference)
    if pinned:
        reference, version = pinned[1].strip(_QUOTES), version or pinned[2]
    found = Schema(text, "", pointer, version=version)
    clark = _CLARK.match(reference)
    if clark:
        return replace(found, key=f"element:{{{clark[1]}}}{clark[2]}", name=clark[2])
    file, _, place = reference.partition("#")
    if "#" in reference or "://" in reference or _FILE.search(file):
        return _in_file(path, found, file, place)
    name = _NAME.match(reference)
    if name:
        return replace(found, key=f"schema:{name[1]}", name=name[1], tier="keyed" if version else "inferred")
    return found


def _in_file(path: str, found: Schema, file: str, place: str) -> Schema:
    named = place.rpartition("}")[2].rpartition("/")[2].rpartition(":")[2]
    if place and (not place.startswith("/") or _XML_FILE.search(file)):
        # An XML schema has no JSON Pointers: `order.xsd#/Order` means the element of that name.
        whole = reference_key(path, f"{file}#").removesuffix("#").removeprefix("pointer:")
        return replace(found, key=f"schema:{whole.removeprefix('/')}#{named}", name=named)
    key = reference_key(path, f"{file}#{place}" if place else f"{file}#")
    return replace(found, key=key.replace("pointer:/", "pointer:", 1), name=named)


def file_key(path: str, text: str) -> str:
    """The use key of a file that a text in the document at `path` names, empty when it names none."""
    file = text.strip().replace("\\", "/")
    if not _LOOKUP_FILE.match(file) or "://" in file:
        return ""
    return (
        reference_key(path, f"{file}#").removesuffix("#").replace("pointer:", "file:", 1).replace("file:/", "file:", 1)
    )


def narrow(schema: Schema | None, own: Schema | None) -> tuple[Schema | None, str]:
    """The schema of a line from that of the mapping and the object the line names, and the step it puts in front.

    An object inside a file completes a reference to the file (`sap.xsd` and `Order`: `sap.xsd#Order`); inside a named
    schema it is a part of it (`ORDERS05` and `E1EDK01`); one that says its own file stands for itself.
    """
    if own is None or schema is None or not schema.key:
        return (own or schema), ""
    if own.tier == "declared" or own.name == schema.name:
        return (own if own.tier == "declared" else schema), ""
    if schema.key.startswith("pointer:") and schema.key.endswith("#"):
        file = schema.key.removeprefix("pointer:").removesuffix("#")
        return replace(own, key=f"schema:{file}#{own.name}", tier="declared"), ""
    return schema, own.name
