"""State machines in CloudFormation and SAM templates, what starts them, and the functions and queues beside them."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.asl_machine import PLATFORM, Writing, add_states, dialect, flow_facts
from integrationlint.formats.flows.asl_uses import FUNCTIONS
from integrationlint.formats.flows.aws_names import Names
from integrationlint.formats.flows.cloudformation_definitions import (
    Definition,
    definition,
    definition_file,
    sub_variables,
    unread,
)
from integrationlint.formats.flows.cloudformation_resources import Members, Resource, resources
from integrationlint.formats.flows.cloudformation_triggers import add_events, add_rules, rules_by_machine
from integrationlint.formats.flows.defaults import default, or_default
from integrationlint.formats.flows.values import duration, flag, text
from integrationlint.model.element import ABSENT, Element, Use, Value
from integrationlint.model.location import child

MACHINE_TYPES: Final = ("AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine")
# What state machines use, lowered to resources: CloudFormation type to (kind of resource, kind of key, name property).
_RESOURCES: Final = {
    **dict.fromkeys(FUNCTIONS, ("function", "function", "FunctionName")),
    "AWS::SQS::Queue": ("queue", "queue", "QueueName"),
    "AWS::SNS::Topic": ("topic", "topic", "TopicName"),
    "AWS::Events::EventBus": ("topic", "topic", "Name"),
}
_USES: Final = {
    **dict.fromkeys(MACHINE_TYPES, ("calls", "flow")),
    **dict.fromkeys(FUNCTIONS, ("calls", "function")),
    "AWS::SQS::Queue": ("publishes", "queue"),
    "AWS::SNS::Topic": ("publishes", "topic"),
    "AWS::Events::EventBus": ("publishes", "topic"),
}
_DEAD_LETTERS: Final = (
    ("RedrivePolicy", "deadLetterTargetArn"),
    ("DeadLetterQueue", "TargetArn"),
    ("DeadLetterConfig", "TargetArn"),
)


def machine_types(template: Members) -> frozenset[str]:
    """The state machine types among the resources of a template; empty for anything else."""
    return frozenset(resource.type for resource in resources(template) if resource.type in MACHINE_TYPES)


def add_machines(root: Element, template: Members) -> None:
    """Hang a flow under the root for each state machine, and a resource for each function, queue and topic."""
    parameters = template.get("Parameters")
    named = dict.fromkeys(map(str, parameters), "") if isinstance(parameters, dict) else {}
    names = Names({**named, **{resource.name: resource.type for resource in resources(template)}})
    rules = rules_by_machine(template, names)
    for resource in resources(template):
        if resource.type in MACHINE_TYPES:
            flow = _add_machine(root, resource, names)
            add_events(flow, resource, names)
            add_rules(flow, rules.get(resource.name, ()), names)
        elif resource.type in _RESOURCES:
            _add_resource(root, resource)


def _add_machine(root: Element, resource: Resource, names: Names) -> Element:
    found = definition(resource.properties, resource.pointer)
    substitutions, _ = resource.section("DefinitionSubstitutions")
    variables = sub_variables(resource.properties.get("DefinitionString"))
    names = Names(names.resources, {**{str(name): value for name, value in substitutions.items()}, **variables})
    machine = found or Definition({}, resource.pointer)
    facts = flow_facts(machine.members, machine.pointer) | _deployment(resource)
    if facts["timeout"] == ABSENT and resource.written("Type", "StateMachineType") == "EXPRESS":
        facts["timeout"] = default(PLATFORM, "express")
    uses: list[Use] = []
    if found is None:
        # The states are in another file, or not readable: then nothing is known of them, and nothing is missing.
        facts = {fact: value for fact, value in facts.items() if fact not in ("start", "dialect", "timeout")}
        _report(root, resource)
        uses = [*_definition_use(resource, root.document.path), *_substituted(names, resource.pointer)]
    keys = _keys("flow", resource, "Name", "StateMachineName")
    flow = Element("flow", resource.name, root.document, resource.place, parent=root, facts=facts, uses=uses, keys=keys)
    if found is not None:
        jsonata = dialect(found.members) == "asl-jsonata"
        embedded = found.pointer if found.embedded else None
        add_states(flow, found.members, found.pointer, Writing(root.document, names, jsonata, embedded))
    return flow


def _report(root: Element, resource: Resource) -> None:
    """Say that a definition is there and cannot be read."""
    name = unread(resource.properties)
    if name:
        message = f"the {name} of {resource.name} is no JSON object: the state machine in it is not checked"
        facts: dict[str, object] = {"code": "syntax", "message": message, "fatal": False}
        Element("fault", "syntax", root.document, child(resource.pointer, name), parent=root, facts=facts)


def _keys(kind: str, resource: Resource, *names: str) -> tuple[str, ...]:
    """The keys of a resource: its logical id, and its name where that is written out."""
    own = resource.written(*names)
    return tuple(dict.fromkeys(f"{kind}:{name}" for name in (resource.name, own) if name))


def _deployment(resource: Resource) -> dict[str, object]:
    """Logging and tracing; SAM and CloudFormation spell them differently."""
    logging, where = resource.section("LoggingConfiguration", "Logging")
    level = text(logging.get("Level"), child(where, "Level"))
    data = flag(logging.get("IncludeExecutionData"), child(where, "IncludeExecutionData"))
    tracing, where = resource.section("TracingConfiguration", "Tracing")
    enabled = flag(tracing.get("Enabled"), child(where, "Enabled"))
    return {
        "logging": or_default(level, PLATFORM, "LoggingConfiguration.Level"),
        "payloadLogging": or_default(data, PLATFORM, "IncludeExecutionData"),
        "tracing": or_default(enabled, PLATFORM, "TracingConfiguration.Enabled"),
    }


def _definition_use(resource: Resource, template: str) -> Iterator[Use]:
    found = definition_file(resource.properties, template)
    if found is not None:
        yield Use("contains", f"file:{found[0]}", pointer=child(resource.pointer, found[1]))


def _substituted(names: Names, pointer: str) -> Iterator[Use]:
    """What a definition elsewhere is handed by substitution, it most likely uses."""
    for token, value in names.substitutions.items():
        found = names.find(value)
        if found is not None and found.type in _USES:
            role, kind = _USES[found.type]
            where = child(child(pointer, "DefinitionSubstitutions"), token)
            yield Use(role, f"{kind}:{found.name}", tier="inferred", pointer=where)


def _add_resource(root: Element, resource: Resource) -> None:
    what, key, own = _RESOURCES[resource.type]
    facts: dict[str, object] = {"resource": what, "platform": PLATFORM, "raw_type": resource.type}
    if what == "function":
        limit = duration(resource.properties.get("Timeout"), child(resource.pointer, "Timeout"), "s")
        facts["timeout"] = or_default(limit, PLATFORM, "Function.Timeout")
    if what in ("function", "queue"):
        facts["deadLetter"] = _dead_letter(resource)
    keys = _keys(key, resource, own)
    Element("resource", resource.name, root.document, resource.place, parent=root, facts=facts, keys=keys)


def _dead_letter(resource: Resource) -> Value:
    for name, member in _DEAD_LETTERS:
        policy, where = resource.section(name)
        if policy:
            return text(policy.get(member), child(where, member))
    return ABSENT
