"""OpenAPI documents against the specification of their version."""

import re
from collections.abc import Iterable
from typing import Final

from integrationlint.checks.specification_plain import is_plain
from integrationlint.dialects.metaschemas import VERSIONS
from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

# Of so many characters, a document is read sooner than a validator is loaded.
_SMALL: Final = 50_000
_VERSION: Final = re.compile(r"(2\.0|3\.[0-9]+)(?:\.[0-9A-Za-z.-]+)?")


def valid(element: Element, *, versions: tuple[str, ...] = VERSIONS) -> Iterable[Problem]:
    """A document is what the metaschema of its version says; `versions` are those that may be written.

    In OpenAPI 3.1 and 3.2 Schema Objects are checked where they are of the base dialect.
    """
    value = element.document.value
    if not isinstance(value, dict) or element.parent is not None:
        return ()
    key = "swagger" if "swagger" in value else "openapi"
    found = _VERSION.fullmatch(str(value.get(key)))
    version = found[1] if found else ""
    if version not in VERSIONS or version not in versions:
        known = ", ".join(one for one in VERSIONS if one in versions and (one == "2.0") == (key == "swagger"))
        text = f"'{key}' must be a version of {known or ', '.join(versions)}, not '{str(value.get(key))[:20]}'"
        return (Problem({"problem": text}, at=f"/{key}", key=False),)
    if len(element.document.text) < _SMALL and is_plain(value):
        return ()
    # Most small documents never need what explains the others.
    from integrationlint.checks.specification_problems import problems

    return problems(value, version)
