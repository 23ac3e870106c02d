"""What `spectral:arazzo` asks of the actions after success and failure: unique names, and one place to go to."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from integrationlint.spectral.functions.arazzo_criteria import criteria
from integrationlint.spectral.functions.arazzo_expressions import (
    Step,
    items,
    leads_somewhere,
    members,
    steps,
    workflows,
)
from integrationlint.spectral.functions.arazzo_reusable import Entry, combined
from integrationlint.spectral.nouns import Context, Found


class _Kind(NamedTuple):
    word: str
    common: str
    own: str
    going: tuple[str, ...]


_SUCCESS: Final = _Kind("success", "successActions", "onSuccess", ("goto",))
_FAILURE: Final = _Kind("failure", "failureActions", "onFailure", ("goto", "retry"))


def success_actions(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepSuccessActionsValidation: of each step, together with those of its workflow."""
    return _actions(value, _SUCCESS)


def failure_actions(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepFailureActionsValidation: of each step, together with those of its workflow."""
    return _actions(value, _FAILURE)


def _actions(document: Any, kind: _Kind) -> Iterator[Found]:
    for one in steps(document):
        common, own = one.workflow.get(kind.common), one.step.get(kind.own)
        entries = combined(common, own, kind.common, document, lambda entry: entry.name)
        told = [entry for entry in entries if "type" in entry.fields or not entry.fields]
        for index, entry in enumerate(told):
            where = (*one.path, kind.own, index)
            problems = [*_named(entry, kind)]
            if entry.fields.get("type") in kind.going:
                problems += _going(entry.fields, one, document)
            yield from (Found(message, where) for message in problems)
            yield from criteria(entry.fields.get("criteria"), (*where, "criteria"), document)


def _named(entry: Entry, kind: _Kind) -> Iterator[str]:
    if entry.state == "duplicate":
        yield f'Duplicate {kind.word} action name: "{entry.name}".'
    if entry.state == "invalid":
        yield f'Invalid runtime expression for reusable action reference: "{entry.name}".'
    if entry.state == "missing":
        yield f'Non-existing reusable action reference: "{entry.name}".'


def _going(action: dict[str, Any], one: Step, document: Any) -> Iterator[str]:
    workflow, step = action.get("workflowId"), action.get("stepId")
    if isinstance(workflow, str) and workflow.startswith("$"):
        described = [members(each).get("name") for each in items(members(document).get("sourceDescriptions"))]
        if not leads_somewhere(workflow, document) or (*workflow.split("."), "")[1] not in described:
            yield f'"workflowId" "{workflow}" is not a valid reference or does not exist in sourceDescriptions.'
    elif workflow is not None and all(each.get("workflowId") != workflow for _, each in workflows(document)):
        yield f'"workflowId" "{workflow}" does not exist within the local Arazzo Document workflows.'
    if step is not None and all(members(each).get("stepId") != step for each in items(one.workflow.get("steps"))):
        yield f'"stepId" "{step}" does not exist within the current workflow.'
    if workflow is not None and step is not None:
        yield '"workflowId" and "stepId" are mutually exclusive and cannot be specified together.'
