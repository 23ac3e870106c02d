"""What `spectral:arazzo` asks of criteria: a condition, and the context that their type needs."""

from collections.abc import Iterator
from typing import Any

from integrationlint.dialects.matching import understood
from integrationlint.spectral.functions.arazzo_expressions import items, leads_somewhere, members, steps
from integrationlint.spectral.nouns import Context, Found, Path


def success_criteria(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepSuccessCriteriaValidation: the criteria of success of each step can be evaluated."""
    for one in steps(value):
        yield from criteria(one.step.get("successCriteria"), (*one.path, "successCriteria"), value)


def criteria(listed: Any, path: Path, document: Any) -> Iterator[Found]:
    """What is wrong with a list of criteria at a path."""
    for index, criterion in enumerate(items(listed)):
        yield from _criterion(members(criterion), (*path, index), document)


def _criterion(criterion: dict[str, Any], path: Path, document: Any) -> Iterator[Found]:
    condition, kind, subject = (criterion.get(name) for name in ("condition", "type", "context"))
    if not isinstance(condition, str) or not condition.strip():
        yield Found('Missing or invalid "condition" in Criterion Object.', (*path, "condition"))
    elif kind == "regex" and understood(condition)[1]:
        why = understood(condition)[1]
        yield Found(f'"condition" contains an invalid regex pattern: {why}.', (*path, "condition"))
    if kind is not None and subject is None:
        name = kind.get("type") if isinstance(kind, dict) else kind
        message = f'A "context" must be specified for a Criterion Object with type "{name}".'
        yield Found(message, (*path, "context"))
    if isinstance(kind, dict) and not (kind.get("type") and kind.get("version")):
        message = '"type" and "version" must be specified in the Criterion Expression Type Object.'
        yield Found(message, (*path, "type"))
    if subject is not None and not leads_somewhere(subject, document):
        yield Found('"context" contains an invalid runtime expression.', (*path, "context"))
