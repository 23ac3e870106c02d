"""Catalogs of Backstage (`catalog-info.yaml`, descriptor format v1alpha1 and v1beta1) to elements: who uses which API.

Each YAML document is an entity; where a file has several, pointers begin with the number of the document, from 0.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any, Final

from integrationlint.formats.backstage_refs import Ref, parse_ref, shown
from integrationlint.formats.formats import Match
from integrationlint.formats.references import reference_key
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Use, normal_address
from integrationlint.model.location import child

NAME: Final = "backstage"
SYNTAXES: Final = ("yaml", "json")
_VERSION: Final = "backstage.io/"
_KINDS: Final = {"api": "api-entity", "component": "component"}
# Relations of the descriptor format: role, the kind that a reference without one means. Who provides an API is
# told by the role `publishes`.
_RELATIONS: Final = {
    "consumesApis": ("calls", "api"),
    "providesApis": ("publishes", "api"),
    "dependsOn": ("calls", "component"),
}
_PLACEHOLDERS: Final = ("$text", "$openapi", "$asyncapi", "$json", "$yaml")
_CRITICALITY: Final = ("integrationlint/criticality", "criticality")
_USES: Final = "integrationlint/uses"
_TITLE: Final = re.compile(r"""^[ \t]*"?title"?[ \t]*:[ \t]*(["']?)([^"'\n]{1,200})\1""", re.MULTILINE)


def recognise(document: Document) -> Match | None:
    """By `apiVersion: backstage.io/…` and a `kind`, of the first document in the file."""
    first = document.value
    if isinstance(first, list) and first:
        first = first[0]
    said = first.get("apiVersion") if isinstance(first, dict) else None
    kind = first.get("kind") if isinstance(first, dict) else None
    if not isinstance(said, str) or not said.startswith(_VERSION) or not isinstance(kind, str):
        return None
    return Match(NAME, said.removeprefix(_VERSION), f"apiVersion: {said}, kind: {kind}")


def build(document: Document) -> Element:
    """The `document` element with components, API entities and other entities below it."""
    root = Element("document", "", document)
    several = isinstance(document.value, list)
    values: list[Any] = document.value if isinstance(document.value, list) else [document.value]
    for index, value in enumerate(values):
        if isinstance(value, dict) and str(value.get("apiVersion", "")).startswith(_VERSION):
            _add_entity(root, value, f"/{index}" if several else "")
    return root


def _add_entity(root: Element, value: dict[str, Any], pointer: str) -> None:
    metadata, spec = _members(value.get("metadata")), _members(value.get("spec"))
    own = parse_ref({**metadata, "kind": value.get("kind")}, "component", "default")
    if own is None:
        return
    facts = _facts(own, metadata, spec)
    kind = _KINDS.get(own.kind, "entity")
    if kind == "entity":
        facts["kind"] = str(value["kind"])
    if kind == "component":
        facts["criticality"] = _criticality(metadata)
    uses = [*_relations(own, spec, f"{pointer}/spec"), *_declared(root.document, metadata, f"{pointer}/metadata")]
    if kind == "api-entity":
        uses += _definition(root.document, own, spec, f"{pointer}/spec/definition")
    if own.kind == "location":
        uses += _targets(root.document, spec, f"{pointer}/spec")
    span = root.document.span(f"{pointer}/metadata/name", key=False)
    name = shown(own._replace(kind=""))
    Element(kind, name, root.document, pointer, parent=root, facts=facts, uses=uses, keys=(own.key,), span=span)


def _facts(own: Ref, metadata: dict[str, Any], spec: dict[str, Any]) -> dict[str, object]:
    facts: dict[str, object] = {key: metadata[key] for key in ("title", "description") if _is_text(metadata.get(key))}
    facts |= {key: spec[key] for key in ("type", "lifecycle") if _is_text(spec.get(key))}
    for key in ("owner", "system"):
        default = "group" if key == "owner" else key
        found = parse_ref(spec.get(key), default, own.namespace)
        if found is not None:
            facts[key] = shown(found, default)
    return facts


def _criticality(metadata: dict[str, Any]) -> str:
    for place in ("annotations", "labels"):
        said = _members(metadata.get(place))
        for key in _CRITICALITY:
            if isinstance(said.get(key), str | int):
                return str(said[key]).strip()
    return ""


def _relations(own: Ref, spec: dict[str, Any], pointer: str) -> Iterator[Use]:
    for relation, (role, kind) in _RELATIONS.items():
        for index, one in enumerate(_list(spec.get(relation))):
            found = parse_ref(one, kind, own.namespace)
            if found is not None:
                yield Use(role, found.key, pointer=f"{pointer}/{relation}/{index}")


def _declared(document: Document, metadata: dict[str, Any], pointer: str) -> Iterator[Use]:
    """The used subset in the annotation `integrationlint/uses`: addresses, one in each line or item.

    They count from the root of the snapshot, those that begin with a dot from the folder of the catalog.
    """
    said = _members(metadata.get("annotations")).get(_USES)
    lines = said.splitlines() if isinstance(said, str) else [one for one in _list(said) if isinstance(one, str)]
    for line in lines:
        address = line.strip().removeprefix("- ").strip()
        if address.startswith("."):
            file, mark, rest = address.partition("#")
            address = f"{normpath(join(dirname(document.path), file))}{mark}{rest}"
        if address:
            yield Use("reads", f"address:{normal_address(address)}", pointer=child(f"{pointer}/annotations", _USES))


def _definition(document: Document, own: Ref, spec: dict[str, Any], pointer: str) -> Iterator[Use]:
    """The contract of an API entity: a file of the snapshot; else one of the same title or name, which is a guess."""
    said: Any = spec.get("definition")
    for key in _PLACEHOLDERS if isinstance(said, dict) else ():
        target = said[key] if isinstance(said.get(key), str) else ""
        found = reference_key(document.path, target) if target else ""
        if found.startswith("pointer:"):
            yield Use("contains", found, pointer=f"{pointer}/{key}")
            return
    title = _TITLE.search(said) if isinstance(said, str) else None
    name = title[2].strip() if title is not None else own.name
    yield Use("contains", f"contract:{name}", tier="inferred", pointer=pointer)


def _targets(document: Document, spec: dict[str, Any], pointer: str) -> Iterator[Use]:
    """The files of the snapshot that a Location names; patterns are left out."""
    places = [("target", spec.get("target"))]
    places += [(f"targets/{index}", one) for index, one in enumerate(_list(spec.get("targets")))]
    for place, target in places:
        if _is_text(target) and "*" not in str(target):
            found = reference_key(document.path, str(target))
            if found.startswith("pointer:"):
                file = found.removeprefix("pointer:").partition("#")[0]
                yield Use("contains", f"file:{file}", pointer=f"{pointer}/{place}")


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""
