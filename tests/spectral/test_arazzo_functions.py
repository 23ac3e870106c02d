from copy import deepcopy
from typing import Any

import pytest

from integrationlint.spectral.functions.arazzo_expressions import leads_somewhere
from integrationlint.spectral.functions.functions import find
from integrationlint.spectral.nouns import Context, Path, SpectralRule

RULE = SpectralRule("r", ("$",), ())

SHOP: dict[str, Any] = {
    "arazzo": "1.0.1",
    "info": {"title": "Shop", "version": "1"},
    "sourceDescriptions": [{"name": "shop", "url": "shop.yaml", "type": "openapi"}],
    "components": {
        "parameters": {"trace": {"name": "trace", "in": "header", "value": "1"}},
        "successActions": {"done": {"name": "done", "type": "end"}},
        "failureActions": {"again": {"name": "again", "type": "retry", "retryAfter": 1}},
    },
    "workflows": [
        {
            "workflowId": "buy",
            "inputs": {"type": "object", "properties": {"sku": {"type": "string"}}},
            "outputs": {"order": "$steps.order.outputs.id"},
            "steps": [
                {
                    "stepId": "find",
                    "operationId": "findItem",
                    "parameters": [{"name": "sku", "in": "query", "value": "$inputs.sku"}],
                    "outputs": {"item": "$response.body#/id"},
                },
                {
                    "stepId": "order",
                    "operationId": "$sourceDescriptions.shop.createOrder",
                    "parameters": [{"reference": "$components.parameters.trace"}],
                    "requestBody": {"contentType": "application/json", "payload": "$steps.find.outputs.item"},
                    "successCriteria": [{"condition": "$statusCode == 201"}],
                    "onSuccess": [{"reference": "$components.successActions.done"}],
                    "onFailure": [{"name": "back", "type": "goto", "stepId": "find"}],
                },
            ],
        },
        {"workflowId": "return", "dependsOn": ["buy"], "steps": [{"stepId": "send", "workflowId": "buy"}]},
    ],
}
NAMES = (
    "arazzoWorkflowIdUniqueness",
    "arazzoWorkflowOutputNamesValidation",
    "arazzoStepOutputNamesValidation",
    "arazzoStepParametersValidation",
    "arazzoStepFailureActionsValidation",
    "arazzoStepSuccessActionsValidation",
    "arazzoWorkflowDependsOnValidation",
    "arazzoStepSuccessCriteriaValidation",
    "arazzoStepRequestBodyValidation",
    "arazzoStepValidation",
    "arazzoDocumentSchema",
)
STEP = ("workflows", 0, "steps", 1)


def found(name: str, document: Any, value: Any = None, path: Path = ()) -> list[tuple[Path | None, str]]:
    function = find(name)
    assert function is not None
    context = Context(path, document, document, frozenset(("arazzo1_0",)), RULE)
    return [(one.path, one.message) for one in function(document if value is None else value, None, context)]


def shop(*changes: tuple[Path, Any]) -> dict[str, Any]:
    document = deepcopy(SHOP)
    for path, value in changes:
        node: Any = document
        for segment in path[:-1]:
            node = node[segment]
        node[path[-1]] = value
    return document


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_document_is_left_alone(name: str) -> None:
    assert found(name, SHOP) == []


@pytest.mark.parametrize("name", NAMES[:-2])
@pytest.mark.parametrize("document", [None, [], {"workflows": 1}, {"workflows": [1, {"steps": [1, {}]}]}])
def test_what_is_malformed_is_left_to_the_schema(name: str, document: Any) -> None:
    assert found(name, document, document or {}) == []


@pytest.mark.parametrize(
    ("expression", "here"),
    [
        ("$url", True),
        ("$response.header.Location", True),
        ("$inputs.sku", True),
        ("$inputs.colour", False),
        ("$steps.find.outputs.item", True),
        ("$steps.send.outputs.item", False),
        ("$workflows.return.outputs.x", True),
        ("$workflows.buy.steps.find.outputs.item", True),
        ("$workflows.buy.steps.send.outputs.item", False),
        ("$workflows.sell.outputs.x", False),
        ("$components.parameters.trace", True),
        ("$components.parameters.span", False),
        ("$components.successActions.done", True),
        ("$components.failureActions.done", False),
        ("$sourceDescriptions.anything", True),
        ("$elsewhere", False),
        ("sku", False),
        (7, False),
    ],
)
def test_an_expression_is_followed_within_its_workflow(expression: Any, here: bool) -> None:
    assert leads_somewhere(expression, SHOP, 0) is here


def test_inputs_by_reference_are_followed() -> None:
    document = shop((("components", "inputs"), {"item": {"properties": {"sku": {}}}}))
    document["workflows"][0]["inputs"] = {"$ref": "#/components/inputs/item"}
    assert leads_somewhere("$inputs.sku", document, 0)
    assert not leads_somewhere("$inputs.colour", document, 0)


def test_without_a_workflow_steps_of_any_count() -> None:
    assert leads_somewhere("$steps.send.x", SHOP)
    assert not leads_somewhere("$inputs.sku", SHOP)


@pytest.mark.parametrize(
    ("name", "change", "path"),
    [
        ("arazzoWorkflowIdUniqueness", (("workflows", 1, "workflowId"), "buy"), ("workflows", 1, "workflowId")),
        (
            "arazzoWorkflowOutputNamesValidation",
            (("workflows", 0, "outputs"), {"a b": "$url"}),
            ("workflows", 0, "outputs", "a b", 0),
        ),
        (
            "arazzoStepOutputNamesValidation",
            ((*STEP, "outputs"), {"ok": "$url", "id": "response.id"}),
            (*STEP, "outputs", "id", 1),
        ),
        (
            "arazzoWorkflowDependsOnValidation",
            (("workflows", 1, "dependsOn"), ["buy", "buy"]),
            ("workflows", 1, "dependsOn", 1),
        ),
        (
            "arazzoWorkflowDependsOnValidation",
            (("workflows", 1, "dependsOn"), ["$sourceDescriptions.shop.sell"]),
            ("workflows", 1, "dependsOn", 0),
        ),
        (
            "arazzoWorkflowDependsOnValidation",
            (("workflows", 1, "dependsOn"), ["sell"]),
            ("workflows", 1, "dependsOn", 0),
        ),
        ("arazzoStepValidation", ((*STEP, "operationId"), "$sourceDescriptions.bank.pay"), (*STEP, "operationId")),
        ("arazzoStepValidation", ((*STEP, "workflowId"), "$elsewhere.x"), (*STEP, "workflowId")),
        ("arazzoStepValidation", ((*STEP, "operationPath"), "/orders"), (*STEP, "operationPath")),
        (
            "arazzoStepValidation",
            ((*STEP, "operationPath"), "{$sourceDescriptions.bank.url}#/paths/~1pay"),
            (*STEP, "operationPath"),
        ),
        ("arazzoStepValidation", (("sourceDescriptions",), []), ("sourceDescriptions",)),
        (
            "arazzoStepRequestBodyValidation",
            ((*STEP, "requestBody", "contentType"), "json"),
            (*STEP, "requestBody", "contentType"),
        ),
        (
            "arazzoStepRequestBodyValidation",
            ((*STEP, "requestBody", "payload"), "$steps.pay.x"),
            (*STEP, "requestBody", "payload"),
        ),
        (
            "arazzoStepRequestBodyValidation",
            ((*STEP, "requestBody", "replacements"), [{"value": 1}]),
            (*STEP, "requestBody", "replacements", 0, "target"),
        ),
        (
            "arazzoStepRequestBodyValidation",
            ((*STEP, "requestBody", "replacements"), [{"target": "/a", "value": "$inputs.colour"}]),
            (*STEP, "requestBody", "replacements", 0, "value"),
        ),
        (
            "arazzoStepSuccessCriteriaValidation",
            ((*STEP, "successCriteria", 0), {"condition": " "}),
            (*STEP, "successCriteria", 0, "condition"),
        ),
        (
            "arazzoStepSuccessCriteriaValidation",
            ((*STEP, "successCriteria", 0), {"condition": "^(", "type": "regex", "context": "$url"}),
            (*STEP, "successCriteria", 0, "condition"),
        ),
        (
            "arazzoStepSuccessCriteriaValidation",
            ((*STEP, "successCriteria", 0), {"condition": "a", "type": "regex"}),
            (*STEP, "successCriteria", 0, "context"),
        ),
        (
            "arazzoStepSuccessCriteriaValidation",
            ((*STEP, "successCriteria", 0), {"condition": "a", "type": {"type": "xpath"}, "context": "$url"}),
            (*STEP, "successCriteria", 0, "type"),
        ),
        (
            "arazzoStepSuccessCriteriaValidation",
            ((*STEP, "successCriteria", 0), {"condition": "a", "context": "body"}),
            (*STEP, "successCriteria", 0, "context"),
        ),
        (
            "arazzoStepSuccessActionsValidation",
            ((*STEP, "onSuccess"), [{"name": "a", "type": "end"}, {"name": "a", "type": "end"}]),
            (*STEP, "onSuccess", 1),
        ),
        (
            "arazzoStepSuccessActionsValidation",
            ((*STEP, "onSuccess"), [{"reference": "$components.successActions.gone"}]),
            (*STEP, "onSuccess", 0),
        ),
        (
            "arazzoStepSuccessActionsValidation",
            ((*STEP, "onSuccess"), [{"name": "a", "type": "goto", "workflowId": "sell"}]),
            (*STEP, "onSuccess", 0),
        ),
        (
            "arazzoStepSuccessActionsValidation",
            ((*STEP, "onSuccess"), [{"name": "a", "type": "goto", "workflowId": "buy", "stepId": "find"}]),
            (*STEP, "onSuccess", 0),
        ),
        (
            "arazzoStepFailureActionsValidation",
            ((*STEP, "onFailure"), [{"name": "a", "type": "retry", "stepId": "send"}]),
            (*STEP, "onFailure", 0),
        ),
        (
            "arazzoStepFailureActionsValidation",
            ((*STEP, "onFailure"), [{"name": "a", "type": "end", "criteria": [{}]}]),
            (*STEP, "onFailure", 0, "criteria", 0, "condition"),
        ),
        (
            "arazzoStepParametersValidation",
            ((*STEP, "parameters"), [{"name": "a", "value": 1}]),
            (*STEP, "parameters"),
        ),
        (
            "arazzoStepParametersValidation",
            ((*STEP, "parameters"), [{"name": "a", "in": "query", "value": "$inputs.colour"}]),
            (*STEP, "parameters", 0),
        ),
    ],
)
def test_each_flaw_is_found_once_where_it_is(name: str, change: tuple[Path, Any], path: Path) -> None:
    assert [where for where, _ in found(name, shop(change))] == [path]


def test_parameters_of_a_step_replace_those_of_its_workflow() -> None:
    common = [{"name": "trace", "in": "header", "value": "0"}, {"name": "user", "in": "header", "value": "1"}]
    assert found("arazzoStepParametersValidation", shop((("workflows", 0, "parameters"), common))) == []


def test_parameters_repeated_mixed_and_astray_are_told_apart() -> None:
    listed = [
        {"name": "a", "in": "query", "value": 1},
        {"name": "a", "in": "query", "value": 2},
        {"reference": "$components.parameters.gone"},
    ]
    messages = [text for _, text in found("arazzoStepParametersValidation", shop(((*STEP, "parameters"), listed)))]
    assert messages == [
        '"a" must be unique within the combined parameters.',
        'Invalid runtime expression for reusable parameter reference: "$components.parameters.gone".',
        'Parameters must not mix "in" field presence.',
        'Step with "operationId" or "operationPath" must have parameters with an "in" field.',
    ]


def test_stepids_are_asked_of_each_workflow_and_placed_in_the_document() -> None:
    steps = [{"stepId": "a"}, {"stepId": "a"}, {}]
    path = ("workflows", 3)
    assert found("arazzoStepIdUniqueness", {}, {"steps": steps}, path) == [
        ((*path, "steps", 1, "stepId"), '"stepId" must be unique within the workflow.'),
        (
            (*path, "steps", 2),
            'Step at index 2 is missing a "stepId". Each step should have a unique "stepId".',
        ),
    ]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ((("info",), {"title": "Shop"}), ("info",)),
        ((("info", "colour"), "red"), ("info", "colour")),
        ((("sourceDescriptions", 0, "type"), "wsdl"), ("sourceDescriptions", 0, "type")),
        ((("workflows", 0, "steps"), []), ("workflows", 0, "steps")),
        (((*STEP, "onFailure"), [{"name": "a", "type": "goto", "stepId": 1}]), (*STEP, "onFailure", 0, "stepId")),
        (((*STEP, "onSuccess"), [{"name": "a", "type": "retry"}]), (*STEP, "onSuccess", 0, "type")),
        (((*STEP, "onSuccess"), [{"reference": "$x", "name": "a"}]), (*STEP, "onSuccess", 0, "name")),
        (((*STEP, "successCriteria", 0, "type"), "sql"), (*STEP, "successCriteria", 0, "type")),
        (((*STEP, "parameters"), [{"name": "a", "in": "cloud", "value": 1}]), (*STEP, "parameters", 0, "in")),
    ],
)
def test_the_structure_is_checked(change: tuple[Path, Any], path: Path) -> None:
    places = [where for where, _ in found("arazzoDocumentSchema", shop(change))]
    assert path in places


def test_extensions_are_allowed_and_a_step_calls_one_thing() -> None:
    assert found("arazzoDocumentSchema", shop((("info", "x-team"), "web"))) == []
    both = shop(((*STEP, "workflowId"), "return"))
    assert [where for where, _ in found("arazzoDocumentSchema", both)] == [STEP]
    neither = shop()
    del neither["workflows"][0]["steps"][1]["operationId"]
    assert [where for where, _ in found("arazzoDocumentSchema", neither)] == [STEP]
