"""The official metaschemas of OpenAPI, as `openapi-spec-validator` ships them: its data is read, it is not imported."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, cast

VERSIONS: Final = ("2.0", "3.0", "3.1", "3.2")


def metaschema(version: str) -> dict[str, Any]:
    """The metaschema of an OpenAPI version (one of `VERSIONS`), a new copy; KeyError for any other version.

    2.0 and 3.0 are written in JSON Schema draft 4, and describe Schema Objects as well; 3.1 and 3.2 are written in
    draft 2020-12, and leave Schema Objects to the dialect that `$defs/schema` stands for.
    """
    if version not in VERSIONS:
        raise KeyError(version)
    # What is imported starts a second of other imports; where a package lies can be asked without importing it.
    spec = find_spec("openapi_spec_validator")
    if spec is None or spec.origin is None:
        raise KeyError(version)
    path = Path(spec.origin).parent / "resources" / "schemas" / f"v{version}" / "schema.json"
    return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
