"""Path templates in the one form in which they are compared: parameter names do not count."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

_PARAMETER: Final = re.compile(r"\{[^{}]*\}")


def normal_path(template: str) -> str:
    """`/orders/{id}/lines` as `/orders/{}/lines`."""
    return _PARAMETER.sub("{}", template) if "{" in template else template


def parameter_names(template: str) -> list[str]:
    """The names of the template expressions, in order (OAS 3.1.1 section 4.8.8.2)."""
    return [found[1:-1] for found in _PARAMETER.findall(template)]


def base_paths(servers: Any) -> tuple[str, ...]:
    """The path parts of server URLs, each once, without a trailing slash; those without one are left out."""
    found: dict[str, None] = {}
    for server in servers if isinstance(servers, list) else ():
        url = server.get("url") if isinstance(server, dict) else None
        if isinstance(url, str):
            path = _path_of(url).rstrip("/")
            if path:
                found[normal_path(path)] = None
    return tuple(found)


def _path_of(url: str) -> str:
    try:
        return urlsplit(_PARAMETER.sub("x", url) if "://{" in url else url).path
    except ValueError:
        return ""


def operation_keys(method: str, path: str, bases: tuple[str, ...], identifier: object) -> tuple[str, ...]:
    """The keys under which flows and tests find an operation: its id, and method and path with each base path."""
    keys = [f"http:{method} {path}", *(f"http:{method} {base}{path}" for base in bases)]
    if isinstance(identifier, str) and identifier:
        keys.append(f"operation-id:{identifier}")
    return tuple(keys)
