"""How much work a schema is for a compiler: what types extend and groups repeat is copied, particles are compared."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.model.document import XmlNode

# A schema with more particles in all, more in one model, or a longer chain of copies is not worth the risk.
_LARGEST: Final = 20_000
_LARGEST_MODEL: Final = 500
_DEEPEST: Final = 40
# Patterns beyond this may take libxml2 very long to compile, or more depth than it has.
_LONGEST_PATTERN: Final = 300
_DEEPEST_PATTERN: Final = 12
_COUNT: Final = re.compile(r"\{\d*,?\d{3,}\}")
_MODELS: Final = frozenset(["complexType", "simpleType", "group", "attributeGroup"])
_PARTICLES: Final = frozenset(["element", "any", "attribute"])


def is_heavy(root: XmlNode, *others: XmlNode) -> bool:
    """Whether the models of a schema, each with what it copies from the others, are too many, too large or too deep.

    `others` are the documents that it loads; what has the same local name counts together.
    """
    roots = (root, *others)
    own = root.attributes.get("targetNamespace", "")
    known = ((one, one.attributes.get("substitutionGroup")) for each in roots for one in each.children)
    members = Counter(_expanded(one, head, own) for one, head in known if head)
    sizes: dict[str, int] = {"": 0}
    copies: dict[str, list[str]] = {"": []}
    waiting = [(one, "", one.attributes.get("targetNamespace", own)) for one in roots]
    while waiting:
        node, model, space = waiting.pop()
        if node.local in _MODELS and "ref" not in node.attributes:
            model = f"{node.local}:{{{space}}}{node.attributes.get('name', node.pointer).strip()}"
            sizes.setdefault(model, 0)
            copies.setdefault(model, [])
        if model:
            # The members of a substitution group stand wherever its head does.
            heads = members[_expanded(node, node.attributes.get("ref", ""), own)]
            copied = list(_copied(node, own))
            sizes[model] += len(copied) + (1 + heads if node.local in _PARTICLES else 0)
            copies[model].extend(copied)
        waiting.extend((one, model, space) for one in node.children)
    return not _fits(sizes, copies)


def is_costly(pattern: str) -> bool:
    """Whether libxml2 may need very long for a pattern."""
    deep = max(pattern.count("("), pattern.count("{")) > _DEEPEST_PATTERN
    return deep or len(pattern) > _LONGEST_PATTERN or _COUNT.search(pattern) is not None


def _copied(node: XmlNode, own: str) -> Iterator[str]:
    """The models that a node copies into its own."""
    grouped = node.local in _MODELS
    reference = node.attributes.get("ref" if grouped else "base", "")
    if reference:
        kinds = (node.local,) if grouped else ("complexType", "simpleType")
        yield from (f"{kind}:{_expanded(node, reference, own)}" for kind in kinds)


def _expanded(node: XmlNode, name: str, own: str) -> str:
    """A name with its namespace; without one it may have that of the schema that includes its document."""
    prefix, _, local = name.strip().rpartition(":")
    return f"{{{node.namespaces.get(prefix) or own}}}{local}"


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
