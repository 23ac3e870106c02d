"""The structure of documents by the schemas in `rulesets/schemas`, each made to fit the version that is asked for."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from integrationlint.dialects.json_schema import SchemaError, SchemaProblem, Schemas
from integrationlint.resources import folder
from integrationlint.spectral.functions.schema_words import worded
from integrationlint.spectral.nouns import Context, Found

Version = tuple[int, int]


@cache
def schema_of(name: str, version: Version, part: str = "") -> dict[str, Any]:
    """A schema for a version, as a whole or one of its definitions: what is not yet or no longer in it is left out."""

    def left_out(value: Any) -> bool:
        told = value if isinstance(value, dict) else {}
        return _version(told.get("x-since", "0.0")) > version or _version(told.get("x-until", "99.0")) < version

    def fitting(members: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in members.items() if not left_out(value)}
        lists = {
            name: [one for one in value if not left_out(one)] for name, value in kept.items() if type(value) is list
        }
        return kept | lists

    text = (folder("rulesets") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text, object_hook=fitting)
    return schema | {"$ref": f"#/definitions/{part}"} if part else schema


def _version(text: str) -> Version:
    major, _, minor = text.partition(".")
    return int(major), int(minor)


def misfits(schema: dict[str, Any], value: Any) -> Iterator[SchemaError]:
    """The errors of a value under a schema of `schema_of`; that a branch does not fit is said by the branch itself.

    One error of keyword `errorMessage` says it when the value is too deep or too large to be judged.
    """
    try:
        errors = _ready().errors(schema, value, every=True)
    except SchemaProblem as problem:
        errors = [SchemaError((), "errorMessage", "", str(problem), {}, (), schema)]
    return (error for error in errors if error.keyword != "if")


@cache
def _ready() -> Schemas:
    # These schemas outlive every document, and so may what is made of them.
    return Schemas()


def told(schema: dict[str, Any], value: Any, context: Context) -> Iterator[Found]:
    """What does not fit, in words and where it is: what should not be there itself, not what it is in.

    A reference where there should be none is not told.
    """
    for error in misfits(schema, value):
        # Each by itself, because together some are left out that the alternatives of other schemas would repeat.
        for message, below in worded([error], value, context.path) if surplus(error) != ("$ref",) else ():
            yield Found(message, (*context.path, *below, *surplus(error)))


def surplus(error: SchemaError) -> tuple[str, ...]:
    """The name of the member that should not be there; nothing where the error is another."""
    return (str(error.params["additionalProperty"]),) if error.keyword == "additionalProperties" else ()
