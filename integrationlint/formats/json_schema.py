"""JSON Schema documents (draft 4 to 2020-12) to elements."""

import re
from posixpath import basename
from typing import Any, Final

from integrationlint.formats.formats import Match
from integrationlint.formats.shapes import Dialect, add_shape
from integrationlint.model.document import Document
from integrationlint.model.element import Element

NAME: Final = "json-schema"
SYNTAXES: Final = ("yaml", "json")
_DRAFT: Final = re.compile(r"https?://json-schema\.org/(?:draft[-/](\w[\w-]*)/)?(?:hyper-)?schema#?")
# Drafts from 2019-09 on read the keywords beside `$ref` (2019-09 section 8.2.4.1).
_OLD: Final = ("03", "04", "05", "06", "07")


def recognise(document: Document) -> Match | None:
    """By a `$schema` of json-schema.org (2020-12 section 8.1.1)."""
    value = document.value
    said = value.get("$schema") if isinstance(value, dict) else None
    found = _DRAFT.fullmatch(said.strip()) if isinstance(said, str) else None
    if found is None:
        return None
    version = (found[1] or "unversioned").removeprefix("0")
    return Match(NAME, version, f"$schema: {said}")


def build(document: Document) -> Element:
    """The `type` element of the root schema, named by its title or its file; subschemas hang below it."""
    value: Any = document.value if isinstance(document.value, dict) else {}
    match = recognise(document)
    version = f"0{match.version}" if match is not None else ""
    dialect = Dialect(document, siblings=version not in _OLD)
    title = value.get("title")
    name = title if isinstance(title, str) and title else basename(document.path).partition(".")[0]
    keys = [f"schema:{document.path}#{name}", f"schema:{name}"]
    if version in ("03", "04") and isinstance(value.get("id"), str):
        keys.append(dialect.key(value["id"]))  # it is called `$id` since draft 6
    return add_shape(dialect, None, "type", name, value, "", keys=tuple(keys))
