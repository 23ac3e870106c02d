"""OpenAPI documents against their metaschema: `jsonschema-rs` decides, others put in words what it saw."""

import json
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from integrationlint.checks.specification_schema import specification

if TYPE_CHECKING:
    from jsonschema_rs import Validator

# Errors of one document that are explained.
MOST: Final = 500
# The patterns are those of the metaschemas, the texts are anybody's.
_BACKTRACKS: Final = 10_000
# What the conversion of a text with a lone surrogate raises.
_ODD: Final = UnicodeEncodeError


def errors(document: Any, version: str, dialect: str | None) -> tuple[Any, list[Any]]:
    """The errors, as `jsonschema_rs.ValidationError`, of a document of an OpenAPI version, at most `MOST`.

    Before them comes the document that was judged: a copy where a text holds half a character. `dialect`: see
    `specification`. KeyError for an unknown version, ValueError for a document that is nested too deep.
    """
    validator = _validator(version, dialect)
    try:
        return document, _errors(validator, document)
    except _ODD:
        whole = json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
        return whole, _errors(validator, whole)


def _errors(validator: "Validator", document: Any) -> list[Any]:
    return [] if validator.is_valid(document) else list(islice(validator.iter_errors(document), MOST))


@lru_cache(maxsize=8)
def _validator(version: str, dialect: str | None) -> "Validator":
    from jsonschema_rs import FancyRegexOptions, validator_for

    bounded = FancyRegexOptions(backtrack_limit=_BACKTRACKS)
    schema = specification(version, dialect)
    found: Validator = validator_for(schema, offline=True, validate_formats=True, pattern_options=bounded)
    return found
