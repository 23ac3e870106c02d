"""Builds the wheel with the rules compiled into one catalogue."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg,misc]  hatchling is there only while building
    """Writes `integrationlint/_shipped/catalogue.json` into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules; an editable install reads them from the checkout and needs nothing."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from integrationlint.resources import CATALOGUE, compiled

        self.temporary = TemporaryDirectory()
        file = Path(self.temporary.name) / CATALOGUE
        rules = compiled(Path(self.root) / "rules")
        file.write_text(json.dumps(rules, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        build_data["force_include"][str(file)] = f"integrationlint/_shipped/{CATALOGUE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only needed for building."""
        if version != "editable":
            self.temporary.cleanup()
