"""What `spectral:asyncapi` asks of security requirements."""

from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.nouns import Context, Found

OPTIONS: Final = {
    "asyncApiSecurity": checked({"type": "object", "properties": {"objectType": {"enum": ["Server", "Operation"]}}})
}
_FLOWS: Final = ("implicit", "password", "clientCredentials", "authorizationCode")


def security(value: Any, options: Any, context: Context) -> Iterator[Found]:
    """asyncApiSecurity: the schemes of a requirement are defined in the document, and so are the scopes of OAuth 2.

    Option `objectType` says what asks for them, `Server` or `Operation`. The definitions are those of the document as
    it is written.
    """
    if not isinstance(value, dict) or not all(map(_are_scopes, value.values())):
        return
    asking = str((options or {}).get("objectType"))
    schemes = _members(_members(_members(context.raw).get("components")).get("securitySchemes"))
    for name, scopes in value.items():
        if name not in schemes:
            yield Found(f"{asking} must not reference an undefined security scheme.", (*context.path, name))
            continue
        scheme = _members(schemes[name])
        known = _scopes(scheme) if scheme.get("type") == "oauth2" else scopes
        for index, scope in enumerate(scopes):
            if scope not in known:
                what = "Non-existing security scope for the specified security scheme."
                yield Found(f"{what} Available: [{', '.join(known)}]", (*context.path, name, index))


def _are_scopes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _scopes(scheme: dict[str, Any]) -> list[str]:
    flows = [_members(_members(scheme.get("flows")).get(kind)) for kind in _FLOWS]
    return list(dict.fromkeys(scope for flow in flows for scope in _members(flow.get("scopes"))))
