"""Path templates in the one form in which they are compared: parameter names do not count."""

import re
from typing import Any, Final

_PARAMETER: Final = re.compile(r"\{[^{}]*\}")


def normal_path(template: str) -> str:
    """`/orders/{id}/lines` as `/orders/{}/lines`."""
    return _PARAMETER.sub("{}", template) if "{" in template else template


def parameter_names(template: str) -> list[str]:
    """The names of the template expressions, in order (OAS 3.1.1 section 4.8.8.2)."""
    return [found[1:-1] for found in _PARAMETER.findall(template)]


def base_paths(servers: Any) -> tuple[str, ...]:
    """The path parts of server URLs, each once, without a trailing slash; those without one are left out.

    A variable stands for itself and for its default (OAS 3.1.1 section 4.8.6).
    """
    found: dict[str, None] = {}
    for server in servers if isinstance(servers, list) else ():
        url = server.get("url") if isinstance(server, dict) else None
        if isinstance(url, str):
            for one in (url, _with_defaults(url, server.get("variables"))):
                path = _path_of(one).rstrip("/")
                if path:
                    found[normal_path(path)] = None
    return tuple(found)


def _with_defaults(url: str, variables: Any) -> str:
    for name, one in variables.items() if isinstance(variables, dict) and "{" in url else ():
        if isinstance(one, dict) and isinstance(one.get("default"), str):
            url = url.replace(f"{{{name}}}", one["default"])
    return url


def _path_of(url: str) -> str:
    """What stands behind the host, where there is one; a placeholder may stand for any part."""
    _, mark, rest = url.partition("//")
    if mark:
        rest = "/" + rest.partition("/")[2]
    path = (rest if mark else url).partition("?")[0].partition("#")[0]
    return path if path.startswith("/") or not path else f"/{path}"


def operation_keys(method: str, path: str, bases: tuple[str, ...], identifier: object) -> tuple[str, ...]:
    """The keys under which flows and tests find an operation: its id, and method and path with each base path."""
    keys = [f"http:{method} {path}", *(f"http:{method} {base}{path}" for base in bases)]
    if isinstance(identifier, str) and identifier:
        keys.append(f"operation-id:{identifier}")
    return tuple(keys)
