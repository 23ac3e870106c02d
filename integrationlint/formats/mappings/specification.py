"""The root of a mapping: what it says of itself, which schemas it joins, and how much of it could be read."""

from collections.abc import Mapping
from posixpath import basename
from typing import Final

from integrationlint.formats.mappings.labels import SOURCE, TARGET
from integrationlint.formats.mappings.schemas import Schema
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use

SHOWN_SCHEMAS: Final = 10


class Specification:
    """A `mapping` element while its lines are added.

    Its fact `coverage` is `complete` (every written target could be read), `partial` (some could not, or the document
    says so), `opaque` (a script; only where the document says so) or `empty` (recognised, but no line and no value
    map in it): only a complete mapping can be blamed for a required field that it leaves out.
    """

    def __init__(self, document: Document, facts: dict[str, object], schemas: Mapping[str, Schema]) -> None:
        """Start with what the document says of itself: `facts`, and the schema of each side where it names one."""
        stem = basename(document.path).rpartition(".")[0] or basename(document.path)
        names = dict.fromkeys(name for name in (str(facts.get("title", "")), stem) if name)
        keys = tuple(f"mapping:{name}" for name in names)
        self.root = Element("mapping", "", document, facts=facts, keys=keys)
        self.schemas = schemas
        self.lines = 0
        self.readable = True
        self._contained: set[str] = set()
        self._shown: dict[str, dict[str, str]] = {SOURCE: {}, TARGET: {}}
        for side, schema in schemas.items():
            self.contain(side, schema)

    def contain(self, side: str, schema: Schema) -> None:
        """Note a schema that the mapping, or one of its lines, names for a side."""
        self._shown[side].setdefault(schema.text, schema.version)
        if schema.key and schema.key not in self._contained:
            self._contained.add(schema.key)
            self.root.uses.append(Use("contains", schema.key, tier=schema.tier, pointer=schema.pointer))

    def finish(self) -> Element:
        """The root, with what only the lines could tell."""
        facts = self.root.facts
        for side, shown in self._shown.items():
            if shown:
                facts[side] = ", ".join(list(shown)[:SHOWN_SCHEMAS])
            versions = set(shown.values())
            if len(versions) == 1 and versions != {""}:
                facts[f"{side}Version"] = versions.pop()
        if not self.root.children:
            facts["coverage"] = "empty"
        else:
            facts.setdefault("coverage", "complete" if self.readable else "partial")
        return self.root
