"""What `spectral:oas` asks of operations: their ids, parameters, responses and tags."""

import re
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.nouns import Context, Found

METHODS: Final = frozenset("get head post put patch delete options trace".split())
_STATUS: Final = re.compile(r"\s*\+?\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,3})?\s*")
_FORMS: Final = re.compile("application/x-www-form-urlencoded|multipart/form-data")


def operations(paths: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation below `paths` with its path and its method, in the order of the document."""
    if not isinstance(paths, dict):
        return
    for path, item in paths.items():
        if isinstance(item, dict):
            for method, operation in item.items():
                if method in METHODS and isinstance(operation, dict):
                    yield path, method, operation


def success_response(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasOpSuccessResponse: the responses have one for 200 to 399; from OpenAPI 3 on, a range will do."""
    if not isinstance(value, dict):
        return
    if "oas3" in context.formats and ("2XX" in value or "3XX" in value):
        return
    if not any(_STATUS.fullmatch(code) and 200 <= float(code) < 400 for code in value):
        yield Found("Operation must define at least a single 2xx or 3xx response")


def form_data_consumed(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasOpFormDataConsumeCheck: an operation with parameters in a form consumes a media type for forms."""
    operation = value if isinstance(value, dict) else {}
    consumes, parameters = operation.get("consumes"), operation.get("parameters")
    if not isinstance(consumes, list) or not isinstance(parameters, list):
        return
    in_form = any(isinstance(one, dict) and one.get("in") == "formData" for one in parameters)
    if in_form and not any(isinstance(one, str) and _FORMS.search(one) for one in consumes):
        what = "urlencoded, multipart, or form-data media type"
        yield Found(f"Consumes must include {what} when using formData parameter.")


def unique_ids(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasOpIdUnique: no two operations below `paths` have one operationId."""
    seen: set[str] = set()
    for path, method, operation in operations(value):
        name = operation.get("operationId")
        if isinstance(name, str) and name in seen:
            yield Found("operationId must be unique.", ("paths", path, method, "operationId"))
        elif isinstance(name, str):
            seen.add(name)


def parameters(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasOpParams: parameters differ in name or place; there is one body, and not beside a form."""
    if not isinstance(value, list) or len(value) < 2:
        return
    seen: set[tuple[str, str]] = set()
    placed: dict[str, list[int]] = {"body": [], "formData": []}
    for index, one in enumerate(value):
        if not isinstance(one, dict) or "$ref" in one:
            continue
        place = str(one.get("in"))
        key = (place, str(one.get("name")))
        if key in seen:
            what = 'already exposes the same combination of "name" and "in" values'
            yield Found(f"A parameter in this operation {what}.", (*context.path, index))
        seen.add(key)
        placed.setdefault(place, []).append(index)
    if placed["body"] and placed["formData"]:
        yield Found('Operation must not have both "in:body" and "in:formData" parameters.')
    for index in placed["body"][1:]:
        what = 'more than a single instance of the "in:body" parameter'
        yield Found(f"Operation must not have {what}.", (*context.path, index))


def defined_tags(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """oasTagDefined: the tags of the operations are among those of the document."""
    if not isinstance(value, dict):
        return
    declared = value.get("tags")
    names = [one.get("name") for one in declared if isinstance(one, dict)] if isinstance(declared, list) else []
    known = {name for name in names if isinstance(name, str)}
    for path, method, operation in operations(value.get("paths")):
        tags = operation.get("tags")
        for index, tag in enumerate(tags if isinstance(tags, list) else ()):
            if not isinstance(tag, str) or tag not in known:
                where = ("paths", path, method, "tags", index)
                yield Found("Operation tags must be defined in global tags.", where)
