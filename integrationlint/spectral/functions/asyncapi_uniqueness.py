"""What `spectral:asyncapi` asks of names in version 2: no two operations and no two messages share one."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from integrationlint.spectral.nouns import Context, Found, Path

_KINDS: Final = ("subscribe", "publish")

_Placed = tuple[Path, dict[str, Any]]


def operation_ids(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """asyncApi2OperationIdUniqueness: no two operations have one operationId, their own or that of a trait."""
    return _repeated(_operations(value), "operationId", '"operationId" must be unique across all the operations.')


def message_ids(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """asyncApi2MessageIdUniqueness: no two messages have one messageId, their own or that of a trait."""
    return _repeated(_messages(value), "messageId", '"messageId" must be unique across all the messages.')


def _repeated(placed: Iterable[_Placed], member: str, message: str) -> Iterator[Found]:
    seen: set[str] = set()
    for path, one in placed:
        name, way = _named(one, member)
        if name in seen:
            yield Found(message, (*path, *way))
        if name is not None:
            seen.add(name)


def _named(one: dict[str, Any], member: str) -> tuple[str | None, Path]:
    # The name that holds, the last trait's before the own, and the path to it.
    traits = one.get("traits")
    listed = traits if isinstance(traits, list) else []
    for index in reversed(range(len(listed))):
        name = listed[index].get(member) if isinstance(listed[index], dict) else None
        if isinstance(name, str):
            return name, ("traits", index, member)
    own = one.get(member)
    return own if isinstance(own, str) else None, (member,)


def _operations(document: Any) -> Iterator[_Placed]:
    channels = document.get("channels") if isinstance(document, dict) else None
    for address, channel in channels.items() if isinstance(channels, dict) else ():
        for kind in _KINDS if isinstance(channel, dict) else ():
            if isinstance(channel.get(kind), dict):
                yield ("channels", address, kind), channel[kind]


def _messages(document: Any) -> Iterator[_Placed]:
    for path, operation in _operations(document):
        message = operation.get("message")
        if not isinstance(message, dict):
            continue
        choices = message.get("oneOf")
        if not isinstance(choices, list):
            yield (*path, "message"), message
            continue
        for index, choice in enumerate(choices):
            if isinstance(choice, dict):
                yield (*path, "message", "oneOf", index), choice
