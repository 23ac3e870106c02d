"""What `spectral:asyncapi` asks of channels: their parameters are described and their servers defined."""

import re
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.nouns import Context, Found

_VARIABLE: Final = re.compile(r"\{([^\n\r\u2028\u2029][^}\n\r\u2028\u2029]*)\}")


def variables(text: Any) -> list[str]:
    """The names between braces, as often as they occur; none of what is no text."""
    return _VARIABLE.findall(text) if isinstance(text, str) else []


def channel_parameters(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """asyncApiChannelParameters: those in the address, in version 2 the key, are those in `parameters`."""
    described = value.get("parameters") if isinstance(value, dict) else None
    if not isinstance(described, dict):
        return
    address = value.get("address")
    names = variables((context.path or ("",))[-1] if address is None else address)
    missing = [name for name in names if name not in described]
    if missing:
        what = 'Not all channel\'s parameters are described with "parameters" object.'
        yield Found(f"{what} Missed: {', '.join(missing)}.", (*context.path, "parameters"))
    for name in described if names else ():
        if name not in names:
            message = f'Channel\'s "parameters" object has redundant defined "{name}" parameter.'
            yield Found(message, (*context.path, "parameters", name))


def channel_servers(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """asyncApi2ChannelServers: each server that a channel names is defined; only where all have the right form."""
    document = value if isinstance(value, dict) else {}
    servers, channels = document.get("servers", {}), document.get("channels", {})
    if not isinstance(servers, dict) or not isinstance(channels, dict) or not all(map(_readable, channels.values())):
        return
    for address, channel in channels.items():
        for index, name in enumerate(channel.get("servers", ())):
            if name not in servers:
                message = 'Channel contains server that are not defined on the "servers" object.'
                yield Found(message, ("channels", address, "servers", index))


def _readable(channel: Any) -> bool:
    names = channel.get("servers", []) if isinstance(channel, dict) else None
    return isinstance(names, list) and all(isinstance(name, str) for name in names)
