"""What `spectral:arazzo` asks of steps: their names, what they call and what they send."""

import re
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.functions.arazzo_expressions import Step, items, leads_somewhere, members, steps
from integrationlint.spectral.nouns import Context, Found

_OPERATION_PATH: Final = re.compile(r"\{\$sourceDescriptions\.([a-zA-Z0-9_-]+)\.url\}#[^\n\r\u2028\u2029]+")
_MEDIA_TYPE: Final = re.compile(
    r"(application|audio|font|example|image|message|model|multipart|text|video)/[a-zA-Z0-9!#$&^_.+-]{1,127}"
)


def step_ids(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepIdUniqueness: each step of a workflow has a stepId, and no two have the same."""
    seen: set[str] = set()
    for index, step in enumerate(items(members(value).get("steps"))):
        name, where = members(step).get("stepId"), (*context.path, "steps", index)
        if name is None:
            what = 'is missing a "stepId". Each step should have a unique "stepId".'
            yield Found(f"Step at index {index} {what}", where)
        elif name in seen:
            yield Found('"stepId" must be unique within the workflow.', (*where, "stepId"))
        if isinstance(name, str):
            seen.add(name)


def step_calls(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepValidation: what a step calls is in a source that the document describes."""
    described = items(members(value).get("sourceDescriptions"))
    if not described:
        yield Found("sourceDescriptions is missing in the Arazzo Specification.", ("sourceDescriptions",))
        return
    sources = {str(members(one).get("name")) for one in described}
    for one in steps(value):
        yield from _call(one, "operationId", value, sources)
        yield from _operation_path(one, sources)
        yield from _call(one, "workflowId", value, sources)


def _call(one: Step, member: str, document: Any, sources: set[str]) -> Iterator[Found]:
    name, step, where = one.step.get(member), one.step.get("stepId"), (*one.path, member)
    if not isinstance(name, str) or not name.startswith("$"):
        return
    source = (*name.split("."), "")[1]
    if not leads_somewhere(name, document):
        yield Found(f'Runtime expression "{name}" is invalid in step "{step}".', where)
    elif source not in sources:
        yield Found(f'Source description "{source}" not found for {member} "{name}" in step "{step}".', where)


def _operation_path(one: Step, sources: set[str]) -> Iterator[Found]:
    written, step, where = one.step.get("operationPath"), one.step.get("stepId"), (*one.path, "operationPath")
    if written is None:
        return
    found = _OPERATION_PATH.fullmatch(str(written))
    if found is None:
        what = (
            'must be a valid runtime expression following the format "{$sourceDescriptions.<name>.url}#<json-pointer>".'
        )
        yield Found(f'OperationPath "{written}" {what}', where)
    elif found[1] not in sources:
        message = f'Source description "{found[1]}" not found for operationPath "{written}" in step "{step}".'
        yield Found(message, where)


def request_bodies(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """arazzoStepRequestBodyValidation: a body has a media type, and its expressions lead somewhere."""
    for one in steps(value):
        body, where = members(one.step.get("requestBody")), (*one.path, "requestBody")
        media, payload = body.get("contentType"), body.get("payload")
        if media is not None and not _MEDIA_TYPE.fullmatch(str(media)):
            yield Found(f"Invalid MIME type in contentType: {media}", (*where, "contentType"))
        if _goes_astray(payload, value, one.number):
            yield Found(f"Invalid runtime expression in payload: {payload}", (*where, "payload"))
        for index, replacement in enumerate(map(members, items(body.get("replacements")))):
            new, place = replacement.get("value"), (*where, "replacements", index)
            if not replacement.get("target"):
                yield Found('"target" is required in Payload Replacement.', (*place, "target"))
            if _goes_astray(new, value, one.number):
                yield Found(f"Invalid runtime expression in replacement value: {new}", (*place, "value"))


def _goes_astray(value: Any, document: Any, number: int) -> bool:
    is_expression = isinstance(value, str) and value.startswith("$")
    return is_expression and not leads_somewhere(value, document, number)
