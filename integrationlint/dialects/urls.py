"""What is a URL without a base, by the URL standard of the WHATWG (sections 3.5 and 4.4)."""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Final
from urllib.parse import unquote

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_SPECIAL: Final = frozenset(("http", "https", "ws", "wss", "ftp"))
_EDGES: Final = "".join(map(chr, range(0x21)))
_FORBIDDEN: Final = re.compile(r"[\x00\t\n\r #/:<>?@\[\\\]^|]")
_FORBIDDEN_NAMES: Final = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
_NUMBER: Final = re.compile(r"(?:0[xX][0-9A-Fa-f]*|\d+)")
_LARGEST_PORT: Final = 65535


def is_url(text: str) -> bool:
    """Whether a text is an absolute URL. The scheme `file` is taken as it comes."""
    found = _SCHEME.fullmatch(re.sub(r"[\t\n\r]", "", text.strip(_EDGES)))
    if found is None:
        return False
    scheme, rest = found[1].lower(), found[2]
    if scheme in _SPECIAL:
        return _is_authority(re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0], special=True)
    if scheme == "file" or not rest.startswith("//"):
        return True
    return _is_authority(re.split(r"[/?#]", rest[2:], maxsplit=1)[0], special=False)


def _is_authority(text: str, *, special: bool) -> bool:
    found = re.fullmatch(r"(\[.*\]|.*?)(?::(\d*))?", text.rpartition("@")[2], re.DOTALL)
    if found is None or len(found[2] or "") > 40 or int(found[2] or 0) > _LARGEST_PORT:
        return False
    host = found[1]
    if host.startswith("["):
        return _is_ipv6(host[1:-1])
    if not special:
        return _FORBIDDEN.search(host) is None
    name = unquote(host)
    return bool(name) and _FORBIDDEN_NAMES.search(name) is None and _is_name_or_ipv4(name)


def _is_name_or_ipv4(host: str) -> bool:
    # A host whose last label is a number is an IPv4 address, or wrong (section 3.5, "ends in a number").
    labels = host.removesuffix(".").split(".")
    if not _NUMBER.fullmatch(labels[-1]):
        return True
    if len(labels) > 4 or not all(_NUMBER.fullmatch(one) and len(one) <= 40 for one in labels):
        return False
    try:
        numbers = [_value(one) for one in labels]
    except ValueError:
        return False
    return all(one <= 255 for one in numbers[:-1]) and numbers[-1] < 256 ** (5 - len(numbers))


def _value(text: str) -> int:
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if len(text) > 1 and text.startswith("0") else int(text)


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text
