"""The checks by name: `naming.case` is the function `case` of the module `checks/naming.py`."""

from importlib import import_module
from inspect import isfunction
from typing import Final, cast

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.rule import Check

MODULES: Final = (
    *("naming", "presence", "values", "references", "faults", "changes"),
    *("paths", "operations", "responses", "media", "pagination", "errors", "versions", "servers"),
    *("fields", "types", "bounds", "patterns", "composition", "property_case", "texts", "governance"),
    *("security", "security_inputs", "schemes", "transport", "privacy", "privacy_examples", "secrets"),
    *("nodes", "references_remote", "schemas", "specification", "lifecycle"),
    *("hosts", "actions", "serialisation", "webhooks", "payloads", "outcomes"),
    *("security_separation", "extensions", "files", "documentation"),
    *("field_names", "enums", "field_values", "models"),
    *("xsd", "xsd_validity", "xsd_naming", "xsd_design", "xsd_values", "xsd_documentation"),
    *("mappings", "mapping_values", "mapping_cardinality", "mapping_codes", "mapping_schemas", "mapping_governance"),
    *("mapping_completeness", "mapping_privacy"),
    *("flows", "flow_errors", "flow_reliability", "flow_messages", "flow_security", "flow_contracts"),
    *("flow_schedules", "flow_observability"),
)


def find_check(name: str) -> Check:
    """The function of a check's name, its module imported on first use. ConfigError when there is none."""
    topic, _, function = name.partition(".")
    if topic not in MODULES:
        raise ConfigError(f"unknown check '{name}'{did_you_mean(topic, MODULES)}")
    module = import_module(f"integrationlint.checks.{topic}")
    found = getattr(module, function, None)
    if function.startswith("_") or not isfunction(found) or found.__module__ != module.__name__:
        raise ConfigError(f"unknown check '{name}'{did_you_mean(function, set(names(topic)))}")
    return cast("Check", found)


def names(topic: str) -> tuple[str, ...]:
    """The checks of one topic."""
    module = import_module(f"integrationlint.checks.{topic}")
    return tuple(
        name
        for name, one in vars(module).items()
        if isfunction(one) and not name.startswith("_") and one.__module__ == module.__name__
    )
