"""What `spectral:arazzo` asks of the parameters of steps: they are unique, of one kind, and lead somewhere."""

import re
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.functions.arazzo_expressions import Step, leads_somewhere, steps
from integrationlint.spectral.functions.arazzo_reusable import Entry, combined
from integrationlint.spectral.nouns import Context, Found

_NAME: Final = "[A-Za-z0-9_-]+"
_ALLOWED: Final = re.compile(rf"\$inputs\.|\$steps\.{_NAME}\.|\$workflows\.{_NAME}\.steps\.{_NAME}\.")


def step_parameters(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepParametersValidation: of each step with parameters, together with those of its workflow."""
    for one in steps(value):
        if isinstance(one.step.get("parameters"), list):
            common, own = one.workflow.get("parameters"), one.step["parameters"]
            entries = combined(common, own, "parameters", value, _key)
            yield from _named(entries, one)
            yield from _placed(entries, one)
            yield from _valued(entries, one, value)


def _key(entry: Entry) -> tuple[str, str]:
    return entry.name, str(entry.fields.get("in", ""))


def _named(entries: list[Entry], one: Step) -> Iterator[Found]:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        where = (*one.path, "parameters", index)
        if entry.name in seen:
            yield Found(f'"{entry.name}" must be unique within the combined parameters.', where)
        if entry.state == "invalid":
            yield Found(f'Invalid runtime expression for reusable parameter reference: "{entry.name}".', where)
        if entry.state == "missing":
            yield Found(f'Unresolved reusable parameter reference: "{entry.name}".', where)
        seen.add(entry.name)


def _placed(entries: list[Entry], one: Step) -> Iterator[Found]:
    some = any("in" in entry.fields for entry in entries)
    bare = any("in" not in entry.fields for entry in entries)
    where = (*one.path, "parameters")
    if some and bare:
        yield Found('Parameters must not mix "in" field presence.', where)
    if some and one.step.get("workflowId") is not None:
        yield Found('Step with "workflowId" must not have parameters with an "in" field.', where)
    called = one.step.get("operationId"), one.step.get("operationPath")
    if bare and called != (None, None):
        what = 'must have parameters with an "in" field.'
        yield Found(f'Step with "operationId" or "operationPath" {what}', where)


def _valued(entries: list[Entry], one: Step, document: Any) -> Iterator[Found]:
    for index, entry in enumerate(entries):
        value = entry.fields.get("value")
        if not isinstance(value, str) or not value.startswith("$"):
            continue
        if not _ALLOWED.match(value) or not leads_somewhere(value, document, one.number):
            message = f'Invalid runtime expression: "{value}" for parameter.'
            yield Found(message, (*one.path, "parameters", index))
