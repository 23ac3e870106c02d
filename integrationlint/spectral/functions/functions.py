"""The functions by the names that rulesets call them: where each lives, and whether it takes the options given."""

from functools import cache
from importlib import import_module
from typing import Any, Final, cast

from integrationlint.spectral.nouns import Function

# The module of this folder, and the function in it. In `OPTIONS` a module may say what options its functions take: by
# the name here, a check that is given that name and the options.
FUNCTIONS: Final = {
    "alphabetical": "alphabetical.alphabetical",
    "arazzoDocumentSchema": "arazzo_document.document_schema",
    "arazzoStepFailureActionsValidation": "arazzo_actions.failure_actions",
    "arazzoStepIdUniqueness": "arazzo_steps.step_ids",
    "arazzoStepOutputNamesValidation": "arazzo_workflows.step_outputs",
    "arazzoStepParametersValidation": "arazzo_parameters.step_parameters",
    "arazzoStepRequestBodyValidation": "arazzo_steps.request_bodies",
    "arazzoStepSuccessActionsValidation": "arazzo_actions.success_actions",
    "arazzoStepSuccessCriteriaValidation": "arazzo_criteria.success_criteria",
    "arazzoStepValidation": "arazzo_steps.step_calls",
    "arazzoWorkflowDependsOnValidation": "arazzo_workflows.depends_on",
    "arazzoWorkflowIdUniqueness": "arazzo_workflows.workflow_ids",
    "arazzoWorkflowOutputNamesValidation": "arazzo_workflows.workflow_outputs",
    "asyncApi2ChannelServers": "asyncapi_channels.channel_servers",
    "asyncApi2MessageExamplesValidation": "asyncapi_examples.message_examples",
    "asyncApi2MessageIdUniqueness": "asyncapi_uniqueness.message_ids",
    "asyncApi2OperationIdUniqueness": "asyncapi_uniqueness.operation_ids",
    "asyncApiChannelParameters": "asyncapi_channels.channel_parameters",
    "asyncApiDocumentSchema": "asyncapi_document.document_schema",
    "asyncApiPayloadValidation": "asyncapi_document.payload",
    "asyncApiSchemaValidation": "asyncapi_examples.schema_values",
    "asyncApiSecurity": "asyncapi_security.security",
    "casing": "casing.casing",
    "checkSecurity": "owasp_security.check_security",
    "defined": "presence.defined",
    "differentSecuritySchemes": "owasp_security.different_security",
    "enumeration": "enumeration.enumeration",
    "falsy": "presence.falsy",
    "length": "length.length",
    "oasDiscriminator": "oas_components.discriminator",
    "oasDocumentSchema": "oas_document.document_schema",
    "oasExample": "oas_examples.examples",
    "oasOpFormDataConsumeCheck": "oas_operations.form_data_consumed",
    "oasOpIdUnique": "oas_operations.unique_ids",
    "oasOpParams": "oas_operations.parameters",
    "oasOpSuccessResponse": "oas_operations.success_response",
    "oasPathParam": "oas_paths.path_parameters",
    "oasSchema": "oas_schema.oas_schema",
    "oasSecurityDefined": "oas_security.defined_security",
    "oasTagDefined": "oas_operations.defined_tags",
    "oasUnusedComponent": "oas_components.unused_components",
    "or": "properties.one_or_more",
    "pattern": "pattern.pattern",
    "refSiblings": "oas_components.ref_siblings",
    "schema": "schema.schema",
    "serverVariables": "server_variables.server_variables",
    "truthy": "presence.truthy",
    "typedEnum": "typed_enum.typed_enum",
    "undefined": "presence.undefined",
    "uniquenessTags": "unique_tags.unique_tags",
    "unreferencedReusableObject": "unreferenced.unreferenced",
    "xor": "properties.exactly_one",
}


@cache
def find(name: str) -> Function | None:
    """The function of a name, its module imported on first use; None when there is none."""
    if name not in FUNCTIONS:
        return None
    module, _, function = FUNCTIONS[name].partition(".")
    return cast("Function", getattr(import_module(f"integrationlint.spectral.functions.{module}"), function))


def check_options(name: str, options: Any) -> str:
    """What is wrong with the options of a function, in a few words; empty where they are fine or it is not known."""
    module, _, _ = FUNCTIONS.get(name, "").partition(".")
    if not module:
        return ""
    checks = getattr(import_module(f"integrationlint.spectral.functions.{module}"), "OPTIONS", {})
    return str(checks[name](name, options)) if name in checks else ""
