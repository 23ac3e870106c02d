"""What starts a state machine in a template: SAM events, EventBridge rules and schedules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from integrationlint.formats.flows.asl_machine import PLATFORM
from integrationlint.formats.flows.aws_names import Names
from integrationlint.formats.flows.cloudformation_resources import Members, Resource, resources, section
from integrationlint.formats.flows.keys import METHODS, http_key, http_path
from integrationlint.formats.flows.values import explicit, number, text
from integrationlint.model.element import ABSENT, Element, Retry, Use, Value
from integrationlint.model.location import child

_KINDS: Final = {
    "Api": "http",
    "HttpApi": "http",
    "Schedule": "schedule",
    "ScheduleV2": "schedule",
    "EventBridgeRule": "event",
    "CloudWatchEvent": "event",
}
_RULE_TYPES: Final = ("AWS::Events::Rule", "AWS::Scheduler::Schedule")


class Rule(NamedTuple):
    """A rule or schedule, and one of its targets with its pointer."""

    resource: Resource
    target: Members
    pointer: str


def add_events(flow: Element, machine: Resource, names: Names) -> None:
    """A trigger for each of the Events of a SAM state machine."""
    events, where = machine.section("Events")
    for name, event in events.items():
        if isinstance(event, dict):
            properties, inside = section(event, child(where, str(name)), "Properties")
            _add_event(flow, Resource(str(name), str(event.get("Type", "")), properties, inside), names)


def _add_event(flow: Element, event: Resource, names: Names) -> None:
    kind = _KINDS.get(event.type, "unknown")
    facts: dict[str, object] = {
        "trigger": kind,
        "platform": PLATFORM,
        "raw_type": event.type,
        "enabled": _enabled(event.properties),
    }
    keys: tuple[str, ...] = ()
    uses: list[Use] = []
    if kind == "http":
        facts |= _http_facts(event)
        keys = tuple(_http_keys(event))
    elif kind == "schedule":
        facts |= _schedule(event, "Schedule", "ScheduleExpression")
    elif kind == "event":
        uses = _bus_uses(event, names)
    if kind in ("schedule", "event"):
        facts |= _delivery(event.properties, event.pointer)
    place = event.place if event.properties else event.pointer
    Element("trigger", event.name, flow.document, place, parent=flow, facts=facts, keys=keys, uses=uses)


def _enabled(properties: Members) -> bool:
    return properties.get("Enabled") is not False and properties.get("State") != "DISABLED"


def _http_facts(event: Resource) -> dict[str, object]:
    return {
        "protocol": "https",
        "method": str(event.properties.get("Method", "ANY")).upper(),
        "address": text(event.properties.get("Path"), child(event.pointer, "Path")),
        "auth": _auth(event.properties.get("Auth"), child(event.pointer, "Auth")),
    }


def _auth(auth: object, pointer: str) -> Value:
    return explicit(", ".join(map(str, auth)), pointer) if isinstance(auth, dict) else text(auth, pointer)


def _http_keys(event: Resource) -> Iterator[str]:
    """The keys that an API event offers; all methods when it takes any."""
    method = str(event.properties.get("Method", "ANY")).upper()
    written = event.written("Path")
    if written:
        path, _ = http_path(written)
        yield from (http_key(one, path) for one in METHODS if method in (one, "ANY", "*"))


def _schedule(event: Resource, *names: str) -> dict[str, object]:
    name = next((name for name in names if name in event.properties), names[0])
    zone = "ScheduleExpressionTimezone"
    return {
        "schedule": text(event.properties.get(name), child(event.pointer, name)),
        "timeZone": text(event.properties.get(zone), child(event.pointer, zone)),
    }


def _delivery(members: Members, pointer: str) -> dict[str, object]:
    """Where undelivered events go, and how often delivery is tried again."""
    facts: dict[str, object] = {"deadLetter": ABSENT, "retry": ABSENT}
    letter, where = section(members, pointer, "DeadLetterConfig")
    if letter:
        target = next((name for name in ("Arn", "QueueLogicalId", "Type") if name in letter), "Arn")
        facts["deadLetter"] = text(letter.get(target), child(where, target))
    policy, where = section(members, pointer, "RetryPolicy")
    if policy:
        attempts = number(policy.get("MaximumRetryAttempts"), child(where, "MaximumRetryAttempts"))
        facts["retry"] = Retry(attempts, scope="broker")
    return facts


def _bus_uses(event: Resource, names: Names) -> list[Use]:
    """The bus that an event comes from: the account's own unless another one is named."""
    name = next((name for name in ("EventBusName", "EventBus") if name in event.properties), "")
    found = names.find(event.properties.get(name, "default"))
    if found is None:
        return []
    where = child(event.pointer, name) if name else event.pointer
    return [Use("subscribes", f"topic:{found.name}", tier=found.tier, pointer=where)]


def rules_by_machine(template: Members, names: Names) -> Mapping[str, list[Rule]]:
    """The rules and schedules of a template that start a state machine, by its logical id."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for resource in resources(template):
        if resource.type in _RULE_TYPES:
            for target, where in _targets(resource):
                machine = names.find(target.get("Arn"))
                if machine is not None:
                    found[machine.name].append(Rule(resource, target, where))
    return found


def _targets(resource: Resource) -> Iterator[tuple[Members, str]]:
    targets = resource.properties.get("Targets")
    for position, target in enumerate(targets if isinstance(targets, list) else ()):
        if isinstance(target, dict):
            yield target, child(child(resource.pointer, "Targets"), position)
    target, where = resource.section("Target")
    if target:
        yield target, where


def add_rules(flow: Element, rules: Iterable[Rule], names: Names) -> None:
    """A trigger for each rule or schedule that has the flow as target."""
    for rule in rules:
        resource = rule.resource
        scheduled = "ScheduleExpression" in resource.properties
        facts: dict[str, object] = {
            "trigger": "schedule" if scheduled else "event",
            "platform": PLATFORM,
            "raw_type": resource.type,
            "enabled": _enabled(resource.properties),
            **_delivery(rule.target, rule.pointer),
        }
        uses = [] if scheduled else _bus_uses(resource, names)
        if scheduled:
            facts |= _schedule(resource, "ScheduleExpression")
        Element("trigger", resource.name, flow.document, resource.place, parent=flow, facts=facts, uses=uses)
