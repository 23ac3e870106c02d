"""Builds the wheel with the rules compiled into one catalogue, and each Spectral ruleset into a file of its own."""

import sys
from compileall import compile_dir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Writes `integrationlint/_shipped/catalogue.json` and `_shipped/rulesets/*.json` into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules; an editable install reads them from the checkout and only needs bytecode."""
        if version == "editable":
            # Programs that only ever read bytecode (PYTHONDONTWRITEBYTECODE) start in half the time.
            compile_dir(Path(self.root) / "integrationlint", quiet=2)
            return
        sys.path.insert(0, self.root)
        from integrationlint.resources import CATALOGUE, compiled, dump
        from integrationlint.spectral.builtin import compiled as compiled_ruleset

        self.temporary = TemporaryDirectory()
        file = Path(self.temporary.name) / CATALOGUE
        file.write_bytes(dump(compiled(Path(self.root) / "rules")))
        build_data["force_include"][str(file)] = f"integrationlint/_shipped/{CATALOGUE}"
        for ruleset in sorted((Path(self.root) / "rulesets").glob("*.yaml")):
            file = Path(self.temporary.name) / f"{ruleset.stem}.json"
            file.write_bytes(dump(compiled_ruleset(ruleset)))
            build_data["force_include"][str(file)] = f"integrationlint/_shipped/rulesets/{file.name}"

    def finalize(self, version: str, *_: object) -> None:
        """Remove what was only needed for building."""
        if version != "editable":
            self.temporary.cleanup()
