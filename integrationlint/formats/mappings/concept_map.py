"""FHIR ConceptMaps: the codes of one system and what they become in another."""

from typing import Any, Final

from integrationlint.formats.mappings.lines import add_lookup
from integrationlint.formats.mappings.specification import Specification
from integrationlint.model.location import child

_FACTS: Final = {"title": ("title", "name", "id"), "version": ("version",), "description": ("description",)}


def is_concept_map(value: object) -> bool:
    """Whether a value is a ConceptMap resource (HL7 FHIR R4, ConceptMap; R5 alike)."""
    return isinstance(value, dict) and value.get("resourceType") == "ConceptMap"


def add_concept_map(mapping: Specification) -> None:
    """A `lookup` per group, with the first target of each code; `unmapped` in mode `fixed` is its default."""
    value = mapping.root.document.value
    resource: dict[str, Any] = value if isinstance(value, dict) else {}
    for fact, keys in _FACTS.items():
        texts = [resource[key] for key in keys if isinstance(resource.get(key), str)]
        if texts:
            mapping.root.facts.setdefault(fact, texts[0])
    for index, group in enumerate(_records(resource.get("group"))):
        entries: dict[str, str] = {}
        for element in _records(group.get("element")):
            aims = [one["code"] for one in _records(element.get("target")) if isinstance(one.get("code"), str)]
            if isinstance(element.get("code"), str) and aims:
                entries.setdefault(element["code"], aims[0])
        unmapped = group.get("unmapped")
        fixed = unmapped.get("code") if isinstance(unmapped, dict) and unmapped.get("mode") == "fixed" else None
        name = group.get("source") if isinstance(group.get("source"), str) else ""
        otherwise = fixed if isinstance(fixed, str) else None
        add_lookup(mapping.root, str(name), child("/group", index), entries, otherwise)


def _records(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
