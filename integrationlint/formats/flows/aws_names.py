"""What AWS addresses name: resources of the same template, ARNs, queue URLs, substituted tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from integrationlint.formats.flows.keys import last_part

_TOKEN: Final = re.compile(r"\$\{([^{}]*)\}")
_SERVICE_TYPES: Final = {
    "states": "AWS::StepFunctions::StateMachine",
    "lambda": "AWS::Lambda::Function",
    "sqs": "AWS::SQS::Queue",
    "sns": "AWS::SNS::Topic",
    "events": "AWS::Events::EventBus",
}


class Named(NamedTuple):
    """A name, how certain it is (a tier of `Use`), and the CloudFormation type of what it names, if that is known."""

    name: str
    tier: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean in one template: logical ids with their types, and tokens with what stands for them.

    The parameters of the template are among the resources, without a type.
    """

    resources: Mapping[str, str] = field(default_factory=dict)
    substitutions: Mapping[str, object] = field(default_factory=dict)

    def find(self, value: object) -> Named | None:
        """What a reference, ARN, URL, token or plain name stands for; None for anything else."""
        seen: set[str] = set()
        while True:
            token = _token(value)
            if token in self.resources:
                kind = self.resources[token]
                return Named(token, "declared" if kind else "inferred", kind)
            if not token or token not in self.substitutions or token in seen:
                return _written(value, token)
            seen.add(token)
            value = self.substitutions[token]


def _token(value: object) -> str:
    """The logical id or token that a reference names: `Ref`, `Fn::GetAtt`, `Fn::Sub`, `${X}`, `${X.Arn}`, `X.Arn`."""
    if isinstance(value, dict) and len(value) == 1:
        value = value.get("Ref") or value.get("Fn::GetAtt") or value.get("Fn::Sub")
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    found = _TOKEN.fullmatch(value.strip())
    inner = found[1] if found else value.strip()
    return inner.removeprefix("!").partition(".")[0] if found or _reference(inner) else inner


def _reference(text: str) -> bool:
    return text.endswith((".Arn", ".Name", ".QueueUrl", ".QueueName", ".TopicArn", ".TopicName"))


def _written(value: object, token: str) -> Named | None:
    if isinstance(value, dict):
        value = value.get("Fn::Sub")
        value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, str) or not value.strip():
        return Named(token, "inferred") if token else None
    if value.startswith("arn:"):
        return _arn(value)
    if "://" in value:
        name = last_part(value)
        return Named(name, "keyed") if name and "${" not in name else None
    if _TOKEN.fullmatch(value.strip()):
        return Named(token, "inferred")
    return None if "${" in value or "{%" in value or value.startswith("$") else Named(value.strip(), "keyed")


def _arn(value: str) -> Named | None:
    """The resource name: `arn:partition:service:region:account:[type:]name[:version]` (AWS General Reference)."""
    parts = _TOKEN.sub("*", value).split(":")
    if len(parts) < 6:
        return None
    service, rest = parts[2], parts[5:]
    name = rest[1] if len(rest) > 1 and service in ("states", "lambda") else rest[0]
    name = last_part(name)
    tokens = _TOKEN.findall(value)
    if "*" in name:
        name = tokens[-1].partition(".")[0] if tokens else ""
        return Named(name, "inferred", _SERVICE_TYPES.get(service, "")) if name else None
    return Named(name, "keyed", _SERVICE_TYPES.get(service, "")) if name else None
