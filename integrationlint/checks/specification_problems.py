"""What is wrong with a document by the metaschema of its version, in words, each thing once."""

from collections.abc import Iterator
from typing import Any

from integrationlint.checks.schemas_openapi import MOST, errors
from integrationlint.checks.specification_branches import leaves
from integrationlint.checks.specification_places import Judged
from integrationlint.checks.specification_schema import specification
from integrationlint.checks.specification_words import Violation, violations
from integrationlint.model.location import child, parent
from integrationlint.model.rule import Problem


def problems(value: dict[str, Any], version: str) -> Iterator[Problem]:
    """The problems of a document of an OpenAPI version, in no particular order."""
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
