"""Ids that rules of Spectral's own rulesets had before, and what they are called now."""

from collections.abc import Mapping
from typing import Final

from integrationlint.spectral.nouns import SEVERITIES, Severity
from integrationlint.spectral.written import Written

# As Spectral rewrites the rulesets that it loads; the first three it sends to ids that have gone since.
RENAMED: Final = {
    "operation-2xx-response": "operation-success-response",
    "oas3-unused-components-schema": "oas3-unused-component",
    "oas3-unused-components": "oas3-unused-component",
    "oas2-valid-parameter-example": "oas2-valid-schema-example",
    "oas2-valid-response-schema-example": "oas2-valid-schema-example",
    "oas2-valid-definition-example": "oas2-valid-schema-example",
    "oas2-valid-response-example": "oas2-valid-media-example",
    "oas3-valid-oas-parameter-example": "oas3-valid-media-example",
    "oas3-valid-oas-content-example": "oas3-valid-media-example",
    "oas3-valid-oas-header-example": "oas3-valid-media-example",
    "oas3-valid-header-schema-example": "oas3-valid-schema-example",
    "oas3-valid-parameter-schema-example": "oas3-valid-schema-example",
}
_UNSAID: Final = Severity("", 9)


def renamed(rules: Mapping[str, Written]) -> Mapping[str, Written]:
    """Rules with the ids that they have today; of several that are one today the most severe level counts.

    A rule that is defined in full keeps its id: it is the author's own.
    """
    if not rules.keys() & RENAMED.keys():
        return rules
    found: dict[str, Written] = {}
    for name, one in rules.items():
        new = name if isinstance(one.value, dict) else RENAMED.get(name, name)
        before = found.get(new)
        found[new] = one if before is None else _worse(before, one)
    return found


def _worse(left: Written, right: Written) -> Written:
    if isinstance(left.value, dict) or isinstance(right.value, dict):
        return left if isinstance(left.value, dict) else right
    first, second = (_level(one) for one in (left, right))
    return right if first.number < 0 or 0 <= second.number < first.number else left


def _level(part: Written) -> Severity:
    return SEVERITIES.get(part.value, _UNSAID) if isinstance(part.value, str) else _UNSAID
