"""What `spectral:owasp` asks of security requirements."""

import json
from collections.abc import Iterator
from typing import Any, Final

from integrationlint.spectral.functions.oas_operations import operations
from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.nouns import Context, Found, Path

OPTIONS: Final = {
    "checkSecurity": checked(
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {"schemesPath": {"type": "array"}, "nullable": True, "methods": {"type": "array"}},
        }
    ),
    "differentSecuritySchemes": checked(
        {"type": "object", "additionalProperties": False, "properties": {"adminUrl": {"type": "string"}}}
    ),
}


def check_security(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """checkSecurity: each operation has a security requirement, its own or that of the document.

    Options: `methods` are those that are asked; with `nullable: false` no requirement may let everybody in;
    `schemesPath` stands at the end of the path of what is found.
    """
    document, asked = _members(value), options if isinstance(options, dict) else {}
    methods, schemes = asked.get("methods"), asked.get("schemesPath")
    last = ",".join(map(str, schemes)) if isinstance(schemes, list) else "undefined"
    for path, method, operation in operations(document.get("paths")):
        if isinstance(methods, list) and method not in methods:
            continue
        where, said = ("paths", path, method, "security"), f"{path},{method}"
        required = operation.get("security")
        if "security" not in operation:
            required, said = document.get("security"), "$.security"
        if not required and not isinstance(required, dict):
            yield Found(f"Operation has undefined security scheme in {said}.", (*where, last))
        for index, one in enumerate(required if isinstance(required, list) else ()):
            if one in ({}, []) and asked.get("nullable") is False:
                yield Found(f"Operation referencing empty security scheme in {said}.", (*where, index))


def different_security(value: Any, options: Any, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """differentSecuritySchemes: no requirement below the path `adminUrl` holds elsewhere, too."""
    admin = str((options or {}).get("adminUrl", "/admin"))
    below: list[tuple[str, str, Path]] = []
    elsewhere: set[str] = set()
    for path, method, operation in operations(_members(value).get("paths")):
        required = operation.get("security")
        for index, one in enumerate(required if isinstance(required, list) else ()):
            if not isinstance(one, dict | list):
                continue
            text = json.dumps(one)
            if admin in path:
                below.append((path, text, ("paths", path, method, "security", index)))
            else:
                elsewhere.add(text)
    for path, text, where in below:
        if text in elsewhere:
            what = "has the same security requirement as a non-admin endpoint"
            yield Found(f"Admin endpoint {path} {what}.", where)


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
