"""The rulesets that are shipped, by the names that rulesets extend: `spectral:oas` and its like."""

import json
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from integrationlint import resources
from integrationlint.spectral.written import Written, fixed, written

NAMES: Final = {
    "spectral:oas": "oas",
    "spectral:asyncapi": "asyncapi",
    "spectral:arazzo": "arazzo",
    "spectral:owasp": "owasp",
}
# Changes when the same file would compile to something else.
_EDITION: Final = 1


def builtin(name: str) -> Written:
    """A shipped ruleset, from what was compiled when the package was built, else from its file, compiled once."""
    stem = NAMES[name]
    shown = f"rulesets/{stem}.yaml"
    folder = resources.folder("rulesets")
    shipped = folder / f"{stem}.json"
    if shipped.is_file():
        return fixed(json.loads(shipped.read_bytes()), shown)
    file = folder / f"{stem}.yaml"
    at = file.stat()
    kept = resources.cache_folder() / f"ruleset-{stem}-{crc32(str(file.absolute()).encode()):08x}.json"
    return fixed(resources.remembered(kept, [_EDITION, at.st_size, at.st_mtime_ns], lambda: compiled(file)), shown)


def compiled(file: Path) -> Any:
    """The plain value of a ruleset's file; ConfigError when it is not YAML."""
    return written(file.read_bytes(), f"rulesets/{file.name}").value
