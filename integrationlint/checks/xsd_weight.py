"""How much work a schema is for a compiler: what types extend and groups repeat is copied, particles are compared."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.model.document import XmlNode

# A schema with more particles in all, more in one model, or a longer chain of copies is not worth the risk.
_LARGEST: Final = 20_000
_LARGEST_MODEL: Final = 500
_DEEPEST: Final = 40
_MODELS: Final = frozenset(["complexType", "simpleType", "group", "attributeGroup"])
_PARTICLES: Final = frozenset(["element", "any", "attribute"])


def is_heavy(root: XmlNode) -> bool:
    """Whether the models of a schema, each with what it copies from the others, are too many, too large or too deep."""
    members = Counter(_local(head) for one in root.children if (head := one.attributes.get("substitutionGroup")))
    own = {prefix for prefix, name in root.namespaces.items() if name == root.attributes.get("targetNamespace")}
    sizes: dict[str, int] = {"": 0}
    copies: dict[str, list[str]] = {"": []}
    waiting = [(root, "")]
    while waiting:
        node, model = waiting.pop()
        if node.local in _MODELS and "ref" not in node.attributes:
            model = f"{node.local}:{node.attributes.get('name', node.pointer)}"
            sizes.setdefault(model, 0)
            copies.setdefault(model, [])
        if model:
            # The members of a substitution group stand wherever its head does.
            heads = members[_local(node.attributes.get("ref", ""))]
            copied = list(_copied(node, own))
            sizes[model] += len(copied) + (1 + heads if node.local in _PARTICLES else 0)
            copies[model].extend(copied)
        waiting.extend((one, model) for one in node.children)
    return not _fits(sizes, copies)


def _copied(node: XmlNode, own: set[str]) -> Iterator[str]:
    """The models of this schema that a node copies into its own; `own` are the prefixes of the schema."""
    grouped = node.local in _MODELS
    reference = node.attributes.get("ref" if grouped else "base", "")
    prefix = reference.partition(":")[0] if ":" in reference else ""
    if reference and (prefix in own or not prefix):
        kinds = (node.local,) if grouped else ("complexType", "simpleType")
        yield from (f"{kind}:{_local(reference)}" for kind in kinds)


def _local(name: str) -> str:
    return name.rpartition(":")[2].strip()


def _fits(sizes: Mapping[str, int], copies: Mapping[str, list[str]]) -> bool:
    grown = sizes
    for _ in range(_DEEPEST):
        before = grown
        grown = {model: own + sum(before.get(one, 0) for one in copies[model]) for model, own in sizes.items()}
        if sum(grown.values()) > _LARGEST or max(grown.values()) > _LARGEST_MODEL:
            return False
        if grown == before:
            return True
    return False
