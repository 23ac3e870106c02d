"""OpenAPI documents against the specification of their version."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from integrationlint.checks.schemas_openapi import MOST, errors
from integrationlint.checks.specification_branches import leaves
from integrationlint.checks.specification_places import Judged
from integrationlint.checks.specification_schema import specification
from integrationlint.checks.specification_words import Violation, violations
from integrationlint.dialects.metaschemas import VERSIONS
from integrationlint.model.element import Element
from integrationlint.model.location import child, parent
from integrationlint.model.rule import Problem

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
    return _problems(value, version)


def _problems(value: dict[str, Any], version: str) -> Iterator[Problem]:
    dialect = value.get("jsonSchemaDialect")
    dialect = dialect if isinstance(dialect, str) else None
    try:
        seen, found = errors(value, version, dialect)
    except (ValueError, RecursionError):
        yield Problem({"problem": "the document is nested too deep to be compared with the specification"}, at="")
        return
    if not found:
        return
    if len(found) == MOST:
        more = f"there are more than {MOST} errors; the others are told when these are mended"
        yield Problem({"problem": more}, at="")
    judged = Judged(seen, specification(version, dialect), version)
    told: dict[str, list[Violation]] = {}
    for error, like in leaves(found):
        for one in violations(judged, error, like):
            told.setdefault(one.pointer, []).append(one)
    first = [one for several in told.values() for one in several if one.rank == min(each.rank for each in several)]
    # What is misspelt is not missing as well, and where a word is wrong nobody knows what it should have brought.
    meant = {child(parent(one.pointer), one.meant) for one in first if one.meant}
    wrong = {child(one.pointer, one.missing) if one.missing else one.pointer for one in first}
    for one in dict.fromkeys(first):
        blamed = {child(parent(one.pointer), name) for name in one.hinges}
        if not (one.missing and child(one.pointer, one.missing) in meant) and blamed.isdisjoint(wrong):
            yield Problem({"problem": one.text}, at=one.pointer, key=one.key)
