"""Runtime expressions of Arazzo 1.0 (section Runtime Expressions), as far as they can be followed in the document."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from integrationlint.spectral.nouns import Path

_NAME: Final = r"([A-Za-z0-9_\\-]+)"
_REST: Final = r"\.([^\n\r\u2028\u2029]*)"
_STEP: Final = re.compile(r"\$steps\." + _NAME + _REST)
_WORKFLOW: Final = re.compile(r"\$workflows\." + _NAME + _REST)
_INPUT: Final = re.compile(r"\$inputs\." + _NAME)
_COMPONENT: Final = re.compile(r"\$components\.(parameters|successActions|failureActions)\." + _NAME)
_FREE: Final = (
    *("$url", "$method", "$statusCode", "$request.", "$response.", "$message.", "$outputs.", "$sourceDescriptions."),
    "$components.inputs.",
)


class Step(NamedTuple):
    """A step with its workflow, and the path to it."""

    path: Path
    step: dict[str, Any]
    workflow: dict[str, Any]
    number: int


def members(value: Any) -> dict[str, Any]:
    """The mapping itself; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The list itself; an empty one for anything else."""
    return value if isinstance(value, list) else []


def workflows(document: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The workflows of a document with their indexes; what is no mapping is left out."""
    for number, workflow in enumerate(items(members(document).get("workflows"))):
        if isinstance(workflow, dict):
            yield number, workflow


def steps(document: Any) -> Iterator[Step]:
    """The steps of all workflows; what is no mapping is left out."""
    for number, workflow in workflows(document):
        for index, step in enumerate(items(workflow.get("steps"))):
            if isinstance(step, dict):
                yield Step(("workflows", number, "steps", index), step, workflow, number)


def leads_somewhere(expression: Any, document: Any, number: int | None = None) -> bool:
    """Whether a text is a runtime expression, and what it names is there.

    Steps and inputs are those of the workflow with index `number`; without it, steps may be those of any workflow.
    """
    if not isinstance(expression, str):
        return False
    if expression.startswith("$steps."):
        return _step(expression, document, number)
    if expression.startswith("$workflows."):
        return _workflow(expression, document)
    if expression.startswith("$inputs."):
        return _input(expression, document, number)
    named = _COMPONENT.fullmatch(expression)
    if named:
        return named[2] in members(members(members(document).get("components")).get(named[1]))
    return expression.startswith(_FREE)


def _step(expression: str, document: Any, number: int | None) -> bool:
    named = _STEP.fullmatch(expression)
    return named is not None and any(
        one.step.get("stepId") == named[1] for one in steps(document) if number is None or one.number == number
    )


def _workflow(expression: str, document: Any) -> bool:
    named = _WORKFLOW.fullmatch(expression)
    if named is None:
        return False
    for number, workflow in workflows(document):
        if workflow.get("workflowId") == named[1]:
            return not named[2].startswith("steps.") or _step(f"${named[2]}", document, number)
    return False


def _input(expression: str, document: Any, number: int | None) -> bool:
    named = _INPUT.fullmatch(expression)
    inputs = next((members(one.get("inputs")) for at, one in workflows(document) if at == number), {})
    if "properties" not in inputs and isinstance(inputs.get("$ref"), str):
        inputs = members(_followed(inputs["$ref"], document))
    return named is not None and named[1] in members(inputs.get("properties"))


def _followed(reference: str, document: Any) -> Any:
    node = document
    for name in reference.removeprefix("#/").split("/"):
        node = members(node).get(name)
    return node
