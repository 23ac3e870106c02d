"""What `spectral:oas` asks of security requirements."""

from collections.abc import Iterator
from typing import Any

from integrationlint.spectral.nouns import Context, Found


def defined_security(value: Any, options: Any, context: Context) -> Iterator[Found]:
    """oasSecurityDefined: the schemes of a requirement are defined in the document, and so are their scopes.

    Option `oasVersion` is 2 or 3. The definitions are those of the document as it is written.
    """
    if not isinstance(value, dict) or not isinstance(context.raw, dict) or not all(map(_are_scopes, value.values())):
        return
    old = (options or {}).get("oasVersion") == 2
    components = context.raw.get("components")
    defined = context.raw.get("securityDefinitions") if old else _members(components).get("securitySchemes")
    schemes = _members(defined)
    for name, scopes in value.items():
        if name not in schemes:
            what = "API" if len(context.path) == 2 else "Operation"
            where = "securityDefinitions" if old else "components.securitySchemes"
            message = f'{what} "security" values must match a scheme defined in the "{where}" object.'
            yield Found(message, (*context.path, name))
            continue
        known = _scopes(_members(schemes[name]), old=old)
        for index, scope in enumerate(scopes):
            if scope not in known:
                yield Found(f'"{scope}" must be listed among scopes.', (*context.path, name, index))


def _are_scopes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _scopes(scheme: dict[str, Any], *, old: bool) -> set[str]:
    flows = [scheme] if old else _members(scheme.get("flows")).values()
    return {scope for flow in flows for scope in _members(_members(flow).get("scopes"))}
