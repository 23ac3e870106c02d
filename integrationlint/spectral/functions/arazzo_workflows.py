"""What `spectral:arazzo` asks of workflows: their names, outputs and dependencies."""

import re
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.functions.arazzo_expressions import items, leads_somewhere, members, steps, workflows
from integrationlint.spectral.nouns import Context, Found, Path

_OUTPUT: Final = re.compile(r"[a-zA-Z0-9.\-_]+")
_SOURCES: Final = "$sourceDescriptions."


def workflow_ids(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoWorkflowIdUniqueness: no two workflows have one workflowId."""
    seen: set[str] = set()
    for number, workflow in workflows(value):
        name = str(workflow.get("workflowId"))
        if name in seen:
            message = f'"workflowId" must be unique across all workflows. "{name}" is duplicated.'
            yield Found(message, ("workflows", number, "workflowId"))
        seen.add(name)


def workflow_outputs(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoWorkflowOutputNamesValidation: the outputs of each workflow have plain names and lead somewhere."""
    for number, workflow in workflows(value):
        yield from _outputs(workflow.get("outputs"), ("workflows", number, "outputs"), value, number)


def step_outputs(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepOutputNamesValidation: the outputs of each step have plain names and lead somewhere."""
    for one in steps(value):
        yield from _outputs(one.step.get("outputs"), (*one.path, "outputs"), value, one.number)


def _outputs(outputs: Any, path: Path, document: Any, number: int) -> Iterator[Found]:
    for index, (name, expression) in enumerate(members(outputs).items()):
        where = (*path, name, index)
        if not _OUTPUT.fullmatch(name):
            yield Found(rf'"{name}" does not match the required pattern "^[a-zA-Z0-9.\-_]+$".', where)
        if isinstance(expression, str) and not leads_somewhere(expression, document, number):
            yield Found(f'"{expression}" is not a valid runtime expression.', where)


def depends_on(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoWorkflowDependsOnValidation: a workflow depends, once each, on workflows that exist."""
    described = [members(one) for one in items(members(value).get("sourceDescriptions"))]
    types = {str(one.get("name")): one.get("type") for one in described}
    local = {one["workflowId"] for _, one in workflows(value) if isinstance(one.get("workflowId"), str)}
    for number, workflow in workflows(value):
        seen: set[str] = set()
        for index, name in enumerate(items(workflow.get("dependsOn"))):
            if not isinstance(name, str):
                continue
            problem = _dependency(name, value, types, local)
            if name in seen:
                problem = f'Duplicate workflowId "{name}" in dependsOn for workflow "{workflow.get("workflowId")}".'
            if problem:
                yield Found(problem, ("workflows", number, "dependsOn", index))
            seen.add(name)


def _dependency(name: str, document: Any, types: dict[str, Any], local: set[str]) -> str:
    if not name.startswith(_SOURCES):
        return "" if name in local else f'WorkflowId "{name}" not found in local Arazzo workflows.'
    if not leads_somewhere(name, document):
        return f'Runtime expression "{name}" is invalid.'
    source, _, workflow = name.removeprefix(_SOURCES).partition(".")
    if types.get(source) is None:
        return f'Source description "{source}" not found for workflowId "{name}".'
    if types[source] != "arazzo":
        return f'Source description "{source}" must have a type of "arazzo".'
    return "" if workflow else f'WorkflowId part is missing in the expression "{name}".'
