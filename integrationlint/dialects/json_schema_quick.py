"""Large values against large schemas that do not change: `jsonschema-rs` says in milliseconds that all is well."""

from typing import Any, Final

from integrationlint.dialects.json_schema_formats import FORMATS, is_in_format

_BACKTRACKS: Final = 10_000
# What the conversion of odd values, and a schema that is none, may raise.
_ODD: Final = (ValueError, TypeError, OverflowError, RecursionError)


def compiled(schema: dict[str, Any], dialect: str) -> Any:
    """The validator of `jsonschema-rs` for a schema of a dialect, with our formats; None where it takes no such schema.

    It knows no `nullable`, up to draft 7 nothing beside `$ref`, and takes every part of a value anew, shared or not.
    """
    import jsonschema_rs

    classes = {
        "draft4": jsonschema_rs.Draft4Validator,
        "draft6": jsonschema_rs.Draft6Validator,
        "draft7": jsonschema_rs.Draft7Validator,
        "draft2019-09": jsonschema_rs.Draft201909Validator,
        "draft2020-12": jsonschema_rs.Draft202012Validator,
    }
    bounded = jsonschema_rs.FancyRegexOptions(backtrack_limit=_BACKTRACKS)
    tests = {name: _test(name) for name in FORMATS}
    try:
        return classes[dialect](schema, formats=tests, validate_formats=True, offline=True, pattern_options=bounded)
    except _ODD:
        return None


def _test(name: str) -> Any:
    return lambda text: is_in_format(name, text)
